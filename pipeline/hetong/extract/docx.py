"""Reads Word files (.docx): the text with its automatic numbers, tables, revisions, comments and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from hetong.document import Aside, Cell, Contract, Problem, Source
from hetong.errors import FileError
from hetong.extract.builder import TextBuilder
from hetong.extract.word_body import BodyReader, Line, Paragraph
from hetong.extract.word_fields import mend_fields
from hetong.extract.word_inline import InlineReader, Revisions
from hetong.extract.word_margins import read_margins, read_notes
from hetong.extract.word_numbering import Numbering
from hetong.extract.word_package import Package, w
from hetong.extract.word_sight import Sight
from hetong.extract.word_styles import Styles
from hetong.extract.word_tables import Slot, Table

_HIDDEN_SHOWN: Final = 120  # characters of hidden text that the problem quotes


def read_docx(
    data: bytes, source: Source, revisions: Revisions = "final", legal: frozenset[int] = frozenset()
) -> Contract:
    """A contract from the bytes of a Word file.

    Automatic numbers are part of the text, with one space behind them unless the list says none; bullets stay as
    printed. A soft line break ends a block. A table row with text in one cell only, of two paragraphs or more, is a
    frame: its paragraphs are read as such; every other cell is one block. Headers, footers, comments, notes and
    revisions are asides. Hidden text is left out and reported.

    Args:
        data: the file's bytes.
        source: where they came from.
        revisions: the reading of tracked changes: "final" as if accepted, "original" as if rejected.
        legal: numbers of counters; a chained number (%1.%2) of so many prints all of them in decimal digits, though
            the file does not say so (see `hetong.extract.word97`).

    Raises:
        FileError: the bytes are no Word file, are damaged, encrypted, or beyond the bounds.
    """
    try:
        return _read(Package(data, source.path), source, revisions, legal)
    except RecursionError as error:
        raise FileError(source.path, "word-damaged", part="document.xml") from error


def _read(package: Package, source: Source, revisions: Revisions, legal: frozenset[int]) -> Contract:
    root = package.xml(package.main)
    body = root.find(w("body")) if root is not None else None
    if root is None or body is None:
        raise FileError(source.path, "word-no-document")
    mend_fields(body)
    styles = Styles(_first(package.related("styles")))
    sight = Sight(styles, has_ground=root.find(w("background")) is not None)
    inline = InlineReader(styles, sight, read_notes(package, styles, revisions), revisions)
    ordinals = {paragraph: index for index, paragraph in enumerate(root.iter(w("p")))}
    reader = BodyReader(inline, Numbering(_first(package.related("numbering")), styles, legal), ordinals)
    writer = _Writer(reader, source.path)
    writer.add(body)
    builder = writer.builder
    builder.asides += inline.unplaced()
    builder.asides += [Aside("watermark", mark) for mark in inline.watermarks if mark.strip()]
    builder.asides += read_margins(package, body, styles, revisions)
    builder.problems += _problems(builder.asides, inline, reader)
    builder.problems += [Problem("extract", "macros-ignored")] if package.has_macros else []
    return builder.contract(source)


class _Writer:
    """Puts what the body reader yields into the contract's text."""

    def __init__(self, reader: BodyReader, path: str) -> None:
        self._reader, self._tables, self.builder = reader, 0, TextBuilder(path)

    def add(self, container: etree._Element) -> None:
        """All of a container: the body, or a cell that frames several paragraphs."""
        for item in self._reader.items(container):
            if isinstance(item, Paragraph):
                self._add_paragraph(item)
            else:
                self._add_table(item)

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        number = paragraph.number
        for line in paragraph.lines:
            self._place(line)
            if line.text:
                self.builder.add(line.text, paragraph.kind, number=number, level=paragraph.level, paragraphs=line.marks)
                number = ""

    def _add_table(self, table: Table) -> None:
        index, self._tables = self._tables, self._tables + 1
        self._place(Line("", tuple((0, note) for note in table.notes)))
        for number, row in enumerate(table.rows):
            written = [slot for slot in row if _paragraphs(slot.cell)]
            if len(written) == 1 and _paragraphs(written[0].cell) > 1:
                self.add(written[0].cell)
            else:
                self._add_row(row, index, number)

    def _add_row(self, row: tuple[Slot, ...], table: int, number: int) -> None:
        """The cells of a row as blocks, the empty ones too; nothing for a row without any text."""
        lines = [self._reader.flat(slot.cell) for slot in row]
        is_blank = not any(line.text for line in lines)
        for place, (slot, line) in enumerate(zip(row, lines, strict=True), start=1):
            self._place(line)
            if not is_blank:
                cell = Cell(table, number, slot.column, slot.row_span, slot.column_span)
                end = "\n" if place == len(row) else "\t"
                self.builder.add(line.text, "cell", cell=cell, paragraphs=line.marks or self._first(slot.cell), end=end)

    def _first(self, cell: etree._Element) -> tuple[tuple[int, int], ...]:
        """The mark of the first paragraph of an empty cell."""
        paragraph = next(cell.iter(w("p")), None)
        return () if paragraph not in self._reader.ordinals else ((0, self._reader.ordinals[paragraph]),)

    def _place(self, line: Line) -> None:
        """Keeps the notes of the line that is added next, at their places in the contract's text."""
        start = self.builder.position
        self.builder.asides += [replace(note, at=start + at) for at, note in line.notes]


def _problems(asides: list[Aside], inline: InlineReader, reader: BodyReader) -> Iterator[Problem]:
    """What was read in one of two ways, left out, or not understood."""
    inserted, deleted = (sum(a.kind == kind for a in asides) for kind in ("insertion", "deletion"))
    if inserted or deleted:
        values = (("insertions", str(inserted)), ("deletions", str(deleted)))
        yield Problem("extract", f"tracked-changes-{inline.revisions}", values=values)
    for code, texts in (("hidden-text", inline.hidden), ("faint-text", inline.faint)):
        text = "".join(texts).strip()
        if any(character.isalnum() for character in text) or (text and code == "hidden-text"):
            shown = text[:_HIDDEN_SHOWN] + ("…" if len(text) > _HIDDEN_SHOWN else "")
            yield Problem("extract", code, values=(("count", str(len(text))), ("text", shown)))
    for code, count in (
        ("unknown-symbols", inline.unknown_symbols),
        ("pictures-not-read", inline.pictures),
        ("embedded-not-read", reader.embedded + inline.objects),
        ("date-fields", inline.dates),
    ):
        if count:
            yield Problem("extract", code, values=(("count", str(count)),))


def _first(roots: list[etree._Element]) -> etree._Element | None:
    return roots[0] if roots else None


def _paragraphs(cell: etree._Element) -> int:
    """How many paragraphs of a cell have text."""
    return sum(any((t.text or "").strip() for t in p.iter(w("t"))) for p in cell.iter(w("p")))
