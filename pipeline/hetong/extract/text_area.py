"""The margins that the lines of each page or column keep, by which a full line is told from a short one."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from hetong.extract.layout import PageLayout, TextLine

_ENOUGH = 8  # lines that show a page's own margins
_CLOSE = 24.0  # points, two characters: a margin that is not narrower by more is the usual one
_SHARE = 0.3  # of the lines at a margin that is narrower than usual


class TextArea(NamedTuple):
    """Margins of a page's text or of one column, its usual size of type and distance of baselines (points)."""

    left: float
    right: float
    em: float
    pitch: float


class _Edge(NamedTuple):
    """The outermost place where lines begin (or end), and how many lines do so there."""

    at: float
    lines: int


class _Column(NamedTuple):
    """One column of one page."""

    lines: int
    left: _Edge
    right: _Edge  # mirrored: the distance is negative
    em: float
    pitch: float


def text_areas(pages: Sequence[PageLayout]) -> dict[tuple[int, int], TextArea]:
    """The text area of each (page, column): what its lines show, checked against the pages of the same width."""
    columns = {(page.number, column): _measured(lines) for page in pages for column, lines in _columns(page.lines)}
    alike: dict[tuple[int, int], list[_Column]] = defaultdict(list)
    width = {page.number: round(page.width) for page in pages}
    for (page, column), measured in columns.items():
        alike[width[page], column] += [measured] * measured.lines
    usual = {key: _usual(found, *key) for key, found in alike.items()}
    areas = {}
    for (page, column), measured in columns.items():
        left, right = usual[width[page], column]
        areas[page, column] = TextArea(
            _settled(measured.left, left, measured),
            -_settled(measured.right, right, measured),
            measured.em,
            measured.pitch,
        )
    return areas


def _usual(found: Sequence[_Column], width: int, column: int) -> tuple[float, float]:
    """The margins that most lines stand in; where hardly a line is full, the right one is guessed from the left."""
    left, right = median(c.left.at for c in found), median(c.right.at for c in found)
    full = sum(c.right.lines for c in set(found) if c.right.at < right + _CLOSE)
    return left, right if column or full >= _ENOUGH / 2 else min(right, left + _CLOSE - width)


def _columns(lines: Sequence[TextLine]) -> Iterator[tuple[int, list[TextLine]]]:
    """The lines of each column that a page has."""
    ordered = sorted(lines, key=lambda line: line.column)
    for column, found in groupby(ordered, key=lambda line: line.column):
        yield column, list(found)


def _measured(lines: Sequence[TextLine]) -> _Column:
    """Where the lines of a column begin and end."""
    em = median(line.em for line in lines)
    left, right = _edge([line.box.x0 for line in lines], em), _edge([-line.box.x1 for line in lines], em)
    steps = [below.box.bottom - line.box.bottom for line, below in pairwise(lines)]
    return _Column(len(lines), left, right, em, median([step for step in steps if step > 0] or [2 * em]))


def _edge(places: Sequence[float], em: float) -> _Edge:
    """The outermost place that two lines share to within a character; the outermost one when none do."""
    order = sorted(places)
    for i, x in enumerate(order):
        lines = bisect_right(order, x + em) - i
        if lines >= 2:
            return _Edge(x, lines)
    return _Edge(order[0], 1)


def _settled(edge: _Edge, usual: float, column: _Column) -> float:
    """The page's own margin, unless it is narrower than usual and only a few short lines speak for it."""
    own = column.lines >= _ENOUGH and edge.lines >= _SHARE * column.lines
    return edge.at if edge.at < usual + _CLOSE or own else usual
