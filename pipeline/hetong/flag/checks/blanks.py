"""DOC001: places that nobody filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.document import Span
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import Rule

_BLANK: Final = re.compile(
    r"_{2,}(?:[ _]*_)?"
    r"|[\[【（]\s*[_*●…\s]*[\]】）](?<![\]】）]{2})(?<=[\s_*●…【\[（][\]】）])"
    r"|(?:[×xX＊*]{2,}|[〇○]{2,})(?=[年月日元天个公司%号条]|\s|$|[，。；）])"
    r"|(?:(?<=[：:为计至自于])|(?<=[年月]))\s{2,}(?=[年月日元天个%])"
    r"|待定|待填|TBD|(?<=[【\[])(?:填写|填入|请填写|此处填写|公司名称|金额|日期|地址)[^】\]]{0,12}(?=[】\]])"
)


def blanks(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each blank; one in the signature block, which is filled by hand, is low."""
    places = [Span(m.start(), m.end()) for m in _BLANK.finditer(view.text) if m.end() > m.start()]
    inside = [p for p in places if _kind(view, p) not in {"signature", "contents"}]
    values = {"count": str(len(inside or places))}
    for place in inside:
        yield Hit(place, (place,), values=values)
    if not inside:
        for place in places:
            yield Hit(place, (place,), values=values, severity="low")


def _kind(view: View, place: Span) -> str:
    clause = view.contract.clause_at(place.start)
    return clause.kind if clause else ""
