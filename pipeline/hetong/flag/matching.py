"""Runs the patterns of all rules over all units at once, of each unit only those that the gate lets through."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final, Literal, TypeAlias

from hetong.document import FindingSource, Severity, Span
from hetong.flag.gate import Way, gate_of
from hetong.flag.view import Unit, View
from hetong.rulebook import Alternative, Pattern, Rule
from hetong.rulebook.patterns import Place

PHRASE: Final = 16  # a gap of no more stays in its part of the sentence
SENTENCE_STOPS: Final = re.compile("[。；！？\n]")
PHRASE_STOPS: Final = re.compile("[。；！？\n，]")
NO_PATTERNS: Final = Alternative(())

Places: TypeAlias = dict[Pattern, Place | None]  # where patterns first match in a unit; rules share word classes


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule matched: the unit, and one span for each of its patterns or concepts.

    `source` says what matched; `alternative` is the way in which patterns did; `owes` and `confidence`
    override what the rule says, `most` bounds its severity; `read` is the stretch that a detector read as one.
    """

    unit: Unit
    spans: tuple[Span, ...]
    alternative: Alternative = NO_PATTERNS
    source: FindingSource = "pattern"
    owes: Literal["buyer", "supplier"] | None = None
    confidence: float | None = None
    most: Severity = "high"
    read: Span | None = None

    @property
    def hull(self) -> Span:
        """The stretch from the first matched word to the last; parts in the lead-in stay out when there are others."""
        inside = [s for s in self.spans if s.start >= self.unit.start] or list(self.spans)
        return Span(min(s.start for s in inside), max(s.end for s in inside))


def matches(view: View, rules: tuple[Rule, ...], active: set[str]) -> dict[str, list[Match]]:
    """All matches of the active rules among `rules`, by rule id, in document order."""
    found: dict[str, list[Match]] = defaultdict(list)
    for unit, ways in gate_of(rules).candidates(view):
        haystack = unit.haystack(view.text)
        first: Places = {}
        for way in ways:
            if way.rule in active and _holds(haystack, way, first):
                found[way.rule] += _of_alternative(haystack, unit, way.alternative, first)
    return found


def _holds(haystack: str, way: Way, first: Places) -> bool:
    """Whether all patterns of a way match, and none that takes it away; where they match first is written down."""
    for pattern in way.patterns:
        if pattern not in first:
            first[pattern] = pattern.search(haystack)
        if first[pattern] is None:
            return False
    return not way.alternative.none or not any(pattern.search(haystack) for pattern in way.alternative.none)


def _of_alternative(haystack: str, unit: Unit, alternative: Alternative, first: Places) -> Iterator[Match]:
    """Each match of a single pattern or chain; the first of several. At least one part lies in the unit itself."""
    lead = len(haystack) - (unit.end - unit.start)
    if alternative.within:
        groups = _chains(haystack, alternative, first)
    elif len(alternative.all) > 1:
        groups = [[place for pattern in alternative.all if (place := first[pattern])]]
    else:
        # a match that begins in the lead-in is none of the unit, and must not hide one that is (乙方负责：乙方有权…)
        groups = [[place] for place in _all(haystack, alternative.all[0], lead, first)]
    for group in groups:
        if max(group)[0] >= lead:
            yield Match(unit, tuple([_span(unit, *place) for place in group]), alternative)


def _all(haystack: str, pattern: Pattern, start: int, first: Places) -> Iterator[Place]:
    """All places of a pattern from a start on; the first is not looked for again."""
    place = first[pattern]
    if place is None or place[0] < start or place[0] == place[1]:
        return pattern.finditer(haystack, start)
    return chain([place], pattern.finditer(haystack, place[1]))


def _chains(haystack: str, alternative: Alternative, first: Places) -> list[list[Place]]:
    """The patterns one behind another: each place of the last one, with the nearest that it can follow."""
    one, *others = alternative.all
    chains = [[place] for place in _all(haystack, one, 0, first)]
    for pattern, gap in zip(others, alternative.within, strict=True):
        if not chains:
            break
        chains = list(_longer(haystack, chains, _all(haystack, pattern, chains[0][0][0], first), gap))
    return chains


def _longer(haystack: str, chains: list[list[Place]], places: Iterator[Place], gap: int) -> Iterator[list[Place]]:
    """Each place behind the nearest chain that it can follow; places and chains stand in order."""
    stops = SENTENCE_STOPS if gap > PHRASE else PHRASE_STOPS
    begun = 0  # so many chains have their last place before this one
    for place in places:
        while begun < len(chains) and chains[begun][-1][0] <= place[0]:
            begun += 1
        for index in range(begun - 1, -1, -1):
            end = chains[index][-1][1]
            if place[0] - end > gap:
                break
            # one may overlap the other (随时调 and 调整)
            if place[1] > end and not stops.search(haystack, end, place[0]):
                yield [*chains[index], place]
                break


def _span(unit: Unit, start: int, end: int) -> Span:
    if not unit.lead:
        return Span(unit.start + start, unit.start + end)
    first = unit.place(start)
    return Span(first, unit.place(end - 1) + 1 if end > start else first)
