"""Which clauses to have labelled: those that a model is least sure of, or some by chance.

Asking where a model is unsure is uncertainty sampling (Lewis and Gale 1994, A sequential algorithm for training text
classifiers).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from hetong.document import ELEMENTS
from hetong.evaluate.rows import joined
from hetong.exchange.rows import LabelledClause
from hetong.predictor import ElementModel
from hetong.train import probabilities


class Doubts(NamedTuple):
    """Clauses in their order, as they came and with the element that the model suggests, and how sure it is of it."""

    clauses: list[LabelledClause]
    suggested: list[LabelledClause]
    confidence: list[float]


def doubtful(model: ElementModel, clauses: Sequence[LabelledClause], count: int) -> Doubts:
    """The `count` clauses that a model is least sure of.

    Args:
        model: the model.
        clauses: whole contracts, clause by clause in order, since a model looks at neighbours; those without an element
            are passed over.
        count: how many, at most.
    """
    asked = [clause for clause in clauses if clause.element is not None]
    primary, _ = probabilities(model, list(joined(asked)))
    least = sorted(np.argsort(primary.max(axis=1), kind="stable")[:count].tolist())
    said = [ELEMENTS[int(best)] for best in primary.argmax(axis=1)]
    suggested = [replace(asked[i], element=said[i], secondary=(), source="model") for i in least]
    return Doubts([asked[i] for i in least], suggested, [float(primary[i].max()) for i in least])


def drawn(clauses: Sequence[LabelledClause], count: int, seed: int = 0) -> list[LabelledClause]:
    """So many of the clauses with an element, drawn by chance, in their order: what to compare doubts with."""
    asked = [clause for clause in clauses if clause.element is not None]
    at = random.Random(seed).sample(range(len(asked)), min(count, len(asked)))
    return [asked[i] for i in sorted(at)]
