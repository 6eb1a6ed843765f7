"""Text of a PDF page as pieces with boxes, through pdfium's raw interface.

The page's text is taken once and sliced by character index; boxes are asked for at the ends of each run of
characters and, where the characters are not evenly spaced, in between. pdfium builds its text in the order of
the content stream, so nothing is assumed about order here: a piece ends wherever the next run is not its
continuation to the right.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hetong.document import Box
from hetong.extract.layout import Ruling, TextLine
from hetong.extract.pdf_glyphs import TURN, Glyph, GlyphBox, PageText, type_at

# Line breaks are pdfium's; U+FFFE stands for a hyphen with which a line ends, together with its line break.
_PRINTED = r"[^\x00-\x20\x7f-\xa0\s\ufffe\uffff]"
_SEGMENT = re.compile(_PRINTED + "[^\r\n\ufffe]*\ufffe?")
_RUN = re.compile(r"[!-~]+\ufffe?|[^\x00-\xa0\s\ufffe\uffff]+\ufffe?")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]+")
Anchor = tuple[int, float]  # position in the page's text, left x
_SMALLEST = 1.0  # points: no type is smaller, whatever a broken font says
_UNITS = "年月日时分元角万仟佰拾亿千百十个份号"


class PagePieces(NamedTuple):
    """The pieces of text on a page, in no certain order: level ones, and those printed sideways or obliquely."""

    level: list[TextLine]
    sideways: list[TextLine]
    oblique: list[TextLine]


class _Run(NamedTuple):
    """Characters `start:end` of the page's text, evenly spaced between the anchors."""

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float
    em: float
    anchors: list[Anchor]


def page_pieces(source: PageText, number: int, walls: Sequence[Ruling]) -> PagePieces:
    """All text of a page as pieces, boxes in points of the page as displayed (crop and rotation applied).

    Args:
        source: the open page.
        number: number of the page, for the boxes.
        walls: vertical rulings of tables; no piece crosses one.
    """
    found = PagePieces([], [], [])
    for segment in _SEGMENT.finditer(source.text):
        angle, size = type_at(source, segment.start())
        if angle < 0.05 or angle > TURN - 0.05:
            found.level.extend(_pieces(source.text, _runs(source, segment, size, walls), walls, number))
        else:
            upright = abs(angle / (math.pi / 2) - round(angle / (math.pi / 2))) < 0.03
            (found.sideways if upright else found.oblique).append(_turned(source, segment, number))
    return found


def _turned(source: PageText, segment: re.Match[str], number: int) -> TextLine:
    """A segment that is not level: its text and the box around all its characters."""
    seen = [i for i in range(*segment.span()) if not source.text[i].isspace()] or [segment.start()]
    boxes = [source.glyph(i) for i in seen]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    box = Box(number, min(lefts), min(tops), max(rights), max(bottoms))
    return TextLine(_CONTROL.sub("", segment[0]).strip(), box, max(boxes[0][2] - boxes[0][0], _SMALLEST))


def _runs(source: PageText, segment: re.Match[str], size: float, walls: Sequence[Ruling]) -> Iterator[_Run]:
    """The runs of a segment: Latin or Chinese characters without white space, on one baseline, in one cell."""
    glyph = source.glyph
    for match in _RUN.finditer(source.text, *segment.span()):
        todo = [match.span()]
        while todo:
            start, end = todo.pop()
            first = glyph(start)
            last = glyph(end - 1) if end - start > 1 else first
            cut = _cut(glyph, (start, end), first, last, walls) if last is not first else 0
            if cut:
                todo += [(cut, end), (start, cut)]
            else:
                yield _run(glyph, (start, end), (first, last), size, match[0][0] > "\u02ff")


def _cut(glyph: Glyph, span: tuple[int, int], first: GlyphBox, last: GlyphBox, walls: Sequence[Ruling]) -> int:
    """Where to part a run that changes its line, or has a wall inside: the first character behind; else 0."""
    start, end = span
    if last[0] < first[0] or abs(last[3] - first[3]) > (first[3] - first[1]) / 2:
        return (start + end) // 2
    for wall in walls:
        if first[0] + 1 < wall.at < last[2] - 1 and wall.low < (first[1] + first[3]) / 2 < wall.high:
            cut = bisect_left(range(start, end), wall.at, key=lambda i: sum(glyph(i)[::2]) / 2) + start
            return cut if start < cut < end else 0
    return 0


def _run(glyph: Glyph, span: tuple[int, int], ends: tuple[GlyphBox, GlyphBox], size: float, wide: bool) -> _Run:
    """A run with as many anchors as its spacing needs; the size of its type is doubted where its width denies it."""
    (start, end), (first, last) = span, ends
    x0, top, _, bottom = first
    width = (last[2] - x0) / (end - start) if wide else (bottom - top) * 0.8
    least, most = (0.9, 1.1) if wide else (0.6, 1.7)
    em = max(size if least * width < size < most * width else width, _SMALLEST)
    anchors = [(start, x0)]
    if last is not first:
        steps, whole = end - 1 - start, last[0] - x0
        if steps > 1 and not (wide and abs(whole - em * steps) < 0.1 * em):
            _fit(glyph, (start, x0), (end - 1, last[0]), em * (0.25 if wide else 0.12), anchors)
        anchors.append((end - 1, last[0]))
        top, bottom = min(top, last[1]), max(bottom, last[3])
    return _Run(start, end, x0, top, last[2], bottom, em, anchors)


def _fit(glyph: Glyph, left: Anchor, right: Anchor, tolerance: float, anchors: list[Anchor]) -> None:
    """Adds anchors between two characters until equal spacing explains the middle of each stretch."""
    (low, x0), (high, x1) = left, right
    if high - low < 2:
        return
    middle = (low + high) // 2
    x = glyph(middle)[0]
    if abs(x - x0 - (x1 - x0) * (middle - low) / (high - low)) > tolerance:
        _fit(glyph, left, (middle, x), tolerance, anchors)
        anchors.append((middle, x))
        _fit(glyph, (middle, x), right, tolerance, anchors)


def _pieces(text: str, runs: Iterator[_Run], walls: Sequence[Ruling], number: int) -> Iterator[TextLine]:
    """Joins runs that continue each other to the right without a wide gap."""
    group: list[_Run] = []
    for run in runs:
        if group and not _continues(text, group[-1], run, walls):
            yield _piece(text, group, number)
            group = []
        group.append(run)
    if group:
        yield _piece(text, group, number)


def _continues(text: str, before: _Run, after: _Run, walls: Sequence[Ruling]) -> bool:
    """Whether a run stands on the same baseline, to the right, not much more than a character away, in one cell.

    pdfium gives any gap as one space, so a wider one ends the piece unless the file has characters there.
    """
    em = max(before.em, after.em)
    gap = after.x0 - before.x1
    overlap = min(before.bottom, after.bottom) - max(before.top, after.top)
    if gap < -0.5 * em or overlap < 0.5 * min(before.bottom - before.top, after.bottom - after.top):
        return False
    if any(before.x1 - 1 < w.at < after.x0 + 1 and w.low < after.bottom and after.top < w.high for w in walls):
        return False
    return gap <= 1.5 * em or after.start - before.end > 1 or text[before.end : after.start] == "\u3000"


def _piece(text: str, runs: list[_Run], number: int) -> TextLine:
    """One piece of text from runs, with the anchors relative to it."""
    first, last = runs[0], runs[-1]
    if first is last:
        anchors = tuple((i - first.start, x) for i, x in first.anchors[1:])
        box = Box(number, first.x0, first.top, first.x1, first.bottom)
        return TextLine(text[first.start : first.end].replace("\ufffe", "-"), box, first.em, anchors)
    parts: list[str] = []
    edges: list[Anchor] = []
    spaced_out = _spaced_out(text, runs)
    length = 0
    for i, run in enumerate(runs):
        if i and run.start > runs[i - 1].end and i not in spaced_out:
            parts.append(_CONTROL.sub("", text[runs[i - 1].end : run.start]))
            edges.append((length, runs[i - 1].x1))
            length += len(parts[-1])
        shift = length - run.start
        edges += [(i + shift, x) for i, x in run.anchors]
        parts.append(text[run.start : run.end].replace("\ufffe", "-"))
        length += run.end - run.start
    box = Box(number, first.x0, min([r.top for r in runs]), last.x1, max([r.bottom for r in runs]))
    return TextLine("".join(parts), box, max((r.end - r.start, r.em) for r in runs)[1], tuple(edges[1:]))


def _spaced_out(text: str, runs: list[_Run]) -> set[int]:
    """Runs before which a space only stretches the line: 本 项 目 实 行, where pdfium sees a gap at each character.

    Such a stretch has at least three single characters. Where a short one has a unit in it, as in 自 年 月 日,
    the gaps are blanks to be filled in.
    """
    found: set[int] = set()
    if len(runs) < 3:  # too few to tell
        return found
    chain: list[int] = []
    for i, run in enumerate([*runs, None]):
        single = run is not None and _is_single(text[run.start : run.end])
        if run is not None and single and chain and text[runs[i - 1].end : run.start] == " ":
            chain.append(i)
            continue
        if len(chain) >= 3 and (len(chain) >= 8 or not any(text[runs[k].start] in _UNITS for k in chain)):
            found.update(chain[1:])
        chain = [i] if single else []
    return found


def _is_single(word: str) -> bool:
    """Whether a run is one Chinese character, or one with a punctuation mark."""
    return word[0] > "\u2fff" and (len(word) == 1 or (len(word) == 2 and not all(c.isalpha() for c in word)))
