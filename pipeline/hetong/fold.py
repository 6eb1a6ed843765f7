"""One-to-one folding of characters, so that patterns match every way of writing while offsets never move.

Full-width digits and letters become ASCII; ASCII brackets, colons, semicolons become the Chinese ones that the
patterns use; Kangxi radicals and compatibility ideographs (⼀ ⽅ ⾦, which some PDF fonts carry) become the ordinary
characters; Traditional characters become the simplified ones, and words that only Traditional text uses those of the
mainland (契約 is 合同); Greek and Cyrillic letters that look like Latin ones become these; 二O二六 becomes 二〇二六.
Not NFKC: it changes lengths (㈠ becomes three characters) and would move every offset behind it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
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

# Letters of other scripts, and the Latin ones that nobody can tell from them (Unicode Technical Standard 39)
LOOK_ALIKES: Final = dict(
    zip(
        "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοАВЕЅІЈКМНОРСТУХаеѕіјорсух",
        "ABEZHIKMNOPTYXoABESIJKMHOPCTYXaesijopcyx",
        strict=True,
    )
)

# Words of Hong Kong, Taiwan and Macau in the length of the mainland's word. Nearly all
# have a character that simplified text does not have; the others are spellings that it does not use either.
_WORDS: Final = {
    "合約": "合同", "契約": "合同", "價金": "价款", "品質": "质量", "資訊": "信息", "軟體": "软件", "硬體": "硬件",
    "網路": "网络", "專案": "项目", "答覆": "答复", "回覆": "回复", "批覆": "批复", "函覆": "函复", "反覆": "反复",
    "傢俱": "家具", "著": "着",
    "工作天": "工作日", "保固": "质保", "智慧財產": "知识产权", "頭期款": "首期款", "估驗款": "进度款", "稅捐": "税费",
}  # fmt: skip
_NOT_IN: Final = {  # words within which these stand for something else: 符合約定, 產品質量, 著作權
    "合約": "合(?<!符合)約(?!定)",
    "品質": "品(?<![產商]品)質(?!量)",
    "著": "著(?<![顯显名編编論论土卓昭原專专譯译合巨遗遺]著)(?![作名述者錄录書书稱称])",
}
_WORD: Final = re.compile("|".join(_NOT_IN.get(word, word) for word in _WORDS))
# A zero or a one that was typed as something of its shape: 二O二六年, 二0二六年, 1OO元, 第—条, 第ー条
_ZERO: Final = re.compile("([一二三四五六七八九])[O0○]{1,2}(?=[一二三四五六七八九年])")
_NOUGHT: Final = re.compile("(?<![A-Za-z0-9])[0-9][0-9,.O]{0,15}O[0-9,.O]{0,15}(?=[元万亿%])")
_ONE: Final = re.compile("第[ー—–](?=[章节条款项])")


def _traditional() -> dict[int, str]:
    """Traditional characters → simplified ones; see `pipeline/make_traditional.py`."""
    lines = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8").splitlines()
    pairs = "".join(line for line in lines if not line.startswith("#"))
    return dict(zip(map(ord, pairs[::2]), pairs[1::2], strict=True))


TRADITIONAL: Final = _traditional()


def _table() -> dict[int, str]:
    """Our own pairs, Traditional characters, look-alikes, radicals, and the one-character decompositions of such."""
    own = _ONE_TO_ONE | LOOK_ALIKES | dict(zip(_RADICALS, _IDEOGRAPHS, strict=True))
    table = {ord(a): TRADITIONAL.get(ord(b), b) for a, b in own.items()} | TRADITIONAL
    for first, last in ((0x2E80, 0x2FD5), (0xF900, 0xFAFF), (0x2F800, 0x2FA1D)):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = table.get(ord(plain), plain)
    return table


_FOLDED: Final = _table()


def fold(text: str) -> str:
    """The text in canonical characters, of exactly the same length.

    The stages fold the same contract one after the other; the last two long texts are remembered.
    """
    return _folded(text) if len(text) < LONG else _remembered(text)


@lru_cache(maxsize=2)
def _remembered(text: str) -> str:
    return _folded(text)


def _folded(text: str) -> str:
    folded = _WORD.sub(lambda word: _WORDS[word[0]], text).translate(_FOLDED)
    folded = _ONE.sub("第一", _ZERO.sub(lambda found: found[1] + "〇" * (len(found[0]) - 1), folded))
    return _NOUGHT.sub(lambda found: found[0].replace("O", "0"), folded) if "O" in folded else folded
