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

STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
HAN: Final = "〇零○一二三四五六七八九十百廿卅壹贰叁肆伍陆柒捌玖拾"
CONTAINERS: Final = ("编", "部分", "篇", "章", "节")

# How high a style stands as a rule; the document's own usage has precedence.
RANKS: Final = {
    "编": 0, "部分": 1, "篇": 1, "章": 2, "节": 3, "条": 4, "一、": 5, "（一）": 6, "一）": 6, "A.": 7, "1.": 7,
    "款": 8, "项": 9, "（1）": 8, "1）": 9, "①": 10, "（A）": 9, "A）": 9, "a.": 10, "a）": 10, "（a）": 10, "I.": 7,
    "（I）": 9, "I）": 9, "i.": 10, "i）": 10, "（i）": 10, "注": 10, "甲、": 5, "A1": 7,
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


_H = f"[{HAN}]"
# One pattern, so that a line is looked at once; a branch is known by its last group.
_NUMBER: Final = re.compile(
    rf"""
    第\s{{0,3}}(?P<unit>{_H}{{1,7}}|\d{{1,4}})\s{{0,3}}(?P<of>编|部\s*分|篇|章|节|条|款|项)
    | (?P<article>(?i:article|section|chapter|clause|part))\s{{1,3}}(?P<english>[IVXLC]{{1,6}}|[Ⅰ-Ⅻ]|\d{{1,3}})(?!\w)
    | (?P<dotted>\d{{1,3}}(?:\.\d{{1,3}}){{1,5}})(?!\d)
    | (?P<point>\d{{1,3}})(?P<separator>\s{{0,2}}[、.，,：])(?![\d、])
    | (?P<dated>\d{{1,2}})[.、](?=(?:19|20)\d\d\s?年)
    | (?P<counted>\d{{1,2}})、(?=\d)
    | （\s?(?:(?P<p_han>{_H}{{1,5}})|(?P<p_digits>\d{{1,3}})|(?P<p_letter>[A-Za-z]|[ivx]{{2,5}}|[IVX]{{2,5}}))\s?）
    | (?:(?P<h_han>{_H}{{1,4}})|(?P<h_digits>\d{{1,3}})|(?P<h_letter>[A-Za-z]|[ivx]{{2,5}}|[IVX]{{2,5}}))\s?）
    | (?P<han>{_H}{{1,5}})(?P<han_separator>\s{{0,2}}[、.，：])
    | (?P<circled>[①-⑳㉑-㉟㊱-㊿❶-❿])|(?P<bracketed>[㈠-㈩])|(?P<ringed>[⑴-⒇])|(?P<stopped>[⒈-⒛])
    | [A-Z]\.?(?P<lettered>\d{{1,2}})(?=[\s、])
    | (?P<latin>[A-Za-z]|[ivx]{{2,5}}|[IVX]{{2,5}}|[Ⅰ-Ⅻⅰ-ⅻ])\s?[、.，](?![A-Za-z]\.)
    | (?P<numeral>[Ⅰ-Ⅻ])(?=\s)
    | 注\s?(?P<note>\d{{0,2}})(?=[、.：\s])
    | (?P<stem>[{STEMS}])(?=[、.]|\s{{1,4}}[^\s方])
    | (?P<bare>\d{{1,2}})(?=\s+[^\d\s.、，/%×x~-]|[\u4e00-\u9fff《"A-Z])
    | (?P<bare_han>{_H}{{1,3}})(?=\s+\S)
    """,
    re.VERBOSE,
)
_SYMBOLS = "".join(chr(c) for a, b in ("AZ", "az", "Ⅰⅻ", "①⒛", "㈠㈩", "㉑㊿", "❶❿") for c in range(ord(a), ord(b) + 1))
_STARTS: Final = frozenset(HAN + STEMS + "第（注0123456789" + _SYMBOLS)

# A reference, not a number: 第三条所述, 第三条、第四条, （二）项, 第二款的规定. 第七条项目管理 is none.
_REFERENCE: Final = re.compile(
    r"\s?(?:所[述列规约指]|[规约]定[的，]|[的之](?!、)|[、，\-~—]\s?第|（[^（）]{1,4}）\s?[款项目]|项下)"
    r"|规定|约定|和|与|及|或|[至到]|等|为|第|条款|执行|办理|处理|内(?!容)|中(?![介标])|以(?![下外])|款(?!项)|项(?!目)"
    r"|目(?![的标])|[）》\";。；]"
)
_BRACKET_REFERENCE: Final = re.compile(
    r"\s?(?:款(?!项)|项(?!目)|目(?![的标])|种(?![类植子苗])|条(?![款件例])|类(?![别型])|[、和及或至到~—-]\s?[（第\d]|[，。；）])"
)
# A quantity (1.2米), not a number; 1.2 元数据 is one.
_UNIT: Final = re.compile(
    r"[AVWMG]\b|\s?(?:[%‰℃㎡㎜㎝㎞亿倍#]|万(?!能)|吨(?!位)|米|元(?![件素旦数])|折(?!旧)|寸|公里|公斤|千克|千米|毫米|厘米|平方"
    r"|kg\b|km\b|mm\b|cm\b|k?W\b)"
)
_MEASURE: Final = re.compile(r"\s?(?:[%‰#]|小时|分钟|个|天|日|年|月|元|万|亿|倍|米|吨|台|套|次|份|名|周)")
_ENUMERATED: Final = re.compile(
    rf"(?P<next>\d{{1,2}}|{_H}{{1,2}})\s?(?:[、，和及与或至~—期号层级楼栋幢室类者季线区批等审标#]|$)"
)
_SET_OFF: Final = re.compile(r"[\s、：.，,；【《（\"]|$")
_TABULAR: Final = re.compile(r"(?!.*[，。；：])\s*(?:\S+\s+){2,}[\d,.]+(?:\s|$)")
_SEPARATORS: Final = re.compile(r"[\s、.：，]*")


def readings(text: str, at: int = 0) -> tuple[Mark, ...]:
    """The ways in which a number can be read at a place of a folded line, the likeliest first; usually none or one."""
    if at >= len(text) or text[at] not in _STARTS:
        return ()
    match = _NUMBER.match(text, at)
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
    separators = _SEPARATORS.match(match.string, max(stop, match.end()))
    return separators.end() if separators else stop


def _unit(match: re.Match[str]) -> Iterator[Mark]:
    """第五条: a number by its shape when set off from what follows; 第三条所述 is a reference."""
    text, end = match.string, match.end()
    of = "".join(match["of"].split())
    if not _REFERENCE.match(text, end):
        plain = _SET_OFF.match(text, end) and of not in ("款", "项")
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
    if 0 not in ordinals and not date and not _UNIT.match(text, end):
        yield Mark("1" + ".1" * (len(ordinals) - 1), "", ordinals, end, _after(match, end))
    if len(ordinals) == 2 and _MEASURE.match(text, end) and 0 < ordinals[0] < 100:
        stop = text.index(".", match.start())
        yield Mark("1.", ".", ordinals[:1], stop, stop + 1, SEQUENCE)


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
    found = _ENUMERATED.match(match.string, match.end())
    return found is not None and (integer(found["next"]) or 0) > (integer(ordinal) or 0)


def _han(match: re.Match[str]) -> Iterator[Mark]:
    text, end, separator = match.string, match.end(), match["han_separator"].strip()
    if not _enumerates(match, match["han"]) and not text.startswith("第", end):
        needs = SHAPE if separator in "、." and end < len(text) else SEQUENCE
        yield from _mark("一、", match["han"], match, stop=match.end("han"), variant=separator, needs=needs)


def _paren(match: re.Match[str]) -> Iterator[Mark]:
    if not _BRACKET_REFERENCE.match(match.string, match.end()):
        yield from _enclosed("（{}）", match["p_han"], match["p_digits"], match["p_letter"], match)


def _half(match: re.Match[str]) -> Iterator[Mark]:
    if not _BRACKET_REFERENCE.match(match.string, match.end()):
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


def _symbol(match: re.Match[str]) -> Iterator[Mark]:
    """One character that holds number and brackets: ① ㈠ ⑴ ⒈."""
    style = {"circled": "①", "bracketed": "（一）", "ringed": "（1）", "stopped": "1."}[str(match.lastgroup)]
    if not _BRACKET_REFERENCE.match(match.string, match.end()):
        digits = unicodedata.normalize("NFKC", match[0]).strip(".")
        yield from _mark(style, digits, match, variant="symbol")


def _numeral(match: re.Match[str]) -> Iterator[Mark]:
    yield from _mark("I.", match[0], match, needs=SEQUENCE)


def _bare(match: re.Match[str]) -> Iterator[Mark]:
    """1 总则 needs a sequence, 3 台水泵 one that is spelled so; a row of a table (1 水泵 3 5000) is never one."""
    if not _TABULAR.match(match.string, match.end()):
        needs = SAME if _MEASURE.match(match.string, match.end()) else SEQUENCE
        yield from _mark("1.", match["bare"], match, needs=needs)


def _bare_han(match: re.Match[str]) -> Iterator[Mark]:
    yield from _mark("一、", match["bare_han"], match, needs=SEQUENCE)


def _note(match: re.Match[str]) -> Iterator[Mark]:
    yield from _mark("注", match["note"] or "1", match)


def _stem(match: re.Match[str]) -> Iterator[Mark]:
    """甲、乙、丙 as numbers; 甲、乙双方 are the parties."""
    text, end = match.string, match.end()
    if text[end + 1 : end + 2] not in STEMS:
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
    "bare": _bare, "bare_han": _bare_han,
}  # fmt: skip
