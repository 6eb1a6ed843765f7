"""Evaluations as frames, for notebooks. Needs pandas (`hetong[train]`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hetong.document import ELEMENTS
from hetong.evaluate.whole import Evaluation

if TYPE_CHECKING:
    import pandas as pd


def elements(evaluation: Evaluation) -> pd.DataFrame:
    """By element: how many `clauses` have it, `precision`, `recall`, `f1`, and `low` and `high`, the interval of F1."""
    import pandas as pd

    scores = evaluation.scores
    frame = pd.DataFrame({"precision": scores.precision, "recall": scores.recall, "f1": scores.f1}).loc[list(ELEMENTS)]
    frame.insert(0, "clauses", scores.confusion.sum(axis=1))
    frame[["low", "high"]] = [scores.f1_intervals[element] for element in ELEMENTS]
    return frame.rename_axis("element")


def at_recall(evaluation: Evaluation) -> pd.DataFrame:
    """By element: the best precision at each recall (`P@80R`, `P@90R`), missing where the recall is never reached."""
    import pandas as pd

    return pd.DataFrame.from_dict(evaluation.at_recall.as_dict(), orient="index").astype("float64")


def side_by_side(evaluations: Mapping[str, Evaluation]) -> pd.DataFrame:
    """By model: `accuracy`, `macro_f1`, its interval from `low` to `high`, and the F1 of each element."""
    import pandas as pd

    rows = {
        name: {
            "accuracy": one.scores.accuracy,
            "macro_f1": one.scores.macro_f1,
            "low": one.scores.interval[0],
            "high": one.scores.interval[1],
            **one.scores.f1,
        }
        for name, one in evaluations.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index")
