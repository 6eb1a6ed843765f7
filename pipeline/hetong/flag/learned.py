"""Risks by what was learned: detectors score each stretch of up to four sentences, and show the words that decided.

The mitigations of a rule hold for its detector too (`hetong.flag.kinds`), but for the negation, which it has seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hetong.document import Severity, Span
from hetong.flag.matching import Match
from hetong.flag.meaning import reader_of
from hetong.flag.view import Unit, View
from hetong.predictor import Detectors, Stretch
from hetong.predictor.detectors import Reading
from hetong.rulebook import RULES, Bounds, Rule, load_concepts

MOST_SENTENCES: Final = 4
LONGEST: Final = 240  # characters of a stretch, but for a single sentence
LEAST: Final = 12  # characters that say something
CERTAIN: Final = 0.95  # precision below which a detector alone is never of high severity


class Windows(NamedTuple):
    """Stretches of sentences of one clause, read together: number `first` to `last` of the sentences, and their text.

    `spoken` (windows, concepts) says which concepts of `names` each speaks of.
    """

    first: list[int]
    last: list[int]
    texts: list[str]
    spoken: NDArray[np.bool_]
    names: tuple[str, ...]

    def concepts(self, window: int) -> tuple[str, ...]:
        """The names of the concepts that a window speaks of, in order."""
        return tuple(sorted(self.names[number] for number in np.flatnonzero(self.spoken[window])))

    def stretches(self) -> Iterator[Stretch]:
        """Each window by itself."""
        return (Stretch(text, self.concepts(window)) for window, text in enumerate(self.texts))


def learned(view: View, detectors: Detectors, rules: Iterable[Rule]) -> dict[str, list[Match]]:
    """All that detectors of the active rules speak of, by rule id, in document order."""
    found: dict[str, list[Match]] = defaultdict(list)
    active = {rule.id: rule for rule in rules}
    asked = [number for number, name in enumerate(detectors.rules) if name in active]
    if not asked:
        return found
    read = windows(view)
    said = detectors.read(read.texts, read.spoken, read.names)
    for window, number in np.argwhere(said.probabilities[:, asked] >= detectors.thresholds[asked]).tolist():
        rule, probability = asked[number], float(said.probabilities[window, asked[number]])
        name = detectors.rules[rule]
        if _heard(active[name].detector, read.concepts(window), probability, float(detectors.apart[rule])):
            most: Severity = "high" if detectors.precision[rule] >= CERTAIN else "medium"
            unit, words = _deciding(view, read, window, said, rule)
            found[name].append(Match(unit, words, source="detector", confidence=round(probability, 2), most=most))
    return found


def _heard(bounds: Bounds | None, spoken: Collection[str], probability: float, apart: float) -> bool:
    """Whether a detector is sure enough for what the text is about, and nothing takes its finding away."""
    if bounds is None:
        return True
    if bounds.take_away(spoken):
        return False
    return probability >= apart or bounds.cover(spoken)


def windows(view: View) -> Windows:
    """The stretches of all clauses that are read: a short paragraph whole, a longer one in overlapping parts."""
    concepts = load_concepts(RULES)
    runs = [part for paragraph in _paragraphs(view) for part in _parts(paragraph, view.sentences)]
    runs = [run for run in runs if _says(view, run)]
    first, last = [run[0] for run in runs], [run[-1] for run in runs]
    spoken = view.once(reader_of(concepts)).spoken
    so_far = np.vstack([np.zeros((1, len(concepts.names)), dtype=np.int32), np.cumsum(spoken, axis=0, dtype=np.int32)])
    inside = so_far[np.asarray(last, dtype=np.intp) + 1] > so_far[np.asarray(first, dtype=np.intp)]
    return Windows(first, last, [_text(view, run) for run in runs], inside, concepts.names)


def _paragraphs(view: View) -> Iterator[list[int]]:
    """The numbers of the sentences of one clause that one block prints."""
    blocks = np.asarray([block.start for block in view.contract.blocks], dtype=np.intp)
    starts = np.asarray([unit.start for unit in view.sentences], dtype=np.intp)
    block = np.searchsorted(blocks, starts, side="right").tolist()
    for _, group in groupby(enumerate(view.sentences), key=lambda entry: (entry[1].clause, block[entry[0]])):
        yield [index for index, _ in group]


def _says(view: View, run: Sequence[int]) -> bool:
    """Whether a run of sentences is long enough, and no row of a table."""
    start, end = view.sentences[run[0]].start, view.sentences[run[-1]].end
    return end - start >= LEAST and view.text.find("\t", start, end) < 0


def _text(view: View, run: Sequence[int]) -> str:
    first, last = view.sentences[run[0]], view.sentences[run[-1]]
    lead = view.text[slice(*first.lead)] if first.lead else ""
    return lead + view.text[first.start : last.end]


def _parts(indices: Sequence[int], units: Sequence[Unit]) -> Iterator[Sequence[int]]:
    """Overlapping runs of sentences, each as long as may be."""
    start = 0
    while start < len(indices):
        end = start + 1
        while end < len(indices) and end - start < MOST_SENTENCES and _fits(indices[start], indices[end], units):
            end += 1
        yield indices[start:end]
        if end == len(indices):
            return
        start = max(start + 1, end - 1)


def _fits(first: int, last: int, units: Sequence[Unit]) -> bool:
    return units[last].end - units[first].start <= LONGEST


def _deciding(view: View, read: Windows, window: int, said: Reading, rule: int) -> tuple[Unit, tuple[Span, ...]]:
    """The sentence of a window that holds most of the deciding words, and those words."""
    units = view.sentences[read.first[window] : read.last[window] + 1]
    lead = len(read.texts[window]) - (units[-1].end - units[0].start)
    places = said.deciding(window, rule, behind=lead)
    words = [Span(units[0].start + start - lead, units[0].start + end - lead) for start, end in places]
    unit = max(units, key=lambda one: sum(w.end - w.start for w in words if one.start <= w.start and w.end <= one.end))
    return unit, tuple(w for w in words if unit.start <= w.start and w.end <= unit.end) or (_whole(view, unit),)


def _whole(view: View, unit: Unit) -> Span:
    text = view.text[unit.start : unit.end]
    return Span(unit.start + len(text) - len(text.lstrip()), unit.start + len(text.rstrip()))
