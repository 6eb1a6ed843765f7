"""Finds, for a regular expression, words of which at least one stands in every text that it matches.

One Aho-Corasick pass over a contract then tells which patterns can match where, and the others are never tried.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from typing import Any

# The parsed form of a pattern is not public in `re`; a test holds what is used of it on every Python we support
_parser: Any = re._parser  # type: ignore[attr-defined]
sre: Any = re._constants  # type: ignore[attr-defined]
MAX_CLASS = 12  # a larger character class is no good as a filter
MAX_WORDS = 1200


Classes = Mapping[str, frozenset[str]]  # a character that stands for a word class → its required words
Words = Set[str]


def required_words(pattern: str, classes: Classes) -> tuple[frozenset[str], ...]:
    """Sets of words: each match of the pattern holds at least one word of every set; the most selective first."""
    try:
        tokens = list(_parser.parse(pattern))
    except re.error:
        return ()  # the pattern's own check says what is wrong with it
    found = {frozenset(words) for words in _needs(tokens, classes)}
    return tuple(sorted(found, key=lambda words: (_value(words), sorted(words)), reverse=True))


def _needs(tokens: Sequence[Any], classes: Classes) -> list[Words]:
    """What a sequence of parsed tokens requires: one set for each token or run of letters that requires anything."""
    needs: list[Words] = []
    run = ""
    for op, argument in [*tokens, (None, None)]:
        if op is sre.LITERAL and chr(argument) not in classes:
            run += chr(argument)
            continue
        if run:
            needs.append({run})
            run = ""
        needs += _of_group(op, argument, classes)
    return needs


def _of_group(op: Any, argument: Any, classes: Classes) -> list[Words]:
    """A group requires all that its tokens require, when it must occur."""
    if op is sre.SUBPATTERN:
        return _needs(list(argument[3]), classes)
    if op is sre.ATOMIC_GROUP:
        return _needs(list(argument), classes)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return _needs(list(argument[2]), classes) if argument[0] > 0 else []
    found = _of_token(op, argument, classes)
    return [found] if found else []


def _of_token(op: Any, argument: Any, classes: Classes) -> Words | None:
    if op is sre.LITERAL:
        return classes[chr(argument)]
    if op is sre.IN:
        return _of_characters(argument, classes)
    if op is sre.BRANCH:
        return _of_branches([max(_needs(list(branch), classes), key=_value, default=None) for branch in argument[1]])
    return None


def _of_characters(items: Sequence[Any], classes: Classes) -> Words | None:
    if len(items) > MAX_CLASS or any(op is not sre.LITERAL for op, _ in items):
        return None
    words: set[str] = set()
    for _, code in items:  # `a|{class}` is parsed as a set of characters
        found = classes.get(chr(code), frozenset({chr(code)}))
        if not found:
            return None
        words |= found
    return words


def _of_branches(branches: list[Words | None]) -> Words | None:
    words: set[str] = set()
    for branch in branches:
        if not branch:
            return None
        words |= branch
    return words if len(words) <= MAX_WORDS else None


def _value(words: Words) -> tuple[int, int]:
    """Longer shortest word first, then fewer words."""
    return min(map(len, words)), -len(words)


def first_characters(pattern: str) -> frozenset[str]:
    """The characters that a match can begin with; empty when that cannot be told, or when a match can be empty."""
    found = _first(list(_parser.parse(pattern)))
    return frozenset() if found is None or "" in found else frozenset(found)


def _first(tokens: Sequence[Any]) -> set[str] | None:
    """The characters that a sequence can begin with, "" among them when it can be empty; None when unknown."""
    found: set[str] = set()
    for op, argument in tokens:
        if op in _NO_WIDTH:
            continue
        here = _first_of(op, argument)
        if here is None:
            return None
        found |= here - {""}
        if "" not in here:
            return found
    return found | {""}


def _first_of(op: Any, argument: Any) -> set[str] | None:
    if op is sre.LITERAL:
        return {chr(argument)}
    if op is sre.IN:
        return {chr(code) for _, code in argument} if all(kind is sre.LITERAL for kind, _ in argument) else None
    if op is sre.SUBPATTERN:
        return _first(list(argument[3]))
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        inner = _first(list(argument[2]))
        return inner if inner is None or argument[0] else inner | {""}
    if op is sre.BRANCH:
        branches = [_first(list(branch)) for branch in argument[1]]
        return None if None in branches else set().union(*(b for b in branches if b is not None))
    return None


_NO_WIDTH = (sre.AT, sre.ASSERT, sre.ASSERT_NOT)
