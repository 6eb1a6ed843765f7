"""What a rule is: one check, with all that a finding of it says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from hetong.document import Element, Severity, Stance
from hetong.messages import Lang
from hetong.rulebook.concepts import Concepts
from hetong.rulebook.patterns import Pattern

Kind = Literal["wording", "companion", "meaning", "absence", "threshold", "check"]
Scope = Literal["sentence", "clause", "section", "document"]
Words = Mapping[Lang, str]


@dataclass(frozen=True, slots=True, eq=False)
class Alternative:
    """One way in which a rule matches: all patterns in the same unit, in any order, and none of `none`.

    With `within` the patterns follow one another, each beginning at most so many characters behind the end of the one
    before, in the same sentence, and behind no comma when the number is 16 or less. `none_clause` and
    `none_document` are mitigations of this way only, looked for in the whole clause or document.
    """

    all: tuple[Pattern, ...]
    none: tuple[Pattern, ...] = ()
    none_clause: tuple[Pattern, ...] = ()
    none_document: tuple[Pattern, ...] = ()
    within: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """One way in which a rule is meant: concepts that a sentence speaks of, and limits that it does not.

    Attributes:
        concepts: the lexicon that the numbers are of.
        has: numbers of concepts; of each set at least one stands in the sentence. The first set is the most telling.
        lacks: none of these stands in the sentence.
        lacks_near: nor any of these in its clause, the clauses beside it or those it points to.
        owes: who owes it, when that matters for this way.
        apart: whether the next sentence of the clause counts as well.
    """

    concepts: Concepts
    has: tuple[frozenset[int], ...]
    lacks: frozenset[int] = frozenset()
    lacks_near: frozenset[int] = frozenset()
    owes: Literal["buyer", "supplier"] | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """What a text speaks of where a rule is the topic, and what takes a finding of the rule's detector away.

    Where the text speaks of something else, in words that nobody foresaw, the detector has to be much surer.

    Attributes:
        needs: names of concepts; the text speaks of at least one of each set.
        lacks: names of concepts; the text speaks of none of these.
    """

    needs: tuple[frozenset[str], ...] = ()
    lacks: frozenset[str] = frozenset()

    def cover(self, spoken: Collection[str]) -> bool:
        """Whether a text that speaks of concepts of these names is about what the rule is about."""
        return not any(need.isdisjoint(spoken) for need in self.needs)

    def take_away(self, spoken: Collection[str]) -> bool:
        """Whether a text that speaks of concepts of these names is harmless for the rule."""
        return not self.lacks.isdisjoint(spoken)


@dataclass(frozen=True, slots=True)
class Threshold:
    """Limits on a number in the words that matched: rates are fractions, periods are days.

    `by_type` gives a contract type a limit of its own in the place of `at_least`, or of `at_most` when it stands alone.
    """

    of: Literal["rate", "period"]
    at_least: float | None = None
    at_most: float | None = None
    by_type: Mapping[str, float] = field(default_factory=dict)

    def reached(self, value: float, contract_type: str) -> bool:
        """Whether a value lies at or beyond the limit for a type of contract."""
        own = self.by_type.get(contract_type)
        least = self.at_least if own is None or self.at_least is None else own
        most = self.at_most if own is None or self.at_least is not None else own
        return (least is None or value >= least - 1e-12) and (most is None or value <= most + 1e-12)


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which a rule fires at `quote` (any place when empty), or must not fire."""

    text: str
    quote: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: rules are loaded once and serve as cache keys
class Rule:
    """One check, with all that a finding of it says. See `docs/architecture.md` for how to write one.

    `unless…` patterns take a finding away, `milder` ones, found in the clause, make it one level less severe.
    With `once` a rule speaks once a document, or a clause, and names its other places as related.
    """

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
    meaning: tuple[Meaning, ...] = ()
    detector: Bounds | None = None
    bearer: Literal["buyer", "supplier"] | None = None
    unless: tuple[Pattern, ...] = ()
    unless_clause: tuple[Pattern, ...] = ()
    unless_section: tuple[Pattern, ...] = ()
    unless_document: tuple[Pattern, ...] = ()
    milder: tuple[Pattern, ...] = ()
    companion: tuple[Pattern, ...] = ()
    companion_scope: Scope = "clause"
    evidence: tuple[Pattern, ...] = ()
    when: tuple[Pattern, ...] = ()
    threshold: Threshold | None = None
    check: str = ""
    once: Literal["clause", "document"] | None = None
    yields_to: tuple[str, ...] = ()
    looked_for: Words | None = None
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[Example, ...] = ()
    known_gaps: tuple[Example, ...] = ()
    source: str = ""
