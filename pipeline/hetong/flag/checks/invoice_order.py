"""PRC027: an invoice that is to come before the payment in one clause and after it in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.document import Span
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import Rule

_PAY: Final = "(?:付款|支付|付清|结清|付讫|汇款|转账)"
_ISSUE: Final = "(?:开具|开立|开出|提供|出具|提交|补开|开)"
_INVOICE_FIRST: Final = re.compile(
    rf"先(?:开)?票后款|见票付款|票到付款|(?:收到|凭|取得|收讫)[^。；，\n]{{0,24}}发票[^。；\n]{{0,20}}{_PAY}"
    rf"|{_PAY}[^。；，\n]{{0,8}}前[^。；\n]{{0,16}}{_ISSUE}[^。；，\n]{{0,16}}发票"
)
_PAYMENT_FIRST: Final = re.compile(
    "先款后票|款到开票|见款开票"
    rf"|(?:收到|收讫)[^。；，\n票]{{0,16}}(?:款|费|款项|酬|金)(?!通知|申请|凭|单|额)[^。；\n票]{{0,16}}{_ISSUE}[^。；，\n]{{0,16}}发票"
    rf"|(?:款|款项|费用|费)(?:到账|到帐)[^。；\n票]{{0,16}}{_ISSUE}[^。；，\n]{{0,16}}发票"
    rf"|{_PAY}[^。；，\n票前]{{0,16}}后[^。；\n票]{{0,20}}{_ISSUE}[^。；，\n]{{0,16}}发票"
)
# What belongs to one instalment only may well be in another order than the next
_INSTALMENT: Final = re.compile(
    "预付|定金|订金|首[付期笔]|第[一二三四五六1-6][期笔次]|进度款|尾款|余款|质保金|保证金|押金|剩余|[0-9]\\s{0,3}%"
    "|百分之|未(?:按|能|及时)|逾期|重新|补开|退回|罚|代[付垫]"
)


def invoice_before_or_after(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit at the second of two orders that are both meant for every payment."""
    if "票" not in view.text:
        return
    before, after = _first(view, _INVOICE_FIRST), _first(view, _PAYMENT_FIRST)
    if before and after:
        earlier, later = sorted((before, after))
        yield Hit(later, (later,), (earlier,))


def _first(view: View, pattern: re.Pattern[str]) -> Span | None:
    """The first place that says so in a sentence about payments at large."""
    for unit in view.sentences:
        sentence = view.text[unit.start : unit.end]
        match = pattern.search(sentence) if "票" in sentence else None
        if match and not _INSTALMENT.search(sentence):
            return Span(unit.start + match.start(), unit.start + match.end())
    return None
