"""Risks by what is meant: concepts that a sentence speaks of, and limits that neither it nor what stands near names.

Words come from `rules/concepts.yaml`, combinations from the field `meaning` of a rule. The same mitigations,
duty-bearers and negations hold as for patterns (`hetong.flag.kinds`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hetong.document import Span
from hetong.flag.matching import Match
from hetong.flag.view import Unit, View
from hetong.numerals import integer
from hetong.rulebook import Concepts, Meaning, Rule
from hetong.rulebook.concepts import Spoken
from hetong.trie import Numbers

_POINTS: Final = re.compile(
    r"第\s{0,3}(?P<article>[0-9]{1,3}|[一二三四五六七八九十百]{1,5})\s{0,3}条"
    r"|(?<![0-9.])(?P<dotted>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?=条|款|项|的?约定)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the sentences of a contract speak of.

    `places` are the words that speak of concepts, `at` the number of the sentence that holds each, -1 for none, and
    `spoken` (sentences, concepts) is what each sentence speaks of, with what announces it.
    """

    places: Spoken
    at: Numbers
    spoken: NDArray[np.bool_]

    def in_sentence(self, number: int, unit: Unit) -> list[tuple[int, int, int]]:
        """(start, end, concept) of the places of a sentence and of what announces it."""
        there = self.at == number
        if unit.lead:
            there |= _inside(self.places, *unit.lead)
        return self.places.at(np.flatnonzero(there)).rows()


class _Way(NamedTuple):
    """A meaning of a rule."""

    rule: str
    meaning: Meaning


def meant(view: View, rules: tuple[Rule, ...], active: set[str]) -> dict[str, list[Match]]:
    """All matches of meanings of the active rules, by rule id, in document order."""
    found: dict[str, list[Match]] = defaultdict(list)
    for concepts, ways in _ways_of(rules):
        reading = view.once(reader_of(concepts))
        sentences = _Sentences(view, reading.spoken)
        for way in ways:
            if sentences.may_mean(way.meaning) and way.rule in active:
                found[way.rule] += _of_meaning(view, reading, sentences, way.meaning)
    for those in found.values():
        those.sort(key=lambda match: match.unit.start)
    return found


def _of_meaning(view: View, reading: Reading, sentences: _Sentences, meaning: Meaning) -> Iterator[Match]:
    """The sentences that mean it, with the words that tell, where nothing near names a limit."""
    for index in sentences.that_mean(meaning):
        if not _limited(view, reading, index, meaning):
            spans = _spans(view, reading, index, meaning)
            yield Match(view.sentences[index], spans, source="meaning", owes=meaning.owes)


@lru_cache(maxsize=4)
def reader_of(concepts: Concepts) -> Callable[[View], Reading]:
    """The function that reads a view for these concepts, always the same one, so that a view is read once."""

    def read(view: View) -> Reading:
        places = concepts.find(view.text)
        units = view.unit_at("sentence")
        first = units.take(places.starts)
        at = np.where(first == units.take(places.ends - 1), first, -1)
        spoken = np.zeros((len(view.sentences) + 1, len(concepts.names)), dtype=bool)
        spoken[at, places.concepts] = True  # what lies in no sentence falls into the last row
        for lead, below in view.announced("sentence").items():
            there = places.concepts[_inside(places, *lead)]
            spoken[np.asarray(below)[:, None], there] = True
        return Reading(places, at, spoken[:-1])

    return read


def _inside(places: Spoken, start: int, end: int) -> NDArray[np.bool_]:
    """Which places lie in a stretch of text."""
    return (places.starts >= start) & (places.ends <= end)


@lru_cache(maxsize=4)
def _ways_of(rules: tuple[Rule, ...]) -> tuple[tuple[Concepts, Sequence[_Way]], ...]:
    """For each lexicon the meanings in its concepts."""
    found: dict[Concepts, list[_Way]] = defaultdict(list)
    for rule in rules:
        for meaning in rule.meaning:
            found[meaning.concepts].append(_Way(rule.id, meaning))
    return tuple(found.items())


class _Sentences:
    """The sentences of a contract by what they speak of: a contract is asked for a meaning at once."""

    def __init__(self, view: View, spoken: NDArray[np.bool_]) -> None:
        self._view = view
        self._spoken = spoken
        self._anywhere = set(np.flatnonzero(spoken.any(axis=0)).tolist())
        self._read: dict[int, list[int]] = {}

    def may_mean(self, meaning: Meaning) -> bool:
        """Whether the contract speaks of all that a meaning has, wherever: few meanings are asked any further."""
        return not any(map(self._anywhere.isdisjoint, meaning.has))

    def that_mean(self, meaning: Meaning) -> list[int]:
        """The numbers of the sentences that speak of all that a meaning has and of nothing that it lacks."""
        left = self._that_speak(meaning.has[0])
        for has in meaning.has[1:]:
            if not left:
                return []
            left &= self._near(has, meaning)
        return sorted(left - self._near(meaning.lacks, meaning)) if left else []

    def _that_speak(self, concepts: Iterable[int]) -> set[int]:
        """The sentences that speak of one of some concepts."""
        return {index for concept in concepts for index in self._of(concept)}

    def _of(self, concept: int) -> list[int]:
        if concept not in self._read:
            self._read[concept] = self._spoken[:, concept].nonzero()[0].tolist()
        return self._read[concept]

    def _near(self, concepts: Iterable[int], meaning: Meaning) -> set[int]:
        """Sentences that speak of one of some concepts, or are followed by one that does where that counts."""
        here = self._that_speak(concepts)
        return here | {index - 1 for index in here if index in _next(self._view, index - 1)} if meaning.apart else here


def _limited(view: View, reading: Reading, index: int, meaning: Meaning) -> bool:
    """Whether what stands near a sentence names a limit."""
    if not meaning.lacks_near:
        return False
    return bool(reading.spoken[np.ix_(_near(view, index), list(meaning.lacks_near))].any())


def _spans(view: View, reading: Reading, index: int, meaning: Meaning) -> tuple[Span, ...]:
    """The words that tell of each concept, nearest to the first."""
    unit = view.sentences[index]
    here = reading.in_sentence(index, unit)
    first = _nearest(here, meaning.has[0], unit.start)
    beside = _next(view, index) if meaning.apart else ()
    places = [*here, *(place for at in beside for place in reading.in_sentence(at, view.sentences[at]))]
    chosen = [first, *(_nearest(places, has, first[0]) for has in meaning.has[1:])]
    return tuple(Span(start, end) for start, end, _ in chosen)


def _nearest(places: Iterable[tuple[int, int, int]], has: frozenset[int], to: int) -> tuple[int, int, int]:
    """The place of one of some concepts that begins nearest to a position, the longest of those."""
    return min((place for place in places if place[2] in has), key=lambda place: (abs(place[0] - to), -place[1]))


def _next(view: View, index: int) -> Iterator[int]:
    """The sentence behind one, when it is of the same clause."""
    units = view.sentences
    if index + 1 < len(units) and units[index + 1].clause == units[index].clause:
        yield index + 1


def _near(view: View, index: int) -> list[int]:
    """The sentences of the clause that holds a sentence, of those beside it, and of those that it points to."""
    clause = view.sentences[index].clause
    near = view.once(_neighbours)
    return [at for other in near.beside(clause) for at in near.sentences.get(other, ())]


class _Neighbours:
    """Which clauses stand beside which, and which sentences are theirs."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.sentences: defaultdict[int, list[int]] = defaultdict(list)
        for index, unit in enumerate(view.sentences):
            self.sentences[unit.clause].append(index)
        self._below: defaultdict[int | None, list[int]] = defaultdict(list)
        for index, clause in enumerate(view.contract.clauses):
            self._below[clause.parent].append(index)
        self._ids = {clause.id: index for index, clause in enumerate(view.contract.clauses)}

    def beside(self, clause: int) -> Iterator[int]:
        """The clause, those below the same article, those below it, and those that it points to."""
        contract = self._view.contract
        parent = contract.clauses[clause].parent
        yield clause
        yield from self._below[clause]
        if parent is not None:
            yield parent
            yield from self._below[parent]
        text = self._view.text[contract.clauses[clause].start : contract.clauses[clause].end]
        for match in _POINTS.finditer(text):
            target = self._ids.get(match["dotted"] or str(integer(match["article"])))
            if target is not None:
                yield target
                yield from self._below[target]


def _neighbours(view: View) -> _Neighbours:
    return _Neighbours(view)
