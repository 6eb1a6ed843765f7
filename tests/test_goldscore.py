"""A contract that is annotated is printed, read, and measured: structure, type, sides, what is settled."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from hetong.corpus import AnnotatedContract, load_contract
from hetong.goldscore import ContractScore, Tally, score, share_of, table
from hetong.goldscore.reading import read_gold

SOURCE: dict[str, Any] = {
    "id": "sale-99", "type": "sale", "kind": "sale", "family": "sale-test", "title": "水泵买卖合同",
    "parties": [
        {"label": "甲方", "alias": "买方", "role": "buyer", "name": "青禾机械有限公司"},
        {"label": "乙方", "alias": "卖方", "role": "supplier", "name": "远山设备有限公司"},
    ],
    "clauses": [
        {"number": "第一条", "heading": "标的", "text": "卖方供应水泵三台。", "element": "subject"},
        {"number": "第二条", "heading": "价款与付款", "element": "pricing",
         "text": "总价128,000元。\n买方收货后十日内付清。",
         "evidence": {"price_amount": "总价128,000元", "price_payment": "买方收货后十日内付清"}},
        {"number": "第三条", "heading": "质保", "element": "other", "clauses": [
            {"number": "3.1", "text": "质保期十二个月，卖方在期内免费维修。", "element": "service",
             "evidence": {"srv_warranty": "质保期十二个月"}},
            {"number": "3.2", "text": "质保期满后，维修费用双方另行商定。", "element": "service"},
        ]},
        {"number": "第四条", "heading": "争议", "text": "争议由买方所在地人民法院管辖。", "element": "legal",
         "vague": {"legal_dispute": "争议由买方所在地人民法院管辖"}},
    ],
    "signature": ["甲方（盖章）：", "乙方（盖章）："],
    "annexes": [{"title": "附件一 备件清单", "clauses": [
        {"number": "1.", "text": "叶轮两只。", "element": "subject"},
        {"number": "2.", "text": "轴封两套。", "element": "subject"},
    ]}],
}  # fmt: skip


@pytest.fixture
def contract(tmp_path: Path) -> AnnotatedContract:
    return loaded(tmp_path, **{})


def loaded(folder: Path, **changes: Any) -> AnnotatedContract:
    path = folder / "sale" / "sale-99.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump({**SOURCE, **changes}, allow_unicode=True), encoding="utf-8")
    return load_contract(path)


def one(contract: AnnotatedContract) -> ContractScore:
    (only,) = score([contract])
    return only


def test_each_printed_line_has_its_place_in_what_was_read(contract: AnnotatedContract) -> None:
    reading = read_gold(contract)
    for place in reading.places:
        assert reading.contract.text[place.start : place.end].strip() == place.line.text


def test_a_contract_that_is_read_rightly_has_all_its_starts_articles_and_sides(contract: AnnotatedContract) -> None:
    tallies = one(contract).tallies
    assert tallies["numbered starts found"] == Tally(8, 8)
    assert tallies["starts that are starts"] == Tally(8, 8)
    assert tallies["lines in their article"] == Tally(12, 12), (
        "four headings, four lines of text below them, 3.1, 3.2, two of the annex"
    )
    assert tallies["contract type"] == Tally(1, 1)
    assert tallies["sides of 甲方 and 乙方"] == Tally(2, 2)


def test_a_number_that_is_not_understood_is_lost_and_the_lines_below_it_are_in_the_wrong_article(
    tmp_path: Path,
) -> None:
    clauses = [*SOURCE["clauses"][:3], {"number": "肆〉", "text": "争议由法院管辖。", "element": "legal"}]
    tallies = one(loaded(tmp_path, clauses=clauses)).tallies
    assert tallies["numbered starts found"].wrong == 1
    assert tallies["starts that are starts"].wrong == 0
    assert tallies["lines in their article"].wrong == 1


def test_a_wrong_type_and_wrong_sides_are_told(tmp_path: Path) -> None:
    parties = [{**SOURCE["parties"][0], "role": "supplier"}, {**SOURCE["parties"][1], "role": "buyer"}]
    found = one(loaded(tmp_path, kind="lease", parties=parties))
    assert found.tallies["contract type"] == Tally(0, 1)
    assert found.tallies["sides of the parties"] == Tally(0, 2)
    assert "甲方 buyer, not supplier" in found.mistakes
    assert any("type sale, not lease" in line for line in table([found]))


def test_a_party_without_a_side_is_not_counted(tmp_path: Path) -> None:
    parties = [{**party, "role": "unknown"} for party in SOURCE["parties"]]
    assert one(loaded(tmp_path, parties=parties)).tallies["sides of the parties"] == Tally(0, 0)


def test_statuses_are_compared_and_quotes_must_lie_in_a_labelled_clause(contract: AnnotatedContract) -> None:
    found = one(contract)
    assert found.tallies["attributes settled or vague"] == Tally(3, 4)
    assert found.mistakes == ("legal_dispute present, not vague",)
    assert found.tallies["quotes in a labelled clause"] == Tally(4, 4)


def test_what_a_type_needs_and_no_clause_is_labelled_with_is_to_be_told_as_left_out(
    contract: AnnotatedContract, tmp_path: Path
) -> None:
    before = one(contract).tallies["needed ones told or left out"]
    bare = {key: value for key, value in SOURCE["clauses"][1].items() if key != "evidence"}
    clauses = [SOURCE["clauses"][0], bare, *SOURCE["clauses"][2:]]
    after = one(loaded(tmp_path, clauses=clauses)).tallies["needed ones told or left out"]
    assert (after.of, after.wrong) == (before.of, before.wrong + 2)


def test_a_share_is_of_all_together_and_its_interval_is_drawn_over_contracts() -> None:
    share = share_of([Tally(10, 10), Tally(0, 10)])
    assert (share.right, share.of, share.value) == (10, 20, 0.5)
    assert (share.low, share.high) == (0.0, 1.0)
    assert share_of([Tally(3, 4)] * 5)[2:] == (0.75, 0.75)
    assert share_of([]).value == 0.0


def test_the_worst_contracts_come_first_and_those_without_mistakes_are_not_named() -> None:
    good = ContractScore("a", "sale", "sale", {"contract type": Tally(1, 1)}, ())
    bad = ContractScore("b", "sale", "lease", {"contract type": Tally(0, 1)}, ())
    lines = list(table([good, bad]))
    assert lines[lines.index("worst contracts") + 1].startswith("b:")
    assert not any(line.startswith("a:") for line in lines)


CORPORA = Path(__file__).parents[1] / "corpora" / "contracts"


def test_our_own_contracts_are_read_well() -> None:
    some = [load_contract(path) for path in sorted(CORPORA.glob("*/*-0[12].yaml"))]
    found = score(some)
    least = {
        "numbered starts found": 0.99, "starts that are starts": 0.99, "lines in their article": 0.95,
        "contract type": 0.9, "sides of 甲方 and 乙方": 0.95,
    }  # fmt: skip
    shares = {measure: share_of([s.tallies[measure] for s in found]).value for measure in least}
    assert all(shares[measure] >= floor for measure, floor in least.items()), shares
