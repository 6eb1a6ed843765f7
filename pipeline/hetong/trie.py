"""Many words found at once in a text: a double-array trie walked from all characters of the text side by side.

As fast as a compiled automaton, and what it finds are arrays, not an object a word found: with a hundred words found in
a clause, the objects cost more than the finding. The trie is that of Aoe, "An Efficient Digital Search Algorithm by
Using a Double-Array Structure" (1989): a state is a place in the array, its child by character c lies c places behind
its base, where the array names its parent.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

ROOM: Final = 4  # places of the array a character of the words
PATIENCE: Final = 30  # attempts to place the children of a level before the array is doubled
FREE: Final = -1
ROOT: Final = 0
CODES: Final = 0x110000  # of characters
BETWEEN: Final = "\x00"  # texts that are looked at together; in no word

Numbers: TypeAlias = NDArray[np.intp]


class Hits(NamedTuple):
    """Where words stand in a text: their numbers, starts and ends, the shorter words first, then by place."""

    words: Numbers
    starts: Numbers
    ends: Numbers


class Trie:
    """Some words, none empty or twice, to be found in texts."""

    def __init__(self, words: Sequence[str]) -> None:
        self._alphabet = np.zeros(CODES, dtype=np.int32)
        known = np.unique(codes_of("".join(words)))
        self._alphabet[known] = np.arange(1, len(known) + 1)
        self._widest = len(known) + 1  # places that a family can spread over
        self._base = np.zeros(1, dtype=np.int32)
        self._parent = np.full(1, FREE - 1, dtype=np.int32)  # the root is no place for a child
        self._word = np.full(1, FREE, dtype=np.int32)
        self._depth = 0
        self._grow(ROOM * sum(map(len, words)) + 2 * self._widest)
        self._plant(words)
        first = self._base[ROOT] + np.arange(self._widest, dtype=np.int32)
        self._first = np.where(self._parent[first] == ROOT, first, ROOT)  # by code: the state that it leads to

    def find(self, text: str) -> Hits:
        """All places of all words, overlapping ones too."""
        codes = np.zeros(len(text) + self._depth, dtype=np.int32)
        codes[: len(text)] = self._alphabet.take(codes_of(text))
        states = self._first.take(codes)
        at = np.flatnonzero(states)
        states = states.take(at)
        levels: list[tuple[Numbers, Numbers, int]] = []
        while len(at):
            words = self._word.take(states)
            ended = np.flatnonzero(words >= 0)
            levels.append((words.take(ended).astype(np.intp), at.take(ended), len(levels) + 1))
            children = self._base.take(states) + codes[len(levels) :].take(at)
            real = np.flatnonzero(self._parent.take(children) == states)
            at, states = at.take(real), children.take(real)
        return _hits(levels)

    def bags(self, texts: Sequence[str]) -> list[Numbers]:
        """The numbers of the words in each of some texts, each once, ascending; none of the words holds a NUL."""
        ends = np.cumsum([len(text) + 1 for text in texts])
        hits = self.find(BETWEEN.join(texts))
        width = int(self._word.max()) + 1
        return sorted_out(np.searchsorted(ends, hits.starts, side="right") * width + hits.words, len(texts), width)

    def _grow(self, size: int) -> None:
        """Makes the array longer."""
        more = size - len(self._base)
        self._base = np.append(self._base, np.zeros(more, dtype=np.int32))
        self._parent = np.append(self._parent, np.full(more, FREE, dtype=np.int32))
        self._word = np.append(self._word, np.full(more, FREE, dtype=np.int32))

    def _plant(self, words: Sequence[str]) -> None:
        """Places the states level by level: those of all first characters, of all second ones, and so on."""
        codes = self._alphabet[codes_of("".join(words))].astype(np.int64)
        lengths = np.fromiter(map(len, words), dtype=np.intp, count=len(words))
        starts = np.cumsum(lengths) - lengths
        states = np.zeros(len(words), dtype=np.int64)
        longer = np.arange(len(words))
        while len(longer):
            pairs = states[longer] << 32 | codes[starts[longer] + self._depth]
            children, which = np.unique(pairs, return_inverse=True)
            states[longer] = self._place(children >> 32, children & 0xFFFFFFFF)[which]
            self._depth += 1
            ended = longer[lengths[longer] == self._depth]
            self._word[states[ended]] = ended
            longer = longer[lengths[longer] > self._depth]

    def _place(self, parents: Numbers, codes: Numbers) -> Numbers:
        """The places of the children of a level, given by rising parent; bases are drawn until all fit."""
        draw = np.random.default_rng(0)
        family: Numbers = np.cumsum(np.diff(parents, prepend=parents[0]) > 0)
        sizes = np.bincount(family)
        places = np.zeros(len(parents), dtype=np.int64)
        waiting = np.arange(len(parents))
        attempts = 0
        while len(waiting):
            attempts += 1
            if attempts % PATIENCE == 0:
                self._grow(2 * len(self._base))
            bases = draw.integers(1, len(self._base) - self._widest, len(sizes))
            tried = bases[family[waiting]] + codes[waiting]
            fits = self._fits(tried, family[waiting], sizes)
            placed = waiting[fits]
            places[placed] = tried[fits]
            self._parent[places[placed]] = parents[placed]
            self._base[parents[placed]] = bases[family[placed]]
            waiting = waiting[~fits]
        return places

    def _fits(self, tried: Numbers, family: Numbers, sizes: Numbers) -> NDArray[np.bool_]:
        """Which children come to lie on free places that no other family takes, with all of their family."""
        taker = np.empty(len(self._base), dtype=np.intp)  # only what is written is read
        largest_last = np.argsort(sizes[family], kind="stable")
        taker[tried[largest_last]] = family[largest_last]
        alone = (self._parent[tried] == FREE) & (taker[tried] == family)
        crowded = np.zeros(len(sizes), dtype=bool)
        crowded[family[~alone]] = True
        return ~crowded[family]


def codes_of(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _hits(levels: Sequence[tuple[Numbers, Numbers, int]]) -> Hits:
    if not levels:
        return Hits(*(np.zeros(0, dtype=np.intp) for _ in range(3)))
    words = np.concatenate([words for words, _, _ in levels])
    starts = np.concatenate([starts for _, starts, _ in levels])
    lengths = np.repeat([length for _, _, length in levels], [len(words) for words, _, _ in levels])
    return Hits(words, starts, starts + lengths)


def sorted_out(keys: Numbers, rows: int, width: int) -> list[Numbers]:
    """For each row its numbers, each once, ascending, from keys: row · width + number. The keys are sorted in place."""
    keys.sort()
    once = keys.compress(np.diff(keys, prepend=-1) > 0)
    begins = np.arange(rows + 1) * width
    ends = np.searchsorted(once, begins)
    numbers = once - np.repeat(begins[:-1], np.diff(ends))
    return [numbers[start:end] for start, end in pairwise(ends.tolist())]


class Lists:
    """A list of numbers for each word, to be looked up for many words at once."""

    def __init__(self, lists: Sequence[Sequence[int]]) -> None:
        self._lengths = np.asarray([len(one) for one in lists], dtype=np.intp)
        self._starts = np.cumsum(self._lengths) - self._lengths
        self._numbers = np.asarray([number for one in lists for number in one], dtype=np.intp)

    def of(self, words: Numbers) -> tuple[Numbers, Numbers]:
        """(index in `words`, number) of each number of each of these words."""
        lengths = self._lengths.take(words)
        index = np.repeat(np.arange(len(words)), lengths)
        first = self._starts.take(words) - (np.cumsum(lengths) - lengths)
        return index, self._numbers.take(np.arange(len(index)) + first.take(index))
