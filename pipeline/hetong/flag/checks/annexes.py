"""DOC005: annexes that are named and do not follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hetong.document import Span
from hetong.flag.checks.stretch import end_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.fold import fold
from hetong.numerals import integer
from hetong.rulebook import Rule

_HAN: Final = "[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_NUMBER: Final = rf"(?P<number>[0-9]{{1,2}}|{_HAN}|[A-H](?![A-Za-z]))"
_NUMBERED: Final = re.compile(
    rf"附[件表录图]\s{{0,3}}[（《]?\s{{0,3}}{_NUMBER}(?![0-9]*[份页张种项个])(?:[）]?\s{{0,3}}《(?P<title>[^》\n]{{2,30}})》)?"
)
_RANGE: Final = re.compile(
    rf"附(?P<kind>[件表录图])\s{{0,3}}{_NUMBER}\s{{0,3}}(?:至|到|—|-"
    rf"|~)\s{{0,3}}(?:附[件表录图])?\s{{0,3}}(?P<last>[0-9]{{1,2}}|{_HAN}|[A-H])"
)
# 附件5-11 is the eleventh part of annex 5, no range, where a line begins with it
_PART: Final = re.compile(r"^[ ★☆▲△※◆*]{0,9}附[件表录图]\s{0,3}[0-9]{1,2}-[0-9]{1,2}(?![0-9])", re.MULTILINE)
# An annex named by its title, or just as the annex that is to be looked up
_TITLED: Final = re.compile(
    r"(?<![邮及、和与])附[件表录图]\s{0,3}《(?P<title>[^》\n]{2,30})》"
    r"|《(?P<as>[^》\n]{2,30})》(?:[^，。；\n]{0,6})(?:作为|为|系|即)(?:本合同"
    r"|本协议)?的?附件(?![一二三四五六七八九十0-9A-H])"
)
_LOOK_UP: Final = re.compile(
    "(?:见|按照?|依照?|依据|参照|根据|以)(?:本合同|本协议|合同|后附的?|所附的?)?的?"
    r"(?P<annex>附[件表录图](?!\s{0,3}[一二三四五六七八九十0-9A-H《_【×]|[是的]?组成)(?:清单)?)"
    r"(?=所[列示载附]|中?的?(?:规定|约定|要求|为准)|$|[，。；）])",
    re.MULTILINE,
)
# Annexes of other documents, or ones that are to come later
_ELSEWHERE: Final = re.compile(
    "(?:招标|投标|采购|磋商|谈判|比选|响应|标书|中标)[^，。；、\n]{0,8}$|(?:主合同|原合同|条例|办法|规定|细则"
    "|》|邮件|劳动合同|施工合同)[^，。；\n]{0,4}$"
)
_APART: Final = re.compile(r"^[^。；\n]{0,14}(?:另附|另册|单独成册|另行提供|另行签署|随附|单独装订|略）|（略|如有)")
_NONE: Final = re.compile("(?:无|没有|不设)附件")
_ALL_OMITTED: Final = re.compile("附件[均]?略|附件从略")
LISTED: Final = re.compile(
    r"^ {0,9}[★☆▲△※◆*]{0,2} {0,2}[（【]?(?:[0-9一二三四五六七八九十]{1,2}[.、．] {0,3})?"
    rf"附[件表录图] {{0,3}}{_NUMBER} {{0,3}}[）】]?[：、.． —-]{{0,9}}(?P<title>[^。；\n]{{0,30}})$",
    re.MULTILINE,
)
# A list of annexes without numbers at the end: 附件： and below it a title on each line
_HEADED: Final = re.compile(
    r"^ {0,9}附件[：:]? {0,9}\n(?P<lines>(?: {0,9}[^\s：。][^\n：。]{1,39}(?:\n|$)){1,9})", re.MULTILINE
)
_LIST_LEAD: Final = re.compile(
    "附件(?:目录|清单|包括|如下|有|为)?[^。；\n]{0,8}：|(?:包括|含有?|共有|计有|下列|以下|列有)[^。；\n]{0,6}附件"
)


class Annex(NamedTuple):
    """An annex that is there, by number and title."""

    number: int | None
    title: str


class Named(NamedTuple):
    """An annex as the text names it: by number, by title, or neither (详见附件)."""

    place: Span
    number: int | None
    title: str


def annexes_named(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each annex that is named and does not follow, at the first place that names it.

    An annex whose heading stands at the end, or that a list of annexes has on a line of its own, is taken to be there.
    Where no annex follows at all, a list within a sentence serves as well: the annexes are files of their own.
    """
    if "附" not in view.text or _NONE.search(view.text) or _ALL_OMITTED.search(view.text):
        return
    there = _attached(view)
    absent = [named for named in _first_of_each(view) if not _is_there(named, there)]
    values = {
        "annexes": "、".join(dict.fromkeys(view.contract.text_of(n.place) for n in absent)),
        "count": str(len(absent)),
    }
    for named in absent:
        yield Hit(named.place, (named.place,), values=values)


def _attached(view: View) -> list[Annex]:
    """The annexes that follow the contract or that a list names."""
    annexes = [c for c in view.contract.clauses if c.kind == "annex" and c.number.lstrip().startswith(("附", "Annex"))]
    found = [Annex(ordinal_of(fold(c.number)), fold(c.heading)) for c in annexes]
    follow = bool(found)
    if len(found) == 1 and found[0].number is None and len(list(LISTED.finditer(view.text))) == 0:
        found.append(Annex(1, found[0].title))  # the only one needs no number
    found += _without_numbers(view.text)
    found += [Annex(integer(m["number"]), m["title"].strip("《》 ")) for m in LISTED.finditer(view.text)]
    for lead in _LIST_LEAD.finditer(view.text):
        if not follow:
            stop = end_of(view.text, lead.end(), "。")
            found += [
                Annex(integer(m["number"]), m["title"] or "") for m in _NUMBERED.finditer(view.text, lead.start(), stop)
            ]
        if lead[0].endswith("："):
            found += [
                Annex(None, line.strip("《》 ")) for line in view.text[lead.end() : lead.end() + 200].splitlines()[:6]
            ]
    return found


def _without_numbers(text: str) -> Iterator[Annex]:
    """The annexes that a list names by title alone; the second of them is annex 2."""
    for headed in _HEADED.finditer(text):
        titles = [line.strip("《》 ") for line in headed["lines"].splitlines()]
        if not any("附件" in title for title in titles):
            yield from (Annex(number, title) for number, title in enumerate(titles, 1))


def ordinal_of(number: str) -> int | None:
    """The number of an annex as its heading prints it: 2 of 附件二, 3 of 附录C."""
    match = re.search(_NUMBER, number)
    return integer(match["number"]) if match else None


def _first_of_each(view: View) -> Iterator[Named]:
    """Each annex at the first place that names it; headings, contents and signatures do not name, they are it."""
    seen: set[int | str] = set()
    for named in sorted(all_named(view.text), key=lambda n: n.place):
        clause = view.contract.clause_at(named.place.start)
        heads = (
            clause is None or clause.kind == "contents" or (clause.kind == "annex" and named.place.start < clause.body)
        )
        before = view.text[max(0, named.place.start - 16) : named.place.start]
        if heads or _ELSEWHERE.search(before) or _APART.search(view.text[named.place.end : named.place.end + 24]):
            continue
        key = named.number or named.title
        if key not in seen:
            seen.add(key)
            yield named


def all_named(text: str) -> Iterator[Named]:
    """Every place that names an annex, headings and lists included, in no order."""
    for match in _NUMBERED.finditer(text):
        yield Named(Span(match.start(), match.end()), integer(match["number"]), match["title"] or "")
    parts = {_plain(match[0]) for match in _PART.finditer(text)}
    for match in _RANGE.finditer(text):
        if _plain(match[0]) in parts:
            continue
        first, last = integer(match["number"]) or 1, integer(match["last"]) or 0
        yield from (
            Named(Span(match.start(), match.end()), number, "")
            for number in range(first + 1, min(last, first + 20) + 1)
        )
    for match in _TITLED.finditer(text):
        yield Named(Span(match.start(), match.end()), None, match["title"] or match["as"])
    for match in _LOOK_UP.finditer(text):
        yield Named(Span(match.start("annex"), match.end()), None, "")


def _plain(name: str) -> str:
    return re.sub(r"[\s★☆▲△※◆*]", "", name)


def _is_there(named: Named, there: list[Annex]) -> bool:
    """Whether an annex is among those that are there: by number, by title, or any when it has neither."""
    if named.number is not None and any(annex.number == named.number for annex in there):
        return True
    if named.title:
        return any(annex.title and alike(named.title, annex.title) for annex in there)
    return named.number is None and bool(there)


def alike(a: str, b: str) -> bool:
    """Whether two titles mean one annex: most characters of the shorter are in the other."""
    short, long = sorted((set(re.sub(r"[《》\s]", "", a)), set(re.sub(r"[《》\s]", "", b))), key=len)
    return bool(short) and len(short & long) >= 0.6 * len(short)
