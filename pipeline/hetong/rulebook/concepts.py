"""Concepts: what a clause speaks of, whatever the words; one file of words that a lawyer can read and extend.

A word of a concept is plain text, in which `…` stands for up to `GAP` characters of the same part of a sentence, `#`
for a number or a blank to write one in, and {buyer} and {supplier} for a party. `not` lists longer words that contain
one of them and mean something else: 免费电话 is no 免费.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hetong.errors import RuleError
from hetong.rulebook.patterns import BUYER, SUPPLIER, load_mapping
from hetong.trie import CODES, Hits, Lists, Numbers, Trie, codes_of

FILES: Final = "concepts*.yaml"
GAP: Final = 12
NUMBER: Final = -1  # what joins a part to that before it, in the place of a gap
_NUMBERS: Final = "0123456789零〇一二两三四五六七八九十百千万半几若干.,【】_（）" + " \t\n\u3000"
_STOPS: Final = "。；！？\n，："
_STOP: Final = 1
_DIGIT: Final = 2
_KINDS: Final = np.zeros(CODES, dtype=np.uint8)  # by character
_KINDS[list(map(ord, _STOPS))] = _STOP
_KINDS[list(map(ord, _NUMBERS))] |= _DIGIT
_JOINT: Final = re.compile("([…#])")
_ROLES: Final = {"{buyer}": BUYER, "{supplier}": SUPPLIER}


class Spoken(NamedTuple):
    """Places of a text that speak of concepts, in no order: starts, ends, numbers of the concepts."""

    starts: Numbers
    ends: Numbers
    concepts: Numbers

    def at(self, chosen: NDArray[Any]) -> Spoken:
        """Some of the places, by number or by mask."""
        return Spoken(self.starts[chosen], self.ends[chosen], self.concepts[chosen])

    def rows(self) -> list[tuple[int, int, int]]:
        """(start, end, concept) of each place, by rising start."""
        return sorted(zip(self.starts.tolist(), self.ends.tolist(), self.concepts.tolist(), strict=True))


class _Parts(NamedTuple):
    """Words that are cut by gaps and numbers: by part, the word, how the part joins that before, and what is complete.

    `concepts` is -1 until the last part of a word.
    """

    words: Numbers
    joints: Numbers
    concepts: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Concepts:
    """The concepts of a lexicon, found in a text by one walk of a trie."""

    names: tuple[str, ...]
    _trie: Trie
    _whole: Lists  # by literal: the concepts of which it is a word by itself
    _parts_of: tuple[Lists, ...]  # by the number of the part, and by literal: the parts that it is
    _parts: _Parts
    _strays: Lists

    def number(self, name: str) -> int:
        """The number of a concept.

        Raises:
            ValueError: there is none of this name.
        """
        return self.names.index(name)

    def find(self, text: str) -> Spoken:
        """All places of a folded text with its parties replaced by roles that speak of a concept."""
        hits = self._trie.find(text)
        found = [_of(self._whole, hits), *self._cut_words(_Marks(text), hits)]
        return _without_strays(Spoken(*map(np.concatenate, zip(*found, strict=True))), _of(self._strays, hits))

    def _cut_words(self, marks: _Marks, hits: Hits) -> Iterator[Spoken]:
        """The places of words with gaps and numbers: each part is joined to the last one before it of the same word."""
        before = Spoken(*(np.zeros(0, dtype=np.intp) for _ in range(3)))  # here with words in the place of concepts
        for number, (starts, ends, parts) in enumerate(self._parts_in(hits)):
            words, joints = self._parts.words[parts], self._parts.joints[parts]
            begun = _joined_to(before, words, starts, joints, marks) if number else _begun(starts, joints, marks)
            real = np.flatnonzero(begun >= 0)
            reached = Spoken(begun[real], ends[real], self._parts.concepts[parts[real]])
            yield reached.at(reached.concepts >= 0)
            before = Spoken(begun[real], ends[real], words[real])

    def _parts_in(self, hits: Hits) -> list[Spoken]:
        """By their number the parts of words at hand, but for those whose word cannot go on; parts for concepts."""
        found = [_of(lists, hits) for lists in self._parts_of]
        for number in reversed(range(len(found) - 1)):
            parts = found[number].concepts
            goes_on = self._parts.concepts >= 0  # by part; the last one of a word need not
            goes_on[found[number + 1].concepts - 1] = True  # the parts of a word are numbered one behind another
            found[number] = found[number].at(goes_on[parts])
        return found


class _Marks:
    """What stands between the parts of words: for each place of a text how many stops and other characters before it.

    `number_from` is where the number begins that ends at a place.
    """

    def __init__(self, text: str) -> None:
        kinds = _KINDS[codes_of(text)]
        self.stops = _counted(kinds & _STOP != 0)
        self.others = _counted(kinds & _DIGIT == 0)
        place = np.arange(1, len(kinds) + 1)
        self.number_from = np.maximum.accumulate(np.append(0, np.where(kinds & _DIGIT, 0, place)))


def _counted(flags: NDArray[np.bool_]) -> Numbers:
    return np.append(0, np.cumsum(flags))


def _of(lists: Lists, hits: Hits) -> Spoken:
    index, concepts = lists.of(hits.words)
    return Spoken(hits.starts[index], hits.ends[index], concepts)


def _begun(starts: Numbers, joints: Numbers, marks: _Marks) -> Numbers:
    """Where words begin whose first part stands at some places; -1 where a number is missing before it."""
    first = np.maximum(marks.number_from[starts], starts - GAP)
    return np.where(joints == NUMBER, np.where(first < starts, first, -1), starts)


def _joined_to(before: Spoken, words: Numbers, starts: Numbers, joints: Numbers, marks: _Marks) -> Numbers:
    """Where the words begin that parts at some places go on with, -1 where nothing fits before them."""
    if not len(before.ends):
        return np.full(len(words), -1, dtype=np.intp)
    keys = before.concepts << 32 | before.ends
    order = np.argsort(keys, kind="stable")
    last = order[np.searchsorted(keys[order], words << 32 | starts, side="right") - 1]
    end = np.minimum(before.ends[last], starts)
    gap = starts - end
    same = (before.concepts[last] == words) & (before.ends[last] <= starts) & (gap <= GAP)
    is_number = (marks.others[starts] == marks.others[end]) & (gap > 0)
    in_one_part = marks.stops[starts] == marks.stops[end]
    return np.where(same & np.where(joints == NUMBER, is_number, in_one_part), before.starts[last], -1)


def _without_strays(found: Spoken, strays: Spoken) -> Spoken:
    """The places that do not lie in a longer word that means something else.

    Of the strays of a concept that begin no later than a place, the one that reaches farthest decides.
    """
    if not len(strays.ends):
        return found
    keys = strays.concepts << 32 | strays.starts
    order = np.argsort(keys)
    farthest = np.maximum.accumulate((strays.concepts << 32 | strays.ends)[order])
    at = np.flatnonzero(np.isin(found.concepts, strays.concepts, kind="table"))
    starts, ends, concepts = found.at(at)
    last = np.searchsorted(keys[order], concepts << 32 | starts, side="right") - 1
    inside = (last >= 0) & (farthest[last] >= concepts << 32 | ends)
    kept = np.ones(len(found.ends), dtype=bool)
    kept[at[inside]] = False
    return found.at(kept)


@lru_cache(maxsize=4)
def load_concepts(*folders: Path) -> Concepts:
    """The concepts of some folders of rules: of each `concepts.yaml` and each `concepts-….yaml`, if there are any.

    Words of a concept that stands in several files are taken together.

    Raises:
        RuleError: a file is no mapping of names to a title and words; each mistake is listed.
    """
    entries: dict[str, dict[str, list[str]]] = {}
    wrong: list[str] = []
    for path in (path for folder in folders for path in sorted(folder.glob(FILES))):
        for name, entry in load_mapping(path).items():
            mistakes = list(_mistakes(entry))
            wrong += [f"{path}: {name}: {mistake}" for mistake in mistakes]
            if not mistakes:
                entries[name] = _joined(entries.get(name, {}), entry)
    if wrong:
        raise RuleError("\n".join(wrong))
    return _concepts(entries)


def _mistakes(entry: Any) -> Iterator[str]:
    if not isinstance(entry, dict) or entry.keys() - {"title", "words", "not"}:
        yield "give title and words, perhaps not, and nothing else"
        return
    if set(entry.get("title") or {}) != {"zh", "en"}:
        yield "title: give it in zh and en"
    for key in ("words", "not"):
        words = entry.get(key) or []
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            yield f"{key}: write a list of words"
        elif any(not word or (_JOINT.search(word) and not all(_literals(word))) for word in words):
            yield f"{key}: a word is plain text around … and #, and ends in text"
    if not entry.get("words"):
        yield "words: give at least one"


def _joined(before: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, list[str]]:
    return {key: [*before.get(key, ()), *(entry.get(key) or ())] for key in ("words", "not")}


def _concepts(entries: Mapping[str, Mapping[str, list[str]]]) -> Concepts:
    words = [(number, word) for number, entry in enumerate(entries.values()) for word in dict.fromkeys(entry["words"])]
    whole: defaultdict[str, list[int]] = defaultdict(list)
    strays: defaultdict[str, list[int]] = defaultdict(list)
    parts_of: list[defaultdict[str, list[int]]] = []
    parts: list[tuple[int, int, int]] = []
    for index, (concept, word) in enumerate(words):
        if not _JOINT.search(word):
            whole[_with_roles(word)].append(concept)
            continue
        literals, joints = _literals(word), _joints(word)
        parts_of += [defaultdict(list) for _ in literals[len(parts_of) :]]
        for part, (literal, joint) in enumerate(zip(literals, joints, strict=True)):
            parts_of[part][literal].append(len(parts))
            parts.append((index, NUMBER if joint == "#" else GAP, concept if part == len(literals) - 1 else -1))
    for number, entry in enumerate(entries.values()):
        for word in dict.fromkeys(entry["not"]):
            strays[_with_roles(word)].append(number)
    literals = sorted({*whole, *strays, *(literal for part in parts_of for literal in part)})
    lists = [Lists([of.get(literal, ()) for literal in literals]) for of in (whole, *parts_of, strays)]
    columns = np.asarray(parts, dtype=np.intp).reshape(-1, 3).T
    return Concepts(tuple(entries), Trie(literals), lists[0], tuple(lists[1:-1]), _Parts(*columns), lists[-1])


def _literals(word: str) -> list[str]:
    """The plain parts of a word; the first may be left out before a number."""
    parts = _JOINT.split(_with_roles(word))[::2]
    return parts[1:] if len(parts) > 1 and not parts[0] else parts


def _joints(word: str) -> list[str]:
    """What stands before each plain part: nothing, a gap, or a number."""
    parts = _JOINT.split(_with_roles(word))
    return [*([] if not parts[0] else [""]), *parts[1::2]]


def _with_roles(word: str) -> str:
    if "{" not in word:  # nearly all
        return word
    for name, role in _ROLES.items():
        word = word.replace(name, role)
    return word
