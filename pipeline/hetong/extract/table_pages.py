"""Makes one table of the parts into which pages cut it: repeated heads set aside, cut cells made whole."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from hetong.document import Aside
from hetong.extract.layout import Grid, GridCell, PageLayout, TableRows, TextLine
from hetong.extract.paragraphs import cell_paragraphs

_SAME_COLUMN = 3.0  # points by which a column may shift from page to page

Row = list[tuple[GridCell, list[TextLine]]]


@dataclass(slots=True)
class _Table:
    """A table that stands at the foot of a page and may go on: where it began, its rows so far, its last part.

    `edges` are the left edges of columns in all parts: a part may part a column that another leaves whole.
    """

    page: int  # index of the page where it began
    grid: Grid
    rows: list[Row]
    foot: Grid
    edges: list[float]

    @property
    def height(self) -> int:
        """The number of rows so far."""
        return max(cell.row + cell.row_span for cell, _ in self.rows[-1])


def with_whole_tables(pages: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages, with the rows of a table that goes on at the top of a page moved to the page where it began.

    The table's head, printed again there, becomes an aside; a row that the page break cuts is one row again.
    """
    bodies, heads = [list(page.body) for page in pages], [list[Aside]() for _ in pages]
    table: _Table | None = None
    for index, body in enumerate(bodies):
        first = body[0] if body else None
        if table is not None and isinstance(first, TableRows) and _goes_on(table.foot, first.grid):
            del body[0]
            heads[index] += _take(table, first)
            if not body:
                continue
        if table is not None:
            bodies[table.page][-1] = _closed(table)
            table = None
        if body and isinstance(body[-1], TableRows):
            table = _Table(index, body[-1].grid, list(_rows(body[-1])), body[-1].grid, list(body[-1].grid.lefts))
    if table is not None:
        bodies[table.page][-1] = _closed(table)
    return [
        replace(page, body=tuple(body), asides=(*page.asides, *head))
        for page, body, head in zip(pages, bodies, heads, strict=True)
    ]


def _closed(table: _Table) -> TableRows:
    return TableRows(table.grid, tuple((cell, tuple(lines)) for row in table.rows for cell, lines in row))


def _counted(rows: Sequence[Row], edges: Sequence[float]) -> list[Row]:
    """Rows with the columns and spans of their cells counted over these left edges."""
    return [[(_in_columns(cell, edges), lines) for cell, lines in row] for row in rows]


def _in_columns(cell: GridCell, edges: Sequence[float]) -> GridCell:
    column = bisect_right(edges, cell.box.x0 + _SAME_COLUMN) - 1
    return cell._replace(column=column, column_span=max(1, bisect_left(edges, cell.box.x1 - _SAME_COLUMN) - column))


def _rows(part: TableRows) -> Iterator[Row]:
    for _, cells in groupby(part.cells, key=lambda entry: entry[0].row):
        yield [(cell, list(lines)) for cell, lines in cells]


def _goes_on(above: Grid, below: Grid) -> bool:
    """Whether two grids on following pages are one table: as wide, and with a column that begins at the same place."""
    if above.box.page != below.box.page - 1 or not all(_near(above.box[i], below.box[i]) for i in (1, 3)):
        return False
    shared = [x for x in above.lefts if any(_near(x, y) for y in below.lefts)]
    return len(shared) >= min(2, len(above.lefts), len(below.lefts))


def _near(a: float, b: float) -> bool:
    return abs(a - b) < _SAME_COLUMN


def _take(table: _Table, part: TableRows) -> Iterator[Aside]:
    """Adds the rows of a part to its table; yields the repeated head."""
    rows = list(_rows(part))
    table.foot = part.grid
    if len(part.grid.lefts) != len(table.edges) or not all(map(_near, part.grid.lefts, table.edges)):
        new = [x for x in part.grid.lefts if not any(_near(x, y) for y in table.edges)]
        table.edges = sorted([*table.edges, *new])
        table.rows, rows = _counted(table.rows, table.edges), _counted(rows, table.edges)
    for above in table.rows[: len(rows) - 1]:
        if _texts(rows[0]) != _texts(above) or (above is not table.rows[0] and _has_figures(above)):
            break
        for _, lines in rows.pop(0):
            yield from (Aside("header", line.text, line.box.page, line.box) for line in lines)
    if _is_rest(table.rows[-1], rows[0]):
        below = {cell.column: lines for cell, lines in rows.pop(0)}
        for cell, lines in table.rows[-1]:
            lines.extend(below.get(cell.column, []))
    if rows:
        shift = table.height - rows[0][0][0].row
        table.rows += [[(cell._replace(row=cell.row + shift), lines) for cell, lines in row] for row in rows]


def _texts(row: Row) -> list[str]:
    return [" ".join(line.text for line in lines) for _, lines in row]


def _has_figures(row: Row) -> bool:
    """Whether a row is no head: the second row of a head has no figures."""
    return any(c.isdigit() for words in _texts(row) for c in words)


def _is_rest(above: Row, row: Row) -> bool:
    """Whether the first row on a page is the rest of the last one before.

    It has text only below text, in fewer cells than the row it completes: in one alone, or a line goes on in some.
    """
    upper = {cell.column: (cell, lines) for cell, lines in above if lines}
    lower = {cell.column: lines for cell, lines in row if lines}
    if not lower or not lower.keys() < upper.keys():
        return False
    return len(lower) == 1 or any(
        len(list(cell_paragraphs(upper[c][0], [upper[c][1][-1], lines[0]]))) == 1 for c, lines in lower.items()
    )
