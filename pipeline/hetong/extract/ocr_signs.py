"""Signs that recognition writes in the wrong width or shape, put right where their neighbours leave no doubt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

_HAN: Final = r"[\u3400-\u9fff\uff0c\u3002\u3001\uff1b\uff1a\u300b\u201d）]"
_WIDE: Final = dict(zip("(),:;?!", "（），：；？！", strict=True))
_NARROW: Final = {wide: narrow for narrow, wide in _WIDE.items()}
_BEHIND_HAN: Final = re.compile(rf"(?<={_HAN})[,:;?!]|(?<=[％%0-9A-Za-z])[;?!]$")
_STOP_BEHIND_HAN: Final = re.compile(rf"(?<={_HAN})[.．]$")
_THOUSANDS: Final = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])")
_DASH: Final = re.compile(r"(?<=[0-9A-Za-z#%℃年月日时点])一(?=[0-9A-Za-z#])")
_LABEL: Final = re.compile(
    r"第\s*[0-9〇零一二三四五六七八九十百]{1,6}\s*[编章节条款]|附[件表录图]\s*[0-9一二三四五六七八九十]{0,3}"
    r"|[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}(?![0-9.%])"
)
_LAST_COMMA: Final = re.compile(r"(?<=[0-9A-Za-z]),$")
_FIRST_BRACKET: Final = re.compile(r"^[(（]([^()（）]{0,60})([)）]?)")
_LAST_BRACKET: Final = re.compile(r"([(（]?)([^()（）]{0,60})[)）]$")
_WHITE: Final = 0.35  # em of white beside a sign that is as wide as a Chinese character
_WHITE_IN_CHINESE: Final = 0.2  # with Chinese on both sides, where it is seldom narrow


def is_wide(character: str) -> bool:
    """Whether a character is as wide as high."""
    return unicodedata.east_asian_width(character) in "WF"


def label_end(glyphs: Sequence[str]) -> int:
    """The index of the character behind the number or label (第八条, 附件一, 3.2) that opens a line; 0 if none."""
    found = _LABEL.match("".join(glyph.strip() for glyph in glyphs))
    return found.end() if found and found.end() < len(glyphs) else 0


def sized(glyphs: Sequence[str], white: Callable[[int, int], float]) -> list[str]:
    """The characters with brackets, commas and colons as wide as they are printed, where a neighbour tells.

    Args:
        glyphs: the recognised characters; recognition mixes the widths up.
        white: the white (em) between the character at an index and the one before it, and which of them is the sign.
    """
    texts = list(glyphs)
    for i, glyph in enumerate(glyphs):
        sign = _NARROW.get(glyph.strip(), glyph.strip())
        opens = sign == "("
        if sign in _WIDE and (i if opens else i + 1 < len(glyphs)):
            chinese = 0 < i < len(glyphs) - 1 and all(is_wide(glyphs[j].strip()[:1] or " ") for j in (i - 1, i + 1))
            enough = _WHITE_IN_CHINESE if chinese else _WHITE
            texts[i] = _WIDE[sign] if white(i if opens else i + 1, i) > enough else sign
    return texts


def written(glyphs: Sequence[str], spaced: int = 0) -> tuple[str, list[tuple[int, int]]]:
    """The text that recognised characters make, and where each begins in it: (position, index of the glyph).

    A glyph may bring the space before it with it; next to Chinese there is none, but before the glyph `spaced`.
    """
    parts: list[str] = []
    kept: list[tuple[int, int]] = []
    length = 0
    for i, glyph in enumerate(glyphs):
        character = glyph.strip() or glyph
        latin = glyph != character and parts and parts[-1].isascii() and character.isascii()
        if latin or (i and i == spaced):
            parts.append(" ")
            length += 1
        kept.append((length, i))
        parts.append(character)
        length += len(character)
    return put_right("".join(parts)), kept


def put_right(text: str) -> str:
    """The text with signs as wide as Chinese sets them where their neighbours leave no doubt; of the same length."""
    text = _THOUSANDS.sub(lambda m: m[0].replace("，", ","), text)
    text = _FIRST_BRACKET.sub(lambda m: _like_partner(m[0][0], m[2], m[1]) + m[0][1:], text)
    text = _LAST_BRACKET.sub(lambda m: m[0][:-1] + _like_partner(m[0][-1], m[1], m[2]), text)
    text = _BEHIND_HAN.sub(lambda m: _WIDE[m[0]], text)
    if any(is_wide(c) for c in text):
        text = _LAST_COMMA.sub("，", text)
    return _DASH.sub("—", _STOP_BEHIND_HAN.sub("。", text))


def _like_partner(bracket: str, partner: str, inside: str) -> str:
    """A bracket at the end of a line, as wide as its partner; without one, wide beside Chinese."""
    narrow = _NARROW.get(bracket, bracket)
    wide = partner in _NARROW if partner else any(is_wide(c) for c in inside)
    return _WIDE[narrow] if wide else narrow
