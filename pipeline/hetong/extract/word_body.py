"""Walks the body of a Word document: paragraphs, tables, content controls, text boxes in reading order.

ECMA-376 Part 1, 17.3.1 (paragraphs), 17.4 (tables), 17.13.5 (revisions of paragraphs and rows).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from lxml import etree

from hetong.document import Aside, BlockKind
from hetong.extract.word_inline import InlineReader, Mark, TextBox, Token, is_prompt, plain
from hetong.extract.word_numbering import Number, Numbering
from hetong.extract.word_package import w
from hetong.extract.word_styles import StyleFacts, is_on, value, whole
from hetong.extract.word_tables import Table, blocks, is_removed, read_table

_CONTENTS_STYLE: Final = re.compile(r"toc (?:heading|\d)|table of figures|目录.*")
_CLOSING: Final = tuple("，。；：、）》”％%")  # no line begins with one
_LONGEST_HEADING: Final = 80  # characters; a longer paragraph in a heading style is a clause set as a heading


class Line(NamedTuple):
    """A line of a paragraph without its surrounding white space, and what belongs at which of its characters.

    `marks` are the paragraphs that the line is made of: (offset, ordinal).
    """

    text: str
    notes: tuple[tuple[int, Aside], ...] = ()
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as read: its lines (soft breaks split it), the number at the start of the first, its kind."""

    lines: tuple[Line, ...]
    kind: BlockKind = "paragraph"
    number: str = ""
    level: int | None = None


class BodyReader:
    """Reads containers of paragraphs and tables; numbering and fields run on from one to the next.

    `embedded` counts the documents that are embedded instead of written out (w:altChunk, w:subDoc), which are not read.

    Args:
        inline: reads the paragraphs.
        numbering: the lists.
        ordinals: the place of each w:p in document order; those of parts whose places nobody asks for are left out.
    """

    def __init__(
        self, inline: InlineReader, numbering: Numbering, ordinals: Mapping[etree._Element, int] | None = None
    ) -> None:
        self._inline, self._numbering = inline, numbering
        self.ordinals = ordinals or {}
        self.embedded = 0

    def items(self, container: etree._Element, contents: bool = False) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables of a container in reading order.

        Args:
            container: w:body, w:tc, w:txbxContent, w:hdr, w:comment …
            contents: whether it is a table of contents.
        """
        waiting: _Waiting | None = None
        for child in blocks(container):
            if child.tag == w("p"):
                waiting = self._read(child, waiting)
                if not waiting.runs_on:
                    yield from self._finish(waiting, contents)
                    waiting = None
                continue
            if waiting:
                yield from self._finish(waiting, contents)
                waiting = None
            yield from self._other(child, contents)
        if waiting:
            yield from self._finish(waiting, contents)

    def flat(self, container: etree._Element) -> Line:
        """All text of a container on one line, joined by spaces; tables cell by cell."""
        lines: list[Line] = []
        for item in self.items(container):
            if isinstance(item, Table):
                lines += [Line("", tuple((0, note) for note in item.notes))]
                lines += [self.flat(slot.cell) for row in item.rows for slot in row]
            else:
                lines += item.lines
        return _joined(lines)

    def _other(self, child: etree._Element, contents: bool) -> Iterator[Paragraph | Table]:
        if child.tag == w("tbl"):
            yield read_table(child, self._inline.revisions)
        elif child.tag == w("sdt"):
            gallery = child.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
            content = child.find(w("sdtContent"))
            if content is not None:
                yield from self.items(content, contents or value(gallery, "") == "Table of Contents")
        elif child.tag in (w("altChunk"), w("subDoc")):
            self.embedded += 1

    def _read(self, paragraph: etree._Element, before: _Waiting | None) -> _Waiting:
        """A paragraph's tokens behind those of the paragraph that runs on into it.

        When a revision removes the mark between two paragraphs, the joined one is numbered and styled as the first,
        or as the second when nothing is left of the first.
        """
        properties = self._properties(paragraph)
        style = self._inline.styles.paragraph(_style(properties))
        hidden_before = len(self._inline.hidden)
        tokens = self._inline.read(paragraph, style)
        if any(map(is_prompt, paragraph.iterancestors(w("sdt")))) and plain(tokens).strip():
            tokens = [Aside("placeholder", plain(tokens).strip().replace("\n", " ")), *tokens]
        if paragraph in self.ordinals:
            tokens = [Mark(self.ordinals[paragraph]), *tokens]
        mark = paragraph.find(f"{w('pPr')}/{w('rPr')}")
        gone = not plain(tokens).strip() and len(self._inline.hidden) > hidden_before
        waiting = _Waiting(
            tokens,
            properties,
            style,
            runs_on=is_removed(mark, self._inline.revisions),
            is_hidden=gone and mark is not None and is_on(mark.find(w("vanish"))),
            in_contents=self._inline.in_contents,
        )
        if before is None:
            return waiting
        kept = before if plain(before.tokens).strip() else waiting
        return replace(kept, tokens=before.tokens + tokens, runs_on=waiting.runs_on)

    def _finish(self, read: _Waiting, contents: bool) -> Iterator[Paragraph | Table]:
        """The paragraph, then the text boxes anchored in it."""
        lines = _lines(read.tokens)
        swallowed = read.is_hidden or (read.runs_on and not any(line.text for line in lines))
        numbered = read.properties.find(w("numPr")) if read.properties is not None else None
        number = None if swallowed else self._numbering.next(numbered, read.style)
        outline = _outline(read)
        lines = _with_number(lines, number)
        text = " ".join(line.text for line in lines)
        kind: BlockKind = "paragraph"
        if contents or read.in_contents or _CONTENTS_STYLE.fullmatch(read.style.name):
            kind = "contents"
        elif outline is not None and len(text) <= _LONGEST_HEADING and not text.endswith(("。", "；", ";")):
            kind = "heading"
        level = outline if outline is not None else number.level if number else None
        yield Paragraph(tuple(lines), kind, number.text if number and not number.is_bullet else "", level)
        for token in read.tokens:
            if isinstance(token, TextBox):
                yield from self.items(token.content)

    def _properties(self, paragraph: etree._Element) -> etree._Element | None:
        """The paragraph's properties; those before the tracked change of them in the original reading."""
        now = paragraph.find(w("pPr"))
        before = paragraph.find(f"{w('pPr')}/{w('pPrChange')}/{w('pPr')}")
        return before if before is not None and self._inline.revisions == "original" else now


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A paragraph that has been read but not finished, because the next one may join it."""

    tokens: list[Token]
    properties: etree._Element | None
    style: StyleFacts
    runs_on: bool
    is_hidden: bool
    in_contents: bool


def _style(properties: etree._Element | None) -> str | None:
    style = properties.find(w("pStyle")) if properties is not None else None
    return None if style is None else value(style, "")


def _outline(read: _Waiting) -> int | None:
    """The outline level from 0, the paragraph's own before its style's; None for body text; 0 for a title."""
    own = read.properties.find(w("outlineLvl")) if read.properties is not None else None
    stated = whole(own, 9) if own is not None else read.style.outline
    if stated is None:
        return 0 if read.style.name == "title" else None
    return stated if 0 <= stated < 9 else None


def _lines(tokens: list[Token]) -> list[Line]:
    """The tokens laid out in lines, broken at breaks, with the place of each note."""
    drafts: list[_Draft] = []
    draft = _Draft()
    for token in tokens:
        if isinstance(token, Aside):
            draft.notes.append((len(draft.text), token))
        elif isinstance(token, Mark):
            draft.marks.append((len(draft.text), token.ordinal))
        elif isinstance(token, str):
            *whole_lines, rest = token.split("\n")
            for part in whole_lines:
                draft.text += part
                drafts.append(draft)
                draft = _Draft(marks=[(0, ordinal) for _, ordinal in draft.marks[-1:]])
            draft.text += rest
    drafts.append(draft)
    return [line for draft in _sentences(drafts) if (line := draft.stripped()).text or line.notes]


def _sentences(drafts: list[_Draft]) -> list[_Draft]:
    """The lines, where a break in front of a comma or full stop ends none: it only makes room to write on."""
    kept: list[_Draft] = []
    for draft in drafts:
        if kept and draft.text.lstrip().startswith(_CLOSING) and kept[-1].text.strip():
            kept[-1].join(draft)
        else:
            kept.append(draft)
    return kept


@dataclass(slots=True)
class _Draft:
    """A line that is being put together."""

    text: str = ""
    notes: list[tuple[int, Aside]] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)

    def join(self, other: _Draft) -> None:
        """Puts another line behind this one, with a space for the break."""
        self.text += " "
        self.notes += [(len(self.text) + at, note) for at, note in other.notes]
        self.marks += [(len(self.text) + at, ordinal) for at, ordinal in other.marks if at]
        self.text += other.text

    def stripped(self) -> Line:
        """The line without the white space around it; of paragraphs that begin at one place the last counts."""
        shown = self.text.strip()
        lead = len(self.text) - len(self.text.lstrip())

        def moved(at: int) -> int:
            return min(max(at - lead, 0), len(shown))

        marks = {moved(at): ordinal for at, ordinal in self.marks if at < len(self.text)}
        return Line(shown, tuple((moved(at), note) for at, note in self.notes), tuple(marks.items()))


def _with_number(lines: list[Line], number: Number | None) -> list[Line]:
    """The lines with the number in front; a bullet is not put where there is nothing to list."""
    if number is None or (number.is_bullet and not any(line.text for line in lines)):
        return lines
    first = lines[0] if lines else Line("")
    prefix = number.text + (number.gap if first.text else "")
    shifted = tuple((at + len(prefix), note) for at, note in first.notes)
    marks = tuple((at + len(prefix) if at else 0, ordinal) for at, ordinal in first.marks)
    return [Line(prefix + first.text, shifted, marks), *lines[1:]]


def _joined(lines: list[Line]) -> Line:
    parts: list[str] = []
    notes: list[tuple[int, Aside]] = []
    marks: list[tuple[int, int]] = []
    length = 0
    for line in lines:
        if line.text and parts:
            parts.append(" ")
            length += 1
        notes += [(length + at, note) for at, note in line.notes]
        if line.text:
            marks += [(length + at, ordinal) for at, ordinal in line.marks]
            parts.append(line.text)
            length += len(line.text)
    return Line("".join(parts), tuple(notes), tuple(marks))
