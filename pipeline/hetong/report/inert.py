"""Makes contract text harmless to look at: no control character, escape sequence or bidi override survives.

A terminal obeys ESC and the C1 controls, and bidi overrides make a line read other than it is written (Unicode
TR 36, section 3.1), so each is replaced by a visible placeholder of its own.
"""

from __future__ import annotations

import re
from typing import Final

_CONTROLS: Final = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "␡"}
_CODES: Final = [*range(0x80, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_NAMED: Final = {code: f"⟦U+{code:04X}⟧" for code in _CODES}
_LINE: Final = {ord(c): " " for c in "\t\n\r\v\f"}
_ONE_LINE: Final = _CONTROLS | _NAMED | _LINE
_MANY_LINES: Final = {code: word for code, word in (_CONTROLS | _NAMED).items() if chr(code) not in "\t\n"}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def one_line(text: str) -> str:
    """Text for one line of a terminal: line breaks and tabs become spaces, other controls visible placeholders."""
    return _SURROGATE.sub("\ufffd", text.translate(_ONE_LINE))


def many_lines(text: str) -> str:
    """Text for a page: line breaks and tabs stay, other controls become visible placeholders."""
    return _SURROGATE.sub("\ufffd", text.translate(_MANY_LINES))
