"""PRC003: numbers that are not what their parts make, in tables, in sentences, and between a table and the price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.document import Span
from hetong.flag.checks.conflicts import TAXES
from hetong.flag.checks.prose_sums import (
    wrong_formulas,
    wrong_parts,
    wrong_prices,
    wrong_subtotals,
    wrong_taxes,
    wrong_times,
)
from hetong.flag.checks.table_sums import difference_hit, whole_of, wrong_rows, wrong_shares, wrong_totals
from hetong.flag.checks.tables import MONEY, Printed, Table, scale_of, tables, words_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import Rule

_PRICE: Final = re.compile(
    r"(?:合同总价款?|合同总金额|合同总额|签约合同价|合同金额)(?:（[^（）\n]{0,8}）)?(?:总计|共计|合计|为|是|计|：|人民币|\s){0,6}$"
)
# Where the table is said to be what the price is made of
_PRICED: Final = re.compile("(?:价格|报价|货物|设备|采购|供货|分项|产品)(?:明细|清单|一览|构成|组成)?表?")
_PARTS: Final = ("合计", "共计", "总计", "总价", "总金额", "其中", "单价")


def sums_that_differ(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each sum or product whose parts make something else, at the number that is stated."""
    text = view.text
    if MONEY.search(text):
        found = list(tables(view))
        for table in found:
            yield from wrong_rows(table)
            yield from wrong_totals(table)
            yield from wrong_shares(table)
        yield from _wrong_price(view, found)
    if "=" in text or "＝" in text:
        yield from wrong_formulas(text)
    if "税" in text or any(word in text for word in _PARTS):
        yield from _in_sentences(view)


def _wrong_price(view: View, found: Sequence[Table]) -> Iterator[Hit]:
    """The price of the contract where its only table makes another, and neither tax nor another sum explains it."""
    wholes = [whole for whole in map(whole_of, found) if whole]
    if len(wholes) != 1 or len(found) != 1 or scale_of(found[0].caption + " ".join(words_of(found[0].head))) != 1:
        return
    parts, total = wholes[0]
    amounts = [m for m in view.contract.mentions if m.kind == "amount"]
    prices = [m for m in amounts if _PRICE.search(view.text, max(0, m.start - 24), m.start)]
    if len({m.value for m in prices}) != 1 or not _PRICED.search(view.text):
        return
    price, difference = float(prices[0].value), abs(float(prices[0].value) - total.value)
    low, high = sorted((price, total.value))
    other = any(abs(float(m.value) - known) < 0.01 for m in amounts for known in (difference, total.value))
    if 0.005 < difference < low / 4 and not other and not any(abs(high / low - 1 - tax) < 1e-4 for tax in TAXES):
        place = Span(prices[0].start, prices[0].start + len(view.text[prices[0].start : prices[0].end].rstrip()))
        yield difference_hit(parts, "+", total.value, Printed(place, price, 0.01))


def _in_sentences(view: View) -> Iterator[Hit]:
    amounts = [m for m in view.contract.mentions if m.kind == "amount"]
    if len(amounts) < 2:
        return
    if re.search("不含(?:增值)?税|未税|除税", view.text):
        yield from wrong_taxes(view, amounts)
    if any(word in view.text for word in _PARTS):
        yield from wrong_parts(view, amounts)
        yield from wrong_times(view, amounts)
    if "单价" in view.text:
        yield from wrong_prices(view, amounts)
    if "小计" in view.text:
        yield from wrong_subtotals(view, amounts)
