"""Measures the reading of whole contracts against annotated ones: structure, type, sides, completeness.

Each annotated contract is printed as text and read as any draft is. Elements and rules are measured elsewhere
(`hetong.evaluate`, `hetong.rulescore`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hetong.corpus import AnnotatedContract, load_contracts
from hetong.goldscore.reading import Reading, read_gold
from hetong.goldscore.settled import differences, left_out, quotes, statuses
from hetong.goldscore.sides import letters, roles, sides
from hetong.goldscore.structure import begun_rightly, starts, top_articles
from hetong.goldscore.table import table
from hetong.goldscore.tallies import Share, Tally, share_of
from hetong.splits import FILE, Split, contracts_in

__all__ = ["ContractScore", "Share", "Tally", "contracts_of", "score", "share_of", "table"]


@dataclass(frozen=True, slots=True)
class ContractScore:
    """One contract: measure → what is right of how many; its kind as labelled and as told; mistakes in words."""

    id: str
    kind: str
    told_kind: str
    tallies: dict[str, Tally]
    mistakes: tuple[str, ...]


def contracts_of(folder: Path, split: Split | None = None) -> list[AnnotatedContract]:
    """The annotated contracts below a folder, or those that its `splits.csv` puts into one split.

    Raises:
        CorpusError: a contract has mistakes; or a split is asked for and the file is not there or has mistakes.
    """
    contracts = load_contracts(folder)
    if split is None:
        return contracts
    wanted = contracts_in(split, folder / FILE)
    return [contract for contract in contracts if contract.id in wanted]


def score(contracts: Iterable[AnnotatedContract]) -> list[ContractScore]:
    """The score of each contract, in their order."""
    return [_score(read_gold(gold)) for gold in contracts]


def _score(reading: Reading) -> ContractScore:
    gold, contract = reading.gold, reading.contract
    tallies = {
        "numbered starts found": starts(reading),
        "starts that are starts": begun_rightly(reading),
        "lines in their article": top_articles(reading),
        "contract type": Tally(contract.contract_type == gold.kind, 1),
        "sides of the parties": roles(gold, contract),
        "sides of 甲方 and 乙方": letters(gold, contract),
        "attributes settled or vague": statuses(reading),
        "quotes in a labelled clause": quotes(reading),
        "needed ones told or left out": left_out(reading),
    }
    return ContractScore(gold.id, gold.kind, contract.contract_type, tallies, tuple(_mistakes(reading)))


def _mistakes(reading: Reading) -> list[str]:
    """Wrong sides and statuses in a few words each."""
    told = sides(reading.gold, reading.contract)
    wrong = [f"{party.label} {side or 'not found'}, not {party.role}" for party, side in told if side != party.role]
    return [*wrong, *differences(reading)]
