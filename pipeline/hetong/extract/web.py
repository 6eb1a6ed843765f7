"""Reads web pages (.html, .htm) and web archives (.mht), among them those that Word saves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from hetong.document import Cell, Contract, Problem, Source
from hetong.errors import FileError
from hetong.extract.builder import TextBuilder
from hetong.extract.text_encoding import MAX_TEXT, decode
from hetong.extract.web_blocks import PageWalker, WebCell, WebParagraph, WebTable
from hetong.extract.word_inline import Revisions

_CHARSET: Final = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,30})""", re.I
)
_HEAD: Final = 4096  # bytes in which a page says its encoding; the standard asks for 1024
_WIDEST: Final = 1000  # columns of a table that are followed over its rows
_HIDDEN_SHOWN: Final = 120  # characters of hidden text that the problem quotes
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}  # as browsers do


def read_html(data: bytes, source: Source, revisions: Revisions = "final", charset: str = "") -> Contract:
    """A contract from the bytes of a web page: what a reader of the page sees.

    Headings keep their level (from 0), lists their numbers, tables become cells (a row with text in one cell only, of
    two paragraphs or more, is a frame: its paragraphs are read as such), filled fields and ticked boxes are text.
    Hidden text is left out and reported; text marked as inserted or deleted is read in the reading asked for.

    Args:
        data: the bytes of the page.
        source: where they came from.
        revisions: the reading of <ins> and <del>.
        charset: the encoding that an envelope states, "" when none does.

    Raises:
        FileError: the bytes are no text, too many, or nested beyond all measure.
    """
    text, broken = _text(data, source.path, charset)
    walker = PageWalker(revisions)
    root = _tree(text, source.path)
    if root is not None:
        walker.walk(root)
    writer = _Writer(source.path)
    writer.add(walker.items)
    builder = writer.builder
    builder.asides += walker.asides
    builder.problems += _problems(walker, revisions, broken)
    return builder.contract(source)


def read_web_archive(data: bytes, source: Source, revisions: Revisions = "final") -> Contract:
    """A contract from a web archive (MIME HTML, RFC 2557): its first page of HTML.

    Raises:
        FileError: it holds no page, or is no text, or too large.
    """
    from email import message_from_bytes

    if len(data) > MAX_TEXT * 2**20:
        raise FileError(source.path, "too-large", size=len(data) >> 20, limit=MAX_TEXT)
    try:
        parts = list(message_from_bytes(data).walk())
    except RecursionError as error:
        raise FileError(source.path, "web-damaged") from error
    for part in parts:
        page = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(page, bytes):
            return read_html(page, source, revisions, part.get_content_charset("") or "")
    raise FileError(source.path, "web-damaged")


def _text(data: bytes, path: str, charset: str) -> tuple[str, int]:
    """The text of a page: by its mark of byte order, else as stated when that fits, else as it looks."""
    stated = _CHARSET.search(data[:_HEAD])
    name = (charset or (stated[1].decode() if stated else "")).lower()
    if len(data) <= MAX_TEXT * 2**20 and name and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(_WIDER.get(name, name)), 0
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decode(data, path)


def _tree(text: str, path: str) -> etree._Element | None:
    """The root of the page, None when it holds nothing.

    libxml2 stops at 2048 elements in each other, and says so.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        if "Document is empty" in str(error):
            return None
        raise FileError(path, "web-damaged") from error
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise FileError(path, "web-damaged")
    return root


class _Writer:
    """Puts what the walker found into the contract's text."""

    def __init__(self, path: str) -> None:
        self.builder, self._tables = TextBuilder(path), 0

    def add(self, items: list[WebParagraph | WebTable]) -> None:
        """The paragraphs and tables, in order."""
        for item in items:
            if isinstance(item, WebTable):
                self._add_table(item)
            else:
                self.builder.add(item.text, item.kind, number=item.number, level=item.level)

    def _add_table(self, table: WebTable) -> None:
        index, self._tables = self._tables, self._tables + 1
        for number, row in enumerate(_grid(table)):
            written = [cell for _, cell in row if cell.items]
            if len(written) == 1 and (len(written[0].items) > 1 or isinstance(written[0].items[0], WebTable)):
                self.add(written[0].items)
            elif written:
                for place, (column, cell) in enumerate(row, start=1):
                    spot = Cell(index, number, column, cell.rows, cell.columns)
                    text = " ".join(_flat(cell.items))
                    self.builder.add(text, "cell", cell=spot, end="\n" if place == len(row) else "\t")


def _grid(table: WebTable) -> Iterator[list[tuple[int, WebCell]]]:
    """The cells of each row with their columns; a cell that covers rows pushes those below it to the right."""
    covered: dict[int, int] = {}  # column → rows below that a cell from above still covers
    for number, cells in enumerate(table.rows):
        taken, column, row = set(covered), 0, []
        covered = {place: left - 1 for place, left in covered.items() if left > 1}
        for cell in cells:
            while column in taken:
                column += 1
            below = len(table.rows) - number
            cell.rows = min(cell.rows or below, below)
            if cell.rows > 1 and column < _WIDEST:
                covered |= dict.fromkeys(range(column, column + cell.columns), cell.rows - 1)
            row.append((column, cell))
            column += cell.columns
        yield row


def _flat(items: list[WebParagraph | WebTable]) -> Iterator[str]:
    for item in items:
        if isinstance(item, WebTable):
            for row in item.rows:
                for cell in row:
                    yield from _flat(cell.items)
        else:
            yield item.text


def _problems(walker: PageWalker, revisions: Revisions, broken: int) -> Iterator[Problem]:
    """What was read in one of two ways, left out, or not understood."""
    inserted, deleted = (sum(a.kind == kind for a in walker.asides) for kind in ("insertion", "deletion"))
    if inserted or deleted:
        values = (("insertions", str(inserted)), ("deletions", str(deleted)))
        yield Problem("extract", f"tracked-changes-{revisions}", values=values)
    hidden = "".join(walker.hidden)
    if hidden:
        shown = hidden[:_HIDDEN_SHOWN] + ("…" if len(hidden) > _HIDDEN_SHOWN else "")
        yield Problem("extract", "hidden-text", values=(("count", str(len(hidden))), ("text", shown)))
    for code, count in (
        ("broken-characters", broken),
        ("pictures-not-read", walker.pictures),
        ("embedded-not-read", walker.frames),
    ):
        if count:
            yield Problem("extract", code, values=(("count", str(count)),))
