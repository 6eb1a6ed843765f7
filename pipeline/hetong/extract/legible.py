"""Whether the text of a page is text: characters without a meaning, and pages of which nothing can be made.

A font without a Unicode map, or with a wrong one, gives code after code that looks like characters. Each test below
asks for a share that real pages (Chinese, English, bilingual, full of figures or names) are far from; the shares of the
real pages that were looked at stand beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

# Private use, replacement, control, unassigned specials
_MEANINGLESS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufff0-\ufffd\uffff\U000f0000-\U0010ffff]")
_MOST_MEANINGLESS: Final = 0.3  # of all characters; real pages 0.00
_MOST_ACCENTED: Final = 0.3  # accented letters and signs of Latin-1 among all characters; real pages at most 0.10
_LEAST_COMMON: Final = 0.8  # common ideographs among all; real pages at least 0.97
_SURELY: Final = 0.3  # the most frequent ideographs among all characters: text beyond doubt
_LEAST_FREQUENT: Final = 0.15  # the most frequent ideographs among all; real pages at least 0.37
_LEAST_VOWELS, _MANY_VOWELS = 0.2, 0.28  # vowels among Latin letters; real English pages at least 0.34
_MOST_SIGNS, _MANY_SIGNS = 0.4, 0.08  # signs that are rare in text; real pages at most 0.19
_MOST_LETTERS: Final = 0.6  # more are words, not part numbers
_SHORT, _IDEOGRAPHS, _CHARACTERS = 20, 50, 150  # so many there must be to judge by them
_IDEOGRAPH: Final = re.compile("[\u3400-\u9fff]")
_ACCENTED: Final = re.compile("[\xa1-\xb6\xb8-\u024f]")
_LETTER: Final = re.compile("[A-Za-z]")
_SIGN: Final = re.compile(r"""[!"#$&'*+;<=>?@\[\\\]^`{|}~]""")
_REPEATED: Final = re.compile(r"(.)\1{2,}")

# The 300 most frequent ideographs of our contracts: three quarters of all that stands in them
_FREQUENT: Final = frozenset(
    "方的日不一人乙甲合内工同期用付第费月后十每条在三年时和以为应由件保分收提按有交元二签金作可单款行价务"
    "理发到本证计定双货出地天前之自设公个电员于面供次成约号五过得通并书租装法部生数经上机中验业承责权管与"
    "包四品备起及运章量限对任服开或知报议标表商场支格超项两所代资程效额间协修附小明下安水清其产物份准要告"
    "市名料全接车外算文位至加结调当司检违房质户度担未负除利万解点订民台转规办六总目完会卖实区大改整无进补"
    "止动平门意专字退向受指式事使委损各因等系主更具院盖买税制给施国能试复偿列核图者赔据须技满信终照另他处"
    "现七变查求增托术厂米认需家扣账息八入路裁关换百续送址达率还延记建请批值停配已失原票少写维派新组取重营"
)


def meaningless(characters: str) -> int:
    """How many characters have no meaning of their own."""
    if characters.isprintable() and "\ufffd" not in characters:
        return 0
    return len(_MEANINGLESS.findall(characters))


def is_legible(characters: str) -> bool:
    """Whether the characters of a page, without white space, are text that a person could have meant."""
    if meaningless(characters) > _MOST_MEANINGLESS * len(characters):
        return False
    frequent = sum(n for c, n in Counter(characters).items() if c in _FREQUENT)
    if frequent > _SURELY * len(characters):
        return True
    words = _REPEATED.sub(r"\1", characters)  # blanks and rulings drawn with characters
    accented = len(_ACCENTED.findall(words)) > _MOST_ACCENTED * len(words) and len(words) > _SHORT
    return not (accented or _are_random(_IDEOGRAPH.findall(words)) or _are_shifted(words))


def _are_random(ideographs: list[str]) -> bool:
    """Whether ideographs are rare ones, or none of those that every text has."""
    total = len(ideographs)
    if total < _IDEOGRAPHS:
        return False
    frequent = sum(c in _FREQUENT for c in ideographs)
    common = sum(c in _common() for c in ideographs)
    return frequent < _LEAST_FREQUENT * total or common < _LEAST_COMMON * total


def _are_shifted(words: str) -> bool:
    """Whether Latin letters have no vowels, or signs take the place of words: codes of glyphs read as characters."""
    letters, signs = _LETTER.findall(words), len(_SIGN.findall(words))
    if len(words) < _CHARACTERS or 10 * len(_IDEOGRAPH.findall(words)) > len(words):
        return False
    vowels = sum(c in "aeiouAEIOU" for c in letters)
    return (
        signs > _MOST_SIGNS * len(words)
        or (signs > _MANY_SIGNS * len(words) and vowels < _MANY_VOWELS * len(letters))
        or (len(letters) > _MOST_LETTERS * len(words) and vowels < _LEAST_VOWELS * len(letters))
    )


@cache
def _common() -> frozenset[str]:
    """The common ideographs by the standards: level 1 of GB 2312 (simplified) and of Big5 (traditional)."""
    simplified = bytes(b for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for b in (row, cell))
    cells = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    traditional = bytes(b for row in range(0xA4, 0xC7) for cell in cells for b in (row, cell))
    return frozenset(simplified.decode("gb2312", "ignore") + traditional.decode("big5", "ignore"))
