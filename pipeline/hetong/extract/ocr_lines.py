"""From recognised lines to pieces of text as the reader of digital pages gives them, in points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

import numpy as np

from hetong.document import Box
from hetong.extract.layout import Grid, Ruling, TextLine
from hetong.extract.ocr_engine import Glyph, Recognised
from hetong.extract.ocr_picture import Mask
from hetong.extract.ocr_place import Raster
from hetong.extract.ocr_signs import is_wide, label_end, sized, written

_WIDE_GAP: Final = 1.0  # em: from here on a gap parts a line
_ALIKE: Final = 0.17  # share by which measured sizes of one and the same type differ
_SMALLEST: Final = 3.0  # points
_BLANK: Final = 1.2  # em: a shorter line is not there to be filled in
_SPACE: Final = 0.26  # em without ink between two characters that a space parts; without one it is a tenth
_ROUGH: Final = 0.35  # em by which the place of a sign may be off
_BRACKET_SPACE: Final = 0.75  # em: an opening bracket has half an em of white before it
_BESIDE: Final = 1.0  # em between words and the line that is to be filled in beside them
_SHORT: Final = 12.0  # em: ornaments are longer
_LINES_APART: Final = 4.0  # em between two lines to be filled in, one below the other
_MARGIN: Final = 0.1  # share of a page's height at top and bottom where a line is an ornament
_ROUND: Final = ("o", "O", "0", "〇", "。")
_NAME: Final = re.compile("[0-9A-Za-z]{2}")
_CLOSING, _OPENING = "，。、；：！？）】》”’」』", "（【《“‘「『"


class Piece(NamedTuple):
    """A piece of text, and how sure the engine is of each of its characters (none for a line to be filled in)."""

    line: TextLine
    scores: tuple[float, ...]


def pieces_of(
    found: Sequence[Recognised], ink: Mask, walls: Sequence[Ruling], raster: Raster, page: int
) -> list[Piece]:
    """The pieces that recognised lines make.

    Args:
        found: the lines, in pixels of the straight picture.
        ink: its ink without rulings; a line's box is drawn close around it.
        walls: vertical rulings of tables (points); no piece crosses one.
        raster: where the page lies in the picture.
        page: number of the page.
    """
    pieces = [
        _piece(part, line, ink, raster, page)
        for line in found
        for part in _parts(without_underlines(line.glyphs), line, walls, raster)
    ]
    usual = _usual(pieces)
    return [_settled(piece, usual) for piece in pieces]


def _settled(piece: Piece, usual: float) -> Piece:
    """A piece in the usual size of type where its own is nearly that; a small ring alone behind a blank is a stop."""
    line = piece.line
    if line.text in _ROUND and line.box.bottom - line.box.top < 0.5 * usual:
        return Piece(line._replace(text="。", em=usual), ())
    return Piece(line._replace(em=usual), piece.scores) if _is_alike(line.em, usual) else piece


def without_underlines(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters without the underscores that a line to be filled in is read as; one in a name (a_b) stays."""
    texts = ["", *(glyph.text.strip() for glyph in glyphs), ""]
    named = [_NAME.fullmatch(texts[i] + texts[i + 2]) is not None for i in range(len(glyphs))]
    return [g for g, kept in zip(glyphs, named, strict=True) if g.text.strip() not in ("", "_", "＿") or kept]


def blanks_of(
    lines: Sequence[Ruling], grids: Sequence[Grid], pieces: Sequence[Piece], height: float, page: int
) -> list[Piece]:
    """Lines with nothing written on them, as underscores.

    A line is there to be filled in when it is short or stands in a cell, where words stand beside it, or where another
    one like it stands above or below. A long one that runs under a whole row of words, or by itself, is an ornament.

    Args:
        lines: lines across that are no rulings of a table (points).
        grids: the tables.
        pieces: the text of the page.
        height: of the page (points).
        page: number of the page.
    """
    em = _usual(pieces)
    blanks = []
    for ruling in lines:
        row = sorted(p.line.box for p in pieces if p.line.box.top < ruling.at < p.line.box.bottom + 0.45 * em)
        short = ruling.high - ruling.low < _SHORT * em or any(_is_within(ruling, grid.box) for grid in grids)
        if not short and row and ruling.low < row[0].x0 + em and ruling.high > row[-1].x1 - em:
            continue
        inside = _MARGIN * height < ruling.at < (1 - _MARGIN) * height
        repeated = inside and (short or _is_repeated(ruling, lines, em))
        for free in _free(ruling, row):
            beside = any(min(abs(free[0] - b.x1), abs(b.x0 - free[1])) < _BESIDE * em for b in row)
            low, high = _up_to(free, row, _BESIDE * em)
            if high - low >= _BLANK * em and (beside or repeated):
                box = Box(page, low, ruling.at - 0.85 * em, high, ruling.at + 0.15 * em)
                blanks.append(Piece(TextLine("_" * max(3, round((high - low) / em * 2)), box, em), ()))
    return blanks


def _is_within(ruling: Ruling, box: Box) -> bool:
    return box.x0 < (ruling.low + ruling.high) / 2 < box.x1 and box.top < ruling.at < box.bottom


def _is_repeated(ruling: Ruling, lines: Sequence[Ruling], em: float) -> bool:
    """Whether another line ends where this one does, in the distance of lines of text."""
    return any(1 < abs(line.at - ruling.at) < _LINES_APART * em and abs(line.high - ruling.high) < em for line in lines)


def _up_to(free: tuple[float, float], row: Sequence[Box], near: float) -> tuple[float, float]:
    """A stretch that goes up to the words near its ends, as between 自 and 年 in 自____年."""
    low, high = free
    befores = [box.x1 for box in row if 0 < low - box.x1 < near]
    behinds = [box.x0 for box in row if 0 < box.x0 - high < near]
    return max(befores, default=low), min(behinds, default=high)


def _free(ruling: Ruling, row: Sequence[Box]) -> Iterator[tuple[float, float]]:
    """The stretches of a line on which nothing is written."""
    low = ruling.low
    for box in row:
        if box.x1 > low and box.x0 < ruling.high:
            yield low, min(box.x0, ruling.high)
            low = max(low, box.x1)
    yield low, ruling.high


def _parts(
    glyphs: Sequence[Glyph], line: Recognised, walls: Sequence[Ruling], raster: Raster
) -> Iterator[Sequence[Glyph]]:
    """The glyphs of a line, parted at walls and wide gaps."""
    if not glyphs:
        return
    em, middle = _em(glyphs, line.bottom - line.top), raster.y((line.top + line.bottom) / 2)
    edges = [raster.column(w.at) for w in walls if w.low < middle < w.high]
    start = 0
    for i, (before, after) in enumerate(pairwise(glyphs), start=1):
        left, right = (before.x0 + before.x1) / 2, (after.x0 + after.x1) / 2
        if after.x0 - before.x1 > _WIDE_GAP * em or any(left < edge < right for edge in edges):
            yield glyphs[start:i]
            start = i
    yield glyphs[start:]


def _piece(glyphs: Sequence[Glyph], line: Recognised, ink: Mask, raster: Raster, page: int) -> Piece:
    """The piece that glyphs make, its box close around the ink and as wide as type is set."""
    x0, top, x1, bottom = _tight(glyphs, line, ink, 0.82 * (line.bottom - line.top))
    em = _em(glyphs, line.bottom - line.top, bottom - top)
    white = partial(_white_before, glyphs, ink=ink[int(top) : int(bottom)], em=em)
    texts = sized([glyph.text for glyph in glyphs], white)
    label = label_end(texts)
    spaced = label if label and _is_apart(texts[label], white(label)) else 0
    text, kept = written(texts, spaced)
    x0 = x0 - 0.45 * em if text[0] in _OPENING else x0
    x1 = x1 + 0.5 * em if text[-1] in _CLOSING else x1
    box = raster.box(page, (x0, x1), (top, bottom))
    anchors = tuple((at, raster.x(max(glyphs[i].x0, x0))) for at, i in kept[1:])
    line_of_text = TextLine(text, box, max(em / raster.scale, _SMALLEST), anchors)
    return Piece(line_of_text, tuple(glyphs[i].score for _, i in kept))


def _tight(glyphs: Sequence[Glyph], line: Recognised, ink: Mask, em: float) -> tuple[float, float, float, float]:
    """The box around the ink of glyphs (pixels); the recognised one where there is no ink."""
    left, right = max(0, int(glyphs[0].x0 - 0.3 * em)), int(glyphs[-1].x1 + 0.3 * em) + 1
    top, bottom = max(0, int(line.top)), int(line.bottom) + 1
    part = ink[top:bottom, left:right]
    columns, rows = np.flatnonzero(part.any(axis=0)), np.flatnonzero(part.any(axis=1))
    if not len(columns):
        return glyphs[0].x0, line.top, glyphs[-1].x1, line.bottom
    return float(left + columns[0]), float(top + rows[0]), float(left + columns[-1] + 1), float(top + rows[-1] + 1)


def _white_before(glyphs: Sequence[Glyph], index: int, sign: int = -1, *, ink: Mask, em: float) -> float:
    """The white (em) between a character and the one before it: the engine tells of no space next to Chinese.

    Places are rough; a bracket or comma (`sign`) may stand on either side of the middle that it is given.
    """
    before, after = glyphs[index - 1], glyphs[index]
    left, right = (before.x0 + before.x1) / 2, (after.x0 + after.x1) / 2
    left, right = round(left - _ROUGH * em * (sign == index - 1)), round(right + _ROUGH * em * (sign == index))
    left = max(0, left)
    inked = [left, *(left + np.flatnonzero(ink[:, left:right].any(axis=0))).tolist(), right]
    return float(max(b - a for a, b in pairwise(inked)) / em)


def _is_apart(text: str, white: float) -> bool:
    """Whether a space is set before a character."""
    return text.startswith(" ") or white > (_BRACKET_SPACE if text[-1] in _OPENING else _SPACE)


def _em(glyphs: Sequence[Glyph], height: float, ink: float = 0.0) -> float:
    """The width of a Chinese character: the usual step from one to the next; where there are few, from the height.

    Args:
        glyphs: the characters of a line.
        height: of the recognised box (pixels).
        ink: height of its ink (pixels), when it is known.
    """
    steps = [(b.x0 + b.x1 - a.x0 - a.x1) / 2 for a, b in pairwise(glyphs) if is_wide(a.text[-1]) and is_wide(b.text[0])]
    near = [step for step in steps if 0.4 * height < step < 1.3 * height]
    if len(near) >= 4:
        return sum(near) / len(near)
    return 1.06 * ink if ink and any(is_wide(g.text[-1]) for g in glyphs) else 0.82 * height


def _usual(pieces: Sequence[Piece]) -> float:
    """The size of most of the text (points)."""
    sizes = [p.line.em for p in pieces for _ in p.line.text]
    return median(sizes) if sizes else 12.0


def _is_alike(em: float, usual: float) -> bool:
    return abs(em - usual) < _ALIKE * usual
