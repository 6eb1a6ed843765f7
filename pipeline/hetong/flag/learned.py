"""Risks by what was learned: detectors score each stretch of up to four sentences, and show the words that decided.

The mitigations of a rule hold for its detector too (`hetong.flag.kinds`), but for the negation, which it has seen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np

from hetong.document import Severity, Span
from hetong.flag.matching import Match
from hetong.flag.meaning import reader_of
from hetong.flag.view import Unit, View
from hetong.predictor import Detectors, Stretch
from hetong.rulebook import RULES, Bounds, Rule, load_concepts

MOST_SENTENCES: Final = 4
LONGEST: Final = 240  # characters of a stretch, but for a single sentence
LEAST: Final = 12  # characters that say something
CERTAIN: Final = 0.95  # precision below which a detector alone is never of high severity


class Window(NamedTuple):
    """Sentences `first` to `last` of one clause, read together."""

    first: int
    last: int
    stretch: Stretch


def learned(view: View, detectors: Detectors, rules: Iterable[Rule]) -> dict[str, list[Match]]:
    """All that detectors of the active rules speak of, by rule id, in document order."""
    found: dict[str, list[Match]] = defaultdict(list)
    active = {rule.id: rule for rule in rules}
    asked = [number for number, name in enumerate(detectors.rules) if name in active]
    if not asked:
        return found
    stretches = list(windows(view))
    said = detectors.probabilities([window.stretch for window in stretches])
    for row, number in np.argwhere(said[:, asked] >= detectors.thresholds[asked]):
        rule = asked[number]
        name, window = detectors.rules[rule], stretches[row]
        if _heard(active[name].detector, window.stretch, float(said[row, rule]), float(detectors.apart[rule])):
            found[name].append(_match(view, window, detectors, rule, float(said[row, rule])))
    return found


def _heard(bounds: Bounds | None, stretch: Stretch, probability: float, apart: float) -> bool:
    """Whether a detector is sure enough for what the text is about, and nothing takes its finding away."""
    if bounds is None:
        return True
    if bounds.take_away(stretch.concepts):
        return False
    return probability >= apart or bounds.cover(stretch.concepts)


def windows(view: View) -> Iterator[Window]:
    """The stretches of all clauses that are read: a short paragraph whole, a longer one in overlapping parts."""
    concepts = load_concepts(RULES)
    names = concepts.names
    places = view.once(reader_of(concepts)).places
    starts = [block.start for block in view.contract.blocks]
    numbered = enumerate(view.sentences)
    for _, group in groupby(numbered, key=lambda entry: (entry[1].clause, bisect_right(starts, entry[1].start))):
        for part in _parts([index for index, _ in group], view.sentences):
            first, last = view.sentences[part[0]], view.sentences[part[-1]]
            lead = view.text[slice(*first.lead)] if first.lead else ""
            text = lead + view.text[first.start : last.end]
            if last.end - first.start >= LEAST and "\t" not in text:  # rows of tables are no sentences
                spoken = {names[concept] for index in part for _, _, concept in places.get(index, ())}
                yield Window(part[0], part[-1], Stretch(text, tuple(sorted(spoken))))


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


def _match(view: View, window: Window, detectors: Detectors, rule: int, probability: float) -> Match:
    """The sentence of a window that holds most of the deciding words, with those words."""
    units = [view.sentences[index] for index in range(window.first, window.last + 1)]
    start = units[0].start
    words = [Span(start + a, start + b) for a, b in detectors.deciding(view.text[start : units[-1].end], rule)]
    unit = max(units, key=lambda one: sum(w.end - w.start for w in words if one.start <= w.start and w.end <= one.end))
    inside = tuple(w for w in words if unit.start <= w.start and w.end <= unit.end) or (_whole(view, unit),)
    most: Severity = "high" if detectors.precision[rule] >= CERTAIN else "medium"
    return Match(unit, inside, source="detector", confidence=round(probability, 2), most=most)


def _whole(view: View, unit: Unit) -> Span:
    text = view.text[unit.start : unit.end]
    return Span(unit.start + len(text) - len(text.lstrip()), unit.start + len(text.rstrip()))
