"""Defects are planted where a careless drafter would make them, and counted as found only where they stand."""

from pathlib import Path

import pytest
import yaml

from hetong.corpus import AnnotatedContract, PrintedLine, load_contract, load_contracts
from hetong.plant import Tally, plant, table
from hetong.plant.defects import DEFECTS
from hetong.plant.draft import Draft, Planted, draft_of
from hetong.rulebook import Rule, load_rules

CORPORA = Path(__file__).parents[1] / "corpora" / "contracts"
SOURCE = {
    "id": "sale-99", "type": "sale", "kind": "sale", "family": "sale-test", "title": "设备买卖合同",
    "parties": [
        {"label": "甲方", "alias": "以下简称买方", "role": "buyer", "name": "青禾机械有限公司"},
        {"label": "乙方", "alias": "以下简称卖方", "role": "supplier", "name": "远山设备有限公司"},
    ],
    "preamble": "根据《中华人民共和国民法典》，双方订立本合同。",
    "clauses": [
        {"number": "第一条", "heading": "标的", "text": "卖方供应水泵三台，规格详见附件一。", "element": "subject"},
        {"number": "第二条", "heading": "价款", "text": "总价128,000元（大写：壹拾贰万捌仟元整）。", "element": "pricing"},
        {"number": "第三条", "heading": "付款", "text": "买方到货后付60%，验收合格后付40%。", "element": "pricing"},
        {"number": "第四条", "heading": "期限", "text": "供货期自2026年3月1日至2026年5月31日。", "element": "delivery"},
        {"number": "第五条", "heading": "验收", "text": "买方到货五日内按附件一验收。", "element": "delivery"},
        {"number": "第六条", "heading": "质保", "text": "质保期十二个月，卖方在期内免费维修。", "element": "service"},
        {"number": "第七条", "heading": "违约", "text": "卖方迟延交货的，每日按迟交部分的万分之五支付违约金，累计不超过合同总价的5%。卖方违反第六条的，应当改正。", "element": "legal"},
        {"number": "第八条", "heading": "争议", "text": "争议由买方所在地人民法院管辖。", "element": "legal"},
    ],
    "signature": ["买方（盖章）：青禾机械有限公司", "卖方（盖章）：远山设备有限公司"],
    "annexes": [{"title": "附件一 规格", "clauses": [{"number": "1.", "text": "流量每小时二十立方米。", "element": "subject"}]}],
}  # fmt: skip


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> AnnotatedContract:
    path = tmp_path_factory.mktemp("sale") / "sale" / "sale-99.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(SOURCE, allow_unicode=True), encoding="utf-8")
    return load_contract(path)


@pytest.fixture(scope="module")
def draft(source: AnnotatedContract) -> Draft:
    return draft_of(source)


@pytest.fixture(scope="module")
def rules() -> tuple[Rule, ...]:
    return load_rules()


def changed_line(draft: Draft, planted: Planted | None) -> str:
    assert planted is not None
    assert planted.line is not None
    others = [i for i, (a, b) in enumerate(zip(draft.lines, planted.lines, strict=True)) if a != b]
    assert others == [planted.line], "only one line is changed"
    return planted.lines[planted.line]


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("amount", "总价228,000元（大写：壹拾贰万捌仟元整）。"),
        ("instalments", "买方到货后付65%，验收合格后付40%。"),
        ("dates-swapped", "供货期自2026年5月31日至2026年3月1日。"),
        ("daily-rate", "卖方迟延交货的，每日按迟交部分的百分之五支付违约金，累计不超过合同总价的5%。卖方违反第六条的，应当改正。"),
        ("cap-removed", "卖方迟延交货的，每日按迟交部分的万分之五支付违约金。卖方违反第六条的，应当改正。"),
        ("reference", "卖方迟延交货的，每日按迟交部分的万分之五支付违约金，累计不超过合同总价的5%。卖方违反第17条的，应当改正。"),
        ("name-in-signature", "买方（盖章）：青禾华械有限公司"),
        ("repealed-law", "根据《中华人民共和国合同法》，双方订立本合同。"),
        ("blank", "总价______元（大写：壹拾贰万捌仟元整）。"),
        ("blank-label", "甲方（以下简称买方）："),
        ("blank-space", "买方到货后付    %，验收合格后付40%。"),
    ],
)  # fmt: skip
def test_a_defect_is_planted_in_its_place(draft: Draft, kind: str, line: str) -> None:
    assert changed_line(draft, DEFECTS[kind].plant(draft)) == line


def test_a_sentence_is_planted_with_the_names_of_the_contract(draft: Draft) -> None:
    line = changed_line(draft, DEFECTS["standard-subjective"].plant(draft))
    assert "买方" in line
    assert "甲方" not in line


def test_the_annexes_vanish_as_a_whole(draft: Draft) -> None:
    planted = DEFECTS["annex-vanished"].plant(draft)
    assert planted is not None
    assert planted.line is None
    assert planted.lines == draft.lines[:-2]


def test_a_contract_without_a_place_gets_no_defect(tmp_path: Path) -> None:
    bare = {**SOURCE, "clauses": [SOURCE["clauses"][0]], "annexes": [], "signature": [], "preamble": ""}  # type: ignore[index]
    path = tmp_path / "sale" / "sale-99.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(bare, allow_unicode=True), encoding="utf-8")
    draft = draft_of(load_contract(path))
    assert [kind for kind, defect in DEFECTS.items() if defect.plant(draft)] == ["blank-label"], (
        "its parties have names"
    )


def test_what_is_found_is_counted_by_kind_and_what_speaks_besides_apart(
    source: AnnotatedContract, rules: tuple[Rule, ...]
) -> None:
    tallies = plant([source], rules)
    assert tallies["amount"].planted == 1
    assert tallies["amount"].recall == 1.0
    assert tallies["amount"].side_effects == 0.0
    silent = plant([source], tuple(rule for rule in rules if rule.id != "PRC002"))
    assert silent["amount"].missed == ["sale-99"]
    assert len(list(table(tallies))) == len(DEFECTS) + 2


def test_shares_of_a_loss_are_no_instalments_to_spoil() -> None:
    spoil = DEFECTS["instalments"].plant
    loss = Draft(
        "a", "sale", (PrintedLine("赔付后的差额，由乙方承担70%，甲方承担30%。", "clause"),), "甲方", "乙方", ()
    )
    assert spoil(loss) is None


def test_a_rule_that_spoke_before_finds_nothing(source: AnnotatedContract, rules: tuple[Rule, ...]) -> None:
    blanked = Path(CORPORA / "maintenance" / "maintenance-01.yaml")
    tallies = plant([load_contract(blanked)], rules)
    assert tallies["amount"].planted == 0, "its only amount in words stands beside a blank"
    assert plant([source], rules)["blank"].planted == 1


@pytest.fixture(scope="module")
def of_our_own(rules: tuple[Rule, ...]) -> dict[str, Tally]:
    return plant([c for c in load_contracts(CORPORA) if c.id.endswith(("-01", "-02"))], rules)


@pytest.mark.parametrize("kind", sorted(DEFECTS))
def test_nearly_all_defects_in_our_own_contracts_are_found(kind: str, of_our_own: dict[str, Tally]) -> None:
    assert of_our_own[kind].planted >= 1
    assert of_our_own[kind].recall >= 0.95, of_our_own[kind].missed


def test_planting_says_little_besides(of_our_own: dict[str, Tally]) -> None:
    planted = sum(tally.planted for tally in of_our_own.values())
    assert sum(tally.besides.total() for tally in of_our_own.values()) <= 0.1 * planted
