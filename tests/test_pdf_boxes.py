"""The box of a quote points at its ink in the picture of the page, however the page is turned, cropped or placed."""

from __future__ import annotations

import re

import numpy as np
import pytest
from pdf_samples import HEIGHT, SONG, Mark, pdf, read
from pypdfium2 import PdfDocument
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from hetong.geometry import Box

LINE = ("甲方应在2024年12月31日前支付", "30%，即RMB 3,000,000元", "，乙方开具发票。")
START = {0: (80, 200), 90: (200, 700), 180: (500, 700), 270: (400, 200)}


def coloured(x: float, top: float, angle: float, words: tuple[str, str, str], size: float = 12) -> Mark:
    """Words of which the middle part is red, turned counter-clockwise about their beginning."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(x, HEIGHT - top)
        canvas.rotate(angle)
        canvas.setFont(SONG, size)
        at = 0.0
        for part, red in zip(words, (0, 1, 0), strict=True):
            canvas.setFillColorRGB(red, 0, 0)
            canvas.drawString(at, 0, part)
            at += stringWidth(part, SONG, size)
        canvas.restoreState()

    return draw


def boxed(data: bytes, **entries: tuple[float, ...] | float | None) -> bytes:
    """The file with other entries of its page: MediaBox, CropBox, UserUnit."""
    for key, value in entries.items():
        if value is None:
            continue
        numbers = value if isinstance(value, tuple) else (value,)
        written = " ".join(f"{n:g}" for n in numbers)
        entry = f"/{key} [ {written} ]" if isinstance(value, tuple) else f"/{key} {written}"
        if key == "MediaBox":
            data = re.sub(rb"/MediaBox \[[^\]]*\]", entry.encode(), data)
        else:
            data = data.replace(b"/MediaBox", entry.encode() + b" /MediaBox")
    return data


def red_ink(data: bytes) -> Box:
    """Where the red words stand in the picture of the first page, in points from its top left."""
    scale = 3
    document = PdfDocument(data)
    picture = document[0].render(scale=scale, rev_byteorder=True).to_numpy().astype(int)
    document.close()
    ys, xs = np.nonzero(picture[:, :, 0] - picture[:, :, 1] > 60)
    return Box(1, xs.min() / scale, ys.min() / scale, (xs.max() + 1) / scale, (ys.max() + 1) / scale)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("media", [None, (-20, -30, 575, 812), (20, 30, 595, 842)])
@pytest.mark.parametrize("crop", [None, (30, 40, 560, 800), (-100, -100, 2000, 2000)])
@pytest.mark.parametrize("unit", [None, 2])
def test_the_box_of_a_quote_lies_on_its_ink(
    rotate: int, media: tuple[float, ...] | None, crop: tuple[float, ...] | None, unit: float | None
) -> None:
    data = pdf([coloured(*START[rotate], rotate, LINE)], rotate=rotate)
    data = boxed(data, MediaBox=media, CropBox=crop, UserUnit=unit)
    contract = read(data)
    assert contract.text == "".join(LINE) + "\n"
    start = contract.text.index(LINE[1])
    (box,) = contract.boxes(start, start + len(LINE[1]))
    ink = red_ink(data)
    assert box.x0 - 1 <= ink.x0 and ink.x1 <= box.x1 + 1 and box.top - 1 <= ink.top and ink.bottom <= box.bottom + 1
    assert ink.x1 - ink.x0 > (box.x1 - box.x0) - 8 and ink.bottom - ink.top > 0.5 * (box.bottom - box.top)
