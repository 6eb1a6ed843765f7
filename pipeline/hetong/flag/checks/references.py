"""DOC002 and DOC005: clauses and annexes that are named and are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.document import Contract, Span
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.numerals import integer
from hetong.rulebook import Rule

_REFERENCE: Final = re.compile(
    r"第\s*(?P<article>[0-9]{1,3}|[一二三四五六七八九十百零]{1,6})\s*条|第?\s*(?P<dotted>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})\s*(?:条|款|项)"
)
# Articles of another text: a statute, a main contract, tender documents, an annex
_ELSEWHERE: Final = re.compile(
    "(?:》|法|法典|条例|规定|办法|解释|准则|通则|规则|细则|规范|规程|章程|公约|纪要|主合同|原合同|原协议|施工合同|框架协议|总合同|招标文件|投标文件"
    "|采购文件|磋商文件|通用条款|专用条款|通用合同条款|专用合同条款|附件[一二三四五六七八九十0-9]*|附录|该法|本法|同法|General Conditions)"
    r'"?\s*(?:（[^）]{0,12}）)?(?:的?\s*)(?:第?[^，。；\n]{0,10}条[^，。；\n]{0,6}(?:、|和|及|或|与|至|到|-))*\s*$'
)
_ANNEX: Final = re.compile(r"附[件表录]\s*(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[A-H](?![A-Za-z]))")
_ANNEX_ELSEWHERE: Final = re.compile("(?:招标文件|投标文件|采购文件|主合同|原合同|条例|办法|规定|》)[^，。；\n]{0,6}$")


def clauses_named(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each reference to an article of this contract that does not exist."""
    articles, dotted = _numbers(view.contract)
    for match in _REFERENCE.finditer(view.text):
        if _is_own_number(view, match) or _ELSEWHERE.search(view.text[max(0, match.start() - 40) : match.start()]):
            continue
        if match["article"]:
            known, wanted = articles, integer(match["article"])
            missing = len(known) >= 3 and wanted not in known
        else:
            missing = len(dotted) >= 3 and match["dotted"] not in dotted
        if missing:
            place = Span(match.start(), match.end())
            yield Hit(place, (place,), values={"reference": view.contract.text_of(place)})


def _numbers(contract: Contract) -> tuple[set[int | None], set[str]]:
    """The articles (as ordinals) and the dotted numbers that the contract has."""
    clauses = [c for c in contract.clauses if c.kind in {"clause", "annex"} and c.number]
    dotted = {c.number for c in clauses if re.fullmatch(r"[0-9]+(?:\.[0-9]+)+", c.number)}
    articles = {integer(re.sub("[第条、.． ]", "", c.number)) for c in clauses if re.fullmatch("第.+条", c.number)}
    if not articles:
        tops = [c for c in clauses if c.parent is None or not contract.clauses[c.parent].number]
        articles = {integer(c.number.strip("第章、.． ")) for c in tops}
    return articles - {None}, dotted | {c.id for c in clauses}


def _is_own_number(view: View, match: re.Match[str]) -> bool:
    """Whether the match is the printed number of a clause and no reference to one."""
    clause = view.contract.clause_at(match.start())
    return clause is not None and match.start() < clause.body and clause.start <= match.start() < clause.start + 12


def annexes_named(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each annex that is named in the text and does not follow it, at the first place that names it."""
    present = {
        integer(m["number"])
        for c in view.contract.clauses
        if c.kind == "annex" and (m := _ANNEX.search(view.text, c.start, min(c.end, c.start + 30)))
    }
    seen: set[int | None] = set()
    for match in _ANNEX.finditer(view.text):
        number = integer(match["number"])
        clause = view.contract.clause_at(match.start())
        if number in present | seen or (clause is not None and clause.kind in {"annex", "contents"}):
            continue
        if _ANNEX_ELSEWHERE.search(view.text[max(0, match.start() - 12) : match.start()]):
            continue
        seen.add(number)
        place = Span(match.start(), match.end())
        yield Hit(place, (place,), values={"annex": view.contract.text_of(place)})
