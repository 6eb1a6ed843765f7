"""What stands around a clause: what the first look made of its neighbours, and where it stands.

A section is coherent: an item of a list mostly regulates what the items beside it do. Contexts are columns of numbers
that a second linear model weighs together with the first look (stacking: Wolpert 1992, Neural Networks 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hetong.predictor.features import Features

SMALLEST: Final = 1e-3  # a probability below it counts as this much, so that one sure mistake does not decide
Array = NDArray[np.float32]


def contexts(clauses: Sequence[Features], parts: Array, probabilities: Array) -> Array:
    """The columns of the second look at the clauses of one contract, in order.

    Args:
        clauses: the clauses, n of them.
        parts: what each bag adds to the score of each element, (n, bags, elements).
        probabilities: of the first look, (n, elements).

    Returns:
        (n, columns): the parts, then logarithms of the clause's own probabilities, of those of the clause before and
        behind it, and of the mean of those beside it; then where it stands (`_place`).
    """
    own = np.log(probabilities + SMALLEST)
    before, behind = np.zeros_like(own), np.zeros_like(own)
    before[1:], behind[:-1] = own[:-1], own[1:]
    flat = parts.reshape(len(clauses), parts.shape[1] * parts.shape[2])
    columns = (flat, own, before, behind, _beside(clauses, probabilities), _place(clauses))
    return np.hstack(columns).astype(np.float32)


def _beside(clauses: Sequence[Features], probabilities: Array) -> Array:
    """The logarithm of the mean probabilities of the other clauses of the group, drawn to an even guess."""
    _, group = np.unique([clause.group for clause in clauses], return_inverse=True)
    sums = np.zeros((len(clauses), probabilities.shape[1]))
    np.add.at(sums, group, probabilities)
    others = sums[group] - probabilities + 1 / probabilities.shape[1]
    return np.asarray(np.log(others / np.bincount(group)[group][:, None]), dtype=np.float32)


def _place(clauses: Sequence[Features]) -> Array:
    """Where a clause stands and how it looks, nine columns."""
    rows = [
        (
            np.log1p(len(clause.text)),
            clause.depth,
            clause.first,
            bool(clause.heading),
            bool(clause.above),
            clause.text.rstrip().endswith("："),
            "\t" in clause.text,
            "_" in clause.text,
            index / len(clauses),
        )
        for index, clause in enumerate(clauses)
    ]
    return np.asarray(rows, dtype=np.float32).reshape(len(clauses), 9)
