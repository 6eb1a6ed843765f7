"""How well elements are told, side by side: majority, keyword list, headings alone, our model.

    python benchmarks/elements.py              # make bench-elements
    python benchmarks/elements.py --json FILE  # the figures as JSON as well

All of them are fitted on the splits train and dev of corpora/splits.csv and measured on the clauses of test. Where the
real contracts are at hand (../shared), each of their labelled lines that is no heading is placed in the smallest clause
that holds it, as ../shared/measure.py does, and the clause's element is compared. Those lines are only measured:
nothing here is fitted or chosen by them. Elements that the labelling guide fixes (titles, parties, signatures) are told
by rule for everybody. The second reader is who labelled the same contracts again without seeing the labels
(`corpora/labellings.csv`), measured against the first: whole clauses there, paragraphs in the other rows.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import hetong
from hetong.classify import classify
from hetong.corpus import load_contracts
from hetong.document import ELEMENTS, Contract, Element
from hetong.evaluate import Model, Scores, evaluate, heading_only, keywords, majority, scores
from hetong.evaluate.rows import Row
from hetong.evaluate.scores import side_by_side
from hetong.extract import read
from hetong.segment import segment
from hetong.splits import FILE
from hetong.train import fit, rows_of, splits_of

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared"
CORPORA = HERE.parent / "corpora"
LABELLINGS = CORPORA / "labellings.csv"
OURS = "hetong"


class RealLine(NamedTuple):
    """A labelled line of a real contract, and the index of the clause that holds it; None when none does."""

    contract: str
    element: Element
    clause: int | None


def main() -> None:
    """Reads the arguments and prints the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    asked = parser.parse_args()
    learned, held_out = split_rows()
    models = fitted(learned)
    figures = {"held-out clauses": {name: evaluate(held_out, model).scores for name, model in models.items()}}
    figures["held-out clauses"] = {"second reader": second_reader(held_out), **figures["held-out clauses"]}
    if (SHARED / "contracts" / "labels.jsonl").exists():
        contracts, lines = real_lines()
        figures["real lines"] = {name: on_real(model, contracts, lines) for name, model in models.items()}
    for where, found in figures.items():
        print(f"\n{where}\n{side_by_side(found)}")
        print(f"\n{OURS}, {where}\n{found[OURS].report()}")
    if asked.json:
        data = {where: {name: one.as_dict() for name, one in found.items()} for where, found in figures.items()}
        asked.json.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


def split_rows() -> tuple[list[Row], list[Row]]:
    """The rows of train and dev, and those of test."""
    contracts = load_contracts(CORPORA)
    splits = splits_of(contracts, CORPORA / FILE)
    rows = list(rows_of(contracts))
    return [r for r in rows if splits[r.contract] != "test"], [r for r in rows if splits[r.contract] == "test"]


def fitted(rows: Sequence[Row]) -> dict[str, Model]:
    """Name → model of these rows, ours last."""
    return {
        "majority": majority(rows), "keyword list": keywords(), "headings alone": heading_only(rows), OURS: fit(rows),
    }  # fmt: skip


def real_lines() -> tuple[dict[str, Contract], list[RealLine]]:
    """Name → real contract, segmented; and its labelled lines that are no headings, each with its clause."""
    place = measure()
    contracts = {path.stem: segment(read(path)) for path in sorted((SHARED / "contracts" / "text").glob("*.txt"))}
    lines = [
        RealLine(row["contract"], row["primary"], place_of(place, row, contracts[row["contract"]]))
        for row in place.rows(SHARED / "contracts" / "labels.jsonl")
        if not row["heading"]
    ]
    return contracts, lines


def measure() -> Any:
    """The module ../shared/measure.py, which says how a line is placed."""
    spec = importlib.util.spec_from_file_location("measure", SHARED / "measure.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def place_of(place: Any, row: Mapping[str, Any], contract: Contract) -> int | None:
    """The index of the smallest clause that holds a labelled line."""
    source = (SHARED / "contracts" / "text" / f"{row['contract']}.txt").read_text(encoding="utf-8").split("\n")
    clauses = hetong.to_dict(contract)["clauses"]
    squashed = [place.squash(clause["text"]) for clause in clauses]
    found = place.place(clauses, source[row["line"]].strip(), row["line"] / len(source), squashed)
    return None if found is None else int(found)


def on_real(model: Model, contracts: Mapping[str, Contract], lines: Sequence[RealLine]) -> Scores:
    """The scores of a model on the lines that were placed."""
    said = {name: classify(contract, model.predict, 0.0) for name, contract in contracts.items()}
    placed = [(line, said[line.contract].clauses[line.clause]) for line in lines if line.clause is not None]
    guesses = _sure(clause.element or "other" for _, clause in placed)
    return scores([line.element for line, _ in placed], guesses, [line.contract for line, _ in placed])


def second_reader(rows: Sequence[Row]) -> Scores:
    """The scores of the second labelling of the contracts of these rows against the first."""
    contracts = {row.contract for row in rows}
    with LABELLINGS.open(encoding="utf-8", newline="") as file:
        labelled = [row for row in csv.DictReader(file) if row["contract"] in contracts]
    gold: list[Element] = [ELEMENTS[_number(row["first"])] for row in labelled]
    return scores(gold, _sure([row["second"] for row in labelled]), [row["contract"] for row in labelled])


def _sure(elements: Iterable[str]) -> NDArray[np.float32]:
    """Probabilities (elements given, elements) that leave no doubt."""
    return np.eye(len(ELEMENTS), dtype=np.float32)[[_number(element) for element in elements]]


def _number(element: str) -> int:
    return [*map(str, ELEMENTS)].index(element)


if __name__ == "__main__":
    main()
