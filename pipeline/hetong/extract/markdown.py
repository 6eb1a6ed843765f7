"""Reads the blocks of a Markdown text (CommonMark, with the pipe tables of GitHub)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from hetong.document import BlockKind, Cell
from hetong.extract.builder import TextBuilder
from hetong.extract.text_lines import joined, wrap_width

if TYPE_CHECKING:
    from markdown_it.token import Token

_BULLET: Final = "• "
_TASK: Final = re.compile(r"\[([ xX√✓])\]\s+")
_TIGHT_HEADING: Final = re.compile(r"^(#{2,6})(?=[^#\s])", re.MULTILINE)  # ##标题, as many write it
_STRONG: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")  # bold next to Chinese punctuation, which CommonMark misses
_HIDDEN: Final = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
_TAG: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>")
_LINE_TAGS: Final = frozenset(
    "address article blockquote br center dd details div dl dt footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section "
    "summary table tbody tfoot thead tr ul".split()
)
_OTHER_TAGS: Final = frozenset(
    "a abbr b big caption code col colgroup del em font i img input ins kbd label mark q s small span strike strong "
    "sub sup td th tt u var".split()
)


def read_blocks(text: str, builder: TextBuilder) -> None:
    """Adds the blocks of a Markdown text to the builder."""
    width = wrap_width([line for line in text.splitlines() if not line.lstrip().startswith("|")])
    _Reader(builder, width).read(_Parser().parse(_TIGHT_HEADING.sub(r"\1 ", _shown_part(text))))


class _Parser(MarkdownIt):
    """CommonMark without what would swallow or misread a contract's lines.

    A line of dashes under a line is no heading, an indented paragraph is no code, "[甲方]: 某公司" is no link
    definition, and "[某公司](以下简称“甲方”)" is no link.
    """

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": 100})
        self.enable("table").disable(["code", "lheading", "reference"])

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Whether what stands in brackets behind a link's words is an address."""
        return not url or (url.isascii() and re.search("[/.#:@]", url) is not None)


class _Reader:
    """One pass over the tokens of a document."""

    def __init__(self, builder: TextBuilder, width: int | None) -> None:
        self._builder, self._width = builder, width
        self._prefix = ""  # the number or bullet of the list item whose first block is to come
        self._depth = -1
        self._kind: BlockKind = "paragraph"
        self._level: int | None = None
        self._tables = 0
        self._rows: list[list[str]] = []

    def read(self, tokens: Sequence[Token]) -> None:
        in_table = False
        for token in tokens:
            if token.type.startswith(("table", "tr")):
                in_table = token.type != "table_close"
                self._table_mark(token)
            elif token.type == "inline" and in_table:
                self._rows[-1].append(" ".join(_inline(token)))
            elif token.type == "inline":
                self._add_lines(_inline(token))
            elif token.type == "fence":
                self._add_lines(token.content.splitlines())
            elif token.type == "html_block":
                self._add_lines(html.unescape(_without_tags(token.content)).splitlines())
            else:
                self._mark(token)

    def _mark(self, token: Token) -> None:
        """The beginning or end of a heading, list or list item."""
        match token.type:
            case "heading_open":
                self._kind, self._level = "heading", int(token.tag[1]) - 1
            case "heading_close":
                self._kind, self._level = "paragraph", None
            case "ordered_list_open" | "bullet_list_open":
                self._depth += 1
            case "ordered_list_close" | "bullet_list_close":
                self._depth -= 1
            case "list_item_open":
                self._prefix = f"{token.info}{token.markup} " if token.info else _BULLET

    def _table_mark(self, token: Token) -> None:
        if token.type == "table_open":
            self._rows = []
        elif token.type == "tr_open":
            self._rows.append([])
        elif token.type == "table_close":
            self._add_table()

    def _add_lines(self, lines: Sequence[str]) -> None:
        level = self._level if self._level is not None else self._depth if self._depth >= 0 else None
        for text in joined(lines, self._width):
            task = _TASK.match(text) if self._prefix == _BULLET else None
            box = ("□ " if task[1] == " " else "☑ ") if task else self._prefix
            self._builder.add(box + (text[task.end() :] if task else text), self._kind, level=level)
            self._prefix = ""

    def _add_table(self) -> None:
        for number, row in enumerate(self._rows):
            for column, text in enumerate(row if any(row) else ()):
                cell = Cell(self._tables, number, column)
                self._builder.add(text, "cell", cell=cell, end="\n" if column == len(row) - 1 else "\t")
        self._tables += 1


def _inline(token: Token) -> list[str]:
    """The lines of a paragraph, heading or cell without its marks."""
    text = _STRONG.sub(r"\1", "".join(_shown(token.children or [])))
    return [line.strip() for line in text.split("\n")]


def _shown(tokens: Sequence[Token]) -> Iterator[str]:
    """The visible text of inline tokens, piece by piece."""
    for index, token in enumerate(tokens):
        match token.type:
            case "text" | "code_inline":
                yield token.content
            case "softbreak" | "hardbreak":
                yield "\n"
            case "html_inline":
                yield _without_tags(token.content)
            case "em_open" | "em_close" | "strong_open" | "strong_close" if _is_literal(tokens, index):
                yield token.markup


def _is_literal(tokens: Sequence[Token], index: int) -> bool:
    """Whether a mark of emphasis is a sign of the text: underscores of a blank, a star that multiplies."""
    mark = tokens[index]
    if mark.markup != "*":
        return mark.markup.startswith("_")
    others = range(index + 1, len(tokens)) if mark.nesting > 0 else range(index - 1, -1, -1)
    partner = next(i for i in others if tokens[i].markup == "*" and tokens[i].level == mark.level)
    first, last = sorted((index, partner))
    before = tokens[first - 1].content[-1:] if first else ""
    after = tokens[last + 1].content[:1] if last + 1 < len(tokens) else ""
    return before.isalnum() and after.isalnum()


def _shown_part(source: str) -> str:
    """The source without HTML comments, scripts and styles; one that never ends hides nothing."""
    shown: list[str] = []
    position, endless = 0, set[str]()
    for opening in _HIDDEN.finditer(source):
        name = (opening[1] or "--").lower()
        if opening.start() < position or name in endless:
            continue
        closing = re.compile("-->" if name == "--" else f"</{name}\\s*>", re.IGNORECASE).search(source, opening.end())
        if closing is None:
            endless.add(name)
            continue
        shown.append(source[position : opening.start()])
        position = closing.end()
    return "".join([*shown, source[position:]])


def _without_tags(source: str) -> str:
    """HTML without tags; placeholders like <Company Name> are no tags and stay."""
    return _TAG.sub(_tag_text, source)


def _tag_text(match: re.Match[str]) -> str:
    name = match[1].lower()
    if name in _LINE_TAGS:
        return "\n"
    if name in ("td", "th"):
        return "" if match[0].startswith("</") else " "
    return "" if name in _OTHER_TAGS else match[0]
