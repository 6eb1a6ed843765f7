"""Rules as a set: what never speaks, what always speaks together, what is slow, what no example tries."""

from dataclasses import replace

import pytest

from hetong.document import STANCES
from hetong.rulebook import RULES, Alternative, Example, Lexicon, Rule, load_rules
from hetong.rulecheck import remarks

MODEL = next(rule for rule in load_rules(RULES) if rule.id == "SRV001")
TEXTS = ("乙方提供终身维护。", "设备由乙方终身维护。", "电梯由乙方终身维护，随叫随到。")


def rule_of(name: str, *patterns: str, **changes: object) -> Rule:
    """A rule that fires on what is sought in three examples."""
    ways = tuple(Alternative((Lexicon({}).pattern(pattern),)) for pattern in patterns)
    plain = {"bearer": None, "unless": (), "unless_clause": (), "unless_document": (), "yields_to": ()}
    severity = dict.fromkeys(STANCES, "high")
    examples = tuple(map(Example, TEXTS))
    return replace(MODEL, id=name, match=ways, severity=severity, examples=examples, **{**plain, **changes})


def told(*rules: Rule) -> set[tuple[str, str]]:
    return {(remark.trouble, remark.rule) for remark in remarks(rules)}


def test_sound_rules_get_no_remark() -> None:
    assert told(rule_of("AAA001", "终身维护"), rule_of("AAA002", "随叫随到")) == set()


def test_a_rule_whose_place_others_always_take_is_dead() -> None:
    first, second = rule_of("AAA001", "终身维护"), rule_of("AAA002", "维护", yields_to=("AAA001",))
    assert ("dead", "AAA002") in told(first, second)


def test_two_rules_that_always_speak_together_are_twins() -> None:
    assert ("together", "AAA001") in told(rule_of("AAA001", "终身"), rule_of("AAA002", "维护"))


def test_a_pattern_whose_time_grows_faster_than_the_text_is_slow() -> None:
    assert ("slow", "AAA001") in told(rule_of("AAA001", "终身[^止]*保养"))


@pytest.mark.parametrize(("patterns", "untried"), [(("终身维护", "永久保养"), True), (("终身维护", "随叫随到"), False)])
def test_a_way_that_no_example_tries_is_named(patterns: tuple[str, ...], untried: bool) -> None:
    assert (("untested", "AAA001") in told(rule_of("AAA001", *patterns))) is untried
