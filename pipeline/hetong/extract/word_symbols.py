"""Characters of the symbol fonts that Word documents use for boxes, ticks and bullets, as Unicode.

Word stores them as codes of a font (w:sym, or private-use characters in a run set in Wingdings); without the font
they are nothing. Read from the fonts' own tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

BULLET: Final = "•"
_CIRCLED: Final = {0x80: "⓪", **{0x81 + i: chr(ord("①") + i) for i in range(10)}}
_FILLED: Final = {0x8B: "⓿", **{0x8C + i: chr(ord("❶") + i) for i in range(10)}}
_WINGDINGS: Final = {
    0x20: " ", 0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x73: "◆", 0x74: "◆",
    0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "□",
    0xAB: "★", 0xB2: "◇", 0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **_CIRCLED, **_FILLED,
}  # fmt: skip
_WINGDINGS_2: Final = {
    0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "●", 0x97: "●", 0x98: "●",
    0x99: "○", 0x9A: "○", 0x9D: "◉", 0x9E: "◉", 0x9F: "■", 0xA0: "■", 0xA1: "■", 0xA2: "■", 0xA3: "□", 0xA4: "□",
    0xA5: "□", 0xA6: "□",
    **{0x69 + i: c for i, c in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x74 + i: c for i, c in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_SYMBOL: Final = {
    0x20: " ", 0x25: "%", 0x2B: "+", 0x3C: "<", 0x3D: "=", 0x3E: ">", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ",
    0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x66: "φ", 0x71: "θ", 0x77: "ω",
    0xA3: "≤", 0xA5: "∞", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: BULLET, 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    0xD7: "·", 0xE5: "∑", 0xF0: "→", 0xAE: "→", 0x7E: "~",
    **{ord(c): c for c in "0123456789()[]{}.,:;/-"},
}  # fmt: skip
_FONTS: Final[Mapping[str, Mapping[int, str]]] = MappingProxyType(
    {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
)


def is_symbol_font(font: str) -> bool:
    """Whether the characters of a font are pictures, so that their codes say nothing without it."""
    return font.lower() in _FONTS


def symbol(code: int, font: str) -> str:
    """The character that a code of a symbol font shows, or "" when it is not known.

    Args:
        code: the code, 0x20 to 0xFF, or the same in the private-use area from U+F000.
        font: the font's name; private-use codes in any other font are read as Wingdings, the usual stand-in.
    """
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if low == code and not is_symbol_font(font):
        return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""
    return _FONTS.get(font.lower(), _WINGDINGS).get(low, "")


def bullet(text: str, font: str) -> str:
    """The sign of a bulleted list as printed; BULLET when it is not known, ○ for the letter o that stands for it."""
    if font.lower() == "courier new" and text.strip() == "o":
        return "○"
    shown = [symbol(ord(c), font) for c in text.strip()]
    return "".join(shown) if all(shown) else BULLET
