"""Reads ranges of dates with the term that stands beside them: 期限一年，自2026年1月1日起至2026年12月31日止."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from hetong.document import Mention, Span
from hetong.flag.checks.stretch import SENTENCE, end_of, start_of
from hetong.flag.view import View
from hetong.numerals import integer

_TO: Final = re.compile(
    r"\s*(?:（[^（）\n]{0,8}）)?(?:[0-9]{1,2}[时点：](?:00)?分?|零时|上午|中午|首班车前)?\s*(?:起|算起|开始)?(?:计算|算|生效)?\s*[，、]?\s*(?:至|到|—|–|-|~|～|止于){1,2}\s*"
)
_SHORT_END: Final = re.compile(
    r"(?P<year>同年|当年|次年|翌年|第二年)?\s*(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,3})月"
    r"(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]"
)
_TERM_BEFORE: Final = re.compile(r"(?:整|的)?\s*[，：（]?\s*(?:即|具体为?|期限)?(?:自|从|由|于|为)?\s*(?:公历)?\s*")
_TERM_BEHIND: Final = re.compile(
    r"\s*(?:24时|二十四时|末班车后)?(?:止|届满|为止|终止|结束)?\s*(?:[）]?[，、（]?\s*(?:租期|租赁期|服务期|合同期|合作期|期限"
    r"|为期|工期|总工期|总日历天数|共计?|合计|总计)(?:为|：|共计?|合计|总计)?|（)\s*"
)
_VAGUE: Final = re.compile("约|左右|不少于|至少|最长|大约|不超过|工作日")
_TAIL: Final = re.compile(
    "首[期年]|本[次期]|其中|分[一二三四五六七八九十两0-9]+|第[一二三四五六七八九十0-9]+(?:年|期|阶段)"
)
DAYS_A_UNIT: Final = {"天": 1, "日": 1, "日历天": 1, "日历日": 1, "自然日": 1, "周": 7, "星期": 7}
MONTHS_A_UNIT: Final = {"月": 1, "季度": 3, "年": 12, "年度": 12, "周年": 12}
_IN_DAYS: Final = {"月": 30.0, "季度": 91.0, "年": 365.0, "年度": 365.0, "周年": 365.0}
MOST_YEARS: Final = 80


class Range(NamedTuple):
    """From a day to a day, with the places of both; `term` is the length that stands beside it."""

    start: date
    end: date
    first: Span
    last: Span
    term: Mention | None
    has_year: bool


def ranges(view: View, dates: Sequence[Mention]) -> Iterator[Range]:
    """The ranges of a contract; the second date may leave out its year."""
    text = view.text
    periods = [mention for mention in view.contract.mentions if mention.kind == "period"]
    starts = [mention.start for mention in periods]
    following = [*dates[1:], None]
    for first, second in zip(dates, following, strict=True):
        to = _TO.match(text, first.end) if first.value else None
        if to is None:
            continue
        start = date.fromisoformat(str(first.value))
        if second is not None and second.start == to.end():
            end, last, has_year = _day(second), Span(second.start, second.end), True
        else:
            end, last, has_year = _short_end(text, to.end(), start)
        if end is not None:
            nearest = periods[max(0, bisect_left(starts, first.start) - 1) : bisect_left(starts, last.end) + 1]
            term = _term(text, nearest, first, last) if has_year else None
            yield Range(start, end, Span(first.start, first.end), last, term, has_year)


def expected_ends(start: date, term: Mention) -> set[date]:
    """The days on which a term that begins at `start` may be said to end, by all usual ways of counting."""
    days = DAYS_A_UNIT.get(term.unit)
    if days is not None:
        length = round(float(term.value))
        if not 0 < length < 366 * MOST_YEARS:
            return set()
        return {start + timedelta(length + shift) for shift in (-1, 0)}
    if term.unit not in MONTHS_A_UNIT:
        return set()
    months = float(term.value) / _IN_DAYS[term.unit] * MONTHS_A_UNIT[term.unit]
    if abs(months - round(months)) > 1e-6 or not 0 < months <= 12 * MOST_YEARS:
        return set()
    same_day = _months_later(start, round(months))
    ends = {same_day, same_day - timedelta(1)}
    if start.day > 28 or same_day.day != start.day or (start + timedelta(1)).day == 1:
        ends |= {same_day + timedelta(1), _end_of_month(same_day)}
    return ends


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _day(mention: Mention) -> date | None:
    return date.fromisoformat(str(mention.value)) if mention.value else None


def _short_end(text: str, at: int, start: date) -> tuple[date | None, Span, bool]:
    """至同年12月31日, 至6月30日: the end in the year of the start or as the words say; it has no year of its own."""
    match = _SHORT_END.match(text, at)
    if match is None:
        return None, Span(at, at), False
    later = match["year"] in ("次年", "翌年", "第二年")
    try:
        day = date(start.year + later, integer(match["month"]) or 0, integer(match["day"]) or 0)
    except ValueError:
        return None, Span(at, at), False
    return day, Span(*match.span()), match["year"] is not None


def _term(text: str, periods: Sequence[Mention], first: Mention, last: Span) -> Mention | None:
    """The length right before or behind a range, in the same sentence and said exactly."""
    begin, end = start_of(text, first.start, SENTENCE), end_of(text, last.end, SENTENCE)
    beside = [
        p
        for p in periods
        if (begin <= p.start and p.end <= first.start and _TERM_BEFORE.fullmatch(text, p.end, first.start))
        or (last.end <= p.start and p.end <= end and _TERM_BEHIND.fullmatch(text, last.end, p.start))
    ]
    if (
        len(beside) != 1
        or text[beside[0].end : beside[0].end + 1] in {*"内前后以"}
        or _VAGUE.search(text, max(begin, beside[0].start - 6), min(end, beside[0].end + 4))
    ):
        return None
    return None if _TAIL.search(text, begin, end) or "天）" in text[last.end : end] else beside[0]
