"""Patterns over folded text, written with word classes, compiled only when something in a contract calls for them.

All patterns of the rules together take longer to compile than a contract takes to read, and most contracts need few.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from hetong.errors import RuleError
from hetong.rulebook.literals import Literals, Needs, Sign, Words, any_of, literals_of, longest_match, needs_of
from hetong.rulebook.needs import NO_NEEDS, known_needs
from hetong.rulebook.quick import Quick, Starts, begins_with, class_of

Place: TypeAlias = tuple[int, int]  # start and end in a text
BUYER: Final = "\ue0b1"  # private-use characters: no contract prints them, and they keep the length of a name
SUPPLIER: Final = "\ue051"
_NAME: Final = re.compile(r"\{([a-z_~]+)\}")


def _name(role: str) -> str:
    """A whole name of a party: never a part of it, or a line of nothing but names would be tried at every character."""
    return f"(?:(?<!{role}){role}{{1,80}}(?!{role}))"


_BUILT_IN: Final = {
    "buyer": _name(BUYER), "supplier": _name(SUPPLIER), "party": _name(f"[{BUYER}{SUPPLIER}]"),
    "~": r"[^。；\n]{0,12}", "~~": r"[^。；\n]{0,40}",
}  # fmt: skip
LONG: Final = 400  # in a shorter text, looking for the words first costs more than it saves
FEW: Final = 40  # so many words at most are looked for one by one
LOOK: Final = 80  # characters beyond a match that a look-ahead can ask about
_FIRST_MARK: Final = 0xF0000  # one private-use character a class stands for it while required words are looked for


class Lexicon:
    """Word classes by name; a class may name classes above it.

    Raises:
        RuleError: a class names one that is not above it, or is no list.
    """

    def __init__(
        self, classes: Mapping[str, Sequence[str]], place: str = "lexicon.yaml", known: Mapping[str, Needs] = NO_NEEDS
    ) -> None:
        self._known = known
        self._expanded = dict(_BUILT_IN)
        self._classes: dict[str, list[str]] = {}
        self._patterns: dict[str, Pattern] = {}
        self._quick: dict[str, Quick] = {}
        for name, pattern in _BUILT_IN.items():
            self._define(name, [pattern], pattern)
        for name, words in classes.items():
            if not isinstance(words, list):
                raise RuleError(f"{place}: {name}: write a list of words")
            whole = "|".join(map(str, words))
            self._define(name, [str(word) for word in words], f"(?:{self.expand(whole, place)})")

    def _define(self, name: str, words: Sequence[str], expanded: str) -> None:
        self._expanded[name] = expanded
        self._classes[name] = list(words)

    @cached_property
    def _marks(self) -> dict[str, str]:
        return {name: chr(_FIRST_MARK + number) for number, name in enumerate(self._classes)}

    @cached_property
    def _words(self) -> dict[str, Literals]:
        """By the mark of each class its literals; worked out when needs are asked for that nobody knows."""
        found: dict[str, Literals] = {}
        for name, words in self._classes.items():
            found[self._marks[name]] = any_of([literals_of(self._marked(word), found) for word in words])
        return found

    def expand(self, source: str, place: str) -> str:
        """A pattern with its word classes filled in.

        Raises:
            RuleError: a name in braces is not in the lexicon.
        """

        def class_of(match: re.Match[str]) -> str:
            if match[1] not in self._expanded:
                raise RuleError(f"{place}: pattern {source!r} names {{{match[1]}}}, which lexicon.yaml does not define")
            return self._expanded[match[1]]

        return _NAME.sub(class_of, source)

    def quick(self, source: str) -> Quick:
        """A pattern with its word classes filled in, as `re` runs it fast."""
        return Quick(self._filled(source), begins_with(self._marked(source), self._starts_of))

    def _filled(self, source: str) -> str:
        return _NAME.sub(lambda m: self._class(m[1]).text, source)

    def _class(self, name: str) -> Quick:
        """A word class as `re` runs it fast; made when a pattern is compiled that names it."""
        if name not in self._quick:
            words = self._classes[name]
            self._quick[name] = class_of([*map(self._marked, words)], [*map(self._filled, words)], self._starts_of)
        return self._quick[name]

    def _starts_of(self, character: str) -> Starts:
        name = self._named.get(character)
        return frozenset({character}) if name is None else self._class(name).starts

    @cached_property
    def _named(self) -> dict[str, str]:
        return {mark: name for name, mark in self._marks.items()}

    def _marked(self, source: str) -> str:
        return _NAME.sub(lambda m: self._marks.get(m[1], ""), source)

    def needs_of(self, source: str) -> Needs:
        """What stands in every match of a pattern."""
        known = self._known.get(source)
        return needs_of(self._marked(source), self._words) if known is None else known

    def pattern(self, source: str) -> Pattern:
        """The pattern of a source; the same source always gives the same object."""
        return self._patterns.setdefault(source, Pattern(source, self))


class Pattern:
    """A regular expression that compiles itself at first use. Equal only to itself."""

    def __init__(self, source: str, lexicon: Lexicon) -> None:
        self.source = source
        self._lexicon = lexicon

    @cached_property
    def expanded(self) -> str:
        """The source with its word classes filled in; the longer it is, the slower it is."""
        return self._lexicon.expand(self.source, self.source)

    @cached_property
    def _compiled(self) -> tuple[re.Pattern[str], int]:
        return self._lexicon.quick(self.source).compiled()

    @cached_property
    def _needs(self) -> Needs:
        return self._lexicon.needs_of(self.source)

    @property
    def signs(self) -> tuple[Sign, ...]:
        """What shows where it may match: in every match one of these; empty when it is unknown."""
        return self._needs.signs

    @property
    def needs(self) -> tuple[Words, ...]:
        """Sets of words: every match holds a word of each; the most selective set first, empty when there are none."""
        return self._needs.sets

    @property
    def is_word(self) -> bool:
        """Whether it is one plain word and nothing else; only of a pattern that needs something."""
        return self.needs[0] == frozenset({self.source})

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> Place | None:
        """Where the pattern first matches in a stretch of a text."""
        regex, group = self._compiled
        match = regex.search(text, start, end)
        return match.span(group) if match else None

    def stands_in(self, text: str) -> bool:
        """Whether the pattern matches in a text; in a long one it is tried only around the words that it needs."""
        if len(text) < LONG or not self.needs or len(self.needs[0]) > FEW:
            return self.search(text) is not None
        for start, end in self._windows(text):
            match = self.search(text, start, min(len(text), end + LOOK))
            if match and match[1] <= end:
                return True
        return False

    def _windows(self, text: str) -> Iterator[tuple[int, int]]:
        """The stretches of a text that a match can lie in: around each needed word, overlapping ones as one."""
        start = end = 0
        for place in sorted(place for word in self.needs[0] for place in _places(word, text)):
            if end and place - self.longest > end:
                yield start, end
                end = 0
            if not end:
                start = max(0, place - self.longest)
            end = min(len(text), place + self.longest)
        if end:
            yield start, end

    @cached_property
    def longest(self) -> int:
        """The most characters that a match can have."""
        return longest_match(self.expanded)

    def finditer(self, text: str, start: int = 0) -> Iterator[Place]:
        """All places where the pattern matches at a position or behind it."""
        regex, group = self._compiled
        if not group:
            yield from (match.span() for match in regex.finditer(text, start))
        while group and (match := regex.search(text, start)):
            yield match.span(group)
            start = match.end(group)


def _places(word: str, text: str) -> Iterator[int]:
    """Where a word begins in a text."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def load_lexicon(*folders: Path) -> Lexicon:
    """The word classes of some folders; raises as `load_classes`, and for a class that is wrong."""
    classes = load_classes(*folders)
    return Lexicon(classes, known=known_needs(classes))


def load_classes(*folders: Path) -> dict[str, Any]:
    """Lists of words by name: of each folder those of lexicon.yaml, then those of each lexicon-….yaml by name.

    Raises:
        RuleError: a file is no mapping of names to lists of words, or two files define one name.
    """
    classes: dict[str, Any] = {}
    named = [p for folder in folders for p in (*folder.glob("lexicon.yaml"), *sorted(folder.glob("lexicon-*.yaml")))]
    for path in named:
        more = load_mapping(path)
        if twice := classes.keys() & more.keys():
            raise RuleError(f"{path.name}: {', '.join(sorted(twice))}: defined before; choose another name")
        classes |= more
    return classes


def load_mapping(path: Path) -> dict[str, Any]:
    """A YAML file that is one mapping.

    Raises:
        RuleError: it is not.
    """
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RuleError(f"{path}: not readable YAML: {error}") from error
    if not isinstance(data, dict):
        raise RuleError(f"{path}: the file must be one mapping of fields")
    return data
