"""What the bytes of a Word 97 file (.doc, [MS-DOC]) or of an RTF file say that LibreOffice does not hand on."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final

from hetong.extract.formats import OLE

_FIB: Final = b"\xec\xa5"  # 2.5.2: the mark of the file information block, at the start of a sector
_ENCRYPTED: Final = 0x01  # fEncrypted, in the byte at 0x0B of the block
# 2.9.150, LVLF: iStartAt (4 bytes), nfc (0: decimal digits), flags, then the places of the counters in the number's
# text: 1, 3, 5 … in a chain with one character between them, as in 2.1 or 2.1.3
_LEVEL: Final = re.compile(rb"[\x00-\xff][\x00-\x7f]\x00\x00\x00([\x00-\xff])\x01\x03((?:\x05(?:\x07)?)?)\x00{5,7}")
# The same in RTF 1.9.1, "List Table": \'03\'00.\'01 is a text of three characters with counters at its ends
_RTF_LEVEL: Final = re.compile(
    rb"\\levelnfc0(?![0-9])([^{}]{0,400})\{\\leveltext(?:\\leveltemplateid-?[0-9]{1,12})?\s?\\'0([357])\\'00\.\\'01"
)
_RTF_LEGAL: Final = re.compile(rb"\\levellegal(?!0)")
_FREE: Final = 0xFFFFFFFF  # a sector that is not used
_LEGAL: Final = 0x04  # fLegal: all counters in decimal digits (Word: 正规形式编号)


def is_encrypted(data: bytes) -> bool:
    """Whether a password is needed to open a Word 97 file."""
    fib = next((at for at in range(0, len(data) - 12, 512) if data[at : at + 2] == _FIB), None)
    return fib is not None and bool(data[fib + 11] & _ENCRYPTED)


def is_cut(data: bytes) -> bool:
    """Whether a compound file lacks its end: sectors that its tables call used lie behind it ([MS-CFB] 2.3, 2.5).

    LibreOffice reads what is left of such a file and says nothing.
    """
    sector = 1 << min(int.from_bytes(data[30:32], "little"), 12)
    tables = struct.unpack_from("<109I", data.ljust(512, b"\0"), 76)
    count = min(int.from_bytes(data[44:48], "little"), len(tables))
    last = -1
    for number, table in enumerate(tables[:count]):
        start = (table + 1) * sector
        if len(data) < start + sector:
            return True
        entries = struct.unpack_from(f"<{sector // 4}I", data, start)
        used = [index for index, entry in enumerate(entries) if entry != _FREE]
        last = number * (sector // 4) + used[-1] if used else last
    return len(data) <= (last + 1) * sector  # the last sector itself may be short


def legal_depths(data: bytes) -> set[int]:
    """How many counters those chained numbers have (2.1 has two) that print all of them in decimal digits.

    Levels are known by their shape, so a depth counts only when no level of its shape says otherwise.
    """
    legal: dict[int, bool] = {}
    for depth, is_legal in _levels(data):
        legal[depth] = legal.get(depth, True) and is_legal
    return {depth for depth, is_legal in legal.items() if is_legal}


def _levels(data: bytes) -> Iterator[tuple[int, bool]]:
    """The depth of each level with chained counters and decimal digits, and whether it has all of them in digits."""
    if data.startswith(OLE):
        for match in _LEVEL.finditer(data):
            yield 2 + len(match[2]), bool(match[1][0] & _LEGAL)
    elif data.startswith(b"{\\rtf"):
        for match in _RTF_LEVEL.finditer(data):
            yield (int(match[2]) + 1) // 2, _RTF_LEGAL.search(match[1]) is not None
