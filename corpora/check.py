"""Checks annotated contracts: `python corpora/check.py [FILE|FOLDER ...]`; exit code 1 with every mistake listed."""

from __future__ import annotations

import sys
from pathlib import Path

from hetong.corpus import load_contract
from hetong.errors import CorpusError


def main(arguments: list[str]) -> int:
    """Loads each file and prints its size, or its mistakes."""
    wrong = 0
    roots = [Path(a) for a in arguments] or [Path(__file__).parent / "contracts"]
    for path in sorted(p for root in roots for p in ([root] if root.is_file() else root.rglob("*.yaml"))):
        try:
            contract = load_contract(path)
        except CorpusError as error:
            wrong += 1
            print(error, file=sys.stderr)
        else:
            print(f"{path}: {sum(1 for _ in contract.walk())} clauses")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
