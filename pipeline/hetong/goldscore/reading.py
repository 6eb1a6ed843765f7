"""Prints an annotated contract, reads it as any draft is read, and keeps the two beside each other, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from hetong.classify import classify
from hetong.corpus import AnnotatedClause, AnnotatedContract, PrintedLine, print_contract
from hetong.document import Cell, Contract, Source
from hetong.extract.builder import TextBuilder
from hetong.flag import flag
from hetong.segment import segment


class Place(NamedTuple):
    """A printed line and where it stands: text[start:end] of the contract as read."""

    line: PrintedLine
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """An annotated contract, what the program made of it, and the places of its printed lines in order."""

    gold: AnnotatedContract
    contract: Contract
    places: tuple[Place, ...]

    def lines_of(self, clause: AnnotatedClause) -> list[Place]:
        """The lines of one clause, without those of the clauses below it."""
        return [place for place in self.places if place.line.clause is clause]


def read_gold(gold: AnnotatedContract) -> Reading:
    """An annotated contract printed as text and analysed; rules are left out, completeness is not."""
    builder, starts = TextBuilder(), []
    for row, line in enumerate(print_contract(gold)):
        starts.append((line, builder.position))
        _add(builder, line, row)
    extracted = builder.contract(Source(f"{gold.id}.txt", "", "txt"))
    ends = [*(start for _, start in starts[1:]), len(extracted.text)]
    places = tuple(Place(line, start, end) for (line, start), end in zip(starts, ends, strict=True))
    return Reading(gold, flag(classify(segment(extracted)), ()), places)


def _add(builder: TextBuilder, line: PrintedLine, row: int) -> None:
    """One line as a paragraph, or as the cells of a table's row."""
    if line.part != "row":
        builder.add(line.text)
    last = len(line.cells) - 1
    for column, text in enumerate(line.cells):
        builder.add(text, "cell", cell=Cell(0, row, column), end="\t" if column < last else "\n")
