"""Lines and pictures drawn on a PDF page: the rulings of tables, and how far pictures fill the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ctypes import PYFUNCTYPE, byref, c_float, c_int, c_void_p, cast
from itertools import repeat
from typing import NamedTuple

import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfPage

from hetong.extract.layout import Ruling
from hetong.extract.pdf_glyphs import GlyphBox, Place, placing
from hetong.extract.pdf_ticks import LARGEST, is_square

_THIN = 3.0  # points: a filled rectangle that is not thicker is a line
_SHORTEST = 3.0  # points: shorter strokes are no rulings
_MOST_STROKES = 20_000  # a page with more is a drawing, not a table
_DOTS, _APART = 8, 3.0  # so many dots in a row, each no more points from the next, are a dotted line
_DEEPEST = 6  # form XObjects inside form XObjects

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

# Every object of a page is asked for its type, hundreds a page: plain addresses cost half of ctypes' pointer objects.
_type_of = PYFUNCTYPE(c_int, c_void_p)(cast(pdfium_c.FPDFPageObj_GetType, c_void_p).value or 0)
_object_on_page = PYFUNCTYPE(c_void_p, c_void_p, c_int)(cast(pdfium_c.FPDFPage_GetObject, c_void_p).value or 0)


class Drawings(NamedTuple):
    """What is drawn on a page besides text: rulings, area of its pictures (square points), number of all shapes.

    `squares` are outlines of the size of a box to tick, `marks` other shapes as small, both as displayed.
    """

    across: list[Ruling]
    down: list[Ruling]
    squares: list[GlyphBox]
    marks: list[GlyphBox]
    pictured: float
    shapes: int


class _Shape(NamedTuple):
    """A path or picture of the page, and the matrix from its space to the page's."""

    kind: int
    handle: object
    matrix: Matrix


def drawings(page: PdfPage, *, rulings: bool) -> Drawings:
    """The rulings (when wanted) and pictures of a page, in points of the page as displayed.

    Form XObjects are looked into. A page that draws more strokes than any table has yields no rulings.
    """
    place, found, dots = placing(page), Drawings([], [], [], [], 0.0, 0), list[GlyphBox]()
    pictured, shapes, strokes = 0.0, 0, 0
    for shape in _shapes(page):
        shapes += 1
        if shape.kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            x0, top, x1, bottom = _bounds(shape, place)
            pictured += (x1 - x0) * (bottom - top)
        elif rulings and strokes <= _MOST_STROKES:
            strokes += max(1, pdfium_c.FPDFPath_CountSegments(shape.handle))
            if strokes <= _MOST_STROKES:
                _add_path(shape, place, found, dots)
    if strokes > _MOST_STROKES:
        return Drawings([], [], [], [], pictured, shapes)
    found.across.extend(_dotted((y, x0, x1) for x0, y, x1, _ in dots))
    found.down.extend(_dotted((x, y0, y1) for x, y0, _, y1 in dots))
    return found._replace(pictured=pictured, shapes=shapes)


def _dotted(dots: Iterable[tuple[float, float, float]]) -> Iterator[Ruling]:
    """The lines that dots make, each dot given as (its place across the line, where it begins, where it ends)."""
    row: list[tuple[float, float, float]] = []
    for dot in [*sorted((round(at, 1), low, high) for at, low, high in dots), None]:
        if row and (dot is None or dot[0] != row[-1][0] or dot[1] - row[-1][2] > _APART):
            if len(row) >= _DOTS:
                yield Ruling(row[0][0], row[0][1], row[-1][2])
            row = []
        row += [dot] if dot else []


def _shapes(page: PdfPage) -> Iterator[_Shape]:
    """The page's objects that are not text."""
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    addresses = map(_object_on_page, repeat(cast(page.raw, c_void_p)), range(count))
    for i, kind in enumerate(map(_type_of, addresses)):
        if kind != pdfium_c.FPDF_PAGEOBJ_TEXT:
            yield from _unfolded(pdfium_c.FPDFPage_GetObject(page.raw, i), _IDENTITY, 0)


def _unfolded(handle: object, matrix: Matrix, depth: int) -> Iterator[_Shape]:
    """The shape itself, or the shapes inside a form XObject."""
    kind = pdfium_c.FPDFPageObj_GetType(handle)
    if kind in (pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE):
        yield _Shape(kind, handle, matrix)
    elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = _times(_matrix(handle), matrix)
        for i in range(max(0, pdfium_c.FPDFFormObj_CountObjects(handle))):
            yield from _unfolded(pdfium_c.FPDFFormObj_GetObject(handle, i), inner, depth + 1)


def _add_path(shape: _Shape, place: Place, found: Drawings, dots: list[GlyphBox]) -> None:
    """Adds the axis-parallel lines of a path (itself when it is thin, else its straight strokes), its dots and squares.

    An area that is filled and has no outline rules nothing: word processors lay such a ground under lines of text.
    """
    x0, top, x1, bottom = bounds = _bounds(shape, place)
    boxes = [bounds]
    if x1 - x0 > _THIN and bottom - top > _THIN:
        stroked = _is_stroked(shape)
        boxes = list(_strokes(shape, place)) if stroked else []
        if x1 - x0 <= LARGEST and bottom - top <= LARGEST:
            straight = all(a == c or b == d for a, b, c, d in boxes)
            (found.squares if stroked and straight and is_square(bounds) else found.marks).append(bounds)
    for a, b, c, d in boxes:
        if d - b <= _THIN and c - a > _SHORTEST:
            found.across.append(Ruling((b + d) / 2, a, c))
        elif c - a <= _THIN and d - b > _SHORTEST:
            found.down.append(Ruling((a + c) / 2, b, d))
        elif c - a <= _SHORTEST and d - b <= _SHORTEST:
            dots.append((a, b, c, d))


def _is_stroked(shape: _Shape) -> bool:
    """Whether a path is drawn as an outline."""
    fill, stroke = c_int(), c_int()
    pdfium_c.FPDFPath_GetDrawMode(shape.handle, byref(fill), byref(stroke))
    return bool(stroke.value)


def _strokes(shape: _Shape, place: Place) -> Iterator[tuple[float, float, float, float]]:
    """The straight segments of a path as boxes (x0, top, x1, bottom)."""
    handle, matrix = shape.handle, _times(_matrix(shape.handle), shape.matrix)
    x, y = c_float(), c_float()
    here = start = (0.0, 0.0)
    for i in range(pdfium_c.FPDFPath_CountSegments(handle)):
        segment = pdfium_c.FPDFPath_GetPathSegment(handle, i)
        pdfium_c.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        kind, there = pdfium_c.FPDFPathSegment_GetType(segment), _mapped(matrix, x.value, y.value)
        if kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield _between(here, there, place)
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield _between(there, start, place)
        here, start = there, there if kind == pdfium_c.FPDF_SEGMENT_MOVETO else start


def _between(a: tuple[float, float], b: tuple[float, float], place: Place) -> tuple[float, float, float, float]:
    """The box of a straight stroke, as displayed."""
    return place(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _bounds(shape: _Shape, place: Place) -> tuple[float, float, float, float]:
    """The box around a shape, as displayed."""
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    pdfium_c.FPDFPageObj_GetBounds(shape.handle, byref(left), byref(bottom), byref(right), byref(top))
    corners = [_mapped(shape.matrix, x.value, y.value) for x in (left, right) for y in (bottom, top)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return place(min(xs), min(ys), max(xs), max(ys))


def _matrix(handle: object) -> Matrix:
    """The matrix of a page object (PDF 32000-1, 8.3.3)."""
    m = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(handle, byref(m)):
        return _IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies one after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _mapped(m: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point carried through a matrix."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
