"""DOC010: numbers of copies that do not add up, or that differ between two clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hetong.document import Span
from hetong.flag.checks.stretch import SENTENCE, end_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.fold import fold
from hetong.numerals import integer
from hetong.rulebook import Rule

_N: Final = r"[ _]{0,4}(?P<number>[0-9]{1,2}|[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3})[ _]{0,4}"
_TOTAL: Final = re.compile(rf"(?:一式|正本){_N}(?:份|套)")
_SHARE: Final = re.compile(rf"{_N}份")
# Whose copies: the contract's own, not those of an invoice or a receipt
_OWN: Final = re.compile(
    "(?P<what>合同|协议)(?:书|正本|文本)?(?:及|连同?|和)?(?:其|各)?(?:全部)?附?[件表]?(?:自?[^，。；\n]{0,16}生效，|，)?$"
)
_OTHERS_DOCUMENT: Final = re.compile("单|证|表|函|图|票|报告|清单|承诺书|补充协议|变更书|发票|证书|资料|方案|通知")
_NOT_SHARED: Final = re.compile("副本|附录|附件|复印|影印|页|英文|中文|正本")
_ONE: Final = re.compile("(?:^|[，；：。、 ]|其中)[^，；：。、 ]{1,12}$")
_WITHIN: Final = re.compile("（内|其中[^甲乙丙买卖供需]{0,8}$|内有")
_REST: Final = re.compile("其?余|另")
_MORE: Final = re.compile("备案|存档|报|送|机关|部门|机构|银行|代理|公证|鉴证|留存|使用")
_BOTH: Final = re.compile(
    "[甲乙买卖供需发承租委受][、和与及]?[甲乙买卖供需发承租委受]双方|[甲乙][、和与及]?[甲乙]方?$|双方|两方|两家|甲方?[、和与及]乙方?"
)
_THREE: Final = re.compile("甲、?乙、?丙三方|三方|甲方?、乙方?[、和与及]丙方?")
_NOBODY: Final = ("", "合同", "协议", "由", "签约", "本合同")
_PARTS: Final = re.compile("[、和与及]")
_STOPS: Final = re.compile("[，；：。\n]")


class Total(NamedTuple):
    """The number of copies that a sentence states, and where."""

    place: Span
    number: int
    what: str


def copies(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each number of copies that the shares do not make up, or that another clause states differently."""
    text = fold(view.contract.text)
    first: dict[str, Total] = {}
    for total in _totals(view, text):
        before = first.setdefault(total.what, total)
        if total.what and before.number != total.number:
            yield _hit(total.place, before.place, before.number, total.number)
        shared = _shared(text, total, "丙方" in text)
        if shared is not None and shared[1] != total.number:
            yield _hit(Span(total.place.start, shared[0].end), shared[0], total.number, shared[1])


def _totals(view: View, text: str) -> Iterator[Total]:
    """The numbers of copies of the contract itself; `what` is empty where the sentence leaves out its subject."""
    for match in _TOTAL.finditer(text):
        number = integer(match["number"].replace("两", "二"))
        before = text[max(0, match.start() - 30) : match.start()]
        part = _STOPS.split(before)[-1]
        clause = view.contract.clause_at(match.start())
        if number and clause and clause.kind in ("clause", "preamble") and not _OTHERS_DOCUMENT.search(part):
            own = _OWN.search(before) if match[0].startswith("一式") else None
            yield Total(Span(match.start(), match.end()), number, own["what"] if own else "")


def _shared(text: str, total: Total, third: bool) -> tuple[Span, int] | None:
    """Where the copies are shared out, and how many that makes; None when some of it is not understood."""
    end = end_of(text, total.place.end, SENTENCE)
    if not _SHARE.search(text, total.place.end, end) and text[end : end + 1] in ("。", "；"):
        end = end_of(text, end + 1, SENTENCE)
    added, receivers, last = 0, 0, total.place.end
    first: int | None = None
    for match in _SHARE.finditer(text, total.place.end, end):
        who = text[last : match.start()]
        count = _receivers(who, third)
        number = integer(match["number"].replace("两", "二"))
        if count is None or number is None or text.startswith("副本", match.end()):
            return None
        first = last + len(who) - len(who.lstrip(" ，。；：、")) if first is None else first
        added, receivers, last = added + count * number, receivers + count, match.end()
    elsewhere = _MORE.search(text, last, end) or _REST.search(text, total.place.end, end)
    if first is None or (added < total.number and (elsewhere or receivers < 2)):
        return None
    return Span(first, last), added


def _receivers(who: str, third: bool) -> int | None:
    """How many receive that number of copies each; 0 for copies that were counted before, None when not understood."""
    if _WITHIN.search(who):
        return 0
    if _NOT_SHARED.search(who) or len(who) > 40:
        return None
    if "各" not in who:
        return 1 if _ONE.search(who) and "不" not in who else None
    if "当事人" in who or "各方" in who:
        return None
    named = _STOPS.split(who.split("各", maxsplit=1)[0])[-1].removeprefix("其中").removeprefix("由").strip()
    if not named:
        return None if third else 2
    count = 0
    for pattern, many in ((_THREE, 3), (_BOTH, 2)):
        named, found = pattern.subn("", named)
        count += many * found
    return count + sum(part.strip() not in _NOBODY for part in _PARTS.split(named))


def _hit(place: Span, other: Span, first: int, second: int) -> Hit:
    return Hit(place, (place, other), related=(other,), values={"first": str(first), "second": str(second)})
