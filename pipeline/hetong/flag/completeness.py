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

from ahocorasick_rs import AhoCorasick

from hetong.document import AttributeStatus, Contract, Span, Status
from hetong.flag.view import View
from hetong.messages import Lang
from hetong.rulebook import Pattern
from hetong.rulebook.attributes import TYPES, Attribute, Fact, load_attributes

MISSING, TOUCHED, MENTIONED, BLANK, SETTLED = range(5)  # what a place says of an attribute, worst first
REACH: Final = 80  # characters of a sentence that are looked at on one side of a word
BELOW: Final = 300  # characters of text below a heading or label in which its fact may stand
LABEL: Final = 14  # a line no longer than this is a label or a cell, not a sentence
SPREAD: Final = 4  # spaces at most between the two characters of a label (规　　格)
QUOTE: Final = 60  # characters of a quote at most
WHY: Final[dict[str, dict[Lang, str]]] = {
    "blank": {"zh": "留有空白", "en": "left blank"},
    "facts": {"zh": "没有写明{facts}", "en": "no {facts}"},
    "touched": {"zh": "只是提到", "en": "only touched on"},
}
_EMPTY: Final = (
    r"_{2,40}+(?!\s?[0-9])|【\s{0,20}】|\[[^\]\n]{0,20}\]|\{\{|\$\{|(?<![0-9])-{2,40}(?![0-9])|×{1,9}|XX|（\s{0,20}）"
    r"|(?<![0-9一二三四五六七八九十百千万\s])\s{2,20}(?=[年月日天元%‰个份万吨台平㎡套间])"
    r"|(?<![：\s])\s{5,40}(?=[一-龥])"
)
_LABELS: Final = ("编号", "时间", "地点", "日期", "号", "号码", "电话", "地址", "证", "代表人")
_BLANK: Final = re.compile(_EMPTY)
_STOP: Final = re.compile("[。；！？\n]")
_PART: Final = re.compile("[^，。；：！？\n\t]*")


class Cue(NamedTuple):
    """Words that may tell of an attribute where one stands and the pattern, if there is one, matches around it.

    It tells at best `most`; with `facts` one of them must stand near.
    """

    words: tuple[int, ...]
    pattern: Pattern | None
    most: int
    facts: tuple[Fact, ...] = ()


class Place(NamedTuple):
    """Evidence, as good as `rank`, at text[start:end]."""

    rank: int
    start: int = 0
    end: int = 0


class Book(NamedTuple):
    """What one type of contract is asked: each attribute with its cues, the best first, and the words of `when`."""

    automaton: AhoCorasick
    rows: tuple[tuple[Attribute, tuple[Cue, ...], tuple[int, ...]], ...]


def completeness(view: View, lang: Lang = "zh") -> tuple[AttributeStatus, ...]:
    """The status of every attribute in the order of the elements, each with its best evidence.

    Args:
        view: a contract that has been classified, prepared for matching.
        lang: language of the names and reasons.
    """
    kind = view.contract.contract_type
    book = _book_of(kind if kind in TYPES else "other")
    at: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for word, start, end in book.automaton.find_matches_as_indexes(view.text, overlapping=True):
        at[word].append((start, end))
    reader = _Reader(view, at)
    found = {
        attribute.key: reader.status(attribute, cues, not when or any(word in at for word in when), lang)
        for attribute, cues, when in book.rows
    }
    return tuple(found.get(a.key) or _unasked(a, lang) for a in load_attributes())


def _unasked(attribute: Attribute, lang: Lang) -> AttributeStatus:
    name = attribute.name[lang]
    return AttributeStatus(attribute.element, name, "not-applicable", key=attribute.key, need=None)


@cache
def _book_of(kind: str) -> Book:
    """The book of a type of contract; built once a process."""
    numbers: dict[str, int] = {}

    def number(word: str) -> int:
        return numbers.setdefault(word, len(numbers))

    def cues(patterns: Sequence[Pattern], most: int, facts: tuple[Fact, ...] = ()) -> Iterator[Cue]:
        """Plain words are looked for together, behind the patterns, which say more."""
        plain = [pattern.source for pattern in patterns if pattern.needs[0] == {pattern.source}]
        for pattern in patterns:
            if pattern.source not in plain:
                yield Cue(tuple(map(number, sorted(pattern.needs[0]))), pattern, most, facts)
        if plain:
            spread = [
                f"{word[0]}{' ' * gap}{word[1]}" for word in plain if len(word) == 2 for gap in range(1, SPREAD + 1)
            ]
            yield Cue(tuple(map(number, [*plain, *spread])), None, most, facts)

    rows = [
        (
            attribute,
            (
                *cues(attribute.present, SETTLED),
                *cues(attribute.mention, SETTLED, attribute.needs),
                *cues(attribute.vague, TOUCHED),
            ),
            tuple(map(number, attribute.when)),
        )
        for attribute in load_attributes()
        if attribute.need_of(kind)
    ]
    return Book(AhoCorasick(list(numbers)), tuple(rows))


@cache
def _fact_or_blank(facts: tuple[Fact, ...]) -> re.Pattern[str]:
    """Finds the first of some facts, or a blank in its place."""
    return re.compile(f"(?P<blank>{_EMPTY})|" + "|".join(fact.pattern for fact in facts))


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
            return self._mention(_fact_or_blank(cue.facts), start, end, first, last)
        if cue.most == SETTLED and _BLANK.search(self.text, start, end + 2):
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
        name = attribute.name[lang]
        if place.rank == MISSING:
            fitting = asked and need != "optional"
            status: Status = "missing" if fitting else "not-applicable"
            return AttributeStatus(attribute.element, name, status, key=attribute.key, need=need if fitting else None)
        span = self._quote(place)
        index = bisect_right(self.starts, span.start) - 1
        return AttributeStatus(
            attribute.element,
            name,
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
        told = names[:1] if len(names) > 1 else [party.label for party in parties[:1]]
        at = self.contract.text.find(told[0]) if told else -1
        if at < 0:
            return place
        return Place(SETTLED if len(names) > 1 else BLANK, at, at + len(told[0]))

    def _quote(self, place: Place) -> Span:
        """The part of the sentence at a place, to the next comma on both sides as far as the quote may reach."""
        start, end = place.start, min(place.end, place.start + QUOTE)
        least = max(0, end - QUOTE)
        cut = max(self.text.rfind(stop, least, start) for stop in "，。；：\n\t") + 1
        start = max(cut, least) if cut else start
        end = max(end, _PART.match(self.text, end, start + QUOTE).end())  # type: ignore[union-attr]
        quote = self.text[start:end]
        return Span(start + len(quote) - len(quote.lstrip()), end - len(quote) + len(quote.rstrip()))


def _is_name(name: str) -> bool:
    """Whether a party is named: no blank, and not the label of the next line of a form (签订时间)."""
    return len(name) > 1 and not _BLANK.search(name) and not name.endswith(_LABELS)


def _joined(start: int, end: int, fact: re.Match[str]) -> Place:
    """A mention and the fact, or the blank, that stands with it: both, or only the fact when both are too long."""
    rank = BLANK if fact["blank"] else SETTLED
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
