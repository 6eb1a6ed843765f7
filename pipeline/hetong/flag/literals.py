"""Finds, for a regular expression, words of which at least one stands in every text that it matches.

One Aho-Corasick pass over a contract then tells which patterns can match where, and the others are never tried.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

# The parsed form of a pattern is not public in `re`; a test holds what is used of it on every Python we support
_parser: Any = re._parser  # type: ignore[attr-defined]
sre: Any = re._constants  # type: ignore[attr-defined]
MAX_CLASS = 12  # a larger character class is no good as a filter
MAX_WORDS = 400


def required_words(pattern: str) -> frozenset[str]:
    """Words of which each match of the pattern contains at least one; empty when there are none to be found."""
    best = _best(list(_parser.parse(pattern)))
    return frozenset(best or ())


def _best(tokens: Sequence[Any]) -> set[str] | None:
    """The most selective set of alternatives that a sequence of parsed tokens requires."""
    candidates: list[set[str]] = []
    run = ""
    for op, argument in [*tokens, (None, None)]:
        if op is sre.LITERAL:
            run += chr(argument)
            continue
        if run:
            candidates.append({run})
            run = ""
        found = _of_token(op, argument)
        if found:
            candidates.append(found)
    return max(candidates, key=_value) if candidates else None


def _of_token(op: Any, argument: Any) -> set[str] | None:
    if op is sre.SUBPATTERN:
        return _best(list(argument[3]))
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return _best(list(argument[2])) if argument[0] > 0 else None
    if op is sre.ATOMIC_GROUP:
        return _best(list(argument))
    if op is sre.IN:
        return _of_class(argument)
    if op is sre.BRANCH:
        return _of_branches([_best(list(branch)) for branch in argument[1]])
    return None


def _of_class(items: Sequence[Any]) -> set[str] | None:
    if len(items) > MAX_CLASS or any(op is not sre.LITERAL for op, _ in items):
        return None
    return {chr(code) for _, code in items}


def _of_branches(branches: list[set[str] | None]) -> set[str] | None:
    words: set[str] = set()
    for branch in branches:
        if not branch:
            return None
        words |= branch
    return words if len(words) <= MAX_WORDS else None


def _value(words: set[str]) -> tuple[int, int]:
    """Longer shortest word first, then fewer words."""
    return min(map(len, words)), -len(words)
