"""Reads tables drawn with characters: boxes of ┌─┬┐│├┼┤ in old templates, and rows between upright bars.

A row of a box may take several lines, and a border may run across a part of it only (a heading over sub-headings);
so a cell is what stands between the same two uprights in consecutive lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from hetong.document import Cell
from hetong.extract.text_lines import columns

_UPRIGHTS: Final = "│┃║├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋┌┏┐┓└┗┘┛╔╗╚╝╠╣╦╩╬"
_BORDER: Final = re.compile(r"[─━═┄┅┈┉\s　]*[─━═┄┅┈┉][─━═┄┅┈┉\s　]*")
_BARS: Final = re.compile(r"\s*([|｜]).*\1\s*")
_RULE: Final = re.compile(r"[\s|｜:－-]+")  # the line under the heading of a table between bars
_LONGEST: Final = 2_000  # characters; no drawn line is longer
_SPLIT: Final = re.compile(f"[{_UPRIGHTS}]")


class DrawnCell(NamedTuple):
    """A cell with its text and its place in the table."""

    text: str
    place: Cell


class _Piece(NamedTuple):
    """What stands between two uprights in one line, with the columns of the uprights."""

    left: int
    right: int
    text: str

    @property
    def is_border(self) -> bool:
        return _BORDER.fullmatch(self.text) is not None


@dataclass(slots=True)
class _Growing:
    """A cell while the lines it covers are read."""

    left: int
    right: int
    first_row: int
    last_row: int
    text: str = ""
    is_full: bool = False  # the last line of text reached the right edge


def is_drawn(line: str) -> bool:
    """Whether a line belongs to a table drawn with box characters, or is a row between at least three bars."""
    if len(line) > _LONGEST:
        return False
    if any(c in _UPRIGHTS for c in line):
        return True
    bars = _BARS.fullmatch(line)
    return bars is not None and line.count(bars[1]) >= 3


def drawn_rows(lines: Sequence[str], table: int) -> list[list[DrawnCell]]:
    """The rows of one table that have any text, each with all cells that begin in it.

    Args:
        lines: consecutive lines for which `is_drawn` holds.
        table: the table's index in the document.
    """
    rows_of_pieces = [_pieces(line) for line in lines if not _RULE.fullmatch(line)]
    edges = _edges(piece for pieces in rows_of_pieces for piece in pieces)
    cells = _grown(rows_of_pieces)
    starts = sorted({cell.first_row for cell in cells})
    rows: list[list[DrawnCell]] = []
    for index, start in enumerate(starts):
        row = []
        for cell in sorted((c for c in cells if c.first_row == start), key=lambda c: c.left):
            height = bisect_right(starts, cell.last_row) - index
            width = max(edges[cell.right] - edges[cell.left], 1)
            row.append(DrawnCell(cell.text, Cell(table, index, edges[cell.left], height, width)))
        rows.append(row)
    return [row for row in rows if any(cell.text for cell in row)]


def _grown(lines: Sequence[Sequence[_Piece]]) -> list[_Growing]:
    """The cells: one lasts through the lines that have the same two uprights, until a border crosses it."""
    done: list[_Growing] = []
    growing: dict[tuple[int, int], _Growing] = {}
    row = 0
    for line in lines:
        borders = [piece for piece in line if piece.is_border]
        row += bool(borders)
        for border in borders:
            for key in [k for k in growing if k[0] < border.right and border.left < k[1]]:
                done.append(growing.pop(key))
        for piece in line:
            if piece.is_border:
                continue
            cell = growing.setdefault((piece.left, piece.right), _Growing(piece.left, piece.right, row, row))
            _extend(cell, piece, row)
    return [*done, *growing.values()]


def _extend(cell: _Growing, piece: _Piece, row: int) -> None:
    """Adds a line to a cell: a word broken at the cell's edge goes on, a new line of its own begins with a space."""
    text = piece.text.strip()
    cell.last_row = row
    if text:
        cell.text += text if cell.is_full or not cell.text else f" {text}"
        cell.is_full = text[-1].isalnum() and columns(piece.text.rstrip()) >= piece.right - piece.left - 3


def _pieces(line: str) -> list[_Piece]:
    """The parts of a line between its uprights, or between its bars; then a border ends the row."""
    bars = None if _SPLIT.search(line) else _BARS.fullmatch(line)
    split = re.compile(re.escape(bars[1])) if bars else _SPLIT
    pieces: list[_Piece] = []
    start = 0
    for end in [*(match.start() for match in split.finditer(line)), len(line)]:
        text = line[start:end]
        if text.strip() or (start and end < len(line)):
            pieces.append(_Piece(columns(line[: max(start - 1, 0)]), columns(line[:end]), text))
        start = end + 1
    return [*pieces, _Piece(0, columns(line), "─")] if bars else pieces


def _edges(pieces: Iterable[_Piece]) -> dict[int, int]:
    """The number of the grid column that starts at a printed column; edges a column apart are one."""
    found: dict[int, int] = {}
    last, number = None, -1
    for edge in sorted({edge for piece in pieces for edge in (piece.left, piece.right)}):
        if last is None or edge - last > 1:
            number += 1
        found[edge], last = number, edge
    return found
