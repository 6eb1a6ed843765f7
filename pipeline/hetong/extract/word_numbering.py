"""Word's automatic numbering: which number a paragraph shows (ECMA-376 Part 1, 17.9).

The numbers are not in a paragraph's text. A paragraph names a list (w:num) and a level, itself or through its
style; the list points to an abstract list that holds the levels, and may override some of them.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from lxml import etree

from hetong.extract.word_formats import format_custom, format_number
from hetong.extract.word_package import w
from hetong.extract.word_styles import StyleFacts, Styles, is_on, value, whole
from hetong.extract.word_symbols import bullet

_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PLACE: Final = re.compile(r"%([1-9])")
_CHAIN: Final = re.compile(r"%1(?:\.%[1-9])+")


class Level(NamedTuple):
    """One level of a list, as w:lvl defines it."""

    start: int
    number_format: str
    custom: str  # the first members of a custom format ("001, 002, ..."), or ""
    text: str  # with %1 … %9 where the counters go
    suffix: str  # tab, space or nothing
    restart: int | None  # restarts after this level (from 1) or a higher one; 0 never; None after any higher one
    legal: bool  # all counters in decimal digits
    style: str  # the paragraph style tied to the level, or ""
    hidden: bool
    font: str


class Number(NamedTuple):
    """The number of a paragraph as printed, the gap behind it ("" or one space), and its level from 0."""

    text: str
    gap: str
    level: int
    is_bullet: bool


class _List(NamedTuple):
    """A list: the abstract list whose counters it shares, its levels, and the levels it restarts on first use."""

    abstract: str
    levels: dict[int, Level]
    restarts: dict[int, int]


class Numbering:
    """The lists of one document and their counters, which advance as paragraphs are asked for in document order.

    Args:
        root: the root of numbering.xml, or None when the document has none.
        styles: the styles of the document.
        legal: how many counters those chained numbers have that print all of them in decimal digits whatever the
            document says.
    """

    def __init__(self, root: etree._Element | None, styles: Styles, legal: frozenset[int] = frozenset()) -> None:
        self._legal = legal
        parts = [] if root is None else list(root)
        self._abstract = {e.get(w("abstractNumId"), ""): e for e in parts if e.tag == w("abstractNum")}
        self._num = {_identifier(e.get(w("numId"), "")): e for e in parts if e.tag == w("num")}
        self._styles = styles
        self._lists: dict[int, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._used: set[tuple[int, int]] = set()

    def next(self, properties: etree._Element | None, style: StyleFacts) -> Number | None:
        """The number of the next paragraph, and its counter advanced; None when it has none.

        Args:
            properties: the paragraph's own w:numPr, or None.
            style: what its style says.
        """
        place = self._place(properties, style)
        if place is None:
            return None
        chosen = self._list(place[0])
        level = chosen.levels.get(place[1])
        if level is None:
            return None
        self._advance(*place)
        text = self._text(chosen, level, self._counters[chosen.abstract])
        gap = "" if level.suffix == "nothing" and text == text.rstrip() else " "
        shown = "" if level.hidden else text.strip()
        return Number(shown, gap, place[1], level.number_format == "bullet") if shown else None

    def _place(self, properties: etree._Element | None, style: StyleFacts) -> tuple[int, int] | None:
        """The list and level of a paragraph; its own properties go before those of its style."""
        own = properties.find(w("numId")) if properties is not None else None
        level = properties.find(w("ilvl")) if properties is not None else None
        number = whole(own, 0) if own is not None else style.number
        if not number or number not in self._num:
            return None
        if level is not None:
            return number, whole(level, 0)
        tied = next(
            (i for i, v in self._list(number).levels.items() if v.style and v.style == style.number_style), None
        )
        return number, tied if tied is not None else style.number_level or 0

    def _advance(self, number: int, index: int) -> None:
        chosen = self._list(number)
        counters = self._counters.setdefault(chosen.abstract, {})
        first_use = (number, index) not in self._used
        self._used.add((number, index))
        if first_use and index in chosen.restarts:
            counters[index] = chosen.restarts[index]
        elif index in counters:
            counters[index] += 1
        else:
            counters[index] = chosen.restarts.get(index, chosen.levels[index].start)
        for deeper, level in chosen.levels.items():
            limit = deeper if level.restart is None else level.restart
            if index < min(deeper, limit):
                counters.pop(deeper, None)

    def _text(self, chosen: _List, level: Level, counters: dict[int, int]) -> str:
        if level.number_format == "bullet":
            return bullet(level.text, level.font) if level.text.strip() else ""

        chain = _CHAIN.fullmatch(level.text)

        def counter(match: re.Match[str]) -> str:
            index = int(match[1]) - 1
            other = chosen.levels.get(index)
            if other is None or other.number_format in ("none", "bullet"):
                return ""
            count = counters.get(index, chosen.restarts.get(index, other.start))
            if level.legal or (chain and len(chain[0].split(".")) in self._legal):
                return str(count)
            return format_custom(count, other.custom) if other.custom else format_number(count, other.number_format)

        return _PLACE.sub(counter, level.text)

    def _list(self, number: int) -> _List:
        if number not in self._lists:
            self._lists[number] = self._resolve(number)
        return self._lists[number]

    def _resolve(self, number: int) -> _List:
        element = self._num[number]
        identifier, abstract = self._abstract_of(element)
        levels = {_index(e): _level(e) for e in abstract.iterfind(w("lvl"))} if abstract is not None else {}
        restarts = {}
        for override in element.iterfind(w("lvlOverride")):
            own = override.find(w("lvl"))
            if own is not None:
                levels[_index(override)] = _level(own)
            start = override.find(w("startOverride"))
            if start is not None:
                restarts[_index(override)] = whole(start, 1)
        return _List(identifier, levels, restarts)

    def _abstract_of(self, number: etree._Element) -> tuple[str, etree._Element | None]:
        """The abstract list of a list; one that only names a numbering style is followed there (17.9.21)."""
        identifier = value(number.find(w("abstractNumId")), "")
        abstract = self._abstract.get(identifier)
        link = abstract.find(w("numStyleLink")) if abstract is not None else None
        if link is not None:
            target = self._num.get(self._styles.paragraph(value(link, "")).number or 0)
            identifier = value(target.find(w("abstractNumId")), "") if target is not None else ""
            abstract = self._abstract.get(identifier)
        return identifier, abstract


def _identifier(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1


def _index(element: etree._Element) -> int:
    return _identifier(element.get(w("ilvl"), ""))


def _level(element: etree._Element) -> Level:
    restart = element.find(w("lvlRestart"))
    fonts = element.find(f"{w('rPr')}/{w('rFonts')}")
    stated = element.find(w("numFmt"))
    custom = element.find(f".//{_MC}Choice/{w('numFmt')}")
    if stated is None:
        stated = element.find(f".//{_MC}Fallback/{w('numFmt')}")
    return Level(
        start=whole(element.find(w("start")), 0),
        number_format=value(stated, "decimal"),
        custom=custom.get(w("format"), "") if custom is not None else "",
        text=value(element.find(w("lvlText")), ""),
        suffix=value(element.find(w("suff")), "tab"),
        restart=whole(restart, 0) if restart is not None else None,
        legal=is_on(element.find(w("isLgl"))),
        style=value(element.find(w("pStyle")), ""),
        hidden=is_on(element.find(f"{w('rPr')}/{w('vanish')}")),
        font=fonts.get(w("ascii"), "") if fonts is not None else "",
    )
