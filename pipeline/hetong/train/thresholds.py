"""From scores of unseen rows to probabilities, and to the thresholds from which detectors speak."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from hetong.flag.learned import ABOUT, APART

PRECISION: Final = 0.9  # of what is found at a threshold, among sentences of unseen writers, all rules together
NOISE: Final = 1 / 2_000  # of clauses of which nobody said anything, how many a rule may speak of
EVEN: Final = 0.5  # C of what sets one rule apart in the calibration of all
STRETCHED: Final = 10.0  # so that the slope is all but free of the prior
LEAST: Final = 0.9  # with it two or three of a thousand ordinary stretches are spoken of, by any rule
SURE: Final = 0.96  # where the text is about something else or short
ABOVE: Final = 0.01
ENOUGH: Final = 20  # found sentences below which a precision says nothing
STEPS: Final = 200

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def calibrated(scores: Floats, labels: Floats, written: Flags) -> tuple[Floats, Floats]:
    """Slope and shift of each rule: logistic(slope · score + shift) is how often a sentence with the score is risky.

    The slope is the same for all, the shift of a rule is drawn to that of all (Platt 1999, with a prior).

    Args:
        scores: of machines that had not seen the row (rows, rules).
        labels: 1, 0 or missing (rows, rules).
        written: which rows are sentences (rows).
    """
    rows, rules = np.nonzero(~np.isnan(labels) & written[:, None])
    apart = np.eye(scores.shape[1])[rules]
    columns = np.hstack([scores[rows, rules][:, None] * STRETCHED, apart])
    regression = LogisticRegression(C=EVEN, max_iter=1000).fit(columns, labels[rows, rules])
    slope = float(regression.coef_[0, 0]) * STRETCHED
    return np.full(scores.shape[1], slope), regression.coef_[0, 1:] + float(regression.intercept_[0])


class Thresholds(NamedTuple):
    """By rule: from where its detector speaks, from where it does where the text is about something else, precision."""

    least: Floats
    apart: Floats
    precision: Floats


def thresholds(probabilities: Floats, labels: Floats, written: Flags, about: NDArray[np.int8]) -> Thresholds:
    """Thresholds and precision of each rule, chosen on rows that were not learned from.

    The threshold is the lowest at which what all rules find among their own sentences is risky `PRECISION` of the time,
    at least `LEAST`; higher for a rule that would speak of more than `NOISE` of the clauses of which nothing is said.
    Where the text is about something else, or short, it is at least `SURE`, and higher than for any such clause. The
    bounds of a rule count for its noise alone: they were written with these sentences in view. The precision is that
    of the rule alone, 0 where it found fewer than `ENOUGH`.

    Args:
        probabilities: of rows that were not learned from (rows, rules).
        labels: 1, 0 or missing (rows, rules).
        written: which rows are sentences (rows).
        about: `ABOUT`, `APART` or `HARMLESS` (rows, rules).
    """
    told = ~np.isnan(labels) & written[:, None]
    least = max(LEAST, _least(probabilities[told], labels[told] == 1))
    silent = ~written & np.isnan(labels).all(axis=1)
    quiet = np.maximum(least, _quantile(probabilities[silent] * (about[silent] == ABOUT), 1 - NOISE))
    apart = np.maximum(SURE, _quantile(probabilities[silent] * (about[silent] == APART), 1.0) + ABOVE)
    rules = range(labels.shape[1])
    precision = [_precision(probabilities[:, n], labels[:, n], told[:, n], quiet[n]) for n in rules]
    return Thresholds(quiet, np.maximum(apart, quiet), np.asarray(precision))


def _quantile(probabilities: Floats, share: float) -> Floats:
    if not len(probabilities):
        return np.zeros(probabilities.shape[1])
    return np.asarray(np.quantile(probabilities, share, axis=0))


def _least(probabilities: Floats, risky: Flags) -> float:
    for step in range(1, STEPS):
        found = probabilities >= step / STEPS
        if found.any() and risky[found].mean() >= PRECISION:
            return step / STEPS
    return 1.0


def _precision(probabilities: Floats, labels: Floats, told: Flags, threshold: float) -> float:
    found = told & (probabilities >= threshold)
    return float((labels[found] == 1).mean()) if found.sum() >= ENOUGH else 0.0
