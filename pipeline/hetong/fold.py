"""One-to-one folding of characters, so that patterns match every way of writing while offsets never move.

Full-width digits and letters become ASCII; ASCII brackets, colons, semicolons become the Chinese ones that the
patterns use; Kangxi radicals and compatibility ideographs (⼀ ⽅ ⾦, which some PDF fonts carry) become the ordinary
characters. Not NFKC: it changes lengths (㈠ becomes three characters) and would move every offset behind it.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_ONE_TO_ONE: Final = {
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0xFF01 + i) not in "，：；！？（）～"},
    **dict(zip("():;!?", "（）：；！？", strict=True)),
    "\u00a0": " ", "\u3000": " ", "\u2002": " ", "\u2003": " ", "\t": " ", "￥": "¥",
    "﹐": "，", "﹔": "；", "﹕": "：", "﹪": "%", "﹙": "（", "﹚": "）", "〔": "（", "〕": "）",
    "“": '"', "”": '"', "「": '"', "」": '"', "‘": "'", "’": "'",
}  # fmt: skip

# Radicals without a decomposition of their own (民 as ⺠, 页 as ⻚), and the ideographs they stand for: those of the
# basic plane in Unicode's EquivalentUnifiedIdeograph.txt
_RADICALS: Final = (
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻"
    "⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲"
)
_IDEOGRAPHS: Final = (
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺民氵氺灬爫爫丬牛犭王目示礻糹纟罓罒㓁冗羊耂肀聿"
    "肉艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀"
)

# What stands behind 方 where it ends no name of a party: 实施方案, 开发方式, 保管方法, 供货方面, 服务方针; not so in
# 卖方向买方, 委托方法定代表人
BEHIND_NO_PARTY: Final = (
    "案(?!件)|式|法(?![定人律院务])|面(?![临对积])|向(?=[的和与及、，。；：）\\s]|$)|便(?![可应须有能会将要])|针(?!对)"
)


LONG: Final = 400  # shorter ones are folded faster than they are found again, and would push out the contract


def _table() -> dict[int, str]:
    """Our own pairs, radicals, and the one-character decompositions of radicals and compatibility ideographs."""
    table = {ord(a): b for a, b in (*_ONE_TO_ONE.items(), *zip(_RADICALS, _IDEOGRAPHS, strict=True))}
    for first, last in ((0x2E80, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1D)):
        for code in range(first, last + 1):
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1 and folded != chr(code):
                table[code] = folded
    return table


FOLDED: Final = _table()  # for `str.translate`


def fold(text: str) -> str:
    """The text in canonical characters, of exactly the same length.

    The stages fold the same contract one after the other; the last two long texts are remembered.
    """
    return text.translate(FOLDED) if len(text) < LONG else _remembered(text)


@lru_cache(maxsize=2)
def _remembered(text: str) -> str:
    return text.translate(FOLDED)
