"""Pictures in Word documents that are as large as a page and so may be a scanned one."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURE: Final = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_PAGE_LIKE: Final = 12 * 360_000  # English Metric Units: a picture of 12 cm or more each way may hold a page
_UNITS: Final = {"pt": 12_700, "in": 914_400, "cm": 360_000, "mm": 36_000, "px": 9_525, "": 9_525}
_SIDE: Final = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*([0-9]{1,6}(?:\.[0-9]{1,6})?)(pt|in|cm|mm|px|)\s*(?=;|$)")


def is_page_like(drawing: etree._Element) -> bool:
    """Whether a drawing (wp:inline, wp:anchor or a VML shape) holds a picture large enough to be a scanned page."""
    if drawing.tag in (_WP + "inline", _WP + "anchor"):
        extent = drawing.find(_WP + "extent")
        sides = [extent.get(side, "0") for side in ("cx", "cy")] if extent is not None else ["0"]
        is_large = all(re.fullmatch("[0-9]{7,12}", s) and int(s) >= _PAGE_LIKE for s in sides)
        return is_large and next(drawing.iter(_PICTURE), None) is not None
    if drawing.tag not in (_VML + "shape", _VML + "rect") or drawing.find(_VML + "imagedata") is None:
        return False
    sizes = [float(size) * _UNITS[unit] for size, unit in _SIDE.findall(drawing.get("style", ""))]
    return len(sizes) == 2 and min(sizes) >= _PAGE_LIKE
