"""Writes pipeline/hetong/traditional.txt, the pairs of Traditional and simplified characters that `hetong.fold` uses.

    pip install opencc
    python pipeline/make_traditional.py

The pairs are those of OpenCC's own conversions of single characters (Hong Kong, Taiwan and OpenCC standard to
simplified), https://github.com/BYVoid/OpenCC, Apache-2.0. Kept are pairs of one character each whose simplified one is
among the 6,763 of GB 2312, and whose Traditional one is not: a character that simplified text uses itself (著作权,
藉, 台) has to stay what it is. Seven characters of GB 2312 that contracts in simplified characters do not use are
folded all the same, and two pairs are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).parent / "hetong" / "traditional.txt"
CONVERSIONS: Final = ("t2s", "hk2s", "tw2s")
HAN: Final = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x30000))
IN_GB2312_TOO: Final = "乾夥後徵於菸捱"  # 乾燥 合夥 之後 徵收 於 吸菸 捱; in simplified text at most in names
OURS: Final = {"帳": "账", "瞭": "了"}  # 帳戶 is written 账户 in the mainland; 瞭解
PER_LINE: Final = 50
NOTE: Final = """\
# Traditional characters and the simplified ones of the same meaning, in pairs; written by pipeline/make_traditional.py.
# Derived from the dictionaries of OpenCC (https://github.com/BYVoid/OpenCC), Copyright Carbo Kuo and the contributors,
# licensed under the Apache License, Version 2.0 (https://www.apache.org/licenses/LICENSE-2.0); selected and reordered.
"""


def pairs() -> Iterator[tuple[str, str]]:
    """(Traditional, simplified), one character each, in the order of Unicode."""
    from opencc import OpenCC

    conversions = [OpenCC(name) for name in CONVERSIONS]
    for character in (chr(code) for first, end in HAN for code in range(first, end)):
        found = (OURS.get(character) or conversion.convert(character) for conversion in conversions)
        simplified = next((other for other in found if other != character), character)
        folds = not _in_gb2312(character) or character in IN_GB2312_TOO
        if folds and simplified != character and len(simplified) == 1 and _in_gb2312(simplified):
            yield character, simplified


def content() -> str:
    """The whole file."""
    found = ["".join(pair) for pair in pairs()]
    lines = ["".join(found[i : i + PER_LINE]) for i in range(0, len(found), PER_LINE)]
    return NOTE + "\n".join(lines) + "\n"


def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


if __name__ == "__main__":
    TARGET.write_text(content(), encoding="utf-8")
