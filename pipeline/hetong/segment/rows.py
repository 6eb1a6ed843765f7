"""The lines that segmentation looks at: the non-empty blocks, folded, with the numbers they may begin with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from hetong.document import Block, Contract
from hetong.fold import fold
from hetong.segment.numbering import CERTAIN, Mark, readings


class Row(NamedTuple):
    """A block that is not empty: `text` is folded and stripped and begins at offset `at` of the contract's text."""

    start: int
    at: int
    text: str
    block: Block
    readings: tuple[Mark, ...]

    @property
    def cell(self) -> bool:
        """Whether the row is the cell of a table."""
        return self.block.kind == "cell"


def rows(contract: Contract) -> list[Row]:
    """The non-empty blocks in order; cells of tables and lines of a table of contents have no numbers."""
    folded = fold(contract.text)
    found = []
    for block in contract.blocks:
        tail = folded[block.start : block.end].lstrip()
        text = tail.rstrip()
        if text:
            marks = () if block.kind in ("cell", "contents") else readings(text)
            if block.number:
                marks = tuple(mark._replace(needs=CERTAIN) for mark in marks if mark.stop <= len(block.number) + 1)
            found.append(Row(block.start, block.end - len(tail), text, block, marks))
    return found


class Ahead:
    """Tells whether a sequence goes on further down: what is 1 is a number when a 2 of the same style follows."""

    def __init__(self, lines: list[Row]) -> None:
        self._places: dict[tuple[str, tuple[int, ...]], list[int]] = defaultdict(list)
        for index, row in enumerate(lines):
            for mark in row.readings:
                self._places[mark.style, mark.ordinals].append(index)

    def goes_on(self, mark: Mark, index: int) -> bool:
        """Whether the successor of a mark in row `index` (or the one after it), or its first dotted child, follows."""
        return any(self._follows(key, index) for key in _successors(mark))

    def _follows(self, key: tuple[str, tuple[int, ...]], index: int) -> bool:
        places = self._places.get(key, [])
        return bool(places) and places[-1] > index


def _successors(mark: Mark) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield mark.style, (*mark.ordinals[:-1], mark.ordinal + 1)
    yield mark.style, (*mark.ordinals[:-1], mark.ordinal + 2)
    if mark.style.startswith("1.") and not mark.style.endswith("）"):
        yield "1" + ".1" * len(mark.ordinals), (*mark.ordinals, 1)
