"""How far a model's confidence can be trusted: reliability, abstention, and precision at a recall that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from hetong.document import ELEMENTS, Element
from hetong.evaluate.scores import DIGITS

BINS: Final = 10  # of equal width between 0 and 1
SHARES: Final = (0.7, 0.8, 0.9, 1.0)
RECALLS: Final = (0.8, 0.9)

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions of like confidence: their mean confidence, the share that is right, how many they are."""

    confidence: float
    accuracy: float
    count: int


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bins by ascending confidence, empty ones left out, and the expected calibration error.

    The error is the mean distance between confidence and accuracy, bins weighted by their count (Guo et al. 2017,
    On Calibration of Modern Neural Networks).
    """

    bins: tuple[Bin, ...]
    error: float

    def report(self) -> str:
        """A line for the error and a line a bin."""
        lines = [f"calibration error {self.error:.3f}", "confidence  accuracy  clauses"]
        return "\n".join([*lines, *(f"{b.confidence:10.3f} {b.accuracy:9.3f} {b.count:8d}" for b in self.bins)])

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values, rounded to four digits."""
        bins = [
            {"confidence": round(b.confidence, DIGITS), "accuracy": round(b.accuracy, DIGITS), "count": b.count}
            for b in self.bins
        ]
        return {"error": round(self.error, DIGITS), "bins": bins}


def reliability(gold: Sequence[Element], probabilities: Array) -> Reliability:
    """The reliability of probabilities (clauses, elements)."""
    confidence, right = _confidence(gold, probabilities)
    number = np.minimum((confidence * BINS).astype(int), BINS - 1)
    held = [number == i for i in range(BINS) if (number == i).any()]
    bins = tuple(Bin(float(confidence[at].mean()), float(right[at].mean()), int(at.sum())) for at in held)
    return Reliability(bins, sum(b.count * abs(b.confidence - b.accuracy) for b in bins) / max(1, len(right)))


@dataclass(frozen=True, slots=True)
class Coverage:
    """The accuracy on the share of clauses of which the model is surest; all of them reach `threshold`."""

    share: float
    accuracy: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Abstention:
    """What answering only where the model is sure buys, by ascending share of clauses answered."""

    points: tuple[Coverage, ...]

    def report(self) -> str:
        """One line."""
        said = (f"{p.accuracy:.3f} at {p.share:.0%} (confidence {p.threshold:.2f} up)" for p in self.points)
        return "accuracy when the surest are answered: " + ", ".join(said)

    def as_dict(self) -> list[dict[str, float]]:
        """Plain JSON values, rounded to four digits."""
        return [
            {"share": p.share, "accuracy": round(p.accuracy, DIGITS), "threshold": round(p.threshold, DIGITS)}
            for p in self.points
        ]


def abstention(gold: Sequence[Element], probabilities: Array) -> Abstention:
    """Accuracy at each of `SHARES`; of equally sure predictions the earlier ones are taken first."""
    confidence, right = _confidence(gold, probabilities)
    order = np.argsort(-confidence, kind="stable")
    counts = [(share, int(np.ceil(share * len(order)))) for share in SHARES]
    return Abstention(
        tuple(Coverage(s, float(right[order[:n]].mean()), float(confidence[order[n - 1]])) for s, n in counts)
    )


@dataclass(frozen=True, slots=True)
class AtRecall:
    """Element → recall → the best precision at that recall or above; None when the element never gets so far."""

    precision: dict[str, dict[float, float | None]]

    def report(self) -> str:
        """A line an element."""
        lines = [f"{'element':10}" + "".join(f"{f'P@{recall * 100:.0f}R':>8}" for recall in RECALLS)]
        for element, found in self.precision.items():
            lines.append(f"{element:10}" + "".join("       –" if p is None else f"{p:8.3f}" for p in found.values()))
        return "\n".join(lines)

    def as_dict(self) -> dict[str, dict[str, float | None]]:
        """Plain JSON values with keys like P@80R, rounded to four digits."""
        return {
            element: {f"P@{r * 100:.0f}R": None if p is None else round(p, DIGITS) for r, p in found.items()}
            for element, found in self.precision.items()
        }


def at_recall(gold: Sequence[Element], probabilities: Array) -> AtRecall:
    """Precision at each of `RECALLS`, each element ranked by its own probability.

    A clause to which a model gives no probability of the element is never offered for it, so a model that only names
    one element a clause may not reach the recall.
    """
    truth = np.asarray(gold)
    return AtRecall({e: _best(truth == e, probabilities[:, i]) for i, e in enumerate(ELEMENTS)})


def _best(relevant: NDArray[np.bool_], probability: Array) -> dict[float, float | None]:
    """Recall → best precision; clauses of equal probability are offered together."""
    order = np.argsort(-probability, kind="stable")
    ranked = probability[order]
    last = (ranked > 0) & np.append(ranked[1:] != ranked[:-1], True)
    hits = np.cumsum(relevant[order])
    precision = (hits / np.arange(1, len(order) + 1))[last]
    recall = (hits / max(1, relevant.sum()))[last]
    return {least: float(precision[recall >= least].max()) if (recall >= least).any() else None for least in RECALLS}


def _confidence(gold: Sequence[Element], probabilities: Array) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The probability of what is predicted, and whether it is right; each (clauses,)."""
    right = np.asarray([ELEMENTS[best] for best in probabilities.argmax(axis=1)]) == np.asarray(gold)
    return probabilities.max(axis=1).astype(float), right
