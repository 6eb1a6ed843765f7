"""Reads the rows of a contract from top to bottom and lays its clauses and parts end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hetong.document import Clause, Contract, Problem
from hetong.fold import fold
from hetong.paragraphs import divided
from hetong.segment import ending, front, headings
from hetong.segment.address import addresses
from hetong.segment.contents import Contents
from hetong.segment.inline import inline_marks
from hetong.segment.numbering import CONTAINERS, SHAPE, UNCOUNTED, Mark
from hetong.segment.rows import Ahead, Row, rows
from hetong.segment.tree import HEADING, PART, Node, Outline

EARLY: Final = 12  # clauses before which a block of parties still begins the contract (cover notes)
WORTH_NUMBERS: Final = 1500  # characters of a contract that one expects to be numbered
SHORT: Final = 24  # characters below which a line is taken to end where it ends
_FINISHED: Final = re.compile(r"[。；：！？.;）》\"】_]$")


def segment(contract: Contract) -> Contract:
    """The contract with its clauses, which tile the text, and its title.

    Raises:
        StageError: the contract has not been extracted.
    """
    contract.require("extract")
    reader = _Reader(contract)
    nodes = reader.read()
    problems = contract.problems
    if len(contract.text) > WORTH_NUMBERS and not any(node.number for node in nodes):
        problems = (*problems, Problem("segment", "no-numbering"))
    headed = (node.heading for node in nodes[:1] if front.is_title(fold(node.heading)))
    title = front.best_title(reader.titles) or next(headed, "")
    clauses = tuple(_clauses(nodes, len(contract.text)))
    done = (*contract.done, "segment")
    return divided(replace(contract, clauses=clauses, title=title, problems=problems, done=done))


class _Reader:
    """The state while reading: the outline so far, and whether the next row stands before, in or behind the clauses."""

    def __init__(self, contract: Contract) -> None:
        self.text = contract.text
        self.rows = rows(contract)
        self.outline = Outline(Ahead(self.rows))
        self.contents = Contents(self.rows)
        self.annexes = ending.annex_heads(self.rows)
        self.numbered = any(mark.needs <= SHAPE for row in self.rows for mark in row.readings)
        self.titles: list[str] = []
        self.front: front.Front | None = None  # the part that the last row before the clauses belongs to
        self.in_front = True
        self.in_recitals = False
        self.parties_seen = False
        self.signed = False  # behind the signature block
        self.was_signed = False
        self.annexed = False
        self.unsigned = 0  # row before which no signature block begins
        self.clauses = 0
        self.skip = 0

    def read(self) -> list[Node]:
        """All clauses and parts in document order; the first begins with the text."""
        for index, row in enumerate(self.rows):
            if self.skip:
                self.skip -= 1
            elif row.cell and not self.in_front:
                self._cell(index, row)
            else:
                self._row(index, row)
        if self.text and not self.outline.nodes:
            self.outline.add_part("title", 0, 0)
        for node in self.outline.nodes[:1]:
            node.start = 0
        return self.outline.nodes

    def _row(self, index: int, row: Row) -> None:
        length = self.contents.length(index)
        if length:
            self.outline.add_part("contents", row.start, row.at)
            self.front, self.skip = None, length - 1
            return
        mark = self._mark(index, row)
        if mark is not None:
            self._clause(index, row, mark)
            self._inline(index, row, mark)
        elif self._part(index, row):
            return
        elif self.in_front:
            self._front(index, row)
        elif self.signed or not self._heading(index, row):
            self.outline.top.bare = self.outline.top.alone = False
            self._inline(index, row, None)

    def _mark(self, index: int, row: Row) -> Mark | None:
        """The number that begins a clause here; on the cover a note, a point or the chapter of a form begins none."""
        marks = row.readings
        if self.in_front and self.front in (None, "title") and front.is_cover(self.rows, index):
            return None
        if self.in_front and self.front:
            marks = tuple(mark for mark in marks if mark.style not in UNCOUNTED)
        return self.outline.choose(marks, index, self._finished(index)) if marks else None

    def _cell(self, index: int, row: Row) -> None:
        """A table belongs whole to the clause above it, unless it is the signature block."""
        begins = not self.rows[index - 1].cell if index else True
        if not (begins and self._signature(index, row)):
            self.outline.top.bare = False

    # ---- parts ------------------------------------------------------------------------------------------
    def _part(self, index: int, row: Row) -> bool:
        """Begins an annex, a signature block or another contract here, if one does."""
        if index in self.annexes and (self.clauses or self.signed):
            self._annex(index, row, self.annexes[index])
            return True
        return not self.in_front and (self._restart(index, row) or self._signature(index, row))

    def _restart(self, index: int, row: Row) -> bool:
        """Another title and block of parties: behind cover notes, or a second contract in the file."""
        early = self.signed or (self.clauses <= EARLY and (not self.parties_seen or front.is_title(row.text)))
        if self.annexed or not front.restarts(self.rows, index, early):
            return False
        self.in_front, self.front, self.signed = True, None, False
        self.outline.reset("clause")
        self._front(index, row)
        return True

    def _signature(self, index: int, row: Row) -> bool:
        """A signature block, unless the numbering goes on behind it."""
        if self.clauses < 2 or index < self.unsigned or self.signed or (self.annexed and self.was_signed):
            return False
        end, signed = (ending.signature_table_end if row.cell else ending.signature_end)(self.rows, index)
        following = next((r for r in self.rows[end : end + 40] if r.readings), None)
        if not signed or (following and any(map(self.outline.continues, following.readings))):
            self.unsigned = end
            return False
        self.outline.add_part("signature", row.start, row.at)
        self.signed = self.was_signed = True
        self.skip = end - index - 1
        return True

    def _annex(self, index: int, row: Row, head: ending.AnnexHead) -> None:
        """An annex; when its head has no title, the short line below is the title."""
        title = row.at + head.title[0], row.at + head.title[1]
        body = row.at + len(row.text)
        below = self.rows[index + 1]
        if title[0] == title[1] and not below.readings and not below.cell and headings.names(below.text):
            body = below.at + len(below.text)
            title = below.at, body
            self.skip = 1
        number = self.text[row.at + head.number[0] : row.at + head.number[1]]
        part = self.outline.add_part("annex", row.start, body, number, self.text[slice(*title)])
        self.outline.reset("annex", part)
        self.annexed, self.signed, self.in_front = True, False, False

    def _front(self, index: int, row: Row) -> None:
        """A row before the first clause: title and cover, parties, or preamble."""
        if self.front in ("parties", "preamble") and self._heading(index, row):
            self.in_front = False
            return
        kind = front.front_kind(row.text, self.front)
        if kind == "title":
            self.titles.append(self.text[row.at : row.at + len(row.text)])
        if kind == "preamble" and self.front == "preamble" and not self.numbered and front.is_sentence(row.text):
            self.outline.add_paragraph(row.start)
            return
        if kind != self.front:
            self.outline.add_part(kind, row.start, row.at)
            self.front = kind
            self.parties_seen |= kind == "parties"
        if kind == "preamble":
            self._preamble(index, row)

    def _preamble(self, index: int, row: Row) -> None:
        if front.opens_recitals(row.text):
            self.outline.reset("preamble", len(self.outline.nodes) - 1)
            self.in_recitals = True
        else:
            self.outline.top.alone = row.text.endswith("：")  # recitals that are paragraphs have no numbers
            self.in_front = not self._inline(index, row, None)

    # ---- clauses ----------------------------------------------------------------------------------------
    def _clause(self, index: int, row: Row, mark: Mark) -> None:
        if self.in_recitals and not self._recital(mark):
            self.outline.reset("clause")
            self.in_recitals = False
        self.in_front = self.in_recitals
        self.clauses += not self.in_recitals
        self._add(index, row, mark, 0, len(row.text))

    def _recital(self, mark: Mark) -> bool:
        """Whether a number still belongs to the recitals: their list goes on, or is the first of its style."""
        top = self.outline.top
        first = mark.ordinal == 1 and top.style == PART and top.alone
        return mark.style not in (*CONTAINERS, "条") and (first or self.outline.continues(mark))

    def _add(self, index: int, row: Row, mark: Mark, at: int, stop: int) -> None:
        """Adds the clause whose number stands at offset `at` of the row and whose line ends at `stop`."""
        sure = row.block.kind == "heading" or (stop == len(row.text) and self._opens_list(index + 1))
        begin, end, body = headings.split(row.text[:stop], mark.after, mark.style, sure)
        number = self.text[row.at + at : row.at + mark.stop].strip()
        heading = self.text[row.at + begin : row.at + end].strip()
        start = row.start if at == 0 else row.at + at
        node = self.outline.add(mark, start, (number, heading), row.at + body, self._leads_in(index, at))
        node.bare = bool(heading) and body >= len(row.text.rstrip("："))
        node.rest = row.at + mark.after

    def _heading(self, index: int, row: Row) -> bool:
        """Begins a clause with an unnumbered heading, if the row is one."""
        marked = row.block.kind == "heading"
        if len(row.text) > (headings.LONGEST_MARKED if marked else 2 * headings.LONGEST):
            return False
        leads = self._opens_group(index)
        end = row.at + len(row.text)
        finished = self._finished(index)
        if not headings.is_boxed(self.text[row.at : end]) and not headings.stands_alone(
            row.text, finished, self._text(index + 1), leads, marked
        ):
            return False
        field = front.is_party(row.text) or front.is_attribute(row.text)
        if not leads and (field or (self.in_front and (marked or front.is_title(row.text)))):
            return False
        style = f"{HEADING}：" if row.text.endswith("：") else HEADING
        style += str(row.block.level) if marked and row.block.level is not None else ""
        self.outline.add_heading(row.start, self.text[row.at : end].strip("【】〔〕：: "), end, style)
        self.clauses += 1
        return True

    def _inline(self, index: int, row: Row, mark: Mark | None) -> bool:
        """Adds the items of a list that runs on within one line; tells whether there are any."""
        below = self.rows[index + 1].readings if index + 1 < len(self.rows) else ()
        found = list(inline_marks(row.text, index, mark, below, self.outline))
        stops = [*(at for at, _ in found[1:]), len(row.text)]
        for (at, inner), stop in zip(found, stops, strict=False):  # no item, one stop
            self._add(index, row, inner, at, stop)
        return bool(found)

    # ---- evidence ---------------------------------------------------------------------------------------
    def _text(self, index: int) -> str:
        """The text of a row that is no cell, "" otherwise."""
        return self.rows[index].text if index < len(self.rows) and not self.rows[index].cell else ""

    def _finished(self, index: int) -> bool:
        """Whether the row above ended a sentence, or is too short to run on."""
        if index == 0 or self.outline.top.bare or (self.in_front and self.front != "preamble"):
            return True
        above = self.rows[index - 1]
        return (
            above.cell or len(above.text) < SHORT or above.block.kind == "heading" or bool(_FINISHED.search(above.text))
        )

    def _opens_list(self, index: int) -> bool:
        """Whether a row begins with the first number of a list."""
        return index < len(self.rows) and any(mark.ordinal == 1 for mark in self.rows[index].readings)

    def _opens_group(self, index: int) -> bool:
        """Whether a list begins below a row or a heading below it, or goes on there after a finished sentence."""
        if self._opens_list(index + 1) or (self._opens_list(index + 2) and headings.names(self._text(index + 1))):
            return True
        ended = self.outline.top.bare or self._text(index - 1)[-1:] in tuple("。；！？")
        return ended and index + 1 < len(self.rows) and any(m.needs <= SHAPE for m in self.rows[index + 1].readings)

    def _leads_in(self, index: int, at: int) -> bool:
        """Whether the text above a number at offset `at` of a row ends in a colon."""
        if at:
            return self.rows[index].text[:at].rstrip().endswith("：")
        return index > 0 and self._text(index - 1).endswith("：")


def _clauses(nodes: list[Node], length: int) -> Iterator[Clause]:
    """The finished clauses: each ends where the next begins."""
    paths: list[tuple[str, ...]] = []
    ends = [*(node.start for node in nodes), length][1:]
    for node, address, end in zip(nodes, addresses(nodes), ends, strict=True):
        if node.bare and not node.children and node.number and node.level > 0 and node.style not in (*CONTAINERS, "条"):
            node.body, node.heading = node.rest, ""  # an item of a list, not a heading
        label = " ".join(filter(None, (node.number, node.heading)))
        above = paths[node.parent] if node.parent is not None else ()
        paths.append((*above, label) if label else above)
        body = min(max(node.body, node.start), end)
        yield Clause(
            address, node.number, node.heading, paths[-1], node.level, node.kind, node.start, end, body, node.parent
        )
