"""Runs the patterns of all rules over all units at once: an Aho-Corasick pass first, then only what can match."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from hetong.document import Span
from hetong.flag.literals import required_words
from hetong.flag.view import Unit, View
from hetong.rulebook import Alternative, Rule, Scope


@dataclass(frozen=True, slots=True)
class Match:
    """Where an alternative of a rule matched: the unit, and one span for each of its patterns."""

    unit: Unit
    spans: tuple[Span, ...]
    alternative: Alternative

    @property
    def hull(self) -> Span:
        """The stretch from the first matched word to the last; parts in the lead-in stay out when there are others."""
        inside = [s for s in self.spans if s.start >= self.unit.start] or list(self.spans)
        return Span(min(s.start for s in inside), max(s.end for s in inside))


class Gate:
    """Tells, for each unit of a view, which words of the patterns are present in it."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self.words = {p: required_words(p.pattern) for p in patterns}
        self._automaton = ahocorasick.Automaton()
        for word in set().union(*self.words.values()):
            self._automaton.add_word(word, word)
        if self._automaton:
            self._automaton.make_automaton()

    def hits(self, text: str) -> list[tuple[int, str]]:
        """(position, word) of every word present in the text, ascending by position of its last character."""
        return list(self._automaton.iter(text)) if len(self._automaton) else []

    def open(self, pattern: re.Pattern[str], present: set[str]) -> bool:
        """Whether the pattern can match where these words are present."""
        words = self.words[pattern]
        return not words or not words.isdisjoint(present)


@lru_cache(maxsize=8)
def gate_of(rules: tuple[Rule, ...]) -> Gate:
    """The gate of a set of rules; built once a process, since building costs more than one contract."""
    return Gate(list(dict.fromkeys(p for r in rules for a in r.match for p in (*a.all, *a.none))))


def matches(view: View, rules: tuple[Rule, ...]) -> dict[str, list[Match]]:
    """All matches of all rules with patterns, by rule id, in document order."""
    gate = gate_of(rules)
    hits = gate.hits(view.text)
    found: dict[str, list[Match]] = defaultdict(list)
    scopes: set[Scope] = {r.scope for r in rules if r.match}
    for scope in sorted(scopes):
        units = view.units(scope)
        present = _present(units, hits)
        armed = _armed([r for r in rules if r.match and r.scope == scope], gate)
        for unit, words in zip(units, present, strict=True):
            if words or None in armed:
                _match_unit(view.text, unit, words, armed, gate, found)
    return found


def _present(units: Sequence[Unit], hits: list[tuple[int, str]]) -> list[set[str]]:
    """The words present in each unit, those of its lead-in included."""
    ends = [end for end, _ in hits]

    def between(start: int, end: int) -> set[str]:
        return {hits[i][1] for i in range(bisect_right(ends, start - 1), bisect_right(ends, end - 1))}

    return [between(u.start, u.end) | (between(*u.lead) if u.lead else set()) for u in units]


Armed = dict[str | None, list[tuple[Rule, Alternative]]]


def _armed(rules: list[Rule], gate: Gate) -> Armed:
    """The alternatives by the words that make them worth trying; None holds those without any."""
    armed: Armed = defaultdict(list)
    for rule in rules:
        for alternative in rule.match:
            gated = [gate.words[p] for p in alternative.all if gate.words[p]]
            key = min(gated, key=lambda words: (-min(map(len, words)), len(words)), default=frozenset({None}))
            for word in key:
                armed[word].append((rule, alternative))
    return dict(armed)


def _match_unit(
    text: str, unit: Unit, present: set[str], armed: Armed, gate: Gate, found: dict[str, list[Match]]
) -> None:
    haystack: str | None = None
    tried: set[int] = set()
    for word in (*present, None):
        for rule, alternative in armed.get(word, ()):
            if id(alternative) in tried or not all(gate.open(p, present) for p in alternative.all):
                continue
            tried.add(id(alternative))
            haystack = haystack if haystack is not None else unit.haystack(text)
            for match in _of_alternative(haystack, unit, alternative):
                found[rule.id].append(match)


def _of_alternative(haystack: str, unit: Unit, alternative: Alternative) -> Iterator[Match]:
    """Each match of a single pattern; the first of several, of which at least one part lies in the unit itself."""
    if any(p.search(haystack) for p in alternative.none):
        return
    first, *others = alternative.all
    rest = [p.search(haystack) for p in others]
    if not all(rest):
        return
    for match in first.finditer(haystack):
        spans = tuple(_span(unit, m) for m in (match, *rest) if m)
        if any(s.start >= unit.start for s in spans):
            yield Match(unit, spans, alternative)
        if others:
            return


def _span(unit: Unit, match: re.Match[str]) -> Span:
    return Span(
        unit.place(match.start()),
        unit.place(match.end() - 1) + 1 if match.end() > match.start() else unit.place(match.start()),
    )
