"""DOC001: places that nobody filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.document import Span
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import Rule

_UNIT: Final = "年月日元天个周次份份页%‰条款期名人台套件项号种美日欧港万小"
_BLANK: Final = re.compile(
    r"_{2,}(?:[ _]*_)?"
    r"|[\[【（]\s{0,20}[_●•…]{0,20}\s{0,20}[\]】](?!\s*[√✓])|（(?:\s{2,20}|\s*[_●…]{1,20}\s*)）"
    r"|(?<![0-9A-Za-z*×\-.])(?:×{2,}|[xX]{2,}|\*{3,}|[〇○]{2,})(?![0-9A-Za-z*×\-])"
    rf"|[×xX](?=年\s*[×xX]月)|(?<=百分之)[×xX]|(?<![-—A-Za-z0-9])-{{2,}}(?=\s*[{_UNIT}])"
    rf"|(?<=[：为计至自于第年月共付¥¥])\s{{2,}}(?=[{_UNIT}])|年[ ]+月[ ]+日|(?<=[于自至从到])年月日"
    r"|(?:人民币|¥|小写：?|大写：?|金额：?|共计：?)[ ]+元|¥\s*(?=[）])|\{\{[^{}\n]{1,30}\}\}|\$\{[^{}\n]{1,30}\}"
    r"|(?<![等有])待定(?![期价义位性量点向])|待填写?|(?:待|留待)补充(?!协议|约定|材料|资料)|TBD|(?<=[（【\[])(?:此处|请)?(?:填写|填入)[^）】\]\n]{0,16}(?=[）】\]])|[（【]空[）】]"
    r"|(?<=[【\[])(?:公司名称|金额|日期|地址|姓名|数量|名称|比例|天数)(?=[】\]])|某某|某{2,}"
)
# What joins two blanks into one place: ____年____月____日, ______市______区
_JOINT: Final = re.compile(r"[年月日时分市区县路号室厅卫街省 ]{1,2}")
_FILLED_BEFORE: Final = re.compile(r"[_ ]?(?:[0-9][0-9,.]*|[壹贰叁肆伍陆柒捌玖拾佰仟万]{2,})(?:元|%)?$")
_HAND: Final = re.compile("签字|签章|签名|盖章|签署|公章|印章|（章）|签约代表|授权代表|法定代表人|委托代理人|代表人|日期|年月日|签订时间|签约时间|年[ _]*月[ _]*日")
_CLEARED: Final = re.compile("以下空白|无正文|此处空白|空白处划")


def blanks(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each blank; those of the signature block only where there are no others, and then low.

    What is written by hand at signing, signatures, seals and the date, is no blank.
    """
    inside, signature = [], []
    for place in _places(view.text):
        clause = view.contract.clause_at(place.start)
        if clause is None or clause.kind == "contents" or _by_hand(view.text, place, clause.kind == "signature"):
            continue
        (signature if clause.kind == "signature" else inside).append(place)
    values = {"count": str(len(inside or signature))}
    for place in inside:
        yield Hit(place, (place,), values=values)
    if not inside:
        for place in signature:
            yield Hit(place, (place,), values=values, severity="low")


def _places(text: str) -> Iterator[Span]:
    """The blanks; parts of one date or address are one place."""
    last: Span | None = None
    for match in _BLANK.finditer(text):
        if _filled(text, match):
            continue
        if last and _JOINT.fullmatch(text, last.end, match.start()):
            last = Span(last.start, match.end())
            continue
        if last:
            yield last
        last = Span(match.start(), match.end())
    if last:
        yield last


def _filled(text: str, match: re.Match[str]) -> bool:
    """Whether an underline carries what was filled in: __3__个月, 大写__壹仟元__, ____北京市朝阳区____."""
    if match[0][0] != "_":
        return False
    if _FILLED_BEFORE.search(text, max(0, match.start() - 12), match.start()):
        return True
    after = re.compile(r"\s?(?:[0-9][0-9,.]*|[壹贰叁肆伍陆柒捌玖拾佰仟万]{2,})(?=[_ ]|元|%|个|天|日)").match(text, match.end())
    return after is not None and not re.match("[0-9]+(?:号|单元|楼|栋)", text[match.end() : match.end() + 6])


def _by_hand(text: str, place: Span, in_signature: bool) -> bool:
    """Whether the place is signed, sealed or dated by hand."""
    start, end = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
    line = text[start : end if end >= 0 else len(text)]
    if _CLEARED.search(line):
        return True
    label = text[max(start, place.start - 14) : place.start]
    if in_signature:
        return _HAND.search(label + text[place.start : place.end + 1]) is not None or not re.search("[：:]", label)
    return "。" not in line and re.search("(?:签字|签章|签名|盖章|公章)[）：\\s]{0,3}(?:或盖章[）：]{0,2})?\\s*$", label) is not None
