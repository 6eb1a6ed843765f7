"""Draws pages as a scanner or camera would see them; places in points from the top left, pictures at 200 dpi."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

SCALE = 200 / 72
FONT = next(
    (
        Path(spec.origin).parent / "fonts" / "NotoSansSC-Regular.ttf"
        for spec in [importlib.util.find_spec("zhplot")]
        if spec and spec.origin
    ),
    None,
)
Words = tuple[float, float, str]  # x and top of the first character, and the words


def page(width: float, height: float, *lines: Words, size: float = 12, colour: str = "black") -> Image.Image:
    """White paper with words on it."""
    picture = Image.new("RGB", (round(width * SCALE), round(height * SCALE)), "white")
    write(picture, *lines, size=size, colour=colour)
    return picture


def write(picture: Image.Image, *lines: Words, size: float = 12, colour: str = "black") -> None:
    font = ImageFont.truetype(str(FONT), round(size * SCALE))
    for x, top, words in lines:
        ImageDraw.Draw(picture).text((x * SCALE, top * SCALE), words, fill=colour, font=font, anchor="lt")


def rule(picture: Image.Image, *strokes: tuple[float, float, float, float]) -> None:
    """Thin black lines, as rulings of tables and under blanks."""
    for stroke in strokes:
        ImageDraw.Draw(picture).line([place * SCALE for place in stroke], fill="black", width=2)


def seal(picture: Image.Image, x: float, top: float, size: float = 110) -> None:
    """A red seal, printed words showing through."""
    ink = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(ink)
    box = [x * SCALE, top * SCALE, (x + size) * SCALE, (top + size) * SCALE]
    draw.ellipse(box, outline=(206, 38, 34), width=round(3 * SCALE))
    write(ink, (x + 15, top + size * 0.35, "某某有限公司"), size=13, colour="#ce2622")
    write(ink, (x + 20, top + size * 0.6, "合同专用章"), size=13, colour="#ce2622")
    from PIL import ImageChops

    picture.paste(ImageChops.multiply(picture, ink))


def scribble(picture: Image.Image, x: float, top: float) -> None:
    """Strokes that nobody can read."""
    points = [((x + 4 * i) * SCALE, (top + (13 if i % 2 else 0)) * SCALE) for i in range(12)]
    ImageDraw.Draw(picture).line(points, fill="black", width=4)


def scan_pdf(*pages: Image.Image | Sequence[Words]) -> bytes:
    """A PDF: each picture is a page without text, each list of words a digital page of A4."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for content in pages:
        if isinstance(content, Image.Image):
            width, height = (side / SCALE for side in content.size)
            canvas.setPageSize((width, height))
            canvas.drawImage(ImageReader(content), 0, 0, width, height)
        else:
            canvas.setPageSize((595, 842))
            canvas.setFont("STSong-Light", 12)
            for x, top, words in content:
                canvas.drawString(x, 842 - top, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def file_of(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of a picture file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()
