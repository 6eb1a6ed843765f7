"""The corpus as pandas frames: contracts, clauses, risks and evidence, held to a schema.

    corpus = hetong.load_corpus()
    train = corpus.clauses.merge(corpus.contracts.query("split == 'train'")[["contract"]])

Needs the extra `hetong[train]` (pandas).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hetong.corpus import load_contracts
from hetong.errors import CorpusError, FileError
from hetong.frames.rows import clause_rows, contract_row, evidence_rows, risk_rows
from hetong.frames.schema import frame_of, validate
from hetong.frames.tables import TABLES
from hetong.splits import FILE, load_splits, split_mistakes

if TYPE_CHECKING:
    import pandas as pd

    from hetong.corpus import AnnotatedContract

CHECKOUT: Final = Path(__file__).parents[3] / "corpora"


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The annotated contracts as four frames; `hetong.frames.tables` says what each column holds.

    Args:
        contracts: one row a contract; `text` is the contract as printed.
        clauses: one row a clause, in document order; `contract` and `index` name it, `parent` is the index above it.
        risks: one row a label of a rule; a missing `clause` means the whole contract.
        evidence: one row a quote that settles an attribute of completeness, or only touches it.
    """

    contracts: pd.DataFrame
    clauses: pd.DataFrame
    risks: pd.DataFrame
    evidence: pd.DataFrame


def load_corpus(folder: Path | str | None = None) -> Corpus:
    """The corpus of a folder, validated.

    Args:
        folder: where the annotated contracts lie, at any depth, with `splits.csv` beside them; without that file the
            column `split` is empty. None means `corpora/` of the checkout that the package runs from.

    Raises:
        FileError: there is no such folder; a package that was not installed from a checkout brings no corpus.
        CorpusError: a contract, the splits or a frame has mistakes; each is listed.
        ImportError: pandas is not installed; `pip install "hetong[train]"` brings it.
    """
    home = CHECKOUT if folder is None else Path(folder)
    if not home.is_dir():
        raise FileError(home, "no-corpora" if folder is None else "missing-folder")
    contracts = load_contracts(home)
    splits = _splits(home, contracts)
    rows = {
        "contracts": [contract_row(contract, splits.get(contract.id)) for contract in contracts],
        "clauses": [row for contract in contracts for row in clause_rows(contract)],
        "risks": [row for contract in contracts for row in risk_rows(contract)],
        "evidence": [row for contract in contracts for row in evidence_rows(contract)],
    }
    frames = {name: frame_of(rows[name], table) for name, table in TABLES.items()}
    validate(frames, TABLES)
    return Corpus(**frames)


def _splits(folder: Path, contracts: list[AnnotatedContract]) -> dict[str, str]:
    """Contract → split; nothing when the folder has no splits.

    Raises:
        CorpusError: the file has mistakes, or does not fit the contracts.
    """
    if not (folder / FILE).exists():
        return {}
    known = load_splits(folder / FILE)
    if wrong := list(split_mistakes({c.id: c.family for c in contracts}, known)):
        raise CorpusError("\n".join(wrong))
    return {row.contract: row.split for row in known.values()}
