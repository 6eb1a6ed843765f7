"""What the rules look at: the folded text with parties replaced by their roles, cut into units as a reader cuts it.

The text of a view has the length of `Contract.text`, so every match is a place in the contract.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np

from hetong.document import Clause, Contract, Span
from hetong.flag.tender import tender_of
from hetong.fold import BEHIND_NO_PARTY, fold
from hetong.paragraphs import whole
from hetong.rulebook import BUYER, SUPPLIER, Pattern, Scope
from hetong.trie import Numbers

Made = TypeVar("Made")
READ_KINDS: Final = {"preamble", "clause", "annex"}
_SENTENCE: Final = re.compile(r"[^。；！？\n]+")
_LEAD: Final = re.compile(r"[^。；！？\n]{2,60}[：，]?\s*$")
# What a title has not: a sentence, a figure, a blank, a duty
_SAYS: Final = re.compile("[。；：！？，0-9_%【】]|应|须|不得|负责|支付|承担|有权")
_ASIDE: Final = re.compile(r"（[^）]{0,200}）|\s")
TITLE: Final = range(2, 25)  # characters of a clause that is only a title
OUTLINE: Final = 8  # clauses that an outline has at least: a short text is no outline


class Unit(NamedTuple):
    """A stretch of text that is read together, of clause number `clause`.

    `lead` is the sentence of the clause above that announces a list (乙方应免费提供以下服务：);
    an item is read with it.
    """

    start: int
    end: int
    clause: int
    lead: tuple[int, int] | None = None

    def haystack(self, text: str) -> str:
        """The lead-in and the unit in one string."""
        lead = text[self.lead[0] : self.lead[1]] if self.lead else ""
        return lead + text[self.start : self.end]

    def place(self, offset: int) -> int:
        """The position in the contract of an offset in the haystack."""
        length = self.lead[1] - self.lead[0] if self.lead else 0
        if self.lead and offset < length:
            return self.lead[0] + offset
        return self.start + offset - length


class View:
    """A contract prepared for matching; made once, used by all rules. Its clauses are in one piece."""

    def __init__(self, contract: Contract) -> None:
        contract.require("segment")
        self.contract = contract = whole(contract)
        folded = fold(contract.text)
        self.tender = tender_of(contract, folded)
        masked = mask_roles(folded, contract)
        self.text = self.tender.masked(masked) if self.tender else masked
        self._found: dict[tuple[Pattern, Scope, int], bool] = {}
        self._made: dict[object, Any] = {}
        self._unit_at: dict[Scope, Numbers] = {}
        self._lead: dict[int, tuple[int, int] | None] = {}

    def once(self, make: Callable[[View], Made]) -> Made:
        """What a function makes of this view; made when first asked for, then kept for all who ask."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    @cached_property
    def sentences(self) -> tuple[Unit, ...]:
        """The sentences of all clauses that are read, in order."""
        return tuple(self._cut())

    @cached_property
    def clauses(self) -> tuple[Unit, ...]:
        """One unit a clause: the text behind its number and heading."""
        return tuple(
            Unit(c.body, c.end, i, self._lead_of(c))
            for i, c in enumerate(self.contract.clauses)
            if self.reads(c) and c.body < c.end
        )

    @cached_property
    def outline(self) -> bool:
        """Whether this is the outline of a contract yet to be written: most of its clauses are only titles.

        What such a text leaves out is not missing; its author has not come to it.
        """
        parents = {clause.parent for clause in self.contract.clauses}
        leaves = [c for i, c in enumerate(self.contract.clauses) if c.kind == "clause" and i not in parents]
        return len(leaves) >= OUTLINE and 2 * sum(map(self._only_title, leaves)) > len(leaves)

    @cached_property
    def sections(self) -> tuple[Unit, ...]:
        """One unit a top clause, with everything below it."""
        units: list[Unit] = []
        for i, clause in enumerate(self.contract.clauses):
            if not self.reads(clause):
                continue
            if units and clause.parent is not None and self._top(i) == units[-1].clause:
                units[-1] = Unit(units[-1].start, clause.end, units[-1].clause)
            else:
                units.append(Unit(clause.start, clause.end, i))
        return tuple(units)

    @cached_property
    def document(self) -> tuple[Unit, ...]:
        """The whole text in one unit."""
        return (Unit(0, len(self.text), 0),)

    def reads(self, clause: Clause) -> bool:
        """Whether rules look at a clause: not at titles and signatures, of a tender document only at the contract."""
        return clause.kind in READ_KINDS and (self.tender is None or self.tender.reads(clause.start))

    def holds(self, patterns: Iterable[Pattern], position: int = 0, scope: Scope = "document") -> bool:
        """Whether any of these patterns matches in the unit of a scope that holds a position.

        Each pattern is looked for once a unit, however many matches of a rule ask for it.
        """
        unit = self._start_of(position, scope)
        for pattern in patterns:
            key = (pattern, scope, unit)
            if key not in self._found:
                self._found[key] = pattern.stands_in(self.around(position, scope))
            if self._found[key]:
                return True
        return False

    def _start_of(self, position: int, scope: Scope) -> int:
        """What names the unit of a scope that holds a position: where it starts; -1 when there is none."""
        if scope in ("sentence", "clause"):
            whole = self.sentence_at(position) if scope == "sentence" else self.contract.clause_at(position)
            return whole.start if whole else -1
        units = self.units(scope)
        index = bisect_right(units, position, key=lambda u: u.start) - 1
        return units[index].start if index >= 0 else -1

    def units(self, scope: Scope) -> tuple[Unit, ...]:
        """The units of a scope."""
        if scope == "sentence":
            return self.sentences
        if scope == "clause":
            return self.clauses
        return self.sections if scope == "section" else self.document

    def unit_at(self, scope: Scope) -> Numbers:
        """For each character the number of the unit of a scope that holds it, -1 where there is none."""
        if scope not in self._unit_at:
            self._unit_at[scope] = numbered([unit[:2] for unit in self.units(scope)], len(self.text))
        return self._unit_at[scope]

    def announced(self, scope: Scope) -> dict[tuple[int, int], list[int]]:
        """The numbers of the units that are read with a lead-in, by its place."""
        found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for number, unit in enumerate(self.units(scope)):
            if unit.lead:
                found[unit.lead].append(number)
        return found

    def around(self, position: int, scope: Scope) -> str:
        """The text of the unit of a scope that holds a position, its heading included."""
        if scope == "sentence":
            unit = self.sentence_at(position)
            return unit.haystack(self.text) if unit else ""
        if scope == "clause":
            clause = self.contract.clause_at(position)
            return self.text[clause.start : clause.end] if clause else ""
        index = bisect_right(self.units(scope), position, key=lambda u: u.start) - 1
        return self.units(scope)[index].haystack(self.text) if index >= 0 else ""

    def sentence_at(self, position: int) -> Unit | None:
        """The sentence that holds a position."""
        index = bisect_right(self.sentences, position, key=lambda u: u.start) - 1
        unit = self.sentences[index] if index >= 0 else None
        return unit if unit is not None and position < unit.end else None

    def sentences_in(self, span: Span) -> Sequence[Unit]:
        """The sentences that begin in a span."""
        first, last = (bisect_left(self.sentences, end, key=lambda u: u.start) for end in span)
        return self.sentences[first:last]

    def _cut(self) -> Iterator[Unit]:
        for i, clause in enumerate(self.contract.clauses):
            if not self.reads(clause):
                continue
            lead = self._lead_of(clause)
            for match in _SENTENCE.finditer(self.text, self._reading_start(clause), clause.end):
                if match[0].strip():
                    yield Unit(match.start(), match.end(), i, lead)

    def _reading_start(self, clause: Clause) -> int:
        """Where a clause's first sentence begins: with a heading that runs on into it (租期：三年), else behind it."""
        head = self.contract.text[clause.start : clause.body]
        if not clause.heading or "\n" in head:
            return clause.body
        return clause.start + max(0, head.rfind(clause.heading))

    def _lead_of(self, clause: Clause) -> tuple[int, int] | None:
        """The sentence of the parent that runs into its items; looked for once a parent."""
        if clause.parent is None:
            return None
        if clause.parent not in self._lead:
            self._lead[clause.parent] = self._lead_below(self.contract.clauses[clause.parent])
        return self._lead[clause.parent]

    def _lead_below(self, parent: Clause) -> tuple[int, int] | None:
        """The last sentence of a clause, when it ends in a colon."""
        text = self.text[parent.body : parent.end].rstrip()
        if not text.endswith("："):
            return None
        match = _LEAD.search(text, max(0, len(text) - 62))
        return (parent.body + match.start(), parent.body + match.end()) if match else None

    def _only_title(self, clause: Clause) -> bool:
        """Whether a clause says nothing behind its number but what it will be about, and perhaps what to fill in."""
        behind = _ASIDE.sub("", self.text[clause.start : clause.end].lstrip()[len(clause.number) :])
        return len(behind) in TITLE and not _SAYS.search(behind)

    def _top(self, index: int) -> int:
        """The index of the article that a clause belongs to; chapters are no articles, so a child of one is a top."""
        clause = self.contract.clauses[index]
        while clause.parent is not None and not _is_chapter(self.contract.clauses[clause.parent]):
            index, clause = clause.parent, self.contract.clauses[clause.parent]
        return index


def numbered(stretches: Iterable[tuple[int, int]], length: int) -> Numbers:
    """For each character of a text the number of the stretch that holds it, -1 where there is none."""
    at = np.full(length, -1)
    for number, (start, end) in enumerate(stretches):
        at[start:end] = number
    return at


def _is_chapter(clause: Clause) -> bool:
    return fold(clause.number).endswith(("章", "节", "部分", "编", "篇"))


def mask_roles(folded: str, contract: Contract) -> str:
    """The text with each name of a party replaced by as many role characters; other characters stay.

    A label is no name where it is part of a longer word: 实施方 in 实施方案.
    """
    names = {
        name: BUYER if party.role == "buyer" else SUPPLIER
        for party in contract.parties
        if party.role != "unknown"
        for name in map(fold, (party.label, *party.aliases, party.name))
        if len(name) > 1
    }
    both = BUYER + SUPPLIER if names.get("甲方", BUYER) == BUYER else SUPPLIER + BUYER
    names |= {"甲乙": both, "甲、乙": f"{both[0]}、{both[1]}"}
    pattern = "|".join(map(_whole_name, sorted(names, key=len, reverse=True)))
    return re.sub(pattern, lambda m: names[m[0]] if len(names[m[0]]) == len(m[0]) else names[m[0]] * len(m[0]), folded)


def _whole_name(name: str) -> str:
    letter = name[0] in "甲乙丙丁" and len(name) == 2
    return re.escape(name) + (f"(?!{BEHIND_NO_PARTY})" if name.endswith("方") and not letter else "")
