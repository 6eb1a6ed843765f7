"""PRC003: numbers that are not what their parts make, in tables, in sentences, and between a table and the price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.flag.checks.prose_sums import (
    wrong_formulas,
    wrong_parts,
    wrong_prices,
    wrong_subtotals,
    wrong_taxes,
    wrong_times,
)
from hetong.flag.checks.table_sums import wrong_rows, wrong_totals
from hetong.flag.checks.tables import MONEY, tables
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import Rule

_PARTS: Final = ("合计", "共计", "总计", "总价", "总金额", "其中")


def sums_that_differ(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each sum or product whose parts make something else, at the number that is stated."""
    text = view.text
    if MONEY.search(text):
        for table in tables(view):
            yield from wrong_rows(table)
            yield from wrong_totals(table)
    if "=" in text or "＝" in text:
        yield from wrong_formulas(text)
    if "税" in text or any(word in text for word in _PARTS):
        yield from _in_sentences(view)


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
