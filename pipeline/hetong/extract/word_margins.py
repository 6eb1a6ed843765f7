"""What a Word file holds beside its body: comments, footnotes, endnotes, headers, footers, watermarks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from lxml import etree

from hetong.document import Aside
from hetong.extract.word_body import BodyReader
from hetong.extract.word_fields import mend_fields
from hetong.extract.word_inline import InlineReader, Revisions
from hetong.extract.word_numbering import Numbering
from hetong.extract.word_package import Package, w
from hetong.extract.word_sight import Sight
from hetong.extract.word_styles import Styles

_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NOTES: Final[tuple[tuple[str, str, Literal["comment", "footnote"]], ...]] = (
    ("comments", "comment", "comment"),
    ("footnotes", "footnote", "footnote"),
    ("endnotes", "endnote", "footnote"),
)
_MARGINS: Final[tuple[Literal["header", "footer"], ...]] = ("header", "footer")


def read_notes(package: Package, styles: Styles, revisions: Revisions) -> dict[tuple[str, str], Aside]:
    """Comments, footnotes and endnotes by (kind of reference, identifier), each still without its place."""
    notes = {}
    for part, name, kind in _NOTES:
        for note in (note for root in package.related(part) for note in root.iterfind(w(name))):
            text, _ = _text(note, styles, revisions)
            if text and note.get(w("type")) in (None, "normal"):  # the other types are the lines that separate notes
                made = Aside(kind, text, author=note.get(w("author"), ""), date=note.get(w("date"), ""))
                notes[name, note.get(w("id"), "")] = made
    return notes


def read_margins(package: Package, body: etree._Element, styles: Styles, revisions: Revisions) -> Iterator[Aside]:
    """The headers and footers that the sections of the body name, and the watermarks in them; each text once."""
    seen: set[Aside] = set()
    for kind in _MARGINS:
        for reference in body.iter(w(f"{kind}Reference")):
            part = package.linked(reference.get(_R + "id", ""))
            if part is None:
                continue
            text, watermarks = _text(part, styles, revisions)
            for aside in (Aside(kind, text), *(Aside("watermark", mark) for mark in watermarks)):
                if aside.text and aside not in seen:
                    seen.add(aside)
                    yield aside


def _text(container: etree._Element, styles: Styles, revisions: Revisions) -> tuple[str, list[str]]:
    """The text of a part outside the body, whose fields are its own, and its watermarks."""
    mend_fields(container)
    inline = InlineReader(styles, Sight(styles), {}, revisions)
    text = BodyReader(inline, Numbering(None, styles)).flat(container).text
    return text, inline.watermarks
