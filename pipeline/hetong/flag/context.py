"""Understands enough of a sentence not to be a keyword list: what is negated, and who owes it."""

from __future__ import annotations

import re
from typing import Final

from hetong.document import Clause, Span
from hetong.flag.view import Unit, View
from hetong.rulebook import BUYER, SUPPLIER

_NEGATION: Final = re.compile(
    "不(?:提供|承担|负责|负|赔|就|对|包括|包含|含|属于|享有|承诺|保证|要求|视为|构成|得要求|得主张|再|予|应|需|必|适用|存在)|并非|并不|并未|非指"
    "|无需|无须|毋须|不必|无义务|没有义务|无权|未承诺|未约定|免于|免除|禁止|除外|拒绝"
)
# 不得拒绝, 不得以任何理由推诿 and the like turn the negation round: the duty stands
_DOUBLE: Final = re.compile(
    "不(?:得|能|应|可|会|予)[^，。；]{0,12}(?:拒绝|推诿|推脱|推辞|怠于|拖延|异议|另|再|额外|收)|无权(?:拒绝|提出异议)|不限"
)
_SEGMENT: Final = re.compile(r"[，：。；！？\n]")
# A party is not the one who owes when a preposition stands before it: 为甲方提供, 经甲方同意, 按甲方要求
_PARTY: Final = (
    f"(?<![为向给对替经按据照应受凭因以使供让与同帮协助合知到从在予{BUYER}{SUPPLIER}])(?P<party>{BUYER}++|{SUPPLIER}++)"
)
_BEARER: Final = re.compile(
    _PARTY + r"(?:（[^）]{0,20}）)?"
    r"[^，。；：\n要求有权不]{0,10}"
    "(?=应|须|有义务|有责任|(?<!所)需(?!要|求)|必须|负责|负有|保证|承诺|同意|提供|免费|无偿|自行|将|不得|承担|对(?![价此])|在|按|(?<!认)为"
    "|无条件|终身|始终|仍(?!需)|(?:都|均|也)(?![无不没未由]))"
)
# What the buyer does in a condition is no duty: 只要甲方仍在使用, 甲方需要改造的
_CONDITION: Final = re.compile(
    r"\s*(?:只要|只有|如|若|凡|当|因|除|直到|直至|待|倘|一旦|无论|不论|不管|每当|但凡|自|经|由于|即使|哪怕)"
    r"|[^，。；：\n]{1,60}(?:的|时|后|前|期间|之日|为止|情况下|之际)(?=，|$)"
)
_SUBJECT: Final = re.compile(f"(?P<party>{SUPPLIER})[均都也亦即就概便]?$")
_AGENT: Final = re.compile(f"[^，。；\n]{{0,12}}?[由归]{_PARTY}")
# Who breaks the contract pays for it: 乙方逾期的，每日…；买方迟延付款的，应赔偿…
_BREACH: Final = re.compile(
    f"{_PARTY}[^，。；：\\n]{{0,16}}(?:逾期|迟延|延迟|延误|拖延|误期|迟交|违反|违约(?!金)|未能|未按|未在|不履行|不按)"
    "[^，。；\\n]{0,24}(?:的|时|者)?，"
)
_NAMED: Final = re.compile(f"[{BUYER}{SUPPLIER}]")
REACH: Final = 400  # characters of a sentence that are looked at on one side of a word: sentences have no bound


def negated(view: View, unit: Unit, span: Span) -> bool:
    """Whether the words at `span` are denied in their own part of the sentence, before them and not turned round.

    The scope of a negation ends at the comma that a reader would stop at.
    """
    before = view.text[max(unit.start, span.start - REACH) : span.start]
    start = span.start - len(before)
    cut = max((m.end() for m in _SEGMENT.finditer(before)), default=0)
    segment = view.text[start + cut : span.end]
    match = _NEGATION.search(segment, 0, len(before) - cut + 2)  # 不承担: half of it may be the span's own first word
    return match is not None and match.start() < len(before) - cut and _DOUBLE.search(segment) is None


def bearer(view: View, unit: Unit, span: Span) -> str | None:
    """Who owes what stands at a span: "buyer", "supplier", or None when the text does not say.

    The agent right behind it (由乙方负责) or the supplier right before it; else the party whose breach is its
    condition (乙方逾期的，); else the duty-bearer of the sentence, the nearest before its end; else of the lead-in;
    else the one that all sentences before it in the clause speak of; else the heading's (乙方的义务).
    """
    clause = view.contract.clauses[unit.clause]
    agent = _AGENT.match(view.text, span.end, unit.end)
    if agent is None and not _NAMED.search(view.text, span.start, span.end):
        agent = _SUBJECT.search(view.text, max(unit.start, span.start - REACH), span.start)
    if agent:
        return _role(agent)
    start = max(unit.start, span.start - REACH)
    breaches = list(_BREACH.finditer(view.text, start, span.end))
    if breaches:
        return _role(breaches[-1])
    comma = _SEGMENT.search(view.text, span.start, min(span.start + 8, unit.end))
    end = max(span.end, comma.start() if comma else min(span.start + 8, unit.end))
    lead = _duties(view.text[slice(*unit.lead)] + "应", REACH) if unit.lead else []
    before = _duties(view.text[max(clause.body, unit.start - REACH) : unit.start], REACH)
    own = _duties(view.text[start : unit.end][: 2 * REACH], end - start)
    found = own or lead or (before if len(set(before)) == 1 else [])
    return found[-1] if found else _of_headings(view, clause)


def _duties(text: str, end: int) -> list[str]:
    """Who owes something in the first `end` characters of a text, in order."""
    return [_role(m) for m in _BEARER.finditer(text) if m.end() < end and not _conditional(text, m)]


def _conditional(text: str, match: re.Match[str]) -> bool:
    """Whether the buyer stands in a part of the sentence that only says when something is owed."""
    part = max((m.end() for m in _SEGMENT.finditer(text, 0, match.start())), default=0)
    return _role(match) == "buyer" and _CONDITION.match(text, part) is not None


def _role(match: re.Match[str]) -> str:
    return "buyer" if match["party"][0] == BUYER else "supplier"


def _of_headings(view: View, clause: Clause) -> str | None:
    """The party that a heading above gives the duty to: 乙方的义务, 乙方责任."""
    current: Clause | None = clause
    while current is not None:
        heading = view.text[current.start : current.body]
        match = re.search(f"([{BUYER}{SUPPLIER}])+的?(?:权利)?(?:和|与|及|、)?(?:义务|责任|职责|承诺|保证)", heading)
        if match:
            return "buyer" if match[1] == BUYER else "supplier"
        current = view.contract.clauses[current.parent] if current.parent is not None else None
    return None
