"""Word files: automatic numbers, tables, revisions, notes, fields, and files that are broken or hostile."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from docx.oxml import parse_xml
from lxml import etree
from word_files import (
    NAMESPACES,
    cell,
    docx,
    level,
    numbering,
    p,
    r,
    relationships,
    row,
    table,
    zipped,
)

from hetong.document import Contract, Source
from hetong.errors import FileError
from hetong.extract.docx import read_docx
from hetong.extract.word_inline import Revisions
from hetong.extract.word_package import w
from hetong.run import analyse

SHARED = Path(__file__).parents[2] / "shared" / "contracts"


def reading(body: str, revisions: Revisions = "final", **parts: str) -> Contract:
    return read_bytes(docx(body, parts), revisions)


def read_bytes(data: bytes, revisions: Revisions = "final") -> Contract:
    return read_docx(data, Source("合同.docx", "", "docx"), revisions)


def texts(contract: Contract) -> list[str]:
    return [contract.text_of(block) for block in contract.blocks]


def style(
    identifier: str, name: str, properties: str = "", *, based_on: str = "", run: str = "", more: str = ""
) -> str:
    parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}" {more}><w:name w:val="{name}"/>{parent}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def list_of(number: int, ilvl: int | None = None) -> str:
    place = f'<w:ilvl w:val="{ilvl}"/>' if ilvl is not None else ""
    return f'<w:numPr>{place}<w:numId w:val="{number}"/></w:numPr>'


# --- automatic numbering -------------------------------------------------------------------------------------------


def test_the_number_is_in_the_text_with_one_space_for_a_tab() -> None:
    contract = reading(
        p("总则", num=(1, 0)) + p("付款", num=(1, 0)),
        numbering=numbering(level(0, "第%1条", "chineseCountingThousand")),
    )
    assert contract.text == "第一条 总则\n第二条 付款\n"
    assert [(block.number, block.level) for block in contract.blocks] == [("第一条", 0), ("第二条", 0)]


@pytest.mark.parametrize(("suffix", "text"), [("tab", "一、 甲"), ("space", "一、 甲"), ("nothing", "一、甲")])
def test_the_suffix_decides_the_gap_behind_the_number(suffix: str, text: str) -> None:
    levels = level(0, "%1、", "chineseCounting", more=f'<w:suff w:val="{suffix}"/>')
    assert texts(reading(p("甲", num=(1, 0)), numbering=numbering(levels))) == [text]


def test_deeper_levels_restart_and_print_the_higher_counters() -> None:
    levels = [level(0, "%1."), level(1, "%1.%2"), level(2, "（%3）", "chineseCounting")]
    body = "".join(p("文", num=(1, i)) for i in (0, 1, 2, 2, 1, 2, 0, 1))
    numbers = [block.number for block in reading(body, numbering=numbering(*levels)).blocks]
    assert numbers == ["1.", "1.1", "（一）", "（二）", "1.2", "（一）", "2.", "2.1"]


def test_a_level_that_never_restarts_counts_on() -> None:
    levels = [level(0, "第%1章"), level(1, "第%2条", more='<w:lvlRestart w:val="0"/>')]
    body = "".join(p("文", num=(1, i)) for i in (0, 1, 1, 0, 1))
    assert [b.number for b in reading(body, numbering=numbering(*levels)).blocks][-1] == "第3条"


def test_a_level_that_restarts_after_the_first_level_only() -> None:
    levels = [level(0, "%1"), level(1, "%1.%2"), level(2, "(%3)", more='<w:lvlRestart w:val="1"/>')]
    body = "".join(p("文", num=(1, i)) for i in (0, 1, 2, 1, 2, 0, 1, 2))
    numbers = [b.number for b in reading(body, numbering=numbering(*levels)).blocks]
    assert [n for n in numbers if n.startswith("(")] == ["(1)", "(2)", "(1)"]


def test_legal_numbering_prints_all_counters_in_decimal_digits() -> None:
    levels = [level(0, "第%1条", "chineseCounting"), level(1, "%1.%2", "lowerLetter", more="<w:isLgl/>")]
    body = p("文", num=(1, 0)) + p("文", num=(1, 0)) + p("文", num=(1, 1))
    assert texts(reading(body, numbering=numbering(*levels)))[-1] == "2.1 文"


def test_lists_of_one_abstract_list_count_together() -> None:
    body = p("文", num=(1, 0)) + p("文", num=(2, 0)) + p("文", num=(1, 0))
    lists = numbering(level(0, "%1."), overrides={2: ""})
    assert [b.number for b in reading(body, numbering=lists).blocks] == ["1.", "2.", "3."]


def test_a_start_override_restarts_on_the_first_use_of_its_list_only() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = "".join(p("文", num=(n, 0)) for n in (1, 1, 2, 2))
    lists = numbering(level(0, "%1."), overrides={2: restart})
    assert [b.number for b in reading(body, numbering=lists).blocks] == ["1.", "2.", "5.", "6."]


def test_an_overridden_level_has_its_own_look() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "（%1）", "upperLetter")}</w:lvlOverride>'
    body = p("文", num=(1, 0)) + p("文", num=(2, 0))
    lists = numbering(level(0, "%1."), overrides={2: own})
    assert [b.number for b in reading(body, numbering=lists).blocks] == ["1.", "（B）"]


def test_a_style_numbers_its_paragraphs_and_those_of_styles_based_on_it() -> None:
    levels = level(0, "第%1条", "chineseCounting", more='<w:pStyle w:val="tiao"/>')
    styles = style("tiao", "条", list_of(1)) + style("tiao2", "条二", based_on="tiao")
    body = p("甲", style="tiao") + p("乙", style="tiao2") + p("丙")
    assert texts(reading(body, styles=styles, numbering=numbering(levels))) == ["第一条 甲", "第二条 乙", "丙"]


def test_the_level_of_a_style_is_the_one_tied_to_it() -> None:
    levels = [level(0, "第%1条"), level(1, "%1.%2", more='<w:pStyle w:val="kuan"/>')]
    styles = style("kuan", "款", list_of(1))
    assert texts(reading(p("甲", style="kuan"), styles=styles, numbering=numbering(*levels))) == ["1.1 甲"]


def test_the_default_style_numbers_paragraphs_that_name_no_style() -> None:
    styles = style("a", "Normal", list_of(1, 0), more='w:default="1"')
    body = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"
    assert texts(reading(body, styles=styles, numbering=numbering(level(0, "%1.")))) == ["1. 甲"]


def test_list_zero_switches_the_number_of_the_style_off() -> None:
    styles = style("tiao", "条", list_of(1, 0))
    body = p("甲", style="tiao") + p("乙", style="tiao", num=(0, 0)) + p("丙", style="tiao")
    contract = reading(body, styles=styles, numbering=numbering(level(0, "%1.")))
    assert texts(contract) == ["1. 甲", "乙", "2. 丙"]


def test_styles_based_on_each_other_in_a_circle_end() -> None:
    styles = style("a", "甲式", based_on="b") + style("b", "乙式", based_on="a")
    assert texts(reading(p("甲", style="a"), styles=styles)) == ["甲"]


def test_a_list_may_take_its_levels_from_a_numbering_style() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="ls"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num>'
    )
    styles = style("ls", "列表式", list_of(1))
    body = p("甲", num=(9, 0)) + p("乙", num=(1, 0))
    lists = numbering(level(0, "%1）")) + linked
    assert [b.number for b in reading(body, styles=styles, numbering=lists).blocks] == ["1）", "2）"]


@pytest.mark.parametrize(
    ("number_format", "first", "eleventh"),
    [
        ("decimal", "1", "11"),
        ("decimalZero", "01", "11"),
        ("upperLetter", "A", "K"),
        ("lowerLetter", "a", "k"),
        ("upperRoman", "I", "XI"),
        ("lowerRoman", "i", "xi"),
        ("chineseCounting", "一", "十一"),
        ("chineseCountingThousand", "一", "十一"),
        ("chineseLegalSimplified", "壹", "壹拾壹"),
        ("ideographDigital", "一", "一一"),
        ("ideographTraditional", "甲", "11"),
        ("japaneseCounting", "一", "十一"),
        ("decimalEnclosedCircle", "①", "⑪"),
        ("decimalEnclosedCircleChinese", "①", "⑪"),
        ("decimalFullWidth", "１", "１１"),
        ("a-format-of-the-future", "1", "11"),
    ],
)
def test_the_number_formats_of_chinese_contracts(number_format: str, first: str, eleventh: str) -> None:
    body = "".join(p("文", num=(1, 0)) for _ in range(11))
    contract = reading(body, numbering=numbering(level(0, "%1", number_format)))
    assert (contract.blocks[0].number, contract.blocks[-1].number) == (first, eleventh)


def test_a_bullet_stays_as_printed_and_is_no_number() -> None:
    wingdings = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    dot, box = level(0, "\uf0b7", "bullet"), level(1, "\uf0a8", "bullet").replace("</w:lvl>", f"{wingdings}</w:lvl>")
    symbol = dot.replace("</w:lvl>", '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>')
    contract = reading(p("甲", num=(1, 0)) + p("乙", num=(1, 1)), numbering=numbering(symbol, box))
    assert texts(contract) == ["• 甲", "□ 乙"]
    assert [(block.number, block.level) for block in contract.blocks] == [("", 0), ("", 1)]


def test_an_empty_numbered_paragraph_still_shows_its_number() -> None:
    body = p("甲", num=(1, 0)) + p(num=(1, 0)) + p("丙", num=(1, 0))
    assert texts(reading(body, numbering=numbering(level(0, "%1.")))) == ["1. 甲", "2.", "3. 丙"]


def test_a_list_that_is_not_defined_numbers_nothing() -> None:
    assert texts(reading(p("甲", num=(4, 0)))) == ["甲"]


# --- paragraphs and their kinds ------------------------------------------------------------------------------------


def test_heading_styles_give_headings_with_their_outline_level() -> None:
    styles = style("1", "heading 1", '<w:outlineLvl w:val="0"/>') + style("2", "标题 2") + style("t", "Title")
    contract = reading(
        p("采购合同", style="t") + p("付款", style="1") + p("预付款", style="2") + p("正文"), styles=styles
    )
    assert [(b.kind, b.level) for b in contract.blocks] == [
        ("heading", 0), ("heading", 0), ("heading", 1), ("paragraph", None),
    ]  # fmt: skip


def test_a_whole_sentence_in_a_heading_style_is_a_paragraph() -> None:
    styles = style("1", "heading 1")
    contract = reading(p("甲方应于验收后三十日内付清余款。", style="1"), styles=styles)
    assert [(b.kind, b.level) for b in contract.blocks] == [("paragraph", 0)]


def test_a_table_of_contents_is_contents_by_style_and_by_field() -> None:
    begin = r(inside='<w:fldChar w:fldCharType="begin"/>') + r(inside="<w:instrText> TOC \\o </w:instrText>")
    middle, end = r(inside='<w:fldChar w:fldCharType="separate"/>'), r(inside='<w:fldChar w:fldCharType="end"/>')
    body = (
        p(inside=begin + middle + r("第一条 总则 1"))
        + p(inside=r("第二条 付款 2"))
        + p(inside=end + r("第一条 总则"))
        + p("第一条 1", style="toc1")
    )
    contract = reading(body, styles=style("toc1", "toc 1"))
    assert [b.kind for b in contract.blocks] == ["contents", "contents", "paragraph", "contents"]
    assert "TOC" not in contract.text


def test_a_soft_line_break_starts_a_new_block_and_a_tab_is_a_space() -> None:
    body = p(inside=r("第一条", inside='<w:tab/><w:t>总则</w:t><w:br/><w:t>甲方：</w:t><w:br w:type="page"/>'))
    contract = reading(body)
    assert contract.text == "第一条 总则\n甲方：\n"


def test_a_break_that_only_makes_room_to_write_on_ends_no_line() -> None:
    body = p(inside=r("坐落于    区", inside="<w:br/><w:t>      ，面积</w:t><w:br/><w:t>乙方：</w:t>"))
    assert texts(reading(body)) == ["坐落于    区       ，面积", "乙方："]


def test_links_controls_and_simple_fields_are_read_through() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    link = f'<w:hyperlink r:id="x">{r("法条")}</w:hyperlink>'
    field = f'<w:fldSimple w:instr=" DATE ">{r("2026年")}</w:fldSimple>'
    body = p(inside=link + control.format(r("全文")) + field) + control.format(p("控件里的段落"))
    assert texts(reading(body)) == ["法条全文2026年", "控件里的段落"]


def test_a_field_shows_its_result_and_not_its_instruction() -> None:
    field = (
        r(inside='<w:fldChar w:fldCharType="begin"/>')
        + r(inside="<w:instrText> REF _Ref1 \\r </w:instrText>")
        + r(inside='<w:fldChar w:fldCharType="separate"/>')
        + r("第五条")
        + r(inside='<w:fldChar w:fldCharType="end"/>')
    )
    assert texts(reading(p(inside=r("见") + field + r("。")))) == ["见第五条。"]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    body = p(inside=r(inside='<w:fldChar w:fldCharType="begin"/>') + r("甲方")) + p("乙方")
    assert texts(reading(body)) == ["甲方", "乙方"]


def test_enclosed_characters_become_circled_numbers() -> None:
    field = (
        r(inside='<w:fldChar w:fldCharType="begin"/>')
        + r(inside="<w:instrText> eq \\o\\ac(○,3) </w:instrText>")
        + r(inside='<w:fldChar w:fldCharType="end"/>')
    )
    assert texts(reading(p(inside=field + r("验收")))) == ["③验收"]


def test_boxes_and_ticks_are_characters() -> None:
    body = p(
        inside=r(inside='<w:sym w:font="Wingdings" w:char="F0FE"/>')
        + r("是")
        + r(inside='<w:sym w:font="Wingdings 2" w:char="00A3"/>')
        + r("否")
        + r("\uf0a8")
        + '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr>'
        + f"<w:sdtContent>{r('☒')}</w:sdtContent></w:sdt>"
    )
    assert texts(reading(body)) == ["☑是□否□☑"]


@pytest.mark.parametrize(("state", "shown"), [('<w:checked w:val="0"/>', "□月付"), ("<w:checked/>", "☑月付")])
def test_the_check_boxes_of_old_forms(state: str, shown: str) -> None:
    data = f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"
    field = r(inside=f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>') + r(
        inside='<w:fldChar w:fldCharType="end"/>'
    )
    assert texts(reading(p(inside=field + r("月付")))) == [shown]


def test_a_symbol_that_is_not_known_is_shown_as_such_and_reported() -> None:
    contract = reading(p(inside=r(inside='<w:sym w:font="Wingdings" w:char="F024"/>') + r("甲")))
    assert texts(contract) == ["\ufffd甲"]
    assert [problem.code for problem in contract.problems] == ["unknown-symbols"]


def test_the_text_of_a_text_box_is_read_once_behind_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('合同编号：A1')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    doubled = r(inside=f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>")
    assert texts(reading(p(inside=doubled + r("采购合同")) + p("甲方："))) == ["采购合同", "合同编号：A1", "甲方："]


def test_formulas_are_written_on_one_line() -> None:
    fraction = "<m:f><m:num><m:r><m:t>A−B</m:t></m:r></m:num><m:den><m:r><m:t>C</m:t></m:r></m:den></m:f>"
    contract = reading(p(inside=r("调价额=") + f"<m:oMath>{fraction}</m:oMath>"))
    assert texts(contract) == ["调价额=(A−B)/C"]


def test_hidden_text_is_left_out_and_reported_with_its_words() -> None:
    styles = style("h", "隐藏式", run="<w:vanish/>")
    body = p(inside=r("甲方") + r("（内部底价）", properties="<w:vanish/>") + r("付款")) + p("备忘", style="h")
    contract = reading(body, styles=styles)
    assert texts(contract) == ["甲方付款"]
    (problem,) = contract.problems
    assert problem.code == "hidden-text"
    assert "（内部底价）备忘" in problem.message()


def test_a_hidden_paragraph_is_not_counted() -> None:
    mark = "<w:pPr>" + list_of(1, 0) + "<w:rPr><w:vanish/></w:rPr></w:pPr>"
    body = p("甲", num=(1, 0)) + f"<w:p>{mark}{r('乙', properties='<w:vanish/>')}</w:p>" + p("丙", num=(1, 0))
    assert texts(reading(body, numbering=numbering(level(0, "%1.")))) == ["1. 甲", "2. 丙"]


def test_a_picture_as_large_as_a_page_is_reported() -> None:
    picture = (
        '<w:drawing><wp:inline><wp:extent cx="5400000" cy="7560000"/><a:graphic><pic:pic/></a:graphic>'
        "</wp:inline></w:drawing>"
    )
    contract = reading(p("扫描件") + p(inside=r(inside=picture)))
    assert [problem.code for problem in contract.problems] == ["pictures-not-read"]


# --- tables --------------------------------------------------------------------------------------------------------


def test_a_table_becomes_cells_separated_by_tabs_and_rows_by_newlines() -> None:
    contract = reading(table(row(cell("品名"), cell("单价")), row(cell("水泵"), cell("100元"))) + p("完"))
    assert contract.text == "品名\t单价\n水泵\t100元\n完\n"
    assert [b.cell[:3] for b in contract.blocks if b.cell] == [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1)]
    assert [b.kind for b in contract.blocks] == ["cell"] * 4 + ["paragraph"]


def test_merged_cells_have_their_spans_and_their_text_once() -> None:
    wide, down, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    contract = reading(
        table(
            row(cell("标的", properties=wide), cell("价格", properties=down)),
            row(cell("甲"), cell("乙"), cell("", properties=on)),
            row(cell("丙"), cell("丁"), cell("", properties=on)),
        )
    )
    assert contract.text == "标的\t价格\n甲\t乙\n丙\t丁\n"
    assert [tuple(b.cell)[1:5] for b in contract.blocks if b.cell][:2] == [(0, 0, 1, 2), (0, 2, 3, 1)]


def test_the_paragraphs_of_a_cell_are_joined_and_numbered() -> None:
    inside = cell(p("甲", num=(1, 0)), p("乙", num=(1, 0)))
    contract = reading(table(row(cell("付款方式"), inside)), numbering=numbering(level(0, "%1.")))
    assert contract.text == "付款方式\t1. 甲 2. 乙\n"


def test_a_nested_table_is_text_of_its_cell_once() -> None:
    inner = table(row(cell("内一"), cell("内二")))
    assert reading(table(row(cell("外", inner, "后"), cell("右")))).text == "外 内一 内二 后\t右\n"


def test_a_table_that_only_frames_paragraphs_is_read_as_paragraphs() -> None:
    contract = reading(table(row(cell("第一条 总则", "第二条 付款", table(row(cell("期"), cell("额")))))))
    assert [b.kind for b in contract.blocks] == ["paragraph", "paragraph", "cell", "cell"]


def test_rows_without_text_leave_no_blocks() -> None:
    assert reading(table(row(cell("品名"), cell("")), row(cell(""), cell("")))).text == "品名\t\n"


# --- revisions -----------------------------------------------------------------------------------------------------

WHO = 'w:author="王律师" w:date="2026-03-01T08:00:00Z"'
INSERTED = f'<w:ins w:id="1" {WHO}><w:r><w:t>六十</w:t></w:r></w:ins>'
DELETED = f'<w:del w:id="2" {WHO}><w:r><w:delText>三十</w:delText></w:r></w:del>'


@pytest.mark.parametrize(("revisions", "text"), [("final", "付款期为六十日"), ("original", "付款期为三十日")])
def test_both_readings_of_tracked_changes(revisions: Revisions, text: str) -> None:
    contract = reading(p(inside=r("付款期为") + DELETED + INSERTED + r("日")), revisions)
    assert texts(contract) == [text]
    assert [(a.kind, a.text, a.author, a.date, a.at) for a in contract.asides] == [
        ("deletion", "三十", "王律师", "2026-03-01T08:00:00Z", 4),
        ("insertion", "六十", "王律师", "2026-03-01T08:00:00Z", 4 if revisions == "final" else 6),
    ]
    (problem,) = contract.problems
    assert problem.code == f"tracked-changes-{revisions}"
    assert "插入 1 处，删除 1 处" in problem.message()


def test_a_change_that_word_cut_into_runs_is_one_change() -> None:
    contract = reading(p(inside=r("共") + INSERTED + INSERTED + r("日")))
    assert [(a.kind, a.text) for a in contract.asides] == [("insertion", "六十六十")]


def test_moved_text_is_read_at_one_of_its_two_places() -> None:
    moved = r("甲方付款。")
    body = p(inside=f"<w:moveFrom {WHO}>{moved}</w:moveFrom>" + r("一")) + p(
        inside=r("二") + f"<w:moveTo {WHO}>{moved}</w:moveTo>"
    )
    assert texts(reading(body)) == ["一", "二甲方付款。"]
    assert texts(reading(body, "original")) == ["甲方付款。一", "二"]


def test_an_inserted_paragraph_is_not_counted_in_the_original() -> None:
    mark = f"<w:pPr>{list_of(1, 0)}<w:rPr><w:ins {WHO}/></w:rPr></w:pPr>"
    inserted = f"<w:p>{mark}<w:ins {WHO}>{r('新增')}</w:ins></w:p>"
    body = p("甲", num=(1, 0)) + inserted + p("乙", num=(1, 0))
    lists = numbering(level(0, "%1."))
    assert texts(reading(body, "final", numbering=lists)) == ["1. 甲", "2. 新增", "3. 乙"]
    assert texts(reading(body, "original", numbering=lists)) == ["1. 甲", "2. 乙"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = f"<w:pPr>{list_of(1, 0)}<w:rPr><w:del {WHO}/></w:rPr></w:pPr>"
    body = f"<w:p>{mark}{r('甲方付款')}</w:p>" + p("并开票", num=(1, 0)) + p("丙", num=(1, 0))
    lists = numbering(level(0, "%1."))
    assert texts(reading(body, "final", numbering=lists)) == ["1. 甲方付款并开票", "2. 丙"]
    assert texts(reading(body, "original", numbering=lists)) == ["1. 甲方付款", "2. 并开票", "3. 丙"]


def test_a_deleted_table_row_is_in_the_original_only() -> None:
    body = table(row(cell("水泵"), cell("1")), row(cell("阀门"), cell("2"), properties=f"<w:del {WHO}/>"))
    final = reading(body)
    assert final.text == "水泵\t1\n"
    assert [(a.kind, a.text, a.author) for a in final.asides] == [("deletion", "阀门 2", "王律师")]
    assert reading(body, "original").text == "水泵\t1\n阀门\t2\n"


def test_the_original_keeps_the_list_that_a_revision_took_away() -> None:
    change = f"<w:pPr><w:pPrChange {WHO}><w:pPr>{list_of(1, 0)}</w:pPr></w:pPrChange></w:pPr>"
    body = f"<w:p>{change}{r('甲')}</w:p>"
    lists = numbering(level(0, "%1."))
    assert texts(reading(body, "final", numbering=lists)) == ["甲"]
    assert texts(reading(body, "original", numbering=lists)) == ["1. 甲"]


# --- what stands beside the text -----------------------------------------------------------------------------------


def test_comments_are_asides_at_the_words_they_speak_of() -> None:
    comment = f'<w:comment w:id="3" {WHO}>{p("太长")}{p("改为三十日")}</w:comment>'
    start, end = '<w:commentRangeStart w:id="3"/>', '<w:commentRangeEnd w:id="3"/>'
    reference = r(inside='<w:commentReference w:id="3"/>')
    body = p("总则") + p(inside=r("付款期为") + start + r("六十日") + end + reference)
    contract = reading(body, comments=comment)
    (aside,) = contract.asides
    assert (aside.kind, aside.text, aside.author) == ("comment", "太长 改为三十日", "王律师")
    assert aside.at is not None
    assert contract.text[aside.at :] == "六十日\n"


def test_footnotes_are_asides_and_leave_no_mark() -> None:
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{p("—")}</w:footnote><w:footnote w:id="2">{p("含税")}</w:footnote>'
    )
    contract = reading(p(inside=r("价款") + r(inside='<w:footnoteReference w:id="2"/>') + r("如下")), footnotes=notes)
    assert contract.text == "价款如下\n"
    assert [(a.kind, a.text, a.at) for a in contract.asides] == [("footnote", "含税", 2)]


def test_headers_and_footers_are_asides_once_each() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:headerReference w:type="even" r:id="header"/>'
        '<w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    )
    watermark = r(inside='<w:pict><v:shape><v:textpath string="草稿"/></v:shape></w:pict>')
    contract = reading(p("正文") + section, header=p("某某公司", inside=watermark), footer=p("第 1 页"))
    assert contract.text == "正文\n"
    assert [(a.kind, a.text) for a in contract.asides] == [
        ("header", "某某公司"), ("watermark", "草稿"), ("footer", "第 1 页"),
    ]  # fmt: skip


def test_spans_hold_what_the_blocks_say() -> None:
    contract = reading(p("　　甲方：  ") + table(row(cell("品名"), cell(""))) + p("乙方："))
    assert [contract.text[b.start : b.end] for b in contract.blocks] == ["甲方：", "品名", "", "乙方："]


# --- files as programs write them ----------------------------------------------------------------------------------


def test_a_file_of_python_docx_with_heading_numbers() -> None:
    document = python_docx.Document()
    levels = level(0, "第%1条", "chineseCountingThousand")
    abstract = parse_xml(f'<w:abstractNum {NAMESPACES} w:abstractNumId="99">{levels}</w:abstractNum>')
    lists = document.part.numbering_part.element
    lists.insert(0, abstract)
    lists.append(parse_xml(f'<w:num {NAMESPACES} w:numId="99"><w:abstractNumId w:val="99"/></w:num>'))
    for text in ("总则", "付款"):
        heading = document.add_heading(text, level=1)
        heading._p.get_or_add_pPr().append(parse_xml(list_of(99, 0).replace("<w:numPr>", f"<w:numPr {NAMESPACES}>")))
    document.add_paragraph("项目符号", style="List Bullet")
    target = io.BytesIO()
    document.save(target)
    contract = read_bytes(target.getvalue())
    assert texts(contract) == ["第一条 总则", "第二条 付款", "• 项目符号"]
    assert [b.kind for b in contract.blocks] == ["heading", "heading", "paragraph"]


def test_a_link_to_a_picture_that_is_not_there_does_no_harm() -> None:
    dangling = '<Relationship Id="rId9" Type="http://x/image" Target="NULL"/>'
    assert texts(read_bytes(altered("word/_rels/document.xml.rels", relationships(dangling)))) == ["甲方"]


def test_strict_open_xml_is_read() -> None:
    main = zipfile.ZipFile(io.BytesIO(docx(p("甲方")))).read("word/document.xml").decode()
    strict = main.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert texts(read_bytes(altered("word/document.xml", strict))) == ["甲方"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real contracts of ../shared are not here")
def test_real_contracts_read_as_their_published_text() -> None:
    def squeezed(text: str) -> str:
        return "".join(text.split()).replace("\u00ad", "")

    files = sorted((SHARED / "originals").glob("*.docx"))
    wrong = [
        path.name
        for path in files
        if squeezed(read_bytes(path.read_bytes()).text)
        != squeezed((SHARED / "text" / f"{path.stem}.txt").read_text(encoding="utf-8"))
    ]
    assert files
    assert wrong == []


# --- broken and hostile files --------------------------------------------------------------------------------------


def altered(name: str, content: str | bytes | None) -> bytes:
    """A good file with one part replaced, or left out for None."""
    archive = zipfile.ZipFile(io.BytesIO(docx(p("甲方"))))
    files: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist() if n != name}
    return zipped(files if content is None else files | {name: content})


ENTITIES = '<!DOCTYPE d [<!ENTITY a "甲"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 ...", "word-no-zip"),
        (docx(p("甲方"))[:300], "word-no-zip"),
        (zipped({"xl/workbook.xml": "<workbook/>"}), "word-no-document"),
        (altered("word/document.xml", None), "word-no-document"),
        (altered("word/document.xml", f"<w:document {NAMESPACES}/>"), "word-no-document"),
        (altered("word/document.xml", "<w:document"), "word-damaged"),
        (altered("word/document.xml", ENTITIES), "word-foreign-xml"),
        (altered("word/document.xml", b"\xff\xfe" + ENTITIES.encode("utf-16-le")), "word-foreign-xml"),
        (altered("word/document.xml", '<?xml version="1.0" encoding="utf-7"?><d/>'), "word-foreign-xml"),
        (altered("word/document.xml", b" " * (201 * 2**20)), "word-too-big"),
        (zipped({f"{i}": b"" for i in range(20_001)}), "word-too-many-parts"),
        (OLE + b"\0" * 512 + "WordDocument".encode("utf-16-le"), "word-97"),
        (OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "word-encrypted"),
    ],
    ids=[
        "a PDF", "cut off", "a workbook", "no document.xml", "no body", "broken XML", "entities", "entities in UTF-16",
        "odd encoding", "zip bomb", "too many parts", "old .doc", "password",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_names_reason_and_remedy(data: bytes, code: str) -> None:
    with pytest.raises(FileError) as caught:
        read_bytes(data)
    assert caught.value.code == code
    assert "；" in caught.value.message()
    assert ";" in caught.value.message("en")


def test_a_part_with_flipped_bytes_is_damaged() -> None:
    data = bytearray(docx(p("甲方" * 400)))
    start = data.index(b"word/document.xml") + 40
    data[start : start + 8] = b"\xff" * 8
    with pytest.raises(FileError) as caught:
        read_bytes(bytes(data))
    assert caught.value.code == "word-damaged"


def test_tables_nested_without_end_are_an_error_and_no_crash() -> None:
    depth = 600
    body = f"<w:tbl><w:tr><w:tc>{'<w:tbl><w:tr><w:tc>' * depth}{p('甲')}{'</w:tc></w:tr></w:tbl>' * depth}"
    with pytest.raises(FileError) as caught:
        reading(body + "</w:tc></w:tr></w:tbl>")
    assert caught.value.code == "word-damaged"


@pytest.mark.parametrize("value", ["-1", "99999999999999999999", "甲", ""])
def test_numbers_that_are_none_are_read_as_if_absent(value: str) -> None:
    span = f'<w:gridSpan w:val="{value}"/>'
    lists = numbering(level(0, "%1.", start=1).replace('w:val="1"', f'w:val="{value}"', 1))
    body = p("甲", num=(1, 0)) + table(row(cell("乙", properties=span), cell("丙")))
    contract = reading(body, numbering=lists)
    assert contract.blocks[-1].cell is not None
    assert contract.blocks[-1].cell.column == 1


# --- places for a report in Word -----------------------------------------------------------------------------------


def words_of(paragraph: etree._Element) -> str:
    """What a paragraph of document.xml says, but for what text boxes anchored in it say."""
    inside = {t for box in paragraph.iter(w("txbxContent")) for t in box.iter(w("t"))}
    return "".join("".join(t.text or "" for t in paragraph.iter(w("t")) if t not in inside).split())


def misplaced(data: bytes) -> list[str]:
    """The parts of blocks that do not stand in the paragraph of document.xml that they name."""
    main = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    paragraphs = list(main.iter(w("p")))
    contract, wrong = read_bytes(data), []
    for block in contract.blocks:
        ends = [start for start, _ in block.paragraphs[1:]] + [block.end]
        for (start, ordinal), end in zip(block.paragraphs, ends, strict=True):
            shown = (
                contract.text[start:end] if start > block.start else contract.text[start:end].removeprefix(block.number)
            )
            said = [
                word for word in re.findall(r"[\u4e00-\u9fff]+", shown) if word not in words_of(paragraphs[ordinal])
            ]
            wrong += [f"{shown!r} is not in {words_of(paragraphs[ordinal])!r}"] if said else []
        if not block.paragraphs:
            wrong.append(f"{contract.text_of(block)!r} has no place")
    return wrong


def test_every_block_knows_its_paragraphs_in_document_xml() -> None:
    box = f"<w:txbxContent>{p('合同编号')}</w:txbxContent>"
    choice = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    doubled = r(inside=f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>")
    deleted = f"<w:p><w:pPr><w:rPr><w:del {WHO}/></w:rPr></w:pPr>{r('甲方付款')}</w:p>"
    data = docx(
        p()
        + p(inside=doubled + r("采购合同"))
        + p(inside=r("第一行", inside="<w:br/><w:t>第二行</w:t>"), num=(1, 0))
        + table(row(cell("品名", "", "规格"), cell(""), cell("价")))
        + deleted
        + p("并开票"),
        {"numbering": numbering(level(0, "第%1条", "chineseCounting"))},
    )
    contract = read_bytes(data)
    assert [(contract.text_of(b), [o for _, o in b.paragraphs]) for b in contract.blocks] == [
        ("采购合同", [1]), ("合同编号", [2]), ("第一条 第一行", [4]), ("第二行", [4]), ("品名 规格", [5, 7]), ("", [8]),
        ("价", [9]),
        ("甲方付款并开票", [10, 11]),
    ]  # fmt: skip
    assert contract.paragraph_of(contract.text.index("规格")) == 7
    assert contract.paragraph_of(contract.text.index("品名") + 2) == 5
    assert misplaced(data) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real contracts of ../shared are not here")
def test_the_places_are_right_in_real_contracts() -> None:
    for path in sorted((SHARED / "originals").glob("*.docx")):
        assert misplaced(path.read_bytes()) == [], path.name


# --- what a reader must be told ------------------------------------------------------------------------------------

PROMPT = "<w:sdt><w:sdtPr>{}<w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"


def test_the_prompt_of_a_control_that_nobody_filled_in_is_a_blank() -> None:
    inline = p(inside=r("价款为") + PROMPT.format("", r("请输入金额")) + r("元。"))
    contract = analyse(reading(p("采购合同") + inline + PROMPT.format("", p("选择付款方式"))))
    assert contract.text == "采购合同\n价款为请输入金额元。\n选择付款方式\n"
    assert [contract.text_of(blank) for blank in contract.blanks] == ["请输入金额", "选择付款方式"]


def test_a_name_in_french_or_russian_quotes_is_no_blank() -> None:
    body = p("采购合同") + p("卖方为ООО «ТаёжЛес»，买方为«Renault»。")
    assert analyse(reading(body)).blanks == ()


def test_the_prompt_of_a_control_around_a_whole_cell_is_a_blank() -> None:
    prompt = PROMPT.format("", cell("请填数量"))
    contract = analyse(
        reading(p("采购合同") + p("一、标的") + table(row(cell("品名"), prompt), row(cell("水泵"), cell("2台"))))
    )
    assert contract.text == "采购合同\n一、标的\n品名\t请填数量\n水泵\t2台\n"
    assert [contract.text_of(blank) for blank in contract.blanks] == ["请填数量"]


def test_text_fields_of_old_forms_that_are_empty_are_blanks() -> None:
    field = (
        r(inside='<w:fldChar w:fldCharType="begin"><w:ffData><w:textInput/></w:ffData></w:fldChar>')
        + r(inside="<w:instrText> FORMTEXT </w:instrText>")
        + r(inside='<w:fldChar w:fldCharType="separate"/>')
        + r("\u2002" * 5)
        + r(inside='<w:fldChar w:fldCharType="end"/>')
    )
    contract = analyse(reading(p("采购合同") + p(inside=r("一、甲方应付价款人民币") + field + r("元。"))))
    assert [contract.text_of(blank) for blank in contract.blanks] == ["\u2002" * 5 + "元"]


@pytest.mark.parametrize(
    ("result", "shown"), [('<w:result w:val="1"/>', "按季付款"), ("", "按月付款"), ('<w:result w:val="9"/>', "付款")]
)
def test_the_drop_downs_of_old_forms(result: str, shown: str) -> None:
    choices = (
        f'<w:ffData><w:ddList>{result}<w:listEntry w:val="按月"/><w:listEntry w:val="按季"/></w:ddList></w:ffData>'
    )
    field = r(inside=f'<w:fldChar w:fldCharType="begin">{choices}</w:fldChar>') + r(
        inside='<w:fldChar w:fldCharType="end"/>'
    )
    assert texts(reading(p(inside=field + r("付款")))) == [shown]


def test_a_control_with_a_value_is_no_blank() -> None:
    filled = '<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    contract = analyse(reading(p("采购合同") + p(inside=r("价款为") + filled.format(r("一万元")) + r("。"))))
    assert contract.blanks == ()


def test_prompts_fields_of_a_mailing_and_lost_references_are_blanks_as_printed() -> None:
    body = (
        p("采购合同")
        + p("甲方指定的联系人为«联系人»。")
        + p("价款为单击或点击此处输入文字。")
        + p("见错误!未找到引用源。")
    )
    contract = analyse(reading(body))
    assert [contract.text_of(blank) for blank in contract.blanks] == [
        "«联系人»", "单击或点击此处输入文字。", "错误!未找到引用源。",
    ]  # fmt: skip


WHITE, DARK = '<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="1F3864"/>'


@pytest.mark.parametrize(
    "properties", [WHITE, '<w:color w:themeColor="background1"/>', '<w:sz w:val="2"/>', '<w:rStyle w:val="w"/>']
)
def test_text_that_nobody_can_see_is_read_and_reported(properties: str) -> None:
    styles = f'<w:style w:type="character" w:styleId="w"><w:name w:val="白"/><w:rPr>{WHITE}</w:rPr></w:style>'
    contract = reading(p(inside=r("甲方付款，") + r("且放弃抗辩。", properties=properties)), styles=styles)
    assert texts(contract) == ["甲方付款，且放弃抗辩。"]
    (problem,) = contract.problems
    assert problem.code == "faint-text"
    assert "“且放弃抗辩。”" in problem.message()


def test_white_text_on_a_dark_ground_is_seen() -> None:
    white = r("品名", properties=WHITE)
    styles = (
        '<w:style w:type="table" w:styleId="t"><w:name w:val="深色表"/>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr>{DARK}</w:tcPr></w:tblStylePr></w:style>'
    )
    styled = table(row(cell(p(inside=white)))).replace("<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="t"/></w:tblPr>')
    body = (
        table(row(cell(p(inside=white), properties=DARK)))
        + styled
        + p(inside=r("甲", properties=WHITE + DARK) + r("乙", properties=WHITE + '<w:highlight w:val="black"/>'))
        + p(inside=r("　__", properties=WHITE))
    )
    assert reading(body, styles=styles).problems == ()


def test_dates_that_change_by_themselves_are_reported() -> None:
    body = p(inside=r("签订日期：") + f'<w:fldSimple w:instr=" DATE \\@ yyyy ">{r("2026年1月1日")}</w:fldSimple>')
    contract = reading(body)
    assert texts(contract) == ["签订日期：2026年1月1日"]
    assert [problem.code for problem in contract.problems] == ["date-fields"]


CHART = '<w:drawing><wp:inline><wp:extent cx="1" cy="1"/><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></wp:inline></w:drawing>'
OBJECT = '<w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Excel.Sheet.12"/></w:object>'
SMART = '<w:drawing><wp:inline><d:relIds xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram"/></wp:inline></w:drawing>'


@pytest.mark.parametrize("inside", [CHART, OBJECT, SMART])
def test_charts_diagrams_and_embedded_files_are_reported_as_not_read(inside: str) -> None:
    contract = reading(p(inside=r("见") + r(inside=inside)))
    assert [(problem.code, dict(problem.values)) for problem in contract.problems] == [
        ("embedded-not-read", {"count": "1"})
    ]


@pytest.mark.parametrize(
    ("size", "codes"), [("width:450pt;height:16cm", ["pictures-not-read"]), ("width:90pt;height:16cm", [])]
)
def test_an_old_picture_as_large_as_a_page_is_reported(size: str, codes: list[str]) -> None:
    picture = f'<w:pict><v:shape style="position:absolute;{size}"><v:imagedata/></v:shape></w:pict>'
    assert [problem.code for problem in reading(p(inside=r("甲") + r(inside=picture))).problems] == codes


def test_macros_are_ignored_and_said_to_be() -> None:
    links = '<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    contract = read_bytes(altered("word/_rels/document.xml.rels", relationships(links)))
    assert texts(contract) == ["甲方"]
    assert [problem.code for problem in contract.problems] == ["macros-ignored"]


# --- more of tables, revisions, formulas and numbers ---------------------------------------------------------------


@pytest.mark.parametrize("element", ['<w:altChunk r:id="x"/>', '<w:subDoc r:id="x"/>'])
def test_documents_that_are_only_linked_in_are_reported(element: str) -> None:
    contract = reading(p("甲方") + element)
    assert [problem.code for problem in contract.problems] == ["embedded-not-read"]


def test_all_parts_of_a_strict_file_are_read() -> None:
    data = docx(
        p("甲", style="tiao") + p("乙", style="tiao"),
        {"styles": style("tiao", "条", list_of(1)), "numbering": numbering(level(0, "第%1条", "chineseCounting"))},
    )
    archive = zipfile.ZipFile(io.BytesIO(data))
    strict = {
        name: archive.read(name)
        .decode()
        .replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
        .replace("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/")
        for name in archive.namelist()
    }
    assert texts(read_bytes(zipped(strict))) == ["第一条 甲", "第二条 乙"]


def test_cells_merged_to_the_right_in_the_old_way() -> None:
    first, on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    contract = reading(table(row(cell("标的", properties=first), cell("", properties=on), cell("价"))))
    assert [(contract.text_of(b), tuple(b.cell)[2:5]) for b in contract.blocks if b.cell] == [
        ("标的", (0, 1, 2)), ("价", (2, 1, 1)),
    ]  # fmt: skip


def test_cells_that_a_revision_added_or_took_away() -> None:
    body = table(
        row(cell("甲"), cell("乙", properties=f"<w:cellDel {WHO}/>"), cell("丙", properties=f"<w:cellIns {WHO}/>"))
    )
    assert (reading(body).text, reading(body, "original").text) == ("甲\t丙\n", "甲\t乙\n")
    assert [(a.kind, a.text, a.author) for a in reading(body).asides] == [
        ("deletion", "乙", "王律师"), ("insertion", "丙", "王律师"),
    ]  # fmt: skip


def test_a_table_in_a_text_box_and_a_box_in_a_cell() -> None:
    def boxed(inside: str) -> str:
        return r(inside=f"<w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict>")

    assert reading(p(inside=r("见") + boxed(table(row(cell("期"), cell("额")))))).text == "见\n期\t额\n"
    assert reading(table(row(cell(p(inside=r("外") + boxed(p("内")))), cell("右")))).text == "外 内\t右\n"


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<m:d><m:e>{0}<m:r><m:t>+</m:t></m:r>{1}</m:e></m:d><m:r><m:t>×2</m:t></m:r>", "(A+B)×2"),
        ('<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val="]"/></m:dPr><m:e>{0}</m:e></m:d>', "[A]"),
        ("<m:sSub><m:e>{0}</m:e><m:sub>{1}</m:sub></m:sSub>", "A_B"),
        ("<m:sSubSup><m:e>{0}</m:e><m:sub>{1}</m:sub><m:sup>{0}</m:sup></m:sSubSup>", "A_B^A"),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{0}</m:sub><m:sup>{1}</m:sup><m:e>{0}</m:e></m:nary>', "∑_A^B A"),
        ("<m:rad><m:deg>{1}</m:deg><m:e>{0}</m:e></m:rad>", "B√(A)"),
        ("<m:m><m:mr><m:e>{0}</m:e><m:e>{1}</m:e></m:mr><m:mr><m:e>{1}</m:e></m:mr></m:m>", "A B; B"),
        ("<w:del>{0}</w:del><w:ins>{1}</w:ins>", "B"),
    ],
)  # fmt: skip
def test_formulas_keep_their_brackets_indices_and_limits(formula: str, text: str) -> None:
    letters = [f"<m:r><m:t>{letter}</m:t></m:r>" for letter in "AB"]
    assert texts(reading(p(inside=f"<m:oMath>{formula.format(*letters)}</m:oMath>"))) == [text]


@pytest.mark.parametrize(
    ("number_format", "numbers"),
    [
        ("chineseCounting", {10: "十", 20: "二十", 21: "二十一", 100: "一〇〇", 105: "一〇五"}),
        ("chineseCountingThousand", {10: "十", 100: "一百", 105: "一百零五", 110: "一百一十", 1010: "一千零一十"}),
        ("chineseLegalSimplified", {10: "壹拾", 21: "贰拾壹", 105: "壹佰零伍"}),
        ("taiwaneseCounting", {10: "十", 20: "二十"}),
        ("taiwaneseCountingThousand", {10: "十", 105: "一百零五"}),
        ("japaneseCounting", {10: "十", 100: "百", 105: "百五"}),
        ("ideographDigital", {10: "一〇", 21: "二一"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {1: "子", 12: "亥", 13: "13"}),
        ("ideographZodiacTraditional", {1: "甲子", 60: "癸亥", 61: "甲子"}),
        ("ideographLegalTraditional", {3: "參", 12: "壹拾貳"}),
        ("decimalEnclosedCircleChinese", {10: "⑩", 20: "⑳", 21: "21"}),
        ("decimalEnclosedParen", {3: "⑶"}),
        ("decimalFullWidth", {10: "１０"}),
        ("decimalZero", {9: "09", 10: "10"}),
        ("upperRoman", {4: "IV", 1999: "MCMXCIX"}),
        ("lowerLetter", {26: "z", 27: "aa", 28: "bb"}),
        ("ordinal", {1: "1st", 2: "2nd", 11: "11th", 22: "22nd", 103: "103rd"}),
        ("none", {1: ""}),
    ],
)
def test_how_word_writes_counters_of_each_format(number_format: str, numbers: dict[int, str]) -> None:
    for value, shown in numbers.items():
        body = p("文", num=(1, 0))
        contract = reading(body, numbering=numbering(level(0, "第%1条", number_format, start=value)))
        assert contract.blocks[0].number == f"第{shown}条"


def test_a_numbered_cell_paragraph_box_and_deleted_paragraph_all_count_in_order() -> None:
    mark = f"<w:pPr>{list_of(1, 0)}<w:rPr><w:del {WHO}/></w:rPr></w:pPr>"
    gone = f"<w:p>{mark}<w:del {WHO}><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
    body = p("甲", num=(1, 0)) + table(row(cell("品名"), cell(p("乙", num=(1, 0))))) + gone + p("丙", num=(1, 0))
    lists = numbering(level(0, "%1."))
    assert reading(body, numbering=lists).text == "1. 甲\n品名\t2. 乙\n3. 丙\n"
    assert reading(body, "original", numbering=lists).text == "1. 甲\n品名\t2. 乙\n3. 删去\n4. 丙\n"


def test_soft_hyphens_ruby_and_no_break_hyphens() -> None:
    ruby = "<w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>".format(r("jiǎ"), r("甲"))
    body = p(inside=r(inside=ruby) + r("方A", inside="<w:softHyphen/><w:t>B</w:t><w:noBreakHyphen/><w:t>C</w:t>"))
    assert texts(reading(body)) == ["甲方AB-C"]


def test_a_comment_and_its_reply_stand_at_the_same_place_in_order() -> None:
    notes = "".join(
        f'<w:comment w:id="{i}" w:author="{a}">{p(t)}</w:comment>' for i, a, t in ((1, "王", "太长"), (2, "李", "同意"))
    )
    starts = '<w:commentRangeStart w:id="1"/><w:commentRangeStart w:id="2"/>'
    contract = reading(p(inside=r("付款期") + starts + r("六十日")), comments=notes)
    assert [(a.author, a.text, a.at) for a in contract.asides] == [("王", "太长", 3), ("李", "同意", 3)]
