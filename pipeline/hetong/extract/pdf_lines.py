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
from collections.abc import Sequence
from ctypes import c_uint
from itertools import pairwise
from typing import NamedTuple

import pypdfium2.raw as pdfium_c

from hetong.document import Box
from hetong.extract.layout import Ruling, TextLine
from hetong.extract.pdf_glyphs import TURN, Glyph, GlyphBox, PageText, type_at

# Line breaks are pdfium's; U+FFFE stands for a hyphen with which a line ends, together with its line break.
_PRINTED = r"[^\x00-\x20\x7f-\xa0\s\ufffe\uffff]"
_SEGMENT = re.compile(_PRINTED + "[^\r\n\ufffe]*\ufffe?")
_RUN = re.compile(r"[!-~]+\ufffe?|[^\x00-\xa0\s\ufffe\uffff]+\ufffe?")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]+")
Anchor = tuple[int, float]  # position in the page's text, left x
_LARGE = 24.0  # points: no text but titles is larger, and titles are not pale
_SMALLEST = 1.0  # points: no type is smaller, whatever a broken font says
_UNITS = "年月日时分元角万仟佰拾亿千百十个份号"


class PagePieces(NamedTuple):
    """The pieces of text on a page, in no certain order: level, sideways, and overlaid (aslant, or large and pale)."""

    level: list[TextLine]
    sideways: list[TextLine]
    overlaid: list[TextLine]


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
        if size > _LARGE and _is_pale(source, segment.start()):
            found.overlaid.append(_turned(source, segment, number))
        elif angle < 0.05 or angle > TURN - 0.05:
            found.level.extend(_pieces(source.text, _runs(source, segment, size, walls), walls, number))
        else:
            upright = abs(angle / (math.pi / 2) - round(angle / (math.pi / 2))) < 0.03
            (found.sideways if upright else found.overlaid).append(_turned(source, segment, number))
    return found


def _is_pale(source: PageText, position: int) -> bool:
    """Whether a character is filled in a light grey or lets through what is under it; white may stand on a ground."""
    red, green, blue, opacity = parts = [c_uint() for _ in range(4)]
    pdfium_c.FPDFText_GetFillColor(source.textpage.raw, source.indices[position], *parts)
    levels = [part.value for part in (red, green, blue)]
    grey = max(levels) - min(levels) < 0.1 * 255 and 0.5 * 255 < min(levels) < 0.97 * 255
    return grey or opacity.value < 0.7 * 255


def _turned(source: PageText, segment: re.Match[str], number: int) -> TextLine:
    """A segment that is not level: its text and the box around all its characters."""
    seen = [i for i in range(*segment.span()) if not source.text[i].isspace()] or [segment.start()]
    boxes = [source.glyph(i) for i in seen]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    box = Box(number, min(lefts), min(tops), max(rights), max(bottoms))
    return TextLine(_CONTROL.sub("", segment[0]).strip(), box, max(boxes[0][2] - boxes[0][0], _SMALLEST))


def _runs(source: PageText, segment: re.Match[str], size: float, walls: Sequence[Ruling]) -> list[_Run]:
    """The runs of a segment: Latin or Chinese characters without white space, on one baseline, in one cell."""
    text, glyph, runs = source.text, source.glyph, []
    todo = [match.span() for match in _RUN.finditer(text, *segment.span())][::-1]
    while todo:
        start, end = todo.pop()
        first = last = glyph(start)
        if end - start > 1:
            last = glyph(end - 1)
            cut = _cut(glyph, (start, end), first, last, walls)
            if cut:
                todo += [(cut, end), (start, cut)]
                continue
        runs.append(_run(glyph, (start, end), (first, last), size, text[start] > "\u02ff"))
    return runs


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
    if wide:
        width = (last[2] - x0) / (end - start)
        own = first[2] - x0  # quotation marks and closing punctuation may be half as wide
        em = size if 0.9 * width < size < 1.1 * width or 0.9 * own < size < 1.1 * own else width
    else:
        width = (bottom - top) * 0.8
        em = size if 0.6 * width < size < 1.7 * width else width
    em = max(em, _SMALLEST)
    anchors = [(start, x0)]
    if last is not first:
        steps, whole = end - 1 - start, last[0] - x0
        if steps > 1 and not (wide and -0.1 * em < whole - em * steps < 0.1 * em):
            _fit(glyph, (start, x0), (end - 1, last[0]), em * (0.25 if wide else 0.12), anchors)
        anchors.append((end - 1, last[0]))
        if last[1] != top or last[3] != bottom:
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


def _pieces(text: str, runs: Sequence[_Run], walls: Sequence[Ruling], number: int) -> list[TextLine]:
    """Joins runs that continue each other to the right without a wide gap."""
    if not runs:
        return []
    ends = [i for i in range(1, len(runs)) if not _continues(text, runs[i - 1], runs[i], walls)]
    return [_piece(text, runs[a:b], number) for a, b in pairwise([0, *ends, len(runs)])]


def _continues(text: str, before: _Run, after: _Run, walls: Sequence[Ruling]) -> bool:
    """Whether a run stands on the same baseline, to the right, not much more than a character away, in one cell.

    pdfium gives any gap as one space, so a wider one ends the piece unless the file has characters there.
    """
    em = max(before.em, after.em)
    gap = after.x0 - before.x1
    if gap < -0.5 * em or (gap > 1.5 * em and text[before.end : after.start] in ("", " ")):
        return False
    if before.bottom != after.bottom or before.top != after.top:
        overlap = min(before.bottom, after.bottom) - max(before.top, after.top)
        if overlap < 0.5 * min(before.bottom - before.top, after.bottom - after.top):
            return False
    return not walls or not any(
        before.x1 - 1 < wall.at < after.x0 + 1 and wall.low < after.bottom and after.top < wall.high for wall in walls
    )


def _piece(text: str, runs: Sequence[_Run], number: int) -> TextLine:
    """One piece of text from runs, with the anchors relative to it."""
    first, last = runs[0], runs[-1]
    box, em = Box(number, first.x0, first.top, last.x1, first.bottom), first.em
    anchors = first.anchors[1:]
    if first is not last:
        box = box._replace(top=min([r.top for r in runs]), bottom=max([r.bottom for r in runs]))
        em = max([(r.end - r.start, r.em) for r in runs])[1]
        for before, run in pairwise(runs):
            if run.start > before.end:
                anchors.append((before.end, before.x1))
            anchors += run.anchors
    words, start = text[first.start : last.end], first.start
    spaces = _without_room(text, runs) if first is not last else set()
    spaces |= _stretching(text, runs) if words.count(" ") > 1 else set()
    if not spaces and not _CONTROL.search(words):
        return TextLine(words, box, em, tuple([(i - start, x) for i, x in anchors]))
    kept = [i for i, c in enumerate(words, start) if i not in spaces and (c == "\ufffe" or not _CONTROL.match(c))]
    placed = tuple((bisect_left(kept, i), x) for i, x in anchors)
    return TextLine("".join(text[i] for i in kept).replace("\ufffe", "-"), box, em, placed)


def _without_room(text: str, runs: Sequence[_Run]) -> set[int]:
    """White space between Chinese characters that stand side by side: it is drawn elsewhere, or not at all."""
    return {
        i
        for before, run in pairwise(runs)
        if before.end < run.start and run.x0 - before.x1 < 0.1 * run.em
        if text[before.end - 1] > "\u02ff" and text[run.start] > "\u02ff"
        for i in range(before.end, run.start)
    }


def _stretching(text: str, runs: Sequence[_Run]) -> set[int]:
    """Spaces that only stretch the line: 本 项 目 实 行, where pdfium sees a gap at each character.

    Such a stretch has at least three single characters. Where a short one has a unit in it, as in 自 年 月 日,
    the gaps are blanks to be filled in.
    """
    found: set[int] = set()
    chain: list[_Run] = []
    for run in [*runs, None]:
        single = run is not None and _is_single(text[run.start : run.end])
        if run is not None and single and chain and text[chain[-1].end : run.start] == " ":
            chain.append(run)
            continue
        if len(chain) >= 3 and (len(chain) >= 8 or not any(text[r.start] in _UNITS for r in chain)):
            found.update(r.end for r in chain[:-1])
        chain = [run] if run is not None and single else []
    return found


def _is_single(word: str) -> bool:
    """Whether a run is one Chinese character, or one with a punctuation mark."""
    return word[0] > "\u2fff" and (len(word) == 1 or (len(word) == 2 and not all(c.isalpha() for c in word)))
