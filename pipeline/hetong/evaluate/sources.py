"""Labelled clauses from a folder of annotated contracts, or from rows that `hetong corpus import` wrote."""

from __future__ import annotations

from pathlib import Path

from hetong.corpus import load_contracts
from hetong.errors import FileError
from hetong.evaluate.rows import Row, joined, rows_of
from hetong.exchange.rows import read_rows
from hetong.splits import FILE, Split, contracts_in


def labelled_rows(source: Path, split: Split | None = None) -> list[Row]:
    """The labelled clauses of a folder of annotated contracts (YAML) or of a file of rows (JSON lines), by contract.

    Args:
        source: the folder or the file.
        split: only the contracts of this split, as the `splits.csv` of the folder or beside the file says; None: all.

    Raises:
        FileError: there is no such folder or file, no `splits.csv` when a split is asked for, or nothing is labelled.
        CorpusError: a contract, a row or the splits have mistakes.
    """
    if not source.exists():
        raise FileError(source, "missing-path" if source.suffix else "missing-folder")
    rows = list(rows_of(load_contracts(source)) if source.is_dir() else joined(read_rows(source)))
    if split is not None:
        file = (source if source.is_dir() else source.parent) / FILE
        if not file.exists():
            raise FileError(source, "no-splits")
        wanted = contracts_in(split, file)
        rows = [row for row in rows if row.contract in wanted]
    if not rows:
        raise FileError(source, "nothing-labelled")
    return sorted(rows, key=lambda row: row.contract)
