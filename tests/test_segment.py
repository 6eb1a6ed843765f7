"""What segment makes of a contract, told line by line."""

import re
import time
from pathlib import Path

import pytest

from hetong.corpus import AnnotatedContract, load_contracts, print_contract
from hetong.document import BlockKind, Cell, Clause, Contract, Source
from hetong.errors import StageError
from hetong.extract import read
from hetong.extract.builder import TextBuilder
from hetong.paragraphs import whole
from hetong.segment import segment

SHARED = Path(__file__).parents[2] / "shared"
BODY = "双方应当按照诚实信用的原则履行各自的义务，不得擅自变更。"


def contract(*lines: str) -> Contract:
    """A contract of one paragraph a line; a line with tabs is a row of a table."""
    builder = TextBuilder()
    for row, line in enumerate(lines):
        cells = line.split("\t")
        if len(cells) == 1:
            builder.add(line)
            continue
        for column, cell in enumerate(cells):
            end = "\n" if column == len(cells) - 1 else "\t"
            builder.add(cell, "cell", cell=Cell(0, row, column), end=end)
    return builder.contract(Source("a.txt", "", "txt"))


def clauses(*lines: str) -> list[Clause]:
    return [c for c in segment(contract(*lines)).clauses if c.kind in ("clause", "paragraph", "annex")]


def ids(*lines: str) -> list[str]:
    return [c.id for c in clauses(*lines)]


def numbers(*lines: str) -> list[str]:
    return [c.number for c in clauses(*lines) if c.number]


def kinds(*lines: str) -> list[tuple[str, str]]:
    """The parts in order, each with the beginning of its text."""
    done = segment(contract(*lines))
    return [(c.kind, done.text_of(c).strip()[:6]) for c in done.clauses]


def heading_and_body(line: str, *more: str) -> tuple[str, str]:
    done = segment(contract(line, *more))
    clause = done.clauses[0]
    return clause.heading, done.text[clause.body : clause.end].strip()


# ---- numbers ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("第五条 付款方式", "第五条"),
        ("第5条 付款方式", "第5条"),
        ("第 十二 条　付款方式", "第 十二 条"),
        ("第⼀条：付款方式", "第⼀条"),
        ("第二章 验收", "第二章"),
        ("第三节 验收", "第三节"),
        ("第一部分 协议书", "第一部分"),
        ("一、付款方式", "一"),
        ("十一、付款方式", "十一"),
        ("廿一、付款方式", "廿一"),
        ("（一）付款方式", "（一）"),
        ("(三)付款方式", "(三)"),
        ("㈡付款方式", "㈡"),
        ("1、付款方式", "1"),
        ("1.付款方式", "1"),
        ("１．付款方式", "１"),
        ("（1）付款方式", "（1）"),
        ("(1) 付款方式", "(1)"),
        ("1）付款方式", "1）"),
        ("①付款方式", "①"),
        ("ARTICLE I PAYMENT", "ARTICLE I"),
        ("注1：单价含税。", "注1"),
        ("备注：单价含税。", "备注"),
        ("第1.1条 付款方式", "第1.1条"),
        ("专3.3 付款方式", "专3.3"),
        ("● 付款方式", "●"),
    ],
)
def test_a_number_is_kept_as_printed_with_brackets_and_without_the_separator(line: str, number: str) -> None:
    assert numbers(line, BODY) == [number]


@pytest.mark.parametrize(
    "line",
    [
        "2024年5月1日起算。",
        "2024.5.1起算。",
        "3%的违约金由违约方支付。",
        "12.5%的税率适用于本合同。",
        "1.2米以上的管道由乙方负责。",
        "1.5万元由甲方承担。",
        "0.5%；",
        "5-10日内付清。",
        "24小时内到场。",
        "7×24小时响应。",
        "10：30开始施工。",
        "第三条所述的设备由乙方供应。",
        "第三条的规定同样适用。",
        "第三条、第四条约定的期限顺延。",
        "第三方提供的资料除外。",
        "第二款规定的情形除外。",
        "（二）项所列情形除外。",
        "一、二期工程由乙方施工。",
        "3、5号楼由乙方施工。",
        "甲、乙双方各执一份。",
        "3 台水泵由乙方供应。",
        "U.S. dollars are used.",
        "Article 7 hereof shall apply.",
    ],
)
def test_what_only_looks_like_a_number_stays_in_the_clause_above(line: str) -> None:
    assert numbers("第一条 总则", BODY, line) == ["第一条"]


def test_a_number_in_a_sentence_is_no_clause() -> None:
    assert numbers("第一条 价款", "含税价为12.5万元，按第三条支付，1、2号楼分别结算。") == ["第一条"]


def test_an_item_may_begin_with_a_year_or_a_quantity() -> None:
    assert numbers("1.合同签订后付清；", "2.2026年6月20日付清；", "3、30日内付清。", "4.48小时内到场。") == list("1234")


def test_a_bare_number_counts_when_the_sequence_goes_on() -> None:
    assert numbers("1 总则", "1.1 " + BODY, "2 价款", "2.1 " + BODY) == ["1", "1.1", "2", "2.1"]
    assert numbers("1 总则", BODY) == []


def test_a_bare_number_before_a_measure_counts_only_among_its_like() -> None:
    assert numbers("1 套控制柜", "2 台水泵", "3 台电机") == []
    assert numbers("1 总则", BODY, "2 价款", BODY, "3 个月的质保期") == ["1", "2", "3"]
    assert numbers("1、总则", BODY, "2、价款", BODY, "3 个月内付清。") == ["1", "2"]


def test_letters_count_as_a_sequence_and_i_is_one_or_nine() -> None:
    assert numbers("第一条 例外", "a.不可抗力；", "b.政府行为。") == ["第一条", "a", "b"]
    assert numbers("第一条 例外", "A. 只有一项。") == ["第一条"]
    roman = clauses("第一条 例外", "(i) one thing;", "(ii) another;", "(iii) a third.")
    assert [c.id for c in roman] == ["1", "1.1", "1.2", "1.3"]
    latin = clauses("第一条 例外", *(f"{letter}) 一项；" for letter in "abcdefghij"))
    assert latin[-1].id == "1.10"


def test_an_unfinished_line_is_not_interrupted_by_a_bare_number() -> None:
    wrapped = "乙方应当在收到甲方书面通知之日起算的第一个工作日之后的"
    assert numbers("1 总则", BODY, wrapped, "2 日内答复。", "2 价款", BODY) == ["1", "2"]


# ---- the tree -----------------------------------------------------------------------------------------------


def test_chapters_articles_and_items_make_a_tree_and_articles_run_on() -> None:
    found = clauses(
        "第一章 总则", "第一条 目的", BODY, "第二条 定义", "1. " + BODY, "（1）" + BODY, "（2）" + BODY, "2. " + BODY,
        "第二章 价款", "第三条 总价", BODY,
    )  # fmt: skip
    assert [(c.id, c.level) for c in found] == [
        ("1章", 0), ("1", 1), ("2", 1), ("2.1", 2), ("2.1.1", 3), ("2.1.2", 3), ("2.2", 2), ("2章", 0), ("3", 1),
    ]  # fmt: skip
    assert found[4].path == ("第一章 总则", "第二条 定义", "1", "（1）")
    assert [c.parent for c in found] == [None, 0, 0, 2, 3, 3, 2, None, 7]


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        (["一、甲", "（一）乙", "1.丙", "（1）丁", "①戊"], [0, 1, 2, 3, 4]),
        (["1.甲", "（一）乙", "（二）乙", "2.甲"], [0, 1, 1, 0]),
        (["第一条 甲", "1.1 乙", "1.1.1 丙", "1.1.2 丙", "1.2 乙", "第二条 甲"], [0, 1, 2, 2, 1, 0]),
        (["一、甲", "1.乙", "2.乙", "二、甲", "1.乙"], [0, 1, 1, 0, 1]),
        (["一、甲", "第一条 乙", "第二条 乙", "二、甲", "第三条 乙"], [0, 1, 1, 0, 1]),
        (["1.甲", "1）乙", "①丙", "②丙", "2）乙", "2.甲"], [0, 1, 2, 2, 1, 0]),
        (["A、甲", "1、乙", "2、乙", "B、甲", "1、乙"], [0, 1, 1, 0, 1]),
    ],
)
def test_level_comes_from_the_document_s_own_usage(lines: list[str], levels: list[int]) -> None:
    assert [c.level for c in clauses(*lines)] == levels


def test_a_list_nests_in_the_item_that_announces_it_and_the_outer_one_goes_on() -> None:
    found = clauses("1. 甲方应当提供下列资料：", "1、图纸；", "2、样品。", "2. " + BODY)
    assert [(c.id, c.level) for c in found] == [("1", 0), ("1.1", 1), ("1.2", 1), ("2", 0)]


def test_an_article_printed_under_another_s_number_stays_below_its_own() -> None:
    found = clauses("第五条 价款", "5.1 " + BODY, "第六条 支付", "5.1 " + BODY, "5.2 " + BODY)
    assert [(c.id, c.level) for c in found][2:] == [("6", 0), ("6.1", 1), ("5.2", 1)]


def test_separators_may_be_mixed_within_a_list() -> None:
    assert ids("第九条 违约", "1.甲方……", "2、乙方……", "3,双方……", "4．其他……") == ["9", "9.1", "9.2", "9.3", "9.4"]


# ---- numbering that restarts, skips, repeats ----------------------------------------------------------------


def test_items_restart_under_every_article() -> None:
    assert ids("第一条 甲", "1.子", "2.丑", "第二条 乙", "1.子", "2.丑") == ["1", "1.1", "1.2", "2", "2.1", "2.2"]


def test_skipped_numbers_are_kept_as_they_are() -> None:
    assert ids("第一条 甲", BODY, "第三条 乙", BODY, "第五条 丙", BODY) == ["1", "3", "5"]


def test_repeated_numbers_get_their_own_addresses() -> None:
    assert ids("第三条 甲", BODY, "第三条 乙", BODY) == ["3", "3#2"]


def test_articles_that_restart_take_the_part_s_address() -> None:
    lines = ["第一部分 甲", "第一条 子", BODY, "第二部分 乙", "第一条 丑", BODY]
    assert ids(*lines) == ["1部分", "1", "2部分", "2部分/1"]


def test_two_lists_below_one_clause_are_told_apart() -> None:
    lines = ["第七条 解除", "1.拖欠租金；", "2.擅自转租。", "有下列情形的，乙方可以解除：", "1.未交付；", "2.漏水。"]
    assert ids(*lines) == ["7", "7.1", "7.2", "7.2¶2", "7.1#2", "7.2#2"]


# ---- heading and text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "heading", "body"),
    [
        ("第五条 付款方式：甲方应于三日内付清。", "付款方式", "甲方应于三日内付清。"),
        ("第五条【付款方式】甲方应于三日内付清。", "付款方式", "甲方应于三日内付清。"),
        ("第五条　付款方式　甲方应于三日内付清，不得拖延。", "付款方式", "甲方应于三日内付清，不得拖延。"),
        ("一、交货地点：苏州市。", "交货地点", "苏州市。"),
        ("第二条 房屋用途。", "房屋用途", ""),
        ("Section 1 Definitions. In this Agreement.", "Definitions", "In this Agreement."),
        ("第五条 甲方应于三日内付清。", "", "甲方应于三日内付清。"),
        ("第五条 乙方应提供下列文件：", "", "乙方应提供下列文件："),
        ("第五条 双方确定：任何一方不得转让。", "", "双方确定：任何一方不得转让。"),
    ],
)
def test_heading_and_text_are_told_apart_on_one_line(line: str, heading: str, body: str) -> None:
    assert heading_and_body(line) == (heading, body)


def test_a_heading_alone_is_followed_by_its_text() -> None:
    assert heading_and_body("第五条 付款方式", BODY) == ("付款方式", BODY)


def test_a_short_item_of_a_list_is_text_not_heading() -> None:
    done = clauses("第五条 文件", "（1）合同协议书", "（2）图纸")
    assert [c.heading for c in done] == ["文件", "", ""]


def test_the_path_holds_numbers_and_headings_as_printed() -> None:
    assert clauses("第五条 价款及支付", "5.1 " + BODY, "5.2 付款方式：电汇。")[2].path == (
        "第五条 价款及支付",
        "5.2 付款方式",
    )


# ---- unnumbered headings and paragraphs ---------------------------------------------------------------------


def test_an_unnumbered_heading_begins_a_clause() -> None:
    found = clauses("设备采购合同", "甲方：甲公司", "付款方式", BODY, "违约责任", BODY)
    assert [(c.id, c.heading) for c in found] == [("h1", "付款方式"), ("h2", "违约责任")]


def test_headings_in_brackets_and_marked_ones_count_too() -> None:
    assert [c.heading for c in clauses("第一条 总则", BODY, "【词语说明】", BODY)] == ["总则", "词语说明"]
    builder = TextBuilder()
    for text, kind in (
        ("第一条 总则", "heading"),
        (BODY, "paragraph"),
        ("商务条件 2026", "heading"),
        (BODY, "paragraph"),
    ):
        builder.add(text, kind)  # type: ignore[arg-type]
    done = segment(builder.contract(Source("a.docx", "", "docx")))
    assert [c.heading for c in done.clauses] == ["总则", "商务条件 2026"]


def test_lists_of_both_parties_hang_below_their_headings() -> None:
    lines = [
        "八、违约责任：",
        "托运方责任：",
        "1．" + BODY,
        "2．" + BODY,
        "承运方责任：",
        "1．" + BODY,
        "九、其他",
        BODY,
    ]
    assert ids(*lines) == ["8", "8.h1", "8.h1.1", "8.h1.2", "8.h2", "8.h2.1", "9"]


def test_a_lead_in_is_no_heading() -> None:
    assert numbers("第一条 交付", "乙方应提供下列文件：", "1.图纸；", "2.样品。") == ["第一条", "1", "2"]


def test_a_later_paragraph_is_a_clause_of_its_own_below_the_clause_above() -> None:
    done = segment(contract("第一条 总则", BODY, BODY, "第二条 价款", BODY))
    assert [(c.id, c.kind, c.parent) for c in done.clauses] == [
        ("1", "clause", None), ("1¶2", "paragraph", 0), ("2", "clause", None),
    ]  # fmt: skip
    assert [done.text_of(c).count(BODY) for c in done.clauses] == [1, 1, 1]
    assert done.clauses[1].path == ("第一条 总则",)


def test_the_paragraphs_of_a_clause_put_together_are_the_clause() -> None:
    done = whole(segment(contract("第一条 总则", BODY, BODY, "1. 甲方付款。", "2. 乙方交货。", "第二条 价款", BODY)))
    assert [(c.id, c.parent) for c in done.clauses] == [("1", None), ("1.1", 0), ("1.2", 0), ("2", None)]
    assert done.text_of(done.clauses[0]).count(BODY) == 2
    assert "".join(map(done.text_of, done.clauses)) == done.text


def test_what_a_colon_announces_a_label_and_a_translation_stay_with_the_line_above() -> None:
    assert ids(
        "第一条 交付", "甲方指定如下收货人：", "张三，负责签收全部货物并在送货单上签字确认，其他人签收无效。"
    ) == ["1"]
    assert ids("第一条 账户", "户名：甲公司", "开户行：某银行") == ["1"]
    assert ids("第一条 总则", BODY, "The goods are delivered at the buyer's premises.", BODY) == ["1", "1¶2"]


def test_a_table_below_a_sentence_and_the_text_behind_it_are_paragraphs() -> None:
    lines = (
        "第一条 标的",
        "乙方供应下列货物，规格见表。",
        "名称\t数量",
        "水泵\t3",
        "备件另行订购。",
        "第二条 价款",
        BODY,
    )
    assert ids(*lines) == ["1", "1¶2", "1¶3", "2"]


def test_a_table_belongs_whole_to_the_clause_above() -> None:
    done = segment(contract("一、标的", "序号\t名称\t数量", "1\t水泵\t3", "2\t电机\t5", "二、价款", BODY))
    assert [c.number for c in done.clauses] == ["一", "二"]
    assert "电机\t5" in done.text_of(done.clauses[0])


def test_a_contract_without_numbers_is_divided_by_paragraphs_and_says_so() -> None:
    paragraphs = [f"{BODY}{'甲乙丙丁戊己庚辛'[i]}方的联系人变更的，应当另行通知。" for i in range(8)]
    done = segment(contract("借款协议", "甲方：甲某", "乙方：乙某", *paragraphs * 6))
    assert [c.id for c in done.clauses][:5] == ["title", "parties", "preamble", "p1", "p2"]
    assert [problem.code for problem in done.problems] == ["no-numbering"]
    assert "编号" in done.problems[0].message("zh")


# ---- items within a line ------------------------------------------------------------------------------------


def test_a_list_within_a_line_is_split_when_its_sequence_is_clear() -> None:
    assert ids("第一条 文件包括：1、合同；2、图纸；3、样品。", "第二条 其他", BODY) == ["1", "1.1", "1.2", "1.3", "2"]
    assert numbers("1、合同签订后付三成；2、验收后付清。3、不计利息。") == ["1", "2", "3"]


@pytest.mark.parametrize(
    "line",
    [
        "第一条 见第（1）项和第（2）项。",
        "第一条 按下列第（2）种方式处理。",
        "第一条 由1、2、3号楼的业主承担，3.1.1、3.1.2项除外。",
        "第一条 共计：1、一套。",
    ],
)
def test_mentions_within_a_line_are_not_split(line: str) -> None:
    assert numbers(line) == ["第一条"]


def test_an_article_joined_to_the_paragraph_above_is_found() -> None:
    assert numbers("第一条 目的", BODY + "第二条 价款另行约定。", "第三条 " + BODY) == ["第一条", "第二条", "第三条"]


# ---- parts --------------------------------------------------------------------------------------------------

FRONT = ["设备采购合同", "合同编号：HT-1", "甲方（买方）：甲公司", "地址：苏州市", "乙方（卖方）：乙公司", "电话：0512"]
MAIN = ["第一条 标的", BODY, "第二条 价款", BODY]
END = ["甲方（盖章）：", "法定代表人：", "乙方（盖章）：", "签订日期：2026年3月2日"]


def test_title_parties_preamble_clauses_signature_and_annex_are_told_apart() -> None:
    lines = [*FRONT, "根据有关法律，双方经协商一致，订立本合同。", *MAIN, *END, "附件一：设备清单", "1.水泵", "2.电机"]
    assert kinds(*lines) == [
        ("title", "设备采购合同"), ("parties", "甲方（买方）"), ("preamble", "根据有关法律"), ("clause", "第一条 标的"),
        ("clause", "第二条 价款"), ("signature", "甲方（盖章）"), ("annex", "附件一：设备"), ("annex", "1.水泵"),
        ("annex", "2.电机"),
    ]  # fmt: skip
    done = segment(contract(*lines))
    assert done.title == "设备采购合同"
    assert [c.id for c in done.clauses][-3:] == ["附件一", "附件一/1", "附件一/2"]
    assert done.clauses[-1].path == ("附件一 设备清单", "2")
    assert done.done[-1] == "segment"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["合同", "编号：1", "房屋租赁合同"], "房屋租赁合同"),
        (["某某大学", "交换机  采购合同"], "交换机 采购合同"),
        (["合 同 书"], "合 同 书"),
        (["技术开发（委托）合同（2026版）"], "技术开发（委托）合同（2026版）"),
        (["国际货物买卖合同 Contract for the Sale of Goods"], "国际货物买卖合同 Contract for the Sale of Goods"),
    ],
)
def test_the_title_says_what_kind_of_contract_it_is(lines: list[str], title: str) -> None:
    assert segment(contract(*lines, "甲方：甲", "乙方：乙", *MAIN)).title == title


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["1.0 服务范围", BODY, "2.0 服务期限", BODY, "3.0 15天内付清。"], ["1.0", "2.0", "3.0"]),
        (["条款一 交货时间", BODY, "条款二 交货地点", BODY], ["条款一", "条款二"]),
        (["A 借款金额：伍万元。", "B 借款用途：购粮。"], ["A", "B"]),
        (["甲、甲方的责任", BODY, "乙、乙方的责任", BODY], ["甲", "乙"]),
        (["三、 维护", "三.1 范围", BODY, "三.2 期限", "三.2.1 " + BODY], ["三", "三.1", "三.2", "三.2.1"]),
        (["1 月度报告十二份", "2 演练记录四份"], ["1", "2"]),
        (["1 误差不大于0.02毫米。", "2 50%网点扩大值在范围以内。"], ["1", "2"]),
        (["1.90分以上，全额支付。", "2.80分至89分，支付九成。"], ["1", "2"]),
    ],
)
def test_unusual_numbers_count_in_their_sequence(lines: list[str], found: list[str]) -> None:
    assert numbers(*FRONT, *lines) == found


def test_the_points_of_a_list_stand_side_by_side() -> None:
    assert ids(*MAIN, "第三条 乙方责任", "● 提供手机", "● 按时结款", "● 投保意外险。")[-4:] == [
        "3",
        "3.1",
        "3.2",
        "3.3",
    ]


def test_the_chapter_that_a_form_was_taken_from_is_part_of_its_title() -> None:
    lines = ["第五章 合同格式", "项目编号：AB-01", "注：本格式仅供参考", *FRONT, *MAIN]
    assert [kind for kind, _ in kinds(*lines)] == ["title", "parties", "clause", "clause"]
    assert [kind for kind, _ in kinds("第五章 设备采购合同", *MAIN)] == ["clause"] * 3
    noted = ["第五章 合同条款", "（本章仅供参考，以确认的文本为准）", "水泵采购合同", *FRONT[1:], *MAIN]
    assert segment(contract(*noted)).title == "水泵采购合同"


def test_articles_do_not_stand_below_the_notes_on_how_to_fill_in_a_form() -> None:
    found = clauses(*FRONT, "填写说明", "1." + BODY, "2." + BODY, *MAIN)
    assert [(c.number or c.heading, c.level) for c in found] == [
        ("填写说明", 0), ("1", 1), ("2", 1), ("第一条", 0), ("第二条", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "recitals", [["鉴于甲方需要设备，双方经协商约定："], ["鉴于：", "甲方需要设备，向社会征集；", "乙方能够供应设备。"]]
)
def test_recitals_without_numbers_leave_the_numbers_to_the_clauses(recitals: list[str]) -> None:
    assert ids(*FRONT, *recitals, "1 总则", "1.1 " + BODY, "2 货物", "2.1 " + BODY) == ["1", "1.1", "2", "2.1"]


def test_recitals_may_be_numbered() -> None:
    lines = [*FRONT, "鉴于：", "1. 甲方需要设备；", "2. 乙方能够供应。", *MAIN]
    done = segment(contract(*lines))
    assert [(c.kind, c.id) for c in done.clauses][2:6] == [
        ("preamble", "preamble"), ("preamble", "preamble/1"), ("preamble", "preamble/2"), ("clause", "1"),
    ]  # fmt: skip


def test_cover_notes_come_before_the_contract_proper() -> None:
    notes = ["填写说明", "一、" + BODY, "二、" + BODY]
    done = segment(contract("技术开发合同", "委托方（甲方）：甲公司", *notes, *FRONT, *MAIN))
    parts = ["title", "parties", *["clause"] * 3, "title", "parties", "clause", "clause"]
    assert [c.kind for c in done.clauses] == parts
    assert [c.id for c in done.clauses][-2:] == ["1", "2"]


def test_a_second_contract_in_the_file_begins_anew() -> None:
    done = segment(contract(*FRONT, *MAIN, *END, "保密协议", "甲方：甲公司", "乙方：乙公司", *MAIN))
    assert [c.id for c in done.clauses] == [
        "title",
        "parties",
        "1",
        "2",
        "signature",
        "title#2",
        "parties#2",
        "1#2",
        "2#2",
    ]


def test_parties_in_the_middle_are_no_signature() -> None:
    notices = ["第三条 通知", "甲方：甲公司", "地址：苏州市", "乙方：乙公司", "地址：无锡市", "第四条 其他", BODY]
    assert [kind for kind, _ in kinds(*FRONT, *MAIN, *notices)] == ["title", "parties", *["clause"] * 4]


@pytest.mark.parametrize(
    "end",
    [
        ["甲方（盖章）\t乙方（盖章）", "年 月 日\t年 月 日"],
        ["（以下无正文）", "甲方（盖章）\t乙方（盖章）"],
        ["甲方：          乙方：", "电话：          电话："],
        ["甲方：", "乙方："],
        ["苏州云岫机械有限公司（盖章）", "二〇二六年三月二日"],
        ["买方代表 For the Buyer：", "卖方代表 For the Seller："],
    ],
)
def test_a_signature_block_has_many_looks(end: list[str]) -> None:
    assert kinds(*FRONT, *MAIN, *end)[-1][0] == "signature"


def test_a_table_of_goods_is_no_signature_and_numbering_behind_a_form_goes_on() -> None:
    assert kinds(*FRONT, *MAIN, "供应商\t品名", "乙公司\t水泵")[-1][0] == "paragraph"
    assert numbers(*FRONT, *MAIN, "甲方（签字）：", "日期：", "第三条 其他", BODY) == ["第一条", "第二条", "第三条"]


@pytest.mark.parametrize(
    "mention",
    [
        "附件一为本合同的组成部分。",
        "附件1中规定的标准同样适用。",
        "附件：《设备清单》是本合同不可分割的部分。",
        "附则",
    ],
)
def test_a_mention_of_an_annex_does_not_begin_one(mention: str) -> None:
    assert not [c for c in clauses(*FRONT, *MAIN, mention, BODY) if c.kind == "annex"]


def test_a_list_of_annexes_is_not_taken_for_them() -> None:
    listed = ["第三条 附件", "附件一：设备清单", "附件二：售后方案"]
    found = clauses(*FRONT, *MAIN, *listed, *END, "附件一：设备清单", "1.水泵", "附件二：售后方案", BODY)
    assert [c.id for c in found if c.kind == "annex"] == ["附件一", "附件一/1", "附件二"]


def test_the_title_of_an_annex_may_stand_below_its_number() -> None:
    annex = clauses(*FRONT, *MAIN, *END, "附件 2：", "廉洁承诺书", "一、" + BODY)[-2]
    assert (annex.number, annex.heading, annex.id) == ("附件 2", "廉洁承诺书", "附件2")


@pytest.mark.parametrize(
    "contents",
    [
        ["目  录", "第一条 标的……………………2", "第二条 价款……………………3"],
        ["目录", "第一条 标的 2", "第二条 价款 3"],
        ["第一条 标的......2", "第二条 价款......3"],
    ],
)
def test_a_table_of_contents_is_one_clause_and_no_clauses(contents: list[str]) -> None:
    found = segment(contract("设备采购合同", *contents, *FRONT[2:], *MAIN)).clauses
    assert [c.kind for c in found] == ["title", "contents", "parties", "clause", "clause"]


def test_lines_that_the_file_marks_as_contents_are_contents() -> None:
    builder = TextBuilder()
    lines: list[tuple[str, BlockKind]] = [("第一章 总则", "contents"), ("第一章 总则", "heading"), (BODY, "paragraph")]
    for text, kind in lines:
        builder.add(text, kind)
    done = segment(builder.contract(Source("a.docx", "", "docx")))
    assert [c.kind for c in done.clauses] == ["contents", "clause"]


# ---- whatever comes -----------------------------------------------------------------------------------------


def test_automatic_numbers_of_word_are_taken_at_their_word() -> None:
    builder = TextBuilder()
    builder.add("第一条 标的", number="第一条")
    builder.add("3 台水泵", number="3", level=1)
    builder.add("2024年交付", number="")
    done = segment(builder.contract(Source("a.docx", "", "docx")))
    assert [c.id for c in done.clauses] == ["1", "1.3"]


def holds_together(done: Contract) -> None:
    """Clauses tile the text, addresses are unique, parents stand before their children and one level above."""
    assert "".join(done.text_of(c) for c in done.clauses) == done.text
    assert len({c.id for c in done.clauses}) == len(done.clauses)
    for index, clause in enumerate(done.clauses):
        assert clause.start <= clause.body <= clause.end
        assert clause.number in done.text_of(clause)
        assert clause.heading in done.text_of(clause)
        above = None if clause.parent is None else done.clauses[clause.parent]
        assert clause.level == (0 if above is None else above.level + 1)
        assert clause.parent is None or clause.parent < index
        assert above is None or clause.path[: len(above.path)] == above.path


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [""],
        ["   ", "\u3000"],
        ["第一条"],
        ["一、"],
        ["（1）", "（2）", "（1）"],
        ["附件一", "附件一", "附件一"],
        ["目录"],
        ["甲方：", "乙方："],
        ["1.1.1.1.1.1 深", "9.9 远", "第九百九十九条 远", "１００、远"],
        ["\ud800 孤立的代理项", "第一条 \ud800"],
        ["#2", "第一条 甲", "第一条 甲", "第一条 甲", "1. 子", "1. 子"],
    ],
)
def test_odd_and_empty_input_holds_together(lines: list[str]) -> None:
    holds_together(segment(contract(*lines)))


@pytest.mark.parametrize(
    "lines",
    [
        ["1. 下列各项："] * 4000,
        ["甲方："] * 4000,
        ["目录"] * 4000,
        ["附件一"] * 4000,
        ["第一条 甲"] * 4000,
        ["1、" + "甲；1、乙；2、丙；" * 8000],
        ["." * 60000 + "a1"] * 3,
        ["甲方" + " " * 60000 + "x"] * 3,
        ["第" * 60000, "（" * 60000, "1." * 30000],
    ],
    ids=["nested", "parties", "contents", "annexes", "repeats", "inline", "dots", "spaces", "marks"],
)
def test_hostile_text_takes_no_more_than_linear_time(lines: list[str]) -> None:
    started = time.process_time()
    holds_together(segment(contract(*lines)))
    assert time.process_time() - started < 5


def test_a_contract_that_was_not_extracted_is_refused() -> None:
    with pytest.raises(StageError):
        segment(Contract(Source("a.txt", "", "txt"), "", done=()))


def printed(annotated: AnnotatedContract) -> tuple[Contract, dict[int, str]]:
    """An annotated contract as read from its printed lines, and the numbers of its clauses by their start."""
    builder, starts = TextBuilder(), {}
    for index, line in enumerate(print_contract(annotated)):
        if line.starts and line.clause and line.clause.number:
            starts[builder.position] = line.clause.number.strip("、.．： ")
        if line.part != "row":
            builder.add(line.text)
        for column, text in enumerate(line.cells):
            builder.add(text, "cell", cell=Cell(index, 0, column), end="\t" if column < len(line.cells) - 1 else "\n")
    return builder.contract(Source(annotated.id, "", "txt")), starts


def test_the_clauses_of_the_annotated_contracts_are_found() -> None:
    hits = found = wanted = 0
    for annotated in load_contracts(Path(__file__).parents[1] / "corpora" / "contracts"):
        text, starts = printed(annotated)
        done = segment(text)
        holds_together(done)
        # a list that runs on within a line is one text in the file, so no label says where its items begin
        lines = {block.start for block in text.blocks}
        numbered = [c for c in done.clauses if c.number and (c.kind != "annex" or c.parent is not None)]
        begun = {c.start: c.number for c in numbered if c.start in lines}
        hits += sum(begun.get(start) == number for start, number in starts.items())
        found, wanted = found + len(begun), wanted + len(starts)
    assert hits >= 0.99 * wanted
    assert hits >= 0.99 * found


REAL = sorted((SHARED / "contracts" / "text").glob("*.txt")) if SHARED.exists() else []


@pytest.mark.skipif(not REAL, reason="no real contracts beside the project")
@pytest.mark.parametrize("path", REAL, ids=lambda p: p.stem)
def test_real_contracts_hold_together(path: Path) -> None:
    done = segment(read(path))
    holds_together(done)
    text = "".join(done.text_of(c) for c in done.clauses if c.kind != "contents")
    articles = re.findall(r"^\s*(第[一二三四五六七八九十百]{1,5}条)[ \u3000：]", text, re.MULTILINE)
    found = [c.number for c in done.clauses if c.number.startswith("第") and c.number.endswith("条")]
    assert len(found) >= 0.97 * len(articles)


@pytest.mark.parametrize(
    "text", ["软件后续升级更新均不另行收费。", "乙方承诺：甲方所需全部满足。", "服务费每月五千元。"]
)
def test_a_short_sentence_before_any_clause_is_read_and_is_no_title(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == ["preamble"]
