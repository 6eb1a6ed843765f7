"""The values that flow: one frozen `Contract`, made by extract and enriched by each stage.

Positions are half-open character ranges in `Contract.text`, which never changes after extract.
All values stand in this one module, a little longer than our modules are, because they are read together.
Lengths on a page are PDF points (1/72 inch) with the origin at the top left of the page as displayed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, get_args

from hetong.errors import StageError
from hetong.geometry import Box as Box
from hetong.geometry import Line as Line
from hetong.geometry import Span as Span
from hetong.geometry import cut
from hetong.messages import Lang, say

Element = Literal["subject", "pricing", "delivery", "service", "legal", "other"]
ELEMENTS: tuple[Element, ...] = get_args(Element)
Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
Stance = Literal["buyer", "supplier", "neutral"]
STANCES: tuple[Stance, ...] = get_args(Stance)
Side = Literal[
    "neutral", "buyer", "supplier", "甲方", "乙方"
]  # a stance, or the party whose role in the contract gives it
Role = Literal["buyer", "supplier", "unknown"]
Stage = Literal["extract", "segment", "classify", "flag"]
BlockKind = Literal["paragraph", "heading", "cell", "contents"]
AsideKind = Literal[
    "header", "footer", "page-number", "watermark", "insertion", "deletion", "comment", "footnote", "placeholder"
]  # a placeholder is the prompt of a field that nobody filled in; it stands in the text too, at `at`
ClauseKind = Literal["title", "contents", "preamble", "parties", "clause", "paragraph", "signature", "annex"]
PARAGRAPH_SIGN: Final = "¶"  # in the id of a paragraph: between the address of its clause and its ordinal
MentionKind = Literal["amount", "date", "period", "rate", "reference"]
FindingSource = Literal["pattern", "meaning", "detector", "check"]  # what found a risk
CHECKED: Final[frozenset[MentionKind]] = frozenset({"amount", "rate", "date"})  # once read in a picture
Status = Literal["present", "vague", "missing", "not-applicable"]
Need = Literal["required", "expected", "optional"]
BlankKind = Literal[
    "amount", "date", "period", "rate", "quantity", "party", "person", "account", "place", "number", "option", "note",
    "other",
]  # fmt: skip
BLANK_KINDS: tuple[BlankKind, ...] = get_args(BlankKind)
# Rules that compare places of one contract and find them at odds, or find nothing where something is pointed at: no
# judgement of what was agreed, only a text that is not finished. Blanks and notes (DOC001, DOC013) are `blanks`.
UNFINISHED = frozenset("DOC002 DOC004 DOC005 DOC008 DOC010 DOC014 DOC016 DOC017 PRC002 PRC003 PRC004 PRC040".split())
# What `AttributeStatus.why` says of an attribute that is spoken of with nothing filled in
LEFT_BLANK = {"zh": "留有空白", "en": "left blank"}
PARTIES = "legal_parties"  # the attribute that asks for the names of the parties
OPENING = frozenset({"title", "parties", "preamble"})


class Cell(NamedTuple):
    """The place of a block in a table; indices count from 0, spans are at least 1.

    `box` is the cell as it is ruled, where the file has pages; of a cell that a page break cuts, its first part.
    """

    table: int
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or table cell as the file gives it: text[start:end], without the separator behind it."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    page: int | None = None
    lines: tuple[Line, ...] = ()
    number: str = ""  # automatic number that extract put at the block's start (Word); "" when there was none
    level: int | None = None  # outline or list level the file states, from 0
    cell: Cell | None = None
    # Word files: (where in Contract.text, ordinal from 0 of the w:p element among all of document.xml, in document
    # order) of each paragraph that the block is made of; a cell may join several
    paragraphs: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that is on the page but not in the contract's text: header, footer, watermark, revision, comment."""

    kind: AsideKind
    text: str
    page: int | None = None
    box: Box | None = None
    author: str = ""
    date: str = ""
    at: int | None = None  # where in Contract.text it belongs, when the file says so


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was not read or not understood, and why; the message is `messages.say(code, …)`.

    `box` is the place on the page, when it is not the page as a whole.
    """

    stage: Stage
    code: str
    page: int | None = None
    values: tuple[tuple[str, str], ...] = ()
    box: Box | None = None

    def message(self, lang: Lang = "zh") -> str:
        """The reason and what to do about it, in one sentence."""
        return say(self.code, lang, **dict(self.values))


@dataclass(frozen=True, slots=True)
class Source:
    """Where a contract came from."""

    path: str
    sha256: str
    format: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A party as the contract calls it: label 甲方, other labels 买方, the role found, and the name if given."""

    label: str
    role: Role
    name: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A unit of the contract with its own text: text[start:end], children not included.

    Clauses stand in document order and tile the text; `parent` is the index of the enclosing clause.
    `id` is unique in the contract (5.2); `number` is as printed (第五条, （二）), "" when unnumbered.
    `path` holds the printed number and heading of each ancestor and of the clause itself.
    Later paragraphs of a clause (款) are clauses of kind `paragraph` below it, 5.2¶2 (see `hetong.paragraphs`).
    """

    id: str
    number: str
    heading: str
    path: tuple[str, ...]
    level: int
    kind: ClauseKind
    start: int
    end: int
    body: int  # where the text behind number and heading begins (start <= body <= end)
    parent: int | None = None
    element: Element = "other"
    confidence: float = 0.0
    secondary: tuple[Element, ...] = ()
    needs_review: bool = False

    @property
    def article(self) -> str:
        """The id of the clause that this is, or is a later paragraph of."""
        return self.id.partition(PARAGRAPH_SIGN)[0]


@dataclass(frozen=True, slots=True)
class Mention:
    """An amount (yuan), date (ISO), period (days), rate (fraction) or reference (as printed) found in the text."""

    kind: MentionKind
    start: int
    end: int
    value: float | str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A risk, and all that a reviewer needs to judge it. `span` is None when the finding is an absence.

    `triggers` are the words that decided; `related` are other places it speaks of (the other amount, the target).
    `source` says what found it: a pattern, a combination of concepts, a learned detector, or a check of places that
    are at odds or missing. `also` are rules that spoke of the same place and tell it less well.
    """

    rule: str
    name: str
    title: str
    element: Element
    severity: Severity
    confidence: float
    clause: str | None
    span: Span | None
    quote: str
    message: str
    reason: str
    basis: tuple[str, ...]
    advice: str
    suggestion: str
    triggers: tuple[Span, ...] = ()
    related: tuple[Span, ...] = ()
    looked_for: str = ""
    source: FindingSource = "pattern"
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """A place that nobody filled in, ticked or cleared, text[start:end], and what is expected there.

    `option` is a choice that nobody made, `note` a drafting note or a placeholder of which no more is known.
    `left_in` are the boxes without a tick and the notes to the drafter (DOC013), apart from what is empty (DOC001).
    """

    start: int
    end: int
    kind: BlankKind
    left_in: bool = False


@dataclass(frozen=True, slots=True)
class AttributeStatus:
    """Whether the contract settles one attribute of an element (验收标准 of delivery), with the evidence.

    `need` is how much a contract of this type needs it, None when not at all; `why` says what a vague one lacks.
    """

    element: Element
    attribute: str
    status: Status
    clause: str | None = None
    quote: str = ""
    key: str = ""
    need: Need | None = "required"
    why: str = ""
    span: Span | None = None


Obstacle = Problem | Blank | Finding | Party | AttributeStatus


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract on its way through the pipeline; each stage returns a new one with more filled in.

    `asides` and `mentions` are for callers in Python: no report prints them.
    """

    source: Source
    text: str
    blocks: tuple[Block, ...] = ()
    asides: tuple[Aside, ...] = ()
    title: str = ""
    contract_type: str = ""
    parties: tuple[Party, ...] = ()
    clauses: tuple[Clause, ...] = ()
    mentions: tuple[Mention, ...] = ()
    stance: Stance = "neutral"
    findings: tuple[Finding, ...] = ()
    blanks: tuple[Blank, ...] = ()
    completeness: tuple[AttributeStatus, ...] = ()
    problems: tuple[Problem, ...] = ()
    done: tuple[Stage, ...] = field(default=("extract",))
    switched_off: tuple[str, ...] = ()  # rules of UNFINISHED that were not to speak

    @property
    def name(self) -> str:
        """The file name of the draft."""
        return self.source.path.replace("\\", "/").rsplit("/", 1)[-1]

    @property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """What stands against signing: parts that were not read, or revisions left in; blanks; places at odds.

        A party without a name, and what the contract must settle and left blank, count where no blank tells of them.
        """
        problems = (problem for problem in self.problems if problem.stage == "extract")
        findings = (finding for finding in self.findings if finding.rule in UNFINISHED)
        blanks = sorted(self.blanks, key=lambda blank: blank.left_in)
        return (*problems, *blanks, *self._unnamed(), *self._left_blank(), *findings)

    def _unnamed(self) -> Iterator[Party]:
        """The parties whose label stands in the opening with nothing behind it, where no blank of that line says so."""
        opening = [clause for clause in self.clauses if clause.kind in OPENING]
        for party in self.parties:
            labels = "|".join(map(re.escape, (party.label, *party.aliases)))
            note = r"(?:\s{0,3}[（(][^\n）)]{0,30}[）)])"
            empty = re.compile(rf"^[^\S\n]*(?:{labels}){note}{{0,2}}\s{{0,9}}[:：]{note}{{0,2}}[\s_]*?$", re.MULTILINE)
            found = [] if party.name else [empty.search(self.text, clause.start, clause.end) for clause in opening]
            places = [match.span() for match in found if match]
            if places and not any(b.start <= end and b.end >= start for b in self.blanks for start, end in places):
                yield party

    def _left_blank(self) -> Iterator[AttributeStatus]:
        """What must be settled and was left blank, where no blank of its clause or near its evidence says so."""
        told = {clause.article for blank in self.blanks if (clause := self.clause_at(blank.start))}
        unnamed = any(blank.kind == "party" for blank in self.blanks) or any(self._unnamed())
        for status in self.completeness:
            if status.key == PARTIES and unnamed:
                continue
            empty = status.status == "vague" and status.why in LEFT_BLANK.values()
            if empty and status.need == "required" and status.clause not in told and not self._is_near(status.span):
                yield status

    def _is_near(self, span: Span | None) -> bool:
        """Whether a blank lies in a span or right behind it."""
        return span is not None and any(b.start < span.end + 20 and b.end > span.start for b in self.blanks)

    @property
    def ready_to_sign(self) -> bool:
        """Whether the text is finished: read in full, flagged, and nothing found that stands against signing.

        Says nothing about the risks of what was agreed.
        """
        return "flag" in self.done and not self.obstacles

    @property
    def to_check(self) -> tuple[Mention, ...]:
        """Amounts, rates and dates that were recognised in a picture, in text order: a digit may be read wrongly."""
        if not any(line.score is not None for block in self.blocks for line in block.lines):
            return ()
        found = (mention for mention in self.mentions if mention.kind in CHECKED)
        return tuple(mention for mention in found if self.recognised(mention.start, mention.end))

    def require(self, stage: Stage) -> None:
        """Raises StageError, naming the stage, unless that stage has run."""
        if stage not in self.done:
            raise StageError(f"{self.source.path}: stage {stage!r} has not run (done: {', '.join(self.done)})")

    def text_of(self, part: Clause | Block | Span | Mention | Blank) -> str:
        """The verbatim text of a clause, block, span, mention or blank."""
        start, end = part if isinstance(part, Span) else (part.start, part.end)
        return self.text[start:end]

    def clause_at(self, position: int) -> Clause | None:
        """The clause that holds a character position; None before segment or behind the end."""
        index = bisect_right(self.clauses, position, key=lambda c: c.start) - 1
        found = self.clauses[index] if index >= 0 else None
        return found if found is not None and position < found.end else None

    def blocks_between(self, start: int, end: int) -> tuple[Block, ...]:
        """The blocks in which text[start:end] lies, in order."""
        first = max(0, bisect_right(self.blocks, start, key=lambda b: b.start) - 1)
        last = bisect_left(self.blocks, end, key=lambda b: b.start)
        return tuple(block for block in self.blocks[first:last] if block.end > start)

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where text[start:end] is printed: one box a line, in reading order; empty for formats without pages."""
        first = max(0, bisect_right(self.blocks, start, key=lambda b: b.start) - 1)
        boxes: list[Box] = []
        for block in self.blocks[first:]:
            if block.start >= end:
                break
            boxes += [cut(self.text, line, start, end) for line in block.lines if line.start < end and line.end > start]
        return tuple(boxes)

    def paragraph_of(self, position: int) -> int | None:
        """The ordinal of the paragraph in document.xml (see `Block`) that holds a character; None for other formats."""
        index = bisect_right(self.blocks, position, key=lambda b: b.start) - 1
        within = self.blocks[index].paragraphs if index >= 0 else ()
        return next((ordinal for start, ordinal in reversed(within) if start <= position), None)

    def recognised(self, start: int, end: int) -> Line | None:
        """The first line of text[start:end] that was recognised in a picture; None when the file states it all."""
        first = max(0, bisect_right(self.blocks, start, key=lambda b: b.start) - 1)
        for block in self.blocks[first:]:
            if block.start >= end:
                break
            for line in block.lines:
                if line.score is not None and line.start < end and line.end > start:
                    return line
        return None

    def page_of(self, position: int) -> int | None:
        """The page on which a character is printed, or None for formats without pages."""
        boxes = self.boxes(position, position + 1)
        if boxes:
            return boxes[0].page
        index = bisect_right(self.blocks, position, key=lambda b: b.start) - 1
        return self.blocks[index].page if index >= 0 else None
