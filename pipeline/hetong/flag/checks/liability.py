"""LGL010: what one side pays for a breach, and what the other side pays for a like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from hetong.document import Clause, Span
from hetong.flag.checks.stretch import PART, end_of, start_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import Unit, View
from hetong.fold import fold
from hetong.numerals import rates
from hetong.rulebook import BUYER, SUPPLIER, Rule

UNEQUAL: Final = 5  # so many times the other side's daily rate is no longer a matter of taste
Side = Literal["buyer", "supplier"]
_LATE: Final = "(?:逾期|迟延|延迟|延误|拖延|拖欠|延期|误期|误|迟|拖|晚|未按期|未按时|未如期|未能如期|未能按期)"
_LATE_WORDS: Final = ("逾期", "延", "拖", "未按", "晚", "误", "迟")
_PAYMENT: Final = re.compile(
    rf"{_LATE}(?!交(?!租|纳|费)|供|到)[^，。；\n日天]{{0,8}}(?:付款|支付|付费|付租|付清|缴|交租|交纳|结算|货款|租金|欠)|[迟误拖晚]付"
    rf"|(?:付款|支付|租金|付费)[^，。；\n日天]{{0,6}}{_LATE}|拖欠|滞纳金|未按[^，。；\n]{{0,10}}(?:付款|支付|缴纳)"
)
_DELIVERY: Final = re.compile(
    rf"{_LATE}[^，。；\n]{{0,10}}(?:交货|交付|供货|发货|送货|竣工|完工|到货|上线|安装|完成|工期|提供|移交|交稿|布展|配送)"
    rf"|(?:交货|交付|供货|发货|竣工|完工|工期|到货|上线|配送|布展)[^，。；\n]{{0,6}}{_LATE}"
    "|未按[^，。；\n]{0,10}(?:交货|交付|供货|完工|竣工)|[迟误拖晚](?:交|供|到|发货|工)(?!租|费|款|房|纳)"
    # or whoever is docked for coming late: only what one is paid for can be docked
    rf"|{_LATE}[^。；\n]{{0,16}}(?:扣[^，。；\n]{{0,8}}[费款价]|[费款价][^，。；\n]{{0,3}}扣)"
)
_GIVES_BACK: Final = re.compile("返还|退还|退回|归还|退款|押金|保证金|发票|通知")
_PER_DAY: Final = re.compile(
    "每日|每天|按日|逐日|日万分|日千分|每(?:逾期|延迟|迟延|拖延|延误|延期|误期|误|拖|迟|晚|过|拖欠|超)(?:付)?[一1](?:日|天)|/[日天]|（?每天）?|一[天日]"
)
_AMBIGUOUS: Final = re.compile("[0-9]{0,2}[oO0°]|[/／]?(?:周|月|年)")
# next to nothing for paying late: the bank's interest on a current account, or nothing at all
_NOMINAL: Final = re.compile("活期[^，。；\n]{0,6}利率")
_EXCUSED: Final = re.compile(
    "不(?:计|付|算|支付|承担)[^，。；\n]{0,4}(?:利息|息|违约|责任)|友好|谅解|体谅|不(?:得|能|可)?(?:停工|停止|追究)"
)
_PAYS: Final = "(?:违约金|赔偿|滞纳金|罚金|罚款|利息|偿付|扣除|扣罚|扣减|补偿|付息|计息|利率)"
_BREACH: Final = re.compile("违约|罚则|罚款|责任")
_MUTUAL: Final = re.compile("任何一方|任一方|双方|一方|各方|违约方|守约方|对方|相互|互相|各自")
_AT_FAULT: Final = (
    "(?:违约|逾期|违反|未按|未能|未在|未|不履行|不按|拒绝|擅自|不合格|不符|迟延|延迟|延误|拖延|拖欠|原因|过错|不得)"
)

# who does this or that and is fined for it: 乙方缺岗一次罚款, 乙方退出的，保证金不退
_PUNISHED: Final = re.compile(
    rf"(?<![向给对由{BUYER}{SUPPLIER}])([{BUYER}{SUPPLIER}])\1{{0,80}}(?!可|有权|得|应?要求)"
    rf"[^。；{BUYER}{SUPPLIER}]{{1,24}}(?:罚款|罚金|不退|违约金|赔偿)"
)


class Late(NamedTuple):
    """What a side pays a day for being late, as a fraction, where the rate stands, and the words about it."""

    side: Side
    rate: float
    place: Span
    words: Span


def liability(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit where late delivery and late payment cost daily rates that are far apart, or only one side pays at all."""
    if "违约" not in view.text and not any(word in view.text for word in _LATE_WORDS):
        return
    lates = [late for unit in view.sentences for late in (*_lates(view, unit), *_unpaid(view, unit))]
    highest: dict[Side, Late] = {}
    for late in lates:
        if late.side not in highest or late.rate > highest[late.side].rate:
            highest[late.side] = late
    if len(highest) == 2:
        light, heavy = sorted(highest.values(), key=lambda late: late.rate)
        if heavy.rate >= UNEQUAL * light.rate * (1 - 1e-9):
            yield _unequal(view, heavy, light)
    elif section := _one_sided(view):
        yield section


def _lates(view: View, unit: Unit) -> Iterator[Late]:
    """The daily rates for lateness of a sentence, with the side that is late; silent when the text leaves it open."""
    text = view.text[unit.start : unit.end]
    if not any(word in text for word in _LATE_WORDS):
        return
    for rate in rates(text):
        start = start_of(text, rate.start, PART)
        part = text[start : end_of(text, rate.end, PART)]
        before = text[max(0, start - 60) : rate.start]
        daily = _PER_DAY.search(text, max(0, start - 12), rate.end + 6)
        side = _side(before + text[rate.end : rate.end + 2])
        if side and daily and rate.value > 0 and not _AMBIGUOUS.match(text, rate.end) and "周" not in part:
            words = Span(unit.start + max(0, start - 60), unit.start + rate.end)
            words = Span(start_of(view.text, unit.start + rate.start, "。；\n", unit.start), words.end)
            yield Late(side, rate.value, Span(unit.start + rate.start, unit.start + rate.end), words)


def _unpaid(view: View, unit: Unit) -> Iterator[Late]:
    """The buyer's late payment in a sentence that asks nothing for it, or the interest on a current account."""
    text = view.text[unit.start : unit.end]
    if not (_EXCUSED.search(text) or _NOMINAL.search(text)):
        return  # the rare words first: most sentences end here
    late = _PAYMENT.search(text)
    if late is None or BUYER not in text[: late.start()] or _DELIVERY.search(text) or any(rates(text)):
        return
    if free := _NOMINAL.search(text) or _EXCUSED.search(text, late.end()):
        place = Span(unit.start + free.start(), unit.start + free.end())
        yield Late("buyer", 0.0, place, Span(unit.start + text.index(BUYER), place.end))


def _side(text: str) -> Side | None:
    """Who is late, by what is late; None where the text names the other party as the late one, or neither."""
    pays, delivers = _PAYMENT.search(text), _DELIVERY.search(text)
    late = pays or delivers
    if late is None or (pays and delivers) or _GIVES_BACK.search(text) or _MUTUAL.search(text):
        return None
    side: Side = "buyer" if pays else "supplier"
    named = [c for c in text[: late.start()] if c in (BUYER, SUPPLIER)]
    if "资料" in text and not named:
        return None  # both sides hand over papers
    return None if named and named[-1] != (BUYER if pays else SUPPLIER) else side


def _unequal(view: View, heavy: Late, light: Late) -> Hit:
    values = {"heavier": view.contract.text_of(heavy.words), "lighter": view.contract.text_of(light.words)}
    return Hit(heavy.words, (heavy.place, light.place), related=(light.words,), values=values)


def _one_sided(view: View) -> Hit | None:
    """An article on breach in which one side pays and the other never does, nor anywhere else in the contract."""
    units = [unit for unit in view.sentences if re.search(_PAYS, view.text[unit.start : unit.end])]
    if len(units) < 2 or any(_MUTUAL.search(view.text, unit.start, unit.end) for unit in units):
        return None
    sides = [_paying(view.text[unit.start : unit.end]) for unit in units]
    inside = [unit for unit, side in zip(units, sides, strict=True) if side and _on_breach(view, unit)]
    if None in sides or len(set(sides)) != 1 or len(inside) < 2 or BUYER not in view.text or SUPPLIER not in view.text:
        return None
    first, second = (Span(unit.start, unit.end) for unit in inside[:2])
    values = {"heavier": view.contract.text_of(first).strip(), "lighter": "无 / none"}
    return Hit(first, (first,), related=(second,), values=values)


def _paying(text: str) -> Side | None:
    """The one side that pays by a sentence about damages; None when it is not clear that it is this side alone."""
    faults = {m[1] for m in re.finditer(rf"([{BUYER}{SUPPLIER}])[^，。；{BUYER}{SUPPLIER}]{{0,16}}{_AT_FAULT}", text)}
    faults |= {m[1] for m in _PUNISHED.finditer(text)}
    if len(faults) != 1:
        return None
    return "buyer" if faults == {BUYER} else "supplier"


def _on_breach(view: View, unit: Unit) -> bool:
    """Whether a sentence stands in an article whose heading is about breach."""
    clause: Clause | None = view.contract.clauses[unit.clause]
    while clause is not None:
        if _BREACH.search(fold(clause.heading)):
            return True
        clause = view.contract.clauses[clause.parent] if clause.parent is not None else None
    return False
