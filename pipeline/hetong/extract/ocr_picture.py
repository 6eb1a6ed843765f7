"""Makes a picture of a page fit for reading: seals taken out, turned upright and straight; and what is ink in it.

Pictures are arrays of rows × columns (grey) or rows × columns × 3 (red, green, blue), 8 bits.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from hetong.extract.ocr_place import Placement, Raster

Grey = NDArray[np.uint8]
Colour = NDArray[np.uint8]
Mask = NDArray[np.uint8]  # 0 or 255
Rectangle = tuple[int, int, int, int]  # x0, top, x1, bottom (pixels)

_RED: Final = 45  # by how much red stands out in the ink of a seal
_REDDISH: Final = 15  # and at its rim
_WASHED: Final = 1.15  # that much lighter than paper, so that no trace of it is read
_SEAL: Final = (1.0, 9.0)  # cm: the sides of seals, two that touch included
_SLENDER: Final = 3.0  # a seal is not longer than wide by more; a line printed in red is
_DARKER: Final = 22  # grey levels by which ink is darker than the paper around it
_FAINT: Final = 8  # grey levels that the noise of a scanner does not reach once it is smoothed
_EDGE: Final = 7.0  # points at the edges of a picture
_STEEPEST: Final = 6.0  # degrees: a picture that is turned by more is not straightened
_MOST_POINTS: Final = 60_000  # points of ink that the angle is measured on
_CLEARLY: Final = 1.15  # by how much more even columns must be than lines for a page lying on its side


class Straight(NamedTuple):
    """A page made straight: its picture, where in it the page lies, its seals (pixels), and the way back.

    `paper` are the pixels that the given picture shows, without its edges. The size of the page is in points;
    `quarter` is by how many quarter turns clockwise it was set upright.
    """

    grey: Grey
    paper: Mask
    seals: list[Rectangle]
    raster: Raster
    size: tuple[float, float]
    placement: Placement
    quarter: int


def straightened(picture: Colour, pixels_a_point: float, quarter: int | None = None) -> Straight:
    """The page upright and level.

    Args:
        picture: the page as displayed.
        pixels_a_point: its resolution.
        quarter: quarter turns clockwise that set it upright; None to tell by its looks.
    """
    grey, seals = without_seals(picture, pixels_a_point)
    points = _ink_points(ink_of(grey, pixels_a_point))
    if quarter is None:
        lines, columns = _tilt(points, grey.shape), _tilt(points[:, ::-1], grey.shape[::-1])
        quarter = 1 if columns[1] > _CLEARLY * lines[1] else 0
    turn, size = _quarter_turn(quarter, grey.shape)
    points = points @ turn[:, :2].T + turn[:, 2]
    tilt, _ = _tilt(points, size)
    level, canvas = _level_turn(tilt, size)
    forth = (_square(level) @ _square(turn))[:2]
    white = int(np.median(grey))
    straight = cv2.warpAffine(grey, forth, canvas[::-1], flags=cv2.INTER_CUBIC, borderValue=white)
    paper = cv2.warpAffine(_without_edges(grey.shape, pixels_a_point), forth, canvas[::-1], flags=cv2.INTER_NEAREST)
    corner = (canvas[1] - size[1]) / 2, (canvas[0] - size[0]) / 2
    raster = Raster(pixels_a_point, *corner)
    placement = _placement(cv2.invertAffineTransform(forth), raster, (tilt - 90.0 * quarter) % 360.0)
    page = size[1] / pixels_a_point, size[0] / pixels_a_point
    return Straight(straight, paper, [_around(seal, forth) for seal in seals], raster, page, placement, quarter)


def _without_edges(size: tuple[int, ...], pixels_a_point: float) -> Mask:
    """A mask of a picture but for its edges, where scanners leave shadows."""
    edge = round(_EDGE * pixels_a_point)
    mask = np.zeros(size, np.uint8)
    mask[edge:-edge, edge:-edge] = 255
    return mask


def _placement(back: NDArray[np.float64], raster: Raster, angle: float) -> Placement:
    """The way from points of the straight page to points of the page as displayed."""
    (a, b, c), (d, e, f) = back.tolist()
    x = (a * raster.left + b * raster.top + c) / raster.scale
    y = (d * raster.left + e * raster.top + f) / raster.scale
    return Placement(a, b, x, d, e, y, angle)


def without_seals(picture: Colour, pixels_a_point: float) -> tuple[Grey, list[Rectangle]]:
    """The page in grey with the ink of red seals turned white, and where they were.

    In the red channel red ink is nearly as light as paper, and black or blue ink under it stays dark. What is printed
    in red and has not the shape of a seal is kept.
    """
    red, others = picture[:, :, 0], picture[:, :, 1:].max(axis=2)
    reddish = red.astype(np.int16) - others
    grey = red.copy()
    paper = float(np.median(red))
    seals = []
    for region in _regions(reddish > _RED, round(8 * pixels_a_point)):
        x0, top, x1, bottom = region
        part, own = grey[top:bottom, x0:x1], reddish[top:bottom, x0:x1]
        if _is_seal(x1 - x0, bottom - top, pixels_a_point):
            seals.append(region)
            ink = max(1.0, float(np.median(part[own > _RED])))
            lightened = np.minimum(paper, part[own > _REDDISH] * (_WASHED * paper / ink))
            part[own > _REDDISH] = lightened.astype(np.uint8)
        else:
            part[own > _REDDISH] = others[top:bottom, x0:x1][own > _REDDISH]
    return grey, seals


def is_white(straight: Straight) -> bool:
    """Whether nothing at all is on a page, not even print too faint to count as ink."""
    smooth = cv2.blur(straight.grey, (7, 7))[straight.paper > 0]
    return not len(smooth) or float(smooth.min()) > float(np.median(smooth)) - _FAINT


def ink_of(grey: Grey, pixels_a_point: float) -> Mask:
    """What is darker than the paper around it, so that shadows of a photo are no ink."""
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    around = round(24 * pixels_a_point) | 1
    kind = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    ink: Mask = cv2.adaptiveThreshold(smooth, 255, *kind, around, _DARKER)
    return ink


def _is_seal(width: int, height: int, pixels_a_point: float) -> bool:
    """Whether a region of red ink has the size and shape of a seal."""
    short, long = sorted((width / pixels_a_point / 72 * 2.54, height / pixels_a_point / 72 * 2.54))
    return _SEAL[0] <= short and long <= _SEAL[1] and long < _SLENDER * short


def _regions(mask: NDArray[np.bool_], gap: int) -> list[Rectangle]:
    """The boxes around what hangs together over a gap; specks, and boxes inside of others, are none."""
    if not mask.any():
        return []
    joined = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    boxes = [(x, y, x + w, y + h) for x, y, w, h, area in stats[1:].tolist() if area > gap]
    return [box for box in boxes if not any(_inside(box, other) for other in boxes if other != box)]


def _inside(box: Rectangle, other: Rectangle) -> bool:
    return other[0] <= box[0] and other[1] <= box[1] and box[2] <= other[2] and box[3] <= other[3]


def _ink_points(ink: Mask) -> NDArray[np.float64]:
    """(x, y) of ink, evenly thinned out."""
    rows, columns = np.nonzero(ink)
    step = max(1, len(rows) // _MOST_POINTS)
    return np.stack([columns[::step], rows[::step]], axis=1).astype(np.float64)


def _tilt(points: NDArray[np.float64], size: tuple[int, ...]) -> tuple[float, float]:
    """The angle (degrees clockwise) at which lines of ink stand out most, and how much they do."""
    if len(points) < 100:
        return 0.0, 0.0
    bins = max(64, size[0] // 3)
    best, clearest = 0.0, 0.0
    for step in (0.5, 0.1, 0.02):
        reach = _STEEPEST if step == 0.5 else 5 * step
        for angle in np.arange(best - reach, best + reach + step / 2, step):
            clearness = _clearness(points, float(angle), bins, size[0])
            if clearness > clearest:
                best, clearest = float(angle), clearness
    return best, clearest


def _clearness(points: NDArray[np.float64], angle: float, bins: int, height: int) -> float:
    """How unevenly ink lies over lines at an angle."""
    levels = points[:, 1] - math.tan(math.radians(angle)) * points[:, 0]
    counts, _ = np.histogram(levels, bins=bins + bins // 2, range=(-0.25 * height, 1.25 * height))
    return float((np.diff(counts) ** 2).sum())


def _quarter_turn(quarter: int, size: tuple[int, ...]) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """The matrix that turns a picture clockwise by quarters, and its new size (rows, columns)."""
    rows, columns = size[:2]
    matrices = {
        0: ([[1, 0, 0], [0, 1, 0]], (rows, columns)),
        1: ([[0, -1, rows - 1], [1, 0, 0]], (columns, rows)),
        2: ([[-1, 0, columns - 1], [0, -1, rows - 1]], (rows, columns)),
        3: ([[0, 1, 0], [-1, 0, columns - 1]], (columns, rows)),
    }
    matrix, turned = matrices[quarter]
    return np.array(matrix, dtype=np.float64), turned


def _level_turn(tilt: float, size: tuple[int, int]) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """The matrix that turns lines at an angle level, about the middle, and the size that keeps all corners."""
    rows, columns = size
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), tilt, 1.0)
    cosine, sine = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = math.ceil(columns * cosine + rows * sine), math.ceil(rows * cosine + columns * sine)
    matrix[:, 2] += ((wide - columns) / 2, (high - rows) / 2)
    return np.asarray(matrix, dtype=np.float64), (high, wide)


def _square(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.vstack([matrix, [0.0, 0.0, 1.0]])


def _around(box: Rectangle, matrix: NDArray[np.float64]) -> Rectangle:
    """The box around a rectangle that a matrix has moved."""
    x0, top, x1, bottom = box
    corners = np.array([(x0, top), (x1, top), (x0, bottom), (x1, bottom)]) @ matrix[:, :2].T + matrix[:, 2]
    (a, b), (c, d) = corners.min(axis=0), corners.max(axis=0)
    return int(a), int(b), math.ceil(c), math.ceil(d)
