"""DOC003: numbers of one list that leave one out, come twice or stand out of order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from hetong.document import Clause, Span
from hetong.flag.checks.marks import Mark, mark_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import Rule

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
        return self.mark.ordinal


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
    yield from _heads_left_out(view)


def _heads_left_out(view: View) -> Iterator[Hit]:
    """7.4 and then 9.1, where 9 itself was not read as a number because it follows none."""
    parts = _dotted_parts(view)
    heads = [part[0].mark.ordinals[0] for part in parts]
    odd = [i for i in range(1, len(heads)) if heads[i] != heads[i - 1] + 1]
    if len(heads) < ENOUGH or heads[0] != 1 or len(odd) != 1 or heads[odd[0]] != heads[odd[0] - 1] + 2:
        return
    before, after, expected = parts[odd[0] - 1][1], parts[odd[0]][0], heads[odd[0]] - 1
    head = rf"^\s*(?:第\s?)?(?:{expected}|{_in_han(expected)})(?![0-9.])"
    between = view.text[before.clause.start : after.clause.start]
    if not _is_head(view, after) and not re.search(head, between, re.MULTILINE):
        yield _hit(view, before, after, f"{expected}.1")


def _dotted_parts(view: View) -> list[tuple[Item, Item]]:
    """The first and the last of the numbers of each article: 7.1 and 7.4, 9.1 and 9.3."""
    parts: list[tuple[Item, Item]] = []
    for clause in view.contract.clauses:
        mark = mark_of(clause.number) if clause.kind == "clause" and "." in clause.number else None
        if mark is not None and len(mark.ordinals) == 2:
            item = Item(clause, mark)
            if parts and parts[-1][0].mark.ordinals[0] == mark.ordinals[0]:
                parts[-1] = (parts[-1][0], item)
            else:
                parts.append((item, item))
    return parts


def _is_head(view: View, item: Item) -> bool:
    """Whether a dotted number stands below the number that it begins with."""
    parent = view.contract.clauses[item.clause.parent] if item.clause.parent is not None else None
    mark = mark_of(parent.number) if parent and parent.number else None
    return mark is not None and mark.ordinal == item.mark.ordinals[0]


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
        while mark.style == "条" and above is not None and clauses[above].kind != "annex":
            above = clauses[above].parent
        lists = runs[above, mark.style, mark.ordinals[:-1]]
        if not lists or mark.ordinal == 1:
            lists.append([])
        lists[-1].append(Item(clause, mark))
    for lists in runs.values():
        yield from (run for run in lists if run[0].ordinal == 1)


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
    return re.search(_printed(before.mark, expected), text) is None


def _printed(mark: Mark, ordinal: int) -> str:
    """A pattern for a number of the same style, inside a line or short of its last character: 第四 for 第四条."""
    written = _in_han(ordinal) if "一" in mark.style else str(ordinal)
    if len(mark.ordinals) > 1:
        return rf"(?<![0-9.]){re.escape('.'.join(map(str, mark.ordinals[:-1])))}\s?[.．]\s?{ordinal}(?![0-9%])"
    if mark.style.startswith("（"):
        return rf"（\s?{written}\s?）"
    if mark.style.endswith("）"):
        return rf"(?<![0-9（一-鿿]){written}\s?）"
    if mark.style in ("一、", "1."):
        return rf"(?<![0-9.（第一-鿿]){written}(?:\s?[、.．：，](?![0-9])|\s)"
    return rf"(?:^|[\n。；])\s*第\s?(?:{ordinal}|{_in_han(ordinal)})"


def _misplaced(view: View, before: Item, after: Item) -> bool:
    """Whether the list goes on right behind a number that is out of place: 12, 18, 13."""
    clauses = view.contract.clauses
    later = bisect_right(clauses, after.clause.start, key=lambda c: c.start)
    following = next((c for c in islice(clauses, later, later + NEAR) if c.parent == after.clause.parent), None)
    mark = mark_of(following.number) if following else None
    return mark is not None and mark.style == after.mark.style and 0 < mark.ordinal - before.ordinal <= 2


def _in_han(number: int) -> str:
    """The number in Chinese digits, as items below a hundred are numbered."""
    tens, units = divmod(number % 100, 10)
    return ("" if tens < 2 else _HAN[tens]) + ("十" if tens else "") + (_HAN[units] if units else "")


def _hit(view: View, before: Item, after: Item, expected: str = "") -> Hit:
    first, second = _place(view, before), _place(view, after)
    values = {
        "before": view.contract.text_of(first),
        "after": view.contract.text_of(second),
        "expected": expected or ".".join(map(str, (*before.mark.ordinals[:-1], before.ordinal + 1))),
    }
    return Hit(second, (second,), related=(first,), values=values)


def _place(view: View, item: Item) -> Span:
    start = view.contract.text.find(item.clause.number, item.clause.start, item.clause.body + 1)
    start = max(start, item.clause.start)
    return Span(start, start + len(item.clause.number))
