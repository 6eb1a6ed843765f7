"""What the page shows of a draft before signing: what stands against it, and the blanks marked in the text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, product
from typing import NamedTuple

from hetong.document import BLANK_KINDS, AttributeStatus, Blank, Clause, Contract, Finding, Party, Problem


class Link(NamedTuple):
    """A clause in which something stands against signing, and how many times; linked by its anchor."""

    clause: Clause
    anchor: str
    times: int


class Obstacles(NamedTuple):
    """Obstacles of one kind: `key` of a label (blank-amount), a `title` of their own, and where they stand."""

    key: str
    title: str
    times: int
    links: tuple[Link, ...]


def obstacles(contract: Contract, anchor: str) -> tuple[Obstacles, ...]:
    """What stands against signing: blanks by kind, then findings by title, then what was not read."""
    index_of = {clause.id: index for index, clause in enumerate(contract.clauses)}

    def links(clauses: Iterable[str | None]) -> tuple[Link, ...]:
        counts = Counter(clause for clause in clauses if clause in index_of)
        found = ((index_of[clause], n) for clause, n in counts.items() if clause)
        return tuple(Link(contract.clauses[index], f"{anchor}-c{index}", n) for index, n in found)

    return tuple(Obstacles(key, title, len(clauses), links(clauses)) for key, title, clauses in _grouped(contract))


def _grouped(contract: Contract) -> Iterator[tuple[str, str, list[str | None]]]:
    """(key, title, the clauses it stands in) of each kind of obstacle."""
    blanks = [(blank, contract.clause_at(blank.start)) for blank in contract.blanks]
    for left_in, kind in product((False, True), BLANK_KINDS):
        alike = (clause for blank, clause in blanks if (blank.left_in, blank.kind) == (left_in, kind))
        if clauses := [clause.id if clause else None for clause in alike]:
            yield f"{'left' if left_in else 'blank'}-{kind}", "", clauses
    if parties := [o for o in contract.obstacles if isinstance(o, Party)]:
        yield "unnamed", "", [None] * len(parties)
    for status in (o for o in contract.obstacles if isinstance(o, AttributeStatus)):
        yield "", f"{status.attribute}（{status.why}）", [status.clause]
    findings = sorted((o for o in contract.obstacles if isinstance(o, Finding)), key=lambda finding: finding.rule)
    for title, group in groupby(findings, key=lambda finding: finding.title):
        yield "", title, [finding.clause for finding in group]
    if problems := [o for o in contract.obstacles if isinstance(o, Problem)]:
        yield "unread-places", "", [None] * len(problems)


def marked_blanks(blanks: Iterable[Blank]) -> list[Blank]:
    """The blanks as marks that do not overlap: a choice is cut where it holds a blank of its own."""
    marks: list[Blank] = []
    for blank in blanks:
        outer = marks.pop() if marks and marks[-1].end > blank.start else None
        if outer and outer.start < blank.start:
            marks.append(replace(outer, end=blank.start))
        marks.append(blank)
        if outer and outer.end > blank.end:
            marks.append(replace(outer, start=blank.end))
    return marks


def marks_between(marks: Sequence[Blank], start: int, end: int) -> deque[Blank]:
    """The marks that touch text[start:end]."""
    first = bisect_right(marks, start, key=lambda mark: mark.end)
    return deque(marks[first : bisect_left(marks, end, key=lambda mark: mark.start)])
