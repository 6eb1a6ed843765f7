"""Files made to take a reader's time or memory: each ends soon, with text, a problem or a reason, in little memory."""

from __future__ import annotations

import os
import struct
import threading
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hostile_files import hostile_pdfs, many_pages, one_page, stream, words
from word_files import docx, p, zipped

from hetong.batch.workers import Limits, in_workers
from hetong.document import Contract, Source
from hetong.errors import FileError
from hetong.extract import MAX_FILE, READERS, Reading, read

PDFS = hostile_pdfs()
EXPONENTIAL = "forms that draw each other twice, 30 deep"  # pdfium draws 2^30 of them: only a time limit ends that
TEXT_READ = "Clause 1. The Seller shall deliver."
LIMITS = Limits(seconds=300, memory=3 * 2**30)
PARAGRAPH = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"


def from_bytes(data: bytes, suffix: str) -> Contract:
    return READERS[suffix](data, Source(f"a{suffix}", "", suffix[1:]), Reading())


def refusal(data: bytes, suffix: str) -> str:
    with pytest.raises(FileError) as refused:
        from_bytes(data, suffix)
    assert "；" in refused.value.message("zh"), "a reason, then what to do"
    return refused.value.code


def length(path: str) -> tuple[str, int]:
    """What a worker does with a hostile file: its first words and the number of its characters."""
    text = read(path).text
    return text[: len(TEXT_READ)], len(text)


# ---- PDF ---------------------------------------------------------------------------------------------------
def test_hostile_pdfs_end_in_text_or_a_reason_within_time_and_memory(tmp_path: Path) -> None:
    """Each in a worker with limits that none of them reaches; none crashes it, none is a bug of ours."""
    paths = []
    for number, (name, data) in enumerate(PDFS.items()):
        if name != EXPONENTIAL:
            paths.append(str(tmp_path / f"{number} {name}.pdf"))
            Path(paths[-1]).write_bytes(data)
    for index, outcome in in_workers(length, paths, 1, LIMITS):
        if isinstance(outcome, FileError):
            assert outcome.code in {"too-many-pages", "no-text", "pdf-damaged"}, paths[index]
        elif outcome[1]:
            assert outcome[0] == TEXT_READ or "font map" in paths[index] or "apart" in paths[index], paths[index]


def test_a_pdf_that_takes_for_ever_is_stopped_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDFS[EXPONENTIAL])
    (tmp_path / "b.pdf").write_bytes(one_page(words(), more={10: stream(bytes(2**20), deflate=False)}))
    limits = Limits(seconds=4, seconds_more=200)  # which b, of a megabyte, does not need
    outcomes = dict(in_workers(length, [str(tmp_path / "a.pdf"), str(tmp_path / "b.pdf")], 1, limits))
    assert isinstance(outcomes[0], FileError)
    assert outcomes[0].code == "too-slow"
    assert outcomes[1] == (TEXT_READ, len(TEXT_READ) + 1)


def test_pages_beyond_all_measure_are_refused_before_they_are_read() -> None:
    assert refusal(many_pages(5_001), ".pdf") == "too-many-pages"


@pytest.mark.parametrize("box", ["0 0 28346 28346", "595 842 0 0", "0 0 0 0", "-1e30 -1e30 1e30 1e30"])
def test_a_page_of_any_size_is_read_or_told(box: str) -> None:
    contract = from_bytes(one_page(words(), box=box), ".pdf")
    assert contract.text.strip() == TEXT_READ or contract.problems


def test_a_page_that_cannot_be_reached_is_told() -> None:
    contract = from_bytes(PDFS["a page tree that is its own kid"], ".pdf")
    assert [problem.code for problem in contract.problems] == ["page-damaged"]


# ---- Word --------------------------------------------------------------------------------------------------
def entry_bomb(name: str, megabytes: int) -> bytes:
    """A Word file with an entry of so many megabytes of spaces."""
    return zipped({"[Content_Types].xml": "<Types/>", name: b"<a>" + b" " * (megabytes << 20) + b"</a>"})


def test_a_zip_bomb_is_refused_by_the_size_that_it_states() -> None:
    assert refusal(entry_bomb("word/document.xml", 201), ".docx") == "word-too-big"


def test_a_zip_bomb_in_a_part_that_nobody_reads_costs_nothing() -> None:
    with zipfile.ZipFile(BytesIO(docx(p("甲方")))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert from_bytes(zipped(parts | {"word/media/a.emf": bytes(250 << 20)}), ".docx").text == "甲方\n"


def test_an_entry_that_lies_about_its_size_is_read_no_further() -> None:
    data = entry_bomb("word/document.xml", 100)
    stated = struct.pack("<L", 100 * 2**20 + 7)
    assert data.count(stated) == 2, "once beside the entry, once in the directory"
    assert refusal(data.replace(stated, struct.pack("<L", 1_000)), ".docx") == "word-damaged"


def test_entries_that_overlap_are_refused() -> None:
    """Many names in the directory for the bytes of one entry, as in Fifield's bomb of 2019."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a/>" * 1_000)
        one = archive.filelist[0]
        for number in range(5_000):
            twin = zipfile.ZipInfo(f"word/{number}.xml")
            for field in ("compress_size", "file_size", "header_offset", "CRC", "compress_type"):
                setattr(twin, field, getattr(one, field))
            archive.filelist.append(twin)
    assert refusal(out.getvalue(), ".docx") in {"word-damaged", "word-no-document"}


def test_more_entries_than_any_package_has_are_refused() -> None:
    assert refusal(zipped({f"{n}": b"" for n in range(20_001)}), ".docx") == "word-too-many-parts"


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "http://localhost/a.dtd">',
    ],
)
def test_xml_with_entities_of_its_own_is_refused(declaration: str) -> None:
    xml = f"<?xml version='1.0' encoding='UTF-8'?>{declaration}<a>&x;</a>"
    assert refusal(zipped({"word/document.xml": xml}), ".docx") == "word-foreign-xml"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (PARAGRAPH * 1_000_000, "word-too-long"),
        ("<w:p/>" * 6_000_000, "word-too-long"),
        (PARAGRAPH * 210_000, "too-much-text"),
        ("<w:tbl><w:tr><w:tc>" * 1_000 + PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 1_000, "word-damaged"),
    ],
    ids=["a million paragraphs", "six million empty ones", "paragraphs", "tables 1,000 deep"],
)
def test_more_than_any_document_has_is_refused(body: str, code: str) -> None:
    assert refusal(docx(body), ".docx") == code


def test_tables_in_tables_are_read_as_deep_as_the_parser_goes() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 60 + PARAGRAPH + "<w:p/></w:tc></w:tr></w:tbl>" * 60
    assert from_bytes(docx(body), ".docx").text == "甲\n"


def test_a_cell_that_says_it_spans_two_thousand_million_columns_is_a_cell() -> None:
    span = '<w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>'
    body = f"<w:tbl><w:tr><w:tc>{span}{PARAGRAPH}</w:tc><w:tc>{span}{PARAGRAPH}</w:tc></w:tr></w:tbl>"
    assert from_bytes(docx(body), ".docx").text == "甲\t甲\n"


# ---- text --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_text_of_more_than_any_contract_is_refused(suffix: str) -> None:
    assert refusal(b"a" * (21 << 20), suffix) == "too-large"
    assert refusal("甲\n\n".encode() * 210_000, suffix) == "too-much-text"


def test_a_million_characters_in_one_line_are_a_paragraph() -> None:
    assert len(from_bytes("甲方付款，".encode() * 200_000, ".txt").text) == 1_000_001


@pytest.mark.parametrize("opening", ["<div>", "*a **b ", "[", "![[", "> ", "`a``b", "<a ", "|"])
@pytest.mark.parametrize("suffix", sorted(set(READERS) - {".pdf", ".docx"}))
def test_a_hundred_thousand_openings_end_soon_and_lose_no_text(suffix: str, opening: str) -> None:
    try:
        contract = from_bytes((opening * 100_000 + "甲方").encode(), suffix)
    except FileError:
        return  # a format may refuse what is none of its own
    # an unfinished tag hides what follows from a browser too; `read` refuses a file without any text
    assert contract.text.rstrip().endswith("甲方") or contract.problems or not contract.text.strip()


@pytest.mark.parametrize("text", [">" * 5_000 + " 甲方", "".join("  " * i + "- 甲\n" for i in range(100))])
def test_marks_nested_deeper_than_the_parser_goes_lose_no_text(text: str) -> None:
    assert from_bytes(text.encode(), ".md").text.count("甲") == text.count("甲")


# ---- files -------------------------------------------------------------------------------------------------
def test_a_file_beyond_all_measure_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "a.txt"
    with large.open("wb") as file:
        file.truncate((MAX_FILE + 1) << 20)
    with pytest.raises(FileError) as refused:
        read(large)
    assert refused.value.code == "too-large"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in the file system")
def test_a_pipe_and_a_device_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    (tmp_path / "b.txt").symlink_to("/dev/zero")
    for name in ("a.pdf", "b.txt"):
        with pytest.raises(FileError) as refused:
            read(tmp_path / name)
        assert refused.value.code == "not-a-file"


def test_a_file_that_grows_while_it_is_read_is_read_up_to_the_limit_and_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = tmp_path / "a.txt"
    growing.write_bytes(b"a" * (3 << 20))
    monkeypatch.setattr("hetong.extract.MAX_FILE", 1)
    monkeypatch.setattr("hetong.extract._size", lambda _: 10)  # what it was when it was looked at
    with pytest.raises(FileError) as refused:
        read(growing)
    assert refused.value.code == "too-large"


def test_a_file_that_vanishes_is_missing_whenever_that_happens(tmp_path: Path) -> None:
    """One thread puts the file there and takes it away; every reading ends in its text or a reason."""
    file, done = tmp_path / "a.txt", threading.Event()

    def come_and_go() -> None:
        for _ in range(300):
            file.write_bytes("甲方付款。\n".encode())
            file.unlink()
        done.set()

    thread = threading.Thread(target=come_and_go)
    thread.start()
    while not done.is_set():
        try:
            assert read(file).text == "甲方付款。\n"
        except FileError as error:
            assert error.code in {"missing-path", "not-a-file", "empty-file", "unreadable", "no-text"}
    thread.join()
