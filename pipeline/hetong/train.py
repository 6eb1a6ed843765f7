"""Fits the element model from the annotated contracts and writes it with its card.

Needs the extra `hetong[train]` (scikit-learn); a scan never imports this module.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import sklearn
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from hetong.corpus import AnnotatedClause, AnnotatedContract, load_contracts
from hetong.document import ELEMENTS, Element
from hetong.errors import CorpusError
from hetong.evaluate import Scores, scores
from hetong.exchange.rows import LabelledClause
from hetong.fold import fold
from hetong.predictor import SCALES, Features, LinearModel, Vocabulary, bags_of, save_model
from hetong.tokens import words

MIN_CONTRACTS: Final = 2  # a term of fewer contracts is a name or a formula of one drafter
NGRAMS: Final = (1, 2)
STRENGTH: Final = 6.0  # C of the logistic regression, chosen by cross-validation on families (see notebooks)
FOLDS: Final = 5
KEPT_ACCURACY: Final = 0.95  # the review threshold is the lowest at which the clauses kept are right this often


class Row(NamedTuple):
    """One clause to learn from: what the model sees, its label, and the contract family it comes from."""

    features: Features
    element: Element
    secondary: tuple[Element, ...]
    contract: str
    family: str


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Features of rows as a sparse matrix (rows, bags × terms), idf-weighted and of length 1 each."""

    vocabulary: Vocabulary
    idf: NDArray[np.float32]
    values: Any


def train(corpora: Path, output: Path, labelled: Iterable[LabelledClause] = ()) -> str:
    """Trains on all contracts below a folder, writes weights and card, and returns a report for people.

    Args:
        corpora: a folder with annotated contracts (YAML), at any depth.
        output: folder for `weights.npz` and `card.json`.
        labelled: clauses that were labelled elsewhere and join those of the corpus, as reviewers' corrections.

    Raises:
        CorpusError: a contract has mistakes, or there are too few contracts to cross-validate.
    """
    contracts = load_contracts(corpora)
    families = {contract.family for contract in contracts}
    if len(families) < FOLDS:
        raise CorpusError(f"{corpora}: {len(families)} families of contracts; training needs at least {FOLDS}")
    rows = [*rows_of(contracts), *joined(labelled)]
    probabilities = cross_validated(rows)
    threshold = review_threshold(rows, probabilities)
    result = scores([r.element for r in rows], probabilities, [r.contract for r in rows])
    model = fit(rows, threshold)
    save_model(output, model, _card(contracts, rows, result, model))
    terms = len(model.vocabulary.terms)
    return f"{result.report()}\nterms {terms}, review threshold {threshold:.2f}, written to {output}"


def rows_of(contracts: Iterable[AnnotatedContract]) -> Iterator[Row]:
    """The clauses with words of their own; bare headings are told by rule and not learned."""
    for contract in contracts:
        for clause in contract.clauses:
            yield from _rows(clause, contract, (), "")
        for annex in contract.annexes:
            for clause in annex.clauses:
                yield from _rows(clause, contract, (annex.title,), "")


def _rows(clause: AnnotatedClause, contract: AnnotatedContract, above: tuple[str, ...], parent: str) -> Iterator[Row]:
    path = (*above, f"{clause.number} {clause.heading}".strip())
    body = "\n".join([clause.text, *("\t".join(cells) for cells in clause.table)]).strip()
    if body:
        features = Features(*map(fold, (f"{clause.heading}\n{body}", "\n".join(path[-3:]), parent)))
        yield Row(features, clause.element, clause.secondary, contract.id, contract.family)
    for child in clause.clauses:
        yield from _rows(child, contract, path, body)


def joined(labelled: Iterable[LabelledClause]) -> Iterator[Row]:
    """Clauses labelled elsewhere as rows to learn from; those whose element nobody said are left out."""
    for clause in labelled:
        if clause.element is not None:
            path = (*clause.above, f"{clause.number} {clause.heading}".strip())
            seen = (f"{clause.heading}\n{clause.text}", "\n".join(path[-3:]), clause.parent)
            yield Row(Features(*map(fold, seen)), clause.element, clause.secondary, clause.contract, clause.family)


def fit(rows: Sequence[Row], threshold: float = 0.0) -> LinearModel:
    """A model of these rows, folded into plain arrays."""
    matrix = _matrix(rows)
    regression = _regression(matrix.values, rows)
    weights = np.zeros((len(ELEMENTS), matrix.values.shape[1]), dtype=np.float64)
    bias = np.full(len(ELEMENTS), -50.0)  # an element without examples is never predicted
    for row, element in enumerate(regression.classes_):
        weights[ELEMENTS.index(element)] = regression.coef_[row]
        bias[ELEMENTS.index(element)] = regression.intercept_[row]
    return LinearModel(
        matrix.vocabulary,
        (weights * matrix.idf).T.astype(np.float32),
        matrix.idf,
        bias.astype(np.float32),
        threshold,
        secondary_threshold=0.25,
    )


def _regression(values: Any, rows: Sequence[Row]) -> LogisticRegression:
    regression = LogisticRegression(C=STRENGTH, max_iter=400, class_weight="balanced")
    regression.fit(values, [row.element for row in rows])
    return regression


def vocabulary_of(rows: Sequence[Row]) -> Vocabulary:
    """Words and character n-grams of the rows, those that at least `MIN_CONTRACTS` contracts use, sorted."""
    contracts: dict[str, set[str]] = {}
    for row in rows:
        contracts.setdefault(row.contract, set()).update(*map(_terms, row.features))
    counts = Counter(term for terms in contracts.values() for term in terms)
    return Vocabulary.of(sorted(term for term, count in counts.items() if count >= MIN_CONTRACTS))


@cache
def _terms(text: str) -> frozenset[str]:
    """The words and n-grams of a text; remembered, since each fold of the cross-validation asks again."""
    terms: set[str] = set()
    for line in text.split("\n"):
        terms.update(words(line))
        for size in NGRAMS:
            grams = (line[i : i + size] for i in range(len(line) - size + 1))
            terms.update(gram for gram in grams if not any(map(str.isspace, gram)))
    return frozenset(terms)


def _matrix(rows: Sequence[Row]) -> Matrix:
    vocabulary = vocabulary_of(rows)
    seen: dict[str, list[int]] = {}
    bags = [bags_of(vocabulary, row.features, seen) for row in rows]
    width = len(SCALES) * len(vocabulary.terms)
    frequency = np.bincount(np.concatenate([at for found in bags for at in found]), minlength=width)
    idf = (np.log((1 + len(rows)) / (1 + frequency)) + 1).astype(np.float32)
    return Matrix(vocabulary, idf, _sparse(bags, idf))


def _sparse(bags: Sequence[Sequence[NDArray[np.int64]]], idf: NDArray[np.float32]) -> Any:
    """Rows of idf values; each bag has length 1 times its scale."""
    data, columns, starts = [], [], [0]
    for found in bags:
        for at, scale in zip(found, SCALES, strict=True):
            length = float(np.sqrt(np.square(idf[at]).sum())) or 1.0
            data.append(idf[at] * (scale / length))
            columns.append(at)
        starts.append(starts[-1] + sum(map(len, found)))
    return csr_matrix((np.concatenate(data), np.concatenate(columns), starts), shape=(len(bags), len(idf)))


def cross_validated(rows: Sequence[Row]) -> NDArray[np.float32]:
    """Probabilities (rows, elements) of each row from a model that saw no contract of its family."""
    families = [row.family for row in rows]
    probabilities = np.zeros((len(rows), len(ELEMENTS)), dtype=np.float32)
    for learn, held in GroupKFold(n_splits=FOLDS).split(rows, groups=families):
        model = fit([rows[i] for i in learn])
        probabilities[held] = model.probabilities([rows[i].features for i in held])
    return probabilities


def review_threshold(rows: Sequence[Row], probabilities: NDArray[np.float32]) -> float:
    """The lowest confidence above which `KEPT_ACCURACY` of the cross-validated predictions are right, in hundredths."""
    right = np.asarray([ELEMENTS[best] for best in probabilities.argmax(axis=1)]) == [row.element for row in rows]
    confidence = probabilities.max(axis=1)
    for step in range(100):
        kept = confidence >= step / 100
        if kept.any() and right[kept].mean() >= KEPT_ACCURACY:
            return step / 100
    return 0.99


def _card(
    contracts: Sequence[AnnotatedContract], rows: Sequence[Row], result: Scores, model: LinearModel
) -> dict[str, Any]:
    text = "\n".join(f"{r.contract}|{r.element}|{'|'.join(r.features)}" for r in rows)
    return {
        "name": "hetong elements",
        "what": "element of a clause: subject, pricing, delivery, service, legal, other",
        "how": "multinomial logistic regression over binary idf-weighted words and character n-grams of the clause, "
        "the headings above it and the clause it belongs to",
        "data_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "contracts": len({r.contract for r in rows} | {c.id for c in contracts}),
        "families": len({r.family for r in rows} | {c.family for c in contracts}),
        "clauses": len(rows),
        "by_element": dict(sorted(Counter(r.element for r in rows).items())),
        "scikit_learn": sklearn.__version__,
        "review_threshold": model.threshold,
        "cross_validation": {"folds": FOLDS, "split": "by family of contracts", **result.as_dict()},
        "limits": [
            "trained on contracts written for this project, not on signed ones",
            "bare headings, titles, signature blocks and party blocks are told by rule and not scored here",
        ],
    }
