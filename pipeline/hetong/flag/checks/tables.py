"""Reads tables: cells that the file gives, and rows of plain text whose words stand under the words of a header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

from hetong.document import Span
from hetong.flag.checks.stretch import LINE, REACH, end_of, start_of
from hetong.flag.view import View
from hetong.numerals import amounts_in_figures, number

MONEY: Final = re.compile("单价|金额|小计|总价|合价|价款|合计|费用|总额")
TOTAL: Final = re.compile(
    r"[（\s]*(?:本页|报价|费用|价税|货款|金额)?(?:合计|总计|共计|小计|合同总价|总价|总额)(?:金额|费用|价款?|人民币|大写|小写)?"
    r"(?=[（）：\s¥0-9/元]|$)"
)
_CELL: Final = re.compile(
    r"(?:人民币|RMB|CNY|¥)?\s*(?P<number>[0-9][0-9,，]*(?:\.[0-9]+)?)\s*(?P<scale>[万亿千]?)(?P<unit>[^0-9×*%‰~—至-]{0,10})"
)
_SCALES: Final = {"": 1, "千": 1000, "万": 10**4, "亿": 10**8}
_SCALE: Final = re.compile("(?:单位[：为]?|[（/]|人民币)(?P<scale>[万千]?)元")
_WORD: Final = re.compile(r"[^ \n]+")
_NO_HEADER: Final = re.compile("[0-9。，；：]|第[一二三四五六七八九十百]{1,4}[章节条]")
_PROSE: Final = re.compile("[。；]|，(?![0-9]{3})")


class Slot(NamedTuple):
    """A cell: its place without blanks around it, and what is printed there."""

    place: Span
    text: str


class Printed(NamedTuple):
    """A number in a cell: its value in yuan (or pieces), and the value of one in its last printed place."""

    place: Span
    value: float
    step: float


Row = dict[int, Slot]


class Table(NamedTuple):
    """A table with a header of words; a row of plain text that does not fit under the header is empty."""

    head: Row
    rows: list[Row]
    caption: str


def tables(view: View) -> Iterator[Table]:
    """The tables of a contract that have a column of money."""
    yield from _of_cells(view)
    yield from _of_lines(view)


def scale_of(words: str) -> float:
    """What one stands for in a column with this header: 金额（万元） is 10,000; 0 when it does not say."""
    match = _SCALE.search(words)
    return float(_SCALES[match["scale"]]) if match else 0.0


def printed(slot: Slot | None, scale: float = 1.0) -> Printed | None:
    """The number in a cell that holds one and nothing else but its unit; bare numbers count by the column's scale."""
    match = _CELL.fullmatch(slot.text) if slot else None
    value = number(match["number"].replace("，", ",")) if match else None
    if slot is None or match is None or value is None:
        return None
    factor = _SCALES[match["scale"]] if match["scale"] or match["unit"].startswith("元") else scale
    decimals = len(match["number"].partition(".")[2])
    return Printed(slot.place, value * factor, 10.0**-decimals * factor if decimals else 1.0)


def words_of(row: Row) -> list[str]:
    """What is printed in the cells of a row."""
    return [slot.text for slot in row.values()]


def is_total(row: Row) -> bool:
    """Whether a row is a total of the ones above it, by one of its first words."""
    return any(TOTAL.match(row[i].text) for i in sorted(row)[:3])


def total_rows(table: Table) -> Iterator[tuple[Row, Row]]:
    """The header and each row that is a total."""
    yield from ((table.head, row) for row in table.rows if is_total(row))


def figure_of(row: Row) -> Printed | None:
    """The only amount in figures of a row whose cells are run together: 合计：人民币128,000元（大写：…）."""
    found = [
        (slot, figure)
        for slot in row.values()
        for figure in amounts_in_figures(slot.text)
        if not slot.text[: figure.start].endswith("-")
    ]
    if len({figure.value for _, figure in found}) != 1:
        return None
    slot, figure = found[0]
    return Printed(Span(slot.place.start + figure.start, slot.place.start + figure.end), figure.value, 0.01)


def _of_cells(view: View) -> Iterator[Table]:
    blocks = [(block, block.cell) for block in view.contract.blocks if block.cell is not None]
    for _, group in groupby(blocks, key=lambda entry: entry[1].table):
        cells = list(group)
        rows = [
            {cell.column: _slot(view.text, block.start, block.end) for block, cell in row}
            for _, row in groupby(cells, key=lambda entry: entry[1].row)
        ]
        start = cells[0][0].start
        yield from _headed(rows, view.text[max(0, start - 40) : start])


def _headed(rows: list[Row], caption: str) -> Iterator[Table]:
    """The table below the first row that is a header with a column of money."""
    for index, row in enumerate(rows):
        words = [slot.text for slot in row.values()]
        if len(words) > 1 and any(map(MONEY.search, words)) and not any(c.isdigit() for w in words for c in w):
            yield Table(row, rows[index + 1 :], caption)
            return


def _of_lines(view: View) -> Iterator[Table]:
    text, done = view.text, 0
    cells = {block.start for block in view.contract.blocks if block.cell is not None}
    for match in MONEY.finditer(text):
        start, end = start_of(text, match.start(), LINE), end_of(text, match.end(), LINE)
        if match.start() < done or end - start >= REACH or start in cells:
            continue
        done = end
        words = list(_WORD.finditer(text, start, end))
        if len(words) < 2 or _NO_HEADER.search(text, start, end):
            continue
        rows, done = _rows_below(text, end, len(words))
        if rows:
            head = {i: Slot(Span(*m.span()), m[0]) for i, m in enumerate(words)}
            yield Table(head, rows, text[max(0, start - 40) : start])


def _rows_below(text: str, end: int, columns: int) -> tuple[list[Row], int]:
    """The rows of plain text under a header, and where they end."""
    rows: list[Row] = []
    while end < len(text):
        start, stop = end + 1, end_of(text, end + 1, LINE)
        line = text[start:stop]
        row = _row(text, start, stop, columns)
        if stop - start >= REACH or not line.strip() or (_PROSE.search(line) and not row):
            break
        if not row and not rows:
            break
        rows.append(row)
        end = stop
    return rows, end


def _row(text: str, start: int, end: int, columns: int) -> Row:
    """A line as a row: a word a column, or one space between columns; a total may leave the others out."""
    words = [Slot(Span(*m.span()), m[0]) for m in _WORD.finditer(text, start, end)]
    if len(words) == columns:
        return dict(enumerate(words))
    if text.count(" ", start, end) == columns - 1:
        return {text.count(" ", start, word.place.start): word for word in words}
    if len(words) == 2 and TOTAL.match(words[0].text):
        return {0: words[0], columns - 1: words[1]}
    return {}


def _slot(text: str, start: int, end: int) -> Slot:
    part = text[start:end]
    left = len(part) - len(part.lstrip())
    stripped = part.strip()
    return Slot(Span(start + left, start + left + len(stripped)), stripped)
