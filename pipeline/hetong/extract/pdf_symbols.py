"""Characters of symbol fonts in a PDF: boxes, ticks and bullets as the Unicode characters that they show.

A code of Wingdings comes as a private-use character, or as the letter that has the same code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ctypes import c_char, c_int
from typing import Final

import pypdfium2.raw as pdfium_c

from hetong.extract.word_symbols import is_symbol_font, symbol

# Private use; and single characters that are a box, a tick or a bullet in one of the fonts
_CANDIDATE: Final = re.compile("[\ue000-\uf8ff]|(?<![!-~])[OPQRSTlmnopqrtuvx\xa1-\xa8\xd8\xfb-\xfe](?![!-~])")
_REPLACED: Final = "\ufffd"
_PRIVATE: Final = 0xF000  # codes of symbol fonts begin there
_LIKE_WINGDINGS: Final = re.compile("symbol|dings")  # OpenSymbol and its kin keep the codes of Wingdings
_NAMES: Final = {"wingdings2": "wingdings 2", "symbolmt": "symbol", "wingdings": "wingdings"}


def with_symbols(text: str, font_at: Callable[[int], str]) -> str:
    """The text with the characters of symbol fonts as what they show, one for one; unknown ones as U+FFFD.

    Args:
        text: the text of a page.
        font_at: the name of the font of the character at a position.
    """
    shown = {match.start(): _shown(match[0], font_at(match.start())) for match in _CANDIDATE.finditer(text)}
    changed = {i: c for i, c in shown.items() if c != text[i]}
    return "".join(changed.get(i, c) for i, c in enumerate(text)) if changed else text


def _shown(character: str, font: str) -> str:
    """What one character shows; without a symbol font a letter is a letter, and private use means nothing."""
    private = "\ue000" <= character <= "\uf8ff"
    if is_symbol_font(font):
        return symbol(ord(character) | _PRIVATE, font) or _REPLACED
    if not private:
        return character
    return symbol(ord(character), font) if _LIKE_WINGDINGS.search(font) and character >= "\uf000" else _REPLACED


def font_name(textpage: object, index: int) -> str:
    """The name of the font of a character, as the symbol tables have it: ABCDEF+Wingdings2 is wingdings 2."""
    room, flags = (c_char * 64)(), c_int()
    pdfium_c.FPDFText_GetFontInfo(textpage, index, room, len(room), flags)
    name = room.value.decode("latin-1").rpartition("+")[2].lower().removesuffix("-regular").replace(" ", "")
    return _NAMES.get(name, name)
