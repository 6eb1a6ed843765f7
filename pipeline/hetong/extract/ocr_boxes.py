"""Boxes to be ticked, □ and ☑, which recognition reads as 口, 区, 也 or not at all: found by their four sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from hetong.extract.ocr_engine import Glyph, Recognised
from hetong.extract.ocr_picture import Mask, Rectangle

_SIDES: Final = (6.0, 15.0)  # points
_SQUARE: Final = 0.25  # share by which width and height differ at most
_DRAWN: Final = 0.85  # share of each side that is inked
_MARKED: Final = 0.04  # share of the inside that the ink of a tick or cross takes at least
_SURE: Final = 0.9  # score from which on a character like 国 or 日 is believed
_BOXES: Final = "□☐☑☒"


@dataclass(frozen=True, slots=True)
class _Tick:
    """A box on the page (pixels), ticked or not."""

    place: Rectangle
    sign: str

    @property
    def glyph(self) -> Glyph:
        return Glyph(self.sign, float(self.place[0]), float(self.place[2]), 1.0)


def with_boxes(found: Sequence[Recognised], ink: Mask, pixels_a_point: float) -> list[Recognised]:
    """The lines with the boxes that stand in them in their places; ink without rulings."""
    lines = list(found)
    for tick in _ticks(ink, pixels_a_point):
        index = _line_of(tick, lines)
        if index is None:
            x0, top, x1, bottom = tick.place
            lines.append(Recognised(x0, top, x1, bottom, (tick.glyph,), 1.0))
        elif not _is_believed(tick, lines[index]):
            lines[index] = _with_tick(lines[index], tick)
    return lines


def _ticks(ink: Mask, pixels_a_point: float) -> Iterator[_Tick]:
    """The squares with four drawn sides."""
    low, high = (side * pixels_a_point for side in _SIDES)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    for x, y, width, height, _ in stats[1:].tolist():
        if low <= width <= high and low <= height <= high and abs(width - height) <= _SQUARE * max(width, height):
            part = ink[y : y + height, x : x + width] > 0
            if _has_sides(part):
                edge = max(3, round(0.2 * width))
                marked = part[edge:-edge, edge:-edge].mean() > _MARKED
                yield _Tick((x, y, x + width, y + height), "☑" if marked else "□")


def _has_sides(part: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> bool:
    """Whether ink runs along all four sides."""
    near = max(2, round(0.1 * min(part.shape)))
    sides = (part[:near].any(axis=0), part[-near:].any(axis=0), part[:, :near].any(axis=1), part[:, -near:].any(axis=1))
    return all(float(side.mean()) >= _DRAWN for side in sides)


def _line_of(tick: _Tick, lines: Sequence[Recognised]) -> int | None:
    """The line on whose level the box stands, in it or not further away than a box is wide."""
    x0, top, x1, bottom = tick.place
    middle, beside = (top + bottom) / 2, 1.5 * (x1 - x0)
    near = [
        (max(line.x0 - x1, x0 - line.x1, 0.0), index)
        for index, line in enumerate(lines)
        if line.top < middle < line.bottom and line.x0 - beside < x1 and x0 < line.x1 + beside
    ]
    return min(near)[1] if near else None


def _is_believed(tick: _Tick, line: Recognised) -> bool:
    """Whether the character that was recognised in the box is one that looks like a box, such as 国."""
    return any(
        glyph.score >= _SURE and glyph.text.strip() not in _BOXES and _covers(tick, glyph) for glyph in line.glyphs
    )


def _covers(tick: _Tick, glyph: Glyph) -> bool:
    """Whether a character has its middle in the box, or the box its middle in the character."""
    x0, _, x1, _ = tick.place
    return x0 < (glyph.x0 + glyph.x1) / 2 < x1 or glyph.x0 < (x0 + x1) / 2 < glyph.x1


def _with_tick(line: Recognised, tick: _Tick) -> Recognised:
    """The line with the box in the place of what was recognised there."""
    kept = [glyph for glyph in line.glyphs if not _covers(tick, glyph)]
    glyphs = tuple(sorted([*kept, tick.glyph], key=lambda glyph: glyph.x0 + glyph.x1))
    x0, _, x1, _ = tick.place
    return line._replace(x0=min(line.x0, x0), x1=max(line.x1, x1), glyphs=glyphs)
