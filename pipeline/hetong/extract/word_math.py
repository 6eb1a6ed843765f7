"""Writes Word's formulas (Office Math, ECMA-376 Part 1, 22.1) on one line."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_JOINTS: Final = {"f": ("num", "/", "den"), "sSup": ("e", "^", "sup")}


def math_text(element: etree._Element) -> str:
    """A formula as text: fractions with a slash, powers with ^, everything else in reading order."""
    name = element.tag.removeprefix(_M)
    if name == "t":
        return element.text or ""
    if name in _JOINTS:
        first, joint, second = _JOINTS[name]
        return f"{_part(element, first)}{joint}{_part(element, second)}"
    inner = "".join(math_text(child) for child in element)
    return f"√({inner})" if name == "rad" else inner


def _part(element: etree._Element, name: str) -> str:
    """One side of a fraction or power, in brackets when it has an operator of its own."""
    side = element.find(_M + name)
    text = math_text(side) if side is not None else ""
    return f"({text})" if re.search(r"[-+−×÷*/^]", text) else text
