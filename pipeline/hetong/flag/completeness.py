"""Tells for each attribute of the five elements whether a contract settles it, touches it or leaves it out.

One Aho-Corasick pass finds the words of all attributes; at each, only what could still better the status is tried, so
that most words cost one comparison. Vague is what SMART calls vague: spoken of, but without a figure, a date, a named
standard or a responsible party. Everything that is looked at has a bound, so that time grows with the text alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from hetong.document import AttributeStatus, Contract, Need, Span, Status
from hetong.flag.cues import BLANK, BLANKS, GAP, MENTIONED, MISSING, SETTLED, Cue, book_of, fact_or_blank
from hetong.flag.view import View
from hetong.fold import fold
from hetong.messages import Lang
from hetong.rulebook.attributes import TYPES, Attribute, load_attributes

REACH: Final = 80  # characters of a sentence that are looked at on one side of a word
BELOW: Final = 300  # characters of text below a heading or label in which its fact may stand
LABEL: Final = 14  # a line no longer than this is a label or a cell, not a sentence
QUOTE: Final = 60  # characters of a quote at most
WHY: Final[dict[str, dict[Lang, str]]] = {
    "blank": {"zh": "留有空白", "en": "left blank"},
    "facts": {"zh": "没有写明{facts}", "en": "no {facts}"},
    "touched": {"zh": "只是提到", "en": "only touched on"},
}
_LABELS: Final = ("编号", "时间", "地点", "日期", "号", "号码", "电话", "地址", "证", "代表人")
_STOP: Final = re.compile("[。；！？\n]")
_PART: Final = re.compile("[^，。；：！？\n\t]*")


class Place(NamedTuple):
    """Evidence, as good as `rank`, at text[start:end]."""

    rank: int
    start: int = 0
    end: int = 0


def completeness(view: View, lang: Lang = "zh") -> tuple[AttributeStatus, ...]:
    """The status of every attribute in the order of the elements, each with its best evidence.

    Args:
        view: a contract that has been classified, prepared for matching.
        lang: language of the names and reasons.
    """
    kind = view.contract.contract_type
    book = book_of(kind if kind in TYPES else "other")
    at: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for word, start, end in book.automaton.find_matches_as_indexes(view.text, overlapping=True):
        at[word].append((start, end))
    reader = _Reader(view, at)
    found = {
        attribute.key: reader.status(attribute, cues, not when or any(word in at for word in when), lang)
        for attribute, cues, when in book.rows
    }
    return tuple(found.get(a.key) or _without(a, None, lang) for a in load_attributes())


@cache
def _without(attribute: Attribute, need: Need | None, lang: Lang) -> AttributeStatus:
    """Of an attribute that a contract does not speak of: missing when it is needed."""
    status: Status = "missing" if need else "not-applicable"
    return AttributeStatus(attribute.element, attribute.name[lang], status, key=attribute.key, need=need)


class _Reader:
    """Looks at words in one contract."""

    def __init__(self, view: View, at: Mapping[int, Sequence[tuple[int, int]]]) -> None:
        self.contract: Contract = view.contract
        self.text = view.text
        self.at = at
        self.starts = [clause.start for clause in self.contract.clauses]
        self.contents = [(c.start, c.end) for c in self.contract.clauses if c.kind == "contents"]

    def _best(self, cues: Iterable[Cue]) -> Place:
        """The best place of an attribute: of equal ones that of the first cue, and of it the first in the text."""
        best = Place(MISSING)
        for cue in cues:
            if cue.most > best.rank:
                for place in self._places(cue):
                    if place.rank > best.rank:
                        best = place
                        if best.rank >= cue.most:
                            break
            if best.rank == SETTLED:
                break
        return best

    def _places(self, cue: Cue) -> Iterator[Place]:
        """What a cue tells, sentence by sentence."""
        at = self.at
        found = [place for word in cue.words if word in at for place in at[word]]
        if len(cue.words) > 1:
            found.sort()
        last = -1
        for start, end in found:
            if start < last or (self.contents and self._is_listed(start)):
                continue
            first, last = self._sentence(start, end)
            if cue.pattern is None:
                yield self._told(cue, start, end, first, last)
            elif match := cue.pattern.regex.search(self.text, first, last):
                yield self._told(cue, *match.span(), first, last)

    def _is_listed(self, position: int) -> bool:
        """Whether a place lies in the table of contents, which settles nothing."""
        return any(start <= position < end for start, end in self.contents)

    def _told(self, cue: Cue, start: int, end: int, first: int, last: int) -> Place:
        """What the match of a cue in the sentence text[first:last] is worth."""
        if cue.facts:
            return self._mention(fact_or_blank(cue.facts), start, end, first, last)
        if cue.most == SETTLED and (BLANKS.search(self.text, start, end + 2) or GAP.match(self.text, end)):
            return Place(BLANK, start, end)
        return Place(cue.most, start, end)

    def _mention(self, facts: re.Pattern[str], start: int, end: int, first: int, last: int) -> Place:
        """A mention with what stands nearest behind it in its sentence, else before it, else below it."""
        behind = facts.search(self.text, end, last)
        if behind:
            return _joined(start, end, behind)
        before = facts.search(self.text, first, start)
        if before and before.start() >= self._body(start):
            return _joined(start, end, before)
        below = self._below(first, last, start)
        found = facts.search(self.text, last, below) if below else None
        return _joined(start, end, found) if found else Place(MENTIONED, start, end)

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """Where the sentence of a word begins and ends."""
        least = max(0, start - REACH)
        first = max(self.text.rfind("。", least, start), self.text.rfind("；", least, start), least - 1)
        first = max(first, self.text.rfind("\n", least, start)) + 1
        stop = _STOP.search(self.text, end, end + REACH)
        return first, stop.start() if stop else min(end + REACH, len(self.text))

    def _below(self, first: int, last: int, start: int) -> int:
        """Where the text ends that a heading, a label or a lead-in speaks of; 0 when the sentence is none of these."""
        index = bisect_right(self.starts, start) - 1
        if index < 0:
            return 0
        clause = self.contract.clauses[index]
        if not (start < clause.body or last - first <= LABEL or self.text[last - 1] == "："):
            return 0
        limit = last + BELOW
        end = clause.end
        for other in self.contract.clauses[index + 1 :]:
            if other.level <= clause.level or end >= limit:
                break
            end = other.end
        return min(end, limit)

    def _body(self, position: int) -> int:
        """Where the text of the clause at a position begins, behind its number."""
        index = bisect_right(self.starts, position) - 1
        return self.contract.clauses[index].body if index >= 0 else 0

    def status(self, attribute: Attribute, cues: Iterable[Cue], asked: bool, lang: Lang) -> AttributeStatus:
        """What the best place tells of an attribute; `asked` is whether it makes sense for this contract."""
        place = self._best(cues)
        if attribute.parties:
            place = self._parties(place)
        need = attribute.need_of(self.contract.contract_type)
        if place.rank == MISSING:
            return _without(attribute, need if asked and need != "optional" else None, lang)
        span = self._quote(place)
        index = bisect_right(self.starts, span.start) - 1
        return AttributeStatus(
            attribute.element,
            attribute.name[lang],
            "present" if place.rank == SETTLED else "vague",
            self.contract.clauses[index].id if index >= 0 else None,
            self.contract.text[span.start : span.end],
            attribute.key,
            need if asked else "optional",
            _why(attribute, place.rank, lang),
            span,
        )

    def _parties(self, place: Place) -> Place:
        """Two parties with names settle who contracts; labels alone are a blank."""
        parties = self.contract.parties
        labels = {label for party in parties for label in (party.label, *party.aliases)}
        names = [party.name for party in parties if party.name not in labels and _is_name(party.name)]
        text = fold(self.contract.text)
        for name in [*map(fold, names if len(names) > 1 else ()), *map(fold, sorted(labels))]:
            if (at := text.find(name)) >= 0:
                return Place(SETTLED if len(names) > 1 else BLANK, at, at + len(name))
        return place

    def _quote(self, place: Place) -> Span:
        """The part of the sentence at a place, to the next comma on both sides as far as the quote may reach."""
        start, end = place.start, min(place.end, place.start + QUOTE)
        least = max(0, end - QUOTE)
        find = self.text.rfind
        stops = find("，", least, start), find("。", least, start), find("；", least, start)
        cut = max(*stops, find("：", least, start), find("\n", least, start), find("\t", least, start)) + 1
        start = max(cut, least) if cut else start
        end = max(end, _PART.match(self.text, end, start + QUOTE).end())  # type: ignore[union-attr]
        quote = self.text[start:end]
        return Span(start + len(quote) - len(quote.lstrip()), end - len(quote) + len(quote.rstrip()))


def _is_name(name: str) -> bool:
    """Whether a party is named: no blank, and not the label of the next line of a form (签订时间)."""
    return len(name) > 1 and not BLANKS.search(name) and not name.endswith(_LABELS) and not name.startswith("The ")


def _joined(start: int, end: int, fact: re.Match[str]) -> Place:
    """A mention and the fact, or the blank, that stands with it: both, or only the fact when both are too long."""
    rank = BLANK if fact["blank"] or GAP.match(fact.string, fact.end()) else SETTLED
    first, last = min(start, fact.start()), max(end, fact.end())
    return Place(rank, first, last) if last - first <= QUOTE else Place(rank, fact.start(), fact.end())


def _why(attribute: Attribute, rank: int, lang: Lang) -> str:
    """What a vague attribute lacks."""
    if rank == SETTLED:
        return ""
    if rank == BLANK:
        return WHY["blank"][lang]
    if not attribute.needs:
        return WHY["touched"][lang]
    names = [fact.name[lang] for fact in attribute.needs]
    last = " or " if lang == "en" else "或"
    joined = (", " if lang == "en" else "、").join(names[:-1])
    return WHY["facts"][lang].format(facts=f"{joined}{last}{names[-1]}" if joined else names[-1])
