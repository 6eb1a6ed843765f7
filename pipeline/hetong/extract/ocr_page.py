"""One page that is a picture: recognised, put in order, and what of it was not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

import cv2
import numpy as np

from hetong.document import Box, Problem
from hetong.extract.layout import Grid, PageLayout, Ruling
from hetong.extract.ocr_boxes import with_boxes
from hetong.extract.ocr_engine import Recognised, recognised
from hetong.extract.ocr_lines import Piece, blanks_of, pieces_of
from hetong.extract.ocr_picture import Colour, Mask, Straight, ink_of, is_white, straightened
from hetong.extract.ocr_place import Placement
from hetong.extract.ocr_rulings import rulings_of, underlines
from hetong.extract.ocr_unread import uncovered, unread_places
from hetong.extract.pdf_lines import PagePieces
from hetong.extract.pdf_page import page_body
from hetong.extract.pdf_tables import find_grids

SURE: Final = 0.8  # mean score of a line below which it is told as doubtful
_UPRIGHT: Final = 0.8  # mean score of a page below which other ways up are tried
_AROUND: Final = 20.0  # points of white around what is looked at again
_COLUMNS: Final = 3  # lines down a page that rule a table; two may be a frame
_LONGEST: Final = 40  # characters of a doubtful line that are told


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as recognised: its layout in points of the page set straight, and the way to the page as displayed.

    `scores` are the boxes of its pieces of text (straight page) with how sure each character is; the boxes of
    `problems` are on the page as displayed.
    """

    layout: PageLayout
    placement: Placement
    scores: tuple[tuple[Box, tuple[float, ...]], ...]
    problems: tuple[Problem, ...]


def scanned_page(picture: Colour, pixels_a_point: float, number: int) -> ScannedPage:
    """Reads the picture of a page.

    Args:
        picture: rows × columns × (red, green, blue), the page as displayed.
        pixels_a_point: its resolution.
        number: the page's number.
    """
    straight, found = _right_way_up(picture, pixels_a_point)
    ink = ink_of(straight.grey, pixels_a_point)
    rulings = rulings_of(ink, straight.raster)
    words = cv2.subtract(ink, rulings.ink)
    found = with_boxes(found, words, pixels_a_point)
    found += _second_look(straight, words, found)
    pieces = pieces_of(found, words, rulings.down, straight.raster, number)
    grids = find_grids(*rulings.of_tables, number)
    pieces += blanks_of(underlines(rulings.across, grids), grids, pieces, straight.size[1], number)
    body = page_body(PagePieces([p.line for p in pieces], [], []), grids)
    problems = (
        *_doubtful(pieces, straight.placement),
        *_tables_as_lines(rulings.of_tables[1], grids, straight.placement, number),
        *_unread(words, found, straight, number),
    )
    layout = PageLayout(number, *straight.size, body, blank=not body and not problems, grids=tuple(grids))
    return ScannedPage(layout, straight.placement, tuple((p.line.box, p.scores) for p in pieces), problems)


def unread_page(layout: PageLayout) -> ScannedPage:
    """A page that is left unread, with the reason in its layout."""
    return ScannedPage(layout, Placement(1, 0, 0, 0, 1, 0, 0.0), (), ())


def _right_way_up(picture: Colour, pixels_a_point: float) -> tuple[Straight, list[Recognised]]:
    """The page straight and recognised; where that reads badly, the other ways up are tried."""
    straight = straightened(picture, pixels_a_point)
    if is_white(straight):
        return straight, []
    found = recognised(straight.grey)
    best = straight, found
    first = _reading(found)
    if not found or first >= _UPRIGHT:
        return best
    for quarter in (straight.quarter + 2, straight.quarter + 1, straight.quarter + 3):
        other = straightened(picture, pixels_a_point, quarter % 4)
        found = recognised(other.grey)
        reading = _reading(found)
        if reading > first:
            best, first = (other, found), reading
        if reading >= _UPRIGHT:
            break
    return best


def _second_look(straight: Straight, words: Mask, found: Sequence[Recognised]) -> list[Recognised]:
    """What is recognised once all that was read before is taken out: a character between two blanks, say."""
    scale = straight.raster.scale
    rest = uncovered(cv2.bitwise_and(words, straight.paper), found, straight.seals, scale)
    places = [place.box for place in unread_places(rest, scale) if not place.picture]
    if not places:
        return []
    margin = round(_AROUND * scale)
    left, top = (max(0, min(box[i] for box in places) - margin) for i in (0, 1))
    right, bottom = (max(box[i] for box in places) + margin for i in (2, 3))
    shown = cv2.dilate(rest, np.ones((9, 9), np.uint8))[top:bottom, left:right] > 0
    grey = np.where(shown, straight.grey[top:bottom, left:right], np.uint8(np.median(straight.grey)))
    again = (line.moved(left, top) for line in recognised(grey))
    return [line for line in again if line.score >= SURE]


def _reading(found: Sequence[Recognised]) -> float:
    """How sure the engine is of all characters together; it turns lines that stand on end, which does not count."""
    scores = [glyph.score * (not line.is_upended) for line in found for glyph in line.glyphs]
    return fmean(scores) if scores else 0.0


def _doubtful(pieces: Sequence[Piece], placement: Placement) -> Iterator[Problem]:
    """The lines that the engine is not sure of."""
    for piece in pieces:
        if piece.scores and fmean(piece.scores) < SURE:
            box = placement.displayed(piece.line.box)
            yield Problem("extract", "ocr-doubtful", box.page, (("text", piece.line.text[:_LONGEST]),), box)


def _tables_as_lines(
    walls: Sequence[Ruling], grids: Sequence[Grid], placement: Placement, number: int
) -> Iterator[Problem]:
    """Where lines down the page rule a table that was not made out: its text is read line by line."""
    loose = [wall for wall in walls if not any(_is_in(wall, grid.box) for grid in grids)]
    if len(loose) >= _COLUMNS:
        left, right = min(wall.at for wall in loose), max(wall.at for wall in loose)
        box = Box(number, left, min(wall.low for wall in loose), right, max(wall.high for wall in loose))
        yield Problem("extract", "ocr-table-as-lines", number, box=placement.displayed(box))


def _is_in(wall: Ruling, box: Box) -> bool:
    return box.x0 - 3 <= wall.at <= box.x1 + 3 and box.top - 3 <= (wall.low + wall.high) / 2 <= box.bottom + 3


def _unread(words: Mask, found: Sequence[Recognised], straight: Straight, number: int) -> Iterator[Problem]:
    """The places with ink that was not read, and the seals."""
    raster, placement = straight.raster, straight.placement
    rest = uncovered(cv2.bitwise_and(words, straight.paper), found, straight.seals, raster.scale)
    for (x0, top, x1, bottom), picture in unread_places(rest, raster.scale):
        box = placement.displayed(raster.box(number, (x0, x1), (top, bottom)))
        yield Problem("extract", "ocr-picture" if picture else "ocr-unread-ink", number, box=box)
    for x0, top, x1, bottom in straight.seals:
        box = placement.displayed(raster.box(number, (x0, x1), (top, bottom)))
        yield Problem("extract", "ocr-seal", number, box=box)
