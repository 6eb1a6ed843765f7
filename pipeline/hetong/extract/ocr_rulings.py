"""Straight lines drawn on a page that is a picture: rulings of tables, and lines to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np

from hetong.extract.layout import Grid, Ruling
from hetong.extract.ocr_picture import Mask
from hetong.extract.ocr_place import Raster

_SHORTEST: Final = 15.0  # points: longer than any stroke of a character in type of usual size
_IN_A_TABLE: Final = 22.0  # points: shorter lines are no rulings of a table
_THICKEST: Final = 4.0  # points
_GAP: Final = 0.8  # points: so wide a break in a line is the scanner's
_NEAR: Final = 3.0  # points


class Rulings(NamedTuple):
    """The lines across and down a page (points), and the ink that they take (pixels)."""

    across: list[Ruling]
    down: list[Ruling]
    ink: Mask

    @property
    def of_tables(self) -> tuple[list[Ruling], list[Ruling]]:
        """Those that are long enough to rule a table."""
        across = [r for r in self.across if r.high - r.low >= _IN_A_TABLE]
        return across, [r for r in self.down if r.high - r.low >= _IN_A_TABLE]


def rulings_of(ink: Mask, raster: Raster) -> Rulings:
    """The lines in the ink of a page that stands straight."""
    turned = Raster(raster.scale, raster.top, raster.left)
    found = [_lines(ink, raster), _lines(np.ascontiguousarray(ink.T), turned)]
    taken = cv2.bitwise_or(found[0][1], np.ascontiguousarray(found[1][1].T))
    return Rulings(found[0][0], found[1][0], taken)


def underlines(across: Sequence[Ruling], grids: Sequence[Grid]) -> list[Ruling]:
    """The lines across that belong to no table."""
    return [r for r in across if not any(_in_grid(r, grid) for grid in grids)]


def _in_grid(ruling: Ruling, grid: Grid) -> bool:
    """Whether a line is one of a table's own: at the edge of cells."""
    box, middle = grid.box, (ruling.low + ruling.high) / 2
    edges = (*grid.tops, box.bottom)
    return box.x0 - _NEAR <= middle <= box.x1 + _NEAR and any(abs(ruling.at - edge) < _NEAR for edge in edges)


def _lines(ink: Mask, raster: Raster) -> tuple[list[Ruling], Mask]:
    """The lines across a picture, and their ink."""
    length, gap = round(_SHORTEST * raster.scale), round(_GAP * raster.scale)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, gap), np.uint8))
    drawn = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(drawn, np.ones((3, 1), np.uint8)))
    thin = np.zeros(len(stats), np.uint8)
    rulings = []
    for label, ruling in _thin(stats.tolist(), raster):
        thin[label] = 255
        rulings.append(ruling)
    return rulings, cv2.dilate(thin[labels], np.ones((3, 3), np.uint8))


def _thin(stats: Sequence[Sequence[int]], raster: Raster) -> Iterator[tuple[int, Ruling]]:
    """The parts that are lines and not areas, by their label."""
    for label, (x, y, width, height, area) in enumerate(stats):
        if label and area / width <= _THICKEST * raster.scale and height <= max(width / 20, 8 * raster.scale):
            yield label, Ruling(raster.y(y + height / 2), raster.x(x), raster.x(x + width))
