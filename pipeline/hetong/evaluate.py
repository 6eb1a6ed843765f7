"""Scores of predicted elements against gold labels, with intervals from resampling contracts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from hetong.document import ELEMENTS, Element

RESAMPLES: Final = 400
SEED: Final = 7


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Accuracy, macro-F1 and per-element figures; `interval` is the 95 % interval of macro-F1 over contracts.

    `confusion[i, j]` counts clauses of element i that were taken for element j, in the order of `ELEMENTS`.
    """

    count: int
    accuracy: float
    macro_f1: float
    interval: tuple[float, float]
    precision: dict[str, float]
    recall: dict[str, float]
    f1: dict[str, float]
    confusion: NDArray[np.int64]

    def report(self) -> str:
        """The scores as a small table for people."""
        low, high = self.interval
        lines = [
            f"clauses {self.count}  accuracy {self.accuracy:.3f}  macro-F1 {self.macro_f1:.3f} "
            f"(95 % interval over contracts {low:.3f} to {high:.3f})",
            f"{'element':10} precision  recall     F1   taken for " + " ".join(f"{e:>8}" for e in ELEMENTS),
        ]
        for i, element in enumerate(ELEMENTS):
            counts = " ".join(f"{n:8d}" for n in self.confusion[i])
            figures = f"{self.precision[element]:9.3f} {self.recall[element]:7.3f} {self.f1[element]:6.3f}"
            lines.append(f"{element:10} {figures}             {counts}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """The scores as plain JSON values, rounded to four digits."""
        return {
            "clauses": self.count,
            "accuracy": round(self.accuracy, 4),
            "macro_f1": round(self.macro_f1, 4),
            "macro_f1_interval": [round(x, 4) for x in self.interval],
            "f1": {e: round(v, 4) for e, v in self.f1.items()},
            "precision": {e: round(v, 4) for e, v in self.precision.items()},
            "recall": {e: round(v, 4) for e, v in self.recall.items()},
            "confusion": {"order": list(ELEMENTS), "counts": self.confusion.tolist()},
        }


def scores(gold: Sequence[Element], probabilities: NDArray[np.float32], contracts: Sequence[str]) -> Scores:
    """The scores of probabilities (clauses, elements) against gold labels; `contracts` names each clause's contract."""
    truth = np.asarray([ELEMENTS.index(element) for element in gold])
    guess = probabilities.argmax(axis=1)
    confusion = _confusion(truth, guess)
    precision, recall, f1 = _figures(confusion)
    return Scores(
        count=len(truth),
        accuracy=float((truth == guess).mean()),
        macro_f1=_macro(confusion),
        interval=_interval(truth, guess, np.asarray(contracts)),
        precision=dict(zip(ELEMENTS, precision.tolist(), strict=True)),
        recall=dict(zip(ELEMENTS, recall.tolist(), strict=True)),
        f1=dict(zip(ELEMENTS, f1.tolist(), strict=True)),
        confusion=confusion,
    )


def _confusion(truth: NDArray[np.int64], guess: NDArray[np.int64]) -> NDArray[np.int64]:
    size = len(ELEMENTS)
    return np.bincount(truth * size + guess, minlength=size * size).reshape(size, size)


def _figures(confusion: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    right = np.diag(confusion).astype(float)
    precision = right / np.maximum(confusion.sum(axis=0), 1)
    recall = right / np.maximum(confusion.sum(axis=1), 1)
    return precision, recall, 2 * precision * recall / np.maximum(precision + recall, 1e-12)


def _macro(confusion: NDArray[np.int64]) -> float:
    """Mean F1 over the elements that occur in the gold labels."""
    occurs = confusion.sum(axis=1) > 0
    return float(_figures(confusion)[2][occurs].mean())


def _interval(truth: NDArray[np.int64], guess: NDArray[np.int64], contracts: NDArray[Any]) -> tuple[float, float]:
    """95 % interval of macro-F1 when contracts, not clauses, are drawn again."""
    names, at = np.unique(contracts, return_inverse=True)
    each = np.stack([_confusion(truth[at == i], guess[at == i]) for i in range(len(names))])
    draw = np.random.default_rng(SEED).integers(0, len(names), size=(RESAMPLES, len(names)))
    values = [_macro(each[row].sum(axis=0)) for row in draw]
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
