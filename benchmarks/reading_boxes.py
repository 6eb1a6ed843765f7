"""The page cut out at the boxes of a finding and read again by another reader: is the quote there, and nothing else?

pdfplumber gives the characters whose middle lies in the boxes; folded and without white space they hold the quote, or
they do not. A box around the whole page would hold it too, so it is also counted how often hardly more is cut out: at
most one character at each end of a line.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pdfplumber
import pypdfium2.raw as pdfium_c
import reading_roundtrip
from pypdfium2 import PdfDocument

from hetong.document import Box, Source
from hetong.errors import FileError
from hetong.extract.pdf import read_pdf
from hetong.fold import fold
from hetong.run import analyse

ROOT: Final = Path(__file__).resolve().parents[1]
DRAFTS: Final = ROOT / "corpora" / "drafts"
SHARED: Final = ROOT.parent / "shared"
_CROP: Final = 24.0  # points that the crop box takes away at each side of the variants
_DASHES: Final = str.maketrans(
    dict.fromkeys("-\u00ad\u2010\u2011", "")
)  # at the end of a line they may be part of a word


# The matrix that stores a page turned against its Rotate entry, by width and height (PDF 32000-1, 8.3.4)
_TURNS: Final[dict[int, Callable[[float, float], tuple[float, ...]]]] = {
    0: lambda *_: (1, 0, 0, 1, 0, 0),
    90: lambda _, height: (0, 1, -1, 0, height, 0),
    180: lambda width, height: (-1, 0, 0, -1, width, height),
    270: lambda width, _: (0, -1, 1, 0, 0, width),
}


class Boxes(NamedTuple):
    """How many findings have a place on a page, whose quote is printed there, and with hardly anything else."""

    findings: int
    found: int
    tight: int

    @property
    def share(self) -> float:
        """Of the findings, those whose quote is in their boxes."""
        return self.found / self.findings if self.findings else 1.0


def missing() -> str:
    """What this measure needs and the machine has not; "" when all is there."""
    return ""


def report(sample: int | None) -> Iterator[str]:
    """The table, line by line; of all PDFs at hand, or of some that are always the same."""
    yield "boxes of findings cut out of the page, read again by pdfplumber: the quote is there (0.99), and little else"
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it complains of fonts that it reads all the same
    everything: list[Boxes] = []
    for name, paths in groups(sample).items():
        found = [measure(path) for path in paths]
        everything += found
        yield _row(f"{name}, {len(paths)} files", added(found))
    for degrees in (0, 90, 180, 270):
        found = [measure(path, degrees, crop=True) for path in variants()]
        everything += found
        yield _row(f"cropped and turned by {degrees}°, {len(found)} files", added(found))
    yield _row("all", added(everything))


def groups(sample: int | None) -> dict[str, Sequence[Path]]:
    """The PDFs at hand, by where they come from."""
    found = {
        "sample drafts": sorted(DRAFTS.glob("*.pdf")),
        "real contracts": sorted((SHARED / "contracts" / "originals").glob("*.pdf")),
        "real documents": sorted((SHARED / "documents").glob("*.pdf")),
    }
    chosen = {name: reading_roundtrip.spread(paths, sample) for name, paths in found.items() if paths}
    if not reading_roundtrip.missing():
        chosen["printed Word files"] = [document.pdf for document in reading_roundtrip.printed(sample)]
    return chosen


def variants() -> list[Path]:
    """The PDFs that are read cropped and turned too: one of ours, and a real one where it is at hand."""
    return [paths[0] for name, paths in groups(1).items() if name in ("sample drafts", "real contracts")]


def measure(path: Path, degrees: int = 0, *, crop: bool = False) -> Boxes:
    """The findings of one PDF, which may be turned (clockwise) and cropped before."""
    data = varied(path.read_bytes(), degrees, crop) if degrees or crop else path.read_bytes()
    try:
        contract = analyse(read_pdf(data, Source(str(path), "", "pdf")))
    except FileError:
        return Boxes(0, 0, 0)
    placed = [(f, contract.boxes(*f.span)) for f in contract.findings if f.span is not None]
    wanted = {box.page for _, boxes in placed for box in boxes}
    with pdfplumber.open(io.BytesIO(data), pages=sorted(wanted)) as pdf:
        pages = {page.page_number: _characters(page) for page in pdf.pages}
    there = [(finding, boxes, cut_out(boxes, pages)) for finding, boxes in placed]
    found = [(len(words) - len(_plain(f.quote)), boxes) for f, boxes, words in there if _plain(f.quote) in words]
    return Boxes(len(placed), len(found), sum(more <= 2 * len(boxes) for more, boxes in found))


def added(parts: Sequence[Boxes]) -> Boxes:
    """The sum of counts."""
    return Boxes(*(sum(column) for column in zip(*parts, strict=True)))


def cut_out(boxes: Sequence[Box], pages: dict[int, list[tuple[float, float, str]]]) -> str:
    """The characters whose middle lies in some boxes, box by box from left to right, folded, without white space."""
    parts = []
    for page, x0, top, x1, bottom in boxes:
        parts += [text for x, y, text in pages[page] if x0 <= x <= x1 and top <= y <= bottom]
    return _plain("".join(parts))


def varied(data: bytes, degrees: int, crop: bool) -> bytes:
    """A PDF that looks the same with its pages stored turned and, if asked, its margins cropped away."""
    document, out = PdfDocument(data), io.BytesIO()
    for page in document:
        _, _, width, height = page.get_mediabox()
        whole = pdfium_c.FS_RECTF(-height, height + width, height + width, -height)
        pdfium_c.FPDFPage_TransFormWithClip(page.raw, pdfium_c.FS_MATRIX(*_TURNS[degrees](width, height)), whole)
        right, top = (height, width) if degrees % 180 else (width, height)
        page.set_mediabox(0, 0, right, top)
        page.set_rotation(degrees)
        margin = _CROP if crop else 0.0
        page.set_cropbox(margin, margin, right - margin, top - margin)
    document.save(out)
    document.close()
    return out.getvalue()


def _row(name: str, found: Boxes) -> str:
    tight = found.tight / found.findings if found.findings else 1.0
    return f"  {name:42}{found.findings:5d} findings   there {found.share:.4f}   and little else {tight:.4f}"


def _characters(page: Any) -> list[tuple[float, float, str]]:
    """The characters of a page from left to right: middle, as displayed, and text."""
    left, top = page.cropbox[:2]
    found = [((c["x0"] + c["x1"]) / 2 - left, (c["top"] + c["bottom"]) / 2 - top, c["text"]) for c in page.chars]
    return sorted(found)


def _plain(words: str) -> str:
    return "".join(fold(words).split()).translate(_DASHES)
