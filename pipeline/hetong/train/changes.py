"""What learning anew changes: the probabilities of two sets of detectors for the same labelled examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from hetong.predictor import Detectors
from hetong.rulebook import BUYER, SUPPLIER
from hetong.train.stretches import Example

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = ("rule", "text", "risk", "before", "after", "spoke", "speaks")


def changes(before: Detectors, after: Detectors, examples: Iterable[Example]) -> pd.DataFrame:
    """A row for each label of each example whose rule both know, in order.

    The columns: `rule`, `text` (the parties as 甲 and 乙), `risk` as labelled, `before` and `after` (probabilities),
    `spoke` and `speaks` (whether they reach the threshold of the rule).

    Args:
        before: detectors that did not know something.
        after: those that do.
        examples: labelled stretches, learned from or not.

    Raises:
        ImportError: pandas is not installed.
    """
    import pandas as pd

    labelled = list(examples)
    sides = [(one, one.probabilities([example.stretch for example in labelled])) for one in (before, after)]
    rows = [
        [rule, readable(example.stretch.text), risk, *_both(sides, row, rule)]
        for row, example in enumerate(labelled)
        for rule, risk in example.labels.items()
        if rule in before.rules and rule in after.rules
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _both(sides: Sequence[tuple[Detectors, NDArray[np.float32]]], row: int, rule: str) -> Iterator[Any]:
    """The probabilities of a rule in a row, then whether each is enough to speak."""
    places = [(one, said[row, one.rules.index(rule)], one.rules.index(rule)) for one, said in sides]
    yield from (float(probability) for _, probability, _ in places)
    yield from (bool(probability >= one.thresholds[number]) for one, probability, number in places)


def readable(text: str) -> str:
    """A masked text with 甲 for the side that pays and 乙 for the other, however long their names are."""
    return re.sub(f"{SUPPLIER}+", "乙", re.sub(f"{BUYER}+", "甲", text))
