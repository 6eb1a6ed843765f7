"""From scores of unseen rows to probabilities, and to the thresholds from which detectors speak."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from hetong.flag.learned import ABOUT, HARMLESS

PRECISION: Final = 0.9  # of what is found at a threshold, among sentences of unseen writers, all rules together
LEVELS: Final = (0.88, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97)  # thresholds to choose from
BORNE_OUT: Final = 0.7  # of what a rule says in contracts and ordinary texts, how much of it is labelled
DOUBT: Final = 2  # so many sayings there, half of them right, are supposed of a rule before any is known
LEFT: Final = 0.3  # of the doubt at the threshold, what may be left where the text is about something else or short
EVEN: Final = 0.5  # C of what sets one rule apart in the calibration of all
STRETCHED: Final = 10.0  # so that the slope is all but free of the prior
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

    The threshold is the lowest level at which what all rules find among their own sentences is risky `PRECISION` of the
    time, and at which what the rule says of clauses and ordinary texts, where risks are rare, is borne out by their
    labels (`BORNE_OUT`); the last level where none is. Sentences alone would not do: half of them are risky, so that
    whatever is heard in them is right. Where the text is about something else, or short, `LEFT` of the doubt is left.
    The precision is that of the rule alone among its sentences, 0 where it found fewer than `ENOUGH`.

    Args:
        probabilities: of rows that were not learned from (rows, rules).
        labels: 1, 0 or missing (rows, rules).
        written: which rows are sentences (rows).
        about: `ABOUT`, `APART` or `HARMLESS` (rows, rules).
    """
    told = ~np.isnan(labels) & written[:, None]
    least = _least(probabilities[told], labels[told] == 1)
    said, right, topic = probabilities[~written], labels[~written] == 1, about[~written]
    rules = range(labels.shape[1])
    chosen = np.asarray([_borne_out(least, said[:, n], right[:, n], topic[:, n]) for n in rules])
    precision = [_precision(probabilities[:, n], labels[:, n], told[:, n], chosen[n]) for n in rules]
    return Thresholds(chosen, farther(chosen), np.asarray(precision))


def farther(threshold: Floats) -> Floats:
    """From where a detector speaks where the text is about something else or short."""
    return 1 - (1 - threshold) * LEFT


def _borne_out(least: float, probabilities: Floats, right: Flags, about: NDArray[np.int8]) -> float:
    """The lowest level from `least` on at which enough of what is said of clauses is right, the last if there is none.

    With few sayings the share is drawn to a half (an empirical Bayes estimate with a beta prior).
    """
    for level in LEVELS:
        asked = np.where(about == ABOUT, level, farther(np.asarray(level)))
        said = (probabilities >= asked) & (about != HARMLESS)
        share = ((said & right).sum() + DOUBT / 2) / (said.sum() + DOUBT)
        if level >= least and share >= BORNE_OUT:
            return level
    return max(least, LEVELS[-1])


def _least(probabilities: Floats, risky: Flags) -> float:
    for step in range(1, STEPS):
        found = probabilities >= step / STEPS
        if found.any() and risky[found].mean() >= PRECISION:
            return step / STEPS
    return 1.0


def _precision(probabilities: Floats, labels: Floats, told: Flags, threshold: float) -> float:
    found = told & (probabilities >= threshold)
    return float((labels[found] == 1).mean()) if found.sum() >= ENOUGH else 0.0
