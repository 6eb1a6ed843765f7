"""PRC004: instalments that do not add up to the whole price."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.document import Span
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import Unit, View
from hetong.numerals import Figure, rates
from hetong.rulebook import Rule

_PAYS: Final = re.compile(
    "支付|付款|预付|首付|付清|付给|付至|给付|结算|付(?=合同|总|[0-9一二三四五六七八九十])|款项?|期[付款：为]|[一二三四五六]期"
)
_NOT_AN_INSTALMENT: Final = re.compile(
    "违约金|利息|利率|税率|税费|增值税|专用发票|滞纳金|罚款?|扣除|扣减|折扣|优惠|返还|退还|返利|返点|上浮|下浮|涨跌|浮动|佣金|提成"
    "|赔偿|补偿|履约保证金|投标保证金|保函|定金|押金|加班|工资|超过|低于|高于|不足|上限|封顶|限额|管理费|逾期|不合格|比例的?计"
)
_CUMULATIVE: Final = re.compile("(?:付|付款|支付|付款比例|拨付|结算|计量支付)(?:款|工程款|价款)?(?:到|至|达)|累计")
_REST: Final = re.compile(
    "余款|剩余|尾款|其余|余额|余下|结清|付清余|一次性付清|全部付清|全额付清|付清全部|质保金|质量保证金|保修金|保留金|结算款"
)
_OPTIONS: Final = re.compile("方式[一二三123]|第[一二三123]种|□|☐|任选|选择以下|以下第|下列第")


def instalments_to_the_whole(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each section whose instalments, as percentages of the price, add up to something else than 100 %."""
    for section in view.sections:
        text = view.text[section.start : section.end]
        if _OPTIONS.search(text):
            continue
        parts = list(_instalments(text))
        total = round(sum(rate.value for rate in parts), 6)
        complete = total == 1 or _CUMULATIVE.search(text) or (total < 1 and _names_the_rest(text, parts))
        if len(parts) >= 2 and not complete:
            yield _hit(section, parts, total)


def _instalments(text: str) -> Iterator[Figure]:
    """The percentages that are paid as instalments: a word of paying stands before them in their part of the sentence."""
    for rate in rates(text):
        start = max(text.rfind(stop, 0, rate.start) for stop in "。；\n") + 1
        end = min((i for stop in "。；，\n" if (i := text.find(stop, rate.end)) >= 0), default=len(text))
        comma = text.rfind("，", start, rate.start) + 1
        part = text[max(start, comma) : end]
        if rate.unit in "%％百分之" and _PAYS.search(part) and not _NOT_AN_INSTALMENT.search(part):
            yield rate


def _names_the_rest(text: str, parts: list[Figure]) -> bool:
    """Whether a remainder is promised without a percentage of its own."""
    for match in _REST.finditer(text):
        end = min((i for stop in "。；\n" if (i := text.find(stop, match.end())) >= 0), default=len(text))
        comma = max(text.rfind(stop, 0, match.start()) for stop in "，。；\n") + 1
        if not any(comma <= rate.start < end for rate in parts):
            return True
    return False


def _hit(section: Unit, parts: list[Figure], total: float) -> Hit:
    places = tuple(Span(section.start + p.start, section.start + p.end) for p in parts)
    values = {"total": f"{total * 100:g}%", "parts": " + ".join(f"{p.value * 100:g}%" for p in parts)}
    return Hit(Span(places[0].start, places[-1].end), places, related=places, values=values)
