"""How well elements are told, side by side: majority, keyword list, headings alone, our model.

    python benchmarks/elements.py              # make bench-elements
    python benchmarks/elements.py --json FILE  # the figures as JSON as well

All of them are fitted on the splits train and dev of corpora/splits.csv and measured on the clauses of test. Where the
real contracts are at hand (../shared), each of their labelled lines that is no heading is placed in the smallest clause
that holds it, as ../shared/measure.py does, and the clause's element is compared. Those lines are only measured: nothing
here is fitted or chosen by them. Elements that the labelling guide fixes (titles, parties, signatures) are told by rule
for everybody. `corpora/labellings.csv` tells how far two people agree on the same question.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import hetong
from hetong.classify import classify
from hetong.corpus import load_contracts
from hetong.document import ELEMENTS, Contract, Element
from hetong.evaluate import Model, Scores, agreement, evaluate, heading_only, keywords, majority, scores
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


class RealLine(NamedTuple):
    """A labelled line of a real contract, and the index of the clause that holds it; None when none does."""

    contract: str
    element: Element
    secondary: tuple[str, ...]
    clause: int | None


def main() -> None:
    """Reads the arguments and prints the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    asked = parser.parse_args()
    learned, held_out = split_rows()
    models = fitted(learned)
    figures = {"held-out clauses": {name: evaluate(held_out, model).scores for name, model in models.items()}}
    if (SHARED / "contracts" / "labels.jsonl").exists():
        contracts, lines = real_lines()
        figures["real lines"] = {name: on_real(model, contracts, lines) for name, model in models.items()}
    for where, found in figures.items():
        print(f"\n{where}\n{side_by_side(found)}")
        print(f"\n{list(found)[-1]}, {where}\n{found[list(found)[-1]].report()}")
    people = list(human_agreement())
    print("\n" + "\n".join(people or ["no labellings.csv: human agreement not known"]))
    if asked.json:
        data = {where: {name: one.as_dict() for name, one in found.items()} for where, found in figures.items()}
        asked.json.write_text(json.dumps({**data, "people": people}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def split_rows() -> tuple[list[Row], list[Row]]:
    """The rows of train and dev, and those of test."""
    contracts = load_contracts(CORPORA)
    splits = splits_of(contracts, CORPORA / FILE)
    rows = list(rows_of(contracts))
    return [r for r in rows if splits[r.contract] != "test"], [r for r in rows if splits[r.contract] == "test"]


def fitted(rows: Sequence[Row]) -> dict[str, Model]:
    """Name → model of these rows, ours last."""
    return {
        "majority": majority(rows), "keyword list": keywords(), "headings alone": heading_only(rows), "hetong": fit(rows),
    }  # fmt: skip


def real_lines() -> tuple[dict[str, Contract], list[RealLine]]:
    """Name → real contract, segmented; and its labelled lines that are no headings, each with its clause."""
    place = measure()
    contracts = {path.stem: segment(read(path)) for path in sorted((SHARED / "contracts" / "text").glob("*.txt"))}
    lines = [
        RealLine(
            row["contract"], row["primary"], tuple(row["secondary"]), place_of(place, row, contracts[row["contract"]])
        )
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
    guesses = np.eye(len(ELEMENTS), dtype=np.float32)[
        [ELEMENTS.index(clause.element or "other") for _, clause in placed]
    ]
    return scores([line.element for line, _ in placed], guesses, [line.contract for line, _ in placed])


def human_agreement() -> Iterator[str]:
    """How far two labellings of our clauses agree, and each with what was decided."""
    if not LABELLINGS.exists():
        return
    with LABELLINGS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first, second, decided = ([row[name] for row in rows] for name in ("first", "second", "decided"))
    yield f"people, first and second: {agreement(first, second).report()}"
    yield f"people, second and what was decided: {agreement(second, decided).report()}"


if __name__ == "__main__":
    main()
