"""DOC016 and DOC017: numbers whose last digit is computed from the others, and does not fit.

Social credit codes follow GB 32100-2015 (modulus 31), numbers of identity cards GB 11643-1999 (modulus 11-2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from hetong.document import Span
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import Rule

CREDIT: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
LENGTH: Final = 18
_MASK: Final = "*×●○_xX…·-?#"
_CODE: Final = re.compile(
    r"信用代码(?P<label>[^：\n0-9A-Za-z]{0,12}?)[：为\s]{0,6}(?P<code>[0-9A-Z](?:[ -]?[0-9A-Za-z]){7,29})"
)
_ID: Final = re.compile(
    r"(?:身份证|公民身份)(?:件)?[^：\n0-9]{0,8}?[：为\s]{0,6}(?P<code>[0-9](?:[ -]?[0-9]){10,24}[Xx]?)"
)
# Numbers that share a field with the credit code and have a length of their own
_OTHER_NUMBER: Final = re.compile("注册号|税号|识别号|机构代码|身份证|证件|/")
_HIDDEN: Final = re.compile(r"[Xx]{2}|(?P<same>[0-9])(?P=same){7}")


def credit_codes(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each social credit code of another length, with a letter that is never used, or a wrong last digit."""
    if "信用代码" not in view.text:
        return
    for match in _CODE.finditer(view.text):
        code, place = _whole(match)
        if not _OTHER_NUMBER.search(match["label"]) and not _masked(view.text, code, place) and _is_wrong(match, code):
            values = {"code": code, "length": str(len(code)), "expected": credit_digit(code) or "—"}
            yield Hit(place, (place,), values=values)


def id_numbers(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each number of an identity card with an impossible birthday, a wrong length or a wrong last digit.

    Old numbers of 15 digits have no such digit.
    """
    if "身份" not in view.text:
        return
    for match in _ID.finditer(view.text):
        code, place = _whole(match)
        if _masked(view.text, code, place) or len(code) == 15 or ("\n" in match[0] and len(code) != LENGTH):
            continue
        if len(code) != LENGTH or not _has_birthday(code) or id_digit(code) != code[-1]:
            yield Hit(place, (place,), values={"length": str(len(code)), "expected": id_digit(code) or "—"})


def credit_digit(code: str) -> str:
    """The last digit that the first 17 of a social credit code ask for, "" when they are none."""
    first = code[: LENGTH - 1]
    if len(code) != LENGTH or any(c not in CREDIT for c in first):
        return ""
    total = sum(CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(first))
    return CREDIT[-total % 31]


def id_digit(code: str) -> str:
    """The last digit that the first 17 of an identity number ask for, "" when they are none."""
    first = code[: LENGTH - 1]
    if len(code) != LENGTH or not first.isdecimal():
        return ""
    return "10X98765432"[sum(int(c) * pow(2, LENGTH - 1 - i, 11) for i, c in enumerate(first)) % 11]


def _whole(match: re.Match[str]) -> tuple[str, Span]:
    """The code without the spaces that group it, and its place; what follows a code behind a space is no part of it."""
    printed = match["code"]
    joined = re.sub("[ -]", "", printed)
    if len(joined) != LENGTH:
        printed = joined = re.split("[ -]", printed)[0]
    return joined.upper(), Span(match.start("code"), match.start("code") + len(printed))


def _masked(text: str, code: str, place: Span) -> bool:
    """Whether parts of the number are hidden or it stands for one that is to come."""
    behind = text[place.end : place.end + 1]
    return _HIDDEN.search(code) is not None or (behind != "" and behind in _MASK)


def _is_wrong(match: re.Match[str], code: str) -> bool:
    """Whether it is a credit code that cannot be; numbers of other kinds in its place are not judged."""
    if len(code) != LENGTH:
        return 14 <= len(code) <= 22 and "\n" not in match[0]
    return credit_digit(code) != code[-1]


def _has_birthday(code: str) -> bool:
    try:
        return date(int(code[6:10]), int(code[10:12]), int(code[12:14])).year >= 1900
    except ValueError:
        return False
