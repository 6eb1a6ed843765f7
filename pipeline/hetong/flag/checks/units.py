"""PRC040: one amount stated twice, ten, a thousand or ten thousand times as much the one time as the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from hetong.document import Mention, Span
from hetong.flag.checks.conflicts import clashes, slip
from hetong.flag.checks.named import named_amounts
from hetong.flag.checks.stretch import SENTENCE, end_of, start_of
from hetong.flag.checks.table_sums import plain
from hetong.flag.checks.tables import MONEY, Printed, printed, scale_of, tables, total_rows
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.numerals import MYRIADS, number
from hetong.rulebook import Rule

LARGE: Final = 10_000  # a bare number that large under 单位：万元 was meant in yuan, if the text says so
_RESTATED: Final = re.compile(r"\s?（\s?(?:即|合|计|也就是)?(?:人民币)?(?:小写)?：?\s?")
_FIGURES: Final = re.compile("[0-9]")
# An amount as forms have it, with room between number and unit: 贰佰伍拾 万元
_AMOUNT: Final = re.compile(
    r"(?P<number>[0-9][0-9,]{0,15}(?:\.[0-9]{1,4})?|[零壹贰叁肆伍陆柒捌玖拾佰仟]{1,12})\s{0,6}(?P<scale>[万亿]?)元"
)
_NOT_PARTS: Final = re.compile("每|/|×|税|上限|不超过|逾期|违约|单价|元起|或|等[，。；）]")


def amounts_in_other_units(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each amount that is stated again by another unit or with another number of noughts.

    Words against figures beside them are told by PRC002.
    """
    amounts = [m for m in view.contract.mentions if m.kind == "amount"]
    if len(amounts) > 1:
        for first, second in clashes([*named_amounts(view)]):
            if slip(first.value, second.value):
                yield _hit(view, (first.place, first.value), (second.place, second.value))
        yield from _in_brackets(view, amounts)
    if "万" in view.text:
        yield from _of_parts(view)
        if "万元" in view.text and MONEY.search(view.text):
            yield from _of_tables(view, amounts)


def _in_brackets(view: View, amounts: Sequence[Mention]) -> Iterator[Hit]:
    """128万元（即12,800,000元）: two figures for one amount."""
    for first, second in pairwise(amounts):
        if second.start - first.end > 12 or not _RESTATED.fullmatch(view.text, first.end, second.start):
            continue
        both = (view.text[m.start : m.end] for m in (first, second))
        if all(map(_FIGURES.search, both)) and slip(float(first.value), float(second.value)):
            yield _hit(view, _placed(view, first), _placed(view, second))


def _of_parts(view: View) -> Iterator[Hit]:
    """250万元，其中经费190元，报酬60元: parts that would make the whole in another unit."""
    text = view.text
    for among in re.finditer("其中", text):
        begin, end = start_of(text, among.start(), SENTENCE), end_of(text, among.end(), SENTENCE)
        whole = list(_AMOUNT.finditer(text, max(begin, among.start() - 40), among.start()))
        parts = list(_AMOUNT.finditer(text, among.end(), end))
        if not whole or len(parts) < 2 or _NOT_PARTS.search(text, whole[-1].start(), end):
            continue
        total, sum_of_parts = _value(whole[-1]), sum(map(_value, parts))
        if sum_of_parts and any(abs(total / sum_of_parts / k - 1) < 1e-9 for k in (1000, 10_000, 0.001, 0.0001)):
            place = Span(parts[0].start(), parts[-1].end())
            yield _hit(view, (Span(*whole[-1].span()), total), (place, sum_of_parts))


def _of_tables(view: View, amounts: Sequence[Mention]) -> Iterator[Hit]:
    """A total under 单位：万元 that the text states in yuan with the same number, or the other way round."""
    stated = {round(float(m.value), 2): m for m in reversed(amounts)}
    for table in tables(view):
        for head, row in total_rows(table):
            for column, slot in row.items():
                words = head[column].text if column in head else ""
                scale = scale_of(words) or scale_of(table.caption)
                bare = printed(slot) if scale and MONEY.search(words) else None
                if bare and slot.text.replace(",", "").replace(".", "").isdigit():
                    yield from _against_text(view, bare, scale, stated)


def _against_text(view: View, bare: Printed, scale: float, stated: dict[float, Mention]) -> Iterator[Hit]:
    value = bare.value * scale
    if round(value, 2) in stated or (scale == 1) != (bare.value < LARGE):
        return
    other = stated.get(round(bare.value * (10_000 if scale == 1 else 1), 2))
    if other is not None and not bare.place.start <= other.start < bare.place.end:
        yield _hit(view, (bare.place, value), _placed(view, other))


def _placed(view: View, amount: Mention) -> tuple[Span, float]:
    length = len(view.text[amount.start : amount.end].rstrip())
    return Span(amount.start, amount.start + length), float(amount.value)


def _value(match: re.Match[str]) -> float:
    return (number(match["number"]) or 0.0) * MYRIADS.get(match["scale"], 1)


def _hit(view: View, first: tuple[Span, float], second: tuple[Span, float]) -> Hit:
    (a, one), (b, other) = first, second
    values = {
        "first": view.contract.text_of(a),
        "second": view.contract.text_of(b),
        "first_value": plain(one),
        "second_value": plain(other),
        "times": plain(max(one, other) / min(one, other)),
    }
    return Hit(b, (a, b), related=(a,), values=values)
