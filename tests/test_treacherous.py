"""Characters that nobody sees: taken out for every format alike, and told where they hide something."""

from __future__ import annotations

import pytest
from pdf_samples import lines, pdf
from word_files import docx, p

from hetong.document import Aside, Box, Contract, Source
from hetong.extract import READERS, Reading
from hetong.extract.builder import TextBuilder
from hetong.extract.treacherous import seen
from hetong.run import analyse

CLAUSE = "乙方对本系统提供终身免{0}费维护，违{0}约金为合同总价的5%。"
REST = "双方应当按照本合同约定全面履行各自的义务。" * 20
HIDING = [
    "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u200f", "\u061c", "\u202a", "\u202e", "\u2066",
    "\u2067", "\u2069", "\ufe0f", "\ufe0f\ufe01", "\u180e", "\u3164", "\U000e0041", "\x7f", "\x01", "\u034f", "\u2063",
]  # fmt: skip


def read(data: bytes, suffix: str) -> Contract:
    return READERS[suffix](data, Source(f"合同{suffix}", "", suffix[1:]), Reading())


def told(contract: Contract) -> list[dict[str, str]]:
    return [dict(problem.values) for problem in contract.problems if problem.code == "suspicious-characters"]


@pytest.mark.parametrize("hidden", HIDING)
def test_a_character_inside_a_word_is_taken_out_and_told(hidden: str) -> None:
    plain, treacherous = (f"第一条 服务\n1.1 {CLAUSE.format(inside)}{REST}\n" for inside in ("", hidden))
    contract = analyse(read(treacherous.encode(), ".txt"))
    assert contract.text == plain
    assert [f.rule for f in contract.findings] == [f.rule for f in analyse(read(plain.encode(), ".txt")).findings]
    [problem] = told(contract)
    assert int(problem["count"]) >= 2 * len(hidden) - 2
    assert f"U+{ord(hidden[0]):04X}" in problem["which"]
    assert f"违[U+{ord(hidden[0]):04X}]约金" in problem["places"]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff第一条 服务",  # a byte order mark at the start of what was pasted
        "第一条\u200b 服务\u200b",  # at the edge of a word
        "网址：www.\u200bexample.\u200bcom/\u200babc",
        "long\u00adword and an\u200bother",
        "👨\u200d👩\u200d👧 ☑\ufe0f 🏴\U000e0067\U000e0062\U000e007f",
        "葛\U000e0100飾区",
        "\u200e2026年3月1日\u200e",
        "文件\u202aC:\\a.txt\u202c。",
        "以上。\x7f",
        "完\x1a",
    ],
)
def test_innocent_characters_are_taken_out_without_a_word(text: str) -> None:
    contract = read(f"{text}\n".encode(), ".txt")
    assert contract.problems == ()
    assert not set(contract.text) & set("\ufeff\u200b\u00ad\u200d\ufe0f\u200e\u202a\u202c\x7f\x1a")


@pytest.mark.parametrize("turning", ["\u202e", "\u202d", "\u202b", "\u2067"])
def test_what_turns_the_order_of_what_is_shown_is_told_wherever_it_stands(turning: str) -> None:
    [problem] = told(read(f"合同总价：{turning}00.001元\n".encode(), ".txt"))
    assert problem["places"] == f"合同总价：[U+{ord(turning):04X}]00.001元"


@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx"])
def test_every_format_gives_the_same_text_and_the_same_word(suffix: str) -> None:
    line = CLAUSE.format("\u200b")
    data = docx(p(line)) if suffix == ".docx" else line.encode()
    contract = read(data, suffix)
    assert contract.text.strip() == CLAUSE.format("")
    assert told(contract)[0]["which"] == "U+200B ×2"


def test_boxes_of_a_pdf_still_point_at_the_words() -> None:
    builder = TextBuilder()
    box = Box(3, 100, 50, 200, 62)
    builder.add("违\u200b约金及利息", page=3, lines=[(0, 7, box, ((2, 120.0), (4, 150.0)))])
    contract = builder.contract(Source("a.pdf", "", "pdf"))
    assert contract.text == "违约金及利息\n"
    assert contract.boxes(1, 3) == (Box(3, 120, 50, 150, 62),)
    assert [problem.page for problem in contract.problems] == [3]


def test_notes_and_automatic_numbers_move_with_the_text() -> None:
    builder = TextBuilder()
    builder.asides.append(Aside("comment", "before", at=0))
    builder.add("一\u200b二")
    builder.asides.append(Aside("comment", "note", at=builder.position + 5))
    builder.add("第\u200b一条 违\u200b约金", number="第\u200b一条")
    contract = builder.contract(Source("a.docx", "", "docx"))
    assert contract.text == "一二\n第一条 违约金\n"
    assert [aside.at for aside in contract.asides] == [0, contract.text.index("违")]
    assert contract.blocks[1].number == "第一条"


def test_the_paragraphs_of_a_word_file_move_along() -> None:
    builder = TextBuilder()
    builder.add("违\u200b约金 甲方", paragraphs=[(0, 3), (5, 4)])
    contract = builder.contract(Source("a.docx", "", "docx"))
    assert contract.text == "违约金 甲方\n"
    assert contract.paragraph_of(contract.text.index("甲方")) == 4


def test_a_paragraph_of_nothing_visible_is_no_block_and_a_cell_stays() -> None:
    builder = TextBuilder()
    builder.add("\u200b \ufeff")
    builder.add("\u200b", "cell", end="\t")
    builder.add("甲", "cell")
    assert builder.contract(Source("a.docx", "", "docx")).text == "\t甲\n"


def test_line_separators_of_unicode_are_spaces() -> None:
    builder = TextBuilder()
    builder.add("甲\u2028乙\u2029丙\x85丁")
    assert builder.contract(Source("a.docx", "", "docx")).text == "甲 乙 丙 丁\n"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The pаyment is due", ["pаyment"]),
        ("ΑBC公司", ["ΑBC"]),
        ("ООО «ТаёжЛес», Москва", []),
        ("电阻10kΩ，直径Φ20，Δt、μm", []),
        ("М12x50螺栓", []),
    ],
)
def test_a_word_that_mixes_scripts_is_told(text: str, places: list[str]) -> None:
    contract = read(f"{text}\n".encode(), ".txt")
    assert contract.text == f"{text}\n", "quoted as written"
    found = [dict(problem.values)["places"] for problem in contract.problems if problem.code == "look-alike-letters"]
    assert found == places


def test_seen_maps_offsets() -> None:
    shown = seen("\ufeffA\u200bB")
    assert (shown.text, [shown.moved(i) for i in range(5)]) == ("AB", [0, 0, 1, 1, 2])


def test_nothing_is_told_of_an_ordinary_pdf() -> None:
    contract = read(pdf(lines(80, 100, CLAUSE.format(""))), ".pdf")
    assert contract.problems == ()


def test_a_nul_in_a_text_is_one_more_of_them_and_many_are_no_text() -> None:
    contract = read(("合同正文。" * 100 + "违\0约金").encode(), ".txt")
    assert contract.text.endswith("违约金\n")
    assert told(contract)[0]["which"] == "U+0000 ×1"
