"""The text of a PDF page with the place of every character, through pdfium's raw interface.

The page's text is taken once; the box of a character is asked for by its index, only where it is needed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfPage, PdfTextPage

from hetong.extract.pdf_symbols import font_name, with_symbols

TURN = 2 * math.pi

GlyphBox = tuple[float, float, float, float]  # x0, top, x1, bottom
Glyph = Callable[[int], GlyphBox]
Place = Callable[[float, float, float, float], GlyphBox]


class PageText(NamedTuple):
    """The text of an open page, pdfium's index of each character, and boxes as displayed by position in the text.

    `turned` is the page's rotation (radians, clockwise); `matrix` is room for pdfium to write in.
    """

    text: str
    indices: Sequence[int]
    glyph: Glyph
    textpage: PdfTextPage
    turned: float
    matrix: Any


@contextmanager
def page_text(page: PdfPage) -> Iterator[PageText]:
    """The text of a page, for as long as the context is open."""
    textpage = page.get_textpage()
    try:
        text, index = _indexed(textpage)
        text = with_symbols(text, lambda position: font_name(textpage.raw, index[position]))
        yield PageText(
            text,
            index,
            _glyph_boxes(textpage, index, placing(page)),
            textpage,
            page.get_rotation() / 360 * TURN,
            pdfium_c.FS_MATRIX(),
        )
    finally:
        textpage.close()


def type_at(source: PageText, position: int) -> tuple[float, float]:
    """How a character is set: direction of its baseline as displayed (clockwise, 0 to a full turn) and size (points).

    pdfium's own angle of a character takes slanted type for turned type; the matrix tells them apart.
    """
    raw, index, matrix = source.textpage.raw, source.indices[position], source.matrix
    pdfium_c.FPDFText_GetMatrix(raw, index, matrix)
    a, b, size = matrix.a, matrix.b, pdfium_c.FPDFText_GetFontSize(raw, index)
    if not b and a > 0 and not source.turned:
        return 0.0, size * a
    return (source.turned - math.atan2(b, a)) % TURN, size * math.hypot(a, b)


def _indexed(textpage: PdfTextPage) -> tuple[str, Sequence[int]]:
    """The page's text, and for each of its characters the index by which pdfium knows it.

    The two agree for almost every page. Characters without Unicode and those beyond the basic plane can set
    them apart; then the text is put together character by character.
    """
    count = textpage.count_chars()
    text = textpage.get_text_range()
    if len(text) == count:
        return _told_apart(textpage, text, range(count)), range(count)
    units = [pdfium_c.FPDFText_GetUnicode(textpage.raw, i) for i in range(count)]
    kept = [i for i in range(count) if not (0xDC00 <= units[i] < 0xE000 and i and 0xD800 <= units[i - 1] < 0xDC00)]
    return _told_apart(textpage, "".join(_character(units, i) for i in kept), kept), kept


def _told_apart(textpage: PdfTextPage, text: str, index: Sequence[int]) -> str:
    """The text with U+FFFE only for hyphens at line ends; pdfium gives it for characters without Unicode too."""
    if "\ufffe" not in text:
        return text
    return "".join(
        "\ufffd" if c == "\ufffe" and pdfium_c.FPDFText_IsHyphen(textpage.raw, index[i]) != 1 else c
        for i, c in enumerate(text)
    )


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
