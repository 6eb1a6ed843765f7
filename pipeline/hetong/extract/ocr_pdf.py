"""Pages of a PDF that are pictures, rendered and read by recognition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from pypdfium2 import PdfDocument, PdfiumError

from hetong.extract.layout import PageLayout, TableRows, TextLine
from hetong.extract.ocr_engine import is_installed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hetong.extract.ocr_page import ScannedPage

RESOLUTION: Final = 200 / 72  # pixels a point
MOST_PAGES: Final = 500  # of a file that are recognised, half an hour's work; the number stands in the message too
MOST_PIXELS: Final = 3_800  # the longer side of a picture
_FEW: Final = 40  # characters: a scan may carry a digital header and page number and nothing else


def read_scans(document: PdfDocument, pages: Sequence[PageLayout], *, every: bool) -> Mapping[int, ScannedPage]:
    """The pages that had to be recognised, by number; none when the extra `ocr` is not installed.

    Args:
        document: the open document.
        pages: what its pages hold without recognition.
        every: recognise pages with usable text too.
    """
    wanted = [page for page in pages if page.unread != "page-damaged" and (every or _is_scan(page))]
    if not wanted or not is_installed():
        return {}
    from hetong.extract.ocr_page import scanned_page, unread_page

    scans = {page.number: unread_page(replace(page, unread="ocr-too-many")) for page in wanted[MOST_PAGES:]}
    for page in wanted[:MOST_PAGES]:
        picture, scale = _rendered(document, page)
        if picture is not None:
            scans[page.number] = scanned_page(picture, scale, page.number)
    return scans


def _is_scan(page: PageLayout) -> bool:
    """Whether the words of a page are in a picture, or its text is of no use."""
    return bool(page.unread) or (page.pictured and _characters(page) < _FEW)


def _characters(page: PageLayout) -> int:
    lines = [line for item in page.body for line in (_lines_of(item) if isinstance(item, TableRows) else (item,))]
    return sum(len(line.text) for line in lines)


def _lines_of(rows: TableRows) -> list[TextLine]:
    return [line for _, lines in rows.cells for line in lines]


def _rendered(document: PdfDocument, page: PageLayout) -> tuple[NDArray[np.uint8] | None, float]:
    """The picture of a page (red, green, blue) and its pixels a point; a page that pdfium cannot draw has none."""
    scale = min(RESOLUTION, MOST_PIXELS / max(page.width, page.height, 1.0))
    try:
        opened = document[page.number - 1]
        try:
            bitmap = opened.render(scale=scale, rev_byteorder=True)
            picture = np.array(bitmap.to_numpy()[:, :, :3])
            bitmap.close()
        finally:
            opened.close()
    except PdfiumError:
        return None, scale
    return picture, scale
