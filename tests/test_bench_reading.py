"""What is read again from a printed page is what was printed, at its place: floors under the benchmark of reading."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import reading_boxes
import reading_roundtrip
from reading_numbers import Changed, as_printed

from hetong.document import Source
from hetong.extract.builder import TextBuilder

DRAFTS = sorted(reading_boxes.DRAFTS.glob("*.pdf"))
needs_office = pytest.mark.skipif(bool(reading_roundtrip.missing()), reason=reading_roundtrip.missing())


@needs_office
def test_word_files_printed_as_pdf_are_read_as_they_were_written() -> None:
    pairs = [reading_roundtrip.compare(document) for document in reading_roundtrip.printed(4)]
    found = reading_roundtrip.measure(pairs)
    assert found.documents >= 4
    assert found.mean >= 0.995
    assert found.worst >= 0.98
    assert found.clauses >= 0.97
    assert found.findings >= 0.97


@needs_office
def test_the_quotes_of_findings_in_printed_word_files_stand_in_their_boxes() -> None:
    found = reading_boxes.added([reading_boxes.measure(document.pdf) for document in reading_roundtrip.printed(4)])
    assert found.findings >= 10
    assert found.share >= 0.99


def test_the_quotes_of_findings_in_our_drafts_stand_in_their_boxes_and_little_else_does() -> None:
    found = reading_boxes.added([reading_boxes.measure(path) for path in DRAFTS[:3]])
    assert found.findings >= 20
    assert found.share >= 0.99
    assert found.tight >= 0.95 * found.findings


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_boxes_point_at_the_words_of_pages_that_are_stored_turned_and_cropped(degrees: int) -> None:
    found = reading_boxes.measure(DRAFTS[1], degrees, crop=True)
    assert found == reading_boxes.measure(DRAFTS[1])


def test_numbers_that_the_office_program_changed_are_named_and_put_into_the_reading() -> None:
    builder = TextBuilder()
    for number, words in (("第一条", "总则"), ("1.1", "甲方付款。"), ("第二条", "交货"), ("2.1", "乙方交货。")):
        builder.add(f"{number} {words}", number=number)
    read = builder.contract(Source("草稿.docx", "", "docx"))
    lines = ["第一条总则", "一.1甲方付款。", "第一条交货", "2.1乙方交货。"]
    printed, changed = as_printed(read, lines)
    assert printed.text == "第一条 总则\n一.1 甲方付款。\n第一条 交货\n2.1 乙方交货。\n"
    assert changed == [Changed("1.1", "一.1"), Changed("第二条", "第一条")]
    assert [number.reason for number in changed] == ["isLgl", "lvlRestart"]
