"""Walks the tree of a web page: paragraphs with the numbers of their lists, tables, and only what a reader sees.

HTML Living Standard 15.3 (which elements are lines of their own, which are not shown), 4.4.5 and 4.4.8 (numbers of
lists), 4.9 (tables). The walk goes from event to event and never calls itself, so no depth of nesting is too deep.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final, Literal

from lxml import etree

from hetong.document import Aside, BlockKind
from hetong.extract.web_lists import BULLET, WebList, open_list, whole
from hetong.extract.word_inline import Revisions

_LINES: Final = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary "
    "table tbody tfoot thead td th tr ul".split()
)
_UNSEEN: Final = frozenset(
    "applet audio base canvas colgroup datalist head link meta noembed noframes noscript object param rp rt script "
    "style svg template title video".split()
)
_FRAMES: Final = frozenset("embed frame iframe object".split())
_LISTS: Final = frozenset("dir menu ol ul".split())
_CELLS: Final = frozenset(("td", "th"))
_HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_WORD_NUMBER: Final = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)  # Word puts its automatic numbers so
_HEADING: Final = re.compile("h([1-6])")
_WHITE: Final = re.compile("[ \t\n\r\f]+")  # a no-break space is none: it is often the line to write on
_DEEPEST: Final = 20  # tables in tables; what is nested deeper is text of its cell
_WIDEST: Final = 100  # columns that a cell may say it covers
_PAGE_LIKE: Final = 450  # pixels: a picture of 12 cm or more each way may hold a page


@dataclass(slots=True)
class WebParagraph:
    """A line of a page; its text begins with the number that its list gives it ("" for none or a bullet)."""

    text: str
    kind: BlockKind = "paragraph"
    number: str = ""
    level: int | None = None


@dataclass(slots=True)
class WebCell:
    """A table cell: what stands in it, and how many columns and rows it covers."""

    items: list[WebParagraph | WebTable] = field(default_factory=list)
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class WebTable:
    """The rows of a table."""

    rows: list[list[WebCell]] = field(default_factory=list)


class PageWalker:
    """Reads one page; `items` is what a reader sees, in order.

    What was met beside it is kept in `asides` (insertions and deletions), `hidden` (texts that are set as hidden),
    `frames` and `pictures` (counts of what was not read).
    """

    def __init__(self, revisions: Revisions) -> None:
        self.items: list[WebParagraph | WebTable] = []
        self.asides: list[Aside] = []
        self.hidden: list[str] = []
        self.frames = self.pictures = 0
        self._left_out = "del" if revisions == "final" else "ins"
        self._into = [self.items]
        self._tables: list[WebTable | None] = []  # those that are open; None for one that is nested too deep
        self._lists: list[WebList] = []
        self._text: list[str] = []
        self._prefix = self._number = ""  # what the next line begins with, and the part of it that is a number
        self._kind: BlockKind = "paragraph"
        self._level: int | None = None
        self._verbatim = 0
        self._picked: etree._Element | None = None  # the option that the list of choices shows
        self._changed: etree._Element | None = None  # the insertion or deletion that is open

    def walk(self, root: etree._Element) -> None:
        """Reads the tree."""
        walker, skipped = etree.iterwalk(root, events=("start", "end", "comment", "pi")), None
        for event, element in walker:
            if event == "start":
                if self._is_seen(element):
                    self._open(element)
                    self._say(element.text)
                else:
                    walker.skip_subtree()
                    skipped = element
                continue
            if event == "end" and element is not skipped:
                self._close(element)
            self._say(element.tail)
        self._flush()

    def _is_seen(self, element: etree._Element) -> bool:
        name, style = element.tag, element.get("style", "")
        self.frames += name in _FRAMES
        if name in _UNSEEN or (name == "option" and element is not self._picked):
            return False
        if element.get("hidden") is not None or _HIDING.search(style):
            self.hidden.append(_words(element))
            return False
        if _WORD_NUMBER.search(style):
            self._set_number(_words(element))
            return False
        if name in ("ins", "del"):
            self._note(name, element)
        elif name == "select":
            self._picked = _picked(element)
        return bool(name != self._left_out)

    def _note(self, name: str, element: etree._Element) -> None:
        kind: Literal["insertion", "deletion"] = "insertion" if name == "ins" else "deletion"
        text = _words(element) if self._changed is None else ""  # what is nested in a change is part of it
        if text:
            if name != self._left_out:
                self._changed = element
            self.asides.append(Aside(kind, text, author=element.get("cite", ""), date=element.get("datetime", "")))

    def _set_number(self, text: str) -> None:
        is_sign = len(text) == 1 and not (text.isdecimal() or unicodedata.east_asian_width(text) == "W")
        self._prefix = f"{BULLET if is_sign else text} " if text else ""
        self._number = "" if is_sign else text

    def _open(self, element: etree._Element) -> None:
        name = element.tag
        if name in _LINES or name == "br":
            self._flush()
        if heading := _HEADING.fullmatch(name):
            self._kind, self._level = "heading", int(heading[1]) - 1
        elif name in _LISTS:
            self._flush(empty_too=True)
            self._lists.append(open_list(element))
        elif name == "li":
            self._begin_item(element)
        elif name == "table":
            deep = len(self._tables) >= _DEEPEST
            self._tables.append(None if deep else WebTable())
        elif name == "tr" and (table := self._table()):
            table.rows.append([])
        elif name in _CELLS and (table := self._table()):
            self._begin_cell(table, element)
        elif name in ("pre", "textarea"):
            self._verbatim += 1
        elif name == "input":
            self._say(_input(element))
        elif name == "img":
            self.pictures += _is_page_like(element)

    def _close(self, element: etree._Element) -> None:
        name = element.tag
        if element is self._changed:
            self._changed = None
        if name in _LINES:
            self._flush(empty_too=name == "li")
        if _HEADING.fullmatch(name):
            self._kind, self._level = "paragraph", None
        elif name in _LISTS and self._lists:
            self._lists.pop()
        elif name == "table" and self._tables:
            table = self._tables.pop()
            self._into[-1] += [table] if table else []
        elif name in _CELLS and self._table():
            self._into.pop()
        elif name in ("pre", "textarea"):
            self._verbatim -= 1

    def _table(self) -> WebTable | None:
        return self._tables[-1] if self._tables else None

    def _begin_item(self, element: etree._Element) -> None:
        of = self._lists[-1] if self._lists else WebList("disc")
        self._prefix, self._number = of.number(element)

    def _begin_cell(self, table: WebTable, element: etree._Element) -> None:
        columns, rows = (whole(element.get(side)) for side in ("colspan", "rowspan"))
        cell = WebCell([], min(max(columns or 1, 1), _WIDEST), max(rows if rows is not None else 1, 0))
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(cell)
        self._into.append(cell.items)

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if not self._verbatim:
            self._text.append(text)
            return
        *lines, rest = text.split("\n")
        for line in lines:
            self._text.append(line)
            self._flush()
        self._text.append(rest)

    def _flush(self, *, empty_too: bool = False) -> None:
        """Ends the line; one without text is left out, or, when asked for, still shows the number of its list."""
        raw = "".join(self._text)
        text = _shown(raw).strip()
        self._text.clear()
        if text or (empty_too and self._number):
            level = self._level if self._level is not None else len(self._lists) - 1 if self._lists else None
            line = (self._prefix + text).strip()
            self._into[-1].append(WebParagraph(line, self._kind, self._number, level))
            self._prefix = self._number = ""


def _shown(raw: str) -> str:
    """Text with its white space as shown; a line that the source breaks between Chinese characters has no gap there."""

    def gap(match: re.Match[str]) -> str:
        before, after = raw[match.start() - 1 : match.start()], raw[match.end() : match.end() + 1]
        is_chinese = "\n" in match[0] and bool(before and after) and _is_wide(before) and _is_wide(after)
        return "" if is_chinese else " "

    return _WHITE.sub(gap, raw).replace("\u00ad", "")


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _words(element: etree._Element) -> str:
    """All text of an element on one line, but for scripts and styles."""
    return " ".join(" ".join(element.xpath(".//text()[not(parent::script or parent::style)]")).split())


def _input(element: etree._Element) -> str:
    """What a field of a form shows."""
    match element.get("type", "text").lower():
        case "checkbox" | "radio":
            return "☑" if element.get("checked") is not None else "□"
        case "text" | "date" | "month" | "number" | "tel" | "email" | "url" | "search" | "time" | "datetime-local":
            return str(element.get("value", ""))
    return ""


def _picked(select: etree._Element) -> etree._Element | None:
    """The option of a list of choices that shows: the selected one, or the first when none is."""
    choices = list(select.iter("option"))
    return next((choice for choice in choices if choice.get("selected") is not None), choices[0] if choices else None)


def _is_page_like(image: etree._Element) -> bool:
    sides = [whole(image.get(side, "").removesuffix("px")) for side in ("width", "height")]
    return all(side is not None and side >= _PAGE_LIKE for side in sides)
