"""Joins lines into paragraphs, across lines, columns and pages.

A line goes on in the next one when it fills the line to the right margin: the first word of the next line would
not have fitted. Whatever the margin says, a number, a label of a form, a new indent or another size of type begins
a new paragraph.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from math import inf
from typing import Literal, NamedTuple

from hetong.document import Box, Line
from hetong.extract.layout import SIDE_NOTE, GridCell, TextLine
from hetong.extract.openings import are_labelled, opens_with_label, opens_with_number
from hetong.extract.text_area import TextArea
from hetong.geometry import cut

_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ENDINGS, _QUOTES = "。；：！？!?;:….", "”’）)]】』」"
_LEADERS = re.compile(r"(?:[.．…·‧•_]\s*){4,}[-—(（]?\s*[0-9ivxIVX]{1,5}\s*[-—)）]?$")
_ENTRY = re.compile(r"\S\s{3,}[-—(（]?\s*[0-9ivxIVX]{1,4}\s*[-—)）]?$")  # a page number behind a wide blank
_CONTENTS = ("目录", "目次", "目錄", "CONTENTS", "TABLEOFCONTENTS")
_DATES = re.compile(r"(?:[\s_0-9]*年[\s_0-9]*月[\s_0-9]*日)+\s*")
_BLANK = " " * 4  # at least so wide is the blank between two halves of a form
# What cannot be parted from the first character of a line; a “ that follows a character stays with it
_UNBROKEN = re.compile(
    r"[（(\[【《“‘「『〈￥¥$ ]*(?:[!-~]+|.)(?:[，。、；：！？）)\]】》”’」』〉,.;:!?%％‰…]+[!-~]*|[“‘/·]\S?)*"
)
_COUNTING = "第之〇零一二三四五六七八九十百千"  # 第 | （一）项, 百分之一百 | 五十: a number goes on behind them
_RAGGED = 8  # characters that a line may leave where the indents say that its sentence goes on
_LONGEST_HEADING = 60  # characters
_TAIL = 80  # characters in which leaders and page number of a line of contents must stand
PrintedLine = tuple[int, int, Box, tuple[tuple[int, float], ...]]

_PADDING = 5.4  # points between the ruling of a cell and its text, as word processors set it


class Paragraph(NamedTuple):
    """Lines that make one paragraph, and whether it is a heading by its size or a line of a table of contents."""

    lines: tuple[TextLine, ...]
    heading: bool
    contents: bool


def paragraphs(lines: Sequence[TextLine], areas: dict[tuple[int, int], TextArea]) -> Iterator[Paragraph]:
    """The paragraphs of lines in reading order, which may run over several pages.

    Side notes come behind the paragraphs that begin on their page, and so part none.
    """
    notes = deque(_paragraphs([line for line in lines if line.column == SIDE_NOTE], areas))
    for paragraph in _paragraphs([line for line in lines if line.column != SIDE_NOTE], areas):
        while notes and notes[0].lines[0].box.page < paragraph.lines[0].box.page:
            yield notes.popleft()
        yield paragraph
    yield from notes


def _paragraphs(lines: Sequence[TextLine], areas: dict[tuple[int, int], TextArea]) -> Iterator[Paragraph]:
    """The paragraphs that consecutive lines make."""
    group: list[TextLine] = []
    entry = False  # whether the group is an entry of a table of contents
    for line in lines:
        listed = (entry or _announces_contents(group)) and _ENTRY.search(line.text[-_TAIL:]) is not None
        if group and (entry or listed or not _goes_on(group, line, areas)):
            yield _paragraph(group, areas, entry)
            group = []
        group.append(line)
        entry = listed
    if group:
        yield _paragraph(group, areas, entry)


def cell_paragraphs(cell: GridCell, lines: Sequence[TextLine]) -> Iterator[Paragraph]:
    """The paragraphs in a cell of a table; its lines may be centred, or keep a margin of their own."""
    width = cell.box.x1 - cell.box.x0 - 2 * _PADDING
    edge = _shared_edge(lines)
    group: list[TextLine] = []
    for line in lines:
        if group:
            box = group[-1].box
            room = min(width - (box.x1 - box.x0), edge - box.x1)
            if not _fills(room, group[-1], line) or opens_with_number(line.text) or opens_with_label(line.text):
                yield Paragraph(tuple(group), False, False)
                group = []
        group.append(line)
    if group:
        yield Paragraph(tuple(group), False, False)


def _shared_edge(lines: Sequence[TextLine]) -> float:
    """The x at which the longest lines of a cell end, when several do; else no bound."""
    ends = sorted((line.box.x1 for line in lines), reverse=True)
    return ends[0] if len(ends) >= 3 and ends[0] - ends[1] < 0.5 * lines[0].em else inf


def joined(lines: Sequence[TextLine]) -> tuple[str, list[PrintedLine]]:
    """The text of a paragraph, and its lines as (start, end, box, anchors) in that text.

    No space between Chinese characters; one between Latin words; a word broken by a hyphen is made whole.
    """
    parts: list[str] = []
    placed: list[PrintedLine] = []
    length = 0
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        text, between = line.text, ""
        if after is not None:
            between = seam(text, after.text)
            text, between = (text[:-1], "") if between == "-" else (text, between)
        anchors = tuple([(i + length, x) for i, x in line.anchors]) if length else line.anchors
        placed.append((length, length + len(text), line.box, anchors))
        parts += [text, between]
        length += len(text) + len(between)
    return "".join(parts), placed


def seam(before: str, after: str) -> str:
    """What stands between two lines of a paragraph: nothing, a space, or "-" for a hyphen to take away."""
    last, first = before[-1:], after[:1]
    word = before.rsplit(None, 1)[-1]
    if "://" in word or "www." in word or "@" in word:
        return ""
    if last == "-" and before[-2:-1].islower() and first.islower() and first.isascii():
        return "-"
    apart = last.isascii() and first.isascii() and last not in "-/_@" and not first == last == "_"
    return " " if apart else ""


def _goes_on(group: Sequence[TextLine], line: TextLine, areas: dict[tuple[int, int], TextArea]) -> bool:
    """Whether a line continues the paragraph that the lines before it make."""
    before = group[-1]
    if before.column != line.column and before.box.page == line.box.page and (before.column, line.column) != (1, 2):
        return False
    if _stacked(before, line) or _is_centred_pair(before, line, areas[line.box.page, line.column]):
        return True
    ended = before.text.rstrip(_QUOTES)[-1:] in _ENDINGS
    room = areas[before.box.page, before.column].right - before.box.x1
    if not _fills(room, before, line) and (ended or room > _RAGGED * before.em or not _hangs_below(group, line, areas)):
        return False
    area = areas[line.box.page, line.column]
    place = _place(group, line, areas, ended)
    if place == "first" or _other_size(before, line) or _far_below(group, line, area):
        return False
    numbered = (ended or (place == "either" and before.text[-1] not in _COUNTING)) and opens_with_number(line.text)
    labelled = opens_with_label(line.text) or are_labelled(before.text, line.text)
    heading = ended and _looks_like_heading(line, area)
    return not (numbered or labelled or heading or _stands_alone(before.text) or _stands_alone(line.text))


def _stands_alone(text: str) -> bool:
    """Whether a line of a table of contents, or a row of a form: a label in each half, or one and a wide blank."""
    if _BLANK in text:
        halves = [half for half in text.split(_BLANK) if ":" in half or "：" in half]
        if opens_with_label(text) or (len(halves) > 1 and not any(c in "，。；" for c in text)):
            return True
    return _is_contents(text) or _DATES.fullmatch(text) is not None


def _announces_contents(group: Sequence[TextLine]) -> bool:
    """Whether a line says that a table of contents follows, which may do without leaders."""
    return len(group) == 1 and len(group[0].text) < 30 and "".join(group[0].text.split()).upper() in _CONTENTS


def _is_contents(text: str) -> bool:
    """Whether a line of a table of contents: dots that lead to a page number."""
    return text[-1] in "0123456789ivxIVX-—)）" and _LEADERS.search(text[-_TAIL:]) is not None


def _stacked(before: TextLine, line: TextLine) -> bool:
    """Whether two lines are characters of a vertical title."""
    single = len(before.text) == len(line.text) == 1 and _HAN.match(line.text) is not None
    return single and abs(before.box.x0 - line.box.x0) < 0.2 * line.em


def _is_centred_pair(before: TextLine, line: TextLine, area: TextArea) -> bool:
    """Whether two lines are a title that is centred and was too long for one line."""
    a, b = before.box, line.box
    if a.page != b.page or abs(before.em - line.em) > 0.1 * line.em or b.bottom - a.bottom > 2.5 * line.em:
        return False
    centred = abs(a.x0 + a.x1 - b.x0 - b.x1) < line.em and b.x0 - a.x0 > line.em
    words = before.text[-1] not in _ENDINGS and "：" not in before.text and not line.text[0].isdecimal()
    return centred and words and _fills(area.right - area.left - (a.x1 - a.x0), before, line)


def _fills(room: float, before: TextLine, after: TextLine) -> bool:
    """Whether the first word after a line would not have fitted in the room (points) that the line leaves."""
    first = _UNBROKEN.match(after.text)
    if first is None or first.end() == 1 or room < 1.5 * before.em:  # no word is narrower than a character
        return room < 1.5 * before.em
    box = cut(after.text, Line(0, len(after.text), after.box, after.anchors), 0, first.end())
    return room < box.x1 - box.x0 + 0.5 * before.em


def _other_size(before: TextLine, line: TextLine) -> bool:
    """Whether two lines of Chinese are set in different sizes."""
    if not (_HAN.search(before.text) and _HAN.search(line.text)):
        return False
    return not 0.87 < before.em / line.em < 1.15


def _far_below(group: Sequence[TextLine], line: TextLine, area: TextArea) -> bool:
    """Whether a line keeps more distance than lines of its paragraph, or of its page, do."""
    before = group[-1]
    if before.box.page != line.box.page or before.column != line.column:
        return False
    usual = area.pitch
    if len(group) > 1 and group[-2].box.page == before.box.page and group[-2].column == before.column:
        usual = before.box.bottom - group[-2].box.bottom
    return line.box.bottom - before.box.bottom > 1.4 * usual + 1


def _looks_like_heading(line: TextLine, area: TextArea) -> bool:
    """Whether a short line has no punctuation, as the last line of a paragraph would."""
    short = line.box.x1 - line.box.x0 < 0.5 * (area.right - area.left)
    return short and line.text[-1] != "." and not any(c in "，。；、：！？,;:" for c in line.text)


def _hangs_below(group: Sequence[TextLine], line: TextLine, areas: dict[tuple[int, int], TextArea]) -> bool:
    """Whether a line begins to the left of the first line of a paragraph that has an indent of two characters."""
    first = group[0]
    indent = first.box.x0 - areas[first.box.page, first.column].left
    return indent > 1.5 * first.em and abs(line.box.x0 - areas[line.box.page, line.column].left) < 0.5 * line.em


def _place(
    group: Sequence[TextLine], line: TextLine, areas: dict[tuple[int, int], TextArea], ended: bool
) -> Literal["first", "further", "either"]:
    """Which line of a paragraph begins where this one does: its first, a further one, or either, by the indents."""

    def indent(member: TextLine) -> float:
        return (member.box.x0 - areas[member.box.page, member.column].left) / line.em

    first, here = indent(group[0]), indent(line)
    if len(group) > 1:
        further = indent(group[1])
        if abs(here - further) >= 0.8:
            return "first"
        return "further" if abs(first - further) > 0.6 else "either"
    if here < first - 0.6:
        return "further"
    if ended and first >= 1.2:  # a sentence ends, in a text that indents its paragraphs
        return "first"
    if here > first + 0.6:
        hanging = here - first < 6 and opens_with_number(group[0].text)
        return "further" if hanging else "first"
    return "either"


def _paragraph(group: Sequence[TextLine], areas: dict[tuple[int, int], TextArea], entry: bool) -> Paragraph:
    """The lines as a paragraph, with what its looks say of it."""
    first = group[0]
    large = first.em > 1.15 * areas[first.box.page, first.column].em and _HAN.search(first.text) is not None
    sentence = group[-1].text[-1:] in "。；！？，、;," or sum(len(line.text) for line in group) > _LONGEST_HEADING
    contents = entry or (len(group) == 1 and _is_contents(first.text))
    return Paragraph(tuple(group), large and not sentence and not contents, contents)
