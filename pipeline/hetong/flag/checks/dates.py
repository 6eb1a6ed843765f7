"""DOC008: dates that do not exist, that run backwards, or that do not fit a term or each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from hetong.document import Mention, Severity, Span
from hetong.flag.checks.ranges import Range, expected_ends, ranges
from hetong.flag.checks.stretch import LINE, SENTENCE, end_of, start_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import Rule

MOST_DAYS: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LATE_IN_MONTH: Final = re.compile("月 ?3[0-9][日号]")
_MONTH: Final = re.compile(r"(?<![0-9.])(?<![0-9]年)(?<![0-9]年 )(?P<month>[0-9]{1,2})$")
_PRINTED_AS_DATE: Final = re.compile(r"年|[0-9]{4}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12][0-9]|3[01])$")
_FOR: Final = r"(?:日期|时间|日)?(?:为|是|：|定于|不晚于|不迟于|最迟(?:于|为)?|应?在|\s|（[^（）\n]{0,8}）){0,4}$"
_LABELS: Final = {
    "begins": re.compile(rf"(?P<kind>计划|实际|合同)?(?:开工|进场施工){_FOR}"),
    "ends": re.compile(rf"(?P<kind>计划|实际|合同)?(?:竣工|完工)(?!验收|结算){_FOR}"),
    "signed": re.compile(r"(?<!主合同)(?:签订|签署|签约)(?:日期|时间)(?:为|是|：|\s){0,4}$"),
    "delivered": re.compile(rf"(?:交货|交付|到货|供货|完成交付){_FOR}"),
}
_DELIVERED_BY: Final = re.compile(
    r"(?:之?前|以前)(?:将|向|把|完成|全部)?[^，。；\n]{0,12}(?:交货|交付|到货|送达|运抵|交清|交齐)"
)
_THIS_ONE: Final = re.compile("本(?:合同|协议)[^，。；\n]{0,8}于$")
_SIGNED_BEHIND: Final = re.compile("(?:在[^，。；\n]{2,12})?(?:签订|签署|签约)")
_DONE: Final = re.compile("[已曾][^，。；\n]{0,8}$")
_ZERO: Final = re.compile("[年月] ?0{1,2} ?[月日号]")
_TERM: Final = re.compile(
    "(?P<whole>合同|协议|合作|供货|承包)?(?:服务|租赁|授权|许可|维保|委托)?的?(?:有效)?(?:期限|期间|期)[^，。；\n]{0,20}$|租期[^，。；\n]{0,20}$"
)
YEAR: Final = 365
_SEAL: Final = re.compile("盖章|签字|签章|公章|代理人）|法定?代表")
_RETROACTIVE: Final = re.compile("追溯|溯及|补签|倒签|补订")


class Labelled(NamedTuple):
    """A date that the words around it give a meaning; `kind` is what the label says of it (计划, 实际)."""

    mention: Mention
    value: date
    kind: str


def dates_that_clash(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each date that does not exist, range that runs backwards or misses its term, and clash of two days."""
    dates = [mention for mention in view.contract.mentions if mention.kind == "date"]
    if "月" in view.text:
        yield from _impossible(view, dates)
    if len(dates) < 2 and not (dates and "月" in view.text):
        return
    found = list(ranges(view, dates))
    for stretch in found:
        yield from _backwards(view, stretch)
        yield from _misses_its_term(view, stretch)
    yield from _milestones(view, dates, found)


def _impossible(view: View, dates: Sequence[Mention]) -> Iterator[Hit]:
    """Dates that no calendar has: 2026年2月30日, 6月31日."""
    for mention in dates:
        printed = view.contract.text_of(mention)
        if mention.value == "" and _PRINTED_AS_DATE.search(printed) and not _ZERO.search(printed):
            yield _hit(view, Span(mention.start, mention.end), (), "")
    for match in _LATE_IN_MONTH.finditer(view.text):
        month = _MONTH.search(view.text, max(0, match.start() - 5), match.start())
        if month and 1 <= int(month["month"]) <= 12 and int(match[0][-3:-1]) > MOST_DAYS[int(month["month"])]:
            yield _hit(view, Span(month.start(), match.end()), (), "")


def _backwards(view: View, stretch: Range) -> Iterator[Hit]:
    if stretch.end < stretch.start and stretch.has_year:
        yield _hit(view, stretch.last, (stretch.first,), stretch.start.isoformat())


def _misses_its_term(view: View, stretch: Range) -> Iterator[Hit]:
    """A term beside a range that is longer or shorter than the range, by any way of counting the last day."""
    if stretch.term is None or stretch.end <= stretch.start:
        return
    ends = expected_ends(stretch.start, stretch.term)
    if ends and stretch.end not in ends:
        place = Span(stretch.term.start, stretch.term.end)
        yield _hit(view, stretch.last, (place, stretch.first), min(ends).isoformat())


def _milestones(view: View, dates: Sequence[Mention], found: Sequence[Range]) -> Iterator[Hit]:
    labelled = _labelled(view.text, dates)
    if len(labelled["begins"]) == len(labelled["ends"]):
        for begin, end in zip(labelled["begins"], labelled["ends"], strict=True):
            if end.value < begin.value and end.kind == begin.kind:
                yield _clash(view, end, begin)
    yield from _outside_the_term(view, labelled, found)
    yield from _signed_late(view, labelled, found)


def _outside_the_term(view: View, labelled: dict[str, list[Labelled]], found: Sequence[Range]) -> Iterator[Hit]:
    """Deliveries that are due after the only term of the contract has ended."""
    terms = _terms(view, found, whole=True)
    if len(terms) == 1:
        for delivery in labelled["delivered"]:
            if delivery.value > terms[0].end:
                place = Span(delivery.mention.start, delivery.mention.end)
                yield _hit(view, place, (terms[0].last,), terms[0].end.isoformat())


def _signed_late(view: View, labelled: dict[str, list[Labelled]], found: Sequence[Range]) -> Iterator[Hit]:
    """A contract signed after it began to be performed (low), or after the delivery it promises."""
    signed = labelled["signed"]
    if not signed or len({s.value for s in signed}) > 1 or _RETROACTIVE.search(view.text):
        return
    for delivery in labelled["delivered"]:
        if delivery.value < signed[0].value:
            yield _clash(view, delivery, signed[0])
    yield from _sealed_in_another_year(view, signed[0])
    for term in _terms(view, found)[:1]:
        if term.start < signed[0].value:
            place = Span(signed[0].mention.start, signed[0].mention.end)
            yield _hit(view, term.first, (place,), signed[0].value.isoformat(), "low")


def _sealed_in_another_year(view: View, signed: Labelled) -> Iterator[Hit]:
    """A date beside a seal that lies years before the day of signing on the cover."""
    text = view.text
    for mention in view.contract.mentions:
        if mention.kind != "date" or not mention.value or mention.start <= signed.mention.start:
            continue
        alone = not text[start_of(text, mention.start, LINE) : mention.start].strip()
        beside = alone and _SEAL.search(text, max(0, mention.start - 60), mention.start)
        value = date.fromisoformat(str(mention.value))
        if beside and (signed.value - value).days > YEAR:
            yield _clash(view, Labelled(mention, value, ""), signed)
            return


def _terms(view: View, found: Sequence[Range], *, whole: bool = False) -> list[Range]:
    """The ranges that are a term of the contract; of the whole contract, not only of a service or lease in it."""
    terms = []
    for stretch in found:
        match = _TERM.search(view.text, max(0, stretch.first.start - 30), stretch.first.start)
        if match and stretch.has_year and (match["whole"] or not whole):
            terms.append(stretch)
    return terms


def _labelled(text: str, dates: Sequence[Mention]) -> dict[str, list[Labelled]]:
    """The dates whose meaning the words right before or behind them give."""
    found: dict[str, list[Labelled]] = {name: [] for name in _LABELS}
    for mention in dates:
        if not mention.value:
            continue
        value = date.fromisoformat(str(mention.value))
        before = text[start_of(text, mention.start, SENTENCE, max(0, mention.start - 24)) : mention.start]
        behind = text[mention.end : end_of(text, mention.end, SENTENCE)][:30]
        for name, pattern in _LABELS.items():
            if match := pattern.search(before):
                found[name].append(Labelled(mention, value, match.groupdict().get("kind") or ""))
        if _DELIVERED_BY.match(behind) and not _DONE.search(before):
            found["delivered"].append(Labelled(mention, value, ""))
        elif _SIGNED_BEHIND.match(behind) and _THIS_ONE.search(before):
            found["signed"].append(Labelled(mention, value, ""))
    return found


def _clash(view: View, wrong: Labelled, other: Labelled) -> Hit:
    places = (Span(m.start, m.end) for m in (wrong.mention, other.mention))
    return _hit(view, next(places), (next(places),), other.value.isoformat())


def _hit(view: View, place: Span, related: tuple[Span, ...], other: str, severity: Severity | None = None) -> Hit:
    quoted = "、".join(view.contract.text_of(span) for span in related)
    values = {"date": view.contract.text_of(place), "others": quoted or "—", "other": other or "—"}
    return Hit(place, (place,), related=related, values=values, severity=severity)
