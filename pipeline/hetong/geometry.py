"""Where text is printed: boxes on pages, lines, and the part of a line that some characters take.

Lengths are PDF points (1/72 inch) with the origin at the top left of the page as displayed.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_right
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page: points, origin top left; `page` counts from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Span(NamedTuple):
    """A half-open range of characters in `Contract.text`."""

    start: int
    end: int


class Line(NamedTuple):
    """One printed line of a block.

    `anchors` are known left edges, (character offset in the text, x), ascending in both; between two of them
    the x of a character is interpolated by character width. The line's box supplies the two ends.
    `score` is how sure recognition is of the line (0 to 1), None for text that the file states itself.
    `angle` is the direction of reading, in degrees clockwise; the box lies around the turned line, and its anchors
    are the distance from the line's beginning, added to the box's x0.
    """

    start: int
    end: int
    box: Box
    anchors: tuple[tuple[int, float], ...] = ()
    score: float | None = None
    angle: float = 0.0


def cut(text: str, line: Line, start: int, end: int) -> Box:
    """The part of a line's box that text[start:end] covers."""
    if line.angle:
        return _cut_turned(text, line, start, end)
    box = line.box
    left = _x_at(text, line, start) if start > line.start else box.x0
    right = _x_at(text, line, end) if end < line.end else box.x1
    return Box(box.page, left, box.top, right, box.bottom)


def _cut_turned(text: str, line: Line, start: int, end: int) -> Box:
    """The box around the part of a turned line: the line is cut as if it were level, then turned about its middle."""
    page, x0, top, x1, bottom = line.box
    length, thickness = _level_size(x1 - x0, bottom - top, line.angle)
    level = line._replace(box=Box(page, x0, 0.0, x0 + length, thickness), angle=0.0)
    part = cut(text, level, start, end)
    cosine, sine = math.cos(math.radians(line.angle)), math.sin(math.radians(line.angle))
    corners = [(x - x0 - length / 2, y - thickness / 2) for x in (part.x0, part.x1) for y in (0.0, thickness)]
    xs = [(x0 + x1) / 2 + x * cosine - y * sine for x, y in corners]
    ys = [(top + bottom) / 2 + x * sine + y * cosine for x, y in corners]
    return Box(page, min(xs), min(ys), max(xs), max(ys))


def _level_size(width: float, height: float, angle: float) -> tuple[float, float]:
    """Length and thickness of a turned line, from the size of the box around it; no line stands near 45 degrees."""
    cosine, sine = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
    double = cosine**2 - sine**2
    return (width * cosine - height * sine) / double, (height * cosine - width * sine) / double


def _x_at(text: str, line: Line, position: int) -> float:
    """The x of the left edge of a character, between the two known edges around it."""
    edges = [(line.start, line.box.x0), *line.anchors, (line.end, line.box.x1)]
    index = min(bisect_right(edges, position, key=lambda e: e[0]), len(edges) - 1)
    (a, left), (b, right) = edges[index - 1], edges[index]
    whole = _width(text[a:b])
    return left + (right - left) * (_width(text[a:position]) / whole if whole else 0.0)


def _width(text: str) -> float:
    """Width of a text in half-width units: Chinese characters count 2, Latin 1."""
    return sum(2.0 if unicodedata.east_asian_width(c) in "WFA" else 1.0 for c in text)
