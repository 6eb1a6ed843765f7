"""What recognition adds to a contract: places on the pages as displayed, scores, and what is to be checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from statistics import fmean
from typing import Final

from hetong.document import Aside, Block, Box, Contract, Line, Problem
from hetong.extract.ocr_page import ScannedPage
from hetong.fold import fold
from hetong.numerals import amounts_in_figures, amounts_in_words, days, rates

_MOST: Final = 12  # amounts and dates of a page that are named in a message


def with_scans(contract: Contract, scans: Mapping[int, ScannedPage]) -> Contract:
    """The contract with the boxes of recognised pages as displayed, scores on their lines, and their problems.

    Amounts and dates on such pages are to be checked by a reader: one digit read wrongly reads as well as any.
    """
    if not scans:
        return contract
    blocks = tuple(_placed_block(block, scans) for block in contract.blocks)
    asides = tuple(_placed_aside(aside, scans) for aside in contract.asides)
    told = [problem for scan in scans.values() for problem in scan.problems]
    placed = replace(contract, blocks=blocks, asides=asides)
    problems = (*contract.problems, *told, *_to_check(placed))
    return replace(placed, problems=tuple(sorted(problems, key=lambda p: p.page or 0)))


def _placed_block(block: Block, scans: Mapping[int, ScannedPage]) -> Block:
    return replace(block, lines=tuple(_placed_line(line, scans.get(line.box.page)) for line in block.lines))


def _placed_line(line: Line, scan: ScannedPage | None) -> Line:
    """A line with its box as displayed, its anchors moved with it, and its score; one that is no scan's as it is."""
    if scan is None:
        return line
    box = scan.placement.displayed(line.box)
    anchors = tuple((at, x - line.box.x0 + box.x0) for at, x in line.anchors)
    return Line(line.start, line.end, box, anchors, _score(line.box, scan), scan.placement.angle)


def _score(box: Box, scan: ScannedPage) -> float:
    """How sure the engine is of a line on average; a line to be filled in is only seen, not read."""
    own = [score for place, scores in scan.scores if _within(place, box) for score in scores]
    return round(fmean(own), 4) if own else 1.0


def _within(inner: Box, outer: Box) -> bool:
    """Whether the middle of a box lies in another."""
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= x <= outer.x1 and outer.top <= y <= outer.bottom


def _placed_aside(aside: Aside, scans: Mapping[int, ScannedPage]) -> Aside:
    scan = scans.get(aside.box.page) if aside.box else None
    return replace(aside, box=scan.placement.displayed(aside.box)) if scan and aside.box else aside


def _to_check(contract: Contract) -> Iterator[Problem]:
    """One problem for each recognised page that has amounts, rates or dates, naming them."""
    pages: dict[int, list[str]] = {}
    for start, end in sorted(_figures(fold(contract.text))):
        line = contract.recognised(start, end)
        if line is not None:
            pages.setdefault(line.box.page, []).append(contract.text[start:end].strip())
    for page, found in pages.items():
        named = list(dict.fromkeys(found))
        items = "、".join(named[:_MOST]) + ("……" if len(named) > _MOST else "")
        yield Problem("extract", "ocr-to-check", page, (("items", items), ("count", str(len(found)))))


def _figures(text: str) -> set[tuple[int, int]]:
    """Where amounts, rates and dates stand in a folded text."""
    readers = (amounts_in_figures, amounts_in_words, rates, days)
    return {(found.start, found.end) for reader in readers for found in reader(text)}
