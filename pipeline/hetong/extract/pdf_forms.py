"""Form fields and annotations of a PDF page: what is filled in is text at its place, remarks are comments.

PDF 32000-1, 12.5 (annotations) and 12.7 (forms). A field that shows its text by an appearance stream is drawn into the
page, so that each character has its place. The others are set here: buttons as ☑ and □, lists as what was chosen of
them, and fields that a program filled without drawing them (NeedAppearances).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfDocument, PdfPage

from hetong.document import Aside, Box
from hetong.extract.layout import TextLine
from hetong.extract.pdf_glyphs import Place, placing

_HIDDEN: Final = 0b100010  # flags Hidden and NoView of an annotation (table 165)
_MULTILINE, _PASSWORD = 1 << 12, 1 << 13  # flags of a text field (table 228)
_SHOWS_TEXT: Final = re.compile(r"T[jJ]\b|['\"]\s*(?:ET|$)")  # operators that show text (table 109)
_TYPE_SIZE: Final = re.compile(r"([\d.]+)\s+Tf")
_DATE: Final = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?")
_USUAL_SIZE, _LEADING, _INSET = 12.0, 1.2, 2.0  # points; times the size; points
_LONGEST: Final = 1 << 22  # bytes of a value
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_MOST_OPTIONS: Final = 5_000  # of a choice field
_TEXT_FIELDS: Final = (pdfium_c.FPDF_FORMFIELD_TEXTFIELD, pdfium_c.FPDF_FORMFIELD_COMBOBOX)
_BUTTONS: Final = (pdfium_c.FPDF_FORMFIELD_CHECKBOX, pdfium_c.FPDF_FORMFIELD_RADIOBUTTON)
_UNREMARKED: Final = (
    pdfium_c.FPDF_ANNOT_POPUP, pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT,
)  # fmt: skip


class Filled(NamedTuple):
    """What fields and annotations say: lines to set, comments, and whether other fields are still to be drawn."""

    lines: tuple[TextLine, ...] = ()
    comments: tuple[Aside, ...] = ()
    drawn: bool = False


class _Annotation(NamedTuple):
    """An open annotation, the form that it belongs to (None without one), its box, its subtype, its kind as a field."""

    handle: object
    form: object
    box: Box
    subtype: int
    field: int


def filled_in(document: PdfDocument, page: PdfPage, number: int) -> Filled:
    """What fields and annotations of a page say; those whose text is set here are taken off the page."""
    lines: list[TextLine] = []
    comments: list[Aside] = []
    drawn, form, place = False, document.formenv.raw if document.formenv else None, placing(page)
    for i in reversed(range(pdfium_c.FPDFPage_GetAnnotCount(page.raw))):
        handle = pdfium_c.FPDFPage_GetAnnot(page.raw, i)
        if not handle:
            continue
        annotation = _annotation(handle, form, number, place)
        own = None
        if annotation is not None:
            own, comment = _own_lines(annotation), _comment(annotation)
            lines += own or ()
            comments += comment
            drawn |= own is None and _draws_text(annotation)
        pdfium_c.FPDFPage_CloseAnnot(handle)
        if own is not None:
            pdfium_c.FPDFPage_RemoveAnnot(page.raw, i)
    return Filled(tuple(lines[::-1]), tuple(comments[::-1]), drawn)


def _annotation(handle: object, form: object, number: int, place: Place) -> _Annotation | None:
    """What an annotation is, and where as displayed; None for one that is not shown."""
    rectangle = pdfium_c.FS_RECTF()
    if pdfium_c.FPDFAnnot_GetFlags(handle) & _HIDDEN or not pdfium_c.FPDFAnnot_GetRect(handle, rectangle):
        return None
    box = Box(number, *place(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top))
    kind = pdfium_c.FPDFAnnot_GetFormFieldType(form, handle) if form else -1
    return _Annotation(handle, form, box, pdfium_c.FPDFAnnot_GetSubtype(handle), kind)


def _own_lines(annotation: _Annotation) -> list[TextLine] | None:
    """The lines set in the place of a field or free text; None for what shows its text itself, or has none."""
    if annotation.field == pdfium_c.FPDF_FORMFIELD_PUSHBUTTON:
        return []
    if annotation.field in _BUTTONS:
        ticked = pdfium_c.FPDFAnnot_IsChecked(annotation.form, annotation.handle)
        return [TextLine("☑" if ticked else "□", annotation.box, annotation.box.bottom - annotation.box.top)]
    if annotation.field == pdfium_c.FPDF_FORMFIELD_LISTBOX:
        return list(_set("\n".join(_chosen(annotation)), annotation))
    if _draws_text(annotation):
        return None
    return list(_set(_value(annotation), annotation)) or None


def _draws_text(annotation: _Annotation) -> bool:
    """Whether a text field, a combination field or a free text has an appearance that shows text.

    A field that no form knows (a form that is damaged) is taken for a text field.
    """
    unknown = annotation.subtype == pdfium_c.FPDF_ANNOT_WIDGET and annotation.field <= 0
    if not unknown and annotation.subtype != pdfium_c.FPDF_ANNOT_FREETEXT and annotation.field not in _TEXT_FIELDS:
        return False
    stream = _string(annotation.handle, pdfium_c.FPDFAnnot_GetAP, pdfium_c.FPDF_ANNOT_APPEARANCEMODE_NORMAL)
    return _SHOWS_TEXT.search(stream) is not None


def _value(annotation: _Annotation) -> str:
    """What is filled in without being drawn."""
    if annotation.subtype == pdfium_c.FPDF_ANNOT_FREETEXT:
        return _entry(annotation.handle, b"Contents")
    if annotation.field == pdfium_c.FPDF_FORMFIELD_COMBOBOX and (chosen := _chosen(annotation)):
        return chosen[0]
    if annotation.field not in _TEXT_FIELDS or _flags(annotation) & _PASSWORD:
        return ""
    return _string(annotation.form, pdfium_c.FPDFAnnot_GetFormFieldValue, annotation.handle)


def _chosen(annotation: _Annotation) -> list[str]:
    """The labels of the options that are chosen in a choice field."""
    form, handle = annotation.form, annotation.handle
    count = min(pdfium_c.FPDFAnnot_GetOptionCount(form, handle), _MOST_OPTIONS)
    chosen = [i for i in range(count) if pdfium_c.FPDFAnnot_IsOptionSelected(form, handle, i)]
    return [_string(form, pdfium_c.FPDFAnnot_GetOptionLabel, handle, i) for i in chosen]


def _flags(annotation: _Annotation) -> int:
    return int(pdfium_c.FPDFAnnot_GetFormFieldFlags(annotation.form, annotation.handle)) if annotation.form else 0


def _set(words: str, annotation: _Annotation) -> Iterator[TextLine]:
    """Words as lines in the box of a field: one in the middle of its height, several from its top."""
    box, size = annotation.box, _size(annotation)
    room = max(box.x1 - box.x0 - 2 * _INSET, size)
    several = annotation.subtype == pdfium_c.FPDF_ANNOT_FREETEXT or bool(_flags(annotation) & _MULTILINE)
    rows = [row for line in words.splitlines() for row in (_wrapped(line, room / size) if several else [line])]
    top = box.top + _INSET if len(rows) > 1 else (box.top + box.bottom - size) / 2
    for row in rows:
        if row.strip():
            right = min(box.x1, box.x0 + _INSET + _width(row) * size)
            yield TextLine(row, Box(box.page, box.x0 + _INSET, top, right, top + size), size)
        top += _LEADING * size


def _size(annotation: _Annotation) -> float:
    """The size of type in a field by its default appearance; 0 there means as large as fits."""
    found = _TYPE_SIZE.search(_entry(annotation.handle, b"DA"))
    size = float(found[1]) if found else 0.0
    return size or max(1.0, min(_USUAL_SIZE, 0.8 * (annotation.box.bottom - annotation.box.top)))


def _wrapped(line: str, room: float) -> Iterator[str]:
    """A line cut where it is wider than the room, in units of its size."""
    start, width = 0, 0.0
    for i, character in enumerate(line):
        width += _width(character)
        if width > room and i > start:
            yield line[start:i]
            start, width = i, _width(character)
    yield line[start:]


def _width(words: str) -> float:
    """About how wide words are, in units of their size."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in words)


def _comment(annotation: _Annotation) -> Iterator[Aside]:
    """The remark that an annotation carries, with author and date."""
    words = "" if annotation.subtype in _UNREMARKED else _entry(annotation.handle, b"Contents").strip()
    if words:
        author, date = _entry(annotation.handle, b"T"), _DATE.match(_entry(annotation.handle, b"M"))
        year, month, day, *time = date.groups() if date else ("", "", "")
        when = "-".join((year, month, day)) + ("T" + ":".join(time) if all(time) else "") if date else ""
        yield Aside("comment", words, annotation.box.page, annotation.box, author, when)


def _entry(handle: object, key: bytes) -> str:
    """A string of the annotation's dictionary, empty when there is none."""
    return _string(handle, pdfium_c.FPDFAnnot_GetStringValue, key)


def _string(first: object, function: Callable[..., int], *arguments: object) -> str:
    """What a function of pdfium writes into a buffer of UTF-16 characters."""
    length = function(first, *arguments, None, 0)
    if not 2 < length <= _LONGEST:
        return ""
    room = (pdfium_c.FPDF_WCHAR * (length // 2 + 1))()
    function(first, *arguments, room, length)
    return _CONTROL.sub("", bytes(room)[: length - 2].decode("utf-16-le", "replace"))
