"""Two people's labels of the same clauses, and how well they agree.

`labellings.csv` beside the contracts has a row a clause: `contract`, `clause` (its index in `Corpus.clauses`), the
element that the `first` labeller gave, the one that the `second` gave without seeing the first, and what was `decided`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from hetong.document import ELEMENTS
from hetong.errors import CorpusError, FileError
from hetong.frames.schema import Column, Table, frame_of, validate

if TYPE_CHECKING:
    import pandas as pd

    from hetong.frames import Corpus

FILE: Final = "labellings.csv"
_LABEL: Final = Column("string", allowed=frozenset(ELEMENTS))
LABELLINGS: Final = Table(
    {
        "contract": Column("string", filled=True),
        "clause": Column("int64", least=0),
        "first": _LABEL,
        "second": _LABEL,
        "decided": _LABEL,
    },
    unique=("contract", "clause"),
    refers={},
)


def load_labellings(folder: Path | str) -> pd.DataFrame:
    """The labels of both labellers in the `labellings.csv` of a folder.

    Raises:
        FileError: there is no such file.
        CorpusError: a row has mistakes; each is listed.
    """
    import pandas as pd

    path = Path(folder) / FILE
    if not path.is_file():
        raise FileError(path, "missing-path")
    try:
        rows: Any = pd.read_csv(path, dtype={"clause": "int64"}).to_dict("records")
    except ValueError as error:
        raise CorpusError(f"{path}: not readable: {error}") from error
    frame = frame_of(rows, LABELLINGS)
    validate({"labellings": frame}, {"labellings": LABELLINGS})
    return frame


def agreement(labellings: pd.DataFrame) -> pd.DataFrame:
    """How well the labellers agree: a row an element, then `all`.

    `first` and `second` count the clauses that each gave the element. `agreed` is the F1 of one labelling taken as
    prediction of the other, in the row `all` the share of clauses with the same element. `kappa` is Cohen's (1960), of
    an element against the rest.
    """
    import pandas as pd

    rows: dict[str, dict[str, float]] = {element: _agreed(labellings, element) for element in ELEMENTS}
    same, size = (labellings["first"] == labellings["second"]).mean(), len(labellings)
    chance = sum(row["first"] * row["second"] for row in rows.values()) / size**2
    rows["all"] = {"first": size, "second": size, "agreed": same, "kappa": _kappa(same, chance)}
    return pd.DataFrame.from_dict(rows, orient="index").astype({"first": "int64", "second": "int64"})


def _agreed(labellings: pd.DataFrame, element: str) -> dict[str, float]:
    one, other = (labellings[column].eq(element).to_numpy(dtype=bool) for column in ("first", "second"))
    share, theirs = one.mean(), other.mean()
    chance = share * theirs + (1 - share) * (1 - theirs)
    return {
        "first": one.sum(),
        "second": other.sum(),
        "agreed": 2 * (one & other).sum() / max(1, one.sum() + other.sum()),
        "kappa": _kappa(np.mean(one == other), chance),
    }


def _kappa(same: float, chance: float) -> float:
    """Agreement beyond chance as a share of what was possible; 1 when nothing else was possible."""
    return 1.0 if chance >= 1 else float((same - chance) / (1 - chance))


def disagreements(labellings: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The clauses that the labellers gave different elements, with path and text."""
    differ = labellings[labellings["first"] != labellings["second"]]
    said = corpus.clauses[["contract", "index", "path", "text"]].rename(columns={"index": "clause"})
    found = differ.merge(said, on=["contract", "clause"])
    found["path"] = found["path"].map(" › ".join)
    return found
