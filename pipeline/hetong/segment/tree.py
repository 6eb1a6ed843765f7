"""The outline under construction: decides whether a mark counts and where it hangs.

Level is decided by how this document uses its numbering. A number that continues a list hangs where the list hangs;
a first number opens a list below the clause above it, after leaving all clauses whose style stands as deep or deeper.
Deeper is what this document has shown (a style once seen below another), else the usual rank of the styles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from hetong.document import ClauseKind
from hetong.segment.numbering import BULLET, CERTAIN, CONTAINERS, SAME, SEQUENCE, SHAPE, Mark, rank
from hetong.segment.rows import Ahead

_HEADS: Final = frozenset((*CONTAINERS, "条", "一、", "1."))  # their ordinal can head a dotted number: 第五条 > 5.2
PART: Final = "part"  # styles of what has no number
HEADING: Final = "heading"  # also "heading：" with a colon, "heading1" with a level
PARAGRAPH: Final = "paragraph"
DEEPEST: Final = 15
_NEAREST: Final = 5.1  # unnumbered headings hang below articles and chapters, never below items of lists


@dataclass(slots=True)
class Node:
    """A clause while its end is not known.

    `lists` holds the last ordinal of each list below it, by style and by style and variant; `rest` is where its line
    goes on behind the number; `bare` says that it is a heading without text so far, `alone` that it is one line so far.
    """

    kind: ClauseKind
    start: int
    number: str
    heading: str
    body: int
    parent: int | None
    level: int
    style: str
    ordinals: tuple[int, ...] = ()
    bare: bool = False
    alone: bool = True
    rest: int = 0
    children: int = 0
    lists: dict[str | tuple[str, str], int] = field(default_factory=dict)

    def holds(self, mark: Mark) -> bool:
        """Whether a dotted number belongs below this clause: 5.2 below 第五条 and below 5., 5.2.1 below 5.2."""
        return self.ordinals == mark.ordinals[:-1] and (self.style in _HEADS or len(self.ordinals) > 1)

    def last(self, mark: Mark, exact: bool = False) -> int | None:
        """The last ordinal of the list below this clause that has a mark's style (exact: its very spelling)."""
        return self.lists.get((mark.style, mark.variant) if exact else mark.style)


class Outline:
    """Collects clauses in document order; the last of the open chain is what the next text belongs to."""

    def __init__(self, ahead: Ahead) -> None:
        self.nodes: list[Node] = []
        self._ahead = ahead
        self.reset("clause")

    @property
    def top(self) -> Node:
        """The clause that the next text belongs to, or the root of the outline."""
        return self._open[-1]

    def reset(self, kind: ClauseKind, below: int | None = None) -> None:
        """Begins a new outline of a kind, below a part (an annex, the recitals) or at the top."""
        self._kind = kind
        level = -1 if below is None else self.nodes[below].level
        self._open = [Node(kind, 0, "", "", 0, None, level, PART, bare=below is not None)]
        self._indices: list[int | None] = [below]
        self._below: set[tuple[str, str]] = set()  # (style, style of a clause above it), as seen so far
        self._latest: dict[str, int] = {}  # the last ordinal of each style, wherever it hangs

    def add_part(self, kind: ClauseKind, start: int, body: int, number: str = "", heading: str = "") -> int:
        """A part that is no clause of the main outline; closes the outline before it. Returns its index."""
        self.nodes.append(Node(kind, start, number, heading, body, None, 0, PART))
        self.reset("clause")
        return len(self.nodes) - 1

    # ---- whether a mark counts --------------------------------------------------------------------------
    def choose(self, marks: tuple[Mark, ...], index: int, finished: bool) -> Mark | None:
        """The reading of row `index` that counts as a number here, or None.

        A reading counts when it continues a running list; when its shape says so; or when it is a first number, the
        text above ended a sentence, and its successor stands further down.
        """
        for mark in marks:
            sure = finished or mark.variant or mark.needs <= SHAPE
            if self.continues(mark) and (sure or (mark.needs == SEQUENCE and self.goes_on(mark, index))):
                return mark
        for mark in marks:
            if mark.needs == CERTAIN or (mark.needs == SHAPE and self._plausible(mark, index)):
                return mark
        if finished:
            for mark in marks:
                if mark.needs == SEQUENCE and self._early(mark) and self.goes_on(mark, index):
                    return mark
        return None

    def continues(self, mark: Mark) -> bool:
        """Whether a mark is the next of a running list, or the first dotted number below its article."""
        before = mark.ordinal - 1
        if len(mark.ordinals) > 1:
            holder = next((node for node in reversed(self._open) if node.holds(mark)), None)
            return holder is not None and (holder.last(mark) or 0) == before
        if before == 0:
            return False
        if mark.style == "条" and self._latest.get("条") == before:  # articles run on across chapters
            return True
        exact = mark.needs == SAME
        return any(node.last(mark, exact) == before for node in self._open)

    def goes_on(self, mark: Mark, index: int) -> bool:
        """Whether the sequence that a mark of row `index` begins goes on further down."""
        return self._ahead.goes_on(mark, index)

    def _early(self, mark: Mark) -> bool:
        """A first number, or 二， and 三， where the first was lost in running text."""
        return mark.ordinal == 1 or (mark.ordinal <= 3 and mark.style == "一、" and mark.variant != "")

    def _plausible(self, mark: Mark, index: int) -> bool:
        if len(mark.ordinals) == 1:
            return mark.ordinal <= 30 or 0 < mark.ordinal - self._latest.get(mark.style, 0) <= 10
        running = any(node.holds(mark) or node.last(mark) is not None for node in self._open)
        return running or self.goes_on(mark, index)

    # ---- adding -----------------------------------------------------------------------------------------
    def add(self, mark: Mark, start: int, texts: tuple[str, str], body: int, lead_in: bool) -> Node:
        """A numbered clause.

        Args:
            mark: its number.
            start: where it begins in the contract's text.
            texts: number and heading as printed.
            body: where its own text begins.
            lead_in: the text above ends in a colon, so that a list below it may begin.
        """
        depth = self._continued(mark)
        self._close(self._opened(mark, lead_in) if depth is None else depth)
        parent = self.top
        if (mark.style, parent.style) not in self._below:
            self._below |= {(mark.style, node.style) for node in self._open}
        node = self._hang(mark.style, start, texts, body)
        node.ordinals = mark.ordinals
        parent.lists[mark.style] = parent.lists[mark.style, mark.variant] = self._latest[mark.style] = mark.ordinal
        return node

    def add_heading(self, start: int, heading: str, body: int, style: str) -> Node:
        """An unnumbered heading; `style` tells its looks apart: "heading", "heading：", or one with a level."""
        self._close(self._heading_depth(style))
        parent = self.top
        parent.lists[style] = parent.lists.get(style, 0) + 1
        node = self._hang(style, start, ("", heading), body)
        node.bare = True
        return node

    def add_paragraph(self, start: int) -> Node:
        """A paragraph as a clause of its own, for contracts without any numbers."""
        self._close(0)
        return self._hang(PARAGRAPH, start, ("", ""), start)

    def _close(self, depth: int) -> None:
        """Leaves the clauses below a depth; a tree deeper than any contract's grows no further."""
        depth = min(depth, DEEPEST)
        del self._open[depth + 1 :]
        del self._indices[depth + 1 :]

    def _hang(self, style: str, start: int, texts: tuple[str, str], body: int) -> Node:
        parent = self.top
        parent.children += 1
        parent.bare = False
        node = Node(self._kind, start, *texts, body, self._indices[-1], parent.level + 1, style)
        self._indices.append(len(self.nodes))
        self.nodes.append(node)
        self._open.append(node)
        return node

    # ---- where it hangs ---------------------------------------------------------------------------------
    def _continued(self, mark: Mark) -> int | None:
        """The depth of the clause whose list the mark continues: the deepest, the exact next number preferred."""
        if len(mark.ordinals) > 1:
            return self._dotted_depth(mark)
        if mark.ordinal == 1 and mark.style != BULLET:
            return None
        best, found = 3, None
        for exact in (True, False):
            for depth in range(len(self._open) - 1, -1, -1):
                last = self._open[depth].last(mark, exact)
                if last is None:
                    continue
                misfit = 0 if last == mark.ordinal - 1 else 1 if last < mark.ordinal else 2
                if misfit < best:
                    best, found = misfit, depth
        return found

    def _dotted_depth(self, mark: Mark) -> int | None:
        """5.2 hangs where 5.1 does, else below the deepest 5, else beside other numbers of its depth."""
        depths = range(len(self._open) - 1, -1, -1)
        held = [depth for depth in depths if self._open[depth].holds(mark)]
        running = [depth for depth in depths if self._open[depth].last(mark) is not None]
        return next((d for d in held if d in running), next(iter(held or running), None))

    def _opened(self, mark: Mark, lead_in: bool) -> int:
        """The depth of the clause below which a new list begins."""
        depth = len(self._open) - 1
        restarts = self.top.style == mark.style and not self.top.alone  # the lead-in is a paragraph between two lists
        leads_in = lead_in and mark.style != "条" and not restarts
        if mark.style not in CONTAINERS and (self.top.bare or leads_in):
            return depth
        while depth > 0 and self._as_deep(self._open[depth].style, mark.style):
            depth -= 1
        while self._open[depth].style.startswith(HEADING) and self._is_over(self._open[depth], mark):
            depth -= 1
        return depth

    def _is_over(self, heading: Node, mark: Mark) -> bool:
        """Whether a heading is over: the numbering below it begins anew, or what is below it stands deeper."""
        below = [style for style in heading.lists if isinstance(style, str) and not style.startswith(HEADING)]
        return (heading.last(mark) or 0) > 1 or any(rank(style) - rank(mark.style) >= 1 for style in below)

    def _as_deep(self, style: str, new: str) -> bool:
        """Whether clauses of a style stand as deep as those of a new one, or deeper."""
        if style == new:
            return True
        seen_below, seen_above = (style, new) in self._below, (new, style) in self._below
        if seen_below != seen_above:
            return seen_below
        return rank(style) - rank(new) >= 1

    def _heading_depth(self, style: str) -> int:
        """A heading stands beside the last one of its looks, else below the nearest article or chapter."""
        beside = (d for d in range(len(self._open) - 1, -1, -1) if style in self._open[d].lists)
        highest = min(rank(style), _NEAREST)
        below = (d for d in range(len(self._open) - 1, 0, -1) if rank(self._open[d].style) < highest)
        return next(beside, next(below, 0))
