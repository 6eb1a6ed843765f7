"""Checks annotated contracts; exit code 1 with every mistake listed.

    python corpora/check.py                      # all of corpora/: format, labels, splits, copies; sentences too
    python corpora/check.py FILE|FOLDER ...      # some, also against all of corpora/; they need no split yet
    python corpora/check.py --stats              # what there is, as the tables that README.md quotes

Near duplicates: two clauses of different contracts whose character 5-grams have a Jaccard index over 0.7. Boilerplate
(how many copies there are, a line to sign on; `hetong.corpuscheck.is_formula`) may recur and is only counted.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from hetong import ordinary
from hetong.corpus import AnnotatedContract, load_contract, load_contracts
from hetong.corpuscheck import is_formula, near_duplicates, passages, statistics, unknown_labels
from hetong.errors import CorpusError
from hetong.ordinary import load_ordinary
from hetong.rulebook import load_rules
from hetong.sentencecheck import ordinary_mistakes, sentence_mistakes
from hetong.sentences import FOLDER, load_sentences
from hetong.splits import FILE, load_splits, split_mistakes

HERE = Path(__file__).parent


def main(arguments: Sequence[str]) -> int:
    """Loads what was asked for, prints the size of each contract, then every mistake."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, metavar="FILE|FOLDER")
    parser.add_argument("--stats", action="store_true", help="print what there is instead")
    asked = parser.parse_args(arguments)
    contracts, wrong = loaded(asked.paths or [HERE / "contracts"])
    if asked.stats:
        print("\n".join(statistics(contracts)))
    else:
        for contract in contracts:
            print(f"{contract.type}/{contract.id}: {sum(1 for _ in contract.walk())} clauses")
    wrong += [*unknown_labels(contracts), *duplicates(contracts, asked.paths)]
    wrong += [] if asked.paths else [*splits_wrong(contracts), *sentences_wrong(contracts), *ordinary_wrong(contracts)]
    for mistake in wrong:
        print(mistake, file=sys.stderr)
    return 1 if wrong else 0


def loaded(roots: Sequence[Path]) -> tuple[list[AnnotatedContract], list[str]]:
    """The contracts of some files and folders, and what is wrong with the format of others."""
    contracts, wrong = [], []
    for path in sorted(p for root in roots for p in ([root] if root.is_file() else root.rglob("*.yaml"))):
        try:
            contracts.append(load_contract(path))
        except CorpusError as error:
            wrong.append(str(error))
    return contracts, wrong


def duplicates(contracts: Sequence[AnnotatedContract], some: Sequence[Path]) -> Iterator[str]:
    """Near duplicates among the contracts, and with the corpus when they are only some; counts the boilerplate."""
    mine = {contract.id for contract in contracts}
    others = [c for c in load_contracts(HERE / "contracts") if c.id not in mine] if some else []
    formulas = 0
    for first, second, likeness in near_duplicates(passages(contracts), passages(others)):
        if is_formula(first.text) and is_formula(second.text):
            formulas += 1
            continue
        yield f"{second.home} {second.place} is near {first.home} {first.place} ({likeness:.2f}): {second.text[:60]}"
    print(f"{formulas} pairs of boilerplate", file=sys.stderr)


def sentences_wrong(contracts: Sequence[AnnotatedContract]) -> list[str]:
    """What is wrong with the sentences written for rules."""
    try:
        return list(sentence_mistakes(load_sentences(HERE / FOLDER), load_rules(), passages(contracts)))
    except CorpusError as error:
        return [str(error)]


def ordinary_wrong(contracts: Sequence[AnnotatedContract]) -> list[str]:
    """What is wrong with the ordinary texts."""
    try:
        return list(ordinary_mistakes(load_ordinary(HERE / ordinary.FOLDER), passages(contracts)))
    except CorpusError as error:
        return [str(error)]


def splits_wrong(contracts: Sequence[AnnotatedContract]) -> list[str]:
    """What `splits.csv` lacks or says wrongly."""
    try:
        return list(split_mistakes({c.id: c.family for c in contracts}, load_splits(HERE / FILE)))
    except CorpusError as error:
        return [str(error)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
