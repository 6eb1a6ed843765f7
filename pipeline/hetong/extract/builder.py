"""Builds the text of a contract block by block, so that every reader separates blocks in the same way.

A paragraph ends in a newline; the cells of a table row are separated by a tab, and the row ends in a newline.
Characters that nobody sees are taken out here, for every format alike (`hetong.extract.treacherous`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from hetong.document import Aside, Block, BlockKind, Box, Cell, Contract, Line, Problem, Source
from hetong.errors import FileError
from hetong.extract.treacherous import Oddity, counted, mixed_words, seen

PlacedLine: TypeAlias = tuple[int, int, Box, tuple[tuple[int, float], ...]]  # start, end, box, anchors
MOST_BLOCKS: Final = 200_000  # a tender document of 5,000 pages has half as many
_QUOTED: Final = 3  # places of suspicious characters that a problem quotes


class TextBuilder:
    """Collects blocks, asides and problems in reading order; `contract()` freezes them.

    Args:
        path: the file's name, for the error when there is no end of blocks.
    """

    def __init__(self, path: str = "") -> None:
        self._path = path
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.asides: list[Aside] = []
        self.problems: list[Problem] = []
        self._hidden: dict[int | None, list[Oddity]] = {}  # by page
        self._mixed: dict[int | None, list[Oddity]] = {}

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
        lines: Sequence[PlacedLine] = (),
        number: str = "",
        level: int | None = None,
        cell: Cell | None = None,
        paragraphs: Sequence[tuple[int, int]] = (),
        end: str = "\n",
    ) -> None:
        """Appends a block; asides that were placed in it before (`Aside.at`) move with its text.

        Args:
            text: the block's text; newlines and tabs in it are turned into spaces, one for one, and characters that
                nobody sees are taken out. A paragraph of nothing else is left out.
            kind: paragraph, heading, cell or contents.
            page: page on which the block starts, from 1.
            lines: printed lines as (start, end, box, anchors), offsets relative to the block's text.
            number: the automatic number that `text` starts with.
            level: outline or list level.
            cell: place in a table.
            paragraphs: (offset in the block's text, ordinal) of the paragraphs of a Word file that it is made of.
            end: separator: a newline, or a tab between two cells of a row.

        Raises:
            FileError: there are more blocks than any contract has.
        """
        if len(self.blocks) >= MOST_BLOCKS:
            raise FileError(self._path, "too-much-text", limit=MOST_BLOCKS)
        base = self._length
        shown = seen(text)
        if shown.removed:
            if not shown.text.strip() and kind != "cell":
                return
            lines, number = _moved(lines, shown.moved), seen(number).text
            paragraphs = [(shown.moved(offset), ordinal) for offset, ordinal in paragraphs]
            self._move_asides(base, shown.moved)
            if shown.oddities:
                self._hidden.setdefault(page, []).extend(shown.oddities)
        if not shown.text.isascii() and (mixed := list(mixed_words(shown.text))):
            self._mixed.setdefault(page, []).extend(mixed)
        text = shown.text.translate(_SEPARATORS)
        placed = tuple(
            Line(base + a, base + b, box, tuple((base + i, x) for i, x in anchors)) for a, b, box, anchors in lines
        )
        ordinals = tuple((base + offset, ordinal) for offset, ordinal in paragraphs)
        self.blocks.append(Block(base, base + len(text), kind, page, placed, number, level, cell, ordinals))
        self._parts += [text, end]
        self._length += len(text) + len(end)

    def contract(self, source: Source) -> Contract:
        """The finished contract after extract."""
        problems = (*self.problems, *self._suspicions())
        return Contract(source, "".join(self._parts), tuple(self.blocks), tuple(self.asides), problems=problems)

    def _move_asides(self, base: int, moved: Callable[[int], int]) -> None:
        """Moves the asides of the block that begins at `base` with its text."""
        for i in range(len(self.asides) - 1, -1, -1):
            at = self.asides[i].at
            if at is None or at < base:
                break
            self.asides[i] = replace(self.asides[i], at=base + moved(at - base))

    def _suspicions(self) -> Iterator[Problem]:
        """A problem for each page with characters that hide something."""
        for code, pages in (("suspicious-characters", self._hidden), ("look-alike-letters", self._mixed)):
            for page, oddities in pages.items():
                places = "; ".join(dict.fromkeys(odd.words for odd in oddities[:_QUOTED]))
                values = (("count", str(len(oddities))), ("which", counted(oddities)), ("places", places))
                yield Problem("extract", code, page, values)


_SEPARATORS = str.maketrans(dict.fromkeys("\n\r\t\v\f\x85\u2028\u2029", " "))


def _moved(lines: Sequence[PlacedLine], moved: Callable[[int], int]) -> list[PlacedLine]:
    """The lines of a block from which characters were taken out."""
    return [(moved(a), moved(b), box, tuple((moved(i), x) for i, x in anchors)) for a, b, box, anchors in lines]
