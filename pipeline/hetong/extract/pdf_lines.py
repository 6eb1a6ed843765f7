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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfPage, PdfTextPage

from hetong.document import Box
from hetong.extract.layout import Ruling, TextLine

# Line breaks are pdfium's; U+FFFE stands for a hyphen with which a line ends, together with its line break.
_PRINTED = r"[^\x00-\x20\x7f-\xa0\s\ufffe\uffff]"
_SEGMENT = re.compile(_PRINTED + "[^\r\n\ufffe]*\ufffe?")
_RUN = re.compile(r"[!-~]+\ufffe?|[^\x00-\xa0\s\ufffe\uffff]+\ufffe?")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]+")
_UNITS = "年月日时分元角万仟佰拾亿千百十个份号"
_TURN = 2 * math.pi

GlyphBox = tuple[float, float, float, float]  # x0, top, x1, bottom
Glyph = Callable[[int], GlyphBox]
Place = Callable[[float, float, float, float], GlyphBox]


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
    anchors: list[tuple[int, float]]


class PageText(NamedTuple):
    """The text of an open page, pdfium's index of each character, and boxes as displayed by position in the text."""

    text: str
    indices: Sequence[int]
    glyph: Glyph
    textpage: PdfTextPage
    turned: float


@contextmanager
def page_text(page: PdfPage) -> Iterator[PageText]:
    """The text of a page, for as long as the context is open."""
    textpage = page.get_textpage()
    try:
        text, index = _indexed(textpage)
        yield PageText(
            text, index, _glyph_boxes(textpage, index, placing(page)), textpage, page.get_rotation() / 360 * _TURN
        )
    finally:
        textpage.close()


def page_pieces(source: PageText, number: int, walls: Sequence[Ruling]) -> PagePieces:
    """All text of a page as pieces, boxes in points of the page as displayed (crop and rotation applied).

    Args:
        source: the open page.
        number: number of the page, for the boxes.
        walls: vertical rulings of tables; no piece crosses one.
    """
    found = PagePieces([], [], [])
    for segment in _SEGMENT.finditer(source.text):
        angle, size = _type(source, segment.start())
        if angle < 0.05 or angle > _TURN - 0.05:
            found.level.extend(_pieces(source.text, _runs(source, segment, size, walls), number))
        else:
            upright = abs(angle / (math.pi / 2) - round(angle / (math.pi / 2))) < 0.03
            (found.sideways if upright else found.oblique).append(_turned(source, segment, number))
    return found


def _type(source: PageText, position: int) -> tuple[float, float]:
    """How a character is set: direction of its baseline as displayed (clockwise, 0 to a full turn) and size (points).

    pdfium's own angle of a character takes slanted type for turned type; the matrix tells them apart.
    """
    raw, index, matrix = source.textpage.raw, source.indices[position], pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(raw, index, matrix)
    a, b = matrix.a, matrix.b
    return (source.turned - math.atan2(b, a)) % _TURN, pdfium_c.FPDFText_GetFontSize(raw, index) * math.hypot(a, b)


def _indexed(textpage: PdfTextPage) -> tuple[str, Sequence[int]]:
    """The page's text, and for each of its characters the index by which pdfium knows it.

    The two agree for almost every page. Characters without Unicode and those beyond the basic plane can set
    them apart; then the text is put together character by character.
    """
    count = textpage.count_chars()
    text = textpage.get_text_range()
    if len(text) == count:
        return text, range(count)
    units = [pdfium_c.FPDFText_GetUnicode(textpage.raw, i) for i in range(count)]
    kept = [i for i in range(count) if not (0xDC00 <= units[i] < 0xE000 and i and 0xD800 <= units[i - 1] < 0xDC00)]
    return "".join(_character(units, i) for i in kept), kept


def placing(page: PdfPage) -> Place:
    """A function from a box in page space (left, bottom, right, top) to (x0, top, x1, bottom) as displayed.

    PDF 32000-1, 7.7.3.3: the crop box is shown, turned clockwise by the page's Rotate.
    """
    left, bottom, right, top = page.get_bbox()
    places: dict[int, Place] = {
        0: lambda a, b, c, d: (a - left, top - d, c - left, top - b),
        90: lambda a, b, c, d: (b - bottom, a - left, d - bottom, c - left),
        180: lambda a, b, c, d: (right - c, b - bottom, right - a, d - bottom),
        270: lambda a, b, c, d: (top - d, right - c, top - b, right - a),
    }
    return places[page.get_rotation()]


def _character(units: list[int], i: int) -> str:
    """The character that starts at unit i; a lone surrogate becomes the replacement character."""
    unit = units[i]
    if 0xD800 <= unit < 0xDC00 and i + 1 < len(units) and 0xDC00 <= units[i + 1] < 0xE000:
        return chr(0x10000 + ((unit - 0xD800) << 10) + units[i + 1] - 0xDC00)
    return chr(unit) if not 0xD800 <= unit < 0xE000 and unit <= 0x10FFFF else "\ufffd"


def _glyph_boxes(textpage: PdfTextPage, index: Sequence[int], place: Place) -> Glyph:
    """A function from a position in the page's text to the character's box: advance width by font height."""
    rect, raw, measure = pdfium_c.FS_RECTF(), textpage.raw, pdfium_c.FPDFText_GetLooseCharBox

    def box(position: int) -> GlyphBox:
        measure(raw, index[position], rect)
        return place(rect.left, rect.bottom, rect.right, rect.top)

    return box


def _turned(source: PageText, segment: re.Match[str], number: int) -> TextLine:
    """A segment that is not level: its text and the box around all its characters."""
    seen = [i for i in range(*segment.span()) if not source.text[i].isspace()] or [segment.start()]
    boxes = [source.glyph(i) for i in seen]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    box = Box(number, min(lefts), min(tops), max(rights), max(bottoms))
    return TextLine(_CONTROL.sub("", segment[0]).strip(), box, boxes[0][2] - boxes[0][0])


def _runs(source: PageText, segment: re.Match[str], size: float, walls: Sequence[Ruling]) -> Iterator[_Run]:
    """The runs of a segment: Latin or Chinese characters without white space, on one baseline, in one cell."""
    glyph = source.glyph
    for match in _RUN.finditer(source.text, *segment.span()):
        todo = [match.span()]
        while todo:
            start, end = todo.pop()
            first = glyph(start)
            last = glyph(end - 1) if end - start > 1 else first
            cut = 0
            if last is not first:
                if last[0] < first[0] or abs(last[3] - first[3]) > (first[3] - first[1]) / 2:
                    cut = (start + end) // 2
                elif walls:
                    cut = _cut_at_wall(glyph, start, end, first, last, walls)
            if cut:
                todo += [(cut, end), (start, cut)]
            else:
                yield _run(glyph, (start, end), first, last, size, match[0][0] > "\u02ff")


def _cut_at_wall(glyph: Glyph, start: int, end: int, first: GlyphBox, last: GlyphBox, walls: Sequence[Ruling]) -> int:
    """The first character of a run behind a wall that stands inside it, or 0."""
    middle = (first[1] + first[3]) / 2
    for wall in walls:
        if first[0] + 1 < wall.at < last[2] - 1 and wall.low < middle < wall.high:
            cut = bisect_left(range(start, end), wall.at, key=lambda i: sum(glyph(i)[::2]) / 2) + start
            return cut if start < cut < end else 0
    return 0


def _run(glyph: Glyph, span: tuple[int, int], first: GlyphBox, last: GlyphBox, size: float, wide: bool) -> _Run:
    """A run with as many anchors as its spacing needs; the size of its type is doubted where its width denies it."""
    start, end = span
    width = first[2] - first[0] if wide else (first[3] - first[1]) * 0.8
    em = size if 0.6 * width < size < 1.7 * width else width
    anchors = [(start, first[0])]
    even = wide and abs(last[0] - first[0] - em * (end - 1 - start)) < 0.1 * em
    if end - start > 2 and not even:
        _fit(glyph, start, first[0], end - 1, last[0], em * (0.25 if wide else 0.12), anchors)
    if last is not first:
        anchors.append((end - 1, last[0]))
    return _Run(start, end, first[0], min(first[1], last[1]), last[2], max(first[3], last[3]), em, anchors)


def _fit(
    glyph: Glyph,
    low: int,
    left: float,
    high: int,
    right: float,
    tolerance: float,
    anchors: list[tuple[int, float]],
) -> None:
    """Adds anchors between two characters until equal spacing explains the middle of each stretch."""
    if high - low < 2:
        return
    middle = (low + high) // 2
    x = glyph(middle)[0]
    if abs(x - left - (right - left) * (middle - low) / (high - low)) > tolerance:
        _fit(glyph, low, left, middle, x, tolerance, anchors)
        anchors.append((middle, x))
        _fit(glyph, middle, x, high, right, tolerance, anchors)


def _pieces(text: str, runs: Iterator[_Run], number: int) -> Iterator[TextLine]:
    """Joins runs that continue each other to the right without a wide gap."""
    group: list[_Run] = []
    for run in runs:
        if group and not _continues(text, group[-1], run):
            yield _piece(text, group, number)
            group = []
        group.append(run)
    if group:
        yield _piece(text, group, number)


def _continues(text: str, before: _Run, after: _Run) -> bool:
    """Whether a run stands on the same baseline, to the right, not much more than a character away.

    pdfium gives any gap as one space, so a wider one ends the piece unless the file has characters there.
    """
    em = max(before.em, after.em)
    gap = after.x0 - before.x1
    overlap = min(before.bottom, after.bottom) - max(before.top, after.top)
    if gap < -0.5 * em or overlap < 0.5 * min(before.bottom - before.top, after.bottom - after.top):
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
    edges: list[tuple[int, float]] = []
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
