"""The model: a first look at each clause alone, a second one at the clause among its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hetong.document import ELEMENTS
from hetong.predictor.context import contexts
from hetong.predictor.features import BAGS, SCALES, Features, Prediction, Vocabulary

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class FirstLook:
    """The score of an element is `bias` + Σ over bags of scale · Σ `values`(term) / |x|, |x| the length of the bag.

    `values` (bags × terms, elements) is idf · weight; `idf` (bags × terms); `bias` (elements).
    """

    vocabulary: Vocabulary
    values: Array
    idf: Array
    bias: Array

    def parts(self, clauses: Sequence[Features]) -> Array:
        """What each bag adds to the score of each element: (clauses, bags, elements)."""
        found = np.zeros((len(clauses), len(BAGS), len(self.bias)), dtype=np.float32)
        for row, bags in enumerate(self.vocabulary.bags(clauses)):
            for number, (at, scale) in enumerate(zip(bags, SCALES, strict=True)):
                if len(at):
                    length = float(np.sqrt(np.square(self.idf[at]).sum()))
                    found[row, number] = self.values[at].sum(axis=0) * (scale / length)
        return found

    def probabilities(self, parts: Array) -> Array:
        """Probabilities (clauses, elements) from the parts."""
        return softmax(parts.sum(axis=1) + self.bias)


@dataclass(frozen=True, slots=True, eq=False)
class SecondLook:
    """Linear in the columns of `contexts`: `weights` (columns, elements) and `bias` (elements).

    A softmax over them tells the element; `also_weights` and `also_bias` tell, by a logistic function, of each element
    that it is not whether it is regulated as well.
    """

    weights: Array
    bias: Array
    also_weights: Array
    also_bias: Array


@dataclass(frozen=True, slots=True, eq=False)
class ElementModel:
    """A trained model; `threshold` is the confidence below which a clause needs review.

    An element besides the first counts as secondary from the probability `also_threshold` on.
    """

    first: FirstLook
    second: SecondLook
    threshold: float
    also_threshold: float

    def predict(self, clauses: Sequence[Features]) -> list[Prediction]:
        """One prediction a clause; the clauses are those of one contract, in order."""
        primary, also = self.both(clauses)
        return [self._prediction(*row) for row in zip(primary, also, strict=True)]

    def probabilities(self, clauses: Sequence[Features]) -> Array:
        """Probabilities of the element (clauses, elements), columns in the order of `ELEMENTS`."""
        return self.both(clauses)[0]

    def both(self, clauses: Sequence[Features]) -> tuple[Array, Array]:
        """Probabilities of being the element, and of being a secondary one; each (clauses, elements)."""
        if not clauses:
            empty = np.zeros((0, len(ELEMENTS)), dtype=np.float32)
            return empty, empty
        parts = self.first.parts(clauses)
        columns = contexts(clauses, parts, self.first.probabilities(parts))
        also = logistic(columns @ self.second.also_weights + self.second.also_bias)
        return softmax(columns @ self.second.weights + self.second.bias), also

    def _prediction(self, primary: Array, also: Array) -> Prediction:
        best = int(primary.argmax())
        order = np.argsort(-also, kind="stable")
        others = [ELEMENTS[i] for i in order if i != best and also[i] >= self.also_threshold and ELEMENTS[i] != "other"]
        return Prediction(ELEMENTS[best], float(primary[best]), tuple(others[:2]))


def softmax(scores: NDArray[np.floating]) -> Array:
    """Probabilities (rows, elements) of scores, each row adding up to 1."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def logistic(scores: NDArray[np.floating]) -> Array:
    """The probability of each score by itself; by way of tanh, which overflows nowhere."""
    return np.asarray(0.5 * (1 + np.tanh(scores / 2)), dtype=np.float32)
