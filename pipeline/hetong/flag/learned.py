"""Risks by what was learned: detectors score each stretch of up to four sentences, and show the words that decided.

The mitigations of a rule hold for its detector too (`hetong.flag.kinds`), but for the negation, which it has seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hetong.document import Severity, Span
from hetong.flag.matching import Match
from hetong.flag.meaning import reader_of
from hetong.flag.view import Unit, View
from hetong.predictor import Detectors, Stretch
from hetong.predictor.detectors import Reading
from hetong.rulebook import BUYER, RULES, SUPPLIER, Bounds, Rule, load_concepts

MOST_SENTENCES: Final = 4
LONGEST: Final = 240  # characters of a stretch, but for a single sentence
LEAST: Final = 12  # characters that say something
SHORT: Final = 24  # characters below which a stretch says so little that a detector has to be much surer of it
# A note in brackets; what only announces a list; a row of a form, words in columns or beside a blank without any mark
_NO_SENTENCE: Final = re.compile(
    r"\s*（[^（）]*(?:（[^（）]*）[^（）]*)*）\s*\Z|[^。；！？\n]*：\s*\Z"
    r"|(?=[^，。；！？]*\Z)[^，。；！？]*?[\u4e00-\u9fff）：][ \u3000_＿【□]"
)
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
        return tuple(sorted(map(self.names.__getitem__, self.spoken[window].nonzero()[0].tolist())))

    def stretches(self) -> Iterator[Stretch]:
        """Each window by itself."""
        return (Stretch(text, self.concepts(window)) for window, text in enumerate(self.texts))


def learned(view: View, detectors: Detectors, rules: Iterable[Rule]) -> dict[str, list[Match]]:
    """All that detectors of the active rules speak of, by rule id."""
    found: dict[str, list[Match]] = defaultdict(list)
    bounds = {rule.id: rule.detector for rule in rules}
    if bounds.keys().isdisjoint(detectors.rules):
        return found
    read = windows(view)
    said = detectors.read(read.texts, read.spoken, read.names)
    for rule, heard in _heard(said, read, bounds).items():
        told = _told_once(view, read, heard, said.probabilities[:, rule])
        found[detectors.rules[rule]] = [_match(view, read, window, said, rule) for window in told]
    return found


def _heard(said: Reading, read: Windows, bounds: Mapping[str, Bounds | None]) -> Mapping[int, list[int]]:
    """By number of the detector the windows in which it is sure enough for what they are about."""
    heard: defaultdict[int, list[int]] = defaultdict(list)
    names = said.detectors.rules
    for sure in np.flatnonzero(said.probabilities >= said.detectors.thresholds).tolist():
        window, rule = divmod(sure, len(names))
        if names[rule] not in bounds:
            continue
        topic = topic_of(bounds[names[rule]], read.texts[window], read.concepts(window))
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
    """What a stretch is for a rule: `ABOUT` what the rule is about, `APART` from it or says too little, `HARMLESS`.

    What names no party says too little: who owes whom is what most rules are about.
    """
    if bounds is not None and bounds.take_away(spoken):
        return HARMLESS
    covered = bounds is None or bounds.cover(spoken)
    if len(text) < SHORT:
        return APART if covered else HARMLESS
    return ABOUT if covered and (BUYER in text or SUPPLIER in text) else APART


def windows(view: View) -> Windows:
    """The stretches of all clauses that are read: a short paragraph whole, a longer one in overlapping parts."""
    concepts = load_concepts(RULES)
    first, last, texts = list[int](), list[int](), list[str]()
    for start, end in _runs(view):
        unit = view.sentences[start]
        text = view.text[unit.start : view.sentences[end].end]
        if _says(text):
            first.append(start)
            last.append(end)
            texts.append(view.text[slice(*unit.lead)] + text if unit.lead else text)
    spoken = _spoken(view.once(reader_of(concepts)).spoken, first, last)
    return Windows(first, last, texts, spoken, concepts.names)


def _runs(view: View) -> Iterator[tuple[int, int]]:
    """The first and the last of overlapping runs of sentences of one paragraph, each as long as may be."""
    units, paragraphs = view.sentences, [*_paragraphs(view), None]
    first = 0
    while first < len(units):
        last, most = first, units[first].start + LONGEST
        while (
            last - first + 1 < MOST_SENTENCES
            and paragraphs[last + 1] == paragraphs[first]
            and units[last + 1].end <= most
        ):
            last += 1
        yield first, last
        first = max(first + 1, last) if paragraphs[last + 1] == paragraphs[first] else last + 1


def _paragraphs(view: View) -> list[tuple[int, int]]:
    """By sentence the clause that it is of, and the block that prints it."""
    blocks = [block.start for block in view.contract.blocks]
    printed = np.searchsorted(blocks, [unit.start for unit in view.sentences], side="right").tolist()
    return [(unit.clause, block) for unit, block in zip(view.sentences, printed, strict=True)]


def _says(text: str) -> bool:
    """Whether sentences are long enough, no row of a table or form, no note in brackets, and more than a lead-in."""
    return len(text) >= LEAST and "\t" not in text and not _NO_SENTENCE.match(text)


def _spoken(of_sentences: NDArray[np.bool_], first: Sequence[int], last: Sequence[int]) -> NDArray[np.bool_]:
    """(runs, concepts): what runs of sentences speak of, from what each sentence speaks of."""
    at, end = np.asarray(first, dtype=np.intp), np.asarray(last, dtype=np.intp)
    spoken = of_sentences.take(at, axis=0)
    for further in range(1, MOST_SENTENCES):
        spoken |= of_sentences.take(np.minimum(at + further, end), axis=0)
    return spoken


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
