"""The margins that the lines of each page or column keep, by which a full line is told from a short one."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median, median_low
from typing import NamedTuple

from hetong.extract.layout import PageLayout, TextLine
from hetong.extract.openings import opens_with_label, opens_with_number

_ENDS = "。；：！？;:.!?…”’）)】」』"
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
    step: float  # median distance of two baselines
    wrapped: tuple[tuple[float, float], ...]  # (right end, distance of the next baseline) of lines that plainly go on


def text_areas(pages: Sequence[PageLayout]) -> dict[tuple[int, int], TextArea]:
    """The text area of each (page, column): what its lines show, checked against the pages of the same width."""
    columns = {(page.number, column): _measured(lines) for page in pages for column, lines in _columns(page.lines)}
    width = {page.number: round(page.width) for page in pages}
    alike: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for page, column in columns:
        alike[width[page], column].append((page, column))
    areas: dict[tuple[int, int], TextArea] = {}
    for (points, column), places in alike.items():
        areas.update(zip(places, _areas([columns[place] for place in places], points, column), strict=True))
    return areas


def _areas(found: Sequence[_Column], width: int, column: int) -> Iterator[TextArea]:
    """The areas of one column on all pages of a width (points)."""
    left, right = _usual(found, width, column)
    margins = [(_settled(c.left, left, c, True), -_settled(c.right, right, c, bool(c.wrapped))) for c in found]
    pitches = [_pitch(c, edge) for c, (_, edge) in zip(found, margins, strict=True)]
    usual = median([pitch for pitch in pitches if pitch] or [c.step for c in found])
    for measured, edges, pitch in zip(found, margins, pitches, strict=True):
        yield TextArea(*edges, measured.em, pitch or usual)


def _usual(found: Sequence[_Column], width: int, column: int) -> tuple[float, float]:
    """The margins that most lines stand in; where hardly a line goes on, the right one is guessed from the left."""
    weighted = [c for c in found for _ in range(c.lines)]
    shown = [c for c in weighted if any(-end < c.right.at + c.em for end, _ in c.wrapped)]
    left, right = median(c.left.at for c in weighted), median(c.right.at for c in shown or weighted)
    full = sum(-end < right + _CLOSE for c in found for end, _ in c.wrapped)
    return left, right if column or full >= _ENOUGH / 2 else min(right, left + _CLOSE - width)


def _pitch(column: _Column, right: float) -> float | None:
    """The distance of two baselines in a paragraph, where lines end at the right margin and go on; None elsewhere."""
    steps = [step for end, step in column.wrapped if end > right - column.em]
    return median_low(steps) if steps else None


def _columns(lines: Sequence[TextLine]) -> Iterator[tuple[int, list[TextLine]]]:
    """The lines of each column that a page has."""
    ordered = sorted(lines, key=lambda line: line.column)
    for column, found in groupby(ordered, key=lambda line: line.column):
        yield column, list(found)


def _measured(lines: Sequence[TextLine]) -> _Column:
    """Where the lines of a column begin and end."""
    em = median(line.em for line in lines)
    left, right = _edge([line.box.x0 for line in lines], em), _edge([-line.box.x1 for line in lines], em)
    least = -right.at - em
    steps = [(line, below, below.box.bottom - line.box.bottom) for line, below in pairwise(lines)]
    wrapped = tuple((line.box.x1, d) for line, below, d in steps if line.box.x1 > least and _wraps(line, below))
    beyond = [-end for end, _ in wrapped if end > em - right.at]
    if 2 * len(beyond) > len(wrapped):
        right = _Edge(min(beyond), len(beyond))
    step = median([d for *_, d in steps if d > 0] or [2 * em])
    return _Column(len(lines), left, right, em, step, wrapped)


def _wraps(line: TextLine, below: TextLine) -> bool:
    """Whether a line plainly ends in the middle of a sentence that the line below takes up; it shows the margin."""
    near = 0 < below.box.bottom - line.box.bottom < 5 * line.em and below.box.x0 < line.box.x0 + 0.6 * line.em
    return near and line.text[-1] not in _ENDS and not (opens_with_number(below.text) or opens_with_label(below.text))


def _edge(places: Sequence[float], em: float) -> _Edge:
    """The outermost place that two lines share to within a character; the outermost one when none do."""
    order = sorted(places)
    for i, x in enumerate(order):
        lines = bisect_right(order, x + em) - i
        if lines >= 2:
            return _Edge(x, lines)
    return _Edge(order[0], 1)


def _settled(edge: _Edge, usual: float, column: _Column, shown: bool) -> float:
    """The page's own margin, unless it is narrower than usual and only a few short lines speak for it."""
    own = shown and column.lines >= _ENOUGH and edge.lines >= _SHARE * column.lines
    return edge.at if edge.at < usual + _CLOSE or own else usual
