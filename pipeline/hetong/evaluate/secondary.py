"""How well the further elements of a clause are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hetong.evaluate.rows import Row
from hetong.evaluate.scores import DIGITS
from hetong.predictor import Prediction


@dataclass(frozen=True, slots=True)
class SecondaryScores:
    """Micro precision, recall and F1 of secondary elements over all clauses.

    `either` is the accuracy when an element that the clause regulates second counts as right too.
    """

    precision: float
    recall: float
    f1: float
    either: float

    def report(self) -> str:
        """One line."""
        return (
            f"secondary elements: precision {self.precision:.3f}, recall {self.recall:.3f}, F1 {self.f1:.3f}; "
            f"accuracy when a secondary element counts too {self.either:.3f}"
        )

    def as_dict(self) -> dict[str, float]:
        """Plain JSON values, rounded to four digits."""
        figures = {"precision": self.precision, "recall": self.recall, "f1": self.f1, "either": self.either}
        return {name: round(value, DIGITS) for name, value in figures.items()}


def secondary_scores(rows: Sequence[Row], predictions: Sequence[Prediction]) -> SecondaryScores:
    """The scores of predictions, one a row.

    A secondary element counts as found only beside the primary one: predicting a clause's second element as its first
    is a mistake here and right in `either`.
    """
    pairs = list(zip(rows, predictions, strict=True))
    right = sum(len({*row.secondary} & {*said.secondary}) for row, said in pairs)
    told, labelled = sum(len(said.secondary) for _, said in pairs), sum(len(row.secondary) for row, _ in pairs)
    either = sum(said.element in (row.element, *row.secondary) for row, said in pairs)
    return SecondaryScores(
        precision=right / max(1, told),
        recall=right / max(1, labelled),
        f1=2 * right / max(1, told + labelled),
        either=either / max(1, len(pairs)),
    )
