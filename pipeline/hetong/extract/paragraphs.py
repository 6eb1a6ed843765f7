"""Joins lines into paragraphs, across lines, columns and pages.

A line goes on in the next one when it fills the line to the right margin: the first word of the next line would
not have fitted. Whatever the margin says, a number, a label of a form, a new indent or another size of type begins
a new paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import inf
from typing import Literal, NamedTuple

from hetong.document import Box
from hetong.extract.layout import GridCell, TextLine
from hetong.extract.text_area import TextArea
from hetong.fold import fold

_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ENDINGS, _QUOTES = "。；：！？!?;:….", "”’）)]】』」"
_LEADERS = re.compile(r"(?:[.．…·‧•_]\s*){4,}[-—(（]?\s*[0-9ivxIVX]{1,5}\s*[-—)）]?$")

_CHINESE = "[〇零一二三四五六七八九十百千两0-9０-９]{1,6}"
# Numbers that open a paragraph wherever they stand at the start of a line.
_NUMBER = re.compile(
    rf"第\s*{_CHINESE}\s*[编章节条部款][^\u4e00-\u9fff]|第\s*{_CHINESE}\s*(?:[编章节]|条|部分)(?!的|规定|约定|所|和|或|及|第|款|项|中|之|至|到|、|，|。|）)"
    rf"|[一二三四五六七八九十百]{{1,4}}\s*[、.．]|[（(]\s*(?:[一二三四五六七八九十百]{{1,4}}|[0-9]{{1,2}})\s*[）)](?!\s*[项款条目])"
    r"|[a-zA-Z][.．、）](?![a-zA-Z0-9])|[0-9]{1,2}\s*[、]|[0-9]{1,2}\s*[.．](?![0-9])|[0-9]{1,2}[）)]|[①-⑳㈠-㈩⑴-⒛]"
    r"|[0-9]{1,2}(?:[.．][0-9]{1,2}){1,4}(?![0-9])(?!\s*(?:[%％‰万亿千百元倍米吨折个年月日天项款条号版㎡°]|平方|公[里斤]|小时|工作日|[a-zA-Z]))"
    r"|[●■◆◇○□☑☐★▲➢\uf06c\uf0d8\uf0b2\uf06e]\s*"
)
_LABEL = re.compile(
    r"[\u4e00-\u9fff]{2,6}\s*（\s*(?:以下)?(?:简称)?[甲乙丙丁]方\s*）\s*[：_\s]"
    r"|(?:[甲乙丙丁]\s*方|[买卖供需]\s*方|(?:出租|承租|发包|承包|委托|受托|采购|供应|转让|受让|出借|借款|担保|保证|用人|劳动)[方人者商])"
    r"(?:\s*[（(][^（）()]{0,16}[）)])?\s*[：:]"
    r"|(?:(?:法\s*定|授\s*权|委\s*托)\s*代\s*[表理]\s*人?|代\s*表\s*人?|负\s*责\s*人|经\s*办\s*人|联\s*系\s*人|地\s*址|住\s*[所址]|通讯地址|联系地址"
    r"|电\s*话|联系电话|传\s*真|邮\s*[编箱]|邮政编码|电子邮[箱件]|开\s*户\s*(?:银\s*)?行|账\s*[号户]|帐\s*[号户]|户\s*名|税\s*号|纳税人识别号"
    r"|统一社会信用代码|身份证号码?|签\s*订\s*(?:地\s*点|日\s*期|时\s*间)|签\s*[字章名]|盖\s*章|日\s*期|合\s*同\s*编\s*号|项目名称|项目编号|职\s*务|姓\s*名)"
    r"(?:\s*[（(][^（）()]{0,16}[）)])?\s*[：:]"
)
# What a line of a form opens with: taken for it only when two lines do.
_ANY_LABEL = re.compile(r"[\u4e00-\u9fff ]{2,12}(?:[（(][^（）()]{1,8}[）)])?\s*[：:]")
_DATES = re.compile(r"(?:[\s_0-9]*年[\s_0-9]*月[\s_0-9]*日)+\s*")
_BLANK = " " * 4  # at least so wide is the blank between two halves of a form
_OPENING, _CLOSING = "（([【《“‘「『〈", "，。、；：！？）)]】》”’」』〉,.;:!?%％…"
_LONGEST_HEADING = 60  # characters
_TAIL = 80  # characters in which leaders and page number of a line of contents must stand
_HEAD = 40  # characters of a line in which its number or label must stand
PrintedLine = tuple[int, int, Box, tuple[tuple[int, float], ...]]

_PADDING = 5.4  # points between the ruling of a cell and its text, as word processors set it
_WORD = re.compile(r"[!-~]+")


class Paragraph(NamedTuple):
    """Lines that make one paragraph, and whether it is a heading by its size or a line of a table of contents."""

    lines: tuple[TextLine, ...]
    heading: bool
    contents: bool


def paragraphs(lines: Sequence[TextLine], areas: dict[tuple[int, int], TextArea]) -> Iterator[Paragraph]:
    """The paragraphs of lines in reading order, which may run over several pages."""
    group: list[TextLine] = []
    for line in lines:
        if group and not _goes_on(group, line, areas):
            yield _paragraph(group, areas)
            group = []
        group.append(line)
    if group:
        yield _paragraph(group, areas)


def cell_paragraphs(cell: GridCell, lines: Sequence[TextLine]) -> Iterator[Paragraph]:
    """The paragraphs in a cell of a table; its lines may be centred, or keep a margin of their own."""
    width = cell.box.x1 - cell.box.x0 - 2 * _PADDING
    edge = _shared_edge(lines)
    group: list[TextLine] = []
    for line in lines:
        if group:
            box = group[-1].box
            room = min(width - (box.x1 - box.x0), edge - box.x1)
            if starts_paragraph(line.text) or not _fills(room, group[-1], line.text):
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
    if last == "-" and before[-2:-1].islower() and first.islower() and first.isascii():
        return "-"
    if not (last.isascii() and first.isascii()) or last in "-/_@" or first == last == "_":
        return ""
    word = before.rsplit(None, 1)[-1]
    return "" if "://" in word or "www." in word or "@" in word else " "


def starts_paragraph(text: str) -> bool:
    """Whether a line opens with a number of a clause or list, or a label of a form."""
    head = fold(text[:_HEAD])
    return bool(_NUMBER.match(head) or _LABEL.match(head))


def _goes_on(group: Sequence[TextLine], line: TextLine, areas: dict[tuple[int, int], TextArea]) -> bool:
    """Whether a line continues the paragraph that the lines before it make."""
    before = group[-1]
    if before.column != line.column and before.box.page == line.box.page and (before.column, line.column) != (1, 2):
        return False
    if _stacked(before, line):
        return True
    if not _fills(areas[before.box.page, before.column].right - before.box.x1, before, line.text):
        return False
    area = areas[line.box.page, line.column]
    ended = before.text.rstrip(_QUOTES)[-1:] in _ENDINGS
    place = _place(group, line, areas, ended)
    if place == "first" or _other_size(before, line) or _far_below(group, line, area):
        return False
    numbered = starts_paragraph(line.text) and (ended or place == "either")
    labelled = _ANY_LABEL.match(before.text) is not None and _ANY_LABEL.match(line.text) is not None
    heading = ended and _looks_like_heading(line, area)
    return not (numbered or labelled or heading or _stands_alone(before.text) or _stands_alone(line.text))


def _stands_alone(text: str) -> bool:
    """Whether a line of a table of contents, or a row of a form: a label in each half, or one and a wide blank."""
    if _BLANK in text:
        halves = [half for half in text.split(_BLANK) if ":" in half or "：" in half]
        if _LABEL.match(fold(text[:_HEAD])) or (len(halves) > 1 and not any(c in "，。；" for c in text)):
            return True
    return _is_contents(text) or _DATES.fullmatch(text) is not None


def _is_contents(text: str) -> bool:
    """Whether a line of a table of contents: dots that lead to a page number."""
    return text[-1] in "0123456789ivxIVX-—)）" and _LEADERS.search(text[-_TAIL:]) is not None


def _stacked(before: TextLine, line: TextLine) -> bool:
    """Whether two lines are characters of a vertical title."""
    single = len(before.text) == len(line.text) == 1 and _HAN.match(line.text) is not None
    return single and abs(before.box.x0 - line.box.x0) < 0.2 * line.em


def _fills(room: float, before: TextLine, after: str) -> bool:
    """Whether the first word after a line would not have fitted in the room (points) that the line leaves."""
    return room < (_first_word(after) + 0.5) * before.em


def _first_word(text: str) -> float:
    """Width, in characters, of what cannot be parted from the first character of a line."""
    i = 0
    while i < len(text) - 1 and text[i] in _OPENING:
        i += 1
    latin = _WORD.match(text, i)
    end = latin.end() if latin else i + 1
    while end < len(text) and text[end] in _CLOSING:
        end += 1
    return sum(0.5 if c.isascii() else 1.0 for c in text[:end])


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
    return short and not any(c in "，。；、：！？,;:" for c in line.text)


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
        hanging = here - first < 6 and _NUMBER.match(fold(group[0].text[:_HEAD])) is not None
        return "further" if hanging else "first"
    return "either"


def _paragraph(group: Sequence[TextLine], areas: dict[tuple[int, int], TextArea]) -> Paragraph:
    """The lines as a paragraph, with what its looks say of it."""
    first = group[0]
    large = first.em > 1.15 * areas[first.box.page, first.column].em and _HAN.search(first.text) is not None
    sentence = group[-1].text[-1:] in "。；！？，、;," or sum(len(line.text) for line in group) > _LONGEST_HEADING
    contents = len(group) == 1 and _is_contents(first.text)
    return Paragraph(tuple(group), large and not sentence and not contents, contents)
