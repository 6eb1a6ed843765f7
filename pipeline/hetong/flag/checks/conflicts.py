"""DOC014: two values for one thing, in two places of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from hetong.document import Severity
from hetong.flag.checks.named import Named, named_amounts, named_periods, named_rates
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import Rule

UNIT_SLIPS: Final = (10.0, 1000.0, 10000.0)
TAXES: Final = (0.13, 0.09, 0.06, 0.05, 0.03, 0.01)
_PREVAILS: Final = re.compile("(?:不一致|冲突|矛盾|不符|歧义)[^。；\n]{0,20}(?:为准|优先|顺序)|解释顺序|优先顺序")


def two_values_for_one_thing(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each thing whose name stands with two values, at the second; three and more are variants of it.

    It is milder where the contract says which of two places prevails.
    """
    severity: Severity | None = None
    found = [*named_amounts(view), *named_periods(view), *named_rates(view)]
    for first, second in clashes(found):
        if slip(first.value, second.value) and first.key[0] not in ("share", "daily", "deadline"):
            continue
        severity = severity or ("medium" if _PREVAILS.search(view.text) else "high")
        values = {"first": view.contract.text_of(first.place), "second": view.contract.text_of(second.place)}
        clauses = (view.contract.clause_at(named.place.start) for named in (first, second))
        values |= dict(zip(("first_clause", "second_clause"), (c.id if c else "" for c in clauses), strict=True))
        yield Hit(
            second.place, (first.place, second.place), related=(first.place,), values=values,
            severity=severity if severity == "medium" else None,
        )  # fmt: skip


def clashes(found: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    """The first places of the two values of each thing that has exactly two."""
    ordered = sorted(found, key=lambda named: (named.key, named.place))
    for _, group in groupby(ordered, key=lambda named: named.key):
        places: dict[float, Named] = {}
        for named in group:
            places.setdefault(round(named.value, 6), named)
        if len(places) == 2:
            first, second = places.values()
            if not _by_tax(first.value, second.value) and abs(first.value - second.value) > 1e-6:
                yield first, second


def slip(first: float, second: float) -> bool:
    """Whether two amounts differ by the factor of a wrong unit or digit: 10, 1,000 or 10,000."""
    low, high = sorted((first, second))
    return low > 0 and any(abs(high / low / factor - 1) < 1e-9 for factor in UNIT_SLIPS)


def _by_tax(first: float, second: float) -> bool:
    """Whether one amount is the other with tax."""
    low, high = sorted((first, second))
    return low > 1000 and any(abs(high / low - 1 - rate) < 1e-5 for rate in TAXES)
