"""Headers, footers, page numbers and repeated watermarks of a document, set aside from its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hetong.document import Aside, AsideKind
from hetong.extract.layout import PageLayout, TextLine

_ZONE = 0.12  # share of the page's height at the top and at the bottom where headers and footers stand
_MOST_LINES = 3  # lines of a header or footer
_SAME_PLACE = 6.0  # points
_LONGEST = 80  # characters of a line that are looked at
_DIGITS = re.compile(r"[0-9０-９]+")
_NUMBER = r"(?:[0-9０-９]{1,4}|[ivxlcIVXLC]{1,6})"
_PAGE_NUMBER = re.compile(
    rf"[-—–―~·\s]*(?:(?:第|Page|page|PAGE|P\.?)?\s*{_NUMBER}\s*页?"
    rf"(?:\s*(?:[/／,，、|]|of|OF)?\s*(?:共|总|of)?\s*{_NUMBER}\s*页?)?"
    rf"|第\s*[〇零一二三四五六七八九十百]+\s*页(?:[\s，,/]*共\s*[〇零一二三四五六七八九十百]+\s*页)?)[-—–―~·\s]*"
)

# What also stands near an edge on several pages, but is text: the head of an annex, the foot of a form.
_TEXT = re.compile(
    r"附[件录表]|第.{1,4}[章节条部]|[一二三四五六七八九十]+、|[0-9]+[.、．]|.*(?:[:：][_\s]*|年\s*月\s*日)$|.*(?:签字|签章|盖章|公章)"
)


class _Edge(NamedTuple):
    """A line near the top or bottom: its distance from that edge, and its words without white space."""

    height: float
    words: str
    line: TextLine


def without_margins(pages: Sequence[PageLayout]) -> list[PageLayout]:
    """The pages with headers, footers and page numbers moved from their lines to their asides.

    A line near the edge is one when it looks like a page number, or when the same words stand at the same height
    on other pages: on half of them (digits may differ), or on three if it is not the head or foot of a form.
    """
    repeated = _repeated(pages)
    return [_parted(page, repeated) for page in pages]


def _parted(page: PageLayout, repeated: set[TextLine]) -> PageLayout:
    """One page with its margin lines set aside."""
    asides: dict[TextLine, Aside] = {}
    for line, top in _edge_lines(page):
        kind: AsideKind = "header" if top else "footer"
        numbered = len(line.text) < _LONGEST and _PAGE_NUMBER.fullmatch(line.text) is not None
        if numbered or line in repeated:
            asides[line] = Aside("page-number" if numbered else kind, line.text, page.number, line.box)
    kept = tuple(item for item in page.body if not (isinstance(item, TextLine) and item in asides))
    return replace(page, body=kept, asides=(*page.asides, *asides.values()))


def _edge_lines(page: PageLayout) -> Iterator[tuple[TextLine, bool]]:
    """The outermost lines in the zones at top and bottom, and whether they stand at the top."""
    lines = sorted(page.lines, key=lambda line: line.box.top)
    for line in lines[:_MOST_LINES]:
        if line.box.bottom < _ZONE * page.height:
            yield line, True
    for line in lines[::-1][:_MOST_LINES]:
        if line.box.top > (1 - _ZONE) * page.height:
            yield line, False


def _repeated(pages: Sequence[PageLayout]) -> set[TextLine]:
    """The edge lines that other pages repeat at the same height."""
    groups: dict[tuple[str, bool], list[_Edge]] = defaultdict(list)
    for page in pages:
        for line, top in _edge_lines(page):
            words = "".join(line.text.split())
            height = line.box.top if top else page.height - line.box.bottom
            groups[_DIGITS.sub("#", words), top].append(_Edge(height, words, line))
    found: set[TextLine] = set()
    for edges in groups.values():
        for cluster in _near(sorted(edges)):
            if _is_margin(cluster, len(pages)):
                found.update(edge.line for edge in cluster)
    return found


def _is_margin(edges: Sequence[_Edge], pages: int) -> bool:
    """Whether lines alike at one height are a header or footer rather than text that happens to recur."""
    count, words = len({e.line.box.page for e in edges}), {e.words for e in edges}
    mostly, text = count >= 2 and 2 * count >= pages, any(_TEXT.match(w[:_LONGEST]) for w in words)
    if len(words) == 1:
        return mostly or (count >= 3 and not text)
    return mostly and not text


def _near(edges: Sequence[_Edge]) -> Iterator[list[_Edge]]:
    """Lines whose heights follow each other closely."""
    cluster: list[_Edge] = []
    for edge in edges:
        if cluster and edge.height - cluster[-1].height > _SAME_PLACE:
            yield cluster
            cluster = []
        cluster.append(edge)
    if cluster:
        yield cluster
