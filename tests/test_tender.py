"""Tender documents are told from contracts, and only the contract in them is judged for risks."""

from dataclasses import replace

import pytest

from hetong.document import Contract
from hetong.flag import flag
from hetong.flag.view import View
from hetong.report.summary import is_unread, summarize
from hetong.ruletest import contract_of, prepared

RISK = "供方应无条件接受采购方的一切要求，并承担一切损失和责任。"
FILLER = "报名者应当仔细阅读本文件，按时递交材料。\n" * 30
CONTRACT = f"甲方：青禾植物园\n乙方：\n一、灌溉设备十套，总价十万元。\n二、{RISK}\n三、争议由甲方住所地法院管辖。\n"
TENDER = (
    "温室灌溉设备采购项目\n"
    "第一章 采购公告\n一、项目名称：温室灌溉设备。\n二、预算十万元。\n"
    f"第二章 供应商须知\n一、总则\n{FILLER}{RISK}\n二、保证金\n{FILLER}"
    f"第三章 评审办法\n一、综合评分。\n{FILLER}"
    f"第四章 {{title}}\n{CONTRACT}"
    f"第五章 响应文件格式\n一、声明函\n{RISK}\n附件 1：报价表\n单价____元\n"
)


def judged(text: str) -> Contract:
    return flag(prepared(contract_of(text)))


def places(contract: Contract) -> list[str]:
    """The chapter of each finding with a place."""
    starts = [contract.text.index(f"第{n}章") for n in "一二三四五"]
    found = (finding.span.start for finding in contract.findings if finding.span)
    return sorted({"一二三四五"[sum(start <= place for start in starts) - 1] for place in found})


@pytest.mark.parametrize(
    "title",
    [
        "合同条款", "拟签订的合同文本", "合同主要条款及格式", "政府采购合同（货物类）", "合同草案", "采购合同（样本）", "合同格式",
        "设备采购合同范本", "商务要求",
    ],
)  # fmt: skip
def test_risks_are_judged_in_the_chapter_that_holds_the_contract(title: str) -> None:
    assert places(judged(TENDER.format(title=title))) == ["四"]


def test_one_problem_says_what_was_judged_and_what_was_not() -> None:
    (problem,) = judged(TENDER.format(title="合同条款")).problems
    assert (problem.stage, problem.code) == ("flag", "tender-document")
    assert dict(problem.values) == {
        "judged": "“第四章 合同条款”",
        "rest": "“第一章 采购公告”、“第二章 供应商须知”、“第三章 评审办法”、“第五章 响应文件格式”",
    }
    assert "未判断风险：“第一章 采购公告”" in problem.message("zh")
    assert "Not judged: " in problem.message("en")


def test_a_tender_document_is_read_in_full_and_yet_to_be_looked_at() -> None:
    contract = judged(TENDER.format(title="合同条款"))
    assert not is_unread(contract)
    assert summarize(replace(contract, findings=())).state == "doubts"


def test_blanks_and_absences_are_those_of_the_contract() -> None:
    contract = judged(TENDER.format(title="合同条款").replace("总价十万元", "总价____元"))
    assert [contract.page_of(blank.start) for blank in contract.blanks] == [None]
    assert contract.text[contract.blanks[0].start - 2 : contract.blanks[0].start] == "总价"
    elsewhere = TENDER.format(title="合同条款").replace("三、争议由甲方住所地法院管辖。\n", "")
    elsewhere = elsewhere.replace("二、预算十万元。\n", "二、投诉不服的，向当地法院起诉解决争议。\n")
    assert "LGL029" in {finding.rule for finding in judged(elsewhere).findings}


def test_without_a_chapter_for_the_contract_all_is_judged_and_the_problem_says_so() -> None:
    contract = judged(TENDER.format(title="货物说明"))
    assert [problem.code for problem in contract.problems] == ["tender-document-whole"]
    assert set(places(contract)) == {"二", "四", "五"}


def test_commercial_terms_within_the_chapter_on_needs_are_judged_too() -> None:
    text = TENDER.format(title="合同条款").replace(
        "一、综合评分。", f"一、技术参数\n{RISK}\n二、商务要求\n{RISK}\n三、其他\n{RISK}"
    )
    contract = judged(text)
    assert places(contract) == ["三", "四"]
    third = [f for f in contract.findings if f.span and f.span.start < text.index("第四章") and f.rule == "LGL006"]
    assert len(third) == 1
    assert dict(contract.problems[0].values)["judged"] == "“二、商务要求”、“第四章 合同条款”"


def test_a_contract_with_chapters_of_its_own_ends_where_the_tender_document_goes_on() -> None:
    own = f"第一章 总则\n一、供货。\n第二章 责任\n一、{RISK}\n第五章 争议\n一、由法院管辖。\n"
    text = TENDER.format(title="合同条款").replace(CONTRACT, own)
    view = View(prepared(contract_of(text)))
    assert view.tender is not None
    (chapter,) = view.tender.judged
    assert text[chapter.start : chapter.end] == text[text.index("第四章") : text.index("第五章 响应文件格式")]


def test_a_list_of_the_chapters_within_the_text_holds_no_contract() -> None:
    chapters = "第一章 采购公告\n第二章 供应商须知\n第三章 评审办法\n第四章 合同条款\n第五章 响应文件格式\n"
    text = TENDER.format(title="合同条款").replace("二、保证金\n", f"{chapters}二、保证金\n{RISK}")
    view = View(prepared(contract_of(text)))
    assert view.tender is not None
    assert [part.start for part in view.tender.judged] == [text.rindex("第四章")]


def test_the_view_of_a_tender_document_keeps_every_position() -> None:
    text = TENDER.format(title="合同条款")
    view = View(prepared(contract_of(text)))
    assert len(view.text) == len(text)
    assert view.text.count("\n") == text.count("\n")
    assert "一切损失" not in view.text[: text.index("第四章")]


@pytest.mark.parametrize(
    "text",
    [
        "设备采购合同\n甲方：青禾公司\n乙方：远山公司\n第一条 合同文件包括招标文件、投标人须知、投标文件和评标办法。\n第二条 总价十万元。",
        "设备采购合同\n一、组成本合同的文件：\n1、投标人须知\n2、投标文件格式\n3、评标办法\n4、合同条款\n二、总价十万元。\n三、十日内交货。",
        f"物业合同\n第一条 服务\n{FILLER}第二条 评标办法\n{FILLER}第三条 采购公告\n{FILLER}",
        f"展位合同\n第一章 总则\n{FILLER}第二章 展位费\n{FILLER}附件一 供应商须知\n{FILLER}",
        CONTRACT,
    ],
)
def test_a_contract_that_speaks_of_a_tender_is_none(text: str) -> None:
    contract = prepared(contract_of(text))
    assert View(contract).tender is None
    assert [p.code for p in flag(contract).problems if p.stage == "flag"] == []
