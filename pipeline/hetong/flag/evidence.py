"""Looks for the best evidence of an attribute in a contract: which words stand where, and what stands with them.

A heading settles nothing, and a fact belongs to the words that it stands beside, in the same part of the sentence or
the next. Of evidence that settles nothing, what stands in a clause of the topic goes before what stands elsewhere.
Everything that is looked at has a bound, so that time grows with the text alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from hetong.document import Contract, Span
from hetong.flag.cues import BLANK, BLANKS, GAP, MENTIONED, MISSING, SETTLED, TOUCHED, Cue, fact_or_blank
from hetong.flag.view import View
from hetong.fold import fold
from hetong.rulebook.attributes import Attribute

REACH: Final = 80  # characters of a sentence that are looked at on one side of a word
BELOW: Final = 160  # characters of text below a heading or label in which its fact may stand
LISTED: Final = 3  # commas of a list that is read as a mere list
LABEL: Final = 14  # a line no longer than this is a label or a cell, not a sentence
HOME: Final = 2  # the best that `Place.home` can be
LOOKED_AT: Final = 30  # places of a cue that are looked at for a better one
QUOTE: Final = 60  # characters of a quote at most
_LEADS_IN: Final = 4  # characters between a fact and the comma in front of its words at most (10日之内，应当检验)
_STOP: Final = re.compile("[。；！？\n]")
_PART: Final = re.compile("[^，。；：！？\n\t]*")
_COMMA: Final = re.compile("，|,(?![0-9])")


class Place(NamedTuple):
    """Evidence, as good as `rank`, at text[start:end].

    `home` is 2 in a clause whose heading names the attribute, 1 in a clause of its element or when a heading itself is
    the mention, 0 elsewhere and in annexes.
    """

    rank: int
    start: int = 0
    end: int = 0
    home: int = HOME


class Evidence:
    """The words of one contract, by the numbers that the cues give them, and what they are worth."""

    def __init__(self, view: View, at: Mapping[int, Sequence[tuple[int, int]]]) -> None:
        self.contract: Contract = view.contract
        self.text = view.text
        self.at = at
        self.starts = [clause.start for clause in self.contract.clauses]
        self.headings: dict[int, str] = {}
        self.contents = [(c.start, c.end) for c in self.contract.clauses if c.kind == "contents"]

    def clause_id(self, position: int) -> str | None:
        """The id of the clause at a position."""
        index = bisect_right(self.starts, position) - 1
        return self.contract.clauses[index].id if index >= 0 else None

    def best(self, attribute: Attribute, cues: Iterable[Cue]) -> Place:
        """The best place of an attribute: of equal ones that of the first cue, and of it the first in the text."""
        best = Place(MISSING, home=0)
        for cue in cues:
            if best.rank == SETTLED or (cue.most, HOME) <= (best.rank, best.home):
                continue
            for place in islice(self._places(cue), LOOKED_AT):
                if place.rank < best.rank:
                    continue
                found = self._weighed(attribute, cue, place)
                if (found.rank, found.home) > (best.rank, best.home):
                    best = found
                    if (best.rank, best.home) >= (cue.most, HOME):
                        break
        return best

    def _weighed(self, attribute: Attribute, cue: Cue, place: Place) -> Place:
        """A place with how near its clause is to the attribute; a mention settles nothing when it must be nearer."""
        home = self._home(attribute, place.start)
        strays = attribute.home and bool(cue.facts) and home < HOME
        return place._replace(home=min(home, place.home), rank=min(place.rank, MENTIONED) if strays else place.rank)

    def _home(self, attribute: Attribute, position: int) -> int:
        """How near the clause at a position is to an attribute: see `Place`."""
        index = bisect_right(self.starts, position) - 1
        if index < 0 or self.contract.clauses[index].kind == "annex":
            return 0
        if any(word in self._headings(index) for word in attribute.topics):
            return HOME
        clause = self.contract.clauses[index]
        return int(attribute.element == clause.element or attribute.element in clause.secondary)

    def _headings(self, index: int) -> str:
        """The heading of a clause with those above it."""
        if index not in self.headings:
            clause = self.contract.clauses[index]
            above = self._headings(clause.parent) if clause.parent is not None else ""
            self.headings[index] = f"{above} {fold(clause.heading)}"
        return self.headings[index]

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
            if any(stray.search(self.text, first, last) for stray in cue.stray):
                continue
            if cue.pattern is None:
                yield self._told(cue, start, end, first, last)
            elif place := cue.pattern.search(self.text, first, last):
                yield self._told(cue, *place, first, last)

    def _is_listed(self, position: int) -> bool:
        """Whether a place lies in the table of contents, which settles nothing."""
        return any(start <= position < end for start, end in self.contents)

    def _told(self, cue: Cue, start: int, end: int, first: int, last: int) -> Place:
        """What the match of a cue in the sentence text[first:last] is worth."""
        if cue.facts:
            return self._mention(fact_or_blank(cue.facts), start, end, first, last)
        if cue.most == SETTLED and (BLANKS.search(self.text, start, end + 2) or GAP.match(self.text, end)):
            return Place(BLANK, start, end)
        return Place(min(cue.most, TOUCHED) if self._is_heading(start, end) else cue.most, start, end)

    def _is_heading(self, start: int, end: int) -> bool:
        """Whether a place lies in a heading, which announces a topic and settles nothing."""
        index = bisect_right(self.starts, start) - 1
        clause = self.contract.clauses[index] if index >= 0 else None
        return clause is not None and bool(clause.heading) and end <= clause.body < clause.end

    def _mention(self, facts: re.Pattern[str], start: int, end: int, first: int, last: int) -> Place:
        """A mention with what stands nearest behind it in its sentence, else before it, else below it."""
        if self._is_listed_item(start, end, last):
            return Place(MENTIONED, start, end)
        behind = facts.search(self.text, end, self._part_end(end, last))
        if behind:
            return _joined(start, end, behind)
        if before := self._before(facts, max(first, self._body(start)), start):
            return _joined(start, end, before)
        below = self._below(first, last, start)
        found = facts.search(self.text, last, below) if below else None
        return _joined(start, end, found)._replace(home=1) if found else Place(MENTIONED, start, end)

    def _is_listed_item(self, start: int, end: int, last: int) -> bool:
        """Whether words are one of four or more things that are only listed (名称、规格、质量、数量)."""
        if self.text[start - 1 : start] != "、" and self.text[end : end + 1] != "、":
            return False
        before = _PART.match(self.text[max(0, start - QUOTE) : start][::-1])
        behind = _PART.match(self.text, end, min(last, end + QUOTE))
        return sum(part[0].count("、") for part in (before, behind) if part) >= LISTED

    def _part_end(self, end: int, last: int) -> int:
        """Where the part of the sentence behind the next comma ends."""
        for _ in range(2):
            comma = _COMMA.search(self.text, end, last)
            if comma is None:
                return last
            end = comma.end()
        return end - 1

    def _before(self, facts: re.Pattern[str], first: int, start: int) -> re.Match[str] | None:
        """A fact in front of a mention, in the same part of the sentence or right in front of its comma."""
        commas = [comma.start() for comma in _COMMA.finditer(self.text, first, start)]
        part = commas[-1] if commas else first
        if found := facts.search(self.text, part, start):
            return found
        ending = facts.search(self.text, commas[-2] if len(commas) > 1 else first, part) if commas else None
        return ending if ending and part - ending.end() <= _LEADS_IN else None

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

    def quote(self, place: Place) -> Span:
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


def _joined(start: int, end: int, fact: re.Match[str]) -> Place:
    """A mention and the fact, or the blank, that stands with it: both, or only the fact when both are too long."""
    rank = BLANK if fact["blank"] or GAP.match(fact.string, fact.end()) else SETTLED
    first, last = min(start, fact.start()), max(end, fact.end())
    return Place(rank, first, last) if last - first <= QUOTE else Place(rank, fact.start(), fact.end())
