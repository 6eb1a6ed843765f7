"""Groups of boxes to tick, □ … □ …: a group without a tick is a choice that nobody made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from hetong.document import Span

EMPTY: Final = "□☐◻"
_BOX: Final = re.compile("[□☐◻☑☒√✓✔■]")
BETWEEN: Final = 60  # characters of an option, up to the next box of the group in the line
ITEM: Final = 200  # characters of an option that fills a line of its own
TAIL: Final = 20  # characters behind the last box that are quoted with the group
_HEAD: Final = re.compile(
    r"[^\S\n]{0,8}(?:[（(]?[0-9一二三四五六七八九十A-Za-z]{1,3}[）).、．]|第[^，。\n]{1,3}[条项])?[^\S\n]{0,8}"
)
_LABELLED: Final = re.compile(r"[：] {0,4}$")
# A sentence that ends, brackets that close and open again, or a label before the next box: another group begins
_APART: Final = re.compile(r"。(?!\s*$)|）[^（）]*（ *$|[：] {0,4}$|\t")
_OPTION_END: Final = re.compile(r"[。；，（）\n\t□☐◻]")
_LIST_END: Final = re.compile(r"[。；\n]")


class Group(NamedTuple):
    """Boxes that belong to one choice, and what of the text they offer; `ticked` when one of them is chosen."""

    span: Span
    boxes: tuple[int, ...]
    ticked: bool


def groups(text: str) -> list[Group]:
    """The groups of two and more boxes in a text, in order; boxes side by side without words are no choice."""
    if not any(box in text for box in EMPTY):
        return []
    found: list[list[int]] = []
    for box in (match.start() for match in _BOX.finditer(text)):
        if found and _belongs(text, found[-1], box):
            found[-1].append(box)
        else:
            found.append([box])
    return [_group(text, boxes) for boxes in found if len(boxes) > 1 and _offers(text, boxes)]


def not_chosen(text: str, found: list[Group]) -> Iterator[Span]:
    """The options of list items that were left when another item was ticked: nothing needs to be filled in there."""
    for group in found:
        for box in group.boxes if group.ticked else ():
            if text[box] in EMPTY and _is_item(text, box):
                end = _LIST_END.search(text, box, box + ITEM)
                yield Span(box, end.start() if end else min(len(text), box + ITEM))


def _belongs(text: str, boxes: list[int], box: int) -> bool:
    """Whether a box goes on with a group: in its line behind an option, or at the head of the next line of a list."""
    last = boxes[-1]
    line_end = text.rfind("\n", last, min(box, last + ITEM))
    if line_end < 0:
        return box - last <= BETWEEN and _APART.search(text, last + 1, box) is None
    listed = box - last <= ITEM and "\n" not in text[last:line_end].strip("\n") and _is_item(text, box)
    return listed and (_is_item(text, boxes[0]) or _LABELLED.search(text, max(0, boxes[0] - 8), boxes[0]) is not None)


def _is_item(text: str, box: int) -> bool:
    """Whether nothing but a number stands before a box in its line."""
    line = text.rfind("\n", max(0, box - 24), box) + 1
    return (line > 0 or box < 24) and _HEAD.fullmatch(text, line, box) is not None


def _offers(text: str, boxes: list[int]) -> bool:
    """Whether words stand between the boxes, and one of them is empty."""
    words = any(b - a > 1 and text[a + 1 : b].strip() for a, b in pairwise(boxes))
    return words and any(text[box] in EMPTY for box in boxes)


def _group(text: str, boxes: list[int]) -> Group:
    end = _OPTION_END.search(text, boxes[-1] + 1, boxes[-1] + 1 + TAIL)
    last = end.start() if end else min(len(text), boxes[-1] + 1 + TAIL)
    return Group(Span(boxes[0], last), tuple(boxes), any(text[box] not in EMPTY for box in boxes))
