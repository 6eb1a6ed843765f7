"""Says of a contract under the law of Hong Kong, Macau or Taiwan that the laws cited in findings are the mainland's."""

from __future__ import annotations

import re
from typing import Final

from hetong.document import Contract, Problem
from hetong.fold import TRADITIONAL, fold

_AREA: Final = "(?P<area>香港|澳门|台湾|中华民国)"
_STATED: Final = re.compile(
    rf"(?:适用|遵循|遵照|依照|依据|按照|根据|受|以)[^。；\n]{{0,16}}{_AREA}(?:特别行政区|地区)?(?:现行|有关|相关|之|的)*"
    r"(?:法律|法例|法令|法规|民法)(?![^，。；\n]{0,6}(?:成立|设立|注册|登记|组建|组成))"
)
_EXCLUDED: Final = re.compile("不包括|不包含|不含|不适用|除外|之外|以外|中国大陆(?!以外)|冲突")
_OWN_LAW: Final = re.compile("中华人民共和国(?!香港|澳门|台湾)(?:大陆)?(?:现行|有关|相关|之|的)*法")
_PARTY: Final = re.compile(
    "(?P<hk>香港|港币|港元|HK\\$|商业登记)|(?P<macau>澳门)|(?P<taiwan>台湾|新台币|NT\\$|统一编号|民国\\s{0,2}[0-9一-十]{1,4}\\s{0,2}年)"
)
_NAMES: Final = {"hk": "香港", "macau": "澳门", "taiwan": "台湾", "中华民国": "台湾"}
_ENGLISH: Final = {"香港": "Hong Kong", "澳门": "Macau", "台湾": "Taiwan"}
_SHARE: Final = 0.1  # of the Chinese characters; Traditional text has about 0.35, simplified text none
_HAN: Final = re.compile("[一-鿿]")


def law_elsewhere(contract: Contract) -> Problem | None:
    """A problem of a contract that states another law than the mainland's, or that is written as only others are.

    That is in Traditional characters, with names, money or numbers of one of the three areas, and without a word of
    the mainland's law.
    """
    text = fold(contract.text)
    area = _stated(text) or _implied(contract.text, text)
    return Problem("flag", "law-elsewhere", values=(("area", area), ("place", _ENGLISH[area]))) if area else None


def _stated(text: str) -> str:
    """The area whose law the contract says it is under."""
    for match in _STATED.finditer(text):
        start, end = (text.rfind("。", 0, match.start()) + 1, text.find("。", match.end()))
        sentence = text[max(start, match.start() - 120) : end if end >= 0 else match.end() + 120]
        if not (_EXCLUDED.search(sentence) or _OWN_LAW.search(sentence)):
            return _NAMES.get(match["area"], match["area"])
    return ""


def _implied(written: str, text: str) -> str:
    """The area that a text in Traditional characters seems to be of."""
    traditional = sum(ord(character) in TRADITIONAL for character in written)
    if not traditional or traditional < _SHARE * len(_HAN.findall(written)) or _OWN_LAW.search(text):
        return ""
    match = _PARTY.search(text)
    return _NAMES[match.lastgroup] if match and match.lastgroup else ""
