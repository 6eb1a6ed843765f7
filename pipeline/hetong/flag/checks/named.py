"""Reads values that the contract gives a name: 合同总价98万元, 质保期为12个月, 逾期付款每日万分之五."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from hetong.document import Mention, MentionKind, Span
from hetong.flag.checks.stretch import SENTENCE, end_of, start_of
from hetong.flag.view import View
from hetong.rulebook import BUYER, SUPPLIER

NEAR: Final = 40  # characters between a name and its value
# Names that mean the same, by the one that stands for them
AMOUNTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("合同总价", "合同总金额", "合同总额", "签约合同价", "合同金额", "合同价款总额"), "合同总价"),
    **dict.fromkeys(("租金总额", "总租金"), "租金总额"),
    **dict.fromkeys(("服务费总额", "服务总费用"), "服务费总额"),
    **{name: name for name in ("月租金", "年租金", "押金", "履约保证金", "定金", "月服务费", "年服务费")},
}
PERIODS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("质保期", "质量保证期"), "质保期"),
    **dict.fromkeys(("免费维护期", "免费维保期"), "免费维护期"),
    **dict.fromkeys(("租期", "租赁期"), "租期"),
    **dict.fromkeys(("合同期", "合同有效期"), "合同期"),
    **{name: name for name in ("保修期", "缺陷责任期", "验收期", "检验期", "异议期", "付款期限", "账期", "服务期")},
    **{name: name for name in ("免租期", "工期", "交货期", "交付期", "试用期", "保密期")},
}
_GAP: Final = re.compile(
    r"款?限?(?:（[^（）\n]{0,10}）)?(?:均|统一|应|共|总计|合计|共计)?(?:为|是|：|计|定为)?"
    r"(?:(?:[自从]|(?<=[为是：]))[^，。；\n0-9]{2,24}?(?:之日|当日|日)起(?:计算|算)?，?的?)?"
    r"(?:为|共计?|合计|不少于|不低于)?(?:不?含税)?(?:人民币|¥|（小写）|小写)?：? {0,3}"
)
_PARTY: Final = f"[{BUYER}{SUPPLIER}]{{1,6}}"
_NEUTRAL: Final = re.compile(
    rf"\s*(?:双方)?(?:{_PARTY})?(?:双方)?(?:一致)?(?:确认|同意|约定|承诺|保证|商定)?(?:提供|交纳?|缴纳|支付)?(?:本|该)?(?:合同|协议|项目|工程)?(?:项下)?的?"
    r"(?:全部|所有|整体)?(?P<object>货物|产品|设备|系统|软件|工程|标的物|房屋|服务)?的?\s*"
)
# What makes a value one of several: conditions, stages, replacements, changes
_VARIANT: Final = re.compile(
    "如|若|逾期|续|更换|修复|延长|顺延|调整|变更|原|除|其中|另|第[一二三四五六](?!条)|首[年期]|次年|阶段|批次|优惠|折|方案|套餐|方式一|为准|暂定|补偿|赔|违约|解除|视"
)
_VARIANT_BEHIND: Final = re.compile("为准|延长|顺延|续|第[二三]")
_UNIT_PRICE: Final = re.compile(r"\s?/|[至—~～-]|以上|以下|左右")
_TAX: Final = re.compile("(?P<net>不含税|未税|除税)|含税|价税")
_BREACH: Final = re.compile(
    rf"(?P<who>{_PARTY})[^，。；\n]{{0,6}}(?:逾期|迟延|延迟|延期|拖延)(?P<act>付款|支付|缴纳|交纳|交付|交货|供货|竣工|完工|交房|提交|退还|返还)"
    r"(?P<object>[^，。；\n]{0,10})"
)
_DAILY: Final = re.compile(
    r"每(?:逾期|延迟|迟延|延误|拖延|超过|延期)?一?[日天]|按[日天]|逐日|日(?=\s?(?:万分|千分|百分|[0-9]))"
)
_STAGED: Final = re.compile("超过|以内|以下|以上|不足|[日天](?:内|的)|第[一二三]|起|至|部分")
_DAMAGES: Final = re.compile("违约金|滞纳金|利息")
_BASES: Final = (
    ("total", re.compile("合同总价|合同总金额|合同总额|合同金额|合同价款|合同价|总价款")),
    ("due", re.compile("逾期|迟延|延迟|未付|欠付|应付|到期|拖欠|未支付|应支付")),
)
_SHARE: Final = "质保金|质量保证金|履约保证金|定金|预付款"
_SHARE_BEFORE: Final = re.compile(
    rf"(?P<head>{_SHARE})(?:的?(?:比例|金额|数额))?(?:为|按|：|是|即){{0,2}}(?P<base>[^，。；：\n0-9为按]{{0,12}}?)的?$"
)
_SHARE_BEHIND: Final = re.compile(rf"(?:（[^（）\n]{{0,8}}）)?(?:作为|的|为)(?P<head>{_SHARE})")
_SHARE_BASE: Final = re.compile(
    r"(?P<base>合同总价款?|合同总金额|合同总额|合同金额|合同价款?|结算[^，。；\n]{0,4})的?\s?$"
)
_DEADLINE: Final = re.compile(
    r"(?P<event>验收合格|验收通过|终验合格|到货|交货|收到[^，。；\n]{0,8}发票|合同签订|合同签署|合同生效|合同终止|合同解除|租赁?期满|质保期满|交付)"
    r"(?:之日起|之日后|之日|后|起)(?:的|第)?\s?$"
)
_DUE: Final = re.compile(
    rf"(?:之?内|以内)，?(?:{_PARTY})?(?:应当?|须|需)?(?:一次性)?(?:向(?:{_PARTY}))?(?:一次性|全额|无息)?"
    rf"(?P<act>支付|付清|结清|退还|返还|退回)(?:(?:给)?{_PARTY})?(?P<object>(?:全部|剩余|剩余的)?(?:合同)?(?:货款|余款|尾款|全款|合同价款|价款|服务费|租金|质保金|押金|履约保证金))"
)
_NAMES: Final = {
    kind: re.compile("|".join(sorted(names, key=len, reverse=True)))
    for kind, names in (("amount", AMOUNTS), ("period", PERIODS))
}


class Named(NamedTuple):
    """A value with all that makes it the value of one thing: its name and what qualifies it."""

    key: tuple[str, ...]
    value: float
    place: Span


def named_amounts(view: View) -> Iterator[Named]:
    """The amounts of a contract that stand behind a name."""
    yield from _behind_names(view, AMOUNTS, "amount")


def named_periods(view: View) -> Iterator[Named]:
    """The periods of a contract that stand behind a name, and the days within which something is to be paid."""
    yield from _behind_names(view, PERIODS, "period")
    if view.text.count("内") > 1:
        yield from _deadlines(view)


def named_rates(view: View) -> Iterator[Named]:
    """The shares kept back or paid in advance, and the daily rates for one breach."""
    rates = [m for m in view.contract.mentions if m.kind == "rate"]
    for rate in rates if len(rates) > 1 else ():
        begin, end = start_of(view.text, rate.start, SENTENCE), end_of(view.text, rate.end, SENTENCE)
        key = _share_key(view.text, rate, end) or _daily_key(view.text, begin, rate, end)
        if key and not (key[0] == "share" and _VARIANT.search(view.text, begin, end)):
            yield Named(key, float(rate.value), Span(rate.start, rate.end))


def _behind_names(view: View, names: Mapping[str, str], kind: MentionKind) -> Iterator[Named]:
    """The values right behind one of the names."""
    text, pattern = view.text, _NAMES[kind]
    for mention in view.contract.mentions:
        if mention.kind != kind:
            continue
        found = [*pattern.finditer(text, max(0, mention.start - NEAR), mention.start)][-1:]
        for name in found:
            if _GAP.fullmatch(text, name.end(), mention.start) and (about := _about(view, name, mention)) is not None:
                value = _length(mention) if kind == "period" else float(mention.value)
                yield Named((names[name[0]], *about), value, Span(mention.start, mention.end))


def _length(period: Mention) -> float:
    """A period in days such that a year, twelve months and 365 days are the same."""
    days = float(period.value)
    years = days / 365
    return years * 360 if "年" in period.unit or (days >= 365 and abs(years - round(years)) < 0.003) else days


def _about(view: View, name: re.Match[str], value: Mention) -> tuple[str, str] | None:
    """What a name is said of (the object, the tax), or None when its sentence makes it one of several."""
    text = view.text
    clause = view.contract.clause_at(name.start())
    begin = start_of(text, name.start(), SENTENCE)
    if clause is not None:
        begin = max(begin, min(clause.body, name.start()))
    before, behind = text[begin : name.start()], text[value.end : end_of(text, value.end, SENTENCE)]
    *earlier, own = before.split("，")
    neutral = _NEUTRAL.fullmatch(own)
    if neutral is None or any(_VARIANT.search(part) or part.endswith(("的", "时", "后")) for part in earlier):
        return None
    if _VARIANT_BEHIND.search(behind[:16]) or _UNIT_PRICE.match(behind):
        return None
    tax = _TAX.search(own + text[name.end() : value.start] + behind[:8])
    return neutral["object"] or "", "" if tax is None else "net" if tax["net"] else "gross"


def _share_key(text: str, rate: Mention, end: int) -> tuple[str, ...] | None:
    before = text[start_of(text, rate.start, SENTENCE, max(0, rate.start - 30)) : rate.start]
    if match := _SHARE_BEFORE.search(before):
        base = match["base"]
    elif (match := _SHARE_BEHIND.match(text, rate.end, end)) and (of := _SHARE_BASE.search(before)):
        base = of["base"]
    else:
        return None
    kind = "total" if _BASES[0][1].search(base) else "settled" if "结算" in base else None if base else ""
    return None if kind is None else ("share", match["head"].replace("质量保证金", "质保金"), kind)


def _daily_key(text: str, begin: int, rate: Mention, end: int) -> tuple[str, ...] | None:
    breach = _BREACH.search(text, begin, rate.start)
    damages = _DAMAGES.search(text, rate.start, min(end, rate.end + 24)) if breach else None
    if breach is None or damages is None:
        return None
    between = text[breach.end() : rate.start]
    base = next((name for name, pattern in _BASES if pattern.search(between)), "")
    if not base or not _DAILY.search(between) or _STAGED.search(text, breach.start("act"), end):
        return None
    if len(re.findall("[%‰]|分之", text[begin:end])) != 1:
        return None
    return ("daily", breach["who"][0], breach["act"], re.sub("的$", "", breach["object"]), base, damages[0])


def _deadlines(view: View) -> Iterator[Named]:
    """The days within which a sum is to be paid or returned after an event."""
    text = view.text
    for period in (m for m in view.contract.mentions if m.kind == "period" and text[m.end : m.end + 1] in "内之以"):
        due = _DUE.match(text, period.end, min(len(text), period.end + 60))
        begin = start_of(text, period.start, SENTENCE, max(0, period.start - 24))
        event = _DEADLINE.search(text, begin, period.start) if due else None
        if due and event and not _VARIANT.search(text, begin, due.end()):
            act = "退还" if due["act"] in ("返还", "退回") else due["act"]
            yield Named(
                ("deadline", event["event"], act, due["object"]), float(period.value), Span(period.start, period.end)
            )
