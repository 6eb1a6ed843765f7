"""How two independent labellings of the elements agree: `python corpora/agreement.py`.

Exit code 1 when a clause with words was not labelled twice, or the label in a contract is not the one decided.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hetong.document import ELEMENTS
from hetong.frames import load_corpus
from hetong.frames.labellings import agreement, load_labellings

if TYPE_CHECKING:
    import pandas as pd

    from hetong.frames import Corpus

HERE = Path(__file__).parent


def strays(labellings: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """The clauses whose element is not the one decided, and those with words that nobody labelled twice."""
    clauses = corpus.clauses[corpus.clauses["text"] != ""].rename(columns={"index": "clause"})
    both = clauses[["contract", "clause", "element"]].merge(labellings, how="left", on=["contract", "clause"])
    return both[both["decided"].fillna("") != both["element"]]


def main() -> int:
    """Prints how well each element is agreed on, macro-F1, and what is not as it was decided."""
    labellings = load_labellings(HERE)
    table = agreement(labellings)
    print(table.round(3).to_string())
    print(f"macro-F1 {table.loc[list(ELEMENTS), 'agreed'].mean():.3f}")
    wrong = strays(labellings, load_corpus(HERE))
    if len(wrong):
        print(wrong.to_string(), file=sys.stderr)
    return 1 if len(wrong) else 0


if __name__ == "__main__":
    sys.exit(main())
