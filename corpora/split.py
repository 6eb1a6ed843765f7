"""Gives each contract that `splits.csv` does not list its split; no row that exists changes.

python corpora/split.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from hetong.corpus import load_contracts
from hetong.errors import CorpusError
from hetong.splits import FILE, assigned, load_splits, split_mistakes, write_splits

HERE = Path(__file__).parent


def main(folder: Path = HERE) -> int:
    """Appends the new rows and prints them; exit code 1, and nothing written, when a family would be cut."""
    try:
        families = {contract.id: contract.family for contract in load_contracts(folder / "contracts")}
        known = load_splits(folder / FILE) if (folder / FILE).exists() else {}
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1
    new = assigned(families, known)
    listed = known | {row.contract: row for row in new}
    if wrong := list(split_mistakes(families, listed)):
        print("\n".join(wrong), file=sys.stderr)
        return 1
    write_splits(folder / FILE, listed.values())
    for row in new:
        print(*row)
    print(f"{len(new)} contracts added, {len(listed)} in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
