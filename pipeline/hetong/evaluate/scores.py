"""Scores of predicted elements against gold labels, with intervals from resampling contracts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hetong.document import ELEMENTS, Element

RESAMPLES: Final = 400
SEED: Final = 7
LEVELS: Final = (0.025, 0.975)  # the quantiles that bound a 95 % interval
DIGITS: Final = 4  # of a figure in JSON

Interval = tuple[float, float]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Accuracy, macro-F1 and per-element figures; intervals are 95 % intervals over contracts.

    `interval` is that of macro-F1. `confusion[i, j]` counts clauses of element i that were taken for element j, in the
    order of `ELEMENTS`.
    """

    count: int
    accuracy: float
    macro_f1: float
    interval: Interval
    precision: dict[str, float]
    recall: dict[str, float]
    f1: dict[str, float]
    confusion: Counts
    accuracy_interval: Interval
    f1_intervals: dict[str, Interval]

    def report(self) -> str:
        """The scores as a small table for people."""
        lines = [
            f"clauses {self.count}  accuracy {self.accuracy:.3f} ({_span(self.accuracy_interval)})  "
            f"macro-F1 {self.macro_f1:.3f} ({_span(self.interval)}); in brackets 95 % intervals over contracts",
            f"{'element':10} precision  recall     F1 (interval)        taken for "
            + " ".join(f"{e:>8}" for e in ELEMENTS),
        ]
        for i, element in enumerate(ELEMENTS):
            counts = " ".join(f"{n:8d}" for n in self.confusion[i])
            figures = f"{self.precision[element]:9.3f} {self.recall[element]:7.3f} {self.f1[element]:6.3f}"
            lines.append(f"{element:10} {figures} ({_span(self.f1_intervals[element])})          {counts}")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """The scores as plain JSON values, rounded to four digits."""
        return {
            "clauses": self.count,
            "accuracy": round(self.accuracy, DIGITS),
            "accuracy_interval": _rounded(self.accuracy_interval),
            "macro_f1": round(self.macro_f1, DIGITS),
            "macro_f1_interval": _rounded(self.interval),
            "f1": {e: round(v, DIGITS) for e, v in self.f1.items()},
            "f1_intervals": {e: _rounded(v) for e, v in self.f1_intervals.items()},
            "precision": {e: round(v, DIGITS) for e, v in self.precision.items()},
            "recall": {e: round(v, DIGITS) for e, v in self.recall.items()},
            "confusion": {"order": list(ELEMENTS), "counts": self.confusion.tolist()},
        }


def scores(gold: Sequence[Element], probabilities: NDArray[np.float32], contracts: Sequence[str]) -> Scores:
    """The scores of probabilities (clauses, elements) against gold labels; `contracts` names each clause's contract.

    There is at least one clause.
    """
    truth = np.asarray([ELEMENTS.index(element) for element in gold])
    guess = probabilities.argmax(axis=1)
    confusion = _confusion(truth, guess)
    found = _figures(confusion)
    drawn = _figures(_resampled(truth, guess, np.asarray(contracts)))
    return Scores(
        count=len(truth),
        accuracy=float(found.accuracy),
        macro_f1=float(found.macro_f1),
        interval=_interval(drawn.macro_f1),
        precision=dict(zip(ELEMENTS, found.precision.tolist(), strict=True)),
        recall=dict(zip(ELEMENTS, found.recall.tolist(), strict=True)),
        f1=dict(zip(ELEMENTS, found.f1.tolist(), strict=True)),
        confusion=confusion,
        accuracy_interval=_interval(drawn.accuracy),
        f1_intervals={element: _interval(drawn.f1[:, i]) for i, element in enumerate(ELEMENTS)},
    )


def side_by_side(found: Mapping[str, Scores]) -> str:
    """Name → scores as a table for people, a line a name."""
    lines = [f"{'':20}  accuracy (95 % interval)     macro-F1 (95 % interval)   clauses"]
    for name, one in found.items():
        accuracy, macro = _span(one.accuracy_interval), _span(one.interval)
        lines.append(f"{name:20} {one.accuracy:9.3f} ({accuracy}) {one.macro_f1:9.3f} ({macro}) {one.count:8d}")
    return "\n".join(lines)


class _Figures(NamedTuple):
    """Figures of confusion matrices (…, elements, elements): the first three (…, elements), the others (…)."""

    precision: NDArray[np.float64]
    recall: NDArray[np.float64]
    f1: NDArray[np.float64]
    accuracy: NDArray[np.float64]
    macro_f1: NDArray[np.float64]


def _figures(confusion: Counts) -> _Figures:
    """The figures; macro-F1 is the mean F1 over the elements that occur in the gold labels."""
    right = np.diagonal(confusion, axis1=-2, axis2=-1).astype(float)
    gold = confusion.sum(axis=-1)
    precision, recall = right / np.maximum(confusion.sum(axis=-2), 1), right / np.maximum(gold, 1)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    macro = f1.sum(axis=-1) / np.maximum((gold > 0).sum(axis=-1), 1)  # F1 is 0 where the element does not occur
    return _Figures(precision, recall, f1, right.sum(axis=-1) / np.maximum(gold.sum(axis=-1), 1), macro)


def _confusion(truth: Counts, guess: Counts) -> Counts:
    size = len(ELEMENTS)
    return np.bincount(truth * size + guess, minlength=size * size).reshape(size, size)


def _resampled(truth: Counts, guess: Counts, contracts: NDArray[Any]) -> Counts:
    """The confusion (resamples, elements, elements) when contracts, not clauses, are drawn again."""
    names, at = np.unique(contracts, return_inverse=True)
    each = np.stack([_confusion(truth[at == i], guess[at == i]) for i in range(len(names))])
    draws = np.random.default_rng(SEED).integers(0, len(names), size=(RESAMPLES, len(names)))
    times = np.stack([np.bincount(draw, minlength=len(names)) for draw in draws])
    return np.tensordot(times, each, axes=1)


def _interval(values: NDArray[np.float64]) -> Interval:
    low, high = np.quantile(values, LEVELS)
    return float(low), float(high)


def _span(interval: Interval) -> str:
    return f"{interval[0]:.3f} to {interval[1]:.3f}"


def _rounded(interval: Interval) -> list[float]:
    return [round(x, DIGITS) for x in interval]
