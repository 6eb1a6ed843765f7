"""Tables that are set without rulings between their columns: told, so that a problem can say they were read by lines.

What makes one plain: at least three rows one below the other, none of them prose, whose pieces leave the same gaps
free from the first to the last row, so that at least three columns stand there; or two columns between level rulings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.extract.layout import Ruling, TextLine
from hetong.extract.reading_order import rows_of

_NEAR: Final = 3.0  # points
_LEAST_ROWS, _LEAST_COLUMNS = 3, 3
_RULED_ROWS, _RULED_COLUMNS = 3, 2  # where level rulings of one width stand above and below
_LEAST_GAP: Final = 1.0  # times the size of type, between two columns
_FARTHEST: Final = 4.0  # times the size of type, from one row to the next


def has_unruled_table(pieces: Sequence[TextLine], across: Sequence[Ruling]) -> bool:
    """Whether a table without vertical rulings stands among pieces of text.

    Args:
        pieces: those that stand in no ruled table.
        across: the level rulings of the page.
    """
    side_by_side = [n for n in Counter(round(piece.box.bottom) for piece in pieces).values() if n > 1]
    if len(side_by_side) < _RULED_ROWS:
        return False
    rows = rows_of(pieces)
    return any(_is_table(run, _LEAST_ROWS, _LEAST_COLUMNS) for run in _runs(rows)) or any(
        _is_table(band, _RULED_ROWS, _RULED_COLUMNS) for band in _bands(rows, across)
    )


def _runs(rows: Sequence[Sequence[TextLine]]) -> Iterator[list[Sequence[TextLine]]]:
    """Rows of several columns that follow each other closely."""
    run: list[Sequence[TextLine]] = []
    for row in rows:
        if run and (len(row) < _LEAST_COLUMNS or _distance(run[-1], row) > _FARTHEST * row[0].em):
            yield run
            run = []
        if len(row) >= _LEAST_COLUMNS:
            run.append(row)
    if run:
        yield run


def _distance(above: Sequence[TextLine], below: Sequence[TextLine]) -> float:
    return below[0].box.top - above[0].box.bottom


def _bands(rows: Sequence[Sequence[TextLine]], across: Sequence[Ruling]) -> Iterator[list[Sequence[TextLine]]]:
    """The rows between the first and the last of at least three level rulings of one width."""
    for ruling in across:
        alike = [r for r in across if abs(r.low - ruling.low) < _NEAR and abs(r.high - ruling.high) < _NEAR]
        if len(alike) < 3 or ruling.at > min(r.at for r in alike):
            continue
        foot = max(r.at for r in alike)
        yield [row for row in rows if ruling.at <= _middle(row) <= foot]


def _middle(row: Sequence[TextLine]) -> float:
    return (row[0].box.top + row[0].box.bottom) / 2


def _is_table(rows: Sequence[Sequence[TextLine]], least_rows: int, least_columns: int) -> bool:
    """Whether rows keep the same gaps free, and are no lines of a form (甲方：  乙方：)."""
    if sum(len(row) >= least_columns for row in rows) < least_rows:
        return False
    pieces = [piece for row in rows for piece in row]
    if sum("：" in piece.text or ":" in piece.text for piece in pieces) > len(rows):
        return False
    return _columns(pieces) >= least_columns


def _columns(pieces: Sequence[TextLine]) -> int:
    """How many columns stand side by side, apart by gaps that no piece reaches into."""
    gap = _LEAST_GAP * max(piece.em for piece in pieces)
    count, edge = 0, float("-inf")
    for x0, x1 in sorted((piece.box.x0, piece.box.x1) for piece in pieces):
        count += x0 > edge + gap
        edge = max(edge, x1)
    return count
