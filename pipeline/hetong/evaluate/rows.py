"""Labelled clauses as the element model sees them: what is learned from, and what is measured on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from hetong.corpus import AnnotatedClause, AnnotatedContract
from hetong.document import Element
from hetong.exchange.rows import LabelledClause
from hetong.fold import fold
from hetong.predictor import Features


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph to learn from: what the model sees, its labels, and the contract family it comes from.

    `weight` is 1 shared by the paragraphs of a clause, so that a long clause counts once.
    """

    features: Features
    element: Element
    secondary: tuple[Element, ...]
    contract: str
    family: str
    weight: float = 1.0


class _Place(NamedTuple):
    """Where clauses stand: the nearest heading above, the text of the clause they belong to, group and depth."""

    above: str
    parent: str
    group: int
    depth: int


def rows_of(contracts: Iterable[AnnotatedContract]) -> Iterator[Row]:
    """The paragraphs with words of their own, contract by contract in order; bare headings are told by rule.

    They are made in the shape of `hetong.classify.features_of`, which makes them at run time.
    """
    for contract in contracts:
        walk = _Walk(contract)
        yield from walk.rows(contract.clauses, _Place("", "", 0, 0))
        for annex in contract.annexes:
            yield from walk.rows(annex.clauses, walk.below(_Place("", "", 0, 0), fold(annex.title), ""))


class _Walk:
    """Counts the groups of one contract, and knows which of them have begun."""

    def __init__(self, contract: AnnotatedContract) -> None:
        self.contract = contract
        self.groups = 0
        self.begun: set[int] = set()

    def below(self, place: _Place, heading: str, parent: str) -> _Place:
        """The place of what stands below a clause at a place."""
        self.groups += 1
        return _Place(heading or place.above, parent, self.groups, place.depth + 1)

    def rows(self, clauses: Iterable[AnnotatedClause], place: _Place) -> Iterator[Row]:
        """The rows of clauses that stand beside each other, each followed by what stands below it."""
        for clause in clauses:
            pieces = _pieces(clause)
            for piece in pieces:
                first = place.group not in self.begun
                self.begun.add(place.group)
                yield self._row(clause, Features(piece, fold(clause.heading), *place, first), 1 / len(pieces))
            yield from self.rows(clause.clauses, self.below(place, fold(clause.heading), "\n".join(pieces)))

    def _row(self, clause: AnnotatedClause, features: Features, weight: float) -> Row:
        contract = self.contract
        return Row(features, clause.element, clause.secondary, contract.id, contract.family, weight)


def _pieces(clause: AnnotatedClause) -> list[str]:
    """The paragraphs of a clause and its table, folded."""
    table = "\n".join("\t".join(cells) for cells in clause.table)
    return [fold(piece) for piece in (*clause.text.splitlines(), table) if piece.strip()]


def joined(labelled: Iterable[LabelledClause]) -> Iterator[Row]:
    """Clauses that were labelled elsewhere, reviewers' corrections among them, as rows; those without an element go.

    Clauses of one contract that stand below the same headings make a group.
    """
    groups: dict[tuple[str, tuple[str, ...]], int] = {}
    for clause in labelled:
        if clause.element is not None:
            place = (clause.contract, clause.above)
            first = place not in groups
            group = groups.setdefault(place, len(groups))
            above = clause.above[-1] if clause.above else ""
            above = fold(above.partition(" ")[2] or above)
            seen = Features(fold(clause.text), fold(clause.heading), above, fold(clause.parent))
            features = seen._replace(group=group, depth=len(clause.above), first=first)
            yield Row(features, clause.element, clause.secondary, clause.contract, clause.family)


def by_contract(rows: Sequence[Row]) -> Iterator[list[Features]]:
    """The features of each contract, in order; the rows of a contract stand together."""
    for _, group in groupby(rows, key=lambda row: row.contract):
        yield [row.features for row in group]
