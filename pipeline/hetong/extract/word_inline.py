"""Reads the inline content of Word paragraphs: runs, fields, revisions, notes, symbols, drawings.

ECMA-376 Part 1, 17.3.2 (runs), 17.13 (revisions, comments), 17.16 (fields).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, NamedTuple

from lxml import etree

from hetong.document import Aside
from hetong.extract.word_drawings import is_page_like
from hetong.extract.word_fields import drawn_by, form_value, is_of_today
from hetong.extract.word_math import math_text
from hetong.extract.word_package import w
from hetong.extract.word_sight import Sight
from hetong.extract.word_styles import StyleFacts, Styles, is_on, value
from hetong.extract.word_symbols import is_symbol_font, symbol

Revisions = Literal["final", "original"]
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TEXT_PATH: Final = "{urn:schemas-microsoft-com:vml}textpath"
_OBJECTS: Final = frozenset(
    (
        "{urn:schemas-microsoft-com:office:office}OLEObject",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    )
)  # what shows something that is kept in a part of its own: embedded files, charts, SmartArt
_CHANGES: Final[Mapping[str, Literal["insertion", "deletion"]]] = {
    w("ins"): "insertion", w("moveTo"): "insertion", w("del"): "deletion", w("moveFrom"): "deletion",
}  # fmt: skip
_WRAPPERS: Final = frozenset(
    w(n) for n in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "fldSimple", "rubyBase")
)
_SIGNS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SPACES: Final = re.compile(r"[\n\r]")
_PRIVATE: Final = re.compile("[\uf020-\uf0ff]")


class TextBox(NamedTuple):
    """A text box anchored in a paragraph; `content` holds its paragraphs."""

    content: etree._Element


class Mark(NamedTuple):
    """The beginning of a paragraph: its ordinal among the w:p elements of the part."""

    ordinal: int


Token = str | Aside | TextBox | Mark  # a newline in a text is a break inside the paragraph


@dataclass(slots=True)
class _Field:
    """A field that has begun and not yet ended (17.16.18): its instruction, then its result."""

    begin: etree._Element
    instruction: str = ""
    in_result: bool = False


@dataclass(slots=True)
class InlineReader:
    """Reads paragraphs one after another; fields may span several, so their state is kept here.

    `notes` are the comments and notes by (kind of reference, identifier). What was met on the way is collected in
    `hidden` (hidden texts), `faint` (texts that are there but that nobody can see), `watermarks`, and counted:
    `unknown_symbols`, `pictures`, `objects` (charts, diagrams, embedded files) and `dates` (that change by themselves).
    """

    styles: Styles
    sight: Sight
    notes: Mapping[tuple[str, str], Aside]
    revisions: Revisions
    hidden: list[str] = field(default_factory=list)
    watermarks: list[str] = field(default_factory=list)
    unknown_symbols: int = 0
    pictures: int = 0
    objects: int = 0
    dates: int = 0
    faint: list[str] = field(default_factory=list)
    in_contents: bool = False  # the paragraph's first words were the result of a TOC field
    _fields: list[_Field] = field(default_factory=list)
    _placed: set[tuple[str, str]] = field(default_factory=set)
    _spoken: bool = False
    _hide: bool = False
    _style: StyleFacts = field(default_factory=StyleFacts)

    def read(self, paragraph: etree._Element, style: StyleFacts) -> list[Token]:
        """The tokens of a paragraph in reading order, in the reading of revisions that was asked for."""
        self._style, self._spoken, self.in_contents = style, False, False
        tokens: list[Token] = []
        self._walk(paragraph, tokens)
        return tokens

    def unplaced(self) -> Iterator[Aside]:
        """Comments that no paragraph refers to."""
        return (note for key, note in self.notes.items() if key not in self._placed and note.kind == "comment")

    def _walk(self, container: etree._Element, out: list[Token]) -> None:
        for child in container:
            tag = child.tag
            if tag == w("r"):
                self._run(child, out)
            elif tag in _CHANGES:
                self._change(child, out)
            elif tag in _WRAPPERS:
                self.dates += is_of_today(child.get(w("instr"), ""))
                self._walk(child, out)
            elif tag == w("sdt"):
                self._control(child, out)
            elif tag == w("commentRangeStart"):
                self._note("comment", child, out)
            elif tag in (_M + "oMath", _M + "oMathPara"):
                self._say(math_text(child), out)
            elif tag == MC + "AlternateContent":
                self._walk(chosen(child), out)

    def _run(self, run: etree._Element, out: list[Token]) -> None:
        properties = run.find(w("rPr"))
        self._hide, font = self._is_hidden(properties), _font(properties)
        before = len(out)
        for child in run:
            self._run_child(child, font, out)
        self._hide = False
        if self.sight.is_faint(run, properties, self._style):
            self.faint.append(plain(out[before:]))

    def _run_child(self, child: etree._Element, font: str, out: list[Token]) -> None:
        match child.tag.rpartition("}")[2]:
            case "t" | "delText":
                self._say(self._unicode(_SPACES.sub(" ", child.text or ""), font), out)
            case "tab" | "ptab" | "br" | "cr" | "noBreakHyphen" as sign:
                self._say(_SIGNS[sign], out)
            case "sym":
                self._say(self._symbol(child.get(w("char"), ""), child.get(w("font"), "")), out)
            case "contentPart":
                self.objects += 1
            case "fldChar":
                self._field_mark(child, out)
            case "instrText" | "delInstrText":
                if self._fields:
                    self._fields[-1].instruction += child.text or ""
            case "footnoteReference" | "endnoteReference" | "commentReference":
                self._note(child.tag.rpartition("}")[2].removesuffix("Reference"), child, out)
            case "drawing" | "pict" | "object":
                self._drawing(child, out)
            case "ruby":
                self._walk(child, out)
            case "AlternateContent":
                for inner in chosen(child):
                    self._run_child(inner, font, out)

    def _say(self, text: str, out: list[Token]) -> None:
        """Adds visible text, unless it belongs to a field's instruction or is hidden."""
        if not text or any(not f.in_result for f in self._fields):
            return
        if self._hide:
            self.hidden.append(text)
            return
        if not self._spoken and text.strip():
            self._spoken = True
            self.in_contents = any(f.instruction.split()[:1] == ["TOC"] for f in self._fields)
        out.append(text)

    def _change(self, element: etree._Element, out: list[Token]) -> None:
        """A revision: noted as an aside, and its text taken or left by the reading asked for (17.13.5)."""
        kind = _CHANGES[element.tag]
        inner: list[Token] = []
        self._walk(element, inner)
        kept = (kind == "insertion") == (self.revisions == "final")
        text = plain(inner).replace("\n", " ")
        if text:
            note = Aside(kind, text, author=element.get(w("author"), ""), date=element.get(w("date"), ""))
            _join_change(out, note, kept)
        out += inner if kept else [t for t in inner if isinstance(t, Aside)]

    def _control(self, control: etree._Element, out: list[Token]) -> None:
        """A content control: its content, or a ticked or empty box for a check box (w14:checkbox)."""
        box = control.find(f"{w('sdtPr')}/{_W14}checkbox")
        if box is not None:
            state = box.find(_W14 + "checked")
            self._say("☑" if state is not None and is_on(state, _W14 + "val") else "□", out)
            return
        content = control.find(w("sdtContent"))
        if content is None:
            return
        inner: list[Token] = []
        self._walk(content, inner)
        if is_prompt(control) and plain(inner).strip():
            out.append(Aside("placeholder", plain(inner).replace("\n", " ")))
        out += inner

    def _note(self, kind: str, reference: etree._Element, out: list[Token]) -> None:
        key = (kind, reference.get(w("id"), ""))
        if key in self.notes and key not in self._placed:
            self._placed.add(key)
            out.append(self.notes[key])

    def _field_mark(self, mark: etree._Element, out: list[Token]) -> None:
        match mark.get(w("fldCharType")):
            case "begin":
                self._fields.append(_Field(mark))
            case "separate" if self._fields:
                self._fields[-1].in_result = True
            case "end" if self._fields:
                ended = self._fields.pop()
                self.dates += is_of_today(ended.instruction)
                self._say(form_value(ended.begin) or ("" if ended.in_result else drawn_by(ended.instruction)), out)

    def _drawing(self, element: etree._Element, out: list[Token]) -> None:
        """Text boxes and watermarks inside a drawing; of two renderings of one drawing only the first is read."""
        for child in element:
            if child.tag == w("txbxContent"):
                out.append(TextBox(child))
            elif child.tag == _TEXT_PATH:
                self.watermarks.append(child.get("string", ""))
            else:
                self.objects += child.tag in _OBJECTS
                self.pictures += is_page_like(child)
                self._drawing(chosen(child) if child.tag == MC + "AlternateContent" else child, out)

    def _is_hidden(self, properties: etree._Element | None) -> bool:
        if properties is None:
            return self._style.hidden
        vanish, style = properties.find(w("vanish")), properties.find(w("rStyle"))
        if vanish is not None:
            return is_on(vanish)
        return self._style.hidden or (style is not None and self.styles.character(value(style, "")).hidden)

    def _unicode(self, text: str, font: str) -> str:
        """The text with codes of symbol fonts turned into characters."""
        if is_symbol_font(font):
            return "".join(self._symbol(f"{ord(c):X}", font) for c in text)
        return _PRIVATE.sub(lambda match: self._symbol(f"{ord(match[0]):X}", font), text)

    def _symbol(self, code: str, font: str) -> str:
        shown = symbol(int(code, 16), font) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else ""
        self.unknown_symbols += not shown
        return shown or "\ufffd"


def is_prompt(control: etree._Element) -> bool:
    """Whether a content control shows its prompt (单击此处输入文字) because nobody filled it in (17.5.2.39)."""
    return is_on(control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}"))


def chosen(alternate: etree._Element) -> etree._Element:
    """The branch of mc:AlternateContent to read: the first choice, else the fallback, else itself (ECMA-376 Part 3)."""
    choice = alternate.find(MC + "Choice")
    branch = choice if choice is not None else alternate.find(MC + "Fallback")
    return branch if branch is not None else alternate


def plain(tokens: list[Token]) -> str:
    """The text of tokens."""
    return "".join(token for token in tokens if isinstance(token, str))


def _join_change(out: list[Token], note: Aside, kept: bool) -> None:
    """Appends the note of a revision, or extends the note before it when it is the same person's same change."""
    index = len(out)
    while index and isinstance(out[index - 1], str):
        index -= 1
    last = out[index - 1] if index else None
    same = isinstance(last, Aside) and (last.kind, last.author, last.date) == (note.kind, note.author, note.date)
    if isinstance(last, Aside) and same and plain(out[index:]).replace("\n", " ") == (last.text if kept else ""):
        out[index - 1] = replace(last, text=last.text + note.text)
    else:
        out.append(note)


def _font(properties: etree._Element | None) -> str:
    fonts = properties.find(w("rFonts")) if properties is not None else None
    return str(fonts.get(w("ascii"), "")) if fonts is not None else ""
