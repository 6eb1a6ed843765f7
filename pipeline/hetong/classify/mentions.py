"""Finds what a contract mentions: amounts, dates, periods, rates and references to its own clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hetong.document import Contract, Mention
from hetong.fold import fold
from hetong.numerals import amounts_in_figures, amounts_in_words, days, periods, rates

_REFERENCE: Final = re.compile(
    r"(?:本合同|本协议)?第\s*[0-9一二三四五六七八九十百零.]+\s*(?:条|款|项|章)"
    "|附件\\s*[0-9一二三四五六七八九十]+"
)


def find_mentions(contract: Contract) -> tuple[Mention, ...]:
    """All mentions in text order; amounts in yuan, rates as fractions, periods in days, dates in ISO form."""
    return tuple(sorted(_mentions(contract, fold(contract.text)), key=lambda m: (m.start, m.end, m.kind)))


def _mentions(contract: Contract, text: str) -> Iterator[Mention]:
    for figure in (*amounts_in_figures(text), *amounts_in_words(text)):
        yield Mention("amount", figure.start, figure.end, figure.value, figure.unit)
    for figure in rates(text):
        yield Mention("rate", figure.start, figure.end, figure.value, figure.unit)
    for figure in periods(text):
        yield Mention("period", figure.start, figure.end, figure.value, figure.unit)
    for day in days(text):
        yield Mention("date", day.start, day.end, day.value.isoformat() if day.value else "")
    for match in _REFERENCE.finditer(text):
        yield Mention("reference", match.start(), match.end(), contract.text[match.start() : match.end()])
