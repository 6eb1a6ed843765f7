"""Recognises a clause number at the start of a line: 第五条, 一、, （二）, 5.2, 3., 1), ①, a), ARTICLE I.

Only the shape is judged here. A shape that may also be something else (3 台水泵, 5.48小时, i.) is given as not sure,
or with several readings; whether it counts is for the outline to decide, which knows the running sequences.
All functions take folded text (`hetong.fold`): brackets and colons are the Chinese ones, digits are ASCII.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from hetong.numerals import integer
from hetong.segment.shapes import (
    BRACKET_REFERENCE,
    ENUMERATED,
    MEASURE,
    NUMBER,
    REFERENCE,
    SEPARATORS,
    SET_OFF,
    STARTS,
    STEMS,
    TABULAR,
    UNIT,
)

BULLET: Final = "●"  # the style of all of them
UNCOUNTED: Final = (BULLET, "注")  # styles without a sequence
CONTAINERS: Final = ("编", "部分", "篇", "章", "节")

# How high a style stands as a rule; the document's own usage has precedence.
RANKS: Final = {
    "编": 0, "部分": 1, "篇": 1, "章": 2, "节": 3, "条": 4, "一、": 5, "（一）": 6, "一）": 6, "A.": 7, "1.": 7,
    "款": 8, "项": 9, "（1）": 8, "1）": 9, "①": 10, "（A）": 9, "A）": 9, "a.": 10, "a）": 10, "（a）": 10, "I.": 7,
    "（I）": 9, "I）": 9, "i.": 10, "i）": 10, "（i）": 10, "注": 10, "甲、": 5, "A1": 7, BULLET: 10, "专": 7.5,
    "heading": 4.5, "heading：": 5.5,
}  # fmt: skip
DOTTED_RANK: Final = 7

# What a mark needs to count as a number.
CERTAIN: Final = -1  # nothing: the file itself says that it is one
SHAPE: Final = 0  # no more than its shape, unless it stands far from all sequences
SEQUENCE: Final = 1  # a place in a sequence
SAME: Final = 2  # the next place in a sequence spelled the same


class Mark(NamedTuple):
    """A number read at a place of a line.

    `stop` is where the number as printed ends, `after` where heading or text begin, both offsets in the line.
    `variant` tells spellings of one style apart (1. and 1、). Dotted numbers have several ordinals.
    """

    style: str
    variant: str
    ordinals: tuple[int, ...]
    stop: int
    after: int
    needs: int = SHAPE

    @property
    def ordinal(self) -> int:
        """The last ordinal: 2 in 5.2, 5 in 第五条."""
        return self.ordinals[-1]


def rank(style: str) -> float:
    """The usual height of a style, 0 being the highest; dotted numbers stand by their depth."""
    known = RANKS.get(style)
    if known is None:
        known = RANKS["heading"] if style.startswith("heading") else DOTTED_RANK + 0.25 * style.count(".")
    return known


def readings(text: str, at: int = 0) -> tuple[Mark, ...]:
    """The ways in which a number can be read at a place of a folded line, the likeliest first; usually none or one."""
    if at >= len(text) or text[at] not in STARTS:
        return ()
    match = NUMBER.match(text, at)
    return tuple(_READERS[match.lastgroup](match)) if match and match.lastgroup else ()


def _mark(
    style: str, digits: str, match: re.Match[str], *, stop: int | None = None, variant: str = "", needs: int = SHAPE
) -> Iterator[Mark]:
    """The mark of one ordinal, given in any digits; it ends with the match unless `stop` is given."""
    ordinal = integer(digits)
    if ordinal is not None and 0 < ordinal < 500:
        stop = match.end() if stop is None else stop
        yield Mark(style, variant, (ordinal,), stop, _after(match, stop), needs)


def _after(match: re.Match[str], stop: int) -> int:
    separators = SEPARATORS.match(match.string, max(stop, match.end()))
    return separators.end() if separators else stop


def _unit(match: re.Match[str]) -> Iterator[Mark]:
    """第五条: a number by its shape when set off from what follows; 第三条所述 is a reference."""
    text, end = match.string, match.end()
    of = "".join(match["of"].split())
    if not REFERENCE.match(text, end):
        plain = SET_OFF.match(text, end) and of not in ("款", "项")
        yield from _mark(of, match["unit"], match, needs=SHAPE if plain else SEQUENCE)


def _english(match: re.Match[str]) -> Iterator[Mark]:
    """ARTICLE I, Section 2; not "Article 7 hereof"."""
    word = match["article"]
    rest = match.string[match.end() :].lstrip()
    if word[0].isupper() and not rest[:1].islower():
        style = {"chapter": "章", "part": "部分"}.get(word.lower(), "条")
        yield from _mark(style, match["english"], match, variant=word.lower())


def _dotted(match: re.Match[str]) -> Iterator[Mark]:
    """5.2, or a quantity (1.2米), or an item that begins with one (5.48小时内 after 4.)."""
    text, end = match.string, match.end()
    ordinals = tuple(int(part) for part in match["dotted"].split("."))
    date = len(ordinals) == 3 and ordinals[0] > 31
    if 0 not in ordinals and not date and not UNIT.match(text, end):
        yield Mark("1" + ".1" * (len(ordinals) - 1), "", ordinals, end, _after(match, end))
    if len(ordinals) == 2 and MEASURE.match(text, end) and 0 < ordinals[0] < 100:
        stop = text.index(".", match.start())
        yield Mark("1.", ".", ordinals[:1], stop, stop + 1, SEQUENCE)


def _of_chapter(match: re.Match[str]) -> Iterator[Mark]:
    """第2.1条, the first article of chapter 2; 第2.1条所述 is a reference."""
    if not REFERENCE.match(match.string, match.end()) and SET_OFF.match(match.string, match.end()):
        yield from (mark._replace(needs=CERTAIN) for mark in _several(match["of_chapter"], match))


def _conditions(match: re.Match[str]) -> Iterator[Mark]:
    """专3.3: what the special conditions say to 3.3 of the general ones; numbers may be left out."""
    yield from (mark._replace(style="专", needs=CERTAIN) for mark in _several(match["conditions"], match))


def _several(dotted: str, match: re.Match[str]) -> Iterator[Mark]:
    """The mark of a dotted number that has words around it."""
    ordinals = tuple(map(int, dotted.split(".")))
    if 0 not in ordinals:
        yield Mark("1" + ".1" * (len(ordinals) - 1), "", ordinals, match.end(), _after(match, match.end()))


def _mixed(match: re.Match[str]) -> Iterator[Mark]:
    """三.2.2, below 三、 as 3.2.2 is below 3."""
    head, _, rest = match["mixed"].partition(".")
    if ordinal := integer(head):
        yield from _several(f"{ordinal}.{rest}", match)


def _whole(match: re.Match[str]) -> Iterator[Mark]:
    """1.0, 2.0 where others count 1, 2; 2.0 米 is a quantity."""
    if not UNIT.match(match.string, match.end()):
        needs = SEQUENCE if match["whole"] == "1" else SAME
        yield from _mark("1.", match["whole"], match, variant=".0", needs=needs)


def _term(match: re.Match[str]) -> Iterator[Mark]:
    """条款一, as forms number what they add to general conditions."""
    yield from _mark("条", match["term"], match, variant="条款", needs=SEQUENCE)


def _bullet(match: re.Match[str]) -> Iterator[Mark]:
    yield Mark(BULLET, match[0], (1,), match.end(), _after(match, match.end()))


def _point(match: re.Match[str]) -> Iterator[Mark]:
    separator = match["separator"].strip()
    plain = separator in "、." and match.end() < len(match.string)
    needs = SHAPE if plain else SEQUENCE
    yield from _mark("1.", match["point"], match, stop=match.end("point"), variant=separator, needs=needs)


def _dated(match: re.Match[str]) -> Iterator[Mark]:
    """2.2020年6月20日支付: an item that begins with a year."""
    stop = match.end("dated")
    yield from _mark("1.", match["dated"], match, stop=stop, variant=match.string[stop])


def _counted(match: re.Match[str]) -> Iterator[Mark]:
    """3、30日内…: an item that begins with a figure."""
    if not _enumerates(match, match["counted"]):
        stop = match.end("counted")
        yield from _mark("1.", match["counted"], match, stop=stop, variant="、", needs=SEQUENCE)


def _enumerates(match: re.Match[str], ordinal: str) -> bool:
    """一、二期工程 and 3、5号楼 are enumerations; 一、一期工程 and 3、30日内 are items."""
    found = ENUMERATED.match(match.string, match.end())
    return found is not None and (integer(found["next"]) or 0) > (integer(ordinal) or 0)


def _han(match: re.Match[str]) -> Iterator[Mark]:
    text, end, separator = match.string, match.end(), match["han_separator"].strip()
    if not _enumerates(match, match["han"]) and not text.startswith("第", end):
        needs = SHAPE if separator in "、." and end < len(text) else SEQUENCE
        yield from _mark("一、", match["han"], match, stop=match.end("han"), variant=separator, needs=needs)


def _paren(match: re.Match[str]) -> Iterator[Mark]:
    if not BRACKET_REFERENCE.match(match.string, match.end()):
        yield from _enclosed("（{}）", match["p_han"], match["p_digits"], match["p_letter"], match)


def _half(match: re.Match[str]) -> Iterator[Mark]:
    if not BRACKET_REFERENCE.match(match.string, match.end()):
        yield from _enclosed("{}）", match["h_han"], match["h_digits"], match["h_letter"], match)


def _enclosed(shape: str, han: str, digits: str, letter: str, match: re.Match[str]) -> Iterator[Mark]:
    if letter:
        yield from _letters(shape, letter, match, match.end())
    else:
        yield from _mark(shape.format("一" if han else "1"), han or digits, match)


def _latin(match: re.Match[str]) -> Iterator[Mark]:
    yield from _letters("{}.", match["latin"], match, match.end("latin"))


def _letters(shape: str, letters: str, match: re.Match[str], stop: int) -> Iterator[Mark]:
    """A Roman number, a letter, or either (i, v, x)."""
    small = letters[0].islower() or letters[0] >= "ⅰ"
    if len(letters) > 1 or letters.lower() in "ivx" or letters > "z":
        yield from _mark(shape.format("i" if small else "I"), letters, match, stop=stop, needs=SEQUENCE)
    if len(letters) == 1 and letters <= "z":
        style = shape.format("a" if small else "A")
        yield Mark(style, "", (ord(letters.lower()) - 96,), stop, _after(match, stop), SEQUENCE)


def _capital(match: re.Match[str]) -> Iterator[Mark]:
    yield from (mark._replace(variant=" ") for mark in _letters("{}.", match["capital"], match, match.end()))


def _symbol(match: re.Match[str]) -> Iterator[Mark]:
    """One character that holds number and brackets: ① ㈠ ⑴ ⒈."""
    style = {"circled": "①", "bracketed": "（一）", "ringed": "（1）", "stopped": "1."}[str(match.lastgroup)]
    if not BRACKET_REFERENCE.match(match.string, match.end()):
        digits = unicodedata.normalize("NFKC", match[0]).strip(".")
        yield from _mark(style, digits, match, variant="symbol")


def _numeral(match: re.Match[str]) -> Iterator[Mark]:
    yield from _mark("I.", match[0], match, needs=SEQUENCE)


def _bare(match: re.Match[str]) -> Iterator[Mark]:
    """1 总则 needs a sequence, 3 台水泵 one that is spelled so; a row of a table (1 水泵 3 5000) is never one."""
    if not TABULAR.match(match.string, match.end()):
        needs = SAME if MEASURE.match(match.string, match.end()) else SEQUENCE
        yield from _mark("1.", match["bare"], match, needs=needs)


def _bare_han(match: re.Match[str]) -> Iterator[Mark]:
    yield from _mark("一、", match["bare_han"], match, needs=SEQUENCE)


def _note(match: re.Match[str]) -> Iterator[Mark]:
    yield from _mark("注", match["note"] or "1", match)


def _stem(match: re.Match[str]) -> Iterator[Mark]:
    """甲、乙、丙 as numbers, 甲、甲方的责任 too; 甲、乙双方 are the parties."""
    text, end = match.string, match.end()
    following = text[end + 1 : end + 2]
    if following == match["stem"] or following not in STEMS:
        ordinal = str(STEMS.index(match["stem"]) + 1)
        yield from _mark("甲、", ordinal, match, variant=text[end].strip(), needs=SEQUENCE)


def _lettered(match: re.Match[str]) -> Iterator[Mark]:
    """A.1 and B2, as annexes and finishing schedules use them."""
    yield from _mark("A1", match["lettered"], match, variant=match[0][0], needs=SEQUENCE)


_READERS: Final = {
    "of": _unit, "english": _english, "dotted": _dotted, "separator": _point, "dated": _dated, "counted": _counted,
    "p_han": _paren, "p_digits": _paren, "p_letter": _paren, "h_han": _half, "h_digits": _half, "h_letter": _half,
    "han_separator": _han, "circled": _symbol, "bracketed": _symbol, "ringed": _symbol, "stopped": _symbol,
    "latin": _latin, "numeral": _numeral, "lettered": _lettered, "note": _note, "stem": _stem,
    "bare": _bare, "bare_han": _bare_han, "of_chapter": _of_chapter, "conditions": _conditions, "whole": _whole,
    "term": _term, "mixed": _mixed, "bullet": _bullet, "capital": _capital,
}  # fmt: skip
