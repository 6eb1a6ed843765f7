"""Little squares drawn before an option, with or without a tick, as the characters ☑ and □ that they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from hetong.document import Box
from hetong.extract.layout import TextLine
from hetong.extract.pdf_glyphs import GlyphBox

SMALLEST, LARGEST = 5.0, 16.0  # points: the side of a square that is ticked by hand
_UNEVEN: Final = 1.5  # points by which its sides may differ
_FARTHEST: Final = 1.5  # times its side, from the square to its option
_MOST: Final = 500_000  # squares times all they are compared with: more are a pattern


def is_square(box: GlyphBox) -> bool:
    """Whether a shape has the size of a square to tick."""
    x0, top, x1, bottom = box
    wide, high = x1 - x0, bottom - top
    return SMALLEST <= wide <= LARGEST and SMALLEST <= high <= LARGEST and abs(wide - high) <= _UNEVEN


def ticked_squares(
    squares: Sequence[GlyphBox], marks: Sequence[GlyphBox], pieces: Sequence[TextLine], number: int
) -> Iterator[TextLine]:
    """The squares that stand alone before an option on its line, as one character each; others are left out.

    Args:
        squares: outlines of the size of a square.
        marks: other small shapes, a tick or a cross among them.
        pieces: the text of the page.
        number: number of the page, for the boxes.
    """
    if len(squares) * (len(squares) + len(marks) + len(pieces)) > _MOST:
        return
    told: list[GlyphBox] = []
    for square in squares:
        if any(_holds(other, square) for other in told):  # drawn twice, or a square in a square
            continue
        told.append(square)
        option = _option(square, pieces)
        if option is None or any(_holds(square, piece.box[1:]) for piece in pieces):
            continue
        ticked = any(_holds(square, mark) for mark in (*marks, *squares) if mark != square)
        box = Box(number, square[0], option.box.top, square[2], option.box.bottom)
        yield TextLine("☑" if ticked else "□", box, option.em)


def _option(square: GlyphBox, pieces: Sequence[TextLine]) -> TextLine | None:
    """The text that begins right behind a square, about as high."""
    x0, top, x1, bottom = square
    side = x1 - x0
    for piece in pieces:
        gap, middle = piece.box.x0 - x1, (top + bottom) / 2
        if -1 < gap < _FARTHEST * side and piece.box.top <= middle <= piece.box.bottom and piece.em < 2 * side:
            return piece if piece.text[:1].isalpha() else None
    return None


def _holds(square: GlyphBox, box: Sequence[float]) -> bool:
    """Whether the middle of a box lies in a square."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return square[0] <= x <= square[2] and square[1] <= y <= square[3]
