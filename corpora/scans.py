"""Makes a scan of a PDF: each page a picture at 200 dpi, a little turned, with noise, and a red seal on the last.

The same contract gives the same pictures: chance is seeded by its id. The PDF has no text.
"""

from __future__ import annotations

import hashlib
import io
import math
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

DPI = 200
TURN = 1.5  # degrees, at most, either way
NOISE = 7.0  # standard deviation of a grey value
PAPER = 247  # grey value of white paper under the lamp
SEAL = 4.2  # cm across, as the seals of companies
RED = (206, 38, 34)
BODY = 0.94  # of the height of a page; the page number stands below
POINTS = 72  # an inch


def write_scan(pdf: Path, path: Path, name: str, owner: str, font: Path) -> None:
    """A scan of a PDF.

    Args:
        pdf: what was printed.
        path: where the scan goes.
        name: seeds chance.
        owner: the words around the seal.
        font: a TrueType font for them.
    """
    chance = np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))
    pages = _pictures(pdf)
    pages[-1] = _sealed(pages[-1], owner, font, chance)
    canvas = Canvas(str(path), invariant=1)
    for page in pages:
        _add(canvas, _scanned(page, chance))
    canvas.save()


def _pictures(pdf: Path) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=DPI / POINTS).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def _add(canvas: Canvas, picture: Image.Image) -> None:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=72)
    file.seek(0)
    width, height = (side * POINTS / DPI for side in picture.size)
    canvas.setPageSize((width, height))
    canvas.drawImage(ImageReader(file), 0, 0, width, height)
    canvas.showPage()


def _scanned(picture: Image.Image, chance: np.random.Generator) -> Image.Image:
    """A page as it lay on the glass: turned, slightly blurred, greyed and noisy."""
    turned = picture.rotate(chance.uniform(-TURN, TURN), Image.Resampling.BICUBIC, fillcolor="white")
    values = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float32) * (PAPER / 255)
    grain = chance.normal(0, NOISE, values.shape[:2]).astype(np.float32)[..., None]
    return Image.fromarray(np.clip(values + grain, 0, 255).astype(np.uint8))


def _sealed(page: Image.Image, owner: str, font: Path, chance: np.random.Generator) -> Image.Image:
    """The page with a seal pressed over its last lines; what is printed under the ink shows through."""
    size = round(SEAL / 2.54 * DPI)
    seal = _seal(owner, size, font).rotate(chance.uniform(-12, 12), Image.Resampling.BICUBIC, fillcolor="white")
    inked = np.flatnonzero((np.asarray(page.convert("L"))[: round(page.height * BODY)] < 128).any(axis=1))
    top = int(inked[-1]) - round(size * chance.uniform(0.5, 0.9))
    place = (round(page.width * chance.uniform(0.12, 0.35)), max(0, top))
    box = (*place, place[0] + size, place[1] + size)
    values = np.asarray(page.crop(box), dtype=np.float32) * np.asarray(seal, dtype=np.float32) / 255
    page.paste(Image.fromarray(values.astype(np.uint8)), place)
    return page


def _seal(owner: str, size: int, font: Path) -> Image.Image:
    """A round seal: a ring, a star, the owner's name along the ring, 合同专用章 below the star."""
    seal = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(seal)
    middle, ring = size / 2, size * 0.48
    draw.ellipse((middle - ring, middle - ring, middle + ring, middle + ring), outline=RED, width=size // 40)
    points = [(middle + r * math.sin(a), middle - r * math.cos(a)) for r, a in _star(size * 0.15)]
    draw.polygon(points, fill=RED)
    small = ImageFont.truetype(str(font), round(size * 0.09))
    draw.text((middle, size * 0.78), "合同专用章", fill=RED, font=small, anchor="mm")
    _write_round(seal, owner, ImageFont.truetype(str(font), round(size * 0.11)))
    return seal


def _star(radius: float) -> list[tuple[float, float]]:
    """(distance, angle) of the ten corners of a five-pointed star."""
    return [(radius if i % 2 == 0 else radius * 0.382, i * math.pi / 5) for i in range(10)]


def _write_round(seal: Image.Image, owner: str, font: ImageFont.FreeTypeFont) -> None:
    """Each character upright to the ring, from the lower left over the top to the lower right."""
    size = seal.width
    span = min(250.0, 22.0 * len(owner))
    for number, character in enumerate(owner):
        angle = -span / 2 + span * (number + 0.5) / len(owner)
        glyph = Image.new("L", (size, size), 0)
        ImageDraw.Draw(glyph).text((size / 2, size * 0.12), character, fill=255, font=font, anchor="mm")
        seal.paste(RED, mask=glyph.rotate(-angle, Image.Resampling.BICUBIC))
