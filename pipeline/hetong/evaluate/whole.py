"""Everything that is measured of a model on labelled clauses, in one value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from hetong.document import ELEMENTS, Element
from hetong.evaluate.curves import Abstention, AtRecall, Coverage, Reliability, abstention, at_recall, reliability
from hetong.evaluate.rows import Row, by_contract
from hetong.evaluate.scores import Scores, scores
from hetong.evaluate.secondary import SecondaryScores, secondary_scores
from hetong.predictor import Features, Prediction

Array = NDArray[np.float32]


class Model(Protocol):
    """What can be evaluated: our element model, a swapped-in pipeline, a baseline.

    Both take the clauses of one contract, in order.
    """

    def predict(self, clauses: Sequence[Features], /) -> Sequence[Prediction]:
        """One prediction a clause."""
        ...

    def probabilities(self, clauses: Sequence[Features], /) -> Array:
        """Probabilities (clauses, elements), columns in the order of `ELEMENTS`."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """The figures of a model on labelled clauses."""

    scores: Scores
    abstention: Abstention
    reliability: Reliability
    at_recall: AtRecall
    secondary: SecondaryScores

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """The points of the abstention curve."""
        return self.abstention.points

    def report(self) -> str:
        """All of them for people."""
        parts = (self.scores, self.abstention, self.secondary, self.at_recall, self.reliability)
        return "\n\n".join(part.report() for part in parts)

    def as_dict(self) -> dict[str, Any]:
        """All of them as plain JSON values."""
        return {
            **self.scores.as_dict(),
            "coverage": self.abstention.as_dict(),
            "reliability": self.reliability.as_dict(),
            "precision_at_recall": self.at_recall.as_dict(),
            "secondary": self.secondary.as_dict(),
        }


def evaluate(rows: Sequence[Row], model: Model) -> Evaluation:
    """The figures of a model on labelled rows, at least one, those of a contract together and in order."""
    gold, said = [row.element for row in rows], probabilities(rows, model)
    return Evaluation(
        scores=scores(gold, said, [row.contract for row in rows]),
        abstention=abstention(gold, said),
        reliability=reliability(gold, said),
        at_recall=at_recall(gold, said),
        secondary=secondary_scores(rows, predictions(rows, model)),
    )


def predictions(rows: Sequence[Row], model: Model) -> list[Prediction]:
    """What a model says of each row, contract by contract."""
    return [said for clauses in by_contract(rows) for said in model.predict(clauses)]


def probabilities(rows: Sequence[Row], model: Model) -> Array:
    """The probabilities (rows, elements) that a model gives, contract by contract."""
    found = [model.probabilities(clauses) for clauses in by_contract(rows)]
    return np.vstack(found) if found else np.zeros((0, len(ELEMENTS)), dtype=np.float32)


class Mistake(NamedTuple):
    """A clause that was taken for another element, and how sure the model was."""

    contract: str
    heading: str
    text: str
    element: Element
    secondary: tuple[Element, ...]
    said: Element
    confidence: float


def worst(rows: Sequence[Row], model: Model, count: int = 20) -> list[Mistake]:
    """The mistakes of which the model was surest, at most `count` of them; the heading is that above if it has none."""
    pairs = zip(rows, predictions(rows, model), strict=True)
    wrong = [
        Mistake(
            row.contract, row.features.heading or row.features.above, row.features.text, row.element, row.secondary,
            said.element, said.confidence,
        )
        for row, said in pairs if said.element != row.element
    ]  # fmt: skip
    return sorted(wrong, key=lambda mistake: -mistake.confidence)[:count]
