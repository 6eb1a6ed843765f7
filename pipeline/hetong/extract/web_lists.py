"""The numbers of lists on web pages (HTML Living Standard 4.4.5 to 4.4.8; CSS Counter Styles 3, 6 and 7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from hetong.extract.word_formats import format_number

BULLET: Final = "•"
_LIST_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:([^;]*)", re.IGNORECASE)
_TYPES: Final = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_FORMATS: Final[Mapping[str, tuple[str, str]]] = {  # the style of a list → Word's number format, what stands behind
    "decimal": ("decimal", "."),
    "decimal-leading-zero": ("decimalZero", "."),
    "lower-alpha": ("lowerLetter", "."),
    "lower-latin": ("lowerLetter", "."),
    "upper-alpha": ("upperLetter", "."),
    "upper-latin": ("upperLetter", "."),
    "lower-roman": ("lowerRoman", "."),
    "upper-roman": ("upperRoman", "."),
    "cjk-decimal": ("ideographDigital", "、"),
    "cjk-ideographic": ("chineseCountingThousand", "、"),
    "simp-chinese-informal": ("chineseCountingThousand", "、"),
    "trad-chinese-informal": ("chineseCountingThousand", "、"),
    "simp-chinese-formal": ("chineseLegalSimplified", "、"),
    "trad-chinese-formal": ("ideographLegalTraditional", "、"),
    "cjk-heavenly-stem": ("ideographTraditional", "、"),
    "cjk-earthly-branch": ("ideographZodiac", "、"),
}


@dataclass(slots=True)
class WebList:
    """A list that is open: the style of its numbers, the next one, and the step to the one after."""

    style: str
    next: int = 1
    step: int = 1

    def number(self, item: etree._Element) -> tuple[str, str]:
        """What the next item begins with, and the part of it that is a number: "" for a bullet or nothing."""
        stated = whole(item.get("value"))
        current = self.next if stated is None else stated
        self.next = current + self.step
        style = _style(item) or self.style
        shape = _FORMATS.get(style)
        number = f"{format_number(current, shape[0])}{shape[1]}" if shape else ""
        return (f"{number or BULLET} " if shape or style != "none" else ""), number


def open_list(element: etree._Element) -> WebList:
    """A list as its element sets it up."""
    if element.tag != "ol":
        return WebList(_style(element) or "disc")
    style = _style(element) or _TYPES.get(element.get("type", "1"), "decimal")
    backwards = element.get("reversed") is not None
    start = whole(element.get("start"))
    if start is None:
        start = len(element.findall("li")) if backwards else 1
    return WebList(style, start, -1 if backwards else 1)


def _style(element: etree._Element) -> str:
    """The style of numbers that an element states, or ""."""
    stated = _LIST_STYLE.search(element.get("style", ""))
    words = stated[1].lower().split() if stated else []
    if "none" in words:
        return "none"
    return next((word for word in words if word in _FORMATS), "")


def whole(text: str | None) -> int | None:
    """The whole number that an attribute holds; None when it is no such number."""
    return int(text) if text is not None and re.fullmatch(r"\s*-?[0-9]{1,6}\s*", text) else None
