"""Adds up sums that stand in sentences: net and tax, parts and their total, a × b = c, so much a month for a year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from hetong.document import Mention, Span
from hetong.flag.checks.stretch import SENTENCE, end_of, start_of
from hetong.flag.checks.table_sums import HALF, difference_hit
from hetong.flag.checks.tables import Printed
from hetong.flag.kinds import Hit
from hetong.flag.view import View
from hetong.numerals import MYRIADS, integer, number

MOST_PARTS: Final = 12
_NET: Final = re.compile("(?:不含|未含|除)(?:增值)?税|未税")
_TAX: Final = re.compile("税额|税款|税金(?!额)|增值税(?![率专普发])(?:为|计|：|人民币|¥|\\s)*$")
_GROSS: Final = re.compile("(?<![不未])含(?:增值)?税|价税合计|税价合计|总价|总金额|合同价|总额|合计")
_RATE: Final = re.compile(r"(?:税率|增值税)[^，。；\n0-9]{0,8}(?P<rate>[0-9]{1,2})%")
_UNITARY: Final = re.compile("每|单价|/|×|调整|变更")
_TOTAL: Final = re.compile(
    r"(?:合计|共计|总计|价税合计|合同总价款?|合同总金额|合同总额|总金额|总价款?)(?:金额|费用)?(?:人民币|：|为|是|计|¥|\s|（小写）){0,6}$"
)
_NOT_PARTS: Final = re.compile(
    "每|/|×|单价|优惠|折|减免|扣|不超过|其中|含|包括|逾期|违约|押金|保证金|定金|预付|余款|已付|未付|税|上限|下限|至少|以上|以下|以内"
    "|人民币.{0,6}美元|或者|或"
)
_NOT_OF_IT: Final = re.compile("每|/|×|税|上限|不超过|逾期|违约|预付|定金|已付|首付|元起|余款|尾款|或|等[，。；）]")
_FORMULA: Final = re.compile(
    r"(?<![0-9.,+\-×*/（])(?P<a>[0-9][0-9,]{0,15}(?:\.[0-9]{1,6})?)(?P<as>万?)(?:元)?(?:/[一-鿿a-zA-Z]{1,4}){0,2}"
    r"\s{0,3}[×xX*＊]\s{0,3}(?P<b>[0-9][0-9,]{0,12}(?:\.[0-9]{1,4})?)(?!%)[^0-9，。；×xX*=\n+\-/÷%]{0,6}\s{0,3}[=＝]\s{0,3}"
    r"(?:人民币|¥)?(?P<c>[0-9][0-9,]{0,15}(?:\.[0-9]{1,6})?)\s{0,3}(?P<cs>[万亿]?)(?P<yuan>元?)(?![0-9×*])"
)
_UNIT: Final = {"月": 1.0, "年": 12.0, "季": 3.0, "季度": 3.0}
_EACH: Final = re.compile(
    r"每(?:个|一)?(?P<unit>月|年|季度|季)(?!度?[初末底内]?[0-9一二三四五六七八九十]{1,2}[日号])[^，。；\n0-9每]{0,12}$"
)
_TIMES: Final = re.compile(
    r"(?:整|正|）)?[，；]\s?(?:租期|服务期|期限|合同期)?(?P<times>[0-9]{1,2}|[一二三四五六七八九十两全]{1,3})个?(?P<unit>月|年|季度|季)(?:度)?"
    r"(?:租金|费用|服务费|总费用)?(?:合计|共计|总计|共|总价|总额)(?:人民币|为|：|¥|计|\s){0,5}$"
)

_SUBTOTAL: Final = re.compile("小计(?:为|：|人民币|¥|\\s){0,4}$")
_REDUCED: Final = re.compile("优惠|折|减|扣|让利|返|抹|税|运费|另")
_PIECES: Final = re.compile(
    r"(?<![0-9.,，])(?P<count>[0-9][0-9,]{0,9}(?:\.[0-9]{1,3})?)\s?(?:台|套|件|只|个|吨|公斤|千克|间|辆|株|把|张|盏|部|块|平方米|立方米|米)"
    r"[，、）]\s?(?:含税)?单价(?:为|：|人民币|¥|\s){0,4}$"
)
_FOR_ALL: Final = re.compile("(?:/[一-鿿]{1,3})?[，、]\\s?(?:小计|合计|共计|计|金额|总价)(?:为|：|人民币|¥|\\s){0,4}")


def wrong_formulas(text: str) -> Iterator[Hit]:
    """A hit for each product that is written out with a result it has not: 12,200元×12个月=146,000元."""
    for match in _FORMULA.finditer(text):
        terms = [_printed(match, name, match["as"] if name == "a" else "") for name in ("a", "b")]
        stated = _printed(match, "c", match["cs"])
        product = terms[0].value * terms[1].value
        money = "元" in match[0] or "¥" in match[0]
        if money and product and abs(product - stated.value) > max(stated.step, HALF):
            yield difference_hit(terms, "×", product, stated)


def wrong_taxes(view: View, amounts: Sequence[Mention]) -> Iterator[Hit]:
    """A hit for each sentence whose net price and tax, or net price and rate, do not make its gross price."""
    for group in by_sentence(view.text, amounts):
        found = (
            {}
            if _UNITARY.search(view.text, max(0, group[0].start - 12), group[-1].end + 2)
            else _labelled(view.text, group)
        )
        net, tax, gross = (found.get(label) for label in ("net", "tax", "gross"))
        if net is None or (tax is None and gross is None):
            continue
        if tax and gross:
            expected, terms, stated = net.value + tax.value, [net, tax], gross
        else:
            stated = tax or gross or net
            rate = _only_rate(view.text, group)
            if rate is None:
                continue
            terms, expected = [net, rate], net.value * (rate.value + (0.0 if tax else 1.0))
        if abs(expected - stated.value) > max(1.01 * max(t.step for t in (net, stated)), 0.011):
            yield difference_hit(terms, "+" if tax and gross else "×", expected, stated)


def wrong_parts(view: View, amounts: Sequence[Mention]) -> Iterator[Hit]:
    """A hit for each total in a sentence that the amounts before it do not make, or that its parts are more than.

    Parts that are less than the total may not be all of them.
    """
    for group in by_sentence(view.text, amounts):
        if 2 < len(group) <= MOST_PARTS:
            yield from _wrong_total_behind(view.text, group)
            yield from _wrong_breakdown(view.text, group)


def wrong_times(view: View, amounts: Sequence[Mention]) -> Iterator[Hit]:
    """A hit for so much a month that is not what so many months are said to cost: 每月120元，一年合计1,400元."""
    for first, second in pairwise(amounts):
        if second.start - first.end > 24:
            continue
        each = _EACH.search(view.text, max(0, first.start - 24), first.start)
        times = _TIMES.fullmatch(view.text, first.end, second.start) if each else None
        if _REDUCED.search(view.text, first.start, end_of(view.text, second.end, SENTENCE)):
            continue
        count = integer(times["times"].replace("两", "二").replace("全", "一")) if times else None
        if each is None or times is None or not count:
            continue
        factor = count * _UNIT[times["unit"]] / _UNIT[each["unit"]]
        one, all_of = _of_mention(view.text, first), _of_mention(view.text, second)
        if factor >= 1 and abs(one.value * factor - all_of.value) > max(all_of.step, one.step * factor / 2):
            many = Printed(Span(times.start("times"), times.end("unit")), factor, 1.0)
            yield difference_hit((one, many), "×", one.value * factor, all_of)


def wrong_subtotals(view: View, amounts: Sequence[Mention]) -> Iterator[Hit]:
    """A hit for each total of a line that the subtotals before it do not make."""
    subtotals: list[Mention] = []
    for amount in amounts:
        label = view.text[max(0, amount.start - 12) : amount.start]
        if subtotals and re.search("[。\n]", view.text[subtotals[-1].end : amount.start]):
            subtotals = []
        if _SUBTOTAL.search(label):
            subtotals.append(amount)
        elif len(subtotals) > 1 and _TOTAL.search(label):
            terms, stated = [_of_mention(view.text, m) for m in subtotals], _of_mention(view.text, amount)
            total = sum(term.value for term in terms)
            reduced = _REDUCED.search(view.text[subtotals[0].start : amount.start])
            if abs(total - stated.value) > stated.step and not reduced:
                yield difference_hit(terms, "+", total, stated)
            subtotals = []


def wrong_prices(view: View, amounts: Sequence[Mention]) -> Iterator[Hit]:
    """A hit for each amount that is not the product of what stands before it: 2台，单价35,000元，小计60,000元."""
    for first, second in pairwise(amounts):
        if second.start - first.end > 12 or not _FOR_ALL.fullmatch(view.text, first.end, second.start):
            continue
        pieces = _PIECES.search(view.text, max(0, first.start - 24), first.start)
        count = number(pieces["count"]) if pieces else None
        one, all_of = _of_mention(view.text, first), _of_mention(view.text, second)
        if pieces and count and abs(one.value * count - all_of.value) > max(all_of.step, one.step * count / 2):
            many = Printed(Span(*pieces.span("count")), count, 1.0)
            yield difference_hit((one, many), "×", one.value * count, all_of)


def breakdown(text: str, group: Sequence[Mention]) -> tuple[Mention, list[Mention]] | None:
    """A total and the two or more amounts that its sentence says are in it: 总价X元，其中A为Y元，B为Z元."""
    at = text.find("其中", group[0].end, group[-1].start)
    behind = [m for m in group if m.start > at]
    before = [m for m in group if m.start < at]
    if at < 0 or len(behind) < 2 or len({m.value for m in before}) != 1:
        return None
    stretch = text[before[-1].start : min(behind[-1].end + 2, len(text))]
    close = at - before[-1].end <= 24 and "。" not in text[before[-1].end : at]
    return (before[0], behind) if close and not _NOT_OF_IT.search(stretch) else None


def by_sentence(text: str, amounts: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The amounts of each sentence; an amount that only repeats the one before it in words or figures is left out."""
    group: list[Mention] = []
    end = -1
    for amount in amounts:
        if amount.start >= end:
            if group:
                yield group
            group, end = [], end_of(text, amount.end, SENTENCE)
        if not (group and amount.value == group[-1].value and amount.start - group[-1].end < 12):
            group.append(amount)
    if group:
        yield group


def _labelled(text: str, group: Sequence[Mention]) -> dict[str, Printed]:
    """The net price, the tax and the gross price of a sentence; a label that two amounts bear is left out."""
    found: dict[str, list[Printed]] = {}
    last = start_of(text, group[0].start, SENTENCE)
    for amount in group:
        label = re.split("[，、；]", text[max(last, amount.start - 40) : amount.start])[-1]
        kind = "net" if _NET.search(label) else "tax" if _TAX.search(label) else "gross" if _GROSS.search(label) else ""
        found.setdefault(kind, []).append(_of_mention(text, amount))
        last = amount.end
    return {kind: same[0] for kind, same in found.items() if len(same) == 1 and "" not in found}


def _only_rate(text: str, group: Sequence[Mention]) -> Printed | None:
    start, end = start_of(text, group[0].start, SENTENCE), end_of(text, group[-1].end, SENTENCE)
    found = list(_RATE.finditer(text, start, end))
    if len(found) != 1 or text.count("%", start, end) != 1:
        return None
    return Printed(Span(found[0].start("rate"), found[0].end()), int(found[0]["rate"]) / 100, 0.0)


def _wrong_total_behind(text: str, group: Sequence[Mention]) -> Iterator[Hit]:
    total, parts = group[-1], list(group[:-1])
    if not _TOTAL.search(text, max(parts[-1].end, total.start - 24), total.start):
        return
    stretch = text[start_of(text, parts[0].start, SENTENCE) : total.end]
    terms, stated = [_of_mention(text, part) for part in parts], _of_mention(text, total)
    if _NOT_PARTS.search(stretch) or not all(_bears_a_name(text, a, b) for a, b in pairwise(parts)):
        return
    sums = [sum(term.value for term in terms[i:]) for i in range(len(terms) - 1)]
    if all(abs(s - stated.value) > stated.step for s in sums):
        yield difference_hit(terms, "+", sums[0], stated)


def _wrong_breakdown(text: str, group: Sequence[Mention]) -> Iterator[Hit]:
    """Parts that are more than the whole; or three or more that come near it and are not it."""
    found = breakdown(text, group)
    if found is None:
        return
    terms, stated = [_of_mention(text, part) for part in found[1]], _of_mention(text, found[0])
    total = sum(term.value for term in terms)
    near = stated.value * (0.9 if len(terms) > 2 else 0.98)
    wrong = abs(total - stated.value) > max(stated.step, *(t.step for t in terms))
    if wrong and near < total < 10 * stated.value and max(t.value for t in terms) < stated.value:
        yield difference_hit(terms, "+", total, stated)


def _bears_a_name(text: str, before: Mention, part: Mention) -> bool:
    """Whether a part is separated from the one before it and has a name of its own: 实施费8万元."""
    between = text[before.end : part.start]
    return re.search(r"[，、及和与；]\s?[^，、\n]{2,20}$", between) is not None


def _of_mention(text: str, amount: Mention) -> Printed:
    words = text[amount.start : amount.end]
    decimals = re.search(r"\.([0-9]+)", words)
    scale = next((value for unit, value in MYRIADS.items() if unit in words), 1)
    step = scale * 10.0 ** -len(decimals[1]) if decimals else 1.0
    return Printed(Span(amount.start, amount.start + len(words.rstrip())), float(amount.value), step)


def _printed(match: re.Match[str], name: str, scale: str) -> Printed:
    value = number(match[name]) or 0.0
    factor, decimals = MYRIADS.get(scale, 1), len(match[name].partition(".")[2])
    return Printed(Span(*match.span(name)), value * factor, factor * 10.0**-decimals if decimals else 1.0)
