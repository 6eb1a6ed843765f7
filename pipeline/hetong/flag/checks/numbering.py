"""DOC003: numbers of one list that leave one out, come twice or stand out of order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from hetong.document import Clause, Span
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.fold import fold
from hetong.rulebook import Rule
from hetong.segment.numbering import CONTAINERS, Mark, readings

ENOUGH: Final = 4  # numbers that a list must have before an odd one means something
LONG: Final = 12  # a list of so many may hold two odd places and is still a list
NEAR: Final = 200  # clauses within which the next number of a list is looked for
WIDEST: Final = 3  # a step over more numbers is another list, or a text that has lost its automatic numbers
_HAN: Final = "零一二三四五六七八九"


class Item(NamedTuple):
    """One clause of a list, with the number read."""

    clause: Clause
    mark: Mark

    @property
    def ordinal(self) -> int:
        """Its place in the list."""
        return self.mark.ordinals[-1]


def numbering(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each place where the numbers of a list do not go on, with the number before and the one after.

    Only a list that otherwise counts up by one is judged: a text that has lost its automatic numbers stays silent.
    """
    for run in _runs(view):
        odd = [i for i in range(1, len(run)) if run[i].ordinal != run[i - 1].ordinal + 1]
        if len(run) < ENOUGH or not odd:
            continue
        places = _places(run, odd)
        if len(places) <= (2 if len(run) >= LONG else 1):
            yield from (_hit(view, run[i - 1], run[i]) for i in places if _sure(view, run[i - 1], run[i]))


def _runs(view: View) -> Iterator[list[Item]]:
    """The lists of the contract, each a run of clauses below one clause with numbers of one spelling.

    Articles count on from chapter to chapter; a list that begins at one again is another list.
    """
    clauses = view.contract.clauses
    runs: dict[tuple[object, ...], list[list[Item]]] = defaultdict(list)
    for clause in clauses:
        mark = mark_of(clause.number) if clause.number and clause.kind in ("clause", "annex") else None
        if mark is None:
            continue
        above = clause.parent
        while mark.style == "条" and above is not None and _is_chapter(clauses[above]):
            above = clauses[above].parent
        lists = runs[above, mark.style, mark.variant, mark.ordinals[:-1]]
        if not lists or mark.ordinals[-1] == 1:
            lists.append([])
        lists[-1].append(Item(clause, mark))
    for lists in runs.values():
        yield from (run for run in lists if run[0].ordinal == 1)


def _is_chapter(clause: Clause) -> bool:
    mark = mark_of(clause.number)
    return mark is not None and mark.style in CONTAINERS


@lru_cache(maxsize=4096)
def mark_of(number: str) -> Mark | None:
    """The number of a clause as the outline reads it; letters are left out: an i may be a Roman one."""
    marks = readings(fold(number).lstrip("#* ") + " 总则")
    return marks[0] if marks and not any(c.isalpha() and c.isascii() for c in number) else None


def _places(run: list[Item], odd: list[int]) -> list[int]:
    """Where a run goes wrong; of two steps around one number out of place (10, 11, 10, 13) the first tells it."""
    places: list[int] = []
    for i in odd:
        pair = places and i == places[-1] + 1 and run[i].ordinal in (run[i - 2].ordinal + 1, run[i - 2].ordinal + 2)
        if not pair:
            places.append(i)
    return places


def _sure(view: View, before: Item, after: Item) -> bool:
    """Whether the number that was expected stands nowhere between the two, as an item or at the head of deeper ones."""
    expected = before.ordinal + 1
    if not before.ordinal <= after.ordinal <= expected + WIDEST and not _misplaced(view, before, after):
        return False
    text = view.text[before.clause.start + len(before.clause.number) : after.clause.start]
    prefix = ".".join(map(str, before.mark.ordinals[:-1]))
    dotted = rf"{re.escape(prefix)}\s?[.．]\s?" if prefix else ""
    han = _in_han(expected)
    digits = rf"(?<![0-9.]){dotted}{expected}(?![0-9%])\s?[、.．：，）条章节\s]"
    return re.search(rf"{digits}|{han}\s?[、.．，：）条章节]|第{han}\s", text) is None


def _misplaced(view: View, before: Item, after: Item) -> bool:
    """Whether the list goes on right behind a number that is out of place: 12, 18, 13."""
    clauses = view.contract.clauses
    later = bisect_right(clauses, after.clause.start, key=lambda c: c.start)
    following = next((c for c in islice(clauses, later, later + NEAR) if c.parent == after.clause.parent), None)
    mark = mark_of(following.number) if following else None
    return mark is not None and mark.style == after.mark.style and 0 < mark.ordinals[-1] - before.ordinal <= 2


def _in_han(number: int) -> str:
    """The number in Chinese digits, as items below a hundred are numbered."""
    tens, units = divmod(number % 100, 10)
    return ("" if tens < 2 else _HAN[tens]) + ("十" if tens else "") + (_HAN[units] if units else "")


def _hit(view: View, before: Item, after: Item) -> Hit:
    first, second = _place(view, before), _place(view, after)
    values = {
        "before": view.contract.text_of(first),
        "after": view.contract.text_of(second),
        "expected": ".".join(map(str, (*before.mark.ordinals[:-1], before.ordinal + 1))),
    }
    return Hit(second, (second,), related=(first,), values=values)


def _place(view: View, item: Item) -> Span:
    start = view.contract.text.find(item.clause.number, item.clause.start, item.clause.body + 1)
    start = max(start, item.clause.start)
    return Span(start, start + len(item.clause.number))
