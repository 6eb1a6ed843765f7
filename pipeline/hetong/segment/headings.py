"""Tells a heading from text: behind a number (第五条 付款方式：甲方应…) and on a line of its own without number.

All functions take folded text (`hetong.fold`).
"""

from __future__ import annotations

import re
from typing import Final

from hetong.segment.numbering import CONTAINERS

LONGEST: Final = 24  # characters of a Chinese heading; Latin letters count half
LONGEST_MARKED: Final = 120  # of one that the file marks as a heading
LONGEST_LEAD: Final = 13  # of one that ends in a colon
_SENTENCE: Final = re.compile(r"[，。；！？]|_{2,}|[a-z\u4e00-\u9fff]\.(?:\s|$)|,(?=[\s\u4e00-\u9fff])|\s{3}")
# Words of a sentence; a label before a colon or a line of its own that has them is no heading.
_WORDS: Final = re.compile(
    r"应(?![急用收付答])|下表|须|不得|有权|可以|以下|下列|若|如|的，|负责(?!人)|规定|双方(?:确定|约定|同意|确认)"
    r"|^(?:为了|因|经|由|自|在|按|凡|除|其中|即|例如|包括|根据|依据|向|至|从|本(?!金))|[为是以于]$"
    r"|^[\u4e00-\u9fff]{1,2}方(?:提供|支付|保证|承诺|同意|确认)"
)
_BRACKETS: Final = re.compile(r"[【\[]([^】\]]{2,30})[】\]]\s*[：、]?\s*")
_BOXED: Final = re.compile(r"【[^【】，。；]{2,20}】|〔[^〔〕，。；]{2,20}〕")
_UNFIT: Final = re.compile(r"[。；！？，_]|^\W|[、.,]$")  # in no heading that stands alone
# Fields of forms and cells of tables: they name something, but nothing that is regulated.
_FORM: Final = re.compile(r"\d|\s{3}|日期|盖章|签字|编号|^附|^注|^备注$|[年月日元%）/]$|：.|^其[中他]：")
_LABEL: Final = re.compile(r"([^：，,。；！？、\"]{0,20}?(?:、[^：，,。；！？、\"]{1,8}){0,2})\s*：\s*")
_SPACED: Final = re.compile(r"([\u4e00-\u9fff、与和及的（）]{2,14})\s{1,4}(?=\S)")
_ACTOR: Final = re.compile(r"甲方|乙方|双方|本合同|本协议|[由以在按自为于将向经]")
_ENGLISH: Final = re.compile(r"([A-Z][\w&/'-]*(?:\s+(?:[A-Z][\w&/'-]*|of|and|for|to|the|or|in|by)){0,7})\.\s+(?=[A-Z])")
_CLOSED: Final = re.compile(r"([\u4e00-\u9fff、]{2,8})。")
_RUNNING: Final = re.compile(r"[，。；：！？、]$|，.*，|。")
_ARTICLES: Final = (*CONTAINERS, "条", "一、")


def width(text: str) -> float:
    """Length in Chinese characters; ASCII counts half."""
    encoded = len(text.encode("utf-8", "surrogatepass"))  # one byte for ASCII, three for Chinese: counting in C
    return (len(text) + encoded) / 4


def split(text: str, after: int, style: str, sure: bool = False) -> tuple[int, int, int]:
    """Where the heading of a numbered line begins and ends, and where its text begins; all `after` without heading.

    Args:
        text: the line.
        after: where it goes on behind the number.
        style: the style of the number.
        sure: the file marks the line as a heading, or a number follows on the next line, so that a short line
            without punctuation is a heading whatever its words are.
    """
    rest = text[after:]
    bracketed = _BRACKETS.match(rest)
    if bracketed:
        return after + bracketed.start(1), after + bracketed.end(1), after + bracketed.end()
    label = _LABEL.match(rest)
    if label and names(label[1]):
        return after, after + len(label[1].rstrip()), after + label.end()
    if names(rest) or (sure and rest and width(rest) <= 2 * LONGEST and not _RUNNING.search(rest)):
        return after, len(text), len(text)
    end, body = _set_off(rest, style)
    return after, after + end, after + body


def _set_off(rest: str, style: str) -> tuple[int, int]:
    """Headings set off by space (付款方式 甲方应…), by a full stop, or in English; (0, 0) without."""
    english = _ENGLISH.match(rest)
    if english:
        return english.end(1), english.end()
    closed = _CLOSED.fullmatch(rest) if style in _ARTICLES else None
    if closed and names(closed[1]) and not _ACTOR.search(closed[1]):
        return closed.end(1), len(rest)
    spaced = _SPACED.match(rest) if style in _ARTICLES or style.startswith("1.1") else None
    if spaced and names(spaced[1]) and not _ACTOR.search(spaced[1]) and _SENTENCE.search(rest, spaced.end()):
        return spaced.end(1), spaced.end()
    return 0, 0


def names(text: str) -> bool:
    """Whether a short phrase names a subject (付款方式) rather than says something (乙方应提供以下文件)."""
    if not 2 <= len(text) <= 2 * LONGEST or width(text) > LONGEST or text.count("（") != text.count("）"):
        return False
    return not _SENTENCE.search(text) and not _WORDS.search(text)


def is_boxed(text: str) -> bool:
    """Whether a line (as printed, not folded) is a heading in brackets: 【词语说明】."""
    return bool(_BOXED.fullmatch(text))


def stands_alone(text: str, finished: bool, following: str, leads: bool, marked: bool) -> bool:
    """Whether an unnumbered line is a heading.

    Args:
        text: the line.
        finished: the text above ended a sentence, so that the line does not continue it.
        following: the next line, "" when there is none or it is a cell.
        leads: a list begins below the line, or goes on there.
        marked: the file marks the line as a heading.
    """
    if width(text) > (LONGEST_MARKED / 2 if marked else LONGEST) or _UNFIT.search(text):
        return False
    colon = text.endswith("：")
    if marked or not finished:
        return marked and (not colon or names(text[:-1]))
    if not names(text.rstrip("：")) or _FORM.search(text):
        return False
    if colon:
        return width(text) <= LONGEST_LEAD and (leads or width(following) >= 25)
    return leads or (width(following) >= 12 and bool(_SENTENCE.search(following)))
