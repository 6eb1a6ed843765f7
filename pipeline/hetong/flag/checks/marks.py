"""The printed number of a clause read back: its style and its ordinals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from hetong.fold import fold
from hetong.numerals import integer

_HAN: Final = "[〇零○一二三四五六七八九十百廿卅壹贰叁肆伍陆柒捌玖拾]{1,7}"
_PRINTED: Final = re.compile(
    rf"第\s{{0,3}}(?P<unit>{_HAN}|[0-9]{{1,4}})\s{{0,3}}(?P<of>编|部\s{{0,3}}分|篇|章|节|条|款|项)"
    r"|(?i:article|section|clause)\s{1,3}(?P<english>[IVXLC]{1,6}|[Ⅰ-Ⅻ]|[0-9]{1,3})"
    r"|(?P<dotted>[0-9]{1,3}(?:\.[0-9]{1,3}){1,5})"
    rf"|（\s?(?:(?P<b_han>{_HAN})|(?P<b_digits>[0-9]{{1,3}}))\s?）"
    rf"|(?:(?P<h_han>{_HAN})|(?P<h_digits>[0-9]{{1,3}}))\s?）"
    rf"|(?P<digits>[0-9]{{1,3}})|(?P<han>{_HAN})|(?P<circled>[①-⑳㉑-㉟㊱-㊿❶-❿])|(?P<roman>[Ⅰ-Ⅻ])"
)
_STYLES: Final = {
    "english": "条", "b_han": "（一）", "b_digits": "（1）", "h_han": "一）", "h_digits": "1）", "digits": "1.",
    "han": "一、", "circled": "①", "roman": "I.",
}  # fmt: skip


class Mark(NamedTuple):
    """A number: its style (条, 一、, （1）, 1.1) and its ordinals, several for a dotted one."""

    style: str
    ordinals: tuple[int, ...]

    @property
    def ordinal(self) -> int:
        """The last ordinal: 2 in 5.2, 5 in 第五条."""
        return self.ordinals[-1]


@lru_cache(maxsize=4096)
def mark_of(number: str) -> Mark | None:
    """The number of a clause as it is printed; None for letters, since an i may be a Roman one."""
    match = _PRINTED.fullmatch(fold(number).strip("#* 、.：，"))
    if match is None:
        return None
    if match["dotted"]:
        ordinals = tuple(int(part) for part in match["dotted"].split("."))
        return Mark("1" + ".1" * (len(ordinals) - 1), ordinals)
    group = str(match.lastgroup)
    if group == "of":
        return _mark("".join(match["of"].split()), match["unit"])
    return _mark(_STYLES[group], unicodedata.normalize("NFKC", match[group]))


def _mark(style: str, digits: str) -> Mark | None:
    ordinal = integer(digits)
    return Mark(style, (ordinal,)) if ordinal else None
