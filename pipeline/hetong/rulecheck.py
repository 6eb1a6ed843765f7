"""Looks at rules as a set: rules that never speak, rules that always speak together, slow patterns, untried ways."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final, Literal, NamedTuple

from hetong.document import STANCES, Contract
from hetong.flag import flag
from hetong.predictor import OFF
from hetong.rulebook import Alternative, Pattern, Rule
from hetong.ruletest import contract_of, findings_in, prepared

Trouble = Literal["dead", "together", "slow", "untested"]
TOGETHER: Final = 3  # two rules that fire at the same place so often, and never apart, are one
SHORT, LONG = 4_000, 40_000  # characters of the lines on which a pattern is timed
STEEPEST: Final = 40  # times as long for ten times the text: 10 is linear, 100 is quadratic
NOISE: Final = 0.002  # seconds; below that a time says nothing


class Remark(NamedTuple):
    """Something about a rule that its author should look at."""

    trouble: Trouble
    rule: str
    words: str


def remarks(rules: Sequence[Rule], contracts: Iterable[Contract] = ()) -> Iterator[Remark]:
    """What is wrong with some rules: dead ones, twins, slow patterns, and last the ways that no example tries.

    A rule is dead when all run together and it never speaks, not even on its own examples: others always take its
    place. Twins speak at the same places and nowhere apart.

    Args:
        rules: the rules to look at.
        contracts: contracts that have been through classify; places are looked for there and in all examples.
    """
    seen = _places(rules, [*_example_contracts(rules), *contracts])
    yield from (Remark("dead", rule.id, "") for rule in rules if rule.id not in seen)
    for one, other in combinations(sorted(seen), 2):
        if seen[one] == seen[other] and len(seen[one]) >= TOGETHER:
            yield Remark("together", one, f"{other} ({len(seen[one])})")
    for rule in rules:
        yield from (Remark("slow", rule.id, pattern.source) for pattern in _patterns(rule) if _is_slow(pattern))
    for rule in rules:
        if untried := ", ".join(map(str, _untried(rule))):
            yield Remark("untested", rule.id, untried)


def _untried(rule: Rule) -> Iterator[int]:
    """The numbers of the ways that match none of the rule's own examples, from 1."""
    for number, way in enumerate(rule.match if len(rule.match) > 1 else (), 1):
        alone = replace(rule, match=(way,))
        if not any(findings_in(example.text, alone) for example in rule.examples):
            yield number


def _example_contracts(rules: Sequence[Rule]) -> list[Contract]:
    return [prepared(contract_of(example.text)) for rule in rules for example in rule.examples]


def _places(rules: Sequence[Rule], contracts: Sequence[Contract]) -> dict[str, set[tuple[int, str | None, int]]]:
    """Rule → where it speaks, for any stance: the number of the contract, the clause, and where its line begins."""
    places: defaultdict[str, set[tuple[int, str | None, int]]] = defaultdict(set)
    for index, contract in enumerate(contracts):
        for stance in STANCES:
            for finding in flag(contract, tuple(rules), stance, detectors=OFF).findings:
                line = contract.text.rfind("\n", 0, finding.span.start) if finding.span else -1
                places[finding.rule].add((index, finding.clause, line))
    return dict(places)


def _patterns(rule: Rule) -> list[Pattern]:
    ways: list[Pattern] = [p for way in rule.match for p in _of_way(way)]
    looks = (
        rule.unless,
        rule.unless_clause,
        rule.unless_section,
        rule.unless_document,
        rule.milder,
        rule.companion,
        rule.evidence,
        rule.when,
    )
    return list(dict.fromkeys([*ways, *(p for group in looks for p in group)]))


def _of_way(way: Alternative) -> tuple[Pattern, ...]:
    return (*way.all, *way.none, *way.none_clause, *way.none_document)


def _is_slow(pattern: Pattern) -> bool:
    """Whether time grows faster than the text on a line that repeats some of the words that the pattern needs."""
    groups = [sorted(needs)[:3] for needs in pattern.needs] or [["甲方应当在1日内"]]
    lines = {"".join(words) for words in (*groups, [word for group in groups for word in group])}
    pattern.search("")  # compiles it
    return any(_seconds(pattern, line, LONG) > STEEPEST * max(_seconds(pattern, line, SHORT), NOISE) for line in lines)


def _seconds(pattern: Pattern, line: str, length: int) -> float:
    text = (line * (length // len(line) + 1))[:length]
    started = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - started
