"""Plain text and Markdown: encodings, texts broken at a width, drawn tables, Markdown's marks."""

from __future__ import annotations

import codecs
import random
import string
import time

import pytest

from hetong.document import Contract, Source
from hetong.errors import FileError
from hetong.extract.text import read_markdown, read_text

BODY = "第一条 甲方应于验收合格后三十日内付款。\n第二条 乙方提供发票。\n"
WRAPPED = """设备采购合同

    甲方与乙方根据《中华人民共和国民法典》的规定，经友好协商，就设备采购事宜订立
本合同，供双方共同遵守。
第一条 乙方应在合同签订后三十日内将全部设备运抵甲方指定的地点，并且承担运输途中的
一切风险和费用，直到甲方签收为止。
第二条 甲方在收到设备以后十五日之内完成验收，逾期没有提出书面异议的视为验收合格，按
3.5倍计算违约金的约定不适用于本条，双方另行协商确定的除外，并以书面形式通知另一方
（一）验收不合格的，乙方应当在七日之内予以更换；
第三条 设备的型号为 Dell PowerEdge R760xs，配套软件由乙方负责安装，版本为 Windows Server
Datacenter，相关授权费用已经包含在合同总价之内，甲方不再另行支付任何款项给乙方或者厂
家。
"""


def text(source: str, encoding: str = "utf-8") -> Contract:
    return read_text(source.encode(encoding), Source("合同.txt", "", "txt"))


def markdown(source: str) -> Contract:
    return read_markdown(source.encode(), Source("合同.md", "", "md"))


def texts(contract: Contract) -> list[str]:
    return [contract.text_of(block) for block in contract.blocks]


def cells(contract: Contract) -> list[tuple[str, int, int, int, int]]:
    return [
        (contract.text_of(b), b.cell.row, b.cell.column, b.cell.row_span, b.cell.column_span)
        for b in contract.blocks
        if b.cell
    ]


# --- encodings -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030", "gbk", "gb2312"])
def test_the_encoding_is_found(encoding: str) -> None:
    contract = text(BODY, encoding)
    assert contract.text == BODY
    assert contract.problems == ()


def test_utf_16_of_the_other_byte_order() -> None:
    data = codecs.BOM_UTF16_BE + BODY.encode("utf-16-be")
    assert read_text(data, Source("合同.txt", "", "txt")).text == BODY


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding: str) -> None:
    assert text(BODY, encoding).text == BODY


def test_big5_is_told_from_gb18030() -> None:
    source = "第一條 甲方應於驗收合格後三十日內付款，逾期應付違約金。\n"
    assert text(source, "big5").text == source


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_cut_in_the_middle_of_a_character_is_read_and_reported(encoding: str) -> None:
    contract = read_text((BODY * 4 + "乙").encode(encoding)[:-1], Source("合同.txt", "", "txt"))
    assert contract.text.startswith(BODY)
    assert [(p.code, dict(p.values)) for p in contract.problems] == [("broken-characters", {"count": "1"})]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_all_kinds_of_newlines(newline: str) -> None:
    assert text(BODY.replace("\n", newline)).text == BODY


@pytest.mark.parametrize(
    "data",
    [
        "甲方\0乙方".encode(),
        b"%PDF-1.7\nsome text",
        b"PK\x03\x04" + b"a" * 50,
        b"{\\rtf1 text}",
        bytes(random.Random(1).choices(range(1, 256), k=4000)),
    ],
    ids=["zero byte", "PDF", "zip", "RTF", "noise"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(FileError) as caught:
        read_text(data, Source("合同.txt", "", "txt"))
    assert caught.value.code == "not-text"


def test_a_text_longer_than_any_contract_is_refused() -> None:
    with pytest.raises(FileError) as caught:
        read_text(b"a" * (21 * 2**20), Source("合同.txt", "", "txt"))
    assert caught.value.code == "too-large"


# --- lines and paragraphs ------------------------------------------------------------------------------------------


def test_one_line_is_one_paragraph_without_the_white_space_around_it() -> None:
    contract = text("　　第一条 总则  \n\n\t正文\n")
    assert contract.text == "第一条 总则\n正文\n"
    assert {block.kind for block in contract.blocks} == {"paragraph"}


def test_lines_broken_at_a_width_are_joined_into_sentences() -> None:
    read = texts(text(WRAPPED))
    assert read[1].endswith("订立本合同，供双方共同遵守。")
    assert read[2] == (
        "第一条 乙方应在合同签订后三十日内将全部设备运抵甲方指定的地点，并且承担运输途中的一切风险和费用，"
        "直到甲方签收为止。"
    )


def test_a_quantity_at_the_start_of_a_line_is_no_item_and_an_item_is() -> None:
    read = texts(text(WRAPPED))
    assert "按3.5倍计算" in read[3]
    assert read[4].startswith("（一）")


def test_joined_latin_words_keep_their_space() -> None:
    assert "Windows Server Datacenter" in texts(text(WRAPPED))[5]


def test_lines_are_not_joined_when_the_text_has_one_paragraph_a_line() -> None:
    lines = [f"{'一二三四五'[i]}、" + "乙方应当按照约定履行交付义务并承担由此产生的费用" * (i + 1) for i in range(5)]
    assert texts(text("\n".join(lines))) == lines


def test_an_indented_line_begins_a_paragraph_of_its_own() -> None:
    line = "　　乙方应在合同签订后三十日内将全部设备运抵甲方指定的地点并且承担全部运输费用"
    assert len(texts(text(WRAPPED + f"{line}\n{line}\n"))) == len(texts(text(WRAPPED))) + 2


def test_page_numbers_between_the_lines_of_a_broken_text_are_asides() -> None:
    page = "\n".join(WRAPPED.splitlines()[4:6] * 6)
    contract = text(f"{page}\n- 1 -\n{page}\n- 2 -\n{page}\n- 3 -\n")
    assert [(a.kind, a.text) for a in contract.asides] == [("page-number", f"- {i} -") for i in (1, 2, 3)]
    assert "- 2 -" not in contract.text


def test_numbers_on_their_own_lines_stay_when_they_are_no_pages() -> None:
    contract = text("序号\n1\n水泵\n2\n阀门\n3\n电机\n")
    assert contract.asides == ()
    assert texts(contract) == ["序号", "1", "水泵", "2", "阀门", "3", "电机"]


# --- tables drawn with characters ----------------------------------------------------------------------------------


def test_a_drawn_table_becomes_cells_and_its_borders_go() -> None:
    drawn = "┌──┬──┐\n│品名│数量│\n├──┼──┤\n│水泵│２台│\n└──┴──┘"
    contract = text(f"一、标的\n{drawn}\n二、价款")
    assert contract.text == "一、标的\n品名\t数量\n水泵\t２台\n二、价款\n"
    assert [cell[:3] for cell in cells(contract)] == [("品名", 0, 0), ("数量", 0, 1), ("水泵", 1, 0), ("２台", 1, 1)]


def test_a_heading_over_sub_headings_spans_them() -> None:
    drawn = """
┌───┬─────┐
│设备名│　质量　　│
│称　　├──┬──┤
│　　　│甲级│乙级│
├───┼──┼──┤
│水泵　│　１│　２│
└───┴──┴──┘"""
    assert cells(text(drawn)) == [
        ("设备名称", 0, 0, 2, 1), ("质量", 0, 1, 1, 2), ("甲级", 1, 1, 1, 1), ("乙级", 1, 2, 1, 1),
        ("水泵", 2, 0, 1, 1), ("１", 2, 1, 1, 1), ("２", 2, 2, 1, 1),
    ]  # fmt: skip


def test_rows_between_bars_are_rows() -> None:
    contract = text("｜品名｜数量｜\n｜水泵｜２｜\n")
    assert contract.text == "品名\t数量\n水泵\t２\n"


def test_an_empty_form_row_leaves_no_cells() -> None:
    assert text("┌──┐\n│品名│\n├──┤\n│　　│\n└──┘").text == "品名\n"


def test_a_single_upright_in_a_sentence_draws_no_table() -> None:
    assert texts(text("甲方│乙方\n正文")) == ["甲方│乙方", "正文"]


# --- Markdown ------------------------------------------------------------------------------------------------------


def test_headings_keep_their_level_and_lose_their_marks() -> None:
    contract = markdown("# 采购合同\n\n##付款\n\n### 第一条 **总则** ###\n")
    assert [(contract.text_of(b), b.kind, b.level) for b in contract.blocks] == [
        ("采购合同", "heading", 0), ("付款", "heading", 1), ("第一条 总则", "heading", 2),
    ]  # fmt: skip


def test_lists_keep_their_numbers() -> None:
    contract = markdown("1. 甲\n2. 乙\n   1) 丙\n\n- 丁\n- [ ] 月付\n- [x] 年付\n\n1、戊\n")
    assert texts(contract) == ["1. 甲", "2. 乙", "1) 丙", "• 丁", "□ 月付", "☑ 年付", "1、戊"]


def test_pipe_tables_become_cells() -> None:
    contract = markdown("| 品名 | 单价 |\n|:--|--:|\n| 水泵 \\| 阀 | 100 **元** |\n| | |\n")
    assert contract.text == "品名\t单价\n水泵 | 阀\t100 元\n"
    assert [cell[1:3] for cell in cells(contract)] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_each_line_of_a_paragraph_is_a_block() -> None:
    assert texts(markdown("甲方：某公司\n乙方：某厂  \n地址：某市\\\n电话：无<br>传真：无")) == [
        "甲方：某公司", "乙方：某厂", "地址：某市", "电话：无", "传真：无",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("**甲方：**某公司 *应当* `付款`", "甲方：某公司 应当 付款"),
        ("1\\. 甲方 \\*注\\*", "1. 甲方 *注*"),
        ("[官网](https://example.cn/a \"题\")与<http://example.cn>", "官网与http://example.cn"),
        ("<b>甲方</b>&nbsp;&lt;盖章&gt;<!-- 内部 -->", "甲方\u00a0<盖章>"),
        ("| 甲方 |", "| 甲方 |"),
    ],
)  # fmt: skip
def test_marks_are_taken_off(source: str, shown: str) -> None:
    assert texts(markdown(source)) == [shown]


@pytest.mark.parametrize(
    "line",
    [
        "签订日期：____年____月____日",
        "甲方：____________",
        "[甲方]: 某公司",
        "[某公司](以下简称“甲方”)",
        "<甲方名称>与<Company Name>",
        "违约金=总价*费率*天数",
        "违约金=100*0.5%*3",
        "　　第一条 总则",
        "        深缩进的一行",
    ],
)
def test_a_contract_loses_no_words_to_the_syntax_of_markdown(line: str) -> None:
    assert texts(markdown(f"正文\n\n{line}\n")) == ["正文", line.strip()]


def test_a_line_of_dashes_makes_no_heading() -> None:
    contract = markdown("甲方（盖章）\n------\n乙方（盖章）\n======\n")
    assert {block.kind for block in contract.blocks} == {"paragraph"}


def test_code_quotes_and_html_are_text() -> None:
    contract = markdown("> 引用\n\n```text\n第一行\n\n第二行\n```\n\n<table><tr><td>甲</td><td>乙</td></tr></table>\n")
    assert texts(contract) == ["引用", "第一行", "第二行", "甲 乙"]


def test_scripts_and_comments_of_html_are_no_text() -> None:
    assert texts(markdown("<script>\nalert(1)\n</script>\n\n<!-- 内部\n意见 -->\n\n正文\n")) == ["正文"]


# --- bounds --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "\n".join(str(i % 7) for i in range(60_000)),
        "\n".join("乙方应当按照约定履行交付义务并承担由此产生的费用和风险以及" for _ in range(30_000)),
        "│" * 200_000 + "\n" + "│" * 200_000,
        "\n".join("│甲" * 40 for _ in range(2_000)),
    ],
    ids=["numbers", "one endless sentence", "uprights", "a long table"],
)
def test_texts_made_to_be_slow_are_read_in_time(source: str) -> None:
    started = time.process_time()
    text(source)
    assert time.process_time() - started < 20


def test_any_ascii_is_read_without_loss() -> None:
    line = "".join(c for c in string.printable if c.isprintable()).strip()
    assert texts(text(line)) == [line]
