"""Runs the patterns of all rules over all units at once, of each unit only those that the gate lets through."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from hetong.document import FindingSource, Severity, Span
from hetong.flag.gate import Way, gates_of
from hetong.flag.view import Unit, View
from hetong.rulebook import Alternative, Pattern, Rule

PHRASE: Final = 16  # a gap of no more stays in its part of the sentence
SENTENCE_STOPS: Final = "。；！？\n"
PHRASE_STOPS: Final = SENTENCE_STOPS + "，"
NO_PATTERNS: Final = Alternative(())


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
    for unit, ways in gates_of(rules).candidates(view):
        _match_unit(unit, unit.haystack(view.text), [way for way in ways if way.rule in active], found)
    return found


def _match_unit(unit: Unit, haystack: str, ways: Sequence[Way], found: dict[str, list[Match]]) -> None:
    seen: dict[Pattern, re.Match[str] | None] = {}  # rules share word classes: each is looked for once a unit
    for way in ways:
        for pattern in way.patterns:
            if pattern not in seen:
                seen[pattern] = pattern.search(haystack)
            if seen[pattern] is None:
                break
        else:
            if not any(pattern.search(haystack) for pattern in way.alternative.none):
                found[way.rule] += _of_alternative(haystack, unit, way.alternative, seen)


def _of_alternative(
    haystack: str, unit: Unit, alternative: Alternative, seen: Mapping[Pattern, re.Match[str] | None]
) -> Iterator[Match]:
    """Each match of a single pattern or chain; the first of several. At least one part lies in the unit itself."""
    groups: Sequence[Sequence[re.Match[str]]]
    if alternative.within:
        groups = _chains(haystack, alternative, seen)
    elif len(alternative.all) > 1:
        groups = [[m for p in alternative.all if (m := seen[p])]]
    else:
        # a match that begins in the lead-in is none of the unit, and must not hide one that is (乙方负责：乙方有权…)
        lead = len(haystack) - (unit.end - unit.start)
        groups = [[m] for m in alternative.all[0].finditer(haystack, max(lead, _start(seen, alternative.all[0])))]
    for group in groups:
        spans = tuple(_span(unit, m) for m in group)
        if any(s.start >= unit.start for s in spans):
            yield Match(unit, spans, alternative)


def _start(seen: Mapping[Pattern, re.Match[str] | None], pattern: Pattern) -> int:
    """Where the first match of a pattern begins that was looked for before: nothing has to be looked for before it."""
    first = seen[pattern]
    return first.start() if first else 0


def _chains(
    haystack: str, alternative: Alternative, seen: Mapping[Pattern, re.Match[str] | None]
) -> list[list[re.Match[str]]]:
    """The patterns one behind another: each match of the last one, with the nearest that it can follow."""
    one, *others = alternative.all
    chains = [[match] for match in one.finditer(haystack, _start(seen, one))]
    for pattern, gap in zip(others, alternative.within, strict=True):
        if not chains:
            return []
        longer = []
        for match in pattern.finditer(haystack, max(_start(seen, pattern), chains[0][0].start())):
            chain = next((c for c in _near(chains, match, gap) if _follows(haystack, c[-1], match, gap)), None)
            if chain is not None:
                longer.append([*chain, match])
        chains = longer
    return chains


def _near(chains: list[list[re.Match[str]]], match: re.Match[str], gap: int) -> Iterator[list[re.Match[str]]]:
    """The chains that end at most a gap before a match, the nearest first; matches of one pattern stand in order."""
    for index in reversed(range(bisect_right(chains, match.start(), key=lambda c: c[-1].start()))):
        if match.start() - chains[index][-1].end() > gap:
            return
        yield chains[index]


def _follows(haystack: str, before: re.Match[str], match: re.Match[str], gap: int) -> bool:
    """Whether a match stands behind another, overlap allowed (随时调 and 调整), no farther than the gap."""
    if match.end() <= before.end():
        return False
    stops = SENTENCE_STOPS if gap > PHRASE else PHRASE_STOPS
    return not any(stop in haystack[before.end() : match.start()] for stop in stops)


def _span(unit: Unit, match: re.Match[str]) -> Span:
    start = unit.place(match.start())
    return Span(start, unit.place(match.end() - 1) + 1 if match.end() > match.start() else start)
