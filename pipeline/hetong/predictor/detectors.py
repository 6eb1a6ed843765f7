"""Learned detectors at run time: for each rule a linear score of a stretch of text, from plain arrays in one pass.

Terms are character n-grams and words, found by one Aho-Corasick automaton in a text whose parties are roles, whose
figures are one digit and whose blanks are one dash; concepts found by `hetong.rulebook.concepts` join them. The bag of
terms is binary, weighted by idf, and has length 1: scikit-learn's TfidfVectorizer(binary=True).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick
from numpy.typing import NDArray

from hetong.predictor.model import logistic

# Runs that say no more than their first character: figures, names of parties (as roles), blanks, white space
_RUNS: Final = re.compile(r"[0-9][0-9.,]*|(\ue0b1|\ue051)\1+|[_＿]+|【[\s_]*】|\s+")
_MARKS: Final = re.compile(r"[^\w\ue0b1\ue051]")  # terms across a comma weigh, but mean nothing to a reader
DECIDING: Final = 4  # words that are shown of a finding at most

Array = NDArray[np.float32]


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
    automaton: AhoCorasick
    concept_numbers: Mapping[str, int]
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
        scores = np.tile(self.bias, (len(stretches), 1))
        for row, stretch in enumerate(stretches):
            at = self.features(stretch)
            if len(at):
                scores[row] += self.values[at].sum(axis=0) / float(np.sqrt(np.square(self.idf[at]).sum()))
        return logistic(scores * self.slope + self.shift)

    def features(self, stretch: Stretch) -> NDArray[np.int64]:
        """The numbers of its terms and concepts, each once, ascending."""
        return bag_of(plain(stretch.text), stretch.concepts, self.automaton, self.concept_numbers)

    def deciding(self, text: str, rule: int) -> list[tuple[int, int]]:
        """The places in a text of the words that spoke most for a rule, none inside another, in order."""
        shown, places = plain(text), plain_places(text)
        hits = self.automaton.find_matches_as_indexes(shown, overlapping=True)
        weighed = sorted(((float(self.values[term, rule]), start, end) for term, start, end in hits), reverse=True)
        chosen: list[tuple[int, int]] = []
        for weight, start, end in weighed:
            apart = all(end <= other or start >= last for other, last in chosen)
            is_word = end - start > 1 and not _MARKS.search(shown, start, end)
            if weight > 0 and is_word and apart and len(chosen) < DECIDING:
                chosen.append((start, end))
        return sorted((places[start], places[end]) for start, end in chosen)


def bag_of(
    shown: str, concepts: Iterable[str], automaton: AhoCorasick, concept_numbers: Mapping[str, int]
) -> NDArray[np.int64]:
    """The numbers of the terms in a plain text and of some concepts, each once, ascending: in training and in use."""
    found = {index for index, _, _ in automaton.find_matches_as_indexes(shown, overlapping=True)}
    found.update(concept_numbers[concept] for concept in concepts if concept in concept_numbers)
    return np.asarray(sorted(found), dtype=np.int64)


def plain(text: str) -> str:
    """A text with each run of figures, of a party's name, of blanks and of white space as one character."""
    return _RUNS.sub(_first, text)


def _first(run: re.Match[str]) -> str:
    character = run[0][0]
    return "0" if character.isdigit() else "_" if character in "_＿【" else " " if character.isspace() else character


def plain_places(text: str) -> list[int]:
    """Where each character of `plain(text)` begins in the text, and its end."""
    places: list[int] = []
    at = 0
    for run in _RUNS.finditer(text):
        places += range(at, run.start() + 1)
        at = run.end()
    return [*places, *range(at, len(text) + 1)]


def detectors_of(rules: Iterable[str], terms: Iterable[str], concepts: Iterable[str], **arrays: Array) -> Detectors:
    """Detectors with the automaton of their terms."""
    terms, concepts = tuple(terms), tuple(concepts)
    automaton, numbers = finders(terms, concepts)
    return Detectors(tuple(rules), terms, concepts, automaton, numbers, **arrays)


def finders(terms: Sequence[str], concepts: Iterable[str]) -> tuple[AhoCorasick, dict[str, int]]:
    """What finds the terms in a plain text, and the number of each concept, behind those of the terms."""
    return AhoCorasick(list(terms)), {concept: n for n, concept in enumerate(concepts, start=len(terms))}


def _none() -> Detectors:
    empty = np.zeros(0, dtype=np.float32)
    names = ("idf", "bias", "slope", "shift", "thresholds", "apart", "precision")
    return detectors_of((), (), (), values=np.zeros((0, 0), dtype=np.float32), **dict.fromkeys(names, empty))


OFF: Final = _none()  # no detectors: words and meanings alone
