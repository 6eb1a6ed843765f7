"""Concepts: what a clause speaks of, whatever the words; one file of words that a lawyer can read and extend.

A word of a concept is plain text, in which `…` stands for up to `GAP` characters of the same part of a sentence, `#`
for a number or a blank to write one in, and {buyer} and {supplier} for a party. `not` lists longer words that contain
one of them and mean something else: 免费电话 is no 免费.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from ahocorasick_rs import AhoCorasick

from hetong.errors import RuleError
from hetong.rulebook.patterns import BUYER, SUPPLIER, load_mapping

FILES: Final = "concepts*.yaml"
GAP: Final = 12
NUMBER: Final = re.compile(r"[0-9零〇一二两三四五六七八九十百千万半几若干.,【】_\s（）]{1,12}")
_STOPS: Final = re.compile("[。；！？\n，：]")
_JOINT: Final = re.compile("([…#])")
_ROLES: Final = {"{buyer}": BUYER, "{supplier}": SUPPLIER}


Spoken: TypeAlias = tuple[int, int, int]  # start, end, number of the concept; plain, since there are so many


class _Step(NamedTuple):
    """A literal as part of a word: which word, which part of it, how it joins the part before, and what is complete.

    `concept` is -1 until the last part.
    """

    word: int
    part: int
    joint: str
    concept: int


@dataclass(frozen=True, slots=True, eq=False)
class Concepts:
    """The concepts of a lexicon, found in a text by one automaton."""

    names: tuple[str, ...]
    _automaton: AhoCorasick
    _whole: tuple[tuple[int, ...], ...]  # by literal: the concepts of which it is a word by itself
    _steps: tuple[tuple[_Step, ...], ...]
    _strays: tuple[frozenset[int], ...]

    def number(self, name: str) -> int:
        """The number of a concept.

        Raises:
            ValueError: there is none of this name.
        """
        return self.names.index(name)

    def find(self, text: str) -> list[Spoken]:
        """All places of a folded text with its parties replaced by roles that speak of a concept, by rising end."""
        reached: dict[tuple[int, int], tuple[int, int]] = {}
        found: list[Spoken] = []
        strays: list[Spoken] = []
        whole, parts, stray_of = self._whole, self._steps, self._strays
        for literal, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for concept in whole[literal]:
                found.append((start, end, concept))
            for step in parts[literal]:
                begun = _begun(text, start, step, reached)
                if begun >= 0 and step.concept < 0:
                    reached[step.word, step.part] = (begun, end)
                elif begun >= 0:
                    found.append((begun, end, step.concept))
            if stray_of[literal]:
                strays += [(start, end, concept) for concept in stray_of[literal]]
        return _without_strays(found, strays) if strays else found


def _begun(text: str, start: int, step: _Step, reached: Mapping[tuple[int, int], tuple[int, int]]) -> int:
    """Where the word begins that a literal goes on with, -1 when it does not fit."""
    if step.part == 0:
        return start if not step.joint else _number_before(text, start)
    first, last = reached.get((step.word, step.part - 1), (-1, -1))
    if first < 0 or last > start:
        return -1
    if step.joint == "#":
        return first if NUMBER.fullmatch(text, last, start) else -1
    return first if start - last <= GAP and not _STOPS.search(text, last, start) else -1


def _number_before(text: str, end: int) -> int:
    """Where the number begins that ends at a place, -1 when there is none."""
    start = end
    while start > max(0, end - GAP) and NUMBER.fullmatch(text, start - 1, start):
        start -= 1
    return start if start < end else -1


def _without_strays(found: Sequence[Spoken], strays: Sequence[Spoken]) -> list[Spoken]:
    """The places that do not lie in a longer word that means something else.

    Of the strays of a concept that begin no later than a place, the one that reaches farthest decides.
    """
    farthest: dict[int, int] = {}
    inside: set[Spoken] = set()
    waiting = deque(sorted(strays))
    concerned = {concept for _, _, concept in strays}
    for place in sorted(place for place in found if place[2] in concerned):
        while waiting and waiting[0][0] <= place[0]:
            _, end, concept = waiting.popleft()
            farthest[concept] = max(end, farthest.get(concept, 0))
        if place[1] <= farthest.get(place[2], 0):
            inside.add(place)
    return [place for place in found if place not in inside]


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
    steps: defaultdict[str, list[_Step]] = defaultdict(list)
    strays: defaultdict[str, set[int]] = defaultdict(set)
    words = [(number, word) for number, entry in enumerate(entries.values()) for word in dict.fromkeys(entry["words"])]
    for index, (concept, word) in enumerate(words):
        if not _JOINT.search(word):
            whole[_with_roles(word)].append(concept)
            continue
        literals, joints = _literals(word), _joints(word)
        for part, literal in enumerate(literals):
            steps[literal].append(_Step(index, part, joints[part], concept if part == len(literals) - 1 else -1))
    for number, entry in enumerate(entries.values()):
        for word in entry["not"]:
            strays[_with_roles(word)].add(number)
    literals = sorted({*whole, *steps, *strays})
    return Concepts(
        tuple(entries),
        AhoCorasick(literals),
        tuple(tuple(whole.get(literal, ())) for literal in literals),
        tuple(tuple(steps.get(literal, ())) for literal in literals),
        tuple(frozenset(strays.get(literal, ())) for literal in literals),
    )


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
