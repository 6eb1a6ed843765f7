"""LGL047: a probation longer than the term of the employment contract allows (劳动合同法第19条)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hetong.document import Span
from hetong.flag.checks.stretch import SENTENCE, end_of, start_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.numerals import Figure, days, periods
from hetong.rulebook import Rule

MONTH: Final = 365 / 12  # days
OPEN: Final = 1200.0  # months of a contract without a fixed term
SLACK: Final = 0.15  # months: 180 days are six months, 364 days a year
_PROBATION: Final = re.compile("试用期限?(?!满|届满|结束|考核|工资|待遇|内|间|的|，)|试用期限|约定试用|先试用")
_TERM: Final = re.compile(
    "(?:劳动合同|本合同|合同|聘用|聘期|协议|用工)(?:的)?(?:期限|有效期|期)(?!满|届|内|限内|间|未|终止)"
    "|签订[^。；，\n]{0,8}(?=[0-9一二三四五两]{1,3}个?(?:年|月)期)|合同为|固定期限"
)
_OPEN_TERM: Final = re.compile("(?<!或)无固定期限(?:的)?(?:劳动)?合同")
_BY_TASK: Final = re.compile("以完成[^。；\n]{0,20}(?:工作|任务|项目)[^。；\n]{0,10}为期限")
_OTHER_TERM: Final = re.compile("续|提前|通知|内|逾期|服务期|保密|竞业|培训|解除|脱密")
# A restatement of the law, not what these parties agree
_LAW: Final = re.compile("不得超过|最长不|法律规定|依法")
_OF_THINGS: Final = re.compile("(?:软件|产品|设备|系统|账号|机器|样机|商品|仪器)[^。；\n]{0,10}试用")
_OPTION: Final = re.compile("[□☐◻]|任选|选择|第[_ ]{1,9}种|下列|以下")


class Length(NamedTuple):
    """A length of time in months, and where it is printed."""

    months: float
    place: Span


def probation_for_the_term(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each probation that is longer than the law allows for the term of the contract.

    Where the term is not told or is one of several options, only what no term allows, more than six months, is a hit.
    """
    if "试用" not in view.text:
        return
    term = _term(view.text)
    limit = allowed(term.months) if term else allowed(OPEN)
    for probation in _lengths(view.text, _PROBATION):
        if probation.months > limit + SLACK:
            figure = view.contract.text_of(probation.place)
            related = (term.place,) if term else ()
            yield Hit(probation.place, (probation.place,), related, {"figure": figure, "limit": f"{limit:g}"})


def allowed(term: float) -> float:
    """The longest probation in months for a term in months: 0 below three, 1 below twelve, 2 below 36, else 6."""
    return next((most for below, most in ((3.0, 0.0), (12.0, 1.0), (36.0, 2.0)) if term < below - SLACK), 6.0)


def _term(text: str) -> Length | None:
    """The term of the contract; None when it is not told, not filled in or open to choice."""
    task, without_end = _BY_TASK.search(text), _OPEN_TERM.search(text)
    told = [] if task or without_end else list(_lengths(text, _TERM))
    if len({round(length.months) for length in told}) == 1:
        return told[0]
    if told or (task and without_end):
        return None
    found = task or without_end
    if found is None or _OPTION.search(text, max(0, found.start() - 60), found.end() + 20):
        return None
    return Length(0.0 if task else OPEN, Span(found.start(), found.end()))


def _lengths(text: str, announced: re.Pattern[str]) -> Iterator[Length]:
    """The lengths of time that follow such words in their sentence: a period, or the span between two dates."""
    for match in announced.finditer(text):
        start, end = match.end(), end_of(text, match.end(), SENTENCE)
        if _OF_THINGS.search(text, start_of(text, match.start(), SENTENCE), end):
            continue
        stretch = text[start : min(end, start + 60)]
        other = _PROBATION if announced is _TERM else _TERM
        cut = other.search(stretch)
        length = _length(stretch[: cut.start()] if cut else stretch)
        if length and length.months and not _LAW.search(stretch, 0, length.place.start):
            yield Length(length.months, Span(start + length.place.start, start + length.place.end))


def _length(stretch: str) -> Length | None:
    """The length of time that a stretch of text begins with."""
    dates = list(days(stretch))
    if len(dates) >= 2 and dates[0].value and dates[1].value:
        months = ((dates[1].value - dates[0].value).days + 1) / MONTH
        return Length(months, Span(dates[0].start, dates[1].end))
    for figure in periods(stretch):
        if not _OTHER_TERM.search(stretch, 0, min(len(stretch), figure.end + 4)):
            return Length(_months(figure), Span(figure.start, figure.end))
        return None
    return None


def _months(figure: Figure) -> float:
    return figure.value / (30 if figure.unit == "月" else MONTH)
