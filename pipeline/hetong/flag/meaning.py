"""Risks by what is meant: concepts that a sentence speaks of, and limits that neither it nor what stands near names.

Words come from `rules/concepts.yaml`, combinations from the field `meaning` of a rule. The same mitigations,
duty-bearers and negations hold as for patterns (`hetong.flag.kinds`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from hetong.document import Span
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.numerals import integer
from hetong.rulebook import Concepts, Meaning, Rule
from hetong.rulebook.concepts import Spoken

_POINTS: Final = re.compile(
    r"第\s{0,3}(?P<article>[0-9]{1,3}|[一二三四五六七八九十百]{1,5})\s{0,3}条"
    r"|(?<![0-9.])(?P<dotted>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?=条|款|项|的?约定)"
)


class Reading(NamedTuple):
    """What the sentences of a contract speak of, by number of the sentence; `bits` has a bit a concept."""

    places: Mapping[int, Sequence[Spoken]]
    bits: Mapping[int, int]


class _Way(NamedTuple):
    """A meaning made ready: `has` and the limits as bits."""

    rule: str
    meaning: Meaning
    has: tuple[int, ...]
    lacks: int
    near: int


def meant(view: View, rules: tuple[Rule, ...], active: set[str]) -> dict[str, list[Match]]:
    """All matches of meanings of the active rules, by rule id, in document order."""
    found: dict[str, list[Match]] = defaultdict(list)
    ways = _all_ways(rules)
    for concepts, anchored in _ways_of(rules):
        reading = view.once(reader_of(concepts))
        for index, places in sorted(reading.places.items()):
            asked = set().union(*(anchored[concept] for _, _, concept in places if concept in anchored))
            for way in (ways[number] for number in sorted(asked)):
                if way.rule in active and _holds(view, reading, index, way):
                    spans = _spans(view, reading, index, way)
                    found[way.rule].append(Match(view.sentences[index], spans, source="meaning", owes=way.meaning.owes))
    return found


@lru_cache(maxsize=4)
def reader_of(concepts: Concepts) -> Callable[[View], Reading]:
    """The function that reads a view for these concepts, always the same one, so that a view is read once."""

    def read(view: View) -> Reading:
        places = _by_sentence(view, concepts.find(view.text))
        return Reading(places, {index: _bits(concept for _, _, concept in there) for index, there in places.items()})

    return read


def _by_sentence(view: View, spoken: Sequence[Spoken]) -> dict[int, list[Spoken]]:
    """The places by number of the sentence that they lie in; those of a lead-in belong to each item below it."""
    places: defaultdict[int, list[Spoken]] = defaultdict(list)
    index, units = 0, view.sentences
    ends = [unit.end for unit in units]
    for place in spoken:
        while index < len(units) and ends[index] < place[1]:
            index += 1
        if index < len(units) and place[0] >= units[index].start:
            places[index].append(place)
    for index, (start, end) in view.leads("sentence"):
        if index in places:
            places[index] += [place for place in spoken if start <= place[0] and place[1] <= end]
    return places


@lru_cache(maxsize=4)
def _all_ways(rules: tuple[Rule, ...]) -> tuple[_Way, ...]:
    return tuple(
        _Way(rule.id, meaning, tuple(map(_bits, meaning.has)), _bits(meaning.lacks), _bits(meaning.lacks_near))
        for rule in rules
        for meaning in rule.meaning
    )


@lru_cache(maxsize=4)
def _ways_of(rules: tuple[Rule, ...]) -> tuple[tuple[Concepts, Mapping[int, Sequence[int]]], ...]:
    """For each lexicon the meanings by each concept of their first set: they are looked at where it is spoken of."""
    found: dict[Concepts, defaultdict[int, list[int]]] = {}
    for number, way in enumerate(_all_ways(rules)):
        anchored = found.setdefault(way.meaning.concepts, defaultdict(list))
        for concept in way.meaning.has[0]:
            anchored[concept].append(number)
    return tuple((concepts, dict(anchored)) for concepts, anchored in found.items())


def _bits(concepts: Iterable[int]) -> int:
    bits = 0
    for concept in concepts:
        bits |= 1 << concept
    return bits


def _holds(view: View, reading: Reading, index: int, way: _Way) -> bool:
    """Whether a sentence speaks of all that a meaning has, and neither it nor what is near names a limit."""
    present = reading.bits[index]
    if way.meaning.apart:
        present |= _bits_of(reading, _next(view, index))
    if present & way.lacks or not all(present & has for has in way.has):
        return False
    return not (way.near and _bits_of(reading, _near(view, index)) & way.near)


def _spans(view: View, reading: Reading, index: int, way: _Way) -> tuple[Span, ...]:
    """The words that tell of each concept, nearest to the first."""
    around = [index, *_next(view, index)] if way.meaning.apart else [index]
    places = [place for at in around for place in reading.places.get(at, ())]
    first = _nearest(reading.places[index], way.meaning.has[0], view.sentences[index].start)
    chosen = [first, *(_nearest(places, has, first[0]) for has in way.meaning.has[1:])]
    return tuple(Span(start, end) for start, end, _ in chosen)


def _nearest(places: Iterable[Spoken], has: frozenset[int], to: int) -> Spoken:
    """The place of one of some concepts that begins nearest to a position, the longest of those."""
    return min((place for place in places if place[2] in has), key=lambda place: (abs(place[0] - to), -place[1]))


def _next(view: View, index: int) -> Iterator[int]:
    """The sentence behind one, when it is of the same clause."""
    units = view.sentences
    if index + 1 < len(units) and units[index + 1].clause == units[index].clause:
        yield index + 1


def _bits_of(reading: Reading, indices: Iterable[int]) -> int:
    bits = 0
    for index in indices:
        bits |= reading.bits.get(index, 0)
    return bits


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
