"""Before signing: the blanks of a contract one by one, what else stands against signing, and the verdict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from hetong.document import AttributeStatus, Blank, Contract, Finding, Obstacle, Party
from hetong.messages import Lang
from hetong.report.inert import one_line
from hetong.report.lines import clause_label, place
from hetong.report.words import word

BEFORE: Final = 12  # characters of the line shown before a blank
BEHIND: Final = 8
LONGEST: Final = 60  # of a note or a choice
_RUN: Final = re.compile(r"([_＿\s.…·×xX*-])\1{8,}")  # a long underline says no more than a short one


def signing_lines(contract: Contract, lang: Lang = "zh") -> Iterator[str]:
    """One line a blank in order of place, then whether the contract is ready to sign; every line is inert.

    A blank is `file:page: clause 3.2 blank amount > 总价为人民币____元`; required terms left blank stand behind them.
    """
    for blank in contract.blanks:
        clause = contract.clause_at(blank.start)
        where = f"{place(contract, contract.page_of(blank.start))}: clause {one_line(clause_label(clause, lang))}"
        yield f"{where} blank {blank.kind} > {one_line(in_its_line(contract, blank))}"
    for status in contract.obstacles:
        if isinstance(status, AttributeStatus) and status.span:
            where = place(contract, contract.page_of(status.span.start))
            label = clause_label(contract.clause_at(status.span.start), lang)
            yield one_line(f"{where}: clause {label} blank {status.attribute} > {status.quote}")
    yield f"{place(contract, None)}: {one_line(verdict(contract, lang))}"


def in_its_line(contract: Contract, blank: Blank) -> str:
    """A blank with the words around it in its line; a choice or a note says enough by itself."""
    start, end = blank.start, blank.end
    if blank.kind not in ("option", "note"):
        start, end = max(0, start - BEFORE), end + BEHIND
    before = re.split(r"[\n\t，。；]", contract.text[start : blank.start])[-1]
    behind = re.split(r"[\n\t，。；]", contract.text[blank.end : end])[0]
    quote = _RUN.sub(lambda run: run[1] * 8, contract.text_of(blank))
    return before.lstrip() + (quote if len(quote) <= LONGEST else quote[:LONGEST] + "…") + behind.rstrip()


def verdict(contract: Contract, lang: Lang = "zh") -> str:
    """文本已填齐：是（不代表可以签署；另有高风险 2 处）, or 可签署：否（空白 12 处，引用的条款不存在 1 处）."""
    off = [word("switched-off", lang)] if contract.switched_off else []
    if contract.ready_to_sign:
        high = sum(finding.severity == "high" for finding in contract.findings)
        told = [word("ready-but", lang, count=high)] if high else []
        return word("ready", lang, why=word("semicolon", lang).join([word("ready-only", lang), *told, *off]))
    counts = Counter(_named(obstacle, lang) for obstacle in contract.obstacles)
    said = [word("places", lang, what=what, count=count) for what, count in counts.items()]
    return word("not-ready", lang, why=word("list", lang).join([*said, *off])) if counts else word("not-flagged", lang)


def _named(obstacle: Obstacle, lang: Lang) -> str:
    """What an obstacle is called in the verdict."""
    match obstacle:
        case Finding():
            return obstacle.title
        case Blank():
            return word("left-in" if obstacle.left_in else "blanks", lang)
        case Party():
            return word("unnamed", lang)
        case AttributeStatus():
            return word("left-blank", lang)
    return word("unread-places", lang)
