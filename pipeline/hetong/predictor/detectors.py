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
        scores = np.tile(self.bias, (len(texts), 1))
        terms = TermsIn(texts, self.trie)
        squares, ones = np.square(self.idf), np.ones(len(self.idf), dtype=np.float32)
        for row, found in enumerate(terms.bags(len(self.terms), self._own(spoken, names))):
            total = ones[: len(found)] @ self.values.take(found, axis=0)  # faster than a sum along the other axis
            scores[row] += total / np.sqrt(squares.take(found).sum() or 1.0)
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
        codes, kinds, first = _read(whole)
        self._shown = _shown(codes, kinds, first)
        self._places = np.append(np.flatnonzero(first), len(codes))
        self._starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
        self._hits = trie.find(self._shown)
        self._rows = np.searchsorted(self._starts, self._places, side="right") - 1

    def bags(self, terms: int, spoken: Flags) -> list[Numbers]:
        """The numbers of the terms and concepts of each text, each once, ascending.

        Args:
            terms: how many there are; concepts are numbered behind them.
            spoken: (texts, concepts).
        """
        width = terms + spoken.shape[1]
        rows, concepts = np.nonzero(spoken)
        found = np.append(self._rows[self._hits.starts] * width + self._hits.words, rows * width + terms + concepts)
        return sorted_out(found, len(spoken), width)

    def of(self, row: int, behind: int) -> Hits:
        """The terms of one text that begin behind some of its characters."""
        start, end = np.searchsorted(self._places, (self._starts[row] + behind, self._starts[row + 1] - 1))
        there = (self._hits.starts >= start) & (self._hits.ends <= end)
        return Hits(*(column[there] for column in self._hits))

    def is_word(self, start: int, end: int) -> bool:
        """Whether a term is more than one character, and no marks."""
        return end - start > 1 and not _MARKS.search(self._shown, start, end)

    def place(self, row: int, start: int, end: int) -> tuple[int, int]:
        """Where a term stands in its text."""
        return int(self._places[start] - self._starts[row]), int(self._places[end] - self._starts[row])


def plain(text: str) -> str:
    """A text with each run of figures, of a party's name, of blanks and of white space as one character."""
    return _shown(*_read(text))


def _shown(codes: NDArray[np.uint32], kinds: NDArray[np.uint8], first: Flags) -> str:
    shown = np.where((kinds == 0) | (kinds == _POINT), codes, _SHOWN[kinds])[first]
    return shown.tobytes().decode("utf-32-le", "surrogatepass")


def _read(text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint8], Flags]:
    """By character of a text: the code, the kind of run that it is of, and whether it is the first of a run.

    Points and commas go on with figures, white space with blanks.
    """
    codes = codes_of(text)
    kinds = _KINDS[codes]
    goes_on = (kinds[1:] == kinds[:-1]) & (kinds[1:] > _POINT)
    goes_on |= _goes_on(kinds, _FIGURE, _POINT) | _goes_on(kinds, _BLANK, _SPACE)
    return codes, kinds, np.append(True, ~goes_on)[: len(codes)]


def _goes_on(kinds: NDArray[np.uint8], kind: int, with_it: int) -> Flags:
    """By character but the first: whether it is of one of two kinds, and none but these stand between one and it."""
    place = np.arange(len(kinds))
    of_these = (kinds == kind) | (kinds == with_it)
    begun = np.maximum.accumulate(np.where(kinds == kind, place, -1))
    broken = np.maximum.accumulate(np.where(of_these, -1, place))
    return np.asarray(of_these[1:] & (begun > broken)[:-1])


def detectors_of(rules: Iterable[str], terms: Iterable[str], concepts: Iterable[str], **arrays: Array) -> Detectors:
    """Detectors with the trie of their terms."""
    terms = tuple(terms)
    return Detectors(tuple(rules), terms, tuple(concepts), Trie(terms), **arrays)


def _none() -> Detectors:
    empty = np.zeros(0, dtype=np.float32)
    names = ("idf", "bias", "slope", "shift", "thresholds", "apart", "precision")
    return detectors_of((), (), (), values=np.zeros((0, 0), dtype=np.float32), **dict.fromkeys(names, empty))


OFF: Final = _none()  # no detectors: words and meanings alone
