"""Writes a list counter the way Word prints it (ECMA-376 Part 1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ONES: Final = (
    "", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve", "Thirteen",
    "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen",
)  # fmt: skip
_TENS: Final = ("", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety")
_PLAIN: Final = "〇一二三四五六七八九"
_TAIWAN: Final = "○一二三四五六七八九"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"


def format_number(value: int, number_format: str) -> str:
    """A counter in one of Word's number formats.

    A value that the format cannot write (0 in letters, 21 in a circle) and a format that is not known come out as
    decimal digits, as in Word.
    """
    write = _FORMATS.get(number_format)
    return (write(value) if write and value >= 0 else "") or str(value)


def format_custom(value: int, pattern: str) -> str:
    """A counter in a custom format, given as its first members ("001, 002, 003, ..."): digits with leading zeros."""
    return str(value).zfill(len(pattern.partition(",")[0].strip()))


def _letters(value: int) -> str:
    """A … Z, AA, BB … as Word counts: the letter is repeated, at most 30 times."""
    rounds, index = divmod(value - 1, 26)
    return chr(ord("A") + index) * (rounds + 1) if 1 <= value <= 780 else ""


def _roman(value: int) -> str:
    if not 1 <= value < 4000:
        return ""
    written = ""
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        written += letters * count
    return written


def _ordinal(value: int) -> str:
    irregular = {1: "st", 2: "nd", 3: "rd"} if value % 100 not in (11, 12, 13) else {}
    return f"{value}{irregular.get(value % 10, 'th')}"


def _words(value: int) -> str:
    if value < 20:
        return _ONES[value]
    tens, ones = divmod(value, 10)
    return f"{_TENS[tens]}{'-' + _ONES[ones].lower() if ones else ''}" if value < 100 else ""


def _digits(characters: str) -> Callable[[int], str]:
    """Digit by digit: 10 is 一〇."""
    return lambda value: "".join(characters[int(digit)] for digit in str(value))


def _counting(characters: str) -> Callable[[int], str]:
    """十, 十一, 二十 up to 99, and digit by digit from 100 on."""
    by_digit, by_place = _digits(characters), _places(characters, "十百千", "")
    return lambda value: by_place(value) if value < 100 else by_digit(value)


def _places(
    characters: str, units: str, zero: str, *, always_one: bool = False, bare_hundred: bool = False
) -> Callable[[int], str]:
    """With the names of the places, below 10,000: 一百零五.

    Args:
        characters: the digits 0 to 9.
        units: the names of ten, hundred and thousand.
        zero: what stands for a gap between places; "" for nothing.
        always_one: ten is 一十 (壹拾) instead of 十.
        bare_hundred: hundred and thousand go without a leading one (百, as in Japanese).
    """

    def write(value: int) -> str:
        if not 1 <= value < 10_000:
            return ""
        written, gap = "", False
        for place in range(3, -1, -1):
            digit = value // 10**place % 10
            if not digit:
                gap = bool(written)
                continue
            silent = place > 0 and digit == 1 and (bare_hundred or (place == 1 and not written and not always_one))
            written += (
                (zero if gap else "") + ("" if silent else characters[digit]) + (units[place - 1] if place else "")
            )
            gap = False
        return written

    return write


def _chosen(characters: str) -> Callable[[int], str]:
    """The n-th of a row of characters; decimal digits behind its end."""
    return lambda value: characters[value - 1] if 1 <= value <= len(characters) else ""


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = MappingProxyType(
    {
        "decimalZero": lambda value: f"{value:02}",
        "upperRoman": _roman,
        "lowerRoman": lambda value: _roman(value).lower(),
        "upperLetter": _letters,
        "lowerLetter": lambda value: _letters(value).lower(),
        "ordinal": _ordinal,
        "cardinalText": _words,
        "numberInDash": lambda value: f"- {value} -",
        "decimalFullWidth": _digits("０１２３４５６７８９"),
        "decimalFullWidth2": _digits("０１２３４５６７８９"),
        "decimalEnclosedCircle": _chosen("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "decimalEnclosedCircleChinese": _chosen("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
        "decimalEnclosedFullstop": _chosen("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
        "decimalEnclosedParen": _chosen("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
        "ideographEnclosedCircle": _chosen("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "ideographTraditional": _chosen(_STEMS),
        "ideographZodiac": _chosen(_BRANCHES),
        "ideographZodiacTraditional": lambda value: f"{_STEMS[(value - 1) % 10]}{_BRANCHES[(value - 1) % 12]}",
        "ideographDigital": _digits(_PLAIN),
        "japaneseDigitalTenThousand": _digits(_PLAIN),
        "taiwaneseDigital": _digits(_TAIWAN),
        "chineseCounting": _counting(_PLAIN),
        "taiwaneseCounting": _counting(_TAIWAN),
        "chineseCountingThousand": _places(_PLAIN, "十百千", "零"),
        "taiwaneseCountingThousand": _places(_PLAIN, "十百千", "零"),
        "japaneseCounting": _places(_PLAIN, "十百千", "", bare_hundred=True),
        "japaneseLegal": _places("〇壱弐参四伍六七八九", "拾百千", "", always_one=True),
        "chineseLegalSimplified": _places("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "零", always_one=True),
        "ideographLegalTraditional": _places("零壹貳參肆伍陸柒捌玖", "拾佰仟", "零", always_one=True),
    }
)
