"""Which ways of matching are worth trying where: one walk of a trie over a contract tells.

Each pattern needs certain words (`hetong.rulebook.literals`). A way is looked at where a word of its rarest set stands,
its anchor, and tried where at least one word of each of its other sets stands as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final, NamedTuple, get_args

import numpy as np

from hetong.flag.view import Unit, View
from hetong.rulebook import Alternative, Pattern, Rule, Scope
from hetong.rulebook.literals import rate_of
from hetong.trie import Hits, Lists, Numbers, Trie

MOST_SETS: Final = 3  # of words that a way is looked for by, beside its anchors
TOO_COMMON: Final = 500.0  # words in so many of a thousand sentences cost more to find than they save
ALWAYS: Final = 0  # the number of a set of words that stands in every unit


class Way(NamedTuple):
    """An alternative of a rule made ready: its patterns, the cheapest first."""

    rule: str
    alternative: Alternative
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """The ways of some rules in units of one scope.

    By number of the word: `sets` that it is of, and `anchored`, the ways that it is an anchor of. `needs` are the sets
    that each way needs besides its anchors (ways, `MOST_SETS`); `ungated` are ways that need no word.
    """

    scope: Scope
    sets: Lists
    anchored: Lists
    ways: Sequence[Way]
    needs: Numbers
    ungated: Numbers

    def candidates(self, view: View, hits: Hits) -> Iterator[tuple[Unit, list[Way]]]:
        """Each unit in which something may match, in order, with the ways to try there."""
        units = view.units(self.scope)
        where, words = _with_leads(view, self.scope, hits)
        asked = np.zeros((len(units), len(self.ways)), dtype=bool)
        index, ways = self.anchored.of(words)
        asked[where[index], ways] = True
        asked[:, self.ungated] = True
        present = np.zeros((len(units), self.needs.max(initial=ALWAYS) + 1), dtype=bool)
        index, sets = self.sets.of(words)
        present[where[index], sets] = True
        present[:, ALWAYS] = True
        unit, way = np.divmod(np.flatnonzero(asked), len(self.ways))
        for needs in self.needs.T:
            fit = present[unit, needs[way]]
            unit, way = unit[fit], way[fit]
        pairs = zip(unit.tolist(), way.tolist(), strict=True)
        for number, those in groupby(pairs, key=lambda pair: pair[0]):
            yield units[number], [self.ways[way] for _, way in those]


def _with_leads(view: View, scope: Scope, hits: Hits) -> tuple[Numbers, Numbers]:
    """(number of the unit, number of the word) of each word that ends in a unit or in what announces it."""
    where = view.unit_at(scope)[hits.ends - 1]
    inside = where >= 0
    found = [(where[inside], hits.words[inside])]
    for (start, end), below in view.announced(scope).items():
        words = hits.words[(hits.ends > start) & (hits.ends <= end)]
        found.append((np.repeat(below, len(words)), np.tile(words, len(below))))
    return np.concatenate([units for units, _ in found]), np.concatenate([words for _, words in found])


@dataclass(frozen=True, slots=True, eq=False)
class Gates:
    """The gates of some rules, one a scope, and the trie of the words that they need."""

    trie: Trie
    gates: Sequence[Gate]

    def candidates(self, view: View) -> Iterator[tuple[Unit, list[Way]]]:
        """Each unit of each scope in which something may match, with the ways to try there."""
        hits = self.trie.find(view.text)
        for gate in self.gates:
            yield from gate.candidates(view, hits)


@lru_cache(maxsize=4)
def gates_of(rules: tuple[Rule, ...]) -> Gates:
    """The gates of some rules; built once a process, which takes longer than one contract."""
    scopes: tuple[Scope, ...] = get_args(Scope)
    pairs = [(rule, alternative) for rule in rules for alternative in rule.match]
    groups = {scope: [pair for pair in pairs if pair[0].scope == scope] for scope in scopes}
    needs = {scope: [_sets(alternative) for _, alternative in group] for scope, group in groups.items()}
    words = sorted({word for ways in needs.values() for sets in ways for words in sets for word in words})
    gates = [_gate(scope, group, needs[scope], words) for scope, group in groups.items() if group]
    return Gates(Trie(words), gates)


def _gate(
    scope: Scope, pairs: Sequence[tuple[Rule, Alternative]], needs: Sequence[list[frozenset[str]]], words: Sequence[str]
) -> Gate:
    others = {words for sets in needs for words in sets[1:]}
    number = {words: n for n, words in enumerate(others, start=ALWAYS + 1)}
    sets_of = _numbers_by_word(number.items())
    anchored = _numbers_by_word((sets[0], way) for way, sets in enumerate(needs) if sets)
    return Gate(
        scope,
        Lists([sets_of.get(word, ()) for word in words]),
        Lists([anchored.get(word, ()) for word in words]),
        [_way(rule, alternative) for rule, alternative in pairs],
        np.asarray([_padded([number[words] for words in sets[1:]]) for sets in needs], dtype=np.intp),
        np.asarray([way for way, sets in enumerate(needs) if not sets], dtype=np.intp),
    )


def _numbers_by_word(numbered: Iterable[tuple[frozenset[str], int]]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for words, number in numbered:
        for word in words:
            found[word].append(number)
    return found


def _padded(sets: list[int]) -> list[int]:
    return sets + [ALWAYS] * (MOST_SETS - len(sets))


def _way(rule: Rule, alternative: Alternative) -> Way:
    return Way(rule.id, alternative, tuple(sorted(alternative.all, key=lambda pattern: len(pattern.expanded))))


def _sets(alternative: Alternative) -> list[frozenset[str]]:
    """The sets of words that a way is looked for by, the rarest first; all but that one must be rare enough to help."""
    sets = {words for pattern in alternative.all for words in pattern.needs}
    ordered = sorted(sets, key=lambda words: (rate_of(words), min(words)))
    return ordered[:1] + [words for words in ordered[1 : 1 + MOST_SETS] if rate_of(words) <= TOO_COMMON]
