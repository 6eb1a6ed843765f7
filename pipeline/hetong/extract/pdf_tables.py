"""Ruled tables of a page from its rulings: the regions that lines enclose are the cells.

The rules of thumb are pdfplumber's for ruled tables (lines within 3 points are one line), so that both find the
same cells; the rulings come from pdfium, which spares reading the page a second time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from hetong.document import Box
from hetong.extract.layout import Grid, GridCell, Ruling, TextLine

_NEAR = 3.0  # points: closer lines are one line, closer ends touch
_NARROW = 5.0  # points: between two lines of a double border is no cell
_OPEN = 15.0  # points: a column without a border at its outer side is at least that wide
_MOST_UNITS = 40_000  # columns × rows: more is no table
_MOST_LINES = 2_000  # rulings a page after joining

Rulings = tuple[list[Ruling], list[Ruling]]  # level and upright ones of one table


def find_grids(across: Sequence[Ruling], down: Sequence[Ruling], page: int) -> list[Grid]:
    """The ruled tables of a page with at least two cells, from top to bottom.

    Args:
        across: horizontal rulings, `at` being their distance from the top.
        down: vertical rulings.
        page: number of the page, for the boxes.
    """
    if not across or not down:
        return []
    rows, columns = join_rulings(across), join_rulings(down)
    if len(rows) + len(columns) > _MOST_LINES:
        return []
    framed = (_framed(r, c) for r, c in _side_by_side(_crossing(rows, columns)))
    grids = [_grid(r, c, page) for r, c in framed if len(r) >= 2 and len(c) >= 2]
    return sorted((g for g in grids if g is not None), key=lambda g: (g.box.top, g.box.x0))


def join_rulings(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Rulings with those on nearly the same line made one, where they touch or overlap."""
    joined: list[Ruling] = []
    for line in _clusters(sorted(rulings)):
        at = sum({r.at for r in line}) / len({r.at for r in line})
        parts = sorted((r.low, r.high) for r in line)
        low, high = parts[0]
        for a, b in parts[1:]:
            if a > high + _NEAR:
                joined.append(Ruling(at, low, high))
                low, high = a, b
            high = max(high, b)
        joined.append(Ruling(at, low, high))
    return joined


def _clusters(rulings: Sequence[Ruling]) -> Iterator[list[Ruling]]:
    """Groups of rulings each near the next."""
    group: list[Ruling] = []
    for ruling in rulings:
        if group and ruling.at - group[-1].at > _NEAR:
            yield group
            group = []
        group.append(ruling)
    if group:
        yield group


def _crossing(rows: Sequence[Ruling], columns: Sequence[Ruling]) -> list[Rulings]:
    """Sets of at least three rulings that hang together because they cross or touch."""
    parent = list(range(len(rows) + len(columns)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = i = parent[parent[i]]
        return i

    for i, row in enumerate(rows):
        for j, column in enumerate(columns, start=len(rows)):
            if _within(row.at, column) and _within(column.at, row):
                parent[root(j)] = root(i)
    groups: dict[int, Rulings] = {}
    for i, ruling in enumerate([*rows, *columns]):
        groups.setdefault(root(i), ([], []))[i >= len(rows)].append(ruling)
    return [g for g in groups.values() if len(g[0]) + len(g[1]) >= 3]


def _side_by_side(groups: Sequence[Rulings]) -> list[Rulings]:
    """The sets of rulings, those made one that a cell without its ruling sets apart in a row cut by the page break."""
    whole: list[Rulings] = []
    cut: dict[tuple[int, int], Rulings] = {}
    for rows, columns in groups:
        low, high = min(c.low for c in columns), max(c.high for c in columns)
        place = round(low / _NEAR), round(high / _NEAR)
        if not any(_open_ends(rows, columns)):
            whole.append((rows, columns))
        elif place in cut:
            cut[place][0].extend(rows)
            cut[place][1].extend(columns)
        else:
            cut[place] = (rows, columns)
            whole.append(cut[place])
    return whole


def _within(at: float, ruling: Ruling) -> bool:
    return ruling.low - _NEAR <= at <= ruling.high + _NEAR


def _framed(rows: Sequence[Ruling], columns: Sequence[Ruling]) -> Rulings:
    """The rulings of a table together with the outer ones that it lacks, made to meet at the corners."""
    ends, sides = list(_open_ends(rows, columns)), list(_open_sides(rows, columns))
    xs, ys = [r.at for r in sides], [r.at for r in ends]
    across = (Ruling(r.at, min([r.low, *xs]), max([r.high, *xs])) for r in ends)
    down = (Ruling(r.at, min([r.low, *ys]), max([r.high, *ys])) for r in sides)
    rows, columns = [*rows, *across], [*columns, *down]
    return [*rows, *_gaps(rows, columns)], columns


def _gaps(rows: Sequence[Ruling], columns: Sequence[Ruling]) -> Iterator[Ruling]:
    """What lacks in the first and last ruling: a cell over several rows that the page break cuts is left open there."""
    for at in (min(r.at for r in rows), max(r.at for r in rows)):
        edge = [r for r in rows if abs(r.at - at) <= _NEAR]
        reaching = sorted(c.at for c in columns if _within(at, c))
        for a, b in pairwise(reaching):
            if not any(r.low - _NEAR <= a and b <= r.high + _NEAR for r in edge):
                yield Ruling(at, a, b)


def _open_ends(rows: Sequence[Ruling], columns: Sequence[Ruling]) -> Iterator[Ruling]:
    """The rulings that a table cut by the page break lacks: its columns stand out beyond the first or last row."""
    high, low = min(r.at for r in rows), max(r.at for r in rows)
    for end, beyond in (
        (min(c.low for c in columns), [c for c in columns if c.low < high - _NARROW]),
        (max(c.high for c in columns), [c for c in columns if c.high > low + _NARROW]),
    ):
        if len(beyond) >= min(2, len(columns)):
            yield Ruling(end, min(c.at for c in beyond), max(c.at for c in beyond))


def _open_sides(rows: Sequence[Ruling], columns: Sequence[Ruling]) -> Iterator[Ruling]:
    """The borders that a table lacks at its sides: its rows end alike beyond its first or last column."""
    left, right = min(c.at for c in columns), max(c.at for c in columns)
    for beyond, ends in (
        ([r for r in rows if r.low < left - _OPEN], [r.low for r in rows]),
        ([r for r in rows if r.high > right + _OPEN], [r.high for r in rows]),
    ):
        if len(beyond) >= min(2, len(rows)) and max(ends) - min(ends) < _NEAR:
            yield Ruling(sum(ends) / len(ends), min(r.at for r in beyond), max(r.at for r in beyond))


def _grid(rows: Sequence[Ruling], columns: Sequence[Ruling], page: int) -> Grid | None:
    """The table that one set of rulings draws; None when fewer than two cells are enclosed."""
    xs, ys = sorted({c.at for c in columns}), sorted({r.at for r in rows})
    if (len(xs) - 1) * (len(ys) - 1) > _MOST_UNITS:
        return None
    regions = _regions(xs, ys, _walls(columns, xs, ys), _walls(rows, ys, xs))
    boxes = [Box(page, xs[a], ys[b], xs[c], ys[d]) for a, b, c, d in regions]
    boxes = sorted((b for b in boxes if b.x1 - b.x0 > _NARROW and b.bottom - b.top > _NARROW), key=lambda b: b[2:0:-1])
    if len(boxes) < 2:
        return None
    lefts, tops = tuple(sorted({b.x0 for b in boxes})), tuple(sorted({b.top for b in boxes}))
    around = Box(page, lefts[0], tops[0], max(b.x1 for b in boxes), max(b.bottom for b in boxes))
    return Grid(around, tuple(columns), tuple(_placed(b, lefts, tops) for b in boxes), lefts, tops)


def _walls(rulings: Sequence[Ruling], ats: Sequence[float], ends: Sequence[float]) -> set[tuple[int, int]]:
    """Which stretches are ruled: (index of the line in `ats`, index of the stretch between two `ends`)."""
    order = {at: i for i, at in enumerate(ats)}
    return {
        (order[r.at], j)
        for r in rulings
        for j, (a, b) in enumerate(pairwise(ends))
        if r.low - _NEAR <= a and b <= r.high + _NEAR
    }


def _regions(
    xs: Sequence[float], ys: Sequence[float], upright: set[tuple[int, int]], level: set[tuple[int, int]]
) -> list[tuple[int, int, int, int]]:
    """Enclosed regions of the raster as (left, top, right, bottom) indices; those open to the outside are none."""
    wide, high = len(xs) - 1, len(ys) - 1
    seen: set[tuple[int, int]] = set()
    found = []
    for unit in ((x, y) for y in range(high) for x in range(wide)):
        if unit in seen:
            continue
        region, closed = _flood(unit, wide, high, upright, level)
        seen |= region
        if closed:
            columns, rows = [x for x, _ in region], [y for _, y in region]
            found.append((min(columns), min(rows), max(columns) + 1, max(rows) + 1))
    return found


def _flood(
    unit: tuple[int, int], wide: int, high: int, upright: set[tuple[int, int]], level: set[tuple[int, int]]
) -> tuple[set[tuple[int, int]], bool]:
    """All units reached from one without crossing a wall, and whether walls close them off from the outside."""
    region, todo, closed = {unit}, [unit], True
    while todo:
        x, y = todo.pop()
        steps = (
            ((x - 1, y), (x, y) in upright),
            ((x + 1, y), (x + 1, y) in upright),
            ((x, y - 1), (y, x) in level),
            ((x, y + 1), (y + 1, x) in level),
        )
        for step, walled in steps:
            if walled or step in region:
                continue
            if 0 <= step[0] < wide and 0 <= step[1] < high:
                region.add(step)
                todo.append(step)
            else:
                closed = False
    return region, closed


def _placed(box: Box, lefts: Sequence[float], tops: Sequence[float]) -> GridCell:
    """A cell with row, column and spans, counted over the edges at which cells begin."""
    row, column = bisect_left(tops, box.top), bisect_left(lefts, box.x0)
    return GridCell(
        box, row, column, bisect_left(tops, box.bottom - 0.01) - row, bisect_left(lefts, box.x1 - 0.01) - column
    )


def cell_finder(grid: Grid) -> Callable[[TextLine], GridCell | None]:
    """A function from a piece of text to the cell that its middle stands in; None outside of all cells."""
    units = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }

    def cell_of(piece: TextLine) -> GridCell | None:
        x, y = (piece.box.x0 + piece.box.x1) / 2, (piece.box.top + piece.box.bottom) / 2
        if not (grid.box.x0 <= x <= grid.box.x1 and grid.box.top <= y <= grid.box.bottom):
            return None
        cell = units.get((bisect_right(grid.tops, y) - 1, bisect_right(grid.lefts, x) - 1))
        return cell if cell is not None and x <= cell.box.x1 + _NARROW and y <= cell.box.bottom + _NARROW else None

    return cell_of
