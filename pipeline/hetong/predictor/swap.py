"""A user's own fitted scikit-learn pipeline in the place of the element model; nothing of scikit-learn is imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hetong.document import ELEMENTS
from hetong.errors import ModelError
from hetong.predictor.features import Features, Prediction
from hetong.predictor.model import softmax

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class PipelineModel:
    """A pipeline that tells elements; made by `predict_with`.

    `columns` are the places of the pipeline's classes in `ELEMENTS`. It tells no secondary elements.
    """

    pipeline: Any
    features: Callable[[Features], Any]
    columns: tuple[int, ...]

    def __call__(self, clauses: Sequence[Features]) -> list[Prediction]:
        """One prediction a clause: what `hetong.analyse_file` asks of its argument `predict`."""
        return self.predict(clauses)

    def predict(self, clauses: Sequence[Features]) -> list[Prediction]:
        """One prediction a clause, its confidence the probability of the element."""
        said = self.probabilities(clauses)
        return [Prediction(ELEMENTS[int(row.argmax())], float(row.max())) for row in said]

    def probabilities(self, clauses: Sequence[Features]) -> Array:
        """Probabilities (clauses, elements), columns in the order of `ELEMENTS`.

        From `predict_proba`; else the softmax of `decision_function`, which ranks but is not calibrated; else 1 for
        what `predict` says.
        """
        found = np.zeros((len(clauses), len(ELEMENTS)), dtype=np.float32)
        if clauses:
            found[:, self.columns] = self._of_classes([self.features(clause) for clause in clauses])
        return found

    def _of_classes(self, values: Sequence[Any]) -> NDArray[Any]:
        """Probabilities (values, classes of the pipeline)."""
        if hasattr(self.pipeline, "predict_proba"):
            return np.asarray(self.pipeline.predict_proba(values))
        if hasattr(self.pipeline, "decision_function"):
            scores = np.asarray(self.pipeline.decision_function(values), dtype=float)
            return softmax(np.column_stack([-scores, scores]) if scores.ndim == 1 else scores)
        said = np.asarray(self.pipeline.predict(values))
        return np.asarray(said[:, None] == np.asarray([ELEMENTS[column] for column in self.columns]))


def predict_with(pipeline: Any, features: Callable[[Features], Any] = str) -> PipelineModel:
    """A fitted scikit-learn pipeline as the `predict` of `hetong.analyse` and `hetong.analyse_file`.

        hetong.analyse_file("draft.pdf", predict=hetong.predict_with(pipeline), threshold=0.6)

    Args:
        pipeline: anything fitted with `classes_` of element names (`hetong.document.ELEMENTS`) and with
            `predict_proba`, `decision_function` or `predict`.
        features: what the pipeline is given of a clause; by default one string, the heading above, the clause's own
            heading and its text, a line each.

    Raises:
        ModelError: the pipeline is not fitted, or has classes that are no elements.
    """
    try:
        classes = [str(name) for name in pipeline.classes_]
    except AttributeError as error:  # scikit-learn's NotFittedError is one
        raise ModelError("the pipeline has no classes_: fit it before it is swapped in") from error
    unknown = sorted(set(classes) - set(ELEMENTS))
    if unknown or not classes:
        raise ModelError(f"classes of the pipeline must be among {', '.join(ELEMENTS)}, not {', '.join(unknown)}")
    return PipelineModel(pipeline, features, tuple(map(ELEMENTS.index, classes)))
