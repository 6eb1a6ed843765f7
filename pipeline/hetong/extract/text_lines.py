"""Joins the lines of texts that were broken at a fixed width, as old templates and texts taken from PDF are.

A text file has one paragraph a line, or it is broken at a width: then many lines of that width end in the middle of
a sentence. Only such lines are joined with the next, and only when the next begins nothing of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

_SHORTEST: Final = 40  # columns; nothing is broken narrower than twenty Chinese characters
_WIDEST: Final = 130
_BAND: Final = 8  # columns by which full lines differ: first-line indent, punctuation that may not start a line
_RAGGED: Final = 14  # the same where a line ends in a word or comma, which leaves no doubt that the sentence goes on
_STOPS: Final = tuple("。；：！？．.;:!?")
_HAN: Final = "〇零○一二三四五六七八九十百"
_UNITS: Final = "条條款项項章节節倍元万萬日天年月个個份米吨噸‰％%"  # behind 3.5 they make it a quantity or a reference
_ITEM: Final = re.compile(
    rf"""\s*(?:
      第[0-9０-９{_HAN}]{{1,6}}[章节節编編部条條](?!之|的|第|所|中|至|到|或|和|及|以|约定|約定|规定|規定|[、，）])
    | [{_HAN}]{{1,3}}[、．.]
    | [（(][0-9０-９{_HAN}a-zA-Z]{{1,3}}[)）](?!款|项|項|目|条|條|种|種|类|類)
    | [0-9０-９]{{1,2}}[、）)]
    | [0-9０-９]{{1,2}}[.．](?![0-9０-９])
    | [0-9０-９]{{1,2}}(?:[.．][0-9０-９]{{1,2}}){{1,4}}(?![0-9０-９.．]|\s*[{_UNITS}])
    | [①-⑳㈠-㈩⒈-⒛⑴-⒇㊀-㊉❶-❿★●■◆▲※•·□☑☐]
    | [a-zA-Z][、）)]
    | [甲乙丙丁][　\s]*方[　\s]*(?:[（(][^）)]{{1,10}}[）)])?[：:]
    | 附[件表录錄]
    )""",
    re.VERBOSE,
)
_PAGE: Final = re.compile(r"\s*([-—–－]|第)?\s*([0-9]{1,4})\s*(?:[-—–－]|页|/\s*[0-9]{1,4})?\s*")
_PAGE_LINES: Final = 10  # a page has at least so many lines
_LONGEST: Final = 5_000  # characters; no paragraph is joined beyond


def joined(lines: Sequence[str], width: int | None) -> Iterator[str]:
    """The paragraphs of consecutive lines without white space around them; blank lines separate and are left out.

    Args:
        lines: the lines.
        width: the width at which the whole text was broken, or None when it has one paragraph a line.
    """
    base = _base_indent(lines, width) if width else 0
    pending = last = ""  # the paragraph so far, and the last line that went into it
    for line in lines:
        if width and pending and len(pending) < _LONGEST and _runs_on(last, line, width, base):
            pending = _glued(pending, line.strip())
        else:
            if pending:
                yield pending
            pending = line.strip()
        last = line
    if pending:
        yield pending


def wrap_width(lines: Sequence[str]) -> int | None:
    """The width in columns at which a text was broken, or None when it has one paragraph a line.

    It was broken when, among the lines within a narrow band of widths, several end in the middle of a sentence, and
    hardly any line is wider.
    """
    widths = [columns(line.rstrip()) for line in lines if line.strip()]
    broken = (columns(a.rstrip()) for a, b in pairwise(lines) if b.strip() and is_open(a))
    full = Counter(w for w in broken if _SHORTEST <= w <= _WIDEST)
    if not full:
        return None
    inside, width = max((sum(full[other] for other in range(w - _BAND + 1, w + 1)), w) for w in full)
    wider = sum(other > width + 2 for other in widths)
    return width if inside >= max(3, len(widths) // 25) and wider * 12 <= len(widths) else None


def columns(text: str) -> int:
    """The width of a text in columns: Chinese characters take two, Latin ones one."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def is_open(line: str) -> bool:
    """Whether a line ends in the middle of a sentence."""
    return bool(line.strip()) and not line.rstrip().rstrip("”’」』）)》").endswith(_STOPS)


def starts_item(line: str) -> bool:
    """Whether a line begins with the number of a clause or the label of a party."""
    return _ITEM.match(line) is not None


def _runs_on(line: str, following: str, width: int, base: int) -> bool:
    """Whether the following line continues the sentence of a full line."""
    first = re.match(r"\s*([A-Za-z0-9.%]+|\S)", following)
    if first is None or not is_open(line) or starts_item(following) or _indent(following) > base:
        return False
    end = line.rstrip()[-1]
    slack = _RAGGED if end.isalnum() or end in "，、," else _BAND
    return columns(line.rstrip()) + columns(first[1]) > width - slack + 1


def _base_indent(lines: Sequence[str], width: int) -> int:
    """The indent of lines that continue a paragraph: the smallest among long lines."""
    long = [_indent(line) for line in lines if columns(line.rstrip()) > width // 2]
    return min(long, default=0)


def _indent(line: str) -> int:
    return columns(line[: len(line) - len(line.lstrip())])


def _glued(text: str, more: str) -> str:
    """Two parts of one sentence: with a space between Latin words, without between Chinese characters."""
    is_latin = text[-1].isascii() and text[-1] not in "-/_" and more[0].isascii() and more[0].isalnum()
    return f"{text} {more}" if is_latin else text + more


def page_numbers(lines: Sequence[str]) -> set[int]:
    """The indices of lines that hold only a page number: they count up by one, at least a page apart."""
    chains: dict[int, list[int]] = {}  # the last number of a chain → the indices of its lines
    for index, line in enumerate(lines):
        match = _PAGE.fullmatch(line)
        if match:
            before = chains.get(int(match[2]) - 1, [])
            goes_on = bool(before) and index - before[-1] >= _PAGE_LINES
            chains[int(match[2])] = [*chains.pop(int(match[2]) - 1), index] if goes_on else [index]
    longest = max(chains.values(), key=len, default=[])
    return set(longest) if len(longest) >= 3 or (len(longest) == 2 and _is_decorated(lines[longest[0]])) else set()


def _is_decorated(line: str) -> bool:
    """Whether a page number stands between dashes or the like, and so can hardly be anything else."""
    return not line.strip().isdecimal()
