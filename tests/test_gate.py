"""The gate: what its arrays let through is what a plain look at each unit lets through, and no match is lost."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from hetong.flag import gate as gates
from hetong.flag import matching
from hetong.flag.gate import gate_of
from hetong.flag.matching import matches
from hetong.flag.signs import WaySign, way_signs
from hetong.flag.view import Unit, View
from hetong.rulebook import Alternative, Lexicon, Rule, Scope, load_rules
from hetong.ruletest import contract_of, prepared

SHIPPED = load_rules()
MODEL = next(rule for rule in SHIPPED if rule.id == "SRV001")
LEXICON = Lexicon({"gratis": ["免费", "无偿", "不[^。]{0,4}(?:收|付)"], "work": ["维护", "维修", "修"]})
PATTERNS = (
    "{gratis}", "{work}", "免费[^。]{0,9}{work}", "{work}[^。]{0,9}{gratis}", "乙[^。]{0,4}应[^。]{0,9}修|甲方", "期[^。]{0,5}",
    "[^。]{3}", "终身|永久", "收[^。]{0,20}不", "(?:维|修){1,2}",
)  # fmt: skip
SCOPES: tuple[Scope, ...] = ("sentence", "clause", "document")
WORDS = ("免费", "无偿", "维护", "修", "不", "收", "付", "乙", "应", "甲方", "终身", "期", "，", "。", "的")


def chance_rules(seed: int) -> tuple[Rule, ...]:
    draw = random.Random(seed)

    def way() -> Alternative:
        return Alternative(tuple(map(LEXICON.pattern, draw.sample(PATTERNS, draw.randint(1, 3)))))

    return tuple(
        replace(MODEL, id=f"AAA{n:03}", scope=SCOPES[n % 3], match=tuple(way() for _ in range(draw.randint(0, 3))))
        for n in range(12)
    )


def chance_view(seed: int) -> View:
    draw = random.Random(seed)
    lines = ["服务合同"]
    for number in "一二三":
        lines.append(f"第{number}条 {''.join(draw.choices(WORDS, k=14))}：")
        lines += [f"（{item}）{''.join(draw.choices(WORDS, k=12))}；" for item in "一二"]
    return View(prepared(contract_of("\n".join(lines))))


def shows(view: View, unit: Unit, sign: WaySign) -> bool:
    """Whether a sign shows in a unit, looked for word by word."""
    stretches = [(unit.start, unit.end), *([unit.lead] if unit.lead else [])]
    ends = [end for first, last in stretches for end in range(first + 1, last + 1)]

    def places(words: frozenset[str]) -> list[tuple[int, int]]:
        return [(end - len(word), end) for word in words for end in ends if view.text[:end].endswith(word)]

    def stands(words: frozenset[str], side: str, start: int, end: int) -> bool:
        return any(
            side == "anywhere" or (place < start if side == "before" else place >= end) for place, _ in places(words)
        )

    return any(all(stands(*one, start, end) for one in sign.beside) for start, end in places(sign.words))


@pytest.mark.parametrize("block", [3, gates.BLOCK])
@pytest.mark.parametrize("seed", range(12))
def test_as_a_plain_look_at_each_unit(monkeypatch: pytest.MonkeyPatch, seed: int, block: int) -> None:
    monkeypatch.setattr(gates, "BLOCK", block)
    rules, view = chance_rules(seed), chance_view(seed)
    ways = [(rule.scope, one) for scope in SCOPES for rule in rules if rule.scope == scope for one in rule.match]
    signs: dict[int, list[WaySign]] = {}
    for sign in way_signs(ways):
        signs.setdefault(sign.way, []).append(sign)

    def tried(unit: Unit, scope: Scope) -> list[Alternative]:
        return [
            one
            for way, (of, one) in enumerate(ways)
            if of == scope and (way not in signs or any(shows(view, unit, sign) for sign in signs[way]))
        ]

    expected = [(unit, those) for scope in SCOPES for unit in view.units(scope) if (those := tried(unit, scope))]
    found = [(unit, [way.alternative for way in those]) for unit, those in gate_of(rules).candidates(view)]
    assert found == expected
    assert any(unit.lead for unit, _ in found)


def test_rules_without_patterns_are_tried_nowhere() -> None:
    assert list(gate_of((replace(MODEL, match=()),)).candidates(chance_view(0))) == []


class Open:
    """A gate that lets each way through in each unit."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules, self.ways = rules, gate_of(rules).ways

    def candidates(self, view: View) -> Iterator[tuple[Unit, list[gates.Way]]]:
        scopes = {rule.id: rule.scope for rule in self.rules}
        for scope in dict.fromkeys(scopes[way.rule] for way in self.ways):
            yield from ((unit, [way for way in self.ways if scopes[way.rule] == scope]) for unit in view.units(scope))


def found(view: View, rules: tuple[Rule, ...]) -> dict[str, list[tuple[Unit, tuple[tuple[int, int], ...]]]]:
    every = matches(view, rules, {rule.id for rule in rules})
    return {rule: [(match.unit, match.spans) for match in those] for rule, those in every.items() if those}


@pytest.mark.parametrize("seed", range(12))
def test_the_gate_loses_no_match_of_chance_rules(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    rules, view = chance_rules(seed), chance_view(seed)
    through = found(view, rules)
    monkeypatch.setattr(matching, "gate_of", Open)
    assert through == found(view, rules)


def test_the_gate_loses_no_match_of_shipped_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [example.text for rule in SHIPPED for example in (*rule.examples, *rule.counter_examples)][::40]
    view = View(prepared(contract_of("\n".join(f"第{n}条\n{text}" for n, text in enumerate(texts, start=1)))))
    through = found(view, SHIPPED)
    monkeypatch.setattr(matching, "gate_of", Open)
    assert through == found(view, SHIPPED)
    assert sum(map(len, through.values())) > 50
