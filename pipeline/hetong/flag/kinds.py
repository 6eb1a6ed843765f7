"""The kinds of rules: each is a function from a view, a rule and its matches to hits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from hetong.document import FindingSource, Severity, Span
from hetong.flag.context import bearer, negated
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.numerals import periods, rates
from hetong.rulebook import Kind, Pattern, Rule, Scope


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule fires, or no place when something is absent.

    `values` fill the placeholders of the rule's message; `severity` overrides the rule's, `softened` lowers it by one.
    `source` is what found it, `confidence` how sure that is when it differs from the rule's, `most` the most severe
    that it can be; `also` are rules that spoke of the same place; `read` is the stretch that a detector read as one.
    """

    span: Span | None
    triggers: tuple[Span, ...] = ()
    related: tuple[Span, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None
    softened: bool = False
    source: FindingSource = "pattern"
    confidence: float | None = None
    also: tuple[str, ...] = ()
    most: Severity = "high"
    read: Span | None = None


def wording(view: View, rule: Rule, found: Sequence[Match]) -> Iterator[Hit]:
    """Risky words or meanings: they fire unless they are denied, owed by the other party, or mitigated near by."""
    for match in found:
        if not _excused(view, rule, match):
            softened = bool(rule.milder) and view.holds(rule.milder, match.hull.start, "clause")
            yield Hit(
                match.hull, match.spans, softened=softened, source=match.source, confidence=match.confidence,
                most=match.most, read=match.read,
            )  # fmt: skip


def companion(view: View, rule: Rule, found: Sequence[Match]) -> Iterator[Hit]:
    """Words that need a companion (a period, a cap, a fee): they fire where the companion is missing."""
    for hit in wording(view, rule, found):
        assert hit.span is not None
        if not view.holds(rule.companion, hit.span.start, rule.companion_scope):
            yield hit


def absence(view: View, rule: Rule, found: Sequence[Match]) -> Iterator[Hit]:
    """Something that the whole document ought to have and has not; an outline has nothing yet."""
    if (found or not rule.match) and not view.outline:
        asked = not rule.when or view.holds(rule.when)
        if asked and not view.holds(rule.evidence):
            yield Hit(found[0].hull if found else None)


def threshold(view: View, rule: Rule, found: Sequence[Match]) -> Iterator[Hit]:
    """A number in the matched words that reaches the rule's limit."""
    limit = rule.threshold
    assert limit is not None
    read = rates if limit.of == "rate" else periods
    for hit in wording(view, rule, found):
        assert hit.span is not None
        start, end = hit.span
        for figure in read(view.text[start:end]):
            if limit.reached(figure.value, view.contract.contract_type):
                place = Span(start + figure.start, start + figure.end)
                yield replace(hit, triggers=(place,), values={"figure": view.contract.text_of(place)})
                break


KINDS: Final[dict[Kind, Callable[[View, Rule, Sequence[Match]], Iterator[Hit]]]] = {
    "wording": wording,
    "companion": companion,
    "meaning": wording,
    "absence": absence,
    "threshold": threshold,
}


def _excused(view: View, rule: Rule, match: Match) -> bool:
    """Whether a mitigation, a negation or the direction of the duty takes the risk away."""
    start = match.hull.start
    owes = match.owes or rule.bearer
    if owes and bearer(view, match.unit, match.hull) not in (owes, None):
        return True
    # a detector has seen the words around; a companion rule asks for what is missing, denied or not
    if (
        match.source != "detector"
        and rule.kind != "companion"
        and any(negated(view, match.unit, span) for span in match.spans)
    ):
        return True
    # a detector read the sentences of a whole stretch
    read = [start] if match.read is None else [unit.start for unit in view.sentences_in(match.read)]
    looks: tuple[tuple[tuple[Pattern, ...], Scope, Sequence[int]], ...] = (
        (rule.unless, "sentence", read), (rule.unless_clause, "clause", [start]),
        (rule.unless_section, "section", [start]), (rule.unless_document, "document", [start]),
        (match.alternative.none_clause, "clause", [start]), (match.alternative.none_document, "document", [start]),
    )  # fmt: skip
    return any(patterns and view.holds(patterns, at, scope) for patterns, scope, places in looks for at in places)
