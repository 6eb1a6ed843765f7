"""What a rule is: one check, with all that a finding of it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hetong.document import Element, Severity, Stance
from hetong.messages import Lang
from hetong.rulebook.patterns import Pattern

Kind = Literal["wording", "companion", "absence", "threshold", "check"]
Scope = Literal["sentence", "clause", "section", "document"]
Words = Mapping[Lang, str]


@dataclass(frozen=True, slots=True, eq=False)
class Alternative:
    """One way in which a rule matches: all patterns in the same unit, in any order, and none of `none`.

    With `within` the patterns follow one another, each beginning at most so many characters behind the end of the one
    before, in the same sentence, and behind no comma when the number is 16 or less. `none_clause` are mitigations of
    this way only, looked for in the whole clause.
    """

    all: tuple[Pattern, ...]
    none: tuple[Pattern, ...] = ()
    none_clause: tuple[Pattern, ...] = ()
    within: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit on a number in the words that matched: rates are fractions a day, periods are days."""

    of: Literal["rate", "period"]
    at_least: float


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which a rule fires at `quote` (any place when empty), or must not fire."""

    text: str
    quote: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: rules are loaded once and serve as cache keys
class Rule:
    """One check, with all that a finding of it says. See `docs/architecture.md` for how to write one."""

    id: str
    name: str
    element: Element
    kind: Kind
    title: Words
    severity: Mapping[Stance, Severity | None]
    message: Words
    reason: Words
    basis: tuple[str, ...]
    advice: Words
    suggestion: Words
    confidence: float = 0.8
    applies_to: tuple[str, ...] = ()
    scope: Scope = "sentence"
    match: tuple[Alternative, ...] = ()
    bearer: Literal["buyer", "supplier"] | None = None
    unless: tuple[Pattern, ...] = ()
    unless_clause: tuple[Pattern, ...] = ()
    unless_document: tuple[Pattern, ...] = ()
    companion: tuple[Pattern, ...] = ()
    companion_scope: Scope = "clause"
    evidence: tuple[Pattern, ...] = ()
    when: tuple[Pattern, ...] = ()
    threshold: Threshold | None = None
    check: str = ""
    once: bool = False
    yields_to: tuple[str, ...] = ()
    looked_for: Words | None = None
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[Example, ...] = ()
    known_gaps: tuple[Example, ...] = ()
    source: str = ""
