"""DOC007: terms that the contract defines and then never uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.document import Span
from hetong.flag.checks.stretch import SENTENCE, end_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.fold import fold
from hetong.rulebook import Rule

MOST: Final = 100  # terms that are looked at, so that time grows with the text alone
_SHORT: Final = re.compile(
    r"(?:以下|下)(?:统|合)?(?:简)?称(?:为|作)?[：: ]{0,3}[\"'《]?"
    r"(?P<term>[一-鿿A-Za-z]{2,12}?)[\"'》]?\s{0,3}[）。，；]"
)
_MEANS: Final = re.compile(
    r"(?<!中)\"(?P<term>[^\"\n]{2,14})\"[，（ ]?[^\"。\n]{0,12}?(?:是指|系指|指的是|即指|指(?![定示导令标派南]))"
)
# The meaning is left to a standard or a law: "关联方"，依《企业会计准则》认定
_JUDGED: Final = re.compile(
    r"(?<![一-鿿：，])\"(?P<term>[^\"\n]{2,14})\"，? ?(?:的(?:范围|含义))?"
    r"(?:依照?|依据|按照?|参照|以)[^\"。；，\n]{2,30}(?:认定|确定|界定|解释|判定|的定义|的规定|为准)"
)
# Names that are explained once for the reader and need not come again; parties are told by their labels
_NO_TERM: Final = re.compile(
    "^(?:中国|人民币|甲方|乙方|丙方|丁方|双方|各方|一方|三方|.{0,4}(?:合同|协议)(?:书|文件)?|[本该].{1,3}|.*[甲乙丙买卖供需][方人]|.*[人方])$"
)
# What says that the defining sentence goes on with the rule that the term is for
_RULES: Final = re.compile("，[^。]{0,30}(?:应|须|视为|不得|可以|按|由|免|收|承担|该日|有权|以后)")
_PREFIX: Final = re.compile("^(?:本|该|标的|目标|合同|项目|租赁|许可|保密)")


def terms(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each term that stands nowhere but in its definition, with what seems to be used in its place."""
    text = fold(view.contract.text)
    joined = "".join(text.split())
    seen: set[str] = set()
    for match in (*_matches(_SHORT, "称", text), *_matches(_MEANS, "指", text), *_matches(_JUDGED, '"', text)):
        term = match["term"].strip()
        if term in seen or len(seen) == MOST:
            continue
        seen.add(term)
        clause = view.contract.clause_at(match.start())
        if clause is None or clause.kind in ("annex", "contents") or _used(joined, term):
            continue
        if match.re is not _JUDGED and _NO_TERM.match(term):
            continue
        if match.re is _MEANS and _RULES.search(text[match.end() : end_of(text, match.end(), SENTENCE)]):
            continue
        place = Span(match.start("term"), match.end("term"))
        other = _instead(text, term, place)
        yield Hit(place, (place,), related=(other,) if other else (), values={"term": term})


def _matches(pattern: re.Pattern[str], word: str, text: str) -> list[re.Match[str]]:
    return list(pattern.finditer(text)) if word in text else []


def _used(joined: str, term: str) -> bool:
    """Whether a term comes again in the text without its blanks, with or without 本 or 该 before it."""
    core = _PREFIX.sub("", term) if term[0] in "本该" else term
    return joined.count("".join(core.split())) > 1


def _instead(text: str, term: str, place: Span) -> Span | None:
    """The first mention behind it of a like name: 标的公司 where 目标公司 is defined."""
    noun = _PREFIX.sub("", term)
    if len(noun) < 2 or noun == term:
        return None
    like = re.compile(f"(?:标的|目标|合同|项目|租赁|许可|保密){re.escape(noun)}").search(text, place.end)
    return Span(like.start(), like.end()) if like else None
