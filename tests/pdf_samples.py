"""Makes small PDF files for the tests: what stands where, in points from the top left of an A4 page."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from pypdfium2 import PdfDocument
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from hetong.document import Contract, Source
from hetong.extract.pdf import read_pdf

WIDTH, HEIGHT = 595, 842
SONG = "STSong-Light"
Mark = Callable[[Canvas], None]

pdfmetrics.registerFont(UnicodeCIDFont(SONG))


def text(x: float, top: float, words: str, size: float = 12, font: str = SONG) -> Mark:
    """Words whose first character begins at x, on a baseline that many points from the top."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        canvas.drawString(x, HEIGHT - top, words)

    return draw


def lines(x: float, top: float, *words: str, size: float = 12, pitch: float = 20, indent: float = 0) -> list[Mark]:
    """Lines one below the other; `indent` moves the first."""
    return [text(x + (indent if i == 0 else 0), top + i * pitch, line, size) for i, line in enumerate(words)]


def grid(xs: Sequence[float], tops: Sequence[float]) -> list[Mark]:
    """The rulings of a table."""
    level = [_stroke(xs[0], top, xs[-1], top) for top in tops]
    return level + [_stroke(x, tops[0], x, tops[-1]) for x in xs]


def ground(x: float, top: float, width: float, height: float) -> Mark:
    """A white area without an outline, as word processors lay under a line of text."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(1)
        canvas.rect(x, HEIGHT - top - height, width, height, stroke=0, fill=1)
        canvas.setFillGray(0)

    return draw


def turned(x: float, top: float, angle: float, words: str, size: float = 12) -> Mark:
    """Words turned counter-clockwise about their beginning."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(x, HEIGHT - top)
        canvas.rotate(angle)
        canvas.setFont(SONG, size)
        canvas.drawString(0, 0, words)
        canvas.restoreState()

    return draw


def picture() -> Mark:
    """A scan that covers the page."""

    def draw(canvas: Canvas) -> None:
        from PIL import Image

        canvas.drawImage(ImageReader(Image.new("RGB", (60, 80), "white")), 0, 0, WIDTH, HEIGHT)

    return draw


def pdf(
    *pages: Sequence[Mark],
    rotate: int = 0,
    crop: tuple[float, ...] | None = None,
    password: tuple[str, str] | None = None,
) -> bytes:
    """A PDF file with these pages; `password` is (to open, to change)."""
    out = io.BytesIO()
    encryption = StandardEncryption(*password) if password else None
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), pageCompression=0, encrypt=encryption, invariant=1)
    for marks in pages:
        canvas.setPageRotation(rotate)
        if crop:
            canvas.setCropBox(crop)
        for mark in marks:
            mark(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(data: bytes) -> Contract:
    """The contract in a PDF file."""
    return read_pdf(data, Source("草稿.pdf", "", "pdf"))


def texts(contract: Contract) -> list[str]:
    """The text of each block."""
    return [contract.text_of(block) for block in contract.blocks]


def printed_in(data: bytes, contract: Contract, start: int, end: int) -> str:
    """What pdfium finds in the boxes of text[start:end], without white space."""
    document = PdfDocument(data)
    found = []
    for number, x0, top, x1, bottom in contract.boxes(start, end):
        page = document[number - 1]
        left, low, right, high = page.get_bbox()
        area = {
            0: (left + x0, high - bottom, left + x1, high - top),
            90: (left + top, low + x0, left + bottom, low + x1),
            180: (right - x1, low + top, right - x0, low + bottom),
            270: (right - bottom, high - x1, right - top, high - x0),
        }[page.get_rotation()]
        found.append(page.get_textpage().get_text_bounded(*area))
    document.close()
    return "".join("".join(found).split())


def _stroke(x0: float, top: float, x1: float, bottom: float) -> Mark:
    return lambda canvas: canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)
