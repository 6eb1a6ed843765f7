"""Writes Word's formulas (Office Math, ECMA-376 Part 1, 22.1) on one line."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from hetong.extract.word_package import w

_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# What is written with parts in an order of their own: (part, what stands before it)
_PARTS: Final = {
    "f": (("num", ""), ("den", "/")),
    "sSup": (("e", ""), ("sup", "^")),
    "sSub": (("e", ""), ("sub", "_")),
    "sSubSup": (("e", ""), ("sub", "_"), ("sup", "^")),
    "limLow": (("e", ""), ("lim", "_")),
    "limUpp": (("e", ""), ("lim", "^")),
}
_BETWEEN: Final = {"m": ("mr", "; "), "mr": ("e", " "), "eqArr": ("e", "; ")}  # rows, and what stands between
_DELETED: Final = w("del"), w("moveFrom")


def math_text(element: etree._Element) -> str:
    """A formula as text: fractions with a slash, powers with ^, indices with _, everything else in reading order.

    Tracked changes inside a formula are read as if accepted.
    """
    name = element.tag.removeprefix(_M)
    if name == "t":
        return element.text or ""
    if name in _PARTS:
        texts = ((before, _part(element, part)) for part, before in _PARTS[name])
        return "".join(before + text for before, text in texts if text)
    if name in _BETWEEN:
        part, between = _BETWEEN[name]
        return between.join(math_text(child) for child in element.iterfind(_M + part))
    write = {"d": _fenced, "nary": _nary, "rad": _root}.get(name, _inner)
    return write(element) if element.tag not in _DELETED else ""


def _inner(element: etree._Element | None) -> str:
    return "".join(math_text(child) for child in element) if element is not None else ""


def _part(element: etree._Element, name: str) -> str:
    """A part of a fraction, power or index, in brackets when it has an operator of its own."""
    text = _inner(element.find(_M + name))
    return f"({text})" if re.search(r"[-+−×÷*/^]", text) else text


def _fenced(element: etree._Element) -> str:
    """What stands in brackets, with the brackets and separators that it states (22.1.2.24)."""
    begin, middle, end = (_sign(element, "dPr", f"{name}Chr", usual) for name, usual in _FENCES)
    return f"{begin}{middle.join(_inner(part) for part in element.iterfind(_M + 'e'))}{end}"


_FENCES: Final = (("beg", "("), ("sep", "|"), ("end", ")"))


def _nary(element: etree._Element) -> str:
    """A sum, product or integral with its limits: ∑_(i=1)^n x."""
    low, high = (_part(element, name) for name in ("sub", "sup"))
    limits = (f"_{low}" if low else "") + (f"^{high}" if high else "")
    return f"{_sign(element, 'naryPr', 'chr', '∫')}{limits} {_inner(element.find(_M + 'e'))}"


def _root(element: etree._Element) -> str:
    return f"{_part(element, 'deg')}√({_inner(element.find(_M + 'e'))})"


def _sign(element: etree._Element, properties: str, name: str, usual: str) -> str:
    """A character that the properties of an element state; "" when they say it is none."""
    stated = element.find(f"{_M}{properties}/{_M}{name}")
    return usual if stated is None else str(stated.get(_M + "val", ""))
