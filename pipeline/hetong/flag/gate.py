"""Which ways of matching are worth trying where: one Aho-Corasick pass over a contract tells.

Each pattern needs certain words (`hetong.rulebook.literals`). A way is looked at where a word of its rarest set stands,
its anchor, and tried where at least one word of each of its other sets stands as well.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, get_args

from ahocorasick_rs import AhoCorasick

from hetong.flag.view import Unit, View
from hetong.rulebook import Alternative, Pattern, Rule, Scope
from hetong.rulebook.literals import rate_of

MOST_SETS: Final = 3  # of words that a way is looked for by
TOO_COMMON: Final = 300.0  # words in so many of a thousand sentences cost more to find than they save
Hits = Sequence[tuple[int, int, int]]  # (number of the word, where it starts, where it ends), by rising end


class Way(NamedTuple):
    """An alternative of a rule made ready: what it needs as bits, and its patterns, the cheapest first."""

    rule: str
    alternative: Alternative
    needs: int
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """The ways of some rules in units of one scope, and the automaton of the words that they need.

    By number of the word: `bits` of the sets that it is of, `anchored` the ways that it is an anchor of. `ungated` are
    ways that need no word.
    """

    scope: Scope
    automaton: AhoCorasick
    bits: Sequence[int]
    anchored: Sequence[tuple[int, ...]]
    ways: Sequence[Way]
    ungated: Sequence[int]

    def candidates(self, view: View) -> Iterator[tuple[Unit, list[Way]]]:
        """Each unit in which something may match, in order, with the ways to try there."""
        bits, asked = self._look(view)
        for index in range(len(view.units(self.scope))) if self.ungated else sorted(asked):
            numbers = (*asked.get(index, ()), *self.ungated)
            present = bits[index]
            ways = [way for n in sorted(numbers) if (way := self.ways[n]).needs & present == way.needs]
            if ways:
                yield view.units(self.scope)[index], ways

    def _look(self, view: View) -> tuple[dict[int, int], dict[int, set[int]]]:
        """By number of the unit: the bits of all words in it, and the ways that have an anchor in it.

        Hits and units both stand in order, so one walk along both is enough; lead-ins are looked at behind it.
        """
        hits: Hits = self.automaton.find_matches_as_indexes(view.text, overlapping=True)
        all_bits, all_ways = self.bits, self.anchored
        bits: defaultdict[int, int] = defaultdict(int)
        asked: defaultdict[int, set[int]] = defaultdict(set)
        bounds = iter(view.bounds(self.scope))
        index, start, end = -1, 0, 0
        for word, _, position in hits:
            while position > end:
                start, end = next(bounds, (len(view.text), len(view.text)))
                index += 1
            if position > start:
                bits[index] |= all_bits[word]
                if ways := all_ways[word]:
                    asked[index].update(ways)
        for index, lead in view.leads(self.scope):
            for word, _, _ in _between(hits, *lead):
                bits[index] |= all_bits[word]
                asked[index].update(all_ways[word])
        return bits, asked


def _end(hit: tuple[int, int, int]) -> int:
    return hit[2]


def _between(hits: Hits, start: int, end: int) -> Hits:
    """The hits that end in a stretch."""
    return hits[bisect_right(hits, start, key=_end) : bisect_left(hits, end + 1, key=_end)]


@lru_cache(maxsize=4)
def gates_of(rules: tuple[Rule, ...]) -> tuple[Gate, ...]:
    """A gate for each scope that some of the rules have; built once a process, which takes longer than one contract."""
    scopes: tuple[Scope, ...] = get_args(Scope)
    pairs = [(rule, alternative) for rule in rules for alternative in rule.match]
    groups = {scope: [pair for pair in pairs if pair[0].scope == scope] for scope in scopes}
    return tuple(_gate(scope, group) for scope, group in groups.items() if group)


def _gate(scope: Scope, pairs: Sequence[tuple[Rule, Alternative]]) -> Gate:
    bit_of: dict[frozenset[str], int] = {}
    anchors: defaultdict[str, list[int]] = defaultdict(list)
    ways: list[Way] = []
    for rule, alternative in pairs:
        sets = _sets(alternative)
        for word in sets[0] if sets else ():
            anchors[word].append(len(ways))
        needs = sum(bit_of.setdefault(words, 1 << len(bit_of)) for words in sets)
        cheapest_first = sorted(alternative.all, key=lambda pattern: len(pattern.expanded))
        ways.append(Way(rule.id, alternative, needs, tuple(cheapest_first)))
    bits: defaultdict[str, int] = defaultdict(int)
    for words, bit in bit_of.items():
        for word in words:
            bits[word] |= bit
    ungated = [number for number, way in enumerate(ways) if not way.needs]
    anchored = [tuple(anchors.get(word, ())) for word in bits]
    return Gate(scope, AhoCorasick(list(bits)), list(bits.values()), anchored, ways, ungated)


def _sets(alternative: Alternative) -> list[frozenset[str]]:
    """The sets of words that a way is looked for by, the rarest first; all but that one must be rare enough to help."""
    sets = {words for pattern in alternative.all for words in pattern.needs}
    ordered = sorted(sets, key=lambda words: (rate_of(words), min(words)))
    return ordered[:1] + [words for words in ordered[1:MOST_SETS] if rate_of(words) <= TOO_COMMON]
