"""PRC004: instalments that do not add up to the whole price."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby, product, takewhile
from typing import Final

from hetong.document import Clause, Span
from hetong.flag.checks.shares import FIGURE, Share, has_blank_rate, retentions, shares, stated_total
from hetong.flag.checks.stretch import LINE, PART, SENTENCE, end_of, start_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import Unit, View
from hetong.fold import fold
from hetong.rulebook import Rule

TOLERANCE: Final = 0.0025  # three times 33.3% is meant to be the whole
MOST: Final = 40  # more shares than that are a table of something else
MOST_OFTEN: Final = 36  # how many times a share that falls due each month may fall due
Part = tuple[Share, Clause]
_ANNOUNCES: Final = re.compile(
    "付款|支付|价款|结算|费用|货款|报酬|租金|拨付|款项|分期|[二三四五六两]期|[二三四五六两][次笔批]|付费"
    "|进度款|偿还|还款"
)
_REST: Final = re.compile(
    "(?:余款|余额|余下|剩余|尾款|其余)(?!里|中|内|前|时|利息)|其他款项|结清|付清|付讫|全部(?:价款|货款|款项)"
    "|全额|全款|余数|结算款|补足"
    "|质保金|质量保证金|保修金|保留金"
)
_SETTLED: Final = re.compile("付|结|退|留|清|扣|抵|给|还")
_OPTIONS: Final = re.compile(
    "方式[一二三123]|方案[一二三123]|第[一二三123_]种|[□☐☑☒√]|任选|选择(?:以下|下列)|(?:以下|下列)第|择一"
)
_WORTH_READING: Final = re.compile("付|款|结算|偿还|归还|缴|交定金")
_STAGES: Final = re.compile(
    "分[二三四五六两2-6]?(?:期|次|笔|批|阶段)|首付|首期|首笔|预付|尾款|余款|第[一二三1-3][期笔次]"
)


class _Elsewhere:
    """What the rest of the contract says about the price, read when it is needed."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def kept_back(self) -> set[float]:
        return retentions(self._text)

    @cached_property
    def total(self) -> float:
        return stated_total(self._text)


def instalments_to_the_whole(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each section whose instalments, as shares of the price, add up to something else than the whole.

    Silent where the reader has to choose or fill in, where the rest is promised without a figure, and where the
    difference is what another clause keeps back.
    """
    elsewhere = _Elsewhere(view.text)
    for section in view.sections:
        text = view.text[section.start : section.end]
        parts = _parts_of(view, section, text, elsewhere) if _WORTH_READING.search(text) else []
        if not 2 <= len(parts) <= MOST or _left_open(view, section, parts):
            continue
        wrong = [share for group in _groups(parts) if not _complete(view, group, section, elsewhere) for share in group]
        if len(wrong) >= 2 and not _complete(view, [share for share, _ in parts], section, elsewhere):
            yield _hit(wrong)


def _left_open(view: View, section: Unit, parts: list[Part]) -> bool:
    """Whether the reader has to choose or fill in: in the section, or in the lines of its shares if in one clause."""
    start, end = section.start, section.end
    if len({clause.start for _, clause in parts}) == 1:
        start, end = start_of(view.text, parts[0][0].start, LINE), end_of(view.text, parts[-1][0].end, LINE)
    text = view.text[start:end]
    return bool(_OPTIONS.search(text)) or has_blank_rate(text)


def _parts_of(view: View, section: Unit, text: str, elsewhere: _Elsewhere) -> list[Part]:
    """The instalments of a section: its percentages; or its amounts, where it has no percentages but stages."""
    if FIGURE.search(text):
        return list(_parts(view, section, 0.0))
    if _STAGES.search(text) and text.count("元") >= 2 and elsewhere.total:
        return list(_parts(view, section, elsewhere.total))
    return []


def _parts(view: View, section: Unit, total: float) -> Iterator[Part]:
    first = bisect_left(view.clauses, section.start, key=lambda unit: unit.start)
    for unit in takewhile(lambda u: u.start < section.end, view.clauses[first:]):
        clause = view.contract.clauses[unit.clause]
        lead = view.text[unit.lead[0] : unit.lead[1]] if unit.lead else ""
        announced = _ANNOUNCES.search(fold(" ".join((*clause.path, lead)))) is not None
        found = shares(view.text, unit.start, unit.end, announced, total)
        yield from ((share, clause) for share in found)


def _groups(parts: list[Part]) -> Iterator[list[Share]]:
    """The schedules in a section: two or more shares in one clause make one, the others go with their siblings."""
    singles: dict[int | None, list[Share]] = {}
    for clause, group in groupby(parts, key=lambda part: part[1]):
        found = [share for share, _ in group]
        if len(found) > 1:
            yield found
        else:
            singles.setdefault(clause.parent, []).extend(found)
    yield from (group for group in singles.values() if len(group) > 1)


def _complete(view: View, parts: list[Share], section: Unit, elsewhere: _Elsewhere) -> bool:
    """Whether the shares make up the whole, once or several times, or can with what is named elsewhere."""
    optional = [i for i, part in enumerate(parts) if part.kind in ("kept-back", "each")][:6]
    any_kept = any(part.kind == "kept-back" for part in parts)
    for choice in product((True, False), repeat=len(optional)):
        dropped = {i for i, keep in zip(optional, choice, strict=True) if not keep}
        total = _left_over([part for i, part in enumerate(parts) if i not in dropped])
        if _whole(total) or _filled_by_repeats(total, [parts[i] for i in dropped]):
            return True
        if not any_kept and any(_whole(total + kept) for kept in elsewhere.kept_back):
            return True
    return _left_over(parts) < 1 and _names_the_rest(view.text, parts, section)


def _filled_by_repeats(total: float, dropped: list[Share]) -> bool:
    """Whether shares that fall due each time, several times over, make up what is missing."""
    missing = 1 - total
    times = [missing / part.value for part in dropped if part.kind == "each"]
    return any(1.5 < n <= MOST_OFTEN and abs(n - round(n)) < 0.01 for n in times)


def _left_over(parts: list[Share]) -> float:
    """The sum of the shares after the last one that completed the whole; 1 when nothing is left over."""
    total = 1.0
    for part in parts:
        base = 0.0 if _whole(total) else total
        total = part.value if part.kind == "up-to" else base + part.value
    return total


def _whole(total: float) -> bool:
    return abs(total - 1) <= TOLERANCE


def _names_the_rest(text: str, parts: list[Share], section: Unit) -> bool:
    """Whether a remainder is promised without a share of its own, in the paragraphs of the schedule or the next one."""
    limit = min(section.end, end_of(text, end_of(text, parts[-1].end, LINE) + 1, LINE))
    for match in _REST.finditer(text, parts[0].start, limit):
        comma, end = start_of(text, match.start(), PART), end_of(text, match.end(), SENTENCE)
        own = any(comma <= part.start < end for part in parts) or FIGURE.search(text, comma, end)
        if not own and _SETTLED.search(text, match.start(), end):
            return True
    return False


def _total(parts: list[Share]) -> float:
    """What the shares add up to, all of them."""
    total = 0.0
    for part in parts:
        total = part.value if part.kind == "up-to" else total + part.value
    return total


def _hit(parts: list[Share]) -> Hit:
    places = tuple(Span(p.start, p.end) for p in parts)
    values = {"total": f"{_total(parts) * 100:.4g}%", "parts": "、".join(f"{p.value * 100:.4g}%" for p in parts)}
    return Hit(Span(places[0].start, places[-1].end), places, related=places, values=values)
