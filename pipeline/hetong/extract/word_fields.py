"""Fields of Word that need more than their stored result (ECMA-376 Part 1, 17.16)."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from hetong.extract.word_package import w
from hetong.extract.word_styles import is_on, value, whole

_CIRCLED: Final = re.compile(r"^\s*eq\s*\\o(?:\\a[clr])?\s*\(\s*[○〇◯]\s*[,，;]\s*(.{1,3}?)\s*\)\s*$", re.IGNORECASE)


_TODAY: Final = frozenset(("DATE", "TIME", "SAVEDATE", "PRINTDATE"))


def is_of_today(instruction: str) -> bool:
    """Whether a field shows the date of opening, saving or printing, so that the text changes by itself (17.16.5)."""
    return bool(_TODAY & set(instruction.upper().split()[:1]))


def mend_fields(root: etree._Element) -> None:
    """Removes the marks of fields that never end or never began, which would swallow all text behind them."""
    open_marks: list[list[etree._Element]] = []
    stray: list[etree._Element] = []
    for mark in list(root.iter(w("fldChar"))):
        kind = mark.get(w("fldCharType"))
        if kind == "begin":
            open_marks.append([mark])
        elif not open_marks:
            stray.append(mark)
        elif kind == "end":
            open_marks.pop()
        else:
            open_marks[-1].append(mark)
    for mark in [*stray, *(m for marks in open_marks for m in marks)]:
        mark.getparent().remove(mark)


def form_value(begin: etree._Element) -> str:
    """What a check box or drop-down of an old form shows (17.16.7, 17.16.9); "" for any other field."""
    box, choices = begin.find(f"{w('ffData')}/{w('checkBox')}"), begin.find(f"{w('ffData')}/{w('ddList')}")
    if box is not None:
        state = box.find(w("checked"))
        return "☑" if is_on(state if state is not None else box.find(w("default"))) else "□"
    if choices is None:
        return ""
    entries, picked = choices.findall(w("listEntry")), whole(choices.find(w("result")), 0)
    return value(entries[picked], "") if 0 <= picked < len(entries) else ""


def drawn_by(instruction: str) -> str:
    """What a field without a result draws: Word's enclosed characters (EQ with a circle over a number) become ①."""
    match = _CIRCLED.match(instruction)
    if not match:
        return ""
    inside = match[1].strip()
    return chr(ord("①") + int(inside) - 1) if re.fullmatch("[1-9]|1[0-9]|20", inside) else inside
