"""Rules are scored against what the annotated contracts say must fire and must not."""

from pathlib import Path

import pytest
import yaml

from hetong.corpus import AnnotatedContract, load_contract
from hetong.rulebook import Rule, load_rules
from hetong.rulescore import Miss, score, table, to_frame

RULES = tuple(rule for rule in load_rules() if rule.id in {"SRV001", "SRV004", "LGL018"})


def contract_of(folder: Path, **labels: object) -> AnnotatedContract:
    """A contract with a perpetual service in its second clause, labelled as told."""
    data = {
        "id": "service-99", "type": "service", "kind": "service", "family": "test", "title": "维护合同",
        "parties": [{"label": "甲方", "role": "buyer", "name": "青禾公司"}, {"label": "乙方", "role": "supplier", "name": "远山公司"}],
        "clauses": [
            {"number": "第一条", "heading": "范围", "text": "乙方维护甲方的水泵。", "element": "subject", **dict(labels.get("first") or {})},
            {"number": "第二条", "heading": "期限", "text": "乙方对水泵提供终身免费维修。", "element": "service", **dict(labels.get("second") or {})},
        ],
        "document_triggers": labels.get("triggers") or [], "document_must_not": labels.get("must_not") or [],
    }  # fmt: skip
    path = folder / "service" / "service-99.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return load_contract(path)


def scored(contract: AnnotatedContract, rules: tuple[Rule, ...] = RULES) -> tuple[tuple[int, ...], list[Miss]]:
    """(found, missed, raised, kept silent, unlabelled) of the rule on perpetual service."""
    scores, misses = score([contract], rules)
    tally = scores["SRV001"]
    return (tally.found, tally.missed, tally.raised, tally.kept_silent, tally.unlabelled), misses


def test_a_label_that_the_rule_follows_is_found(tmp_path: Path) -> None:
    assert scored(contract_of(tmp_path, second={"triggers": {"SRV001": "终身免费维修"}})) == ((1, 0, 0, 0, 0), [])


def test_a_label_where_the_rule_is_silent_is_missed_even_when_it_speaks_elsewhere(tmp_path: Path) -> None:
    counts, misses = scored(contract_of(tmp_path, first={"triggers": {"SRV001": "维护"}}))
    assert counts == (0, 1, 0, 0, 1)
    assert misses == [Miss("SRV001", "service-99", "第一条", "missed")]


def test_a_label_is_found_where_a_rule_that_tells_it_better_speaks(tmp_path: Path) -> None:
    free = next(rule for rule in load_rules() if rule.id == "SRV002")
    assert "SRV001" in free.yields_to
    scores, _ = score([contract_of(tmp_path, second={"triggers": {"SRV002": "免费维修"}})], (*RULES, free))
    assert (scores["SRV002"].found, scores["SRV002"].missed) == (1, 0)


def test_where_it_must_not_speak_it_is_raised_or_kept_silent(tmp_path: Path) -> None:
    counts, misses = scored(contract_of(tmp_path, first={"must_not": ["SRV001"]}, second={"must_not": ["SRV001"]}))
    assert counts == (0, 0, 1, 1, 0)
    assert [m.what for m in misses] == ["raised"]


def test_labels_of_the_document_ask_only_whether_the_rule_speaks(tmp_path: Path) -> None:
    assert scored(contract_of(tmp_path, triggers=["SRV001"]))[0] == (1, 0, 0, 0, 0)
    assert scored(contract_of(tmp_path, must_not=["SRV001"]))[0] == (0, 0, 1, 0, 0)


def test_a_finding_without_a_label_counts_apart(tmp_path: Path) -> None:
    assert scored(contract_of(tmp_path))[0] == (0, 0, 0, 0, 1)


def test_a_rule_of_the_labels_that_does_not_run_is_left_out(tmp_path: Path) -> None:
    scores, misses = score([contract_of(tmp_path, second={"triggers": {"SRV001": "终身"}})], RULES[:1])
    assert (RULES[0].id, scores, misses) == ("LGL018", {}, [])


@pytest.mark.parametrize("row", ["SRV001", "all"])
def test_the_table_has_a_line_a_rule_and_one_for_all(tmp_path: Path, row: str) -> None:
    scores, _ = score([contract_of(tmp_path, second={"triggers": {"SRV001": "终身"}})], RULES)
    (line,) = [line for line in table(scores) if line.startswith(row)]
    assert line.split()[1:3] == ["1", "0"]


def test_as_a_frame_what_has_nothing_to_count_is_missing(tmp_path: Path) -> None:
    pytest.importorskip("pandas", reason="needs the extra hetong[train]")
    labels = {"first": {"must_not": ["LGL018"]}, "second": {"triggers": {"SRV001": "终身"}}}
    frame = to_frame(score([contract_of(tmp_path, **labels)], RULES)[0])
    assert frame.loc["SRV001", ["found", "precision", "recall"]].tolist() == [1, 1.0, 1.0]
    assert frame.loc["LGL018", "kept_silent"] == 1
    assert frame.loc["LGL018", ["precision", "recall"]].isna().all()
