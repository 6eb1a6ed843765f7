"""Tells tender documents (招标文件, 采购文件, 磋商文件) from contracts, and finds what of one will be the contract.

Most of a tender document speaks to bidders: how to bid, how bids are compared, forms to fill in, technical parameters.
Risks are judged in the chapters that hold the contract, and under the heading of the commercial terms (商务要求).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hetong.document import Clause, Contract, Problem
from hetong.numerals import integer

APART: Final = 400  # characters between two marks at least: closer ones are a list of documents
UNREAD: Final = "\ue0ff"  # stands for a character that no rule looks at; no contract prints it, no pattern names it
MOST_NAMED: Final = 12  # titles in a problem
_BIDDER: Final = "(?:投标|竞标|磋商|谈判|询价|比选|响应|应答|报价|报名|申请|竞买|竞价)"
_BUYING: Final = "(?:招标|采购|磋商|谈判|询价|比选|遴选|竞价)"
_MARKS: Final = {
    "instructions": re.compile(rf"(?:(?:{_BIDDER}|供应商){{1,2}}[人方者商]?|供应商)须知(?:及?前附表)?"),
    "forms": re.compile(
        rf".{{0,8}}{_BIDDER}{{1,2}}文件的?(?:组成|内容|有关|相关|构成|参考|及|和|与|、){{0,4}}格式.{{0,6}}"
    ),
    "comparison": re.compile(
        r"(?:综合)?评[标审分定](?:[、及和与]?(?:办法|方法|标准|细则|程序|定标|成交|中标|评审)){0,5}"
    ),
    "invitation": re.compile(rf"(?:.{{0,8}}{_BUYING}(?:公告|邀请[函书]?)|投标邀请[函书]?)"),
}
_TELLING: Final = frozenset({"instructions", "forms"})  # one of them at least
_NUMBER: Final = r"第\s{0,3}(?P<ordinal>[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s{0,3}(?P<unit>部分|[篇卷册部章节])"
_CHAPTER: Final = re.compile(_NUMBER)
_RANKS: Final = {"章": 1, "节": 2}  # all others stand above chapters
_NOTE: Final = r"(?:\s{0,3}（[^（）]{0,20}）)?"
_CONTRACT: Final = re.compile(
    r".{0,14}(?:合同|协议)书?(?:主要|通用|专用|一般|特殊|基本|参考|示范|草案|草稿|条款|条件|文本|格式|范本|样本|模板|样式|样稿"
    rf"|内容|文件|及|和|与|、|的| ){{0,6}}{_NOTE}"
)
_NO_CONTRACT: Final = re.compile("授予|签订(?!的)|签署|履行|业绩|评[标审]|须知|以往|类似")
_TERMS: Final = re.compile(rf"商务(?:要求|需求|条款|条件)(?:及合同(?:主要)?条款)?{_NOTE}")
_LISTED: Final = 3  # lines of chapters below each other are a list of them


class Chapter(NamedTuple):
    """A chapter or section of a tender document: where it stands, and its heading as printed."""

    start: int
    end: int
    title: str


class Tender(NamedTuple):
    """A tender document: the parts that are judged for risks, none when no contract was found in it, and the others."""

    judged: tuple[Chapter, ...]
    others: tuple[Chapter, ...]

    def reads(self, position: int) -> bool:
        """Whether the rules look at a place; at all places when no part holds the contract."""
        return not self.judged or any(part.start <= position < part.end for part in self.judged)

    def masked(self, text: str) -> str:
        """The text with all that is not judged made unreadable, of the same length and with the same lines."""
        if not self.judged:
            return text
        parts, last = [], 0
        for start, end, _ in sorted(self.judged):
            parts += [re.sub(r"[^\n]", UNREAD, text[last:start]), text[max(last, start) : end]]
            last = max(last, end)
        return "".join((*parts, re.sub(r"[^\n]", UNREAD, text[last:])))

    def problem(self) -> Problem:
        """What a reader must know: that this is no contract, and what was judged."""
        if not self.judged:
            return Problem("flag", "tender-document-whole")
        return Problem(
            "flag", "tender-document", values=(("judged", _named(self.judged)), ("rest", _named(self.others)))
        )


class _Heading(NamedTuple):
    """A chapter before its end is known; `rank` rises as chapters get smaller."""

    start: int
    rank: int
    ordinal: int
    title: str
    name: str


def tender_of(contract: Contract, text: str) -> Tender | None:
    """The tender document that a contract is, or None; `text` is its folded text."""
    if "须知" not in text and "文件" not in text:
        return None
    chapters = _without_lists(list(_headings(contract, text)), text)
    if not _is_tender(contract, text, chapters):
        return None
    judged = [
        Chapter(chapter.start, _end(chapters, i, len(text)), chapter.title)
        for i, chapter in enumerate(chapters)
        if _holds_contract(chapter.name)
    ]
    judged += [part for part in _terms(contract, text) if not _inside(part.start, judged)]
    top = min((chapter.rank for chapter in chapters), default=0)
    others = {c.title: Chapter(c.start, c.start, c.title) for c in chapters if c.rank == top}
    left = tuple(c for c in others.values() if not _inside(c.start, judged))
    return Tender(tuple(sorted(judged)), left)


def _headings(contract: Contract, text: str) -> Iterator[_Heading]:
    """The chapters in order, each with its heading: 第五章 合同文本; it may stand on the line below the number."""
    for clause in contract.clauses:
        match = _CHAPTER.match(text, clause.start) if clause.kind != "contents" and clause.number else None
        if match:
            end = text.find("\n", match.end())
            line = text[match.end() : end if end >= 0 else len(text)].strip(" ：:")
            if not line and end >= 0:
                line = text[end : end + 40].lstrip().partition("\n")[0].strip(" ：:")
            ordinal = integer(match["ordinal"]) or 0
            yield _Heading(clause.start, _RANKS.get(match["unit"], 0), ordinal, f"{match[0]} {line[:20]}".strip(), line)


def _without_lists(chapters: Sequence[_Heading], text: str) -> list[_Heading]:
    """The chapters without those of a list within the text, which stand below each other and hold nothing."""
    kept: list[_Heading] = []
    run: list[_Heading] = []
    for chapter in chapters:
        if run and "\n" in text[run[-1].start : chapter.start].rstrip("\n"):
            kept += run if len(run) < _LISTED else []
            run = []
        run.append(chapter)
    return kept + (run if len(run) < _LISTED else [])


def _is_tender(contract: Contract, text: str, chapters: Sequence[_Heading]) -> bool:
    """Whether headings of two kinds that only tender documents have stand well apart from each other."""
    lines = [(c.start, c.name) for c in chapters]
    lines += [(c.start, _name_of(c, text)) for c in contract.clauses if _headed(c)]
    found: dict[str, list[int]] = {}
    for start, line in lines:
        for kind, mark in _MARKS.items():
            if mark.fullmatch(line):
                found.setdefault(kind, []).append(start)
    places = [place for starts in found.values() for place in starts]
    return len(found) >= 2 and not _TELLING.isdisjoint(found) and max(places) - min(places) >= APART


def _headed(clause: Clause) -> bool:
    return bool(clause.heading) and clause.kind != "contents" and len(clause.heading) <= 30


def _holds_contract(name: str) -> bool:
    """Whether a chapter of this name holds the contract, or the terms that will become part of it."""
    contract = _CONTRACT.fullmatch(name) and not _NO_CONTRACT.search(name)
    return bool(contract or _TERMS.fullmatch(name))


def _end(chapters: Sequence[_Heading], index: int, last: int) -> int:
    """Where a chapter ends: at the next of its rank or above, unless that is one of a contract's own chapters in it."""
    own = chapters[index]
    later = [c for c in chapters[index + 1 :] if c.rank <= own.rank]
    follows = [c.start for c in later if c.rank < own.rank or c.ordinal == own.ordinal + 1]
    if follows:
        nested = any(c.start < follows[0] and c.ordinal <= own.ordinal for c in later)
        return follows[-1] if nested else follows[0]
    return next((c.start for c in later if c.rank < own.rank or c.ordinal > own.ordinal), last)


def _terms(contract: Contract, text: str) -> Iterator[Chapter]:
    """The sections of commercial terms within other chapters, with all below them."""
    clauses = contract.clauses
    for i, clause in enumerate(clauses):
        if clause.kind == "clause" and _TERMS.fullmatch(_name_of(clause, text)):
            below = next((c.start for c in clauses[i + 1 :] if c.level <= clause.level), len(text))
            yield Chapter(clause.start, below, text[clause.start : clause.body].strip()[:30])


def _name_of(clause: Clause, text: str) -> str:
    """The heading of a clause without its number."""
    return text[clause.start : clause.body].strip()[len(clause.number) :].strip(" 、.：—-")


def _inside(position: int, parts: Sequence[Chapter]) -> bool:
    return any(part.start <= position < part.end for part in parts)


def _named(parts: Sequence[Chapter]) -> str:
    """The titles of some parts in one line; — for none."""
    titles = list(dict.fromkeys(part.title for part in parts))
    return "、".join(f"“{title}”" for title in titles[:MOST_NAMED]) + ("…" if len(titles) > MOST_NAMED else "") or "—"
