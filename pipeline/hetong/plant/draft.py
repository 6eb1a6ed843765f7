"""A contract as printed lines, ready to be spoilt, and what a spoilt one is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from hetong.corpus import AnnotatedContract, AnnotatedParty, PrintedLine, print_contract


@dataclass(frozen=True, slots=True)
class Draft:
    """A contract as printed lines, and what its text calls buyer and supplier."""

    id: str
    kind: str
    printed: tuple[PrintedLine, ...]
    buyer: str
    supplier: str
    parties: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """The lines, none of them blank."""
        return [line.text for line in self.printed]

    def clauses(self) -> Iterator[tuple[int, str]]:
        """(number, text) of each line that belongs to a clause, table rows aside."""
        yield from ((i, line.text) for i, line in enumerate(self.printed) if line.part == "clause")


class Planted(NamedTuple):
    """The lines with a defect in them, and the number of the line it stands in; None when something is gone."""

    lines: list[str]
    line: int | None


def draft_of(source: AnnotatedContract) -> Draft:
    """An annotated contract, printed."""
    printed = tuple(line for line in print_contract(source) if line.text.strip())
    text = "\n".join(line.text for line in printed if line.part == "clause")
    names = {party.role: _name_in(text, party) for party in reversed(source.parties)}
    companies = tuple(party.name for party in source.parties if party.name)
    return Draft(source.id, source.kind, printed, names.get("buyer", "甲方"), names.get("supplier", "乙方"), companies)


def _name_in(text: str, party: AnnotatedParty) -> str:
    """What the clauses call a party most often: its label or its short name."""
    short = re.sub(r"以下(?:统?简称|称)?(?:为)?|下称|简称|[“”\"「」\s]", "", party.alias)
    return max((party.label, short), key=lambda name: text.count(name) if name else -1)


def with_line(draft: Draft, line: int, text: str) -> Planted:
    """The draft with another text in one line."""
    lines = draft.lines
    lines[line] = text
    return Planted(lines, line)


def replaced(text: str, start: int, end: int, words: str) -> str:
    """A text with other words in the place of text[start:end]."""
    return text[:start] + words + text[end:]
