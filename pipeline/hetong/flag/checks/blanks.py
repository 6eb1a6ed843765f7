"""DOC001: places that nobody filled in; and all blanks of a contract with what is expected there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from hetong.document import Blank, Span
from hetong.flag.checks.expected import expected_kind, layout_of
from hetong.flag.checks.leftovers import choices_of, leftovers
from hetong.flag.checks.options import not_chosen
from hetong.flag.checks.stretch import LINE, end_of, start_of
from hetong.flag.checks.unfilled import with_prompts, with_unfilled
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import BUYER, SUPPLIER, Rule

_UNIT: Final = "年月日元天个周次份份页%‰条款期名人台套件项号种美日欧港万小"
_SLOT: Final = (
    f"(?:[{BUYER}{SUPPLIER}]{{2}}|公司|单位|项目|合同)?(?:名称|姓名|编号|金额|日期|地址|电话)|联系人|联系电话|数量|比例|天数|年/?月/?日"
    r"|具体地址[^\]】\n]{0,40}"
)
# What a gap of spaces within a sentence waits for: 签订后    日内, 每吨    元, 百分之    （    %）
_MEASURE: Final = (
    "个?工作日|个?日历[天日]|个月|小时|[日天](?=[内前后以之，。起])|年(?=[内，。])|[%‰]|元(?!件)|万 ?元"
    "|份(?=[，。；]|$)|（ {2,20}%"
)
_HAN_FIGURE: Final = "一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾佰仟百千万亿"
_BLANK: Final = re.compile(
    r"(?=[_\[【（×xX*〇○某\-{$¥ 年元%])(?:"
    # an unfilled date is one blank, 19××年×月×日 too
    r"(?:(?<![0-9A-Za-z*×\-.])|(?<=[^0-9]19)|(?<=[^0-9]20))[×xX]{1,4}年\s{0,3}[×xX]{1,2}月(?:\s{0,3}[×xX]{1,2}(?=日))?|"
    r"_{2,}(?:[ _]*_)?"
    rf"|[\[【](?:{_SLOT})[\]】]"
    r"|[\[【（]\s{0,20}[_●•…]{0,20}\s{0,20}[\]】](?!\s*[√✓])|（(?:\s{2,20}|\s{0,9}[_●…]{1,20}\s{0,9})）"
    r"|(?<![0-9A-Za-z*×\-.])(?<![0-9*] )(?:×{2,}|[xX]{2,}|\*{3,}|某{2,})(?![0-9A-Za-z*×\-])"
    r"|(?<![一二三四五六七八九零])[〇○]{2,}(?![一二三四五六七八九年])"
    rf"|(?<=百分之)[×xX]|(?<![-—A-Za-z0-9])-{{2,}}(?=\s{{0,9}}[{_UNIT}])"
    rf"|(?<=[：:为计至自于第年月共付¥])\s{{2,}}(?=[{_UNIT}])|年[ ]+月[ ]+日|(?<=[于自至从到])年月日"
    r"|(?:(?<=人民币)|(?<=[大小]写)|(?<=[大小]写：)|(?<=金额)|(?<=金额：)|(?<=共计)|(?<=¥))[ ]+元|¥\s{0,9}(?=）)"
    rf"|(?<=[一-鿿）])(?<![{_HAN_FIGURE}])[ ]{{2,40}}(?={_MEASURE})"
    r"|(?<=[式执为])[ ](?=[份天元%]|个月|个工作日|日历天)"
    # a label and nothing behind it, in the middle of a line: 开户行：   ，账号：   。
    r"|(?<=[一-鿿）]：)[ ]{1,40}(?=[，。；）])|(?<=人民币)[ ]{1,40}(?=）)"
    # the underline was lost on the way: 人民币元（含税，税率%）, 小写：元
    r"|(?:(?<=[^位以合成]人民币)(?<!单位：人民币)(?<!货币：人民币)|(?<=人民币）)|(?<=[大小]写)|(?<=[大小]写：))"
    r"元(?=[（，。；）整]|作为)|(?<=[税费利]率)%(?=[，。；）])"
    r"|\{\{[^{}\n]{1,30}\}\}|\$\{[^{}\n]{1,30}\})"
)
# The same in words; looked for only where one of the words is there
_PLACEHOLDER: Final = re.compile(
    r"(?<![等有])待定(?![期价义位性量点向时的者])|待填写?|(?:待|留待)补充(?!协议|约定|材料|资料)|TBD|[（【]空[）】]"
    r"|(?<=[（【\[])(?:此处|请)?(?:填写|填入)[^）】\]\n]{0,16}(?=[）】\]])"
    # the prompts of Word's content controls, as they are printed: 单击或点击此处输入文字。, 选择一项。
    "|(?:单击|点击|点按)(?:或(?:单击|点击|点按))?此处(?:以|可)?(?:输入|填写|选择)[^。；，\n]{0,8}。?"
    "|(?:Click|Tap)(?: or tap)?(?: here)? to enter (?:text|a date)[.。]?|«(?=[^«»\n]*[_一-鿿])[\\w ]{1,30}»"
)
_PLACEHOLDERS: Final = (
    "待定",
    "待填",
    "待补充",
    "TBD",
    "空】",
    "空）",
    "填写",
    "填入",
    "击此处",
    "按此处",
    "to enter",
    "«",
)
_PRINTED: Final = re.compile(r"[^\t]*[^\s][^\t]*")
# What joins two blanks into one place: ____年____月____日, ______市______区
_JOINT: Final = re.compile(r"[年月日时分市区县路号室厅卫街省 ]{0,2}|小区|街道|大道|社区|号楼|单元|栋|幢")
_AMOUNT: Final = r"(?:[0-9][0-9,.]*|[壹贰叁肆伍陆柒捌玖拾佰仟万]{2,})"
# A value on an underline: __3__个月, ￥1350____元, 大写__壹仟元__, __上海市__; not __个工作日内支付__
_VALUE_BEFORE: Final = re.compile(rf"[_ ]?{_AMOUNT}(?:元|%)?$")
_VALUE_BEHIND: Final = re.compile(rf"{_AMOUNT}(?=[_ ]|元|%|个|天|日)")
_WORDS_BETWEEN: Final = re.compile(
    r"(?<!_)(?P<run>_{2,4})(?![年月日元天个号市区县省路街楼室厅卫平份套台件种项条款期次人名岁周时分秒米吨公斤小工与和及或向由在至到为的之起止前后以内外等负应将方银行支户账])[^_\s，。；：、（）%]{2,30}(?P=run)(?!_)"
)
# Spaces on an underline before or behind what is written on it: 保密期限：    项目完成后三年内    。
_ON_THE_LINE: Final = re.compile(r"(?P<words>[^\s_，。；：、]{3,40}) {2,}(?=[，。；、）\n]|$)")
_ONLY_UNITS: Final = re.compile("[个年月日天元万亿份%‰台套件次人名周期季度小时工作历整内前后以之起号楼室层]+")
# A guide to the form speaks of its blanks: 本合同文本【 】中选择内容, 空格____处可以填写
_OF_THE_FORM: Final = re.compile(
    "[中内里处上](?:的|应|由|可|需|为)?(?:选择|内容|填|空|注|打|划)|(?:部分)?(?:为|是|表示)(?:选择|填写|空白|可选)"
)
_HAND: Final = re.compile(
    "签字|签章|签名|盖章|签署|公章|印章|（章）|签约代表|授权代表|法定代表人|委托代理人|代表人?|职务|姓名"
    "|签署人|日期|年月日|签订时间|签约时间|年[ _]*月[ _]*日"
    rf"|[{BUYER}{SUPPLIER}丙丁]方?(?:（[^）]{{0,12}}）)?："
)
_SIGNING_DATE: Final = re.compile(
    r"(?:(?:签订|签署|签约|签字)(?:日期|时间)|^\s*日\s*期|(?:（签[字章]）|（盖章）)[^。]{0,24})[：\s]*$"
)
# Behind a box that is not ticked, where another is or it only says 其他
_NOT_CHOSEN: Final = re.compile("□[^☑☒√■。；，\n□]{0,14}$")
_CLEARED: Final = re.compile("以下空白|无正文|此处空白|空白处划|[本此该]项[已予]?划[除去掉]")


class Holes(NamedTuple):
    """The blanks of a contract, and apart from them those of the signature block that are not filled in by hand."""

    inside: tuple[Span, ...]
    signature: tuple[Span, ...]


def blanks(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """One hit a contract, at the first blank of which it is told what it waits for; the others are related places.

    Those of the signature block only where there are no others, and then low. What is written by hand at signing,
    signatures, seals and the date, is no blank.
    """
    inside, signature = view.once(holes)
    found = inside or signature
    if found:
        layout = layout_of(view)
        told = next((place for place in found if expected_kind(layout, place) not in ("other", "note")), found[0])
        others = tuple(place for place in found if place != told)
        values = {"count": str(len(found))}
        yield Hit(told, (told,), related=others, values=values, severity=None if inside else "low")


def find_blanks(view: View) -> tuple[Blank, ...]:
    """All that is to be filled in, chosen or cleared before signing, in order: what DOC001 and DOC013 report.

    A choice may hold blanks of its own (□ 其他____).
    """
    inside, signature = view.once(holes)
    layout = layout_of(view) if inside or signature else None
    found = [Blank(*place, expected_kind(layout, place)) for place in inside or signature] if layout else []
    left_in = (replace(blank, left_in=True) for blank in view.once(leftovers))
    return tuple(sorted((*found, *left_in), key=lambda blank: (blank.start, blank.end)))


def holes(view: View) -> Holes:
    """The places that nobody filled in."""
    inside: list[Span] = []
    signature: list[Span] = []
    left = list(not_chosen(view.text, view.once(choices_of)))
    for place in with_unfilled(with_prompts(_places(view), view), view):
        clause = view.contract.clause_at(place.start)
        if clause is None or clause.kind == "contents" or _by_hand(view.text, place, clause.kind == "signature"):
            continue
        while left and left[0].end <= place.start:
            left.pop(0)
        if not (left and left[0].start <= place.start):
            (signature if clause.kind == "signature" else inside).append(place)
    return Holes(tuple(inside), tuple(signature))


def _places(view: View) -> Iterator[Span]:
    """The blanks; parts of one date or address are one place, cells of a table are not."""
    text, raw = view.text, view.contract.text
    filled = [Span(m.start(), m.end()) for m in _WORDS_BETWEEN.finditer(text)]
    last: Span | None = None
    for match in _matches(text):
        while filled and filled[0].end <= match.start():
            filled.pop(0)
        if (filled and filled[0].start <= match.start()) or _is_none(text, match):
            continue
        for start, end in _cells(raw, match):
            if last and _JOINT.fullmatch(text, last.end, start) and not _are_two(raw, last, start):
                last = Span(last.start, end)
                continue
            if last:
                yield last
            last = Span(start, end)
    if last:
        yield last


def _matches(text: str) -> list[re.Match[str]]:
    """The gaps and the placeholders in words, in order."""
    found = list(_BLANK.finditer(text))
    if any(word in text for word in _PLACEHOLDERS):
        found = sorted([*found, *_PLACEHOLDER.finditer(text)], key=lambda m: m.start())
    return found


def _cells(raw: str, match: re.Match[str]) -> list[tuple[int, int]]:
    """The parts of a gap between the tabs of a table; white space across a tab is an empty cell and no blank."""
    start, end = match.span()
    if "\t" not in raw[start:end]:
        return [(start, end)]
    parts = [(m.start(), m.end()) for m in _PRINTED.finditer(raw, start, end)]
    return parts if any(not raw[a:b].isspace() for a, b in parts) else []


def _are_two(raw: str, last: Span, start: int) -> bool:
    """Whether a gap is another one than the last: beyond a tab, or each a placeholder with a name."""
    return "\t" in raw[last.end : start] or (raw[last.end - 1] == "}" and raw[start] in "{$")


def _is_none(text: str, gap: re.Match[str]) -> bool:
    """Whether something is written on the line that a gap is part of, or a guide to the form speaks of its gaps."""
    if gap[0][0] == "_" and _carries_a_value(text, gap):
        return True
    written = _ON_THE_LINE.match(text, gap.end()) if gap[0].isspace() else None
    if written and not _ONLY_UNITS.fullmatch(written["words"]):
        return True
    return _OF_THE_FORM.match(text, gap.end()) is not None


def _carries_a_value(text: str, underline: re.Match[str]) -> bool:
    """Whether a number stands on the underline, before or behind it; ____3单元____ is no such number."""
    before = _VALUE_BEFORE.search(text, max(0, underline.start() - 12), underline.start())
    if before and text[underline.end() : underline.end() + 1] != "年":
        return True
    return _VALUE_BEHIND.match(text, underline.end()) is not None


def _by_hand(text: str, place: Span, in_signature: bool) -> bool:
    """Whether the place is signed, sealed or dated by hand, is struck out, or belongs to an option not chosen."""
    start = start_of(text, place.start, LINE)
    line = text[start : end_of(text, place.end, LINE)]
    label = text[max(start, place.start - 14) : place.start]
    if in_signature:
        return _HAND.search(label + text[place.start : place.end + 1]) is not None or "：" not in label
    box = _NOT_CHOSEN.search(line, 0, place.start - start)
    if box and ("其他" in box[0] or "其它" in box[0] or re.search("[☑☒√■]", line)):
        return True
    if _CLEARED.search(line) or ("年" in line and not re.sub(r"[年月日_\s]", "", line)):
        return True
    signs = re.search(r"(?:签字|签章|签名|签认|盖章|公章)[）：\s]{0,3}(?:或盖章[）：]{0,2})?\s*$", label)
    return (
        "。" not in line
        and (signs or _SIGNING_DATE.search(text[max(start, place.start - 30) : place.start])) is not None
    )
