"""Which ways of matching are worth trying where: one walk of a trie over a contract tells.

Each pattern needs certain words (`hetong.rulebook.literals`). A way is tried in a unit where one of its signs shows: a
word of its rarest part stands there, and of other sets that it needs a word each, on the side on which they must stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, pairwise
from typing import Final, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from hetong.flag.signs import MOST_SETS, Side, way_signs
from hetong.flag.view import Unit, View, numbered
from hetong.rulebook import Alternative, Pattern, Rule, Scope
from hetong.rulebook.literals import Words
from hetong.trie import FREE, Hits, Lists, Numbers, Trie

ALWAYS: Final = 0  # the number of a set that stands everywhere
FAR: Final = 1 << 30  # beyond the last character of any text
BLOCK: Final = 8192  # units that are looked at together; a contract has some hundred
SIDES: Final[tuple[Side, ...]] = get_args(Side)


class Way(NamedTuple):
    """An alternative of a rule made ready: its patterns, the cheapest first."""

    rule: str
    alternative: Alternative
    patterns: tuple[Pattern, ...]


class Found(NamedTuple):
    """Words found in units: number of the unit, number of the word in its scope, and of the hit."""

    units: Numbers
    words: Numbers
    hits: Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """The ways of some rules, and what shows where to try them.

    By scope: `words`, for each word of the trie its number in the scope, `FREE` when no way there asks for it; and the
    ways that are `ungated`. By that number: the `signs` that show with a word, and the sets that it is of, those looked
    for `before` a sign and the others. By sign: its `way`, and the sets that it `needs` (signs, `MOST_SETS`). By set:
    its `side`, a place in `SIDES`.
    """

    ways: Sequence[Way]
    ungated: Mapping[Scope, Sequence[int]]
    trie: Trie
    words: Mapping[Scope, Numbers]
    signs: Lists
    before: Lists
    others: Lists
    way: Numbers
    needs: Numbers
    side: Numbers

    def candidates(self, view: View) -> Iterator[tuple[Unit, list[Way]]]:
        """Each unit of each scope in which something may match, in order, with the ways to try there."""
        units = [unit for scope in self.words for unit in view.units(scope)]
        hits = self.trie.find(view.text)
        shown = [self._shown(found, hits) for found in _blocks(self._found(view, hits), len(units))]
        unit, way = np.divmod(np.unique(np.concatenate([*shown, *self._always(view)])), len(self.ways))
        ways = [self.ways[number] for number in way.tolist()]
        firsts = np.flatnonzero(np.diff(unit, prepend=-1))
        for number, (first, last) in zip(unit[firsts].tolist(), pairwise([*firsts.tolist(), len(ways)]), strict=True):
            yield units[number], ways[first:last]

    def _always(self, view: View) -> Iterator[Numbers]:
        """Each way that needs no word in each unit of its scope, as unit · ways + way."""
        before = 0
        for scope in self.words:
            units = np.arange(before, before := before + len(view.units(scope)))
            yield from (units * len(self.ways) + way for way in self.ungated[scope])

    def _found(self, view: View, hits: Hits) -> Found:
        """The words in the units of all scopes."""
        none = np.zeros(0, dtype=np.intp)
        found = [Found(none, none, none)]
        before = 0
        for scope, numbers in self.words.items():
            words = numbers.take(hits.words)
            for units, those in _places(view, scope, hits, np.flatnonzero(words >= 0)):
                found.append(Found(units + before, words.take(those), those))
            before += len(view.units(scope))
        return Found(*map(np.concatenate, zip(*found, strict=True)))

    def _shown(self, found: Found, hits: Hits) -> Numbers:
        """The ways whose signs show, as unit · ways + way."""
        rows = (found.units - found.units.min(initial=FAR)) * len(self.side)
        reach = self._reach(found.words, rows, hits.starts.take(found.hits))
        index, signs = self.signs.of(found.words)
        rows, hit = rows.take(index), found.hits.take(index)
        # by side: how far a set must reach
        least = np.stack([np.ones_like(hit), FAR + 1 - hits.starts.take(hit), hits.ends.take(hit) + 1], axis=1).ravel()
        shown = np.arange(len(signs))
        for needs in self.needs.T:
            sets = needs.take(signs.take(shown))
            fit = reach.take(rows.take(shown) + sets) >= least.take(shown * len(SIDES) + self.side.take(sets))
            shown = shown.compress(fit)
        return found.units.take(index.take(shown)) * len(self.ways) + self.way.take(signs.take(shown))

    def _reach(self, words: Numbers, rows: Numbers, starts: Numbers) -> NDArray[np.int32]:
        """By unit and set how far it reaches to its side: `FAR` - its first start, or its last + 1; 0 for no word."""
        reach = np.zeros(int(rows.max(initial=0)) + len(self.side), dtype=np.int32)
        for sets, far in ((self.before, FAR - starts), (self.others, starts + 1)):
            index, numbers = sets.of(words)
            np.maximum.at(reach, rows.take(index) + numbers, far.astype(np.int32).take(index))
        reach[ALWAYS :: len(self.side)] = 2 * FAR - 1
        return reach


def _blocks(found: Found, units: int) -> Iterator[Found]:
    """The words of some thousand units at a time, which bounds the memory."""
    if units <= BLOCK:
        yield found
        return
    for first in range(0, units, BLOCK):
        inside = (found.units >= first) & (found.units < first + BLOCK)
        yield Found(*(numbers.compress(inside) for numbers in found))


def _places(view: View, scope: Scope, hits: Hits, asked: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """(unit, hit) of the hits that end in the units of a scope, and of those in what announces units, once for each."""
    last = hits.ends.take(asked) - 1
    units = view.unit_at(scope).take(last)
    inside = units >= 0
    yield units.compress(inside), asked.compress(inside)
    if leads := view.announced(scope):
        lead = numbered(leads, len(view.text)).take(last)
        under = np.flatnonzero(lead >= 0)
        index, below = Lists(list(leads.values())).of(lead.take(under))
        yield below, asked.take(under.take(index))


@lru_cache(maxsize=4)
def gate_of(rules: tuple[Rule, ...]) -> Gate:
    """The gate of some rules; built once a process, which takes longer than one contract."""
    scopes: tuple[Scope, ...] = get_args(Scope)
    pairs = [(rule, one) for scope in scopes for rule in rules if rule.scope == scope for one in rule.match]
    signs = way_signs([(rule.scope, one) for rule, one in pairs])
    sets = list(dict.fromkeys((sign.scope, one) for sign in signs for one in sign.beside))
    number = {one: n for n, one in enumerate(sets, start=ALWAYS + 1)}
    ungated: dict[Scope, list[int]] = {rule.scope: [] for rule, _ in pairs}
    for way in sorted(set(range(len(pairs))) - {sign.way for sign in signs}):
        ungated[pairs[way][0].scope].append(way)
    numbers = _numbered(ungated, [(s.scope, s.words) for s in signs] + [(scope, one.words) for scope, one in sets])
    words = sorted({word for those in numbers.values() for word in those})
    return Gate(
        ways=[
            Way(rule.id, one, tuple(sorted(one.all, key=lambda pattern: len(pattern.expanded)))) for rule, one in pairs
        ],
        ungated=ungated,
        trie=Trie(words),
        words={
            scope: np.asarray([those.get(word, FREE) for word in words], np.intp) for scope, those in numbers.items()
        },
        signs=_lists(numbers, [(sign.scope, sign.words, n) for n, sign in enumerate(signs)]),
        before=_lists(numbers, [(scope, one.words, n) for (scope, one), n in number.items() if one.side == "before"]),
        others=_lists(numbers, [(scope, one.words, n) for (scope, one), n in number.items() if one.side != "before"]),
        way=np.asarray([sign.way for sign in signs], np.intp),
        needs=np.asarray(
            [_padded([number[sign.scope, one] for one in sign.beside]) for sign in signs], np.intp
        ).reshape(-1, MOST_SETS),
        side=np.asarray([0, *(SIDES.index(one.side) for _, one in sets)], np.intp),
    )


def _numbered(scopes: Iterable[Scope], sets: Iterable[tuple[Scope, Words]]) -> dict[Scope, dict[str, int]]:
    """By scope the words of its sets, each with a number, numbered on from scope to scope."""
    asked: dict[Scope, dict[str, None]] = {scope: {} for scope in scopes}
    for scope, words in sets:
        asked[scope].update(dict.fromkeys(words))
    number = count()
    return {scope: {word: next(number) for word in words} for scope, words in asked.items()}


def _lists(numbers: Mapping[Scope, Mapping[str, int]], sets: Iterable[tuple[Scope, Words, int]]) -> Lists:
    """By number of a word the numbers of the sets that it is of."""
    found: list[list[int]] = [[] for _ in range(sum(map(len, numbers.values())))]
    for scope, words, number in sets:
        of = numbers[scope]
        for word in words:
            found[of[word]].append(number)
    return Lists(found)


def _padded(sets: list[int]) -> list[int]:
    return sets + [ALWAYS] * (MOST_SETS - len(sets))
