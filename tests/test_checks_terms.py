"""Checks that hold one clause against another or against the law: probation and term, invoice and payment."""

from dataclasses import replace

import pytest

from hetong.classify.parties import find_parties
from hetong.document import Contract
from hetong.flag.checks.invoice_order import invoice_before_or_after
from hetong.flag.checks.probation import allowed, probation_for_the_term
from hetong.flag.kinds import Hit
from hetong.flag.view import View
from hetong.rulebook import RULES, load_rule
from hetong.ruletest import contract_of
from hetong.segment import segment

PROBATION = load_rule(RULES / "legal" / "LGL047-probation-too-long.yaml")
INVOICES = load_rule(RULES / "pricing" / "PRC027-invoice-before-or-after.yaml")


def read(text: str) -> Contract:
    contract = segment(contract_of(text))
    return replace(contract, parties=find_parties(contract))


def probations(*clauses: str) -> list[tuple[str, str]]:
    """The figure and the limit of each probation that is too long."""
    text = "\n".join(["劳动合同书", "甲方：青禾公司", "乙方：李某", *clauses])
    return [(h.values["figure"], h.values["limit"]) for h in probation_for_the_term(View(read(text)), PROBATION, ())]


# ---- probation: 劳动合同法第19条 -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("term", "most"),
    [(0, 0), (2, 0), (2.8, 0), (3, 1), (11, 1), (12, 2), (11.97, 2), (35, 2), (36, 6), (35.9, 6), (1200, 6)],
)
def test_the_longest_probation_grows_with_the_term(term: float, most: float) -> None:
    assert allowed(term) == most


@pytest.mark.parametrize(
    ("term", "probation", "found"),
    [
        ("劳动合同期限为一年", "试用期三个月", ("三个月", "2")),
        ("合同期限12个月", "试用期90天", ("90天", "2")),
        ("合同期限：3年", "试用期7个月", ("7个月", "6")),
        ("合同期限半年", "试用期2个月", ("2个月", "1")),
        ("合同期限自2026年1月1日至2026年12月31日", "试用期6个月", ("6个月", "2")),
        ("合同期限自2026年1月1日至2026年3月20日", "试用期15天", ("15天", "0")),
        ("本合同以完成大坝除险加固工作任务为期限", "试用期一个月", ("一个月", "0")),
        ("本合同为无固定期限劳动合同", "试用期一年", ("一年", "6")),
        ("合同期限二年", "试用期自2026年1月1日至2026年4月30日", ("2026年1月1日至2026年4月30日", "2")),
    ],
)
def test_a_probation_beyond_what_the_term_allows_is_found(term: str, probation: str, found: tuple[str, str]) -> None:
    assert probations(f"第一条 甲乙双方约定{term}。", f"第二条 双方约定{probation}。") == [found]
    assert probations(f"第一条 甲乙双方约定{term}，其中{probation}。") == [found]


@pytest.mark.parametrize(
    ("term", "probation"),
    [
        ("劳动合同期限为一年", "试用期两个月"),
        ("合同期限三年", "试用期六个月"),
        ("合同期限三年", "试用期180天"),
        ("合同期限自2026年1月1日至2028年12月31日", "试用期6个月"),
        ("本合同为无固定期限劳动合同", "试用期六个月"),
        ("合同期限____年", "试用期六个月"),
        ("固定期限三年或无固定期限，任选其一", "试用期六个月"),
        ("合同期限二年", "试用期____个月"),
        ("合同期限二年", "试用期满前三日通知转正，考核期六个月"),
        ("合同期限一年", "样机试用期六个月"),
        ("合同期限一年", "试用期最长不得超过六个月"),
    ],
)
def test_a_probation_within_the_law_or_not_filled_in_is_none(term: str, probation: str) -> None:
    assert probations(f"第一条 甲乙双方约定{term}。", f"第二条 双方约定{probation}。") == []


def test_the_term_is_shown_beside_the_probation() -> None:
    contract = read("劳动合同书\n第一条 双方约定合同期限一年。\n第二条 双方约定试用期六个月。")
    (hit,) = probation_for_the_term(View(contract), PROBATION, ())
    assert [contract.text_of(span) for span in hit.related] == ["一年"]


def test_two_terms_that_differ_tell_no_term_and_only_what_no_term_allows_is_found() -> None:
    terms = "第一条 甲类人员合同期限一年，乙类人员合同期限三年。"
    assert probations(terms, "第二条 双方约定试用期六个月。") == []
    assert probations(terms, "第二条 双方约定试用期八个月。") == [("八个月", "6")]


# ---- invoice and payment -----------------------------------------------------------------------------------------------
def orders(*clauses: str) -> list[Hit]:
    text = "\n".join(["采购合同", "甲方：青禾公司", "乙方：远山公司", *clauses])
    return list(invoice_before_or_after(View(read(text)), INVOICES, ()))


def test_two_orders_are_one_finding_at_the_second_that_names_the_first() -> None:
    clauses = ("第一条 甲方收到发票后十日内付款。", "第二条 乙方收到货款后五日内开具发票。")
    contract = read("\n".join(["采购合同", "甲方：青禾公司", "乙方：远山公司", *clauses]))
    (hit,) = invoice_before_or_after(View(contract), INVOICES, ())
    assert hit.span is not None
    assert contract.text_of(hit.span) == "收到货款后五日内开具发票"
    assert [contract.text_of(span) for span in hit.related] == ["收到发票后十日内付款"]


@pytest.mark.parametrize(
    "clauses",
    [
        ("第一条 双方约定先票后款，按月结算。",),
        ("第一条 甲方收到发票后十日内付款。", "第二条 乙方收到预付款后五日内开具发票。"),
        ("第一条 甲方收到发票后支付尾款。", "第二条 甲方付款后，乙方开具发票。"),
        ("第一条 乙方未按时开具发票的，甲方收到发票后付款。", "第二条 乙方收到货款后开具发票。"),
        ("第一条 双方现金结算，乙方出具收据。",),
    ],
)
def test_one_order_or_orders_of_single_instalments_are_none(clauses: tuple[str, ...]) -> None:
    assert orders(*clauses) == []
