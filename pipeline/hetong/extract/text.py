"""Reads plain text and Markdown."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from hetong.document import Aside, Contract, Problem, Source
from hetong.errors import FileError
from hetong.extract.builder import MOST_BLOCKS, TextBuilder
from hetong.extract.text_encoding import decode
from hetong.extract.text_lines import joined, page_numbers, wrap_width
from hetong.extract.text_tables import drawn_rows, is_drawn

_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n")
_LONGEST: Final = 20_000  # characters of a paragraph in Markdown
_DEEP: Final = re.compile(r"^(?:[ \t]{0,3}>){30}|^[ \t]{80}[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]", re.MULTILINE)


def read_text(data: bytes, source: Source) -> Contract:
    """A contract from the bytes of a plain text file.

    One line is one paragraph, unless the whole text was broken at a fixed width: then lines are joined back into
    sentences, and lines that only hold a page number become asides. Tables drawn with characters become cells.
    Blank lines and the white space around a line are left out.

    Raises:
        FileError: the bytes are no text.
    """
    text, broken = decode(data, source.path)
    lines = text.splitlines()
    width = wrap_width([line for line in lines if not is_drawn(line)])
    numbers = page_numbers(lines) if width else set()
    builder, tables = TextBuilder(source.path), 0
    builder.asides += [Aside("page-number", lines[index].strip()) for index in sorted(numbers)]
    kept = [line for index, line in enumerate(lines) if index not in numbers]
    for drawn, group in groupby(kept, key=is_drawn):
        run = list(group)
        if drawn and len(run) > 1:
            _add_table(builder, run, tables)
            tables += 1
        else:
            for paragraph in joined(run, width):
                builder.add(paragraph)
    return _finished(builder, source, broken)


def read_markdown(data: bytes, source: Source) -> Contract:
    """A contract from the bytes of a Markdown file (CommonMark with pipe tables).

    Headings keep their level (from 0), lists their numbers, tables become cells; marks of emphasis, links, code and
    HTML are taken off. A line of a paragraph is a block. Underscores stay: in a contract they are blanks to fill in.
    With a paragraph longer than any, whose marks would take time that grows with its square, all is plain text, and so
    it is when lists or quotes are nested deeper than the parser goes, which would leave out what is in them.

    Raises:
        FileError: the bytes are no text, or have more lines than any contract.
    """
    from hetong.extract.markdown import read_blocks

    text, broken = decode(data, source.path)
    if max(map(len, _BLANK_LINE.split(text))) > _LONGEST or _DEEP.search(text):
        return read_text(data, source)
    if text.count("\n") > MOST_BLOCKS:
        raise FileError(source.path, "too-much-text", limit=MOST_BLOCKS)
    builder = TextBuilder(source.path)
    read_blocks(text, builder)
    return _finished(builder, source, broken)


def _add_table(builder: TextBuilder, lines: list[str], table: int) -> None:
    for row in drawn_rows(lines, table):
        for cell in row:
            builder.add(cell.text, "cell", cell=cell.place, end="\n" if cell is row[-1] else "\t")


def _finished(builder: TextBuilder, source: Source, broken: int) -> Contract:
    if broken:
        builder.problems.append(Problem("extract", "broken-characters", values=(("count", str(broken)),)))
    return builder.contract(source)
