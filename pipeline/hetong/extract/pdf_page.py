"""One PDF page: its drawings and text become lines and tables in reading order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, groupby

from pypdfium2 import PdfPage

from hetong.document import Aside, Box, Problem
from hetong.extract.layout import Grid, GridCell, PageLayout, TableRows, TextLine
from hetong.extract.legible import is_legible, meaningless
from hetong.extract.paragraphs import cell_paragraphs
from hetong.extract.pdf_drawings import drawings
from hetong.extract.pdf_forms import Filled
from hetong.extract.pdf_glyphs import page_text
from hetong.extract.pdf_lines import PagePieces, page_pieces
from hetong.extract.pdf_tables import cell_finder, find_grids
from hetong.extract.pdf_ticks import ticked_squares
from hetong.extract.reading_order import merged, reading_lines, rows_of
from hetong.extract.unruled_tables import find_unruled

_COVERED = 0.5  # share of the page that a scan covers at least
_OUTLINES = 50  # drawn shapes without any text that are taken for text in outlines
_NOTHING = Filled()
_FIRST_FRAME = 3  # column number of the first framing cell


def page_layout(page: PdfPage, number: int, filled: Filled = _NOTHING) -> PageLayout:
    """What is printed on a page, in points of the page as displayed.

    Headers and footers are still among the lines: telling them takes all pages.

    Args:
        page: the open page.
        number: its number, from 1.
        filled: what its fields and annotations say besides.
    """
    width, height = page.get_size()
    with page_text(page) as source:
        characters = "".join(source.text.split())
        drawn = drawings(page, rulings=bool(characters))
        pictured = drawn.pictured > _COVERED * width * height
        if not characters and not filled.lines:
            unread = "page-without-text" if drawn.pictured or drawn.shapes >= _OUTLINES else ""
            return PageLayout(number, width, height, asides=filled.comments, unread=unread, blank=not drawn.shapes)
        if not is_legible(characters):
            return PageLayout(number, width, height, asides=filled.comments, unread="unusable-text-layer")
        grids = find_grids(drawn.across, drawn.down, number)
        pieces = page_pieces(source, number, [wall for grid in grids for wall in grid.walls])
    pieces.level.extend([*filled.lines, *ticked_squares(drawn.squares, drawn.marks, pieces.level, number)])
    pieces = PagePieces(*(_shown(found, width, height) for found in pieces))
    inside, outside = _placed(pieces, grids)
    unruled = find_unruled(outside.level, drawn.across, grids, number)
    if unruled.grids:
        grids = sorted([*grids, *unruled.grids], key=lambda grid: (grid.box.top, grid.box.x0))
        inside, outside = _placed(pieces, grids)
    return PageLayout(
        number,
        width,
        height,
        _body(inside, outside, grids),
        (*_watermarks(pieces.overlaid, number), *filled.comments),
        pictured=pictured,
        grids=tuple(grids),
        problems=tuple(_problems(characters, unruled.unread, number)),
    )


def _problems(characters: str, unread_table: bool, number: int) -> Iterator[Problem]:
    """What of a page was read and not understood."""
    if broken := meaningless(characters):
        yield Problem("extract", "broken-characters", number, (("count", str(broken)),))
    if unread_table:
        yield Problem("extract", "table-not-parsed", number)


def _shown(pieces: Sequence[TextLine], width: float, height: float) -> list[TextLine]:
    """The pieces that stand on the page as displayed; what the crop box cuts off is not seen by any reader."""
    return [
        piece
        for piece in pieces
        if 0 <= piece.box.x0 + piece.box.x1 <= 2 * width and 0 <= piece.box.top + piece.box.bottom <= 2 * height
    ]


def _watermarks(overlaid: Sequence[TextLine], number: int) -> tuple[Aside, ...]:
    """Text that is laid over the page."""
    return tuple(Aside("watermark", line.text, number, line.box) for line in overlaid if line.text)


def page_body(pieces: PagePieces, grids: Sequence[Grid]) -> tuple[TextLine | TableRows, ...]:
    """Lines and tables in reading order; the text of a cell is only in its table."""
    return _body(*_placed(pieces, grids), grids)


def _placed(pieces: PagePieces, grids: Sequence[Grid]) -> tuple[dict[tuple[int, GridCell], list[TextLine]], PagePieces]:
    """The pieces inside each cell, by the number of its table; and those outside of all tables."""
    finders = sorted(((_area(grid.box), i, cell_finder(grid)) for i, grid in enumerate(grids)), key=lambda f: f[:2])
    inside: dict[tuple[int, GridCell], list[TextLine]] = defaultdict(list)
    outside = PagePieces([], [], pieces.overlaid)
    for found, rest in zip(pieces[:2], outside[:2], strict=True):
        for piece in found:
            place = next(((i, cell) for _, i, finder in finders if (cell := finder(piece)) is not None), None)
            (rest if place is None else inside[place]).append(piece)
    return inside, outside


def _body(
    inside: dict[tuple[int, GridCell], list[TextLine]], outside: PagePieces, grids: Sequence[Grid]
) -> tuple[TextLine | TableRows, ...]:
    """Lines and tables in reading order; the text of a cell is only in its table."""
    body: list[TextLine | TableRows] = [*reading_lines(outside.level), *outside.sideways]
    frames = count(_FIRST_FRAME)
    for i, grid in enumerate(grids):
        at = _place(grid, body)
        body[at:at] = _rows(grid, {cell: inside[i, cell] for cell in grid.cells if (i, cell) in inside}, frames)
    return tuple(body)


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def _place(grid: Grid, body: Sequence[TextLine | TableRows]) -> int:
    """Where in the body a table belongs: before the first line that stands below its top."""
    for i, item in enumerate(body):
        if isinstance(item, TextLine) and item.column < _FIRST_FRAME and item.box.top > grid.box.top:
            return i
    return len(body)


def _rows(grid: Grid, inside: dict[GridCell, list[TextLine]], frames: Iterator[int]) -> Iterator[TextLine | TableRows]:
    """The rows of a table that have text; of rows that are but a frame around paragraphs, the lines."""
    kept: list[tuple[GridCell, tuple[TextLine, ...]]] = []
    for _, cells in groupby(grid.cells, key=lambda cell: cell.row):
        row = [(cell, tuple(merged(r) for r in rows_of(inside.get(cell, ())))) for cell in cells]
        if _spans(row[0][0], grid) and len(list(cell_paragraphs(*row[0]))) > 1:
            if kept:
                yield TableRows(grid, tuple(kept))
                kept = []
            column = next(frames)
            yield from (line._replace(column=column) for line in row[0][1])
        elif any(lines for _, lines in row):
            kept += row
    if kept:
        yield TableRows(grid, tuple(kept))


def _spans(cell: GridCell, grid: Grid) -> bool:
    """Whether a cell is as wide as its table."""
    return cell.column == 0 and cell.column_span == len(grid.lefts)
