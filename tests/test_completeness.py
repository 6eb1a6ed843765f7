"""Completeness by element: Chinese text in, the status of an attribute and its evidence out."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from hetong.classify import classify
from hetong.corpus import load_contracts, print_contract
from hetong.document import ELEMENTS, AttributeStatus, Contract
from hetong.flag import flag
from hetong.flag.completeness import completeness
from hetong.flag.view import View
from hetong.report.as_json import to_dict
from hetong.report.completeness_view import completeness_rows, completeness_score
from hetong.report.html import render_draft, render_index
from hetong.report.summary import summarize
from hetong.rulebook import load_rules
from hetong.rulebook.attributes import TYPES, load_attributes
from hetong.ruletest import contract_of
from hetong.segment import segment

CORPORA = Path(__file__).parents[1] / "corpora" / "contracts"
SCHEMA = json.loads((Path(__file__).parents[1] / "docs/schema/hetong-1.schema.json").read_text(encoding="utf-8"))
HEAD = "甲方（委托方）：江州市水文监测中心\n乙方（受托方）：岚川数据技术有限公司\n"
SALE = (
    "离心泵采购合同\n"
    "甲方（买方）：江州市第二自来水厂\n"
    "乙方（卖方）：衡岭泵业有限公司\n"
    "第一条 标的\n甲方向乙方购买离心泵，型号：KQL-200，数量：6台，执行GB/T 5657标准。\n"
    "第二条 价款\n2.1 合同总价为人民币480000元，含13%增值税。\n"
    "2.2 设备到货验收合格后30日内，甲方支付合同总价的95%。\n"
    "第三条 交货\n乙方于2027年3月31日前将设备运至江州市滨河路18号水厂泵房。\n"
    "第四条 验收\n4.1 设备按附件二《技术协议》验收。\n4.2 甲方应在到货后7个工作日内检验，逾期未提出异议的视为验收合格。\n"
    "第五条 质保\n质保期为24个月，自验收合格之日起计算。\n"
    "第六条 争议\n由甲方所在地人民法院管辖。\n"
)


def contract(text: str, kind: str = "") -> Contract:
    made = classify(segment(contract_of(text)))
    return replace(made, contract_type=kind) if kind else made


def status_of(text: str, key: str, kind: str = "service") -> AttributeStatus:
    made = contract(text, kind)
    [found] = [a for a in completeness(View(made)) if a.key == key]
    if found.span:
        assert made.text[found.span.start : found.span.end] == found.quote, "the evidence stands where it says"
        assert 0 < len(found.quote) <= 60
    return found


@pytest.mark.parametrize(
    ("key", "kind", "clause", "status"),
    [
        # a figure, a date, a named standard, a responsible party make it concrete
        ("deliv_deadline", "sale", "交货时间：合同生效后45日内交货。", "present"),
        ("deliv_deadline", "sale", "交货时间由双方另行商定。", "vague"),
        ("deliv_deadline", "sale", "乙方应尽快供货。", "vague"),
        ("deliv_deadline", "construction", "工期：90日历天。", "present"),
        ("deliv_acceptance_std", "sale", "设备按附件二《技术协议》验收。", "present"),
        ("deliv_acceptance_std", "sale", "设备由甲方验收，以甲方满意为准。", "vague"),
        ("deliv_acceptance_time", "sale", "甲方应在收货后10日内检验。", "present"),
        ("deliv_acceptance_time", "sale", "甲方应及时检验。", "vague"),
        ("deliv_acceptance_time", "sale", "验收合格后30日内，甲方付清货款。", "vague"),
        ("srv_level", "service", "接到报修后，乙方应在2小时内响应系统故障。", "present"),
        ("srv_level", "service", "系统发生故障时，乙方应及时处理。", "vague"),
        ("srv_warranty", "sale", "质保期为24个月。", "present"),
        ("srv_warranty", "sale", "质量保修按厂家规定。", "vague"),
        ("subject_standard", "sale", "产品质量执行GB/T 19001。", "present"),
        ("subject_standard", "sale", "产品质量应符合国家有关标准。", "vague"),
        ("subject_quantity", "sale", "数量：12台。", "present"),
        ("subject_quantity", "sale", "数量：若干。", "vague"),
        ("price_amount", "sale", "合同总价为人民币480000元。", "present"),
        ("price_amount", "sale", "合同总价另行协商。", "vague"),
        ("price_tax", "sale", "乙方开具税率为13%的增值税专用发票。", "present"),
        ("price_tax", "sale", "乙方提供正规发票。", "vague"),
        ("price_payment", "sale", "货到后15日内支付全部货款。", "present"),
        ("price_payment", "sale", "甲方满意后支付货款。", "vague"),
        ("price_lateinterest", "sale", "甲方逾期付款的，每日按未付金额的0.05%支付违约金。", "present"),
        ("price_retention", "lease", "乙方交纳押金5000元。", "present"),
        ("legal_dispute", "sale", "争议由甲方所在地人民法院管辖。", "present"),
        ("legal_dispute", "sale", "发生争议的，双方友好协商解决。", "vague"),
        ("legal_confidential", "software", "双方对获知的商业秘密负有保密义务。", "present"),
        ("deliv_place", "sale", "交货地点：江州市滨河路18号。", "present"),
        ("deliv_place", "sale", "交货地点由甲方指定。", "vague"),
        # a blank is no fact
        ("deliv_deadline", "sale", "交货时间：合同生效后____日内。", "vague"),
        ("price_amount", "sale", "合同总价为人民币【    】元。", "vague"),
        ("srv_warranty", "sale", "质保期为    个月。", "vague"),
        # what nobody speaks of is missing, or not asked when it is optional for the type
        ("price_tax", "sale", "甲方支付货款。", "missing"),
        ("legal_dispute", "sale", "甲方支付货款。", "missing"),
        ("price_gift", "sale", "甲方支付货款。", "not-applicable"),
        ("price_gift", "sale", "乙方赠送滤芯4套。", "present"),
        ("price_gift", "sale", "乙方另有赠品相送。", "vague"),
        ("legal_ip", "employment", "知识产权归甲方所有。", "not-applicable"),
        ("price_fx", "sale", "甲方支付货款。", "not-applicable"),
        ("price_fx", "sale", "货款以美元计价，按付款当日中国人民银行公布的汇率中间价折算。", "present"),
    ],
)
def test_what_a_clause_settles(key: str, kind: str, clause: str, status: str) -> None:
    assert status_of(f"{HEAD}第一条 约定\n{clause}\n", key, kind).status == status


@pytest.mark.parametrize(
    ("key", "kind", "clause", "status"),
    [
        # words that only look like those of the attribute
        ("deliv_title", "sale", "本合同项下的所有权利和义务不得转移给第三方。", "missing"),
        ("deliv_title", "sale", "项目成果的所有权益归甲方。", "missing"),
        ("srv_warranty", "sale", "该房屋不存在任何权利瑕疵。", "missing"),
        ("legal_contact", "lease", "乙方负责注销该房屋地址下的原营业执照。", "missing"),
        ("legal_change", "software", "系统应支持功能的扩展、调整与重构。", "missing"),
        ("legal_assign", "software", "乙方不得向第三方披露、转让技术秘密。", "missing"),
        # inspections of something else, and an item in what the price holds
        ("deliv_acceptance_time", "service", "食品验收验发有记录，留样48小时。", "missing"),
        (
            "deliv_acceptance_time",
            "software",
            "合同总价包括设计、编码、安装调试、评审验收、技术支持等所有费用。",
            "missing",
        ),
        ("deliv_acceptance_std", "sale", "甲方出售货物，应取得共有方的书面委托、授权或认可。", "missing"),
        # damages and exclusions neither pass the risk nor cap what is owed
        ("deliv_risk", "sale", "因故障造成其他损失的，乙方应赔偿甲方的损失。", "missing"),
        ("deliv_risk", "sale", "货物毁损、灭失的风险自交付时起由甲方承担。", "present"),
        ("legal_risk", "service", "因泊位有限造成滞留的，乙方不承担相应责任。", "missing"),
        ("legal_risk", "service", "乙方的赔偿责任累计不超过合同总价。", "present"),
        ("legal_breach", "sale", "违约方应赔偿由此造成的损失。", "vague"),
        # a figure of something else in the sentence
        ("srv_warranty", "sale", "乙方负责质保，甲方付款后，乙方在30日内开具发票。", "vague"),
        ("srv_warranty", "sale", "乙方负责质保，期限为24个月。", "present"),
        ("deliv_acceptance_time", "sale", "货到现场后10日内，甲方组织验收。", "present"),
        # a document that is no standard of acceptance
        ("deliv_acceptance_std", "software", "上线后乙方提交《验收报告》，甲方组织验收。", "vague"),
        # a duty of the other side
        ("deliv_duty", "service", "乙方应向甲方提供相关资料。", "missing"),
        ("deliv_duty", "service", "甲方应提供施工场地和水电。", "present"),
    ],
)
def test_evidence_speaks_of_the_attribute_itself(key: str, kind: str, clause: str, status: str) -> None:
    assert status_of(f"{HEAD}第一条 约定\n{clause}\n", key, kind).status == status


def test_a_heading_alone_settles_nothing() -> None:
    alone = HEAD + "第一条 风险转移由买方承担\n双方另行商定。\n第二条 其他\n无。\n"
    assert status_of(alone, "deliv_risk", "sale").status == "vague"
    duties = HEAD + "第一条 甲方的义务\n1.1 按月付款。\n第二条 其他\n无。\n"
    assert status_of(duties, "deliv_duty").status == "vague"
    told = HEAD + "第一条 甲方的义务\n1.1 提供机房和施工场地。\n第二条 其他\n无。\n"
    assert status_of(told, "deliv_duty").status == "present"


def test_tests_named_in_passing_are_no_acceptance_but_below_the_heading_of_acceptance_they_are() -> None:
    passing = HEAD + "第一条 资料\n乙方交付测试程序、技术图纸和零件清单。\n"
    assert status_of(passing, "deliv_acceptance_std", "sale").status == "vague"
    below = HEAD + "第一条 验收\n1.1 开箱点收，型号见附件一。\n"
    assert status_of(below, "deliv_acceptance_std", "sale").status == "present"


def test_evidence_that_settles_nothing_is_quoted_from_the_clause_of_its_topic() -> None:
    text = HEAD + "第一条 付款\n甲方在验收后付款。\n第二条 验收\n验收由甲方安排。\n"
    assert status_of(text, "deliv_acceptance_time", "sale").clause == "2"


def test_parties_are_quoted_where_they_are_told() -> None:
    text = "样品将由采购人保管。\n采购人：______\n供应商：______\n第一条 总则\n采购人向供应商采购货物。\n"
    quote = status_of(text, "legal_parties", "sale").quote
    assert "保管" not in quote


def test_of_a_draft_without_text_nothing_is_told() -> None:
    assert completeness(View(contract(""))) == ()
    assert completeness_score(flag(contract("")).completeness) is None


# Rules that say that something is left out, with the attribute which must then not be settled
ABSENCES = {
    "DEL004": "deliv_title", "DEL005": "deliv_risk", "DEL007": "deliv_acceptance_std",
    "DEL009": "deliv_acceptance_time", "DEL014": "deliv_duty", "DOC006": "legal_background",
    "DOC009": "legal_contact", "LGL005": "legal_change", "LGL008": "legal_risk", "LGL016": "legal_breach",
    "LGL018": "legal_fm", "LGL029": "legal_dispute", "LGL030": "legal_ip", "PRC013": "price_tax",
    "SRV008": "srv_scope", "SRV009": "srv_level", "SRV011": "srv_warranty", "SRV014": "srv_fee",
    "SRV015": "srv_training",
}  # fmt: skip
# (rule, name of the contract) where both are right, with the reason
BOTH_RIGHT: dict[tuple[str, str], str] = {}


def test_no_finding_says_that_something_is_left_out_which_is_told_as_settled() -> None:
    rules = tuple(rule for rule in load_rules() if rule.id in ABSENCES)
    assert {rule.id for rule in rules} == set(ABSENCES)
    at_odds = []
    for labelled in load_contracts(CORPORA):
        made = flag(classify(segment(contract_of("\n".join(line.text for line in print_contract(labelled))))), rules)
        present = {a.key for a in made.completeness if a.status == "present"}
        at_odds += [(f.rule, labelled.id) for f in made.findings if ABSENCES[f.rule] in present]
    assert [pair for pair in at_odds if pair not in BOTH_RIGHT] == []


def test_vague_says_what_is_lacking() -> None:
    bare = status_of(HEAD + "第一条 交货\n交货时间由双方另行商定。\n", "deliv_deadline", "sale")
    assert bare.why == "没有写明期限或日期"
    blank = status_of(HEAD + "第一条 交货\n交货时间：____年__月__日。\n", "deliv_deadline", "sale")
    assert blank.why == "留有空白"
    settled = status_of(HEAD + "第一条 交货\n交货时间：2027年3月1日。\n", "deliv_deadline", "sale")
    assert settled.why == ""


def test_the_evidence_is_the_part_of_the_sentence_and_its_clause() -> None:
    found = status_of(SALE, "srv_warranty", "sale")
    assert (found.status, found.quote, found.clause) == ("present", "质保期为24个月", "5")


def test_the_best_evidence_wins_over_the_first() -> None:
    text = HEAD + "第一条 概述\n交货期另行商定。\n第二条 交货\n交货期：签订后20日。\n"
    assert status_of(text, "deliv_deadline", "sale").clause == "2"


def test_a_heading_is_settled_by_the_text_below_it_but_not_by_the_next_article() -> None:
    below = HEAD + "第一条 质保期\n1.1 自验收之日起36个月。\n第二条 其他\n无。\n"
    assert status_of(below, "srv_warranty", "sale").status == "present"
    beside = HEAD + "第一条 质保期\n1.1 按厂家规定。\n第二条 付款\n自到货之日起36个月内付清。\n"
    assert status_of(beside, "srv_warranty", "sale").status == "vague"


def test_a_spaced_label_is_the_label() -> None:
    assert status_of(HEAD + "第一条 货物\n规　　格：DN200。\n", "subject_config", "sale").status != "missing"


def test_two_named_parties_are_settled_and_labels_are_a_blank() -> None:
    assert status_of(SALE, "legal_parties", "sale").status == "present"
    assert status_of("甲方：______\n乙方：______\n第一条 总则\n双方诚信履约。\n", "legal_parties").status == "vague"


def test_a_figure_elsewhere_in_the_contract_does_not_settle_a_mention() -> None:
    text = HEAD + "第一条 质保\n货物实行质保。\n第二条 付款\n甲方在24个月内付清。\n"
    assert status_of(text, "srv_warranty", "sale").status == "vague"


def test_a_full_sale_is_settled_in_what_it_says() -> None:
    made = contract(SALE)
    assert made.contract_type == "sale"
    present = {a.key for a in flag(made).completeness if a.status == "present"}
    assert {
        "subject_kind", "subject_config", "subject_quantity", "subject_standard", "price_amount", "price_tax",
        "price_payment", "deliv_deadline", "deliv_place", "deliv_acceptance_std", "deliv_acceptance_time",
        "srv_warranty", "legal_parties", "legal_dispute",
    } <= present  # fmt: skip
    missing = {a.key for a in flag(made).completeness if a.status == "missing"}
    assert {"legal_fm", "legal_effect", "price_lateinterest"} <= missing


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_attribute_has_a_status_in_the_order_of_the_elements(lang: str) -> None:
    statuses = flag(contract(SALE), lang=lang).completeness  # type: ignore[arg-type]
    assert [a.key for a in statuses] == [a.key for a in load_attributes()]
    places = [ELEMENTS.index(a.element) for a in statuses]
    assert places == sorted(places)
    assert all((a.status == "not-applicable") == (a.need is None) for a in statuses if not a.quote)
    assert {a.attribute for a in statuses} == {a.name[lang] for a in load_attributes()}  # type: ignore[index]


def test_every_attribute_is_asked_of_some_type_and_can_be_told() -> None:
    for attribute in load_attributes():
        assert set(attribute.need) <= set(TYPES)
        assert attribute.need, attribute.key
        assert attribute.parties or attribute.present or attribute.mention, attribute.key
        for pattern in (*attribute.present, *attribute.mention, *attribute.vague):
            assert pattern.needs, f"{attribute.key}: {pattern.source}: needs a word to be found by"


def test_a_contract_of_unknown_type_is_asked_what_any_contract_is() -> None:
    assert status_of(SALE, "legal_dispute", "").status == "present"


def test_required_weighs_three_expected_two_and_vague_half() -> None:
    rows = (
        AttributeStatus("pricing", "甲", "present", need="required"),
        AttributeStatus("pricing", "乙", "missing", need="required"),
        AttributeStatus("legal", "丙", "vague", need="expected"),
        AttributeStatus("legal", "丁", "missing", need="optional"),
        AttributeStatus("legal", "戊", "not-applicable", need=None),
    )
    assert completeness_score(rows) == (3 + 0 + 1) / 8
    assert completeness_score(()) is None


def test_the_page_shows_one_row_an_element_with_links_to_the_evidence() -> None:
    made = flag(contract(SALE.replace("质保期为24个月，自验收合格之日起计算", "质量保修按厂家规定")))
    html = render_draft(made)
    table = html[html.index('class="completeness"') : html.index("</table>")]
    for words in ("标的", "价款", "商业法务", "质保期与起算", "（没有写明期限）", "不可抗力"):
        assert words in table
    [service] = [row for row in completeness_rows(made, "d") if row.element == "service"]
    assert [item.status.key for item in service.items["vague"] if item.clause_anchor].count("srv_warranty") == 1
    assert 'href="#d' in table
    page = render_index([summarize(made)], [html])
    assert f"{(summarize(made).complete or 0) * 100:.0f}%" in page
    assert "% complete" in render_draft(flag(contract(SALE), lang="en"), "en")


def test_text_of_a_contract_is_escaped_in_the_table() -> None:
    html = render_draft(flag(contract(HEAD + "第一条 质保\n<b onclick=x>质保</b>按惯例。\n", "sale")))
    assert "<b onclick" not in html
    assert "&lt;b onclick=x&gt;质保" in html


def test_json_holds_key_need_reason_and_place() -> None:
    made = flag(contract(SALE))
    data = to_dict(made)
    Draft202012Validator(SCHEMA).validate(data)
    [row] = [r for r in data["completeness"] if r["key"] == "srv_warranty"]
    assert (row["status"], row["need"], row["element"]) == ("present", "required", "service")
    assert made.text[row["start"] : row["end"]] == row["quote"] == "质保期为24个月"


def test_a_line_of_a_hundred_thousand_characters_takes_time_in_proportion() -> None:
    def seconds(times: int) -> float:
        line = HEAD + "第一条 约定\n" + "交货期验收质量违约责任的期限和标准数量单价" * times
        view = View(contract(line, "sale"))
        completeness(view)
        started = time.perf_counter()
        completeness(view)
        return time.perf_counter() - started

    assert seconds(5000) < 40 * max(seconds(500), 0.002)


def test_the_same_contract_gives_the_same_statuses() -> None:
    assert completeness(View(contract(SALE))) == completeness(View(contract(SALE)))
