"""Which annotated contracts to take: those of a split, or a few of them for a quick run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from hetong.corpus import AnnotatedContract
from hetong.splits import Split


def in_split(
    contracts: Sequence[AnnotatedContract], splits: Mapping[str, Split], split: Split
) -> list[AnnotatedContract]:
    """The contracts of a split, by id; `splits` maps ids to splits."""
    return [contract for contract in contracts if splits.get(contract.id) == split]


def few(contracts: Sequence[AnnotatedContract], count: int | str | None) -> list[AnnotatedContract]:
    """So many of the contracts, evenly spread over their order; all of them when `count` is None or "".

    Args:
        contracts: sorted by type and id as they are loaded, so that most types stay.
        count: a number, also as an environment variable has it.
    """
    wanted = min(int(count), len(contracts)) if count else len(contracts)
    return [contracts[number * len(contracts) // wanted] for number in range(wanted)]


def apart_from(contracts: Sequence[AnnotatedContract], drafts: Path) -> list[AnnotatedContract]:
    """The contracts that no draft of a folder is called after: to what has learned them such a draft is not new."""
    titles = {path.stem for path in drafts.iterdir()}
    return [contract for contract in contracts if contract.title not in titles]
