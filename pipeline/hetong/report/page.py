"""What the page shows of one draft: its clauses cut into parts and pieces, each finding at its place.

Only values are made here; the templates turn them into HTML and escape all of them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import NamedTuple

from hetong.document import (
    SEVERITIES,
    Blank,
    Block,
    Cell,
    Clause,
    Contract,
    Element,
    Finding,
    Mention,
    Problem,
    Severity,
    Span,
)
from hetong.report.completeness_view import ElementRow, completeness_rows
from hetong.report.signing_view import Obstacles, marked_blanks, marks_between, obstacles

OUTLINE_LEVEL = 1  # deeper clauses are left out of the list at the side


class Card(NamedTuple):
    """A finding as a card; `anchor` is unique on the page, `number` counts within the draft from 1.

    `explained` is the number of the earlier card that says the same of another place, 0 when there is none.
    `recognised` says that its quote was recognised in a picture.
    `words` are those that decided.
    """

    anchor: str
    number: int
    finding: Finding
    page: int | None
    clause_anchor: str
    explained: int
    clause: Clause | None = None
    recognised: bool = False
    words: tuple[str, ...] = ()


class Piece(NamedTuple):
    """A run of text covered by the same cards, worst first; `starts` are the cards whose quote begins here.

    `blank` is the kind of the blank that it is, "" for other text; `check` says that it is an amount, rate or date
    recognised in a picture.
    """

    text: str
    is_head: bool
    cards: tuple[Card, ...]
    starts: tuple[Card, ...]
    blank: str = ""
    check: bool = False


class Marks(NamedTuple):
    """What is marked in the text besides findings: blanks that do not overlap, and figures to be checked."""

    blanks: Sequence[Blank]
    checks: Sequence[Mention]


class TableCell(NamedTuple):
    """One cell of a table and its text."""

    cell: Cell
    pieces: tuple[Piece, ...]


class Part(NamedTuple):
    """A paragraph (`rows` empty) or a table (`pieces` empty) of a clause."""

    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[TableCell, ...], ...] = ()
    is_heading: bool = False


class ClauseView(NamedTuple):
    """A clause, its text in parts, and the cards of the findings whose quote begins in it.

    `as_above` says that it is a later paragraph with the element of its clause, which need not be told again.
    """

    clause: Clause
    anchor: str
    indent: int
    parts: tuple[Part, ...]
    cards: tuple[Card, ...]
    as_above: bool = False

    @property
    def has_text(self) -> bool:
        """Whether the clause is more than a heading."""
        return any(not part.is_heading for part in self.parts)


class Entry(NamedTuple):
    """A line of the outline; `counts` and `elements` are of its clause and of the deeper ones below it."""

    anchor: str
    indent: int
    title: str
    counts: Counter[Severity]
    elements: Counter[Element]

    @property
    def element(self) -> Element:
        """What most of the text below this line is about."""
        return self.elements.most_common(1)[0][0] if self.elements else "other"


class Doubt(NamedTuple):
    """A problem, and the pages it was met on: 1–3, 7; "" when it has no page."""

    problem: Problem
    pages: str


class DraftView(NamedTuple):
    """One draft: `whole` are the findings without a place in the text."""

    anchor: str
    contract: Contract
    doubts: tuple[Doubt, ...]
    clauses: tuple[ClauseView, ...]
    whole: tuple[Card, ...]
    outline: tuple[Entry, ...]
    completeness: tuple[ElementRow, ...] = ()
    signing: tuple[Obstacles, ...] = ()


def draft_anchor(path: str) -> str:
    """The id of a draft on the page: made from its path, so that it does not depend on the other drafts."""
    return "d" + hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def draft_view(contract: Contract) -> DraftView:
    """The view of an analysed contract."""
    anchor = draft_anchor(contract.source.path)
    cards = _cards(contract, anchor)
    placed = [card for card in cards if card.finding.span]
    marks = Marks(marked_blanks(contract.blanks), contract.to_check)
    clauses = tuple(_clause_view(contract, index, placed, marks, anchor) for index in range(len(contract.clauses)))
    whole = tuple(card for card in cards if not card.finding.span)
    rows = completeness_rows(contract, anchor)
    signing = obstacles(contract, anchor)
    return DraftView(anchor, contract, _doubts(contract), clauses, whole, _outline(clauses), rows, signing)


def _doubts(contract: Contract) -> tuple[Doubt, ...]:
    """The problems, those that differ only in their page as one."""
    pages: dict[Problem, list[int]] = {}
    for problem in contract.problems:
        pages.setdefault(replace(problem, page=None), []).extend([problem.page] if problem.page else [])
    return tuple(Doubt(problem, _ranges(found)) for problem, found in pages.items())


def _ranges(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 → 1–3, 7."""
    ordered = sorted(set(numbers))
    runs = [[n for _, n in run] for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _cards(contract: Contract, anchor: str) -> list[Card]:
    """Absences first, then the findings in the order of the text."""
    index_of = {clause.id: index for index, clause in enumerate(contract.clauses)}
    ordered = sorted(contract.findings, key=lambda f: (f.span or Span(-1, -1), SEVERITIES.index(f.severity), f.rule))
    cards = []
    explained: dict[tuple[str, ...], int] = {}
    for number, finding in enumerate(ordered, 1):
        said = (finding.rule, finding.reason, finding.advice, finding.suggestion)
        page = contract.page_of(finding.span.start) if finding.span else None
        index = index_of.get(finding.clause or "")
        clause_anchor = "" if index is None else f"{anchor}-c{index}"
        clause = None if index is None else contract.clauses[index]
        recognised = finding.span is not None and contract.recognised(*finding.span) is not None
        words = tuple(dict.fromkeys(contract.text_of(span).strip() for span in finding.triggers))
        name, same = f"{anchor}-f{number}", explained.get(said, 0)
        cards.append(Card(name, number, finding, page, clause_anchor, same, clause, recognised, words))
        explained.setdefault(said, number)
    return cards


def _outline(views: Sequence[ClauseView]) -> tuple[Entry, ...]:
    """The clauses that a reader looks for; what stands below them counts with them."""
    entries: list[Entry] = []
    enclosing: dict[int, Entry] = {}  # by indent
    for view in views:
        clause = view.clause
        title = " ".join(part for part in (clause.number, clause.heading) if part)
        if (
            title
            and (view.indent == 0 or (clause.heading and view.indent <= OUTLINE_LEVEL))
            and clause.kind != "contents"
        ):
            entries.append(Entry(view.anchor, view.indent, title, Counter(), Counter()))
            enclosing = {indent: entry for indent, entry in enclosing.items() if indent < view.indent}
            enclosing[view.indent] = entries[-1]
        if entries:
            entries[-1].counts.update(card.finding.severity for card in view.cards)
        for entry in enclosing.values() if view.has_text else ():
            entry.elements[clause.element] += 1
    return tuple(entries)


def _clause_view(contract: Contract, index: int, cards: Sequence[Card], marks: Marks, anchor: str) -> ClauseView:
    clause = contract.clauses[index]
    touching = [
        c for c in cards if c.finding.span and c.finding.span.start < clause.end and c.finding.span.end > clause.start
    ]
    own = tuple(card for card in touching if card.finding.span and card.finding.span.start >= clause.start)
    parts = tuple(_parts(contract, clause, touching, marks))
    return ClauseView(clause, f"{anchor}-c{index}", _depth(contract, clause), parts, own, _as_above(contract, clause))


def _as_above(contract: Contract, clause: Clause) -> bool:
    """Whether a clause is a later paragraph with the element of its clause, beyond doubt."""
    if clause.kind != "paragraph" or clause.parent is None or clause.needs_review:
        return False
    return contract.clauses[clause.parent].element == clause.element


def _depth(contract: Contract, clause: Clause) -> int:
    """How many clauses enclose this one: unlike `level`, it never skips."""
    depth = 0
    while clause.parent is not None:
        clause, depth = contract.clauses[clause.parent], depth + 1
    return depth


def _parts(contract: Contract, clause: Clause, cards: Sequence[Card], marks: Marks) -> Iterator[Part]:
    """The paragraphs and tables of a clause; cells of one table that follow each other make one part."""
    for table, group in groupby(_blocks_of(contract, clause), key=lambda b: b.cell.table if b.cell else None):
        if table is None:
            yield from (part for block in group if (part := _paragraph(contract, clause, block, cards, marks)))
        else:
            cells = [
                TableCell(block.cell, _pieces(contract, clause, block, cards, marks)) for block in group if block.cell
            ]
            yield Part(rows=tuple(tuple(row) for _, row in groupby(cells, key=lambda c: c.cell.row)))


def _paragraph(contract: Contract, clause: Clause, block: Block, cards: Sequence[Card], marks: Marks) -> Part | None:
    """A block as a paragraph, None when it is blank."""
    pieces = _pieces(contract, clause, block, cards, marks)
    if not any(piece.text.strip() for piece in pieces):
        return None
    return Part(pieces, is_heading=min(block.end, clause.end) <= clause.body)


def _blocks_of(contract: Contract, clause: Clause) -> Sequence[Block]:
    """The blocks that a clause's text lies in; a text without blocks counts as one paragraph."""
    return contract.blocks_between(clause.start, clause.end) or [Block(clause.start, clause.end)]


def _pieces(contract: Contract, clause: Clause, block: Block, cards: Sequence[Card], marks: Marks) -> tuple[Piece, ...]:
    """A block's text inside a clause, cut wherever a quote or the heading begins or ends; quotes may overlap."""
    start, end = max(block.start, clause.start), min(block.end, clause.end)
    spans = [(card, card.finding.span) for card in cards if card.finding.span]
    blanks = marks_between(marks.blanks, start, end)
    checks = [mention for mention in marks.checks if mention.start < end and mention.end > start]
    edges = {start, end, clause.body, *(edge for _, span in spans for edge in span)}
    edges |= {edge for blank in blanks for edge in (blank.start, blank.end)}
    edges |= {edge for mention in checks for edge in (mention.start, mention.end)}
    pieces = []
    for a, b in pairwise(sorted(edge for edge in edges if start <= edge <= end)):
        over = [card for card, span in spans if span.start < b and span.end > a]
        over.sort(key=lambda card: (SEVERITIES.index(card.finding.severity), card.number))
        starts = tuple(card for card in over if card.finding.span and card.finding.span.start == a)
        while blanks and blanks[0].end <= a:
            blanks.popleft()
        kind = blanks[0].kind if blanks and blanks[0].start <= a else ""
        check = any(mention.start < b and mention.end > a for mention in checks)
        pieces.append(Piece(contract.text[a:b], b <= clause.body, tuple(over), starts, kind, check))
    return tuple(pieces)
