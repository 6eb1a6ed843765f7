"""Ink on a page that no recognised character covers: what was not read, and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np

from hetong.extract.ocr_engine import Recognised
from hetong.extract.ocr_picture import Mask, Rectangle

_SPECK: Final = 2.2  # points: smaller spots of ink are dirt, or points that a line is not the poorer for
_TOGETHER: Final = 7.0  # points: ink that is nearer hangs together
_SMALLEST: Final = 5.0  # points: the longer side of the smallest place that is told of
_LEAST_INK: Final = 4.0  # square points
_BESIDE: Final = 0.3  # of a line's height: ink so near a character belongs to it
_TRACE: Final = 0.8  # points: thinner strokes inside a seal are traces of it
_LARGE: Final = 30.0  # points: a single stroke or area that is higher is no character
_MOST: Final = 8  # places told one by one; further ones are told as one


class Unread(NamedTuple):
    """A place with ink that was not read (pixels); `picture` says that it does not look like type."""

    box: Rectangle
    picture: bool


def uncovered(ink: Mask, found: Sequence[Recognised], seals: Sequence[Rectangle], pixels_a_point: float) -> Mask:
    """The ink that is neither recognised, nor in a seal, nor a speck.

    Args:
        ink: the ink of the straight picture, without rulings and without the shadows at its edges.
        found: what was recognised.
        seals: where red seals were taken out.
        pixels_a_point: the resolution.
    """
    rest = ink.copy()
    for line in found:
        _cover(rest, line)
    for x0, top, x1, bottom in seals:
        _clear_traces(rest[max(0, top) : bottom, max(0, x0) : x1], _TRACE * pixels_a_point)
    return _without_specks(rest, _SPECK * pixels_a_point)


def unread_places(rest: Mask, pixels_a_point: float) -> list[Unread]:
    """The places where ink is left uncovered, from top to bottom."""
    places = [_place(rest, region, pixels_a_point) for region in _regions(rest, pixels_a_point)]
    kept = sorted((p for p in places if p is not None), key=lambda p: (p.box[1], p.box[0]))
    return kept if len(kept) <= _MOST else [*kept[: _MOST - 1], _all(kept[_MOST - 1 :])]


def _clear_traces(part: Mask, thinnest: float) -> None:
    """Takes away what is left of the rims of a seal: strokes thinner than any of type."""
    size = max(2, round(thinnest))
    core = cv2.morphologyEx(part, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    part[cv2.dilate(core, np.ones((2 * size + 1, 2 * size + 1), np.uint8)) == 0] = 0


def _without_specks(ink: Mask, largest: float) -> Mask:
    """The ink without spots whose longer side is not above a limit (pixels)."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    keep = np.where(np.maximum(stats[:, 2], stats[:, 3]) > largest, 255, 0).astype(np.uint8)
    keep[0] = 0
    kept: Mask = keep[labels]
    return kept


def _cover(rest: Mask, line: Recognised) -> None:
    """Takes the ink of a line's characters away; between two that stand far apart ink stays."""
    height = line.bottom - line.top
    beside = _BESIDE * height
    top, bottom = max(0, int(line.top - 0.15 * height)), int(line.bottom + 0.15 * height) + 1
    for glyph in line.glyphs:
        rest[top:bottom, max(0, int(glyph.x0 - beside)) : int(glyph.x1 + beside) + 1] = 0


def _regions(rest: Mask, pixels_a_point: float) -> list[Rectangle]:
    """The boxes around ink that hangs together."""
    gap = round(_TOGETHER * pixels_a_point)
    joined = cv2.dilate(rest, np.ones((gap, gap), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    return [(x, y, x + w, y + h) for x, y, w, h, _ in stats[1:].tolist()]


def _place(rest: Mask, region: Rectangle, pixels_a_point: float) -> Unread | None:
    """A region drawn close around its ink, when there is enough of it."""
    x0, top, x1, bottom = region
    part = rest[top:bottom, x0:x1]
    columns, rows = np.flatnonzero(part.any(axis=0)), np.flatnonzero(part.any(axis=1))
    wide, high = (int(found[-1] - found[0] + 1) / pixels_a_point for found in (columns, rows))
    if max(wide, high) < _SMALLEST or np.count_nonzero(part) < _LEAST_INK * pixels_a_point**2:
        return None
    box = (x0 + int(columns[0]), top + int(rows[0]), x0 + int(columns[-1]) + 1, top + int(rows[-1]) + 1)
    _, _, stats, _ = cv2.connectedComponentsWithStats(part)
    largest = stats[1:][stats[1:, 4].argmax()]
    return Unread(box, bool(min(largest[2], largest[3]) > _LARGE * pixels_a_point))


def _all(places: Sequence[Unread]) -> Unread:
    """Several places as one."""
    lefts, tops, rights, bottoms = zip(*(p.box for p in places), strict=True)
    return Unread((min(lefts), min(tops), max(rights), max(bottoms)), all(p.picture for p in places))
