"""Fits the detectors with scikit-learn and folds them into plain arrays.

One linear support vector machine a rule, one against the rest (forty times as fast here as logistic regression, and a
little better on unseen writers). Probabilities and thresholds come from machines that had not seen the writer, or the
family of contracts, of what they were asked about.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from hetong.errors import CorpusError
from hetong.flag.learned import topic_of
from hetong.predictor import Detectors
from hetong.predictor.detectors import TermsIn, detectors_of, plain, spoken_of
from hetong.predictor.model import logistic
from hetong.rulebook import RULES, Rule, load_concepts
from hetong.tokens import words
from hetong.train.stretches import Example
from hetong.train.thresholds import calibrated, thresholds
from hetong.trie import Numbers, Trie

FEWEST: Final = 3  # sentences that a term stands in
STRENGTH: Final = 2.0  # C, chosen by leaving out a writer at a time
REST: Final = 0.05  # weight of a sentence that was written for another rule
CLAUSE: Final = 1.0  # weight of a clause of a contract of which nothing is said
NEVER: Final = -4.0  # a score
NEAREST: Final = 2_000  # rows that a machine is first fitted to

Array = NDArray[np.float32]
Matrix = Any


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """Linear machines over the columns of a matrix: weights (columns, rules) and bias (rules)."""

    weights: NDArray[np.float64]
    bias: NDArray[np.float64]

    def scores(self, matrix: Matrix) -> NDArray[np.float64]:
        """(rows, rules)."""
        return np.asarray(matrix @ self.weights + self.bias)


def fit_detectors(examples: Sequence[Example], rules: Sequence[Rule]) -> Detectors:
    """Detectors of the rules that sentences were written for.

    Raises:
        CorpusError: fewer than two writers.
    """
    names = sorted({rule for example in examples if example.written for rule in example.labels})
    book = {rule.id: rule for rule in rules}
    kin = {name: _kin(name, book) for name in names}
    data = _Data(examples, names, kin)
    unseen = data.unseen_scores()
    slope, shift = calibrated(unseen, data.labels, data.written)
    said = logistic(unseen * slope + shift).astype(np.float64)
    found = thresholds(said, data.labels, data.written, _about(data, book))
    fit = data.fit(np.ones(len(examples), dtype=bool))
    return detectors_of(
        names, data.terms, data.concepts,
        values=(fit.weights * data.idf[:, None]).astype(np.float32), idf=data.idf.astype(np.float32),
        bias=fit.bias.astype(np.float32), slope=slope.astype(np.float32), shift=shift.astype(np.float32),
        thresholds=found.least.astype(np.float32), apart=found.apart.astype(np.float32),
        precision=found.precision.astype(np.float32),
    )  # fmt: skip


def _about(data: _Data, book: Mapping[str, Rule]) -> NDArray[np.int8]:
    """What each stretch is for each detector: `hetong.flag.learned.topic_of`."""
    bounds = [book[name].detector if name in book else None for name in data.rules]
    rows = [[topic_of(b, e.stretch.text, e.stretch.concepts) for b in bounds] for e in data.examples]
    return np.asarray(rows, dtype=np.int8)


def _kin(name: str, book: Mapping[str, Rule]) -> frozenset[str]:
    """Rules that tell the same place as another, worse or better: their sentences say nothing against it."""
    own = book[name].yields_to if name in book else ()
    return frozenset({*own, *(other.id for other in book.values() if name in other.yields_to)})


class _Data:
    """Examples as a matrix of binary terms weighted by idf, each row of length 1, with what is known of each rule."""

    def __init__(self, examples: Sequence[Example], rules: Sequence[str], kin: Mapping[str, frozenset[str]]) -> None:
        self.examples, self.rules, self.kin = examples, rules, kin
        self.concepts = load_concepts(RULES).names
        self.terms = _vocabulary([example for example in examples if example.written])
        stretches = [example.stretch for example in examples]
        spoken = spoken_of(stretches, self.concepts)
        terms = TermsIn([stretch.text for stretch in stretches], Trie(self.terms))
        rows = terms.bags(len(self.terms), spoken)
        counts = np.bincount(np.concatenate(rows), minlength=len(self.terms) + len(self.concepts))
        self.idf = np.log((1 + len(rows)) / (1 + counts)) + 1
        self.matrix = _matrix(rows, self.idf)
        self.written = np.asarray([example.written for example in examples])
        self.labels = np.full((len(examples), len(rules)), np.nan)
        number = {rule: n for n, rule in enumerate(rules)}
        for row, example in enumerate(examples):
            for rule, risk in example.labels.items():
                if rule in number:
                    self.labels[row, number[rule]] = risk
        sources = sorted({e.source for e in examples if e.written})
        if len(sources) < 2:
            raise CorpusError("detectors need sentences of at least two writers")
        self.fold = np.asarray(
            [(sources.index(e.source) if e.written else hash_of(e.source) % len(sources)) for e in examples]
        )

    def fit(self, chosen: NDArray[np.bool_]) -> _Fit:
        """One machine a rule, from the chosen rows."""
        fitted = [self._fit_rule(number, chosen) for number in range(len(self.rules))]
        return _Fit(np.stack([w for w, _ in fitted], axis=1), np.asarray([b for _, b in fitted]))

    def _fit_rule(self, number: int, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
        told = ~np.isnan(self.labels[:, number])
        weight = np.where(told, 1.0, np.where(self.written, REST, CLAUSE)) * ~self._of_kin(number)
        rows = np.flatnonzero(chosen & (weight > 0))
        risky = np.nan_to_num(self.labels[:, number]) > 0
        if not risky[rows].any():  # a rule that none of these writers wrote for never speaks
            return np.zeros(self.matrix.shape[1]), NEVER
        return self._machine(rows, self._nearest(rows, risky, told), risky, weight)

    def _nearest(self, rows: Numbers, risky: NDArray[np.bool_], told: NDArray[np.bool_]) -> Numbers:
        """Of some rows those that are labelled, and those most like the risky ones: others rarely decide anything."""
        middle = np.asarray(self.matrix[rows[risky[rows]]].mean(axis=0)).ravel()
        likeness = self.matrix @ middle
        least = np.sort(likeness[rows])[-min(NEAREST, len(rows))]
        near: Numbers = rows[told[rows] | (likeness[rows] >= least)]
        return near

    def _machine(
        self, rows: Numbers, used: Numbers, risky: NDArray[np.bool_], weight: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], float]:
        """The machine of all rows, from few: a row beyond the margin has no say, so only those within are added."""
        while True:
            machine = LinearSVC(C=STRENGTH, random_state=0)
            machine.fit(self.matrix[used], risky[used], sample_weight=weight[used])
            weights, bias = machine.coef_[0], float(machine.intercept_[0])
            within = rows[(self.matrix @ weights + bias)[rows] > -1]
            missing = np.setdiff1d(within, used)
            if not len(missing):
                return weights, bias
            used = np.union1d(used, missing)

    def _of_kin(self, number: int) -> NDArray[np.bool_]:
        """Rows that carry the risk of a rule akin and are not labelled for this one."""
        near = [n for n, rule in enumerate(self.rules) if rule in self.kin[self.rules[number]]]
        carries = (self.labels[:, near] == 1).any(axis=1)
        return np.asarray(carries & np.isnan(self.labels[:, number]))

    def unseen_scores(self) -> NDArray[np.float64]:
        """The score of every row by machines that saw neither its writer nor its family: (rows, rules)."""
        scores = np.zeros((len(self.examples), len(self.rules)))
        for fold in np.unique(self.fold):
            out = self.fold == fold
            scores[out] = self.fit(~out).scores(self.matrix[out])
        return scores


def _vocabulary(examples: Sequence[Example]) -> list[str]:
    counts: Counter[str] = Counter()
    for example in examples:
        counts.update(_terms_of(example.stretch.text))
    return sorted(term for term, count in counts.items() if count >= FEWEST)


def _terms_of(text: str) -> set[str]:
    """Words, and pairs of words that follow each other."""
    found = words(plain(text))
    return {*found} | {a + b for a, b in pairwise(found)}


def _matrix(rows: Sequence[Numbers], idf: NDArray[np.float64]) -> Matrix:
    values = [idf[terms] / max(1e-9, float(np.sqrt(np.square(idf[terms]).sum()))) for terms in rows]
    starts = np.cumsum([0, *map(len, rows)])
    return csr_matrix((np.concatenate(values), np.concatenate(rows), starts), shape=(len(rows), len(idf)))


def hash_of(text: str) -> int:
    """A number below 2**32 that only the text decides."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
