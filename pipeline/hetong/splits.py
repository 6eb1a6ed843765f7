"""The one fixed split of the corpus into train, dev and test, by contract and by family: `corpora/splits.csv`.

A contract once listed never moves. Contracts that share a family share a split, so that nothing measured on dev or
test was learned from a sister contract.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

from hetong.errors import CorpusError

Split = Literal["train", "dev", "test"]
SPLITS: Final[tuple[Split, ...]] = get_args(Split)
FILE: Final = "splits.csv"
HEADER: Final = ("contract", "family", "split")
TEST_EVERY: Final = 3  # one family in three is test
DEV_EVERY: Final = 5  # of the others one in five is dev


class SplitRow(NamedTuple):
    """One contract, its family, and where it belongs."""

    contract: str
    family: str
    split: Split


def load_splits(path: Path) -> dict[str, SplitRow]:
    """Contract → its row, in the order of the file.

    Raises:
        CorpusError: the file is not there or not UTF-8, lacks a column, names an unknown split or a contract twice, or
            cuts a family; each mistake with its line.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: cannot be read: {error}") from error
    if mistakes := list(_mistakes(rows)):
        raise CorpusError("\n".join(f"{path}: {mistake}" for mistake in mistakes))
    return {row[0]: SplitRow(row[0], row[1], _split(row[2])) for row in rows[1:]}


def contracts_in(split: Split, path: Path) -> frozenset[str]:
    """The contracts that the file puts into a split.

    Raises:
        CorpusError: as `load_splits`.
    """
    return frozenset(contract for contract, row in load_splits(path).items() if row.split == split)


def _mistakes(rows: list[list[str]]) -> Iterator[str]:
    if not rows or tuple(rows[0]) != HEADER:
        yield f"line 1: the columns must be {','.join(HEADER)}"
        return
    contracts: set[str] = set()
    families: dict[str, str] = {}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(HEADER) or not all(row) or row[2] not in SPLITS:
            yield f"line {number}: give a contract, its family and one of {', '.join(SPLITS)}"
            continue
        contract, family, split = row
        if contract in contracts:
            yield f"line {number}: {contract} is listed twice"
        if families.setdefault(family, split) != split:
            yield f"line {number}: family {family} is cut: {families[family]} and {split}"
        contracts.add(contract)


def _split(word: str) -> Split:
    return next(split for split in SPLITS if split == word)


def write_splits(path: Path, rows: Iterable[SplitRow]) -> None:
    """Writes the rows below the header, in their order."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])


def assigned(families: Mapping[str, str], known: Mapping[str, SplitRow]) -> list[SplitRow]:
    """The rows of contracts that are not listed yet, sorted by id; the same contracts always give the same rows.

    A new contract of a known family joins it. New families are sorted by the SHA-256 of their name; every third is
    test, of the rest every fifth is dev.

    Args:
        families: contract → family of all contracts there are.
        known: the rows that exist.
    """
    of_family = {row.family: row.split for row in known.values()}
    new = sorted(families.keys() - known.keys())
    unknown = {families[contract] for contract in new} - of_family.keys()
    ordered = sorted(unknown, key=lambda family: hashlib.sha256(family.encode()).hexdigest())
    rest = [family for i, family in enumerate(ordered) if i % TEST_EVERY]
    chosen: tuple[tuple[Split, list[str]], ...] = (
        ("train", rest), ("dev", rest[::DEV_EVERY]), ("test", ordered[::TEST_EVERY]),
    )  # fmt: skip
    for split, names in chosen:
        of_family.update(dict.fromkeys(names, split))
    return [SplitRow(contract, families[contract], of_family[families[contract]]) for contract in new]


def split_mistakes(families: Mapping[str, str], known: Mapping[str, SplitRow]) -> Iterator[str]:
    """What the file does not say about the contracts there are, or says wrongly; `families` as in `assigned`."""
    for contract in sorted(families.keys() - known.keys()):
        yield f"{contract}: not in {FILE}; run python corpora/split.py"
    for contract in sorted(known.keys() - families.keys()):
        yield f"{contract}: in {FILE}, but there is no such contract"
    for contract in sorted(families.keys() & known.keys()):
        if families[contract] != known[contract].family:
            yield f"{contract}: family is {families[contract]}, in {FILE} it is {known[contract].family}"
