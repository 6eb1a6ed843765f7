"""The shapes that clause numbers have, and what shows that a number is none: a reference, a quantity, an enumeration.

All patterns are for folded text (`hetong.fold`).
"""

from __future__ import annotations

import re
from typing import Final

STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
BULLETS: Final = "●•◆◇►➢➤▪"
HAN: Final = "〇零○一二三四五六七八九十百廿卅壹贰叁肆伍陆柒捌玖拾"

_H = f"[{HAN}]"
# One pattern, so that a line is looked at once; a branch is known by its last group.
NUMBER: Final = re.compile(
    rf"""
    第\s?(?P<of_chapter>\d{{1,3}}(?:\.\d{{1,3}}){{1,3}})\s?[条款项]
    | 第\s{{0,3}}(?P<unit>{_H}{{1,7}}|\d{{1,4}})\s{{0,3}}(?P<of>编|部\s*分|篇|章|节|条|款|项)
    | (?P<article>(?i:article|section|chapter|clause|part))\s{{1,3}}(?P<english>[IVXLC]{{1,6}}|[Ⅰ-Ⅻ]|\d{{1,3}})(?!\w)
    | (?P<whole>\d{{1,2}})\.0(?=\s+[^\s%])
    | 条款\s?(?P<term>{_H}{{1,3}})(?=[\s：])
    | [专通]\s?(?P<conditions>\d{{1,3}}(?:\.\d{{1,3}}){{0,3}})(?![\d.])
    | (?P<bullet>[{BULLETS}])(?=\s*[^\s{BULLETS}])
    | (?P<dotted>\d{{1,3}}(?:\.\d{{1,3}}){{1,5}})(?!\d)
    | (?P<point>\d{{1,3}})(?P<separator>\s{{0,2}}[、.，,：])(?![\d、])
    | (?P<dated>\d{{1,2}})[.、](?=(?:19|20)\d\d\s?年)
    | (?P<counted>\d{{1,2}})、(?=\d)
    | （\s?(?:(?P<p_han>{_H}{{1,5}})|(?P<p_digits>\d{{1,3}})|(?P<p_letter>[A-Za-z]|[ivx]{{2,5}}|[IVX]{{2,5}}))\s?）
    | (?:(?P<h_han>{_H}{{1,4}})|(?P<h_digits>\d{{1,3}})|(?P<h_letter>[A-Za-z]|[ivx]{{2,5}}|[IVX]{{2,5}}))\s?）
    | (?P<mixed>{_H}{{1,3}}(?:\.\d{{1,2}}){{1,3}})(?=[\s、])
    | (?P<han>{_H}{{1,5}})(?P<han_separator>\s{{0,2}}[、.，：])
    | (?P<circled>[①-⑳㉑-㉟㊱-㊿❶-❿])|(?P<bracketed>[㈠-㈩])|(?P<ringed>[⑴-⒇])|(?P<stopped>[⒈-⒛])
    | [A-Z]\.?(?P<lettered>\d{{1,2}})(?=[\s、])
    | (?P<latin>[A-Za-z]|[ivx]{{2,5}}|[IVX]{{2,5}}|[Ⅰ-Ⅻⅰ-ⅻ])\s?[、.，](?![A-Za-z]\.)
    | (?P<numeral>[Ⅰ-Ⅻ])(?=\s)
    | (?:注|备注|附注|附记|备考)\s?(?P<note>\d{{0,2}})(?=[、.：\s])
    | (?P<capital>[A-Z])(?=\s+[\u4e00-\u9fff])
    | (?P<stem>[{STEMS}])(?=[、.]|\s{{1,4}}[^\s方])
    | (?P<bare>\d{{1,2}})(?=\s+[^\d\s.、，/%×x~-]|\s\d+(?:%|个|日|天|小时)|[\u4e00-\u9fff《"A-Z])
    | (?P<bare_han>{_H}{{1,3}})(?=\s+\S)
    """,
    re.VERBOSE,
)
_SYMBOLS = "".join(chr(c) for a, b in ("AZ", "az", "Ⅰⅻ", "①⒛", "㈠㈩", "㉑㊿", "❶❿") for c in range(ord(a), ord(b) + 1))
STARTS: Final = frozenset(HAN + STEMS + BULLETS + "第条专通（注附备0123456789" + _SYMBOLS)

# A reference, not a number: 第三条所述, 第三条、第四条, （二）项, 第二款的规定. 第七条项目管理 is none.
REFERENCE: Final = re.compile(
    r"\s?(?:所[述列规约指]|[规约]定[的，]|[的之](?!、)|[、，\-~—]\s?第|（[^（）]{1,4}）\s?[款项目]|项下)"
    r"|规定|约定|和|与|及|或|[至到]|等|为|第|条款|执行|办理|处理|内(?!容)|中(?![介标])|以(?![下外])|款(?!项)|项(?!目)"
    r"|目(?![的标])|[）》\";。；]"
)
BRACKET_REFERENCE: Final = re.compile(
    r"\s?(?:款(?!项)|项(?!目)|目(?![的标])|种(?![类植子苗])|条(?![款件例])|类(?![别型])|[、和及或至到~—-]\s?[（第\d]|[，。；）])"
)
# A quantity (1.2米), not a number; 1.2 元数据 is one.
UNIT: Final = re.compile(
    r"[AVWMG]\b|\s?(?:[%‰℃㎡㎜㎝㎞亿倍#]|万(?!能)|吨(?!位)|米|元(?![件素旦数])|折(?!旧)|寸|公里|公斤|千克|千米|毫米|厘米|平方"
    r"|kg\b|km\b|mm\b|cm\b|k?W\b)"
)
MEASURE: Final = re.compile(
    r"\s?(?:[%‰#]|小时|分钟|个|分(?![部包公项类])|天(?!花)|日(?![常志])|年(?!度)|月(?!度)|元(?!件)|万|亿|倍|米|吨|台|套|次|份|名|周)"
)
ENUMERATED: Final = re.compile(
    rf"(?P<next>\d{{1,2}}|{_H}{{1,2}})\s?(?:[、，和及与或至~—期号层级楼栋幢室类者季线区批等审标#]|$)"
)
SET_OFF: Final = re.compile(r"[\s、：.，,；【《（\"]|$")
TABULAR: Final = re.compile(r"(?!.*[，。；：])\s*(?:\S+\s+){2,}[\d,.]+(?:\s|$)")
SEPARATORS: Final = re.compile(r"[\s、.：，]*")
