"""Reads numbers as Chinese contracts write them: ordinals, amounts in words and figures, rates, periods, dates.

Every finder yields values with half-open character ranges in the text it was given, so that a finding can point
at them. Money is in yuan, rates are fractions (5% is 0.05), periods are in days.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

DIGITS: Final = {
    c: i
    for i, group in enumerate(
        ["〇零○", "一壹弌么", "二贰两貳弍", "三叁參弎叄参", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"]
    )
    for c in group
}
UNITS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
ZEROS: Final = "〇零○"
HAN: Final = "".join([*DIGITS, *UNITS, *MYRIADS, "廿", "卅"])
FORMAL: Final = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿貳參参陸萬億"
LONGEST: Final = 40  # characters of a number; Python reads no number of thousands of digits
ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Figure(NamedTuple):
    """A number found in a text: text[start:end] means `value` in the finder's unit; `unit` is as printed."""

    start: int
    end: int
    value: float
    unit: str = ""


class Day(NamedTuple):
    """A calendar date found in a text; `value` is None for a date that does not exist (2月30日)."""

    start: int
    end: int
    value: date | None


def integer(text: str) -> int | None:
    """The whole number that a text is, or None: 12, １２, 十二, 二〇, 廿, 壹佰, ①, ㈠, Ⅳ, iv, a, B."""
    text = unicodedata.normalize("NFKC", text.strip()).strip("()")
    if not text or len(text) > LONGEST:
        return None
    if text.isdecimal():
        return int(text)
    if all(c in HAN for c in text):
        return _han_integer(text)
    if text.isascii() and text.isalpha():
        return _roman(text.upper()) or (ord(text.upper()) - 64 if len(text) == 1 else None)
    return None


def _roman(text: str) -> int | None:
    if any(c not in ROMAN for c in text) or (len(text) == 1 and text not in "IVX"):
        return None
    values = [ROMAN[c] for c in text]
    return sum(-v if v < following else v for v, following in zip(values, [*values[1:], 0], strict=True))


def _han_integer(text: str) -> int | None:
    """十二 → 12, 二〇二六 → 2026, 一百二十万 → 1200000, 廿三 → 23; None for a bare 万 or 亿.

    零 before 十 fills a gap (一万零十五 is 10015); before 拾 and higher units it counts none of them, as in printed
    forms (伍万零仟零佰零拾元).
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    if text[0] in MYRIADS:
        return None
    for c, after in zip(text, [*text[1:], ""], strict=True):
        if c in DIGITS:
            digit = None if c in ZEROS and after == "十" else DIGITS[c]
        elif c in UNITS:
            section += (1 if digit is None else digit) * UNITS[c]
            digit = None
        else:
            section += digit or 0
            # 亿 scales all that stands before it (一万亿), 万 only its own section (壹亿贰仟万)
            total = (total + section) * MYRIADS[c] if MYRIADS[c] == 10**8 else total + section * MYRIADS[c]
            section, digit = 0, None
    return total + section + (digit or 0)


def number(text: str) -> float | None:
    """A number in figures or characters, with thousands separators and decimals: 1,200.50, 三点五, 一百二十万."""
    text = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").replace("点", ".")
    try:
        return float(text)
    except ValueError:
        pass
    whole, _, decimals = text.partition(".")
    value = _han_integer(whole) if whole and all(c in HAN for c in whole) else None
    if value is None or not all(c in DIGITS for c in decimals):
        return None
    return float(f"{value}.{''.join(str(DIGITS[c]) for c in decimals) or 0}")


# A number begins where no digit stands before it and has no more digits than an amount can, and no pattern allows
# more than a few blanks: so a search is linear. Possessive, for half a number (30 of 30.5%) is none.
_FIGURES = (
    r"(?<![0-9０-９])(?<![0-9０-９][,.．])[0-9０-９]{1,15}(?![0-9０-９])(?:[,，][0-9０-９]{3}(?![0-9０-９])){0,5}+"
    r"(?:[.．][0-9０-９]{1,12}+)?+"
)
_GAP = r"\s{0,8}"
_HAN_DIGITS = "零〇○一二两三四五六七八九十百千半廿卅壹贰貳叁参肆伍陆陸柒捌玖拾佰仟"
_PLAIN_HAN = f"(?<![{_HAN_DIGITS}])[{_HAN_DIGITS}]{{1,20}}+(?:点[零〇一二三四五六七八九]{{1,12}})?"
_NUMBER = f"(?:{_FIGURES}|{_PLAIN_HAN})"

# ---- money -------------------------------------------------------------------------------------------------
_FORMAL_DIGITS = f"{FORMAL}一二三四五六七八九十百千〇两"
_SMALL = f"[{FORMAL}一二三四五六七八九]"
_YUAN = "(?:元(?![件素])|圆|圓)"  # 3元件 is no money
_BLANK = "[ \u3000]{0,2}"
# 一百五十万 without a unit is money only where the word before it says so and nothing is counted behind it
_OF_MONEY = "|".join(f"(?<={word}{verb})" for word in ("人民币", "总价", "总额", "金额", "价款") for verb in ("", "为"))
_WORDS = re.compile(
    f"(?<![{_FORMAL_DIGITS}点])(?<![{_FORMAL_DIGITS}] )(?P<yuan>[{_FORMAL_DIGITS}]{{1,40}}+(?: {{1,2}}[万亿])?)"
    f"(?:点(?P<decimals>[零〇一二三四五六七八九]{{1,6}}+)(?P<scale>[万亿]?))?{_BLANK}{_YUAN}"
    f"(?:整|正|零?(?P<jiao>{_SMALL})角)?(?:零?(?P<fen>{_SMALL})分)?(?:整|正)?"
    f"|(?:{_OF_MONEY})(?P<bare>[{_FORMAL_DIGITS}]{{1,39}}(?<=[万亿]))(?=整|正|[，。；、）\n]|$)"
)
_MONEY = re.compile(
    rf"(?:(?P<sign>[¥￥]|人民币(?:[（(]小写[）)])?|(?i:RMB|CNY|HK\$|HKD|NT\$|NTD|TWD|MOP\$?)|港币|新台币|澳门[币元]){_GAP}[：:]?)?{_GAP}(?P<number>{_FIGURES})(?!{_GAP}[%％‰])"
    rf"{_GAP}(?P<scale>[十百千]?[万萬]|[亿億]|[百佰千仟])?{_GAP}(?P<unit>{_YUAN})?"
)
_SCALES = {
    "": 1, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10**4, "萬": 10**4, "十万": 10**5, "十萬": 10**5,
    "百万": 10**6, "百萬": 10**6, "千万": 10**7, "千萬": 10**7, "亿": 10**8, "億": 10**8,
}  # fmt: skip


def amounts_in_words(text: str) -> Iterator[Figure]:
    """Amounts in Chinese characters, in yuan: 壹拾贰万元整, 三点五万元, 贰佰元零伍角. A unit alone (万元) is none."""
    for match in _WORDS.finditer(text):
        words = (match["yuan"] or match["bare"]).replace(" ", "")
        yuan = _han_integer(words)
        if yuan is not None and (words[0] in "十拾" or any(c in DIGITS for c in words)):
            decimals = "".join(str(DIGITS[c]) for c in match["decimals"] or "")
            whole = Fraction(f"{yuan}.{decimals or 0}") * MYRIADS.get(match["scale"] or "", 1)
            value = whole + Fraction(_digit(match["jiao"]), 10) + Fraction(_digit(match["fen"]), 100)
            yield Figure(match.start(), match.end(), float(value), "元")


def _digit(character: str | None) -> int:
    return DIGITS.get(character, 0) if character else 0


def amounts_in_figures(text: str) -> Iterator[Figure]:
    """Amounts in figures, in yuan: ¥1,200,000.00, 120万元, 人民币300元. A bare number without sign and unit is none."""
    for match in _MONEY.finditer(text):
        if not (match["sign"] or match["unit"]):
            continue
        value = number(match["number"])
        if value is not None:
            yield Figure(match.start(), match.end(), value * _SCALES[match["scale"] or ""], match["scale"] or "")


# ---- rates -------------------------------------------------------------------------------------------------
_RATE = re.compile(
    rf"(?P<number>{_NUMBER}){_GAP}(?:[（(][^）)]{{1,8}}[）)])?{_GAP}(?P<sign>[%％‰])"
    rf"|(?P<base>百分之|千分之|万分之){_GAP}(?P<of>{_NUMBER})"
)
_BASES = {"%": 100, "％": 100, "‰": 1000, "百分之": 100, "千分之": 1000, "万分之": 10000}


def rates(text: str) -> Iterator[Figure]:
    """Rates as fractions: 5%, 千分之五, 0.5‰, 百分之一百二十. The printed base (%, 千分之) is the unit."""
    for match in _RATE.finditer(text):
        base = match["sign"] or match["base"]
        value = number(match["number"] or match["of"])
        if value is not None:
            yield Figure(match.start(), match.end(), float(Fraction(str(value)) / _BASES[base]), base)


# ---- periods -----------------------------------------------------------------------------------------------
_PERIOD = re.compile(
    rf"(?P<number>{_NUMBER}){_GAP}(?:[（(][^）)]{{1,8}}[）)])?{_GAP}(?:个(?P<inner>半)?)?{_GAP}"
    r"(?P<unit>工作日|自然日|日历天|日历日|小时|分钟|年度|周年|星期|月|天|日|周|年(?P<outer>半)?|季度)(?!息)"
)
# 2026年, 2026年3月, 12月31日: a time of the calendar, not a length of time
_CALENDAR = re.compile(
    rf"(?:(?<![0-9])[12][0-9]{{3}}|[一二][〇零○九][〇零○一二三四五六七八九]{{2}}){_GAP}年(?:{_GAP}{_NUMBER}{_GAP}月)?"
    rf"|{_NUMBER}{_GAP}月{_GAP}{_NUMBER}{_GAP}[日号]"
)
_DAYS = {
    "工作日": 1.4, "自然日": 1, "日历天": 1, "日历日": 1, "天": 1, "日": 1, "周": 7, "星期": 7, "月": 30, "季度": 91,
    "年": 365, "年度": 365, "周年": 365, "小时": 1 / 24, "分钟": 1 / 1440,
}  # fmt: skip


def periods(text: str) -> Iterator[Figure]:
    """Periods in days (a working day counts 1.4, a month 30, a year 365): 30个工作日, 三（3）个月, 一个半月, 24小时.

    Times of the calendar (2026年3月, 12月31日) are none.
    """
    dates = sorted([*(found.span() for found in _CALENDAR.finditer(text)), *((d.start, d.end) for d in days(text))])
    starts = [start for start, _ in dates]
    for match in _PERIOD.finditer(text):
        value = 0.5 if match["number"] == "半" else number(match["number"])
        before = bisect_right(starts, match.start()) - 1
        inside_date = before >= 0 and match.start() < dates[before][1]
        if value is not None and not inside_date:
            unit = match["unit"].removesuffix("半")
            half = 0.5 if match["inner"] or match["outer"] else 0.0
            yield Figure(match.start(), match.end(), (value + half) * _DAYS[unit], unit)


# ---- dates -------------------------------------------------------------------------------------------------
_OF_REPUBLIC = 1911  # 民国115年 is 2026
_DATE = re.compile(
    r"(?<![0-9０-９])(?:(?P<y>[12][0-9]{3}|[１２][０-９]{3}|二[〇零○][一二三四五六七八九〇零○]{2}|一九[一二三四五六七八九〇零○]{2})"
    rf"|民[国國]{_GAP}(?P<roc>[0-9０-９]{{2,3}}|[一二三四五六七八九十百零〇]{{2,6}}))"
    rf"{_GAP}(?:年{_GAP}(?P<m>[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,2}}){_GAP}月"
    rf"{_GAP}(?P<d>[0-9０-９]{{1,2}}|[一二三四五六七八九十廿卅]{{1,3}}){_GAP}[日号]"
    r"|(?P<sep>[-./－．／])(?P<m2>[0-9]{1,2})(?P=sep)(?P<d2>[0-9]{1,2})(?![0-9]|[.-][0-9]))"
)


def days(text: str) -> Iterator[Day]:
    """Calendar dates in all usual forms: 2026年3月1日, 二〇二六年三月一日, 2026-03-01, 2026/3/1, 民国115年3月1日.

    The last is a year of the Republic (Taiwan).
    """
    for match in _DATE.finditer(text):
        year, month, day = (integer(match[a] or match[b]) for a, b in (("y", "roc"), ("m", "m2"), ("d", "d2")))
        try:
            value = date((year or 0) + (_OF_REPUBLIC if match["roc"] else 0), month or 0, day or 0)
        except ValueError:
            value = None
        yield Day(match.start(), match.end(), value)
