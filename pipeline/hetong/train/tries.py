"""What was tried for each look of the element model, ready to be tried again.

A try is a scikit-learn classifier in place of ours, scored by cross-validation that never cuts a family. First looks
are compared by themselves; second looks together with our first look.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import RidgeClassifier
from sklearn.model_selection import GroupKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from hetong.document import ELEMENTS
from hetong.evaluate.rows import Row
from hetong.predictor.features import BAGS
from hetong.train import looks

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]
Make = Callable[[], Any]
OURS: Final = "logistic regression"
# The columns of a context with the logarithms of the first look's own probabilities
OWN: Final = slice(len(BAGS) * len(ELEMENTS), (len(BAGS) + 1) * len(ELEMENTS))


def _linear(**more: Any) -> Any:
    return make_pipeline(StandardScaler(), looks.second_regression(**more))


FIRST: Final[Mapping[str, Make]] = {
    OURS: looks.first_regression,
    "complement naive Bayes": lambda: ComplementNB(alpha=0.3),
    "ridge": lambda: RidgeClassifier(class_weight="balanced"),
    "linear SVM": lambda: LinearSVC(C=0.3, class_weight="balanced"),
}
SECOND: Final[Mapping[str, Make]] = {
    OURS: _linear,
    "balanced": lambda: _linear(class_weight="balanced"),
    "gradient boosting": lambda: HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.06, max_leaf_nodes=12, l2_regularization=2.0, random_state=0
    ),
}


def first_looks(rows: Sequence[Row], names: Sequence[str] = tuple(FIRST), folds: int = 5) -> pd.DataFrame:
    """The scores of some first looks, by name: columns `accuracy`, `macro_f1`, `seconds`.

    Both scores weigh a paragraph as our training does, so that a long clause counts once.
    """
    said = {name: np.zeros((len(rows), len(ELEMENTS))) for name in names}
    seconds = dict.fromkeys(names, 0.0)
    for known, held in _folds(rows, folds):
        learn, asked = _bags([rows[i] for i in known], [rows[i] for i in held])
        for name in names:
            began = time.perf_counter()
            said[name][held] = _said(FIRST[name](), learn, [rows[i] for i in known], asked)
            seconds[name] += time.perf_counter() - began
    return _frame(rows, said, seconds)


def second_looks(rows: Sequence[Row], names: Sequence[str] = tuple(SECOND), folds: int = 5) -> pd.DataFrame:
    """The scores of some second looks, as `first_looks` gives them, with our first look alone as `none`.

    As in our training a second look learns from first looks that did not see the family of the row, and neither of them
    has seen the families held out.
    """
    rows = sorted(rows, key=lambda row: row.contract)
    said = {name: np.zeros((len(rows), len(ELEMENTS))) for name in ("none", *names)}
    seconds = dict.fromkeys(said, 0.0)
    for known, held in _folds(rows, folds):
        learned = [rows[i] for i in known]
        learn, asked = _contexts(learned, [rows[i] for i in held])
        said["none"][held] = asked[:, OWN]
        for name in names:
            began = time.perf_counter()
            said[name][held] = _said(SECOND[name](), learn, learned, asked)
            seconds[name] += time.perf_counter() - began
    return _frame(rows, said, seconds)


def _folds(rows: Sequence[Row], folds: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    yield from GroupKFold(n_splits=folds).split(rows, groups=[row.family for row in rows])


def _bags(known: Sequence[Row], held: Sequence[Row]) -> tuple[Any, Any]:
    """The matrices of a first look, with the words and weights of the known rows."""
    vocabulary = looks.vocabulary_of(known)
    bags = vocabulary.bags([row.features for row in known])
    idf = looks.idf_of(bags, len(BAGS) * len(vocabulary.terms))
    return looks.sparse(bags, idf), looks.sparse(vocabulary.bags([row.features for row in held]), idf)


def _contexts(known: Sequence[Row], held: Sequence[Row]) -> tuple[Any, Any]:
    """What a second look learns from, and what it is asked about."""
    with threadpool_limits(limits=1):
        return looks.unseen_contexts(known), looks.first_contexts(looks.first_look(known))(held)


def _said(model: Any, values: Any, rows: Sequence[Row], asked: Any) -> Array:
    """What a classifier that learned from rows says of others: (asked, elements), the highest is its choice."""
    weight = [row.weight for row in rows]
    last = f"{model.steps[-1][0]}__sample_weight" if hasattr(model, "steps") else "sample_weight"
    with threadpool_limits(limits=1):  # as our own training does
        model.fit(values, [row.element for row in rows], **{last: weight})
    scores = model.predict_proba(asked) if hasattr(model, "predict_proba") else model.decision_function(asked)
    said = np.full((asked.shape[0], len(ELEMENTS)), -np.inf)
    said[:, [ELEMENTS.index(element) for element in model.classes_]] = scores
    return said


def _frame(rows: Sequence[Row], said: Mapping[str, Array], seconds: Mapping[str, float]) -> pd.DataFrame:
    import pandas as pd

    scores = {name: (*weighted(rows, one.argmax(axis=1)), seconds[name]) for name, one in said.items()}
    return pd.DataFrame.from_dict(scores, orient="index", columns=["accuracy", "macro_f1", "seconds"])


def weighted(rows: Sequence[Row], guess: NDArray[np.int64]) -> tuple[float, float]:
    """Accuracy and macro-F1 of guesses (numbers of elements), a paragraph counting as much as its weight."""
    size, weight = len(ELEMENTS), np.asarray([row.weight for row in rows])
    truth = np.asarray([ELEMENTS.index(row.element) for row in rows])
    counts = np.bincount(truth * size + guess, weights=weight, minlength=size**2).reshape(size, size)
    right, occurs = np.diag(counts), counts.sum(axis=1) > 0
    f1 = 2 * right / np.maximum(counts.sum(axis=0) + counts.sum(axis=1), 1e-12)
    return float(right.sum() / weight.sum()), float(f1[occurs].mean())
