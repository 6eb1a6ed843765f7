"""Builds the text of a contract block by block, so that every reader separates blocks in the same way.

A paragraph ends in a newline; the cells of a table row are separated by a tab, and the row ends in a newline.
"""

from __future__ import annotations

from collections.abc import Sequence

from hetong.document import Aside, Block, BlockKind, Box, Cell, Contract, Line, Problem, Source


class TextBuilder:
    """Collects blocks, asides and problems in reading order; `contract()` freezes them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.asides: list[Aside] = []
        self.problems: list[Problem] = []

    @property
    def position(self) -> int:
        """Where the next block will begin in the contract's text."""
        return self._length

    def add(
        self,
        text: str,
        kind: BlockKind = "paragraph",
        *,
        page: int | None = None,
        lines: Sequence[tuple[int, int, Box, tuple[tuple[int, float], ...]]] = (),
        number: str = "",
        level: int | None = None,
        cell: Cell | None = None,
        paragraphs: Sequence[tuple[int, int]] = (),
        end: str = "\n",
    ) -> None:
        """Appends a block.

        Args:
            text: the block's text; newlines and tabs in it are turned into spaces, one for one.
            kind: paragraph, heading, cell or contents.
            page: page on which the block starts, from 1.
            lines: printed lines as (start, end, box, anchors), offsets relative to the block's text.
            number: the automatic number that `text` starts with.
            level: outline or list level.
            cell: place in a table.
            paragraphs: (offset in the block's text, ordinal) of the paragraphs of a Word file that it is made of.
            end: separator: a newline, or a tab between two cells of a row.
        """
        base, text = self._length, text.translate(_SEPARATORS)
        placed = tuple(
            Line(base + a, base + b, box, tuple((base + i, x) for i, x in anchors)) for a, b, box, anchors in lines
        )
        ordinals = tuple((base + offset, ordinal) for offset, ordinal in paragraphs)
        self.blocks.append(Block(base, base + len(text), kind, page, placed, number, level, cell, ordinals))
        self._parts += [text, end]
        self._length += len(text) + len(end)

    def contract(self, source: Source) -> Contract:
        """The finished contract after extract."""
        return Contract(
            source, "".join(self._parts), tuple(self.blocks), tuple(self.asides), problems=tuple(self.problems)
        )


_SEPARATORS = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\v": " ", "\f": " "})
