"""Where text is printed: boxes on pages, lines, and the part of a line that some characters take.

Lengths are PDF points (1/72 inch) with the origin at the top left of the page as displayed.
"""

from __future__ import annotations

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
    """

    start: int
    end: int
    box: Box
    anchors: tuple[tuple[int, float], ...] = ()


def cut(text: str, line: Line, start: int, end: int) -> Box:
    """The part of a line's box that text[start:end] covers."""
    box = line.box
    left = _x_at(text, line, start) if start > line.start else box.x0
    right = _x_at(text, line, end) if end < line.end else box.x1
    return Box(box.page, left, box.top, right, box.bottom)


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
