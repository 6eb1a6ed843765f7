"""Tables without rulings between their columns: read where level rulings make them certain, else told to be unread.

What makes one plain: rows one below the other, none of them lines of a form, whose pieces leave the same gaps free
from the first to the last row. Level rulings of one width above, below and between them part its rows; where only the
head is ruled off (a three-line table, 三线表), a row begins where the first column has text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from hetong.document import Box
from hetong.extract.layout import Grid, GridCell, Ruling, TextLine
from hetong.extract.reading_order import rows_of

_NEAR: Final = 3.0  # points
_LEAST_ROWS, _LEAST_COLUMNS = 3, 3
_LEAST_GAP: Final = 0.6  # times the size of type, between two columns
_LABELS: Final = 0.4  # a row: more are a form, where no rulings say that it is a table
_FARTHEST: Final = 4.0  # times the size of type, from one row to the next
_PADDING: Final = 5.4  # points before the text of a cell, as word processors keep
_SHORT: Final = 1.5  # times the size of type by which a line that goes on may be shorter than its column

_MOST_RULINGS: Final = 2_000  # a page with more is a drawing
Rows = list[Sequence[TextLine]]
Column = tuple[float, float]  # from left to right, points


class Unruled(NamedTuple):
    """The tables that could be read, and whether another one could not."""

    grids: list[Grid]
    unread: bool


def find_unruled(pieces: Sequence[TextLine], across: Sequence[Ruling], ruled: Sequence[Grid], page: int) -> Unruled:
    """The tables without vertical rulings among pieces of text.

    Args:
        pieces: those that stand in no ruled table.
        across: the level rulings of the page.
        ruled: the ruled tables of the page, to which some of these belong.
        page: number of the page, for the boxes.
    """
    side_by_side = [n for n in Counter(round(piece.box.bottom) for piece in pieces).values() if n > 1]
    if len(side_by_side) < _LEAST_ROWS:
        return Unruled([], False)
    rows, grids, unread = rows_of(pieces), list[Grid](), False
    free = [r for r in across[:_MOST_RULINGS] if not any(_belongs(r, grid.box) for grid in ruled)]
    for rulings in (part for group in _of_one_width(free) for part in _parted(group, rows)):
        band = _between(rows, rulings[0], rulings[-1])
        if (
            len(rulings) < _LEAST_ROWS
            or not _lies_within(band, rulings[0])
            or not _is_table(band, 2 if len(rulings) > _LEAST_ROWS else _LEAST_COLUMNS, 1.0)
        ):
            continue
        grid = _grid(band, rulings, page)
        grids += [grid] if grid else []
        unread |= grid is None
        rows = [row for row in rows if not rulings[0].at <= _middle(row) <= rulings[-1].at]
    return Unruled(grids, unread or any(_is_table(run, _LEAST_COLUMNS, _LABELS) for run in _runs(rows)))


def _of_one_width(across: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Level rulings from the same left to the same right, at least three, from top to bottom."""
    groups: dict[tuple[int, int], list[Ruling]] = {}
    for ruling in sorted(across):
        group = groups.setdefault((round(ruling.low / _NEAR), round(ruling.high / _NEAR)), [])
        group += [ruling] if not group or ruling.at - group[-1].at > _NEAR else []
    yield from (group for group in groups.values() if len(group) >= _LEAST_ROWS)


def _belongs(ruling: Ruling, box: Box) -> bool:
    """Whether a ruling is one of a table."""
    return box.top - _NEAR <= ruling.at <= box.bottom + _NEAR and ruling.low < box.x1 and box.x0 < ruling.high


def _parted(rulings: Sequence[Ruling], rows: Sequence[Sequence[TextLine]]) -> Iterator[list[Ruling]]:
    """The rulings of each of several tables; between two of them is text that does not stand side by side."""
    part = [rulings[0]]
    for above, below in pairwise(rulings):
        if any(len(row) > 1 for row in _between(rows, above, below)):
            part.append(below)
            continue
        yield part
        part = [below]
    yield part


def _between(rows: Sequence[Sequence[TextLine]], above: Ruling, below: Ruling) -> Rows:
    return [row for row in rows if above.at <= _middle(row) <= below.at]


def _runs(rows: Sequence[Sequence[TextLine]]) -> Iterator[Rows]:
    """Rows that follow each other closely and keep at least two gaps free; the first has several columns."""
    run: Rows = []
    columns: list[Column] = []
    for row in rows:
        columns = _columns(row, columns)
        far = bool(run) and row[0].box.top - run[-1][0].box.bottom > _FARTHEST * row[0].em
        if run and (far or len(columns) < _LEAST_COLUMNS):
            yield run
            run, columns = [], _columns(row)
        if run or len(row) >= _LEAST_COLUMNS:
            run.append(row)
        else:
            columns = []
    if run:
        yield run


def _lies_within(rows: Rows, ruling: Ruling) -> bool:
    """Whether no row reaches beyond the ends of a ruling; labels do that stand before lines to be filled in."""
    return all(ruling.low - _NEAR <= r[0].box.x0 and r[-1].box.x1 <= ruling.high + _NEAR for r in rows)


def _middle(row: Sequence[TextLine]) -> float:
    return (row[0].box.top + row[0].box.bottom) / 2


def _is_table(rows: Rows, least_columns: int, labels: float) -> bool:
    """Whether rows keep the same gaps free, and are no lines of a form (甲方：  乙方：), told by labels a row."""
    if sum(len(row) > 1 for row in rows) < _LEAST_ROWS:
        return False
    pieces = [piece for row in rows for piece in row]
    if sum("：" in piece.text or ":" in piece.text for piece in pieces) > labels * len(rows):
        return False
    return len(_columns(pieces)) >= least_columns


def _columns(pieces: Sequence[TextLine], known: Sequence[Column] = ()) -> list[Column]:
    """The columns that pieces make, together with known ones; they stand apart by gaps that no piece reaches into."""
    gap = _LEAST_GAP * max(piece.em for piece in pieces)
    columns: list[Column] = []
    for x0, x1 in sorted([*known, *((piece.box.x0, piece.box.x1) for piece in pieces)]):
        if columns and x0 <= columns[-1][1] + gap:
            columns[-1] = columns[-1][0], max(columns[-1][1], x1)
        else:
            columns.append((x0, x1))
    return columns


def _grid(band: Rows, rulings: Sequence[Ruling], page: int) -> Grid | None:
    """The table that rows between rulings make; None when it is not certain where its rows and columns begin."""
    columns = _columns([piece for row in band for piece in row])
    if any(len({_column_of(piece, columns) for piece in row}) < len(row) for row in band):
        return None
    tops = [ruling.at for ruling in rulings]
    if len(rulings) == _LEAST_ROWS:  # head and body
        body = [row for row in band if _middle(row) > tops[1]]
        starts = [i for i, row in enumerate(body) if _column_of(row[0], columns) == 0]
        if not starts or starts[0] or not _wraps_only(body, starts, columns):
            return None
        between = [(body[i - 1][0].box.bottom + body[i][0].box.top) / 2 for i in starts[1:]]
        tops[2:2] = between
    lefts = [rulings[0].low, *(max((a[1] + b[0]) / 2, b[0] - _PADDING) for a, b in pairwise(columns))]
    return _raster([*lefts, rulings[0].high], tops, page)


def _column_of(piece: TextLine, columns: Sequence[Column]) -> int:
    return next(i for i, (_, right) in enumerate(columns) if piece.box.x0 <= right)


def _wraps_only(body: Rows, starts: Sequence[int], columns: Sequence[Column]) -> bool:
    """Whether each line behind the first one of its row goes on a line above it that fills the column."""
    above: dict[int, TextLine] = {}
    for i, row in enumerate(body):
        for piece in row:
            column = _column_of(piece, columns)
            before = above.get(column)
            if i not in starts and (before is None or before.box.x1 < columns[column][1] - _SHORT * piece.em):
                return False
        above = {**({} if i in starts else above), **{_column_of(piece, columns): piece for piece in row}}
    return True


def _raster(xs: Sequence[float], ys: Sequence[float], page: int) -> Grid:
    """A table of which each row has all columns."""
    cells = tuple(
        GridCell(Box(page, left, top, right, bottom), row, column, 1, 1)
        for row, (top, bottom) in enumerate(pairwise(ys))
        for column, (left, right) in enumerate(pairwise(xs))
    )
    return Grid(Box(page, xs[0], ys[0], xs[-1], ys[-1]), (), cells, tuple(xs[:-1]), tuple(ys[:-1]))
