"""Counts of what is right, and their shares with intervals from drawing contracts again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

RESAMPLES: Final = 1000
SEED: Final = 7


class Tally(NamedTuple):
    """So many right ones of so many."""

    right: int
    of: int

    @property
    def wrong(self) -> int:
        """How many are not right."""
        return self.of - self.right


class Share(NamedTuple):
    """A share of all contracts together, and the ends of its 95 % interval."""

    right: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """Right ones among all, 0 when there is nothing to count."""
        return self.right / self.of if self.of else 0.0


def share_of(tallies: Sequence[Tally]) -> Share:
    """The share of some contracts together; whole contracts are drawn again for the interval."""
    counts = np.asarray([*tallies, Tally(0, 0)], dtype=float)
    draw = np.random.default_rng(SEED).integers(0, max(1, len(tallies)), size=(RESAMPLES, len(tallies)))
    right, of = counts[draw].sum(axis=1).T
    low, high = np.quantile(right / np.maximum(of, 1), [0.025, 0.975])
    return Share(int(counts[:, 0].sum()), int(counts[:, 1].sum()), float(low), float(high))
