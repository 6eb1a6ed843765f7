"""Writes the laid-out pages of a PDF as blocks: paragraphs over lines and pages, tables cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from hetong.document import BlockKind, Cell
from hetong.extract.builder import TextBuilder
from hetong.extract.layout import GridCell, PageLayout, TableRows, TextLine
from hetong.extract.paragraphs import PrintedLine, cell_paragraphs, joined, paragraphs
from hetong.extract.text_area import TextArea, text_areas


def write_pages(builder: TextBuilder, pages: Sequence[PageLayout]) -> None:
    """Adds the blocks of all pages in reading order."""
    areas = text_areas(pages)
    lines: list[TextLine] = []
    table, grid = -1, None
    for page in pages:
        for item in page.body:
            if isinstance(item, TextLine):
                lines.append(item)
                continue
            _write_lines(builder, lines, areas)
            lines = []
            table, grid = table + (item.grid is not grid), item.grid
            _write_table(builder, item, table)
    _write_lines(builder, lines, areas)


def _write_lines(builder: TextBuilder, lines: Sequence[TextLine], areas: dict[tuple[int, int], TextArea]) -> None:
    """Adds the paragraphs that lines make."""
    for paragraph in paragraphs(lines, areas):
        text, placed = joined(paragraph.lines)
        kind: BlockKind = "contents" if paragraph.contents else "heading" if paragraph.heading else "paragraph"
        builder.add(text, kind, page=paragraph.lines[0].box.page, lines=placed)


def _write_table(builder: TextBuilder, rows: TableRows, table: int) -> None:
    """Adds the cells of a table row by row."""
    for _, cells in groupby(rows.cells, key=lambda entry: entry[0].row):
        row = list(cells)
        for place, (cell, lines) in enumerate(row, start=1):
            text, placed = _cell_text(cell, lines)
            where = Cell(table, cell.row, cell.column, cell.row_span, cell.column_span, cell.box)
            end = "\n" if place == len(row) else "\t"
            builder.add(text, "cell", page=cell.box.page, lines=placed, cell=where, end=end)


def _cell_text(cell: GridCell, lines: Sequence[TextLine]) -> tuple[str, list[PrintedLine]]:
    """The text of a cell: its paragraphs, with a space between two of them."""
    parts: list[str] = []
    placed: list[PrintedLine] = []
    length = 0
    for paragraph in cell_paragraphs(cell, lines):
        if parts:
            parts.append(" ")
            length += 1
        text, own = joined(paragraph.lines)
        placed += [
            (a + length, b + length, box, tuple((i + length, x) for i, x in anchors)) for a, b, box, anchors in own
        ]
        parts.append(text)
        length += len(text)
    return "".join(parts), placed
