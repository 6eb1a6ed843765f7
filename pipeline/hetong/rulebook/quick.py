"""Writes regular expressions so that `re` runs them fast; what they match stays the same.

`re` tries an alternation branch by branch at every place of a text, and most places begin no match. So alternatives
that begin with the same character are put together, a look at the first character stands before each large class, and
an expression begins with the set of its first characters, from one of which to the next `re` leaps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from hetong.rulebook.literals import MAX_CLASS, NO_WIDTH, parser, sre

Starts: TypeAlias = frozenset[str] | None  # the characters that matches begin with, "" for an empty one; None: unknown
StartsOf: TypeAlias = Callable[[str], Starts]  # of a character, which may stand for a word class
MANY: Final = 8  # words, from which on a class is looked at first
SPACES: Final = frozenset(filter(str.isspace, map(chr, range(0x3001))))  # what \s stands for
_MARK: Final = "\x00"
_REFERENCE: Final = re.compile(r"\\[1-9]|\(\?\(")  # to a group by its number, which a group around it would change


class Quick(NamedTuple):
    """An expression, and what its matches begin with."""

    text: str
    starts: Starts

    @property
    def look(self) -> str:
        """The set of the first characters; empty when they are unknown, or a match can be empty."""
        return f"[{re.escape(''.join(sorted(self.starts)))}]" if self.starts and "" not in self.starts else ""

    def compiled(self) -> tuple[re.Pattern[str], int]:
        """The expression compiled, and the number of the group that is the match."""
        look = self.look
        if not look or _REFERENCE.search(self.text):
            return re.compile(self.text), 0
        # `re` leaps to a first character only when the expression takes it; so it looks back from behind it
        return re.compile(f"{look}(?<=(?=({self.text}))[\\s\\S])"), 1


def class_of(words: Sequence[str], texts: Iterable[str], starts_of: StartsOf) -> Quick:
    """A word class: `words` with a character for each class that they name, `texts` with the class itself."""
    starts = _any([begins_with(word, starts_of) for word in words])
    alternatives = f"(?:{'|'.join(_together(words, texts))})"
    look = Quick(alternatives, starts).look if len(words) >= MANY else ""
    return Quick(f"(?:(?={look}){alternatives})" if look else alternatives, starts)


def _together(words: Iterable[str], texts: Iterable[str]) -> list[str]:
    """The alternatives in their order, but that words which begin with the same character stand together.

    Only one of them can match at a place; where one begins otherwise, those behind it stay behind it.
    """
    together: list[str] = []
    behind: dict[str, list[str]] = {}
    for word, text in zip(words, texts, strict=True):
        if _stands_first(text[:1], word):
            behind.setdefault(text[0], []).append(text[1:])
        else:
            together += [*_groups(behind), text]
            behind = {}
    return [*together, *_groups(behind)]


def _groups(behind: dict[str, list[str]]) -> list[str]:
    return [first + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})") for first, rest in behind.items()]


def _stands_first(first: str, word: str) -> bool:
    """Whether a word begins with this character, which stands for itself alone, and is no alternation at its top."""
    if word.isalnum():  # as most are
        return True
    return first != "" and list(parser.parse(_MARK + word))[:2] == [(sre.LITERAL, ord(c)) for c in _MARK + first]


def begins_with(pattern: str, starts_of: StartsOf) -> Starts:
    """What the matches of a pattern begin with."""
    if pattern.isalnum():  # as most words of classes are
        return frozenset({pattern[0]})
    return _of_sequence(list(parser.parse(pattern)), starts_of)


def _of_sequence(tokens: Sequence[Any], starts_of: StartsOf) -> Starts:
    found: frozenset[str] = frozenset()
    for op, argument in tokens:
        if op in NO_WIDTH:
            continue
        here = _of_token(op, argument, starts_of)
        if here is None:
            return None
        found |= here - {""}
        if "" not in here:
            return found
    return found | {""}


def _of_token(op: Any, argument: Any, starts_of: StartsOf) -> Starts:
    if op is sre.LITERAL:
        return starts_of(chr(argument))
    if op is sre.IN:
        return _any([_of_item(kind, of, starts_of) for kind, of in argument])
    if op is sre.SUBPATTERN:
        _, flags, other_flags, tokens = argument
        return None if flags or other_flags else _of_sequence(list(tokens), starts_of)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        inner = _of_sequence(list(argument[2]), starts_of)
        return inner if inner is None or argument[0] else inner | {""}
    if op is sre.BRANCH:
        return _any([_of_sequence(list(branch), starts_of) for branch in argument[1]])
    return None


def _of_item(kind: Any, argument: Any, starts_of: StartsOf) -> Starts:
    """A character, a few in a row, or white space, of a set of characters."""
    if kind is sre.LITERAL:
        return starts_of(chr(argument))
    if kind is sre.RANGE and argument[1] - argument[0] < MAX_CLASS:
        return frozenset(map(chr, range(argument[0], argument[1] + 1)))
    return SPACES if argument is sre.CATEGORY_SPACE else None


def _any(branches: Sequence[Starts]) -> Starts:
    found = [branch for branch in branches if branch is not None]
    return frozenset[str]().union(*found) if len(found) == len(branches) else None
