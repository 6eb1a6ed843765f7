"""Photos and scans that are picture files: PNG, JPEG, BMP, and TIFF of one or more pages."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from hetong.document import Contract, Source
from hetong.errors import FileError
from hetong.extract.builder import TextBuilder
from hetong.extract.margins import without_margins
from hetong.extract.ocr_engine import is_installed
from hetong.extract.ocr_pdf import MOST_PAGES, MOST_PIXELS, RESOLUTION
from hetong.extract.pdf_blocks import write_pages
from hetong.extract.table_pages import with_whole_tables

LARGEST: Final = 100  # million pixels a page: A3 at 600 dpi has 70
_FORMATS: Final = ("PNG", "JPEG", "TIFF", "BMP")
_RESOLUTIONS: Final = (90.0, 1300.0)  # dpi that a scanner writes; cameras write 72 whatever they took
_A4: Final = 842.0  # points: the longer side of a page whose size is not told
_LONGEST_SIDE: Final = 4_000.0  # points


def read_picture(data: bytes, source: Source) -> Contract:
    """The contract in a picture file.

    Raises:
        FileError: the extra `ocr` is not installed, the file is no picture, damaged or too large.
    """
    if not is_installed():
        raise FileError(source.path, "ocr-not-installed")
    from hetong.extract.ocr_contract import with_scans
    from hetong.extract.ocr_page import scanned_page

    scans = {
        number: scanned_page(picture, scale, number)
        for number, (picture, scale) in enumerate(_pages(data, source.path), start=1)
    }
    pages = with_whole_tables(without_margins([scan.layout for scan in scans.values()]))
    builder = TextBuilder(source.path)
    builder.asides += chain.from_iterable(page.asides for page in pages)
    write_pages(builder, pages)
    return with_scans(builder.contract(replace(source, pages=len(pages))), scans)


def _pages(data: bytes, path: str) -> Iterator[tuple[NDArray[np.uint8], float]]:
    """Each page as a picture (red, green, blue) with its pixels a point."""
    from PIL import Image, ImageSequence

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Pillow about size and odd tags: the size is bounded here
            with Image.open(io.BytesIO(data), formats=_FORMATS) as file:
                several = file.format == "TIFF"  # the further pictures in a JPEG of a phone are previews
                for number, page in enumerate(ImageSequence.Iterator(file) if several else [file], start=1):
                    _check_size(page.size, number, path)
                    yield _page(page)
    except Image.DecompressionBombError as error:
        raise FileError(path, "picture-too-large", limit=LARGEST) from error
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, OverflowError, MemoryError) as error:
        raise FileError(path, "picture-damaged") from error  # what Pillow's decoders raise over damaged files


def _check_size(size: tuple[int, int], number: int, path: str) -> None:
    """Looked at before anything is decoded."""
    if size[0] * size[1] > LARGEST * 1_000_000:
        raise FileError(path, "picture-too-large", limit=LARGEST)
    if number > MOST_PAGES:
        raise FileError(path, "too-many-pages", pages=number, limit=MOST_PAGES)


def _page(page: Any) -> tuple[NDArray[np.uint8], float]:
    """A page upright as its camera held it, on white, at the resolution that is read best."""
    from PIL import Image, ImageOps

    upright = ImageOps.exif_transpose(page)
    own = _pixels_a_point(page.info.get("dpi"), upright.size)
    scale = min(RESOLUTION, MOST_PIXELS / max(upright.size) * own)
    size = tuple(max(1, round(side * scale / own)) for side in upright.size)
    kept = Image.Resampling.BICUBIC if scale > own else Image.Resampling.BOX
    return np.asarray(_coloured(upright).resize(size, kept), dtype=np.uint8), scale


def _coloured(picture: Any) -> Any:
    """The picture in red, green and blue: 16 bits cut to 8, what is transparent laid on white."""
    from PIL import Image

    if picture.mode.startswith(("I", "F")):
        values = np.asarray(picture, dtype=np.float64)
        values = values / 257.0 if values.max(initial=0.0) > 255 else values
        return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)).convert("RGB")
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    return picture.convert("RGB")


def _pixels_a_point(dpi: Any, size: tuple[int, int]) -> float:
    """The resolution that the file states; one that makes the page as long as A4 where it states none of use."""
    stated = float(dpi[0]) if dpi else 0.0
    low, high = _RESOLUTIONS
    if low <= stated <= high and max(size) / stated * 72 <= _LONGEST_SIDE:
        return stated / 72
    return max(size) / _A4
