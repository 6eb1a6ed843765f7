"""Turns the bytes of a text file into text, whatever encoding it was saved in."""

from __future__ import annotations

import codecs
from typing import Final

from hetong.errors import FileError

MAX_TEXT: Final = 20  # MB; a contract of a thousand pages has two
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with the mark of UTF-16, so it goes first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OTHER_FILES: Final = (b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")
_CONTROLS: Final = bytes(c for c in range(0x20) if c not in b"\t\n\v\f\r\x1a\x1b")
_COMMON: Final = frozenset("，。、：；（）《》“”的一二三四五六不在有和及为為合同方甲乙本规規定约約第条條款日年月人应應")
_SAMPLE: Final = 100_000  # characters by which an encoding is judged
_BROKEN: Final = "\ufffd"
_RARE: Final = 200  # one control character among so many is a slip, or hides something; more are no text


def decode(data: bytes, path: str) -> tuple[str, int]:
    """The text of a file and the number of its characters that are broken (shown as �).

    A byte order mark decides; then UTF-16 without one, where zero bytes show it; then UTF-8, then the more plausible
    of GB18030 and Big5, then charset-normalizer.
    A text with a few broken bytes (cut off, or badly copied) is still read.

    Raises:
        FileError: the bytes are no text, or too many.
    """
    if len(data) > MAX_TEXT * 2**20:
        raise FileError(path, "too-large", size=len(data) >> 20, limit=MAX_TEXT)
    text = _with_mark(data)
    if text is None:
        wide = _utf16(data) if b"\0" in data else None
        if wide is not None:
            return wide, 0
        _refuse_binary(data, path)
        text = _utf8(data) or _chinese(data) or _guessed(data)
    if text is None or text.count("\0") * _RARE > len(text):
        raise FileError(path, "not-text")
    return text, text.count(_BROKEN)


def _with_mark(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return None


def _refuse_binary(data: bytes, path: str) -> None:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if data.startswith(_OTHER_FILES) or controls * _RARE > len(data):
        raise FileError(path, "not-text")


def _utf16(data: bytes) -> str | None:
    """The bytes as UTF-16 without a mark, in the byte order that gives a text in Chinese or Latin letters."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        if sum(map(_is_usual, sample)) * 20 >= len(sample) * 19:
            return text
    return None


def _is_usual(character: str) -> bool:
    """Whether Chinese contracts hold such a character: ASCII, Chinese characters, full-width letters and signs."""
    return (
        character in "\t\r\n" or " " <= character <= "~" or "\u2000" <= character <= "\u9fff" or character >= "\uff00"
    )


def _utf8(data: bytes) -> str | None:
    """The bytes as UTF-8; with broken characters only when nearly all the others are good."""
    text = data.decode("utf-8", "replace")
    return text if _is_mostly_good(text) else None


def _chinese(data: bytes) -> str | None:
    """The bytes in a Chinese double-byte encoding, the one that gives more of the characters contracts are full of."""
    texts = [data.decode(encoding, "replace") for encoding in ("gb18030", "big5hkscs")]
    good = [text for text in texts if _is_mostly_good(text)]
    best = max(good, key=lambda text: sum(c in _COMMON for c in text), default=None)
    return best if best is not None and any(c in _COMMON for c in best) else None


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else str(best)


def _is_mostly_good(text: str) -> bool:
    """Whether at most one in twenty of the characters that are not ASCII is broken."""
    broken = text.count(_BROKEN)
    return broken == 0 or broken * 20 <= sum(not c.isascii() for c in text)
