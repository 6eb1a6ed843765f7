"""Rules by meaning: concepts that stand together, and limits that stand nowhere near."""

from pathlib import Path

import pytest
import yaml

from hetong.errors import RuleError
from hetong.rulebook import RULES, Rule, load_rule
from hetong.ruletest import findings_in

CONCEPTS = {
    "own_service": ["维修", "上门"],
    "own_no_end": ["报废为止", "还在转"],
    "own_no_pay": ["免费", "不另收费"],
    "own_term": ["#年", "#个月"],
    "own_price": ["另行收费"],
}


def rule_of(tmp_path: Path, *meanings: dict[str, object], **fields: object) -> Rule:
    """A rule that goes by meaning alone, the other fields taken from a shipped one."""
    folder = tmp_path / "service"
    folder.mkdir(exist_ok=True)
    words = {name: {"title": {"zh": name, "en": name}, "words": those} for name, those in CONCEPTS.items()}
    (tmp_path / "concepts.yaml").write_text(yaml.safe_dump(words, allow_unicode=True), encoding="utf-8")
    data = yaml.safe_load((RULES / "service" / "SRV001-perpetual-service.yaml").read_text(encoding="utf-8"))
    for field in ("match", "bearer", "unless", "unless_clause", "unless_section", "unless_document", "yields_to"):
        data.pop(field, None)
    data |= {"id": "TST001", "name": "test", "kind": "meaning", "meaning": list(meanings), **fields}
    path = folder / "TST001-test.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return load_rule(path)


def quotes(rule: Rule, text: str) -> list[str]:
    return [finding.quote for finding in findings_in(text, rule)]


def test_concepts_in_any_order_in_one_sentence(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, {"has": ["own_service", "own_no_end"]})
    assert quotes(rule, "机器用到报废为止，师傅都得来维修。") == ["报废为止，师傅都得来维修"]
    assert quotes(rule, "师傅维修，机器只要还在转。") == ["维修，机器只要还在转"]
    assert quotes(rule, "机器用到报废为止。师傅都得来维修。") == []


def test_one_of_several_concepts_is_enough(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, {"has": ["own_service", "own_no_end|own_no_pay"]})
    assert quotes(rule, "第一条 乙方免费维修。") == ["免费维修"]
    assert quotes(rule, "第一条 乙方维修。") == []


def test_a_limit_in_the_sentence_takes_the_risk_away(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, {"has": ["own_service", "own_no_pay"], "lacks": ["own_term"]})
    assert quotes(rule, "第一条 乙方免费维修。") == ["免费维修"]
    assert quotes(rule, "第一条 乙方两年内免费维修。") == []


def test_a_limit_near_by_is_looked_for_in_clause_siblings_and_where_it_points(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, {"has": ["own_service", "own_no_pay"], "lacks_near": ["own_term"]})
    assert quotes(rule, "第一条 售后\n乙方免费维修。\n第二条 付款\n货到两年付清。") == ["免费维修"]
    assert quotes(rule, "第一条 售后\n乙方免费维修。质保期两年。") == []
    assert quotes(rule, "第一条 售后\n1.1 乙方免费维修。\n1.2 质保期两年。\n第二条 付款\n货到付清。") == []
    assert quotes(rule, "第一条 售后\n按第二条，乙方免费维修。\n第二条 质保\n质保期两年。") == []


def test_the_next_sentence_counts_when_asked(tmp_path: Path) -> None:
    near = rule_of(tmp_path, {"has": ["own_service", "own_no_pay"], "apart": True})
    assert quotes(near, "乙方上门维修。该项不另收费。") != []
    assert quotes(near, "乙方不另收费，上门维修。该项另议。") != []
    assert quotes(near, "第一条 乙方上门维修。\n第二条 该项不另收费。") == []
    assert quotes(near, "第一条 一\n乙方上门维修。\n第二条 二\n该项不另收费。") == []


def test_where_the_next_sentence_counts_its_limits_do_too(tmp_path: Path) -> None:
    near = rule_of(tmp_path, {"has": ["own_service", "own_no_pay"], "lacks": ["own_term"], "apart": True})
    assert quotes(near, "乙方上门维修。该项不另收费。货到两年付清。") != []
    assert quotes(near, "乙方上门维修。该项两年内不另收费。") == []


def test_what_announces_a_list_is_read_with_each_item(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, {"has": ["own_service", "own_no_pay"]})
    text = "第一条 乙方应免费做好下列工作：\n（1）上门查看；\n（2）清扫。\n第二条 甲方付清货款。"
    assert quotes(rule, text) == ["上门"]


def test_words_across_two_sentences_are_of_neither(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, {"has": ["own_service", "own_no_pay"], "lacks": ["own_term"]})
    assert quotes(rule, "第一条 乙方免费维修，共计2年") == []
    assert quotes(rule, "第一条 乙方免费维修，共计2\n年检另议。") != []


def test_who_owes_it_matters(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, {"has": ["own_service", "own_no_pay"], "owes": "supplier"})
    assert quotes(rule, "甲方（买方）：一公司\n乙方（卖方）：二公司\n第一条 乙方应免费维修。") != []
    assert quotes(rule, "甲方（买方）：一公司\n乙方（卖方）：二公司\n第一条 甲方应免费维修道路。") == []


def test_what_is_denied_does_not_count(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, {"has": ["own_service", "own_no_pay"]})
    assert quotes(rule, "乙方不提供免费维修。") == []


def test_a_finding_says_that_it_was_found_by_meaning_and_by_which_words(tmp_path: Path) -> None:
    rule = rule_of(tmp_path, {"has": ["own_service", "own_no_pay"]})
    text = "乙方应当免费上门维修。"
    (finding,) = findings_in(text, rule)
    assert finding.source == "meaning"
    assert [text[start:end] for start, end in finding.triggers] == ["免费", "上门"]


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        ({"has": ["nothing"]}, "no concept nothing"),
        ({"lacks": ["own_term"]}, "needs has"),
        ({"has": "own_service"}, "as lists"),
        ({"has": ["own_service"], "owes": "bank"}, "owes: must be"),
        ({"has": ["own_service"], "where": "near"}, "nothing else"),
    ],
)
def test_a_mistake_in_a_meaning_is_named(tmp_path: Path, meaning: dict[str, object], said: str) -> None:
    with pytest.raises(RuleError, match=said):
        rule_of(tmp_path, meaning)
