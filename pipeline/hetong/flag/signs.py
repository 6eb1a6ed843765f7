"""By which of its words each way of matching is looked for: those that are cheapest to find and seldom found in vain.

How rare words are is counted in our own corpora (`hetong.rulebook.frequency`). It decides speed, never what is found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import inf, prod
from typing import Final, Literal, NamedTuple, TypeAlias

from hetong.rulebook import Alternative, Pattern, Scope
from hetong.rulebook.literals import Sign, Words

MOST_SETS: Final = 3  # of words that a sign is looked for by, beside its own
WORTH: Final = 300.0  # to try a way costs so many times what it costs to find a word

Side: TypeAlias = Literal["anywhere", "before", "behind"]


class Beside(NamedTuple):
    """A set of words, one of which stands in the unit, on this side of the word of a sign."""

    words: Words
    side: Side

    @property
    def share(self) -> float:
        """In about what share of the sentences it stands there."""
        return min(1.0, self.words.rate / 1000) / (1 if self.side == "anywhere" else 2)


class WaySign(NamedTuple):
    """What shows where a way may match: one of these words, and beside it of other sets a word each."""

    scope: Scope
    way: int
    words: Words
    beside: tuple[Beside, ...]


def way_signs(ways: Sequence[tuple[Scope, Alternative]]) -> list[WaySign]:
    """The signs of all ways; none of a way that needs no word."""
    return _worthwhile([sign for way, (scope, one) in enumerate(ways) for sign in _signs(scope, way, one)])


def _signs(scope: Scope, way: int, alternative: Alternative) -> Iterator[WaySign]:
    """The signs of the cheapest pattern, each with what stands beside it, the rarest first."""
    cheapest = min(alternative.all, key=lambda pattern: _cost(pattern, alternative))
    others = [Beside(words, "anywhere") for p in alternative.all if p is not cheapest for words in p.needs]
    for sign in cheapest.signs:
        beside = sorted(dict.fromkeys([*others, *_around(sign)]), key=lambda one: one.share)
        yield WaySign(scope, way, sign.words, tuple(beside))


def _cost(pattern: Pattern, alternative: Alternative) -> float:
    """What it costs to look for a way by the signs of one pattern: to find its words, and to try the way in vain."""
    others = prod(Beside(p.needs[0], "anywhere").share for p in alternative.all if p is not pattern and p.needs)
    tried = (prod(one.share for one in _around(sign)) * others for sign in pattern.signs)
    costs = [sign.words.rate * (1 + WORTH * share) for sign, share in zip(pattern.signs, tried, strict=True)]
    return sum(costs) if costs else inf


def _around(sign: Sign) -> list[Beside]:
    return [*(Beside(words, "before") for words in sign.before), *(Beside(words, "behind") for words in sign.behind)]


def _worthwhile(signs: Sequence[WaySign]) -> list[WaySign]:
    """The signs with the rarest of those sets that spare more trying than it costs to find their words."""
    spared: defaultdict[tuple[Scope, Beside], float] = defaultdict(float)
    for sign in signs:
        tried = sign.words.rate
        for one in sign.beside:
            spared[sign.scope, one] += tried * (1 - one.share)
            tried *= one.share
    worth = {key for key, rate in spared.items() if rate * WORTH > key[1].words.rate}
    return [s._replace(beside=tuple(one for one in s.beside if (s.scope, one) in worth)[:MOST_SETS]) for s in signs]
