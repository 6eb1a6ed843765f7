"""Risks by what was learned: detectors score each stretch of up to four sentences, and show the words that decided.

The mitigations of a rule hold for its detector too (`hetong.flag.kinds`), but for the negation, which it has seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
SHORT: Final = 24  # characters below which a stretch says so little that a detector has to be much surer
BARE: Final = 24  # and below which it is not heard at all where the text is about something else
# A row of a table, a note in brackets, what only announces a list
_NO_SENTENCE: Final = re.compile(r"\t|\A\s*（[^（）]*(?:（[^（）]*）[^（）]*)*）\s*\Z|\A[^。；！？\n]*：\s*\Z")
CERTAIN: Final = 0.95  # precision below which a detector alone is never of high severity


ABOUT, APART, HARMLESS = range(3)  # what a stretch is for a rule


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
    """All that detectors of the active rules speak of, by rule id."""
    found: dict[str, list[Match]] = defaultdict(list)
    numbers = {name: number for number, name in enumerate(detectors.rules)}
    bounds = {numbers[rule.id]: rule.detector for rule in rules if rule.id in numbers}
    if not bounds:
        return found
    read = windows(view)
    said = detectors.read(read.texts, read.spoken, read.names)
    for rule, heard in _heard(said, read, bounds).items():
        told = _told_once(view, read, heard, said.probabilities[:, rule])
        found[detectors.rules[rule]] = [_match(view, read, window, said, rule) for window in told]
    return found


def _heard(said: Reading, read: Windows, bounds: Mapping[int, Bounds | None]) -> Mapping[int, list[int]]:
    """By number of the detector the windows in which it is sure enough for what they are about."""
    heard: defaultdict[int, list[int]] = defaultdict(list)
    asked = sorted(bounds)
    for window, number in np.argwhere(said.probabilities[:, asked] >= said.detectors.thresholds[asked]).tolist():
        rule = asked[number]
        topic = topic_of(bounds[rule], read.texts[window], read.concepts(window))
        if topic == ABOUT or (topic == APART and said.probabilities[window, rule] >= said.detectors.apart[rule]):
            heard[rule].append(window)
    return heard


def _told_once(view: View, read: Windows, heard: Sequence[int], probability: NDArray[np.float32]) -> Iterator[int]:
    """Of the items of one list the one that is surest, and none where what announces the list is heard itself."""
    surest: dict[tuple[int, int] | int, int] = {}
    for window in heard:
        place = view.sentences[read.first[window]].lead or window
        if place not in surest or probability[window] > probability[surest[place]]:
            surest[place] = window
    ends = {unit.end for window in heard for unit in view.sentences[read.first[window] : read.last[window] + 1]}
    return (window for place, window in surest.items() if isinstance(place, int) or place[1] not in ends)


def topic_of(bounds: Bounds | None, text: str, spoken: Collection[str]) -> int:
    """What a stretch is for a rule: `ABOUT` what the rule is about, `APART` from it or too short to say, `HARMLESS`."""
    if bounds is not None and bounds.take_away(spoken):
        return HARMLESS
    covered = bounds is None or bounds.cover(spoken)
    if len(text) < BARE and not covered:
        return HARMLESS
    return ABOUT if covered and len(text) >= SHORT else APART


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
    """Whether a run of sentences is long enough, no row of a table, no note in brackets, and no more than a lead-in."""
    start, end = view.sentences[run[0]].start, view.sentences[run[-1]].end
    return end - start >= LEAST and not _NO_SENTENCE.search(view.text[start:end])


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


def _match(view: View, read: Windows, window: int, said: Reading, rule: int) -> Match:
    """The sentence of a window that holds most of the deciding words, with those words."""
    units = view.sentences[read.first[window] : read.last[window] + 1]
    lead = len(read.texts[window]) - (units[-1].end - units[0].start)
    places = said.deciding(window, rule, behind=lead)
    words = [Span(units[0].start + start - lead, units[0].start + end - lead) for start, end in places]
    unit = max(units, key=lambda one: sum(w.end - w.start for w in words if one.start <= w.start and w.end <= one.end))
    inside = tuple(w for w in words if unit.start <= w.start and w.end <= unit.end) or (_whole(view, unit),)
    most: Severity = "high" if said.detectors.precision[rule] >= CERTAIN else "medium"
    probability = round(float(said.probabilities[window, rule]), 2)
    whole = Span(units[0].start, units[-1].end)
    return Match(unit, inside, source="detector", confidence=probability, most=most, read=whole)


def _whole(view: View, unit: Unit) -> Span:
    text = view.text[unit.start : unit.end]
    return Span(unit.start + len(text) - len(text.lstrip()), unit.start + len(text.rstrip()))
