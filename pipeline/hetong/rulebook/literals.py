"""Finds, for a regular expression, words of which at least one stands in every text that it matches.

One walk of a trie over a contract then tells which patterns can match where, and the others are never tried. Small
alternations that follow each other are multiplied out ((?:再|又)(?:改|换) gives 再改 再换 又改 又换), since longer
words are rarer; the same idea as the prefilter of RE2. In which order the words stand is kept, and of an alternation
which words stand beside which: 不[^。]{0,9}付|免费 is shown by 付 behind 不, and by 免费 alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain
from math import fsum
from typing import Any, Final, NamedTuple, TypeAlias

from hetong.rulebook.frequency import rate

# The parsed form of a pattern is not public in `re`; a test holds what is used of it on every Python we support
parser: Any = re._parser  # type: ignore[attr-defined]
sre: Any = re._constants  # type: ignore[attr-defined]
MAX_CLASS: Final = 40  # a larger character class is no good as a filter
MAX_PRODUCT: Final = 120  # so many words at most come of multiplying out
MAX_WORDS: Final = 1200
EMPTY: Final = frozenset({""})
NO_WIDTH: Final = (sre.AT, sre.ASSERT, sre.ASSERT_NOT)


class Words(frozenset[str]):
    """A set of words, one of which stands somewhere."""

    @cached_property
    def rate(self) -> float:
        """About how many of a thousand sentences hold one of them."""
        return fsum(map(rate, self))


class Sign(NamedTuple):
    """Words of which one shows where a part may match, when a word of each other set stands before it, or behind it."""

    words: Words
    before: tuple[Words, ...] = ()
    behind: tuple[Words, ...] = ()


Part: TypeAlias = tuple[Sign, ...]  # of a pattern; where it matches, one of these signs stands


class Needs(NamedTuple):
    """What stands in each match of a pattern: one of the signs, a word of each set, rarest first. Empty: unknown."""

    signs: tuple[Sign, ...] = ()
    sets: tuple[Words, ...] = ()


class Literals(NamedTuple):
    """What is known of the texts that a part of a pattern matches.

    `exact` are all of them, None when they are too many to list; `parts` stand in every match, in this order.
    """

    exact: frozenset[str] | None
    parts: tuple[Part, ...] = ()

    @property
    def required(self) -> tuple[Part, ...]:
        """The parts, that of `exact` included."""
        return self.parts if self.exact is None or "" in self.exact else ((Sign(Words(self.exact)),),)


UNKNOWN: Final = Literals(None)
NOTHING: Final = Literals(EMPTY)
Classes = Mapping[str, Literals]  # a character that stands for a word class → what is known of the class


def literals_of(pattern: str, classes: Classes) -> Literals:
    """What is known of the texts that a pattern matches; nothing when it is no pattern, which its own check says."""
    try:
        return _of_sequence(list(parser.parse(pattern)), classes)
    except re.error:
        return UNKNOWN


def needs_of(pattern: str, classes: Classes) -> Needs:
    """What a pattern needs, sets of very many words left out."""
    parts = [part for part in literals_of(pattern, classes).required if len(words_of(part)) <= MAX_WORDS]
    sets = sorted(dict.fromkeys(map(words_of, parts)), key=lambda words: words.rate)
    return Needs(tuple(signs_of(parts)), tuple(sets)) if parts else Needs()


def words_of(part: Part) -> Words:
    """The words of a part, of which at least one stands in every match."""
    return part[0].words if len(part) == 1 else Words(chain.from_iterable(sign.words for sign in part))


def signs_of(parts: Sequence[Part]) -> list[Sign]:
    """The signs of parts that follow each other: those of the rarest part, with the words of the others around them."""
    words = list(map(words_of, parts))
    rarest = min(range(len(parts)), key=lambda n: words[n].rate)
    before, behind = tuple(words[:rarest]), tuple(words[rarest + 1 :])
    return [Sign(sign.words, before + sign.before, sign.behind + behind) for sign in parts[rarest]]


def any_of(branches: Sequence[Literals]) -> Literals:
    """What is known when one of several parts matches."""
    exact = frozenset[str]().union(*(b.exact for b in branches if b.exact is not None))
    if all(b.exact is not None for b in branches) and len(exact) <= MAX_PRODUCT:
        return Literals(exact)
    if not all(b.required for b in branches):
        return UNKNOWN
    alike: defaultdict[tuple[tuple[Words, ...], ...], set[str]] = defaultdict(set)
    for branch in branches:
        for words, *around in signs_of(branch.required):
            alike[tuple(around)] |= words
    return Literals(None, (tuple(Sign(Words(words), *around) for around, words in alike.items()),))


def _of_sequence(tokens: Sequence[Any], classes: Classes) -> Literals:
    """Parts that follow each other: their exact texts are multiplied out as long as they are few."""
    parts: list[Part] = []
    run: frozenset[str] = EMPTY
    whole = True  # whether `run` is all that was matched so far
    for op, argument in tokens:
        part = _of_token(op, argument, classes)
        if part.exact is not None and len(run) * len(part.exact) <= MAX_PRODUCT:
            run = frozenset(a + b for a in run for b in part.exact)
            continue
        parts += [*Literals(run).required, *part.parts]
        run, whole = part.exact or EMPTY, False
    return Literals(run) if whole else Literals(None, (*parts, *Literals(run).required))


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
    return NOTHING if op in NO_WIDTH else UNKNOWN


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
    return int(parser.parse(pattern).getwidth()[1])
