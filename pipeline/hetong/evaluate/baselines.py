"""What a model has to beat: the most frequent element, a list of words, the headings alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
import yaml
from numpy.typing import NDArray

from hetong.document import ELEMENTS, Element
from hetong.evaluate.rows import Row
from hetong.predictor import Features, PipelineModel, Prediction, predict_with

WORDS: Final = Path(__file__).parent / "keywords.yaml"

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Majority:
    """Says the same of every clause: how often each element occurs, in the order of `ELEMENTS`."""

    shares: tuple[float, ...]

    def predict(self, clauses: Sequence[Features]) -> list[Prediction]:
        """The most frequent element for each clause."""
        return _predictions(self.probabilities(clauses))

    def probabilities(self, clauses: Sequence[Features]) -> Array:
        """The shares for each clause: (clauses, elements)."""
        return np.tile(np.asarray(self.shares, dtype=np.float32), (len(clauses), 1))


def majority(rows: Sequence[Row]) -> Majority:
    """The shares of elements among these rows, at least one."""
    counts = Counter(row.element for row in rows)
    return Majority(tuple(counts[element] / len(rows) for element in ELEMENTS))


@dataclass(frozen=True, slots=True)
class Keywords:
    """Counts the words of each element in heading and text, where there are none in the heading above.

    A clause without any word is taken for `unknown`; of equal counts the earlier one in `ELEMENTS` wins.
    """

    words: Mapping[Element, tuple[str, ...]]
    unknown: Element

    def predict(self, clauses: Sequence[Features]) -> list[Prediction]:
        """The element with most words for each clause."""
        return _predictions(self.probabilities(clauses))

    def probabilities(self, clauses: Sequence[Features]) -> Array:
        """The share of each element among the words found: (clauses, elements)."""
        hits = np.asarray([self._hits(clause) for clause in clauses], dtype=np.float32).reshape(-1, len(ELEMENTS))
        return np.asarray(hits / hits.sum(axis=1, keepdims=True))

    def _hits(self, clause: Features) -> list[int]:
        for text in (f"{clause.heading}\n{clause.text}", clause.above):
            hits = [sum(text.count(word) for word in self.words.get(element, ())) for element in ELEMENTS]
            if any(hits):
                return hits
        return [int(element == self.unknown) for element in ELEMENTS]


@cache
def keywords() -> Keywords:
    """The list of `keywords.yaml`, written from the labelling guide and never tuned."""
    data = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    words = {element: tuple(data[element].split()) for element in ELEMENTS if element in data}
    return Keywords(MappingProxyType(words), data["unknown"])


def heading_only(rows: Sequence[Row]) -> PipelineModel:
    """A logistic regression over the words of the heading and the heading above; needs scikit-learn and jieba."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    from hetong.tokens import words

    pipeline = make_pipeline(CountVectorizer(analyzer=words, binary=True), LogisticRegression(max_iter=300))
    pipeline.fit([_headings(row.features) for row in rows], [row.element for row in rows])
    return predict_with(pipeline, _headings)


def _headings(clause: Features) -> str:
    return f"{clause.above}\n{clause.heading}"


def _predictions(said: Array) -> list[Prediction]:
    return [Prediction(ELEMENTS[int(row.argmax())], float(row.max())) for row in said]
