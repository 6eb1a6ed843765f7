"""PRC041: earnest money that is an amount, and more than a fifth of the price that the contract states.

民法典第586条第2款: earnest money may not exceed 20 % of the value of the contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from hetong.document import Span
from hetong.flag.checks.shares import TOTAL_BEFORE, stated_total
from hetong.flag.checks.stretch import PART, SENTENCE, end_of, start_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.numerals import Figure, amounts_in_figures, amounts_in_words
from hetong.rulebook import Rule

LIMIT: Final = 0.2
_BEFORE: Final = re.compile(
    r"(?<![预双])定金(?![额属融])(?:[^，。；\n0-9%双余预]{0,8})(?:（大写）?|（小写）|：|¥)?\s{0,3}$"
)
_BEHIND: Final = re.compile(
    r"整?(?:（[^（）\n]{0,30}）)?，?(?:作为|作|充作|充当|为|即为|是|的)[^。；，\n%余预]{0,6}(?<!预)定金(?![额属融])"
)
# Earnest money for a part of the contract only, or whose excess is said to be an advance
_PART_ONLY: Final = re.compile("每|批|订单|单台|首期|该期|超[过出][^，。；\n]{0,10}部分|不超过|不得超过|双倍|罚则|违约")


def deposit_amount(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each amount of earnest money above a fifth of the price, where the contract states one price only."""
    if "定金" not in view.text or not (total := stated_total(view.text)):
        return
    amounts = sorted(chain(amounts_in_figures(view.text), amounts_in_words(view.text)))
    price = next(a for a in amounts if TOTAL_BEFORE.search(view.text, max(0, a.start - 40), a.start))
    for amount in amounts:
        if LIMIT * total + 0.005 < amount.value < total and _is_deposit(view.text, amount):
            yield _hit(view, amount, price, amount.value / total)


def _is_deposit(text: str, amount: Figure) -> bool:
    """Whether an amount is the earnest money of the whole contract, by the words right before or behind it."""
    bound = _BEFORE.search(text, start_of(text, amount.start, PART), amount.start) or _BEHIND.match(text, amount.end)
    sentence = text[start_of(text, amount.start, SENTENCE) : end_of(text, amount.end, SENTENCE)]
    return bound is not None and _PART_ONLY.search(sentence) is None


def _hit(view: View, amount: Figure, price: Figure, share: float) -> Hit:
    place, total = _trimmed(view.text, amount), _trimmed(view.text, price)
    values = {
        "deposit": view.contract.text_of(place),
        "total": view.contract.text_of(total),
        "share": f"{share * 100:.4g}%",
    }
    return Hit(place, (place,), related=(total,), values=values)


def _trimmed(text: str, amount: Figure) -> Span:
    printed = text[amount.start : amount.end]
    return Span(amount.end - len(printed.lstrip()), amount.start + len(printed.rstrip()))
