"""Fits the two looks of the element model with scikit-learn and folds them into plain arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from hetong.document import ELEMENTS
from hetong.errors import CorpusError
from hetong.evaluate.rows import Row, by_contract
from hetong.predictor import Features
from hetong.predictor.context import contexts
from hetong.predictor.features import BAGS, SCALES, Bags, Vocabulary, plain
from hetong.predictor.model import FirstLook, SecondLook
from hetong.tokens import words

Array = NDArray[np.float32]
MIN_CONTRACTS: Final = 3  # a term of fewer contracts is a name or a formula of one drafter
NGRAMS: Final = (1, 2)
STRENGTH: Final = 6.0  # C of the first look; this and the next chosen by cross-validation on families (notebook 02)
SECOND_STRENGTH: Final = 0.05
ALSO_STRENGTH: Final = 0.3
# Newton's method ends nearer to the optimum than the usual lbfgs, in a fraction of its time: lbfgs keeps a history of
# all weights
FIRST_SOLVER: Final[Mapping[str, Any]] = {"solver": "newton-cg", "tol": 1e-5, "max_iter": 100}
SECOND_SOLVER: Final[Mapping[str, Any]] = {"solver": "newton-cholesky", "tol": 1e-6, "max_iter": 100}
FOLDS: Final = 4  # the second look learns from first looks that did not see the family


def first_look(rows: Sequence[Row]) -> FirstLook:
    """A multinomial logistic regression over the bags of these rows."""
    vocabulary = vocabulary_of(rows)
    bags = vocabulary.bags([row.features for row in rows])
    idf = idf_of(bags, len(BAGS) * len(vocabulary.terms))
    values = sparse(bags, idf)
    used = np.unique(values.indices)  # most terms never stand in a heading
    regression = fit_first(values[:, used], rows)
    weights = np.zeros((len(ELEMENTS), len(idf)), dtype=np.float64)
    bias = np.full(len(ELEMENTS), -50.0)  # an element without examples is never predicted
    for row, element in enumerate(regression.classes_):
        weights[ELEMENTS.index(element), used] = regression.coef_[row]
        bias[ELEMENTS.index(element)] = regression.intercept_[row]
    return FirstLook(vocabulary, (weights * idf).T.astype(np.float32), idf, bias.astype(np.float32))


def first_regression() -> LogisticRegression:
    """The regression of the first look, not fitted."""
    return LogisticRegression(C=STRENGTH, class_weight="balanced", **FIRST_SOLVER)


def second_regression(**more: Any) -> LogisticRegression:
    """The regression of the second look that tells the element, not fitted; `more` are further settings to try."""
    return LogisticRegression(C=SECOND_STRENGTH, **SECOND_SOLVER, **more)


def fit_first(values: Any, rows: Sequence[Row]) -> LogisticRegression:
    """The regression itself; elements count alike, however many clauses they have."""
    regression = first_regression()
    regression.fit(values.astype(np.float64), [row.element for row in rows], sample_weight=[row.weight for row in rows])
    return regression


def vocabulary_of(rows: Sequence[Row]) -> Vocabulary:
    """Words and character n-grams of the rows, those that at least `MIN_CONTRACTS` contracts use, sorted.

    Raises:
        CorpusError: there are none, since the contracts are so few.
    """
    contracts: dict[str, set[str]] = {}
    for row in rows:
        contracts.setdefault(row.contract, set()).update(*map(_terms, row.features.bags))
    counts = Counter(term for terms in contracts.values() for term in terms)
    terms = sorted(term for term, count in counts.items() if count >= MIN_CONTRACTS)
    if not terms:
        raise CorpusError(
            f"{len(contracts)} contracts to learn from: too few, no word stands in {MIN_CONTRACTS} of them"
        )
    return Vocabulary.of(terms)


@cache
def _terms(text: str) -> frozenset[str]:
    """The words and n-grams of a text; remembered, since each fold of the cross-validation asks again."""
    terms: set[str] = set()
    for line in plain(text).split("\n"):
        terms.update(words(line))
        for size in NGRAMS:
            grams = (line[i : i + size] for i in range(len(line) - size + 1))
            terms.update(gram for gram in grams if not any(map(str.isspace, gram)))
    return frozenset(terms)


def idf_of(bags: Sequence[Bags], width: int) -> Array:
    """The weight of each feature: rare ones count more (scikit-learn's smooth idf)."""
    frequency = np.bincount(np.concatenate([at for found in bags for at in found]), minlength=width)
    return (np.log((1 + len(bags)) / (1 + frequency)) + 1).astype(np.float32)


def sparse(bags: Sequence[Bags], idf: Array) -> Any:
    """Rows of idf values; each bag has length 1 times its scale."""
    data, columns, starts = [], [], [0]
    for found in bags:
        for at, scale in zip(found, SCALES, strict=True):
            length = float(np.sqrt(np.square(idf[at]).sum())) or 1.0
            data.append(idf[at] * (scale / length))
            columns.append(at)
        starts.append(starts[-1] + sum(map(len, found)))
    return csr_matrix((np.concatenate(data), np.concatenate(columns), starts), shape=(len(bags), len(idf)))


def second_look(rows: Sequence[Row]) -> SecondLook:
    """Linear models over the contexts, as first looks see them that did not see the family of the row."""
    columns = unseen_contexts(rows).astype(np.float64)
    scale = StandardScaler().fit(columns)
    scaled, weight = scale.transform(columns), [row.weight for row in rows]
    softmax = second_regression()
    softmax.fit(scaled, [row.element for row in rows], sample_weight=weight)
    primary = _Folded(scale)
    primary.add_classes(softmax)
    also = _Folded(scale)
    for number, element in enumerate(ELEMENTS):
        others = [i for i, row in enumerate(rows) if row.element != element]
        second = [element in rows[i].secondary for i in others]
        if len(set(second)) == 2:
            one = LogisticRegression(C=ALSO_STRENGTH, **SECOND_SOLVER)
            one.fit(scaled[others], second, sample_weight=[weight[i] for i in others])
            also.add(number, one.coef_[0], one.intercept_[0])
    return SecondLook(*primary.arrays(), *also.arrays())


def unseen_contexts(rows: Sequence[Row]) -> Array:
    """The contexts of rows (rows, columns), each from a first look that saw no contract of its family."""
    return held_out(rows, FOLDS, lambda learn: first_contexts(first_look(learn)))


def first_contexts(first: FirstLook) -> Callable[[Sequence[Row]], Array]:
    """A function from rows to their contexts under a first look, contract by contract."""

    def of(rows: Sequence[Row]) -> Array:
        return np.vstack([_contexts(first, clauses) for clauses in by_contract(rows)])

    return of


def _contexts(first: FirstLook, clauses: Sequence[Features]) -> Array:
    parts = first.parts(clauses)
    return contexts(clauses, parts, first.probabilities(parts))


def held_out(
    rows: Sequence[Row], folds: int, learn: Callable[[Sequence[Row]], Callable[[Sequence[Row]], Array]]
) -> Array:
    """What a model says of each row that was learned from the other folds; folds never cut a family.

    There are two families or more; of fewer than `folds` each is a fold.
    """
    families = [row.family for row in rows]
    said: dict[int, Array] = {}
    for known, held in GroupKFold(min(folds, len(set(families)))).split(rows, groups=families):
        model = learn([rows[i] for i in known])
        said.update(zip(held.tolist(), model([rows[i] for i in held]), strict=True))
    return np.stack([said[i] for i in range(len(rows))])


class _Folded:
    """Weights over scaled columns, turned into weights over the columns themselves."""

    def __init__(self, scale: StandardScaler) -> None:
        self.scale = scale
        self.weights = np.zeros((len(scale.mean_), len(ELEMENTS)))
        self.bias = np.full(len(ELEMENTS), -50.0)

    def add(self, number: int, weights: NDArray[np.float64], bias: float) -> None:
        """The weights of one element."""
        self.weights[:, number] = weights / self.scale.scale_
        self.bias[number] = bias - float(self.weights[:, number] @ self.scale.mean_)

    def add_classes(self, model: LogisticRegression) -> None:
        """The weights of all elements that a multinomial regression saw."""
        for row, element in enumerate(model.classes_):
            self.add(ELEMENTS.index(element), model.coef_[row], model.intercept_[row])

    def arrays(self) -> tuple[Array, Array]:
        """Weights (columns, elements) and bias (elements)."""
        return self.weights.astype(np.float32), self.bias.astype(np.float32)
