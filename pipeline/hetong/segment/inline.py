"""Finds the items of a list that runs on within one line (包括：1、…；2、…；3、…).

Also articles that a reader of PDF joined to the paragraph above: …执行。第六条 …
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hetong.segment.numbering import Mark, readings
from hetong.segment.tree import Outline

_STOPS: Final = "。；：！？."
_PLACE: Final = re.compile(
    r"(?:[。；：！？\s]|(?<!\d)\.)(?=（[\d一二三四五六七八九十]|\d{1,2}[、.）]|[①-⑳]|[一二三四五六七八九十]{1,3}[、，]|第[一二三四五六七八九十百\d]{1,5}条)"
)
_MAIN: Final = ("条", "一、")  # numbers of whole articles
SHORTEST: Final = 12  # characters of a line that may hold a list


def inline_marks(
    text: str, index: int, first: Mark | None, below: tuple[Mark, ...], outline: Outline
) -> Iterator[tuple[int, Mark]]:
    """Numbers within a folded line that make a clear sequence, with their offsets.

    Args:
        text: the line.
        index: its row.
        first: the number that the line begins with.
        below: what the next line may begin with; a 1 in this line counts when a 2 follows there.
        outline: the outline so far, with `first` in it.
    """
    if len(text) < SHORTEST:
        return
    begin = first.after if first else 1
    places = (match.end() for match in _PLACE.finditer(text, begin - 1))
    marks = [(at, found) for at in places if at > begin and (found := _single(text, at))]
    expected = {first.style: first.ordinal + 1} if first and len(first.ordinals) == 1 else {}
    seconds = {mark.style: place for place, (_, mark) in enumerate(marks) if mark.ordinal == 2}
    seconds |= {mark.style: len(marks) for mark in below if mark.ordinal == 2}
    for place, (at, mark) in enumerate(marks):
        stopped = text[max(0, at - 9) : at].rstrip()[-1:] in tuple(_STOPS)
        if (
            expected.get(mark.style) == mark.ordinal
            or (stopped and mark.ordinal == 1 and seconds.get(mark.style, -1) > place)
            or (stopped and mark.style in _MAIN and _joined(mark, index, outline))
        ):
            expected[mark.style] = mark.ordinal + 1
            yield at, mark


def _single(text: str, at: int) -> Mark | None:
    """The number at a place, unless it is dotted: 3.1.1 within a line is a reference."""
    return next((mark for mark in readings(text, at) if len(mark.ordinals) == 1), None)


def _joined(mark: Mark, index: int, outline: Outline) -> bool:
    """Whether an article begins in the middle of a line because two paragraphs were joined by mistake."""
    return outline.continues(mark) or (mark.ordinal == 1 and outline.goes_on(mark, index))
