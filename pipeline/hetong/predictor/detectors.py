"""Learned detectors at run time: for each rule a linear score of a stretch of text, from plain arrays in one pass.

Terms are words and pairs of words, found by one trie in a text whose parties are roles, whose
figures are one digit and whose blanks are one dash; concepts found by `hetong.rulebook.concepts` join them. The bag of
terms is binary, weighted by idf, and has length 1: scikit-learn's TfidfVectorizer(binary=True).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hetong.predictor.model import logistic
from hetong.trie import BETWEEN, CODES, Hits, Numbers, Trie, codes_of, sorted_out

_MARKS: Final = re.compile(r"[^\w\ue0b1\ue051]")  # terms across a comma weigh, but mean nothing to a reader
DECIDING: Final = 4  # words that are shown of a finding at most
# Characters of which a run says no more than its first: figures, names of parties (as roles), blanks, white space
_RUNS: Final = ("0123456789", ".,", "\ue0b1", "\ue051", "_＿【】", " \t\n\r\f\v\xa0\u3000")
_FIGURE, _POINT, _BLANK, _SPACE = 1, 2, 5, 6
_KINDS: Final = np.zeros(CODES, dtype=np.uint8)  # by character: which run, from 1 on, 0 for none
for _kind, _characters in enumerate(_RUNS, start=_FIGURE):
    _KINDS[list(map(ord, _characters))] = _kind
_GROUPS: Final = np.asarray([0, 1, 1, 3, 4, 5, 5], dtype=np.uint8)  # by kind: what goes on with one another
_SHOWN: Final = np.asarray(list(map(ord, "-0-\ue0b1\ue051_ ")), dtype=np.uint32)  # by kind; `-` stays as it is

Array = NDArray[np.float32]
Flags = NDArray[np.bool_]


class Stretch(NamedTuple):
    """A text to score, masked and folded, with the names of the concepts that it speaks of."""

    text: str
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Detectors:
    """A score for each of `rules`, `bias` + Σ `values`(term) / |x|, and its logistic(`slope` · score + `shift`).

    Terms are numbered first, then concepts. `values` (terms + concepts, rules) is idf · weight; `idf` (terms +
    concepts); `bias`, `slope`, `shift`, `thresholds`, `apart` (rules). A rule speaks from its threshold on, and from
    `apart` on where the text is about something else than the rule (`hetong.rulebook.Bounds`); `precision` (rules) is
    what the threshold gave on sentences of writers it had not learned from.
    """

    rules: tuple[str, ...]
    terms: tuple[str, ...]
    concepts: tuple[str, ...]
    trie: Trie
    values: Array
    idf: Array
    bias: Array
    slope: Array
    shift: Array
    thresholds: Array
    apart: Array
    precision: Array

    def probabilities(self, stretches: Sequence[Stretch]) -> Array:
        """(stretches, rules)."""
        return self.read([s.text for s in stretches], spoken_of(stretches, self.concepts), self.concepts).probabilities

    def read(self, texts: Sequence[str], spoken: Flags, names: Sequence[str]) -> Reading:
        """What is said of some texts, where `spoken` (texts, concepts) says which concepts of these names each has."""
        terms = TermsIn(texts, self.trie)
        bags = terms.bags(len(self.terms), self._own(spoken, names))
        totals = np.empty((len(bags), len(self.rules)), dtype=np.float32)
        ones = np.ones(len(self.idf), dtype=np.float32)
        for row, bag in enumerate(bags):
            np.dot(ones[: len(bag)], self.values.take(bag, axis=0), out=totals[row])  # faster than a sum
        scores = totals / _lengths(bags, self.idf)[:, None] + self.bias
        return Reading(logistic(scores * self.slope + self.shift), terms, self)

    def _own(self, spoken: Flags, names: Sequence[str]) -> Flags:
        """The columns of the concepts that the detectors know, in their order."""
        if tuple(names) == self.concepts:
            return spoken
        number = {name: n for n, name in enumerate(names)}
        none = np.zeros((len(spoken), 1), dtype=bool)
        return np.hstack([spoken, none])[:, [number.get(name, -1) for name in self.concepts]]


class Reading(NamedTuple):
    """What detectors say of some texts: `probabilities` (texts, rules), and why."""

    probabilities: Array
    terms: TermsIn
    detectors: Detectors

    def deciding(self, row: int, rule: int, behind: int = 0) -> list[tuple[int, int]]:
        """The places in a text, behind some characters, of the words that spoke most for a rule, in order.

        None lies inside another; of words that weigh the same the longest is shown.
        """
        found = self.terms.of(row, behind)
        weights = self.detectors.values[found.words, rule]
        chosen: list[tuple[int, int]] = []
        for hit in np.lexsort((found.starts, found.starts - found.ends, -weights)).tolist():
            start, end = int(found.starts[hit]), int(found.ends[hit])
            if weights[hit] <= 0 or len(chosen) == DECIDING:
                break
            if self.terms.is_word(start, end) and all(end <= other or start >= last for other, last in chosen):
                chosen.append((start, end))
        return sorted(self.terms.place(row, start, end) for start, end in chosen)


def _lengths(bags: Sequence[Numbers], idf: Array) -> Array:
    """The length of each bag of terms; 1 for an empty one."""
    rows = np.repeat(np.arange(len(bags)), [len(bag) for bag in bags])
    squares = np.square(idf.take(np.concatenate([np.zeros(0, dtype=np.intp), *bags])))
    sums = np.bincount(rows, squares, minlength=len(bags))
    return np.sqrt(np.where(sums > 0, sums, 1)).astype(np.float32)


def spoken_of(stretches: Sequence[Stretch], names: Sequence[str]) -> Flags:
    """(stretches, concepts): which concepts of these names each speaks of."""
    number = {name: n for n, name in enumerate(names)}
    spoken = np.zeros((len(stretches), len(names)), dtype=bool)
    for row, stretch in enumerate(stretches):
        spoken[row, [number[name] for name in stretch.concepts if name in number]] = True
    return spoken


class TermsIn:
    """The terms in some texts, masked and folded, all looked for at once; places are those in `plain` texts."""

    def __init__(self, texts: Sequence[str], trie: Trie) -> None:
        whole = BETWEEN.join(texts)
        self._shown, places = _read(whole)
        self._places = np.append(places, len(whole))
        lengths = [len(text) + 1 for text in texts]
        self._starts = np.cumsum([0, *lengths])
        self._hits = trie.find(self._shown)
        self._rows = np.repeat(np.arange(len(texts)), lengths).take(places.take(self._hits.starts))  # by hit

    def bags(self, terms: int, spoken: Flags) -> list[Numbers]:
        """The numbers of the terms and concepts of each text, each once, ascending.

        Args:
            terms: how many there are; concepts are numbered behind them.
            spoken: (texts, concepts).
        """
        width = terms + spoken.shape[1]
        at = np.flatnonzero(spoken)  # row · concepts + concept; a nonzero by rows takes twice as long
        concepts = at + terms * (at // (spoken.shape[1] or 1) + 1)
        return sorted_out(np.append(self._rows * width + self._hits.words, concepts), len(spoken), width)

    def of(self, row: int, behind: int) -> Hits:
        """The terms of one text that begin behind some of its characters."""
        there = np.flatnonzero(self._rows == row)
        behind_it = self._places.take(self._hits.starts.take(there)) >= self._starts[row] + behind
        return Hits(*(column.take(there[behind_it]) for column in self._hits))

    def is_word(self, start: int, end: int) -> bool:
        """Whether a term is more than one character, and no marks."""
        return end - start > 1 and not _MARKS.search(self._shown, start, end)

    def place(self, row: int, start: int, end: int) -> tuple[int, int]:
        """Where a term stands in its text."""
        return int(self._places[start] - self._starts[row]), int(self._places[end] - self._starts[row])


def plain(text: str) -> str:
    """A text with each run of figures, of a party's name, of blanks and of white space as one character."""
    return _read(text)[0]


def _read(text: str) -> tuple[str, Numbers]:
    """A text with each run as one character, and where each of its characters stood."""
    codes = codes_of(text)
    kinds = _KINDS.take(codes)
    runs = kinds > 0
    runs[1:] |= runs[:-1]  # with the one character behind each that parts it from the next
    at = np.flatnonzero(runs)
    kinds = kinds.take(at)
    shown = codes.copy()
    shown[at] = np.where((kinds == 0) | (kinds == _POINT), codes.take(at), _SHOWN.take(kinds))
    first = np.ones(len(codes), dtype=bool)
    first[at[1:][_goes_on(kinds)]] = False
    places = np.flatnonzero(first)
    return shown.take(places).tobytes().decode("utf-32-le", "surrogatepass"), places


def _goes_on(kinds: NDArray[np.uint8]) -> Flags:
    """By character but the first, from the kinds of all: whether it goes on with a run.

    Points and commas go on with figures, white space with blanks, once there was one.
    """
    place = np.arange(len(kinds))
    groups = _GROUPS.take(kinds)
    same = groups[1:] == groups[:-1]
    begun = np.maximum.accumulate(np.where(np.append(True, ~same)[: len(kinds)], place, 0))
    leads = np.maximum.accumulate(np.where((kinds == _FIGURE) | (kinds == _BLANK), place, -1))
    alike = (kinds[1:] == kinds[:-1]) & (kinds[1:] > _POINT)
    return np.asarray(alike | same & (leads >= begun)[:-1])


def detectors_of(rules: Iterable[str], terms: Iterable[str], concepts: Iterable[str], **arrays: Array) -> Detectors:
    """Detectors with the trie of their terms."""
    terms = tuple(terms)
    return Detectors(tuple(rules), terms, tuple(concepts), Trie(terms), **arrays)


def _none() -> Detectors:
    empty = np.zeros(0, dtype=np.float32)
    names = ("idf", "bias", "slope", "shift", "thresholds", "apart", "precision")
    return detectors_of((), (), (), values=np.zeros((0, 0), dtype=np.float32), **dict.fromkeys(names, empty))


OFF: Final = _none()  # no detectors: words and meanings alone
