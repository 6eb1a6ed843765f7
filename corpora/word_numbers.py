"""Word's automatic numbering for a printed contract: which numbers Word can count by itself, and how it is told to.

OOXML: ECMA-376 part 1, 17.9 (numbering). A number that Word would count differently stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from hetong.corpus import PrintedLine
from hetong.numerals import integer

# Printed form of a number → (format of the level, text of the level); {n} is the level's own number in Word
FORMS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile("第[一二三四五六七八九十百]+章"), "chineseCountingThousand", "第%{n}章"),
    (re.compile("第[一二三四五六七八九十百]+条"), "chineseCountingThousand", "第%{n}条"),
    (re.compile("第[0-9]+条"), "decimal", "第%{n}条"),
    (re.compile("[一二三四五六七八九十]+、"), "chineseCountingThousand", "%{n}、"),
    (re.compile("（[一二三四五六七八九十]+）"), "chineseCountingThousand", "（%{n}）"),
    (re.compile("（[0-9]+）"), "decimal", "（%{n}）"),
    (re.compile(r"\([0-9]+\)"), "decimal", "(%{n})"),
    (re.compile(r"[0-9]+\)"), "decimal", "%{n})"),
    (re.compile("[0-9]+、"), "decimal", "%{n}、"),
    (re.compile(r"[0-9]+\."), "decimal", "%{n}."),
    (re.compile("[0-9]+"), "decimal", "%{n}"),
    (re.compile(r"[0-9]+\.[0-9]+"), "decimal", "%{above}.%{n}"),
)


class Level(NamedTuple):
    """One level of a list: how it counts and what it prints."""

    form: str
    text: str


def levels_of(lines: Sequence[PrintedLine]) -> dict[int, Level]:
    """The level of each depth of a contract, by the first number printed at that depth."""
    levels: dict[int, Level] = {}
    for line in lines:
        if line.part == "clause" and line.starts and line.clause and line.depth not in levels:
            for pattern, form, text in FORMS:
                if pattern.fullmatch(line.clause.number):
                    levels[line.depth] = Level(form, text.format(n=line.depth + 1, above=line.depth))
    return levels


class Counter:
    """Counts as Word does: each level starts again below a new number of a level above it, articles excepted."""

    def __init__(self, levels: dict[int, Level]) -> None:
        self._levels = levels
        self._counts: dict[int, int] = {}

    def counts(self, line: PrintedLine) -> bool:
        """Whether Word would print this line's number by itself; moves the count on if so."""
        number = line.clause.number if line.clause else ""
        if not line.starts or line.depth not in self._levels or not number:
            return False
        expected = self._counts.get(line.depth, 0) + 1
        if self._printed(line.depth, expected) != re.sub(r"[第条章（）()、.]+", " ", number).split():
            return False
        self._counts[line.depth] = expected
        for deeper in [d for d in self._counts if d > line.depth and not self._goes_on(d)]:
            del self._counts[deeper]
        return True

    def _goes_on(self, depth: int) -> bool:
        return "条" in self._levels[depth].text

    def _printed(self, depth: int, count: int) -> list[str]:
        level = self._levels[depth]
        own = str(count) if level.form == "decimal" else _chinese(count)
        return [str(self._counts.get(depth - 1, 0)), own] if level.text.count("%") == 2 else [own]


def _chinese(count: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(count, 10)
    text = ("" if tens < 2 else digits[tens]) + ("十" if tens else "") + (digits[ones] if ones else "")
    assert integer(text) == count
    return text


def define(document: Document, levels: dict[int, Level]) -> int:
    """Adds a multilevel list to a document and returns its number for `apply`."""
    numbering = document.part.numbering_part.element
    abstract, number = 90, 90
    rows = "".join(_level_xml(depth, level) for depth, level in sorted(levels.items()))
    space = nsdecls("w")
    definition = f'<w:multiLevelType w:val="multilevel"/>{rows}'
    numbering.insert(0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="{abstract}">{definition}</w:abstractNum>'))
    use = f'<w:abstractNumId w:val="{abstract}"/>'
    numbering.append(parse_xml(f'<w:num {space} w:numId="{number}">{use}</w:num>'))
    return number


def _level_xml(depth: int, level: Level) -> str:
    restart = '<w:lvlRestart w:val="0"/>' if "条" in level.text else ""
    legal = "<w:isLgl/>" if level.text.count("%") == 2 else ""
    suffix = "nothing" if level.text[-1] in "、）)" else "space"
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{level.form}"/>{restart}{legal}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def apply(paragraph: Paragraph, number: int, depth: int) -> None:
    """Makes a paragraph an item of the list at a depth."""
    properties = paragraph._p.get_or_add_pPr()
    place = f'<w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/>'
    properties.append(parse_xml(f"<w:numPr {nsdecls('w')}>{place}</w:numPr>"))
