"""Concepts: what a clause speaks of, whatever the words; one file of words that a lawyer can read and extend.

A word of a concept is plain text, in which `…` stands for up to `GAP` characters of the same part of a sentence, `#`
for a number or a blank to write one in, and {buyer} and {supplier} for a party. `not` lists longer words that contain
one of them and mean something else: 免费电话 is no 免费.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hetong.errors import RuleError
from hetong.rulebook.patterns import BUYER, SUPPLIER, load_mapping
from hetong.trie import BETWEEN, CODES, Lists, Numbers, Trie, codes_of

FILES: Final = "concepts*.yaml"
GAP: Final = 12
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

    def at(self, chosen: Numbers) -> Spoken:
        """Some of the places."""
        return Spoken(self.starts.take(chosen), self.ends.take(chosen), self.concepts.take(chosen))

    def rows(self) -> list[tuple[int, int, int]]:
        """(start, end, concept) of each place, by rising start."""
        return sorted(zip(self.starts.tolist(), self.ends.tolist(), self.concepts.tolist(), strict=True))


class _Parts(NamedTuple):
    """The parts of words that are cut by gaps and numbers; words that begin alike share the parts that they begin with.

    By part: the one before it, -1 for none; whether a number joins it to what is before, instead of a gap; and the
    concepts of which it completes a word.
    """

    before: Numbers
    numbered: NDArray[np.bool_]
    complete: Lists


@dataclass(frozen=True, slots=True, eq=False)
class Concepts:
    """The concepts of a lexicon, found in a text by one walk of a trie."""

    names: tuple[str, ...]
    _trie: Trie
    _whole: Lists  # by literal: the concepts of which it is a word; and those of which it is none, numbered behind all
    _parts_of: Lists  # by literal: the parts of cut words that it is
    _parts: _Parts

    def number(self, name: str) -> int:
        """The number of a concept.

        Raises:
            ValueError: there is none of this name.
        """
        return self.names.index(name)

    def find(self, text: str) -> Spoken:
        """All places of a folded text with its parties replaced by roles that speak of a concept."""
        words, starts, ends = self._trie.find(text)
        hits = Spoken(starts, ends, words)
        cut = self._cut_words(_listed(self._parts_of, hits), _Marks(text))
        found = _together([_listed(self._whole, hits), _listed(self._parts.complete, cut)])
        return _without_strays(found, len(self.names))

    def _cut_words(self, parts: Spoken, marks: _Marks) -> Spoken:
        """The places of parts with all that is before them in a word; here and below parts stand for concepts."""
        before = self._parts.before.take(parts.concepts)
        reached = [_begun(parts.at(np.flatnonzero(before < 0)), self._parts, marks)]
        while True:
            known = np.zeros(len(self._parts.before) + 1, dtype=bool)  # the last is for what is not known: -1
            known[reached[-1].concepts] = True
            further = parts.at(np.flatnonzero(known.take(before)))
            if not len(further.ends):
                return _together(reached)
            reached.append(_continued(reached[-1], further, self._parts, marks))


class _Marks:
    """What stands between parts, by place: how many stops before it, where a number begins that ends there."""

    def __init__(self, text: str) -> None:
        kinds = _KINDS.take(codes_of(BETWEEN + text))  # of the character before each place
        self.stops = np.cumsum(kinds & _STOP, dtype=np.intp)
        self.number_from = np.maximum.accumulate(np.where(kinds & _DIGIT, 0, np.arange(len(kinds))))


def _listed(lists: Lists, places: Spoken) -> Spoken:
    """What is listed for the number of each place."""
    index, numbers = lists.of(places.concepts)
    return Spoken(places.starts.take(index), places.ends.take(index), numbers)


def _together(places: Sequence[Spoken]) -> Spoken:
    return Spoken(*map(np.concatenate, zip(*places, strict=True)))


def _begun(parts: Spoken, of: _Parts, marks: _Marks) -> Spoken:
    """The places of first parts, with the number before those that need one; where it is missing they are none."""
    starts, ends, numbers = parts
    numbered = of.numbered.take(numbers)
    number = np.maximum(marks.number_from.take(starts), starts - GAP)
    real = np.flatnonzero(~numbered | (number < starts))
    return Spoken(np.where(numbered, number, starts), ends, numbers).at(real)


def _continued(reached: Spoken, parts: Spoken, of: _Parts, marks: _Marks) -> Spoken:
    """The places of parts that go on with the last place of the part before them, from where that begins."""
    last = _last(reached, of.before.take(parts.concepts), parts.starts)
    near = np.flatnonzero(last >= 0)
    (starts, ends, numbers), (begun, end, _) = parts.at(near), reached.at(last.take(near))
    in_number = (marks.number_from.take(starts) <= end) & (end < starts)
    in_one_part = marks.stops.take(starts) == marks.stops.take(end)
    fits = np.where(of.numbered.take(numbers), in_number, in_one_part)
    return Spoken(begun, ends, numbers).at(np.flatnonzero(fits))


def _last(reached: Spoken, parts: Numbers, starts: Numbers) -> Numbers:
    """For each of some parts its last place that ends no later than a start; -1 where that is farther than a gap."""
    keys = reached.concepts << 32 | reached.ends
    order = np.argsort(keys)
    keys = keys.take(order)
    wanted = parts << 32 | starts
    rising = np.argsort(wanted)  # numbers in order are looked up twice as fast
    last = np.empty_like(rising)
    last[rising] = np.searchsorted(keys, wanted.take(rising), side="right") - 1
    return np.where((last >= 0) & (keys.take(last) >= wanted - GAP), order.take(last), -1)


def _without_strays(found: Spoken, concepts: int) -> Spoken:
    """The places of concepts that do not lie in a longer word that means something else, one numbered behind them all.

    Of the strays of a concept that begin no later than a place, the one that reaches farthest decides.
    """
    kept = found.concepts < concepts
    starts, ends, numbers = found.at(np.flatnonzero(~kept))
    if not len(numbers):
        return found
    of = numbers - concepts
    order = np.argsort(of << 32 | starts)
    keys, farthest = (of << 32 | starts).take(order), np.maximum.accumulate((of << 32 | ends).take(order))
    strayed = np.zeros(2 * concepts, dtype=bool)
    strayed[of] = True
    at = np.flatnonzero(strayed.take(found.concepts))
    starts, ends, numbers = found.at(at)
    last = np.searchsorted(keys, numbers << 32 | starts, side="right") - 1
    inside = (last >= 0) & (farthest.take(last) >= numbers << 32 | ends)
    kept[at[inside]] = False
    return found.at(np.flatnonzero(kept))


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
    whole: defaultdict[str, list[int]] = defaultdict(list)
    complete: defaultdict[int, list[int]] = defaultdict(list)
    parts: dict[tuple[int, str, str], int] = {}
    for number, entry in enumerate(entries.values()):
        for word in dict.fromkeys(entry["words"]):
            if _JOINT.search(word):
                complete[_last_part(word, parts)].append(number)
            else:
                whole[_with_roles(word)].append(number)
        for word in dict.fromkeys(entry["not"]):
            whole[_with_roles(word)].append(len(entries) + number)
    parts_of: defaultdict[str, list[int]] = defaultdict(list)
    for (_, _, literal), part in parts.items():
        parts_of[literal].append(part)
    literals = sorted({*whole, *parts_of})
    whole_of, part_of = (Lists([of.get(literal, ()) for literal in literals]) for of in (whole, parts_of))
    before = np.asarray([before for before, _, _ in parts], dtype=np.intp)
    numbered = np.asarray([joint == "#" for _, joint, _ in parts], dtype=bool)
    ends = Lists([complete.get(part, ()) for part in range(len(parts))])
    return Concepts(tuple(entries), Trie(literals), whole_of, part_of, _Parts(before, numbered, ends))


def _last_part(word: str, parts: dict[tuple[int, str, str], int]) -> int:
    """The number of the last part of a cut word, by (part before it, joint, literal); new ones are numbered."""
    part = -1
    for literal, joint in zip(_literals(word), _joints(word), strict=True):
        part = parts.setdefault((part, joint, literal), len(parts))
    return part


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
