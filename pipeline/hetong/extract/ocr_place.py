"""From the pixels of a page that was set upright and straight to points, and back to the page as displayed."""

from __future__ import annotations

from typing import NamedTuple

from hetong.document import Box


class Raster(NamedTuple):
    """The pixels of a straight page: how many a point, and which of them is the corner of the page (column, row)."""

    scale: float
    left: float = 0.0
    top: float = 0.0

    def x(self, column: float) -> float:
        """The distance of a column from the left of the page (points)."""
        return (column - self.left) / self.scale

    def y(self, row: float) -> float:
        """The distance of a row from the top of the page (points)."""
        return (row - self.top) / self.scale

    def column(self, x: float) -> float:
        """The column at a distance from the left (points)."""
        return x * self.scale + self.left

    def box(self, page: int, columns: tuple[float, float], rows: tuple[float, float]) -> Box:
        """The box between columns and rows."""
        return Box(page, self.x(columns[0]), self.y(rows[0]), self.x(columns[1]), self.y(rows[1]))


class Placement(NamedTuple):
    """Where a point of the straight page lies on the page as displayed (points): (a·x + b·y + c, d·x + e·y + f).

    `angle` is the direction of reading on the page as displayed, in degrees clockwise.
    """

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    angle: float

    def displayed(self, box: Box) -> Box:
        """The box around a box of the straight page, on the page as displayed."""
        corners = [(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs = [self.a * x + self.b * y + self.c for x, y in corners]
        ys = [self.d * x + self.e * y + self.f for x, y in corners]
        return Box(box.page, min(xs), min(ys), max(xs), max(ys))
