"""LGL029: no court and no arbitral institution for disputes, and whether a heading for them was left empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.document import Clause, Severity
from hetong.flag.checks.jurisdiction import about_real_property
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import Rule

_HEADING: Final = re.compile("(?:争议|纠纷|争端)[^，。；：\\n]{0,4}(?:解决|处理|办法|方式|方法)|争议|纠纷解决")
_NOTHING: Final = re.compile(r"[\s：。_（）/]*")
_MISSING: Final = {
    "zh": "全文没有写由哪家法院或仲裁机构解决争议，或者只写了协商",
    "en": "The contract nowhere says which court or institution decides disputes",
}
_EMPTY: Final = {
    "zh": "标题下面是空的，没有填由哪家法院或仲裁机构解决",
    "en": "There is a heading for disputes and nothing under it: no court and no institution was filled in",
}


def no_dispute_clause(view: View, rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """One hit where a contract that asks for it, and is no mere outline, has no word of court or arbitration.

    Low where the law gives a court of its own, that of the premises or of the site; the reason tells so.
    """
    if view.outline or view.holds(rule.evidence) or not view.holds(rule.when):
        return
    kind = view.contract.contract_type
    low: Severity | None = "low" if kind == "construction" or about_real_property(kind, view.text) else None
    words = _EMPTY if any(_is_empty(view, clause) for clause in view.contract.clauses) else _MISSING
    yield Hit(None, values={"told": words["zh"], "told_en": words["en"]}, severity=low)


def _is_empty(view: View, clause: Clause) -> bool:
    """Whether a clause is a heading on disputes and nothing else."""
    if clause.kind != "clause":
        return False
    head = _HEADING.search(view.text, clause.start, min(clause.end, clause.start + 30))
    return head is not None and _NOTHING.fullmatch(view.text, head.end(), clause.end) is not None
