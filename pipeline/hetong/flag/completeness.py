"""Tells for each attribute of the five elements whether a contract settles it, touches it or leaves it out.

One walk of a trie finds the words of all attributes; at each, only what could still better the status is tried, so
that most words cost one comparison. Vague is what SMART calls vague: spoken of, but without a figure, a date, a named
standard or a responsible party.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Final

from hetong.document import AttributeStatus, Contract, Need, Status
from hetong.flag.cues import BLANK, BLANKS, MISSING, SETTLED, Cue, book_of
from hetong.flag.evidence import Evidence, Place
from hetong.flag.view import View
from hetong.fold import fold
from hetong.messages import Lang
from hetong.rulebook.attributes import TYPES, Attribute, load_attributes

ENDS: Final = ("parties", "preamble", "signature", "title")  # the kinds of clauses that tell who the parties are
WHY: Final[dict[str, dict[Lang, str]]] = {
    "blank": {"zh": "留有空白", "en": "left blank"},
    "facts": {"zh": "没有写明{facts}", "en": "no {facts}"},
    "touched": {"zh": "只是提到", "en": "only touched on"},
}
_LABELS: Final = ("编号", "时间", "地点", "日期", "号", "号码", "电话", "地址", "证", "代表人")


def completeness(view: View, lang: Lang = "zh") -> tuple[AttributeStatus, ...]:
    """The status of every attribute in the order of the elements, each with its best evidence; none without a text.

    Args:
        view: a contract that has been classified, prepared for matching.
        lang: language of the names and reasons.
    """
    if not view.clauses:
        return ()
    kind = view.contract.contract_type
    book = book_of(kind if kind in TYPES else "other")
    at: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for word, start, end in zip(*(column.tolist() for column in book.trie.find(view.text)), strict=True):
        at[word].append((start, end))
    evidence = Evidence(view, at)
    found = {
        attribute.key: _status(evidence, attribute, cues, not when or any(word in at for word in when), lang)
        for attribute, cues, when in book.rows
    }
    return tuple(found.get(a.key) or _without(a, None, lang) for a in load_attributes())


@cache
def _without(attribute: Attribute, need: Need | None, lang: Lang) -> AttributeStatus:
    """Of an attribute that a contract does not speak of: missing when it is needed."""
    status: Status = "missing" if need else "not-applicable"
    return AttributeStatus(attribute.element, attribute.name[lang], status, key=attribute.key, need=need)


def _status(evidence: Evidence, attribute: Attribute, cues: Iterable[Cue], asked: bool, lang: Lang) -> AttributeStatus:
    """What the best place tells of an attribute; `asked` is whether it makes sense for this contract."""
    contract = evidence.contract
    place = evidence.best(attribute, cues)
    if attribute.parties:
        place = _parties(contract, place)
    need = attribute.need_of(contract.contract_type)
    if place.rank == MISSING:
        return _without(attribute, need if asked and need != "optional" else None, lang)
    span = evidence.quote(place)
    return AttributeStatus(
        attribute.element,
        attribute.name[lang],
        "present" if place.rank == SETTLED else "vague",
        evidence.clause_id(span.start),
        contract.text[span.start : span.end],
        attribute.key,
        need if asked else "optional",
        _why(attribute, place.rank, lang),
        span,
    )


def _parties(contract: Contract, place: Place) -> Place:
    """Two parties with names settle who contracts; labels alone are a blank."""
    parties = contract.parties
    labels = dict.fromkeys(fold(label) for party in parties for label in (party.label, *party.aliases))
    names = [name for party in parties if _is_name(party.name) and (name := fold(party.name)) not in labels]
    settled = len(names) > 1
    folded = fold(contract.text)
    for name in names if settled else labels:
        if told := _told_party(contract, folded, name):
            return Place(SETTLED if settled else BLANK, *told)
    return place


def _told_party(contract: Contract, folded: str, name: str) -> tuple[int, int] | None:
    """Where a name or a label stands in the head or below the signatures: best beside a colon (甲方（买方）：)."""
    ends = [(c.start, c.end) for kind in ENDS for c in contract.clauses if c.kind == kind]
    beside = re.compile(f"{re.escape(name)}(?=[^，。；：\n]{{0,14}}：)|(?<=：){re.escape(name)}")
    for pattern in (beside, re.compile(re.escape(name))):
        for start, end in ends:
            if found := pattern.search(folded, start, end):
                return found.span()
    return None


def _is_name(name: str) -> bool:
    """Whether a party is named: no blank, and not the label of the next line of a form (签订时间)."""
    return len(name) > 1 and not BLANKS.search(name) and not name.endswith(_LABELS) and not name.startswith("The ")


def _why(attribute: Attribute, rank: int, lang: Lang) -> str:
    """What a vague attribute lacks."""
    if rank == SETTLED:
        return ""
    if rank == BLANK:
        return WHY["blank"][lang]
    if not attribute.needs:
        return WHY["touched"][lang]
    names = [fact.name[lang] for fact in attribute.needs]
    last = " or " if lang == "en" else "或"
    joined = (", " if lang == "en" else "、").join(names[:-1])
    return WHY["facts"][lang].format(facts=f"{joined}{last}{names[-1]}" if joined else names[-1])
