"""From pieces of text in any order to lines in reading order: rows by position, two columns one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median

from hetong.document import Box
from hetong.extract.layout import SIDE_NOTE, TextLine

_LEAST_ROWS = 8  # rows on each side that make two columns plain
_SMALLER = 0.85  # size of type of side notes to that of the text, at most
_LEAST_NOTES = 3
_OVERLAP = 0.3  # of a character: pieces of a row that overlap by more are woven into each other
_WIDEST_BLANK = 60  # spaces: no gap in a line is written as more


def reading_lines(pieces: Iterable[TextLine]) -> list[TextLine]:
    """The lines that the pieces make, from top to bottom, left column before right, side notes at the end."""
    whole = list(pieces)
    notes = _side_notes(whole)
    rows = rows_of([p for p in whole if p not in notes] if notes else whole)
    gutter = _gutter([p for row in rows for p in row])
    lines = [merged(row) for row in rows] if gutter is None else list(_in_columns(rows, gutter))
    return [*lines, *(merged(row, SIDE_NOTE) for row in rows_of(notes))]


def rows_of(pieces: Iterable[TextLine]) -> list[list[TextLine]]:
    """Pieces that stand on one level, from left to right; rows from top to bottom.

    A piece belongs to the row when half of the lower of the two heights overlaps.
    """
    rows: list[list[TextLine]] = []
    for piece in sorted(pieces, key=lambda p: (p.box.top + p.box.bottom, p.box.x0)):
        if rows and _level(rows[-1][0].box, piece.box):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda p: p.box.x0)
    return rows


def merged(row: Sequence[TextLine], column: int = 0) -> TextLine:
    """The pieces of a row as one line; gaps become spaces, as many as a typist would have needed."""
    if len(row) == 1:
        return row[0]._replace(column=column)
    if any(after.box.x0 < before.box.x1 - _OVERLAP * after.em for before, after in pairwise(row)):
        row = sorted((word for piece in row for word in _words(piece)), key=lambda word: word.box.x0)
    parts: list[str] = []
    anchors: list[tuple[int, float]] = []
    length, edge = 0, row[0].box.x0
    for piece in row:
        blank = " " * _spaces(piece.box.x0 - edge, piece.em) if parts else ""
        if blank:
            anchors.append((length, edge))
        length += len(blank)
        anchors += [(length, piece.box.x0), *((i + length, x) for i, x in piece.anchors)]
        parts += [blank, piece.text]
        length += len(piece.text)
        edge = max(edge, piece.box.x1)
    boxes = [p.box for p in row]
    box = Box(boxes[0].page, boxes[0].x0, min(b.top for b in boxes), edge, max(b.bottom for b in boxes))
    longest = max(row, key=lambda p: len(p.text))
    return TextLine("".join(parts), box, longest.em, _ascending(anchors), column)


def _words(piece: TextLine) -> Iterator[TextLine]:
    """A piece parted at its gaps, in which marks from another font may stand: □, √, quotation marks."""
    start, x0 = 0, piece.box.x0
    for (end, x1), (after, x) in pairwise(piece.anchors):
        if start < end <= after < len(piece.text) and x > x1 and not piece.text[end:after].strip():
            yield _part(piece, start, end, x0, x1)
            start, x0 = after, x
    yield _part(piece, start, len(piece.text), x0, piece.box.x1)


def _part(piece: TextLine, start: int, end: int, x0: float, x1: float) -> TextLine:
    """text[start:end] of a piece, between two x."""
    anchors = tuple((i - start, x) for i, x in piece.anchors if start < i < end)
    return piece._replace(text=piece.text[start:end], box=piece.box._replace(x0=x0, x1=x1), anchors=anchors)


def _level(a: Box, b: Box) -> bool:
    return min(a.bottom, b.bottom) - max(a.top, b.top) >= 0.5 * min(a.bottom - a.top, b.bottom - b.top)


def _spaces(gap: float, em: float) -> int:
    """How many half-width spaces a gap is; up to two characters wide it is one, and none when it is no gap."""
    if gap < 0.15 * em:
        return 0
    return 1 if gap <= 2 * em else min(_WIDEST_BLANK, round(gap / (em / 2)))


def _ascending(anchors: Iterable[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    """Anchors without those that step back, where pieces overlap."""
    kept: list[tuple[int, float]] = []
    for offset, x in anchors:
        if not kept or (offset > kept[-1][0] and x >= kept[-1][1]):
            kept.append((offset, x))
    return tuple(kept)


def _side_notes(pieces: Sequence[TextLine]) -> set[TextLine]:
    """The pieces in clearly smaller type that all stand beside a column of text, three at least."""
    em = max((piece.em for piece in pieces), default=0.0)
    if not any(piece.em < _SMALLER * em for piece in pieces):
        return set()
    em = median(piece.em for piece in pieces for _ in piece.text)
    text = [piece.box for piece in pieces if piece.em > 0.9 * em]
    left, right = min(box.x0 for box in text), max(box.x1 for box in text)
    beside = {p for p in pieces if p.em < _SMALLER * em and (p.box.x1 < left or p.box.x0 > right)}
    full = sum(box.x1 - box.x0 > 0.8 * (right - left) for box in text)
    return beside if len(beside) >= _LEAST_NOTES and full >= _LEAST_ROWS else set()


def _gutter(pieces: Sequence[TextLine]) -> float | None:
    """The x between two columns when the page is plainly set in two, else None.

    Plainly: a strip near the middle that at most a fifth of the pieces cross, with at least eight pieces on
    each side, of which a good part fill their side's width.
    """
    if len(pieces) < 2 * _LEAST_ROWS:
        return None
    left, right = min(p.box.x0 for p in pieces), max(p.box.x1 for p in pieces)
    low, high = left + 0.35 * (right - left), left + 0.65 * (right - left)
    if sum(p.box.x0 > low for p in pieces) < _LEAST_ROWS:
        return None
    x, crossing = _least_crossed(pieces, low, high)
    if crossing > len(pieces) / 5:
        return None
    for start, end, side in (
        (left, x, [p for p in pieces if p.box.x1 <= x]),
        (x, right, [p for p in pieces if p.box.x0 >= x]),
    ):
        full = sum(p.box.x1 - p.box.x0 > 0.8 * (end - start) for p in side)
        if len(side) < _LEAST_ROWS or full < 0.3 * len(side):
            return None
    return x


def _least_crossed(pieces: Sequence[TextLine], low: float, high: float) -> tuple[float, int]:
    """The x between two bounds that the fewest pieces cross (middle of the widest such strip), and their number."""
    steps = sorted([(p.box.x0, 1) for p in pieces] + [(p.box.x1, -1) for p in pieces] + [(low, 0), (high, 0)])
    crossing, best = 0, (len(pieces) + 1, 0.0, low)
    for (x, step), (following, _) in pairwise(steps):
        crossing += step
        if low <= x and following <= high:
            best = min(best, (crossing, x - following, (x + following) / 2))
    return best[2], best[0]


def _in_columns(rows: Sequence[Sequence[TextLine]], gutter: float) -> Iterator[TextLine]:
    """Rows that cross the gutter in their place; between them the left column, then the right one."""
    for across, band in groupby(rows, key=lambda row: any(p.box.x0 < gutter < p.box.x1 for p in row)):
        if across:
            yield from (merged(row) for row in band)
            continue
        columns: tuple[list[TextLine], list[TextLine]] = ([], [])
        for row in band:
            for piece in row:
                columns[piece.box.x0 >= gutter].append(piece)
        for number, column in enumerate(columns, start=1):
            yield from (merged(row, number) for row in rows_of(column))
