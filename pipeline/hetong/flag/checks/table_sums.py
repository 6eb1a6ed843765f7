"""Adds up tables: price × quantity in a row, the rows and their total, net, tax and gross of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import prod
from typing import Final, NamedTuple

from hetong.flag.checks.tables import Printed, Row, Slot, Table, figure_of, is_total, printed, scale_of, words_of
from hetong.flag.kinds import Hit
from hetong.numerals import rates

HALF: Final = 0.005  # half a cent a row: what rounding may leave
MOST_FACTORS: Final = 4
_PRICE: Final = re.compile("单价|价格")
_TAX: Final = re.compile("税额|税金(?!额)|增值税$|税款")
_NET: Final = re.compile("不含税|未税|税前|除税")
_GROSS: Final = re.compile("含税|价税合计|税价合计")
_AMOUNT: Final = re.compile("金额|小计|合计|总价|合价|价款|总额|费用")
_QUANTITY: Final = re.compile("数量|台数|件数|套数|株数|份数|工程量|人数|面积|重量")
_INDEX: Final = re.compile("序号|编号|项次|行号|^No", re.IGNORECASE)
_NO_SUM: Final = re.compile("上限|下限|限额|标准|最高|最低|预付|已付|比例|累计|余额|押金|工资|[A-Za-z]{3}")
# Rows that are taken off or are part of other rows: their table is not added up
_SPECIAL: Final = re.compile("优惠|折|抹零|减|返|让利|扣|其中|暂列|可选|选配|备选|另计|税|大写|不含|赠")
_HAN_NUMBER: Final = re.compile("[（]?[一二三四五六七八九十]+[、）．.]?")


class Columns(NamedTuple):
    """Which columns of a table hold what."""

    prices: list[int]
    quantities: list[int]
    amounts: list[int]
    net: list[int]
    tax: list[int]
    gross: list[int]


def wrong_rows(table: Table) -> Iterator[Hit]:
    """A hit for each row whose price times quantity is not its amount, or whose net and tax are not its gross."""
    columns = _columns(table.head)
    for row in table.rows:
        if row and not is_total(row):
            yield from _wrong_tax(table.head, row, columns)
            yield from _wrong_product(table.head, row, columns)


def wrong_totals(table: Table) -> Iterator[Hit]:
    """A hit for each total that the rows above it do not make, in a column of amounts or quantities."""
    columns = _columns(table.head)
    numbers = (*columns.amounts, *columns.tax, *columns.quantities[:1])
    for column in dict.fromkeys(numbers):
        yield from _wrong_sums(table, column, only=len(columns.amounts) == 1 and column in columns.amounts)


def wrong_shares(table: Table) -> Iterator[Hit]:
    """A hit for each row whose amount is not its percentage of the sum that all other rows agree on."""
    columns = _columns(table.head)
    shares = [i for i, slot in table.head.items() if "比例" in slot.text]
    if len(shares) != 1 or len(columns.amounts) != 1:
        return
    rows = [pair for row in table.rows if (pair := _share_of(table.head, row, shares[0], columns.amounts[0]))]
    wholes = sorted(amount.value / share.value for share, amount in rows)
    whole = wholes[len(wholes) // 2] if wholes else 0.0
    wrong = [i for i, (share, amount) in enumerate(rows) if abs(share.value * whole - amount.value) > 1.0]
    if len(wrong) == 1 and len(rows) > 2:
        (share, amount), (_, other) = rows[wrong[0]], rows[wrong[0] - 1]
        yield difference_hit((Printed(other.place, whole, 1.0), share), "×", whole * share.value, amount)


def _share_of(head: Row, row: Row, share: int, amount: int) -> tuple[Printed, Printed] | None:
    """The percentage and the amount of a row of a payment plan."""
    slot, printed_amount = row.get(share), _number(head, row, amount)
    rate = next(rates(slot.text), None) if slot and not is_total(row) else None
    if slot is None or rate is None or printed_amount is None or not 0 < rate.value < 1:
        return None
    return Printed(slot.place, rate.value, 0.0), printed_amount


def whole_of(table: Table) -> tuple[list[Printed], Printed] | None:
    """The amounts of a table with one column of them and one total that they make: the parts and the total."""
    columns = _columns(table.head)
    rows = [row for row in table.rows if not is_total(row)]
    totals = [row for row in table.rows if is_total(row)]
    if len(columns.amounts) != 1 or columns.tax or len(totals) != 1:
        return None
    parts = [_number(table.head, row, columns.amounts[0]) for row in rows]
    total = _number(table.head, totals[0], columns.amounts[0]) or figure_of(totals[0])
    known = [part for part in parts if part is not None]
    if total is None or len(known) < len(parts) or abs(sum(p.value for p in known) - total.value) > HALF * len(parts):
        return None
    return known, total


def difference_hit(terms: Sequence[Printed], sign: str, expected: float, stated: Printed) -> Hit:
    """A hit that quotes the terms and the number that is not what they make."""
    values = {
        "calculation": _calculation(terms, sign),
        "expected": plain(expected),
        "stated_value": plain(stated.value),
        "difference": plain(abs(stated.value - expected)),
    }
    places = tuple(term.place for term in terms)
    return Hit(stated.place, (stated.place,), related=places, values=values)


def plain(value: float) -> str:
    """A number as contracts print it: 1,234.50, and 1,234 where there are no cents."""
    return f"{value:,.2f}".removesuffix(".00")


def _calculation(terms: Sequence[Printed], sign: str) -> str:
    shown = [plain(term.value) for term in terms]
    return sign.join(shown if len(shown) <= 6 else [*shown[:3], "…", *shown[-2:]])


def _columns(head: Row) -> Columns:
    def those(pattern: re.Pattern[str], none: Sequence[re.Pattern[str]] = ()) -> list[int]:
        return [
            i
            for i, slot in head.items()
            if pattern.search(slot.text) and not any(other.search(slot.text) for other in none)
        ]

    amounts = those(_AMOUNT, (_PRICE, _TAX, _NO_SUM, re.compile("率")))
    quantities = those(re.compile("数量")) or those(_QUANTITY, (_PRICE, _AMOUNT))
    net = [i for i in amounts if _NET.search(head[i].text)]
    gross = [i for i in amounts if i not in net and _GROSS.search(head[i].text)]
    return Columns(those(_PRICE, (_NO_SUM,)), quantities, amounts, net, those(_TAX, (re.compile("率|含"),)), gross)


def _wrong_product(head: Row, row: Row, columns: Columns) -> Iterator[Hit]:
    """Price × quantity against the amount, unless any other numbers of the row explain the difference."""
    taxed = set(columns.amounts) <= {*columns.net, *columns.gross}
    if len(columns.prices) != 1 or len(columns.quantities) != 1 or not (taxed or len(columns.amounts) == 1):
        return
    price, quantity = (_number(head, row, i) for i in (columns.prices[0], columns.quantities[0]))
    stated = [_number(head, row, i) for i in columns.amounts]
    if price is None or quantity is None or not price.value or not quantity.value or not stated or None in stated:
        return
    product = price.value * quantity.value
    used = {columns.prices[0], columns.quantities[0], *columns.amounts}
    factors = [1.0, *_factors(slot for i, slot in row.items() if i not in used and not _INDEX.search(head_of(head, i)))]
    loose = price.step * quantity.value / 2 if price.step < 1 else 0.0
    amounts = [amount for amount in stated if amount is not None]
    if any(_explained(product, amount, factors, loose) for amount in amounts) or _other_units(product, amounts):
        return
    yield difference_hit((price, quantity), "×", product, amounts[0])


def head_of(head: Row, column: int) -> str:
    """The words of the header above a column."""
    return head[column].text if column in head else ""


def _factors(slots: Iterable[Slot]) -> Iterator[float]:
    """What else in a row may multiply its amount: numbers of months or persons, rates of tax or rebate."""
    for slot in slots:
        number = printed(slot)
        if number and number.value:
            yield number.value
        for rate in rates(slot.text):
            yield from (rate.value, 1 + rate.value, 1 - rate.value)


def _explained(product: float, amount: Printed, factors: list[float], loose: float) -> bool:
    few = factors[: MOST_FACTORS + 1]
    products = {product * prod(some) for n in range(len(few) + 1) for some in combinations(few, n)}
    ulp = amount.step / 2 if amount.step not in (1.0, 0.01) else HALF
    return any(
        abs(p - amount.value) <= max(loose * p / product, ulp, HALF) + 1e-9 * p for p in products if p and product
    )


def _other_units(product: float, amounts: list[Printed]) -> bool:
    """Whether price and amount are stated in units a thousand or ten thousand apart: 元/吨 and 公斤, 元 and 万元."""
    ratios = [amount.value / product for amount in amounts]
    return any(abs(r * k - 1) < 1e-6 for r in ratios for k in (0.001, 1000, 0.0001, 10000)) or 0.0 in ratios


def _wrong_tax(head: Row, row: Row, columns: Columns) -> Iterator[Hit]:
    if not len(columns.net) == len(columns.tax) == len(columns.gross) == 1:
        return
    net, tax, gross = (_number(head, row, i[0]) for i in (columns.net, columns.tax, columns.gross))
    if net and tax and gross and abs(net.value + tax.value - gross.value) > max(gross.step, net.step, 0.01) + HALF:
        yield difference_hit((net, tax), "+", net.value + tax.value, gross)


def _wrong_sums(table: Table, column: int, *, only: bool) -> Iterator[Hit]:
    """Each total of a column that is none of the sums a reader may form above it."""
    items: list[Printed] = []  # since the last total
    above = last = whole = 0.0  # the sum of the totals so far, the last of them, and the sum of all other rows
    sure, marks = True, set[str]()
    for row in table.rows:
        if words_of(row) == words_of(table.head):
            continue
        number = _number(table.head, row, column)
        if is_total(row):
            number = number or (figure_of(row) if only else None)
            since = sum(item.value for item in items)
            sums = (since, whole + since, above, above + since, last + since)
            if number and sure and len(marks) < 2 and len(items) > 1 and not _near(number, sums, len(items)):
                yield difference_hit(items, "+", since, number)
            last = number.value if number else 0.0
            above, whole, items = above + last, whole + since, []
        else:
            sure = sure and not any(_SPECIAL.search(slot.text) for slot in row.values())
            marks |= _mark(row)
            items += [number] if number else []
        sure = sure and number is not None


def _near(total: Printed, sums: Iterable[float], rows: int) -> bool:
    coarse = total.step / 2 if total.step > 1 else 0.0
    return any(abs(total.value - s) <= HALF * rows + coarse + 1e-9 * abs(s) for s in sums)


def _mark(row: Row) -> set[str]:
    """How a row is numbered: rows of two kinds of numbers contain one another, and are not added up."""
    first = row[min(row)].text if row else ""
    if _HAN_NUMBER.fullmatch(first):
        return {"han"}
    return {f"{first.count('.')} dots"} if re.fullmatch(r"[0-9]+(?:\.[0-9]+)*", first) else set()


def _number(head: Row, row: Row, column: int) -> Printed | None:
    return printed(row.get(column), scale_of(head_of(head, column)) or 1.0)
