"""DOC019: annexes whose numbers skip one, or that the contract itself never speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from hetong.document import Span
from hetong.flag.checks.annexes import LISTED, all_named, ordinal_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.fold import fold
from hetong.numerals import integer
from hetong.rulebook import Rule

_WIDEST: Final = 2  # a step over more numbers is another series
# Annexes that stand for themselves: the contract need not speak of them
_ON_ITS_OWN: Final = re.compile(
    "廉洁|廉政|贿赂|安全|保密|承诺|授权|委托书|执照|资质|资格|证明|补充|格式|身份|复印|通知书|略|声明|投标|中标|报价"
)
_TITLE_WORDS: Final = re.compile("清单|明细表?|表|目录|附件|标准|要求|说明|（.*|[0-9、，。《》 ]")


class Attached(NamedTuple):
    """An annex with a number, where its heading or its line of the list stands."""

    number: int
    title: str
    place: Span


def annex_order(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each gap in the numbers of the annexes and for each annex that nothing refers to while others are.

    An annex that is named and missing is for DOC005 to tell.
    """
    if "附" not in view.text:
        return
    annexes = _attached(view)
    if len(annexes) < 2 or annexes[0].number != 1:
        return
    named = {n.number for n in all_named(view.text) if n.number is not None and _in_body(view, n.place)}
    listed = {annex.number for annex in annexes}
    told = named & listed
    for before, after in pairwise(annexes):
        skipped = range(before.number + 1, after.number)
        if 0 < len(skipped) <= _WIDEST and named.isdisjoint(skipped):
            told.add(after.number)
            yield _hit(view, after, before)
    if named & listed:
        body = _body(view)
        first = next(annex for annex in annexes if annex.number in named)
        yield from (_hit(view, a, first) for a in annexes if a.number not in told and not _spoken_of(a.title, body))


def _attached(view: View) -> list[Attached]:
    """The annexes by number, each where it is first headed or listed; empty when two series run side by side."""
    found: dict[int, Attached] = {}
    for match in LISTED.finditer(view.text):
        number = integer(match["number"])
        if number:
            found.setdefault(number, Attached(number, match["title"].strip(), Span(match.start(), match.end())))
    for clause in view.contract.clauses:
        number = ordinal_of(fold(clause.number)) if clause.kind == "annex" and clause.number.startswith("附") else None
        if number:
            title = fold(clause.heading)
            found.setdefault(number, Attached(number, title, Span(clause.start, max(clause.body, clause.start + 1))))
    return sorted(found.values())


def _in_body(view: View, place: Span) -> bool:
    """Whether a place that names an annex is neither its heading nor its line of the list."""
    clause = view.contract.clause_at(place.start)
    if clause is None or clause.kind == "contents" or (clause.kind == "annex" and place.start < clause.body):
        return False
    line = view.text.rfind("\n", 0, place.start) + 1
    return LISTED.match(view.text, line) is None


def _body(view: View) -> str:
    kinds = ("preamble", "clause", "parties")
    return "\n".join(
        line
        for clause in view.contract.clauses
        if clause.kind in kinds
        for line in view.text[clause.start : clause.end].split("\n")
        if not LISTED.match(line)
    )


def _spoken_of(title: str, body: str) -> bool:
    """Whether the contract uses the words of a title, or the title says that the annex stands for itself."""
    words = _TITLE_WORDS.sub("", title)
    if not words or _ON_ITS_OWN.search(title):
        return True
    return any(words[i : i + 3] in body for i in range(max(1, len(words) - 2)))


def _hit(view: View, annex: Attached, other: Attached) -> Hit:
    here, there = view.contract.text_of(annex.place).strip(), view.contract.text_of(other.place).strip()
    return Hit(annex.place, (annex.place,), related=(other.place,), values={"annex": here[:30], "other": there[:30]})
