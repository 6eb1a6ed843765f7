"""Runs a rule on its own examples: a rule is shown to fire where it must and to stay silent where it must not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from hetong.classify import classify
from hetong.document import Contract, Finding, Party, Role, Source, Stance
from hetong.extract.builder import TextBuilder
from hetong.predictor import OFF, Features, Prediction
from hetong.rulebook import Example, Rule
from hetong.run import analyse
from hetong.segment import segment

Case = Literal["example", "counter-example", "known gap"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule did on one of its cases; `wrong` says what it should have done, "" when all is well."""

    rule: str
    case: Case
    text: str
    wrong: str


def verdicts(rule: Rule) -> Iterator[Verdict]:
    """One verdict for each example, near miss and known gap of a rule."""
    for example in rule.examples:
        yield Verdict(rule.id, "example", example.text, _must_fire(rule, example))
    for example in rule.counter_examples:
        found = findings_in(example.text, rule)
        wrong = f"fires at {found[0].quote!r}" if found else ""
        yield Verdict(rule.id, "counter-example", example.text, wrong)
    for example in rule.known_gaps:
        gap_closed = not _must_fire(rule, example) if example.quote else not findings_in(example.text, rule)
        yield Verdict(rule.id, "known gap", example.text, "works now: move it to the examples" if gap_closed else "")


def _must_fire(rule: Rule, example: Example) -> str:
    found = findings_in(example.text, rule)
    if not found:
        return "does not fire"
    quotes = [f.quote for f in found]
    if example.quote and not any(example.quote in q or q in example.quote for q in quotes if q):
        return f"fires at {quotes} instead of {example.quote!r}"
    return ""


def findings_in(text: str, rule: Rule) -> tuple[Finding, ...]:
    """The findings of one rule in a text, each line a paragraph, for the first side that the rule speaks to."""
    return findings_of(text, (rule,), side_of(rule))


def side_of(rule: Rule) -> Stance:
    """The first side that a rule speaks to."""
    sides: tuple[Stance, ...] = ("neutral", "supplier", "buyer")
    return next(side for side in sides if rule.severity[side])


def findings_of(text: str, rules: tuple[Rule, ...], stance: Stance) -> tuple[Finding, ...]:
    """The findings of some rules in a text, each line a paragraph; learned detectors are left out."""
    contract = contract_of(text)
    return analyse(contract, rules=rules, predict=_no_elements, threshold=0.0, stance=stance, detectors=OFF).findings


def prepared(contract: Contract) -> Contract:
    """A contract after extract, taken as far as the rules need it."""
    return classify(segment(contract), predict=_no_elements, threshold=0.0)


def contract_with(text: str, buyer: str, supplier: str) -> Contract:
    """A prepared contract of one article, whose parties are called so; "" for a party that is not named.

    The article has no heading: detectors would learn it as a sign of what was written for them.
    """
    contract = prepared(contract_of(f"第一条\n{text}"))
    named: tuple[tuple[str, Role], ...] = ((buyer, "buyer"), (supplier, "supplier"))
    return replace(contract, parties=tuple(Party(name, role) for name, role in named if name))


def _no_elements(clauses: Sequence[Features]) -> list[Prediction]:
    """Rules do not ask for elements, so their tests need no trained model."""
    return [Prediction("other", 1.0) for _ in clauses]


def contract_of(text: str) -> Contract:
    """A contract out of a few lines of text."""
    builder = TextBuilder()
    for line in text.splitlines():
        if line.strip():
            builder.add(line.strip())
    source = Source("example.txt", hashlib.sha256(text.encode()).hexdigest(), "txt")
    return builder.contract(source)
