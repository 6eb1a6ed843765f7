"""Whether the parties that the gold file names are told to be buyer and supplier as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.corpus import AnnotatedContract, AnnotatedParty
from hetong.document import Contract, Party, Role
from hetong.fold import fold
from hetong.goldscore.tallies import Tally

_CALLED: Final = re.compile("(?:以下)?(?:统?简称|下称|称)为?|[“”\"'「」：\\s]")
_ENGLISH: Final = re.compile(r"\s+[A-Za-z ]+$")
LETTERS: Final = ("甲方", "乙方")


def roles(gold: AnnotatedContract, contract: Contract) -> Tally:
    """The parties told to be on the right side, of those that the gold file puts on a side; one not found is wrong."""
    told = list(sides(gold, contract))
    return Tally(sum(side == party.role for party, side in told), len(told))


def letters(gold: AnnotatedContract, contract: Contract) -> Tally:
    """The same of the parties that are called 甲方 or 乙方."""
    told = [(party, side) for party, side in sides(gold, contract) if _names(party) & set(LETTERS)]
    return Tally(sum(side == party.role for party, side in told), len(told))


def sides(gold: AnnotatedContract, contract: Contract) -> Iterator[tuple[AnnotatedParty, Role | None]]:
    """Each party that has a side, with the side it is told to be on; None when it is not found."""
    for party in gold.parties:
        if party.role != "unknown":
            found = _found(party, contract.parties)
            yield party, found.role if found else None


def _found(party: AnnotatedParty, parties: Sequence[Party]) -> Party | None:
    """The party that is called as a labelled one is, else the one that has its name."""
    called = next((other for other in parties if _names(party) & {other.label, *other.aliases}), None)
    name = fold(party.name).strip()
    return called or next((other for other in parties if name and fold(other.name).strip() == name), None)


def _names(party: AnnotatedParty) -> set[str]:
    """What the opening calls a party: its label without an English one, and its short name without 以下简称."""
    label = _ENGLISH.sub("", party.label) or party.label
    parts = re.split("[（）()、/，]", fold(f"{label}、{party.alias}"))
    return {name for part in parts if (name := _CALLED.sub("", part))}
