"""The grid of a Word table: columns, merged cells, tracked rows (ECMA-376 Part 1, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from lxml import etree

from hetong.document import Aside
from hetong.extract.word_inline import MC, Revisions, chosen
from hetong.extract.word_package import w
from hetong.extract.word_styles import value, whole

_WRAPPERS: Final = frozenset(w(name) for name in ("customXml", "ins", "moveTo", "del", "moveFrom"))
_REMOVALS: Final = ("del", "moveFrom", "cellDel")
_ADDITIONS: Final = ("ins", "moveTo", "cellIns")


class Slot(NamedTuple):
    """A cell in the grid of a table; columns count from 0."""

    column: int
    column_span: int
    row_span: int
    cell: etree._Element


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table in one reading of revisions; the rows that reading leaves out are noted.

    A row lists its own cells only, not the continuations of cells merged down from above.
    """

    rows: tuple[tuple[Slot, ...], ...]
    notes: tuple[Aside, ...] = ()


class _Cell(NamedTuple):
    """A cell as the row lists it; merged cells are listed in every row they cover."""

    column: int
    column_span: int
    merge: Literal["", "restart", "continue"]
    element: etree._Element


def read_table(table: etree._Element, revisions: Revisions) -> Table:
    """The grid of a w:tbl."""
    rows: list[list[_Cell]] = []
    notes: list[Aside] = []
    for row in _unwrapped(table, "tr"):
        properties = row.find(w("trPr"))
        if is_removed(properties, revisions):
            notes.append(_change(row, properties))
        else:
            cells = _cells(row, properties, revisions)
            notes += [_change(cell, cell.find(w("tcPr"))) for cell in _unwrapped(row, "tc") if _is_changed(cell)]
            rows += [cells] if cells else []
    return Table(_with_heights(rows), tuple(notes))


def is_removed(properties: etree._Element | None, revisions: Revisions) -> bool:
    """Whether a revision, in a reading, takes away what the properties belong to: a row, a paragraph's mark."""
    names = _REMOVALS if revisions == "final" else _ADDITIONS
    return properties is not None and any(properties.find(w(name)) is not None for name in names)


def blocks(container: etree._Element) -> Iterator[etree._Element]:
    """The block-level children, through the elements that only wrap them."""
    for child in container:
        if child.tag in _WRAPPERS:
            yield from blocks(child)
        elif child.tag == MC + "AlternateContent":
            yield from blocks(chosen(child))
        else:
            yield child


def _unwrapped(container: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, through content controls and other wrappers."""
    for child in container:
        if child.tag == w(name):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent")) or child.tag in _WRAPPERS:
            yield from _unwrapped(child, name)


def _is_changed(cell: etree._Element) -> bool:
    """Whether a revision added a cell or took it away (17.13.5.1, 17.13.5.2)."""
    return any(cell.find(f"{w('tcPr')}/{w(name)}") is not None for name in ("cellIns", "cellDel"))


def _cells(row: etree._Element, properties: etree._Element | None, revisions: Revisions) -> list[_Cell]:
    before = properties.find(w("gridBefore")) if properties is not None else None
    cells: list[_Cell] = []
    column = max(whole(before, 0), 0)
    for cell in _unwrapped(row, "tc"):
        span = max(whole(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), 1), 1)
        if is_removed(cell.find(w("tcPr")), revisions):
            continue
        if cells and _continues_to_the_right(cell):
            cells[-1] = cells[-1]._replace(column_span=cells[-1].column_span + span)
            column += span
            continue
        merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
        kind: Literal["", "restart", "continue"] = ""
        if merge is not None:
            kind = "restart" if value(merge, "continue") == "restart" else "continue"
        cells.append(_Cell(column, span, kind, cell))
        column += span
    return cells


def _continues_to_the_right(cell: etree._Element) -> bool:
    """Whether an empty cell is merged into the one before it in the old way (w:hMerge, 17.4.22)."""
    merge = cell.find(f"{w('tcPr')}/{w('hMerge')}")
    is_part = merge is not None and value(merge, "continue") == "continue"
    return is_part and not any((t.text or "").strip() for t in cell.iter(w("t"), w("delText")))


def _with_heights(rows: list[list[_Cell]]) -> tuple[tuple[Slot, ...], ...]:
    """Each row's own cells with the number of rows they cover; a continuation of nothing is a cell of its own."""
    below: dict[int, int] = {}  # column → rows that continue a merge from there on down
    slots: list[tuple[Slot, ...]] = []
    for index in range(len(rows) - 1, -1, -1):
        above = {cell.column for cell in rows[index - 1] if cell.merge} if index else set()
        heights = {c.column: 1 + (below.get(c.column, 0) if c.merge else 0) for c in rows[index]}
        continued = {c.column for c in rows[index] if c.merge == "continue" and c.column in above}
        slots.append(
            tuple(
                Slot(c.column, c.column_span, heights[c.column], c.element)
                for c in rows[index]
                if c.column not in continued
            )
        )
        below = {column: heights[column] for column in continued}
    return tuple(reversed(slots))


def _change(element: etree._Element, properties: etree._Element) -> Aside:
    """The note of a table row or cell that a revision added or took away, with its text."""
    mark = next(m for m in properties if m.tag in {w(name) for name in _REMOVALS + _ADDITIONS})
    cells = list(_unwrapped(element, "tc")) if element.tag == w("tr") else [element]
    texts = ["".join(t.text or "" for t in cell.iter(w("t"), w("delText"))) for cell in cells]
    return Aside(
        "deletion" if mark.tag in {w(name) for name in _REMOVALS} else "insertion",
        " ".join(text for text in texts if text),
        author=mark.get(w("author"), ""),
        date=mark.get(w("date"), ""),
    )
