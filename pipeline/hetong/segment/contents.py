"""Recognises a table of contents, so that its lines are not taken for clauses."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from hetong.segment.ending import annex_head
from hetong.segment.front import is_sentence
from hetong.segment.rows import Row

_TITLE: Final = re.compile(r"(?:合\s*同\s*)?目\s*[录次]|(?i:table of contents|contents)")
_LEADER: Final = re.compile(r"(?:[.·‥・]\s?){3,}\s*\d{1,4}$|…+\s*\d{1,4}$")
_PAGE: Final = re.compile(r"[.·…‥・_\s—-]*\d{0,4}$")
_DIGITS: Final = frozenset("0123456789")
_TAIL: Final = 40  # characters in which page number and leader stand


class Contents:
    """Finds tables of contents in the rows of a contract."""

    def __init__(self, lines: list[Row]) -> None:
        self._lines = lines

    def length(self, index: int) -> int:
        """How many rows the table of contents has that begins at a row; 0 when none does."""
        row = self._lines[index]
        marked = row.block.kind == "contents"
        titled = len(row.text) < 20 and bool(_TITLE.fullmatch(row.text))
        if not (marked or titled or row.text[-1] in _DIGITS):
            return 0
        end = index + titled
        while end < len(self._lines) and _has_page(self._lines[end]):
            end += 1
        if marked or end - index >= 2 + titled:
            return end - index
        return self._listed(index + 1) - index if titled else 0

    def _listed(self, first: int) -> int:
        """Where the headings behind 目录 end: with the last short line that comes again below, or an annex."""
        end = first
        while end < len(self._lines) and not is_sentence(self._lines[end].text):
            text = self._lines[end].text
            if self._last[_key(text)] <= end and not annex_head(text):
                break
            end += 1
        return end

    @cached_property
    def _last(self) -> dict[str, int]:
        """The last row of each text, page numbers aside."""
        return {_key(row.text): index for index, row in enumerate(self._lines)}


def _has_page(row: Row) -> bool:
    return row.block.kind == "contents" or bool(row.text[-1] in _DIGITS and _LEADER.search(row.text[-_TAIL:]))


def _key(text: str) -> str:
    return "".join(_PAGE.sub("", text[: 2 * _TAIL], count=1).split())
