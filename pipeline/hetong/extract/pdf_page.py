"""One PDF page: its drawings and text become lines and tables in reading order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, groupby

from pypdfium2 import PdfPage

from hetong.document import Aside, Box
from hetong.extract.layout import Grid, GridCell, PageLayout, TableRows, TextLine
from hetong.extract.paragraphs import cell_paragraphs
from hetong.extract.pdf_drawings import drawings
from hetong.extract.pdf_glyphs import page_text
from hetong.extract.pdf_lines import PagePieces, page_pieces
from hetong.extract.pdf_tables import cell_finder, find_grids
from hetong.extract.reading_order import merged, reading_lines, rows_of

# Characters that no reader can make sense of: private use, replacement, control, unassigned specials.
_UNMAPPED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\uffff\U000f0000-\U0010ffff]")
_MOST_UNMAPPED = 0.3  # share of a page's characters
_COVERED = 0.5  # share of the page that a scan covers at least
_OUTLINES = 50  # drawn shapes without any text that are taken for text in outlines
_FIRST_FRAME = 3  # column number of the first framing cell


def page_layout(page: PdfPage, number: int) -> PageLayout:
    """What is printed on a page, in points of the page as displayed.

    Headers and footers are still among the lines: telling them takes all pages.
    """
    width, height = page.get_size()
    with page_text(page) as source:
        characters = "".join(source.text.split())
        drawn = drawings(page, rulings=bool(characters))
        pictured = drawn.pictured > _COVERED * width * height
        if not characters:
            unread = "page-without-text" if drawn.pictured or drawn.shapes >= _OUTLINES else ""
            return PageLayout(number, width, height, unread=unread, blank=not drawn.shapes)
        if len(_UNMAPPED.findall(characters)) > _MOST_UNMAPPED * len(characters):
            return PageLayout(number, width, height, unread="unusable-text-layer")
        grids = find_grids(drawn.across, drawn.down, number)
        pieces = page_pieces(source, number, [wall for grid in grids for wall in grid.walls])
    body = page_body(PagePieces(*(_shown(found, width, height) for found in pieces)), grids)
    return PageLayout(number, width, height, body, _watermarks(pieces.oblique, number), pictured=pictured)


def _shown(pieces: Sequence[TextLine], width: float, height: float) -> list[TextLine]:
    """The pieces that stand on the page as displayed; what the crop box cuts off is not seen by any reader."""
    return [
        piece
        for piece in pieces
        if 0 <= piece.box.x0 + piece.box.x1 <= 2 * width and 0 <= piece.box.top + piece.box.bottom <= 2 * height
    ]


def _watermarks(oblique: Sequence[TextLine], number: int) -> tuple[Aside, ...]:
    """Text printed aslant."""
    return tuple(Aside("watermark", line.text, number, line.box) for line in oblique if line.text)


def page_body(pieces: PagePieces, grids: Sequence[Grid]) -> tuple[TextLine | TableRows, ...]:
    """Lines and tables in reading order; the text of a cell is only in its table."""
    finders = sorted(((_area(grid.box), i, cell_finder(grid)) for i, grid in enumerate(grids)), key=lambda f: f[:2])
    inside: dict[tuple[int, GridCell], list[TextLine]] = defaultdict(list)
    outside: tuple[list[TextLine], list[TextLine]] = ([], [])
    for kind, found in enumerate((pieces.level, pieces.sideways)):
        for piece in found:
            place = next(((i, cell) for _, i, finder in finders if (cell := finder(piece)) is not None), None)
            (outside[kind] if place is None else inside[place]).append(piece)
    body: list[TextLine | TableRows] = [*reading_lines(outside[0]), *outside[1]]
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
