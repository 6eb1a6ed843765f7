"""Finds, for a regular expression, words of which at least one stands in every text that it matches.

One walk of a trie over a contract then tells which patterns can match where, and the others are never tried. Small
alternations that follow each other are multiplied out ((?:再|又)(?:改|换) gives 再改 再换 又改 又换), since longer
words are rarer; the same idea as the prefilter of RE2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from math import fsum
from typing import Any, Final, NamedTuple

from hetong.rulebook.frequency import rate

# The parsed form of a pattern is not public in `re`; a test holds what is used of it on every Python we support
_parser: Any = re._parser  # type: ignore[attr-defined]
sre: Any = re._constants  # type: ignore[attr-defined]
MAX_CLASS: Final = 40  # a larger character class is no good as a filter
MAX_PRODUCT: Final = 120  # so many words at most come of multiplying out
MAX_WORDS: Final = 1200
EMPTY: Final = frozenset({""})


class Literals(NamedTuple):
    """What is known of the texts that a part of a pattern matches.

    `exact` are all of them, None when they are too many to list; `needs` are sets of words, one of each in every match.
    """

    exact: frozenset[str] | None
    needs: tuple[frozenset[str], ...] = ()

    @property
    def required(self) -> tuple[frozenset[str], ...]:
        """The sets of words, those of `exact` included."""
        return self.needs if self.exact is None or "" in self.exact else (*self.needs, self.exact)


UNKNOWN: Final = Literals(None)
NOTHING: Final = Literals(EMPTY)
Classes = Mapping[str, Literals]  # a character that stands for a word class → what is known of the class


def literals_of(pattern: str, classes: Classes) -> Literals:
    """What is known of the texts that a pattern matches; nothing when it is no pattern, which its own check says."""
    try:
        return _of_sequence(list(_parser.parse(pattern)), classes)
    except re.error:
        return UNKNOWN


def required_words(pattern: str, classes: Classes) -> tuple[frozenset[str], ...]:
    """Sets of words: each match of the pattern holds at least one word of every set; the rarest first."""
    found = {words for words in literals_of(pattern, classes).required if len(words) <= MAX_WORDS}
    return tuple(sorted(found, key=lambda words: (rate_of(words), min(words))))


@cache
def rate_of(words: frozenset[str]) -> float:
    """About how many of a thousand sentences hold one of these words."""
    return fsum(map(rate, words))


def any_of(branches: Sequence[Literals]) -> Literals:
    """What is known when one of several parts matches."""
    exact = frozenset[str]().union(*(b.exact for b in branches if b.exact is not None))
    if all(b.exact is not None for b in branches) and len(exact) <= MAX_PRODUCT:
        return Literals(exact)
    rarest = [min(b.required, key=rate_of, default=None) for b in branches]
    if any(words is None for words in rarest):
        return UNKNOWN
    return Literals(None, (frozenset[str]().union(*(words for words in rarest if words)),))


def _of_sequence(tokens: Sequence[Any], classes: Classes) -> Literals:
    """Parts that follow each other: their exact texts are multiplied out as long as they are few."""
    needs: list[frozenset[str]] = []
    run: frozenset[str] = EMPTY
    whole = True  # whether `run` is all that was matched so far
    for op, argument in tokens:
        part = _of_token(op, argument, classes)
        if part.exact is not None and len(run) * len(part.exact) <= MAX_PRODUCT:
            run = frozenset(a + b for a in run for b in part.exact)
            needs += part.needs
            continue
        needs += [*Literals(run).required, *part.needs]
        run, whole = part.exact or EMPTY, False
    return Literals(run, tuple(needs)) if whole else Literals(None, (*needs, *Literals(run).required))


def _of_token(op: Any, argument: Any, classes: Classes) -> Literals:
    if op is sre.LITERAL:
        return classes.get(chr(argument)) or Literals(frozenset({chr(argument)}))
    if op is sre.IN:
        return _of_characters(argument, classes)
    if op is sre.BRANCH:
        return any_of([_of_sequence(list(branch), classes) for branch in argument[1]])
    if op in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return _of_sequence(list(argument[3] if op is sre.SUBPATTERN else argument), classes)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return _of_repeat(argument[0], argument[1], list(argument[2]), classes)
    return NOTHING if op in _NO_WIDTH else UNKNOWN


def _of_repeat(least: int, most: int, tokens: list[Any], classes: Classes) -> Literals:
    """A part that may be missing adds the empty text; one that may come more than once is needed but not exact."""
    part = _of_sequence(tokens, classes)
    if (least, most) == (1, 1):
        return part
    if (least, most) == (0, 1) and part.exact is not None:
        return Literals(part.exact | EMPTY)
    return Literals(None, part.required) if least else UNKNOWN


def _of_characters(items: Sequence[Any], classes: Classes) -> Literals:
    if len(items) > MAX_CLASS or any(op is not sre.LITERAL for op, _ in items):
        return UNKNOWN
    # `a|{class}` is parsed as a set of characters
    return any_of([classes.get(chr(code)) or Literals(frozenset({chr(code)})) for _, code in items])


def longest_match(pattern: str) -> int:
    """The most characters that a match of a pattern can have."""
    return int(_parser.parse(pattern).getwidth()[1])


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
