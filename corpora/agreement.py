"""How two independent labellings of the elements agree: `python corpora/agreement.py`.

`labellings.csv` has a row a clause with words: contract, clause (its index in document order), the element that its
writer gave (first), that of a reader who did not see it (second), and the one decided where they differ. Exit code 1
when the labels in the contracts are not those that were decided.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hetong.corpus import load_contracts
from hetong.document import ELEMENTS

HERE = Path(__file__).parent
FILE = HERE / "labellings.csv"


class Labelling(NamedTuple):
    """What two people said of a clause, and what was decided."""

    contract: str
    clause: int
    first: str
    second: str
    decided: str


def load_labellings(path: Path = FILE) -> list[Labelling]:
    """The rows of the file, in order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Labelling(r["contract"], int(r["clause"]), r["first"], r["second"], r["decided"])
            for r in csv.DictReader(file)
        ]


def agreement(rows: Sequence[Labelling]) -> float:
    """The share of clauses to which both gave the same element."""
    return sum(row.first == row.second for row in rows) / len(rows)


def kappa(rows: Sequence[Labelling]) -> float:
    """Agreement beyond chance (Cohen 1960, Educational and Psychological Measurement 20): 1 is perfect, 0 is chance."""
    first, second = Counter(row.first for row in rows), Counter(row.second for row in rows)
    chance = sum(first[e] * second[e] for e in ELEMENTS) / len(rows) ** 2
    return (agreement(rows) - chance) / (1 - chance)


def f1(rows: Sequence[Labelling], element: str) -> float:
    """How one labelling finds an element of the other: the same in both directions."""
    both = sum(row.first == row.second == element for row in rows)
    return 2 * both / sum((row.first == element) + (row.second == element) for row in rows)


def strays(rows: Sequence[Labelling], contracts: Path = HERE / "contracts") -> Iterator[str]:
    """The clauses whose label in the contract is not the one decided, and those that nobody labelled twice."""
    decided = {(row.contract, row.clause): row.decided for row in rows}
    for contract in load_contracts(contracts):
        for index, clause in enumerate(contract.walk()):
            if (clause.text or clause.table) and decided.get((contract.id, index)) != clause.element:
                yield f"{contract.id} {index}: {clause.element}, decided {decided.get((contract.id, index))}"


def main() -> int:
    """Prints agreement, kappa, F1 of each element and the most frequent differences."""
    rows = load_labellings()
    print(f"{len(rows)} clauses, agreement {agreement(rows):.3f}, kappa {kappa(rows):.3f}")
    each = {element: f1(rows, element) for element in ELEMENTS}
    print(f"macro-F1 {sum(each.values()) / len(each):.3f}: " + ", ".join(f"{e} {v:.3f}" for e, v in each.items()))
    differ = Counter(tuple(sorted((row.first, row.second))) for row in rows if row.first != row.second)
    print("differ: " + ", ".join(f"{a}/{b} {n}" for (a, b), n in differ.most_common(6)))
    wrong = list(strays(rows))
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
