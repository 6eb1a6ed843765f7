"""Paragraph and character styles as far as they decide about text: numbering, outline level, hidden text.

ECMA-376 Part 1, 17.7 (styles); a style inherits through w:basedOn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from hetong.extract.word_package import w

_OFF = ("0", "false", "off", "none")
_TINY = 4  # half points
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])")


class StyleFacts(NamedTuple):
    """What a paragraph style, with all it inherits, says about its paragraphs.

    `number_style` is the style of the chain that names the list, and `number_level` the level it states, if any.
    """

    name: str = ""
    number: int | None = None
    number_style: str = ""
    number_level: int | None = None
    outline: int | None = None
    hidden: bool = False
    white: bool | None = None
    tiny: bool | None = None


class Styles:
    """The styles of one document.

    Args:
        root: the root of styles.xml, or None when the document has none.
    """

    def __init__(self, root: etree._Element | None) -> None:
        found = list(root.iterfind(w("style"))) if root is not None else []
        self._styles = {style.get(w("styleId"), ""): style for style in found}
        self._facts: dict[str, StyleFacts] = {}
        self._default = next(
            (s.get(w("styleId"), "") for s in found if s.get(w("type")) == "paragraph" and is_on(s, w("default"))), ""
        )

    def paragraph(self, style: str | None) -> StyleFacts:
        """What the style of a paragraph says; None asks for the default paragraph style."""
        identifier = self._default if style is None or style not in self._styles else style
        if identifier not in self._facts:
            self._facts[identifier] = _gather(list(self._chain(identifier)))
        return self._facts[identifier]

    def character(self, style: str) -> StyleFacts:
        """What a character style says."""
        if style not in self._facts:
            self._facts[style] = _gather(list(self._chain(style)))
        return self._facts[style]

    def shades(self, style: str) -> bool:
        """Whether a table style, or one it is based on, lays a colour behind some of its cells."""
        return any(found.find(f".//{w('shd')}") is not None for _, found in self._chain(style))

    def _chain(self, identifier: str) -> Iterator[tuple[str, etree._Element]]:
        """The style and its ancestors, nearest first; a circle ends where it closes."""
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            style = self._styles[identifier]
            yield identifier, style
            identifier = value(style.find(w("basedOn")), "")


def _gather(chain: list[tuple[str, etree._Element]]) -> StyleFacts:
    facts = StyleFacts(name=value(chain[0][1].find(w("name")), "").lower() if chain else "")
    for identifier, style in reversed(chain):
        number = style.find(f"{w('pPr')}/{w('numPr')}")
        if number is not None:
            facts = _with_number(facts, identifier, number)
        outline = style.find(f"{w('pPr')}/{w('outlineLvl')}")
        named = _HEADING.fullmatch(value(style.find(w("name")), "").lower())
        if outline is not None or named:
            facts = facts._replace(outline=whole(outline, int(named[1]) - 1 if named else 9))
        vanish = style.find(f"{w('rPr')}/{w('vanish')}")
        if vanish is not None:
            facts = facts._replace(hidden=is_on(vanish))
        run = style.find(w("rPr"))
        white, tiny = is_white(run), is_tiny(run)
        facts = facts._replace(white=facts.white if white is None else white, tiny=facts.tiny if tiny is None else tiny)
    return facts


def _with_number(facts: StyleFacts, identifier: str, number: etree._Element) -> StyleFacts:
    level = number.find(w("ilvl"))
    if level is not None:
        facts = facts._replace(number_level=whole(level, 0))
    if number.find(w("numId")) is not None:
        facts = facts._replace(number=whole(number.find(w("numId")), 0), number_style=identifier)
    return facts


def is_white(properties: etree._Element | None) -> bool | None:
    """Whether run properties set the colour to white; None when they set none."""
    color = properties.find(w("color")) if properties is not None else None
    if color is None:
        return None
    themed = color.get(w("themeColor"))
    return themed in ("background1", "light1") if themed else value(color, "auto").lower() == "ffffff"


def is_tiny(properties: etree._Element | None) -> bool | None:
    """Whether run properties set a size that no eye can read, two points or less; None when they set none."""
    size = properties.find(w("sz")) if properties is not None else None
    return None if size is None else 0 < whole(size, 0) <= _TINY


def value(element: etree._Element | None, default: str) -> str:
    """The w:val of an element, or the default when there is no element or no value."""
    return default if element is None else str(element.get(w("val"), default))


def whole(element: etree._Element | None, default: int) -> int:
    """The w:val of an element as a whole number, or the default when it is none."""
    text = value(element, "")
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else default


def is_on(element: etree._Element | None, attribute: str = w("val")) -> bool:
    """Whether a switch is on: an element without a value is; for another attribute, only when it says so."""
    if element is None:
        return False
    return str(element.get(attribute, "1" if attribute == w("val") else "0")).lower() not in _OFF
