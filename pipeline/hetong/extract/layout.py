"""The values that flow inside the PDF reader, between its steps: lines of text, tables and pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from hetong.document import Aside, Box, Problem

SIDE_NOTE: Final = -1


class TextLine(NamedTuple):
    """A line of text on one baseline, or a part of one.

    `em` is the width of a Chinese character (points); `anchors` are (offset in the text, left x), ascending;
    `column` tells apart lines that keep different margins: 0 for those of the whole page, 1 and 2 for the left and
    right one of two columns, more for the cells of a table that frame paragraphs, `SIDE_NOTE` for notes in the margin.
    """

    text: str
    box: Box
    em: float
    anchors: tuple[tuple[int, float], ...] = ()
    column: int = 0


class Ruling(NamedTuple):
    """A straight line drawn along an axis: at `at`, from `low` to `high` on the other axis (points)."""

    at: float
    low: float
    high: float


class GridCell(NamedTuple):
    """A cell of a ruled table: its box, row, column and spans (from 0; spans at least 1)."""

    box: Box
    row: int
    column: int
    row_span: int
    column_span: int


class Grid(NamedTuple):
    """A ruled table on one page: its cells in reading order, its vertical rulings, where columns and rows begin."""

    box: Box
    walls: tuple[Ruling, ...]
    cells: tuple[GridCell, ...]
    lefts: tuple[float, ...]
    tops: tuple[float, ...]


class TableRows(NamedTuple):
    """Rows of a ruled table: each cell with its lines of text, in reading order."""

    grid: Grid
    cells: tuple[tuple[GridCell, tuple[TextLine, ...]], ...]


@dataclass(frozen=True, slots=True)
class PageLayout:
    """What is printed on a page, in reading order, sizes in points.

    `unread` names why text of the page was not read (a code of `messages`), or is empty; `pictured` says that
    pictures cover the page, so that words may be in them; `blank` that nothing is printed at all. `grids` are all
    ruled tables, those without text too; `problems` what else was not understood.
    """

    number: int
    width: float
    height: float
    body: tuple[TextLine | TableRows, ...] = ()
    asides: tuple[Aside, ...] = ()
    unread: str = ""
    pictured: bool = False
    blank: bool = False
    grids: tuple[Grid, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def lines(self) -> list[TextLine]:
        """The lines of the body that are not in a table."""
        return [item for item in self.body if isinstance(item, TextLine)]
