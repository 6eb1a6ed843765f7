"""The four tables of the corpus: what each column holds."""

from __future__ import annotations

from typing import Final

from hetong.corpus import KINDS
from hetong.document import ELEMENTS
from hetong.frames.schema import Column, Table
from hetong.rulebook.attributes import load_attributes
from hetong.splits import SPLITS

RULE: Final = "[A-Z]{3}[0-9]{3}"
# Key of each attribute of completeness → its Chinese name, element by element
ATTRIBUTES: Final = {attribute.key: attribute.name["zh"] for attribute in load_attributes()}
_NAME: Final = Column("string", filled=True)
_TEXT: Final = Column("string")
_COUNT: Final = Column("int64", least=0)
_PLACE: Final = Column("Int64", least=0, gaps=True)
_ELEMENT: Final = frozenset(ELEMENTS)

CONTRACTS: Final = Table(
    {
        "contract": _NAME,
        "type": _NAME,  # folder of the corpus: lease, purchase …
        "kind": Column("string", allowed=frozenset(KINDS)),  # type as hetong tells it
        "family": _NAME,
        "split": Column("string", allowed=frozenset(SPLITS), gaps=True),
        "register": _TEXT,
        "title": _NAME,
        "clauses": _COUNT,
        "characters": _COUNT,  # of `text`
        "blanks": _COUNT,  # places left open: runs of underscores, empty brackets, gaps before a unit
        "redlined": Column("bool"),  # whether a clause has an `original`
        "annexes": _COUNT,
        "text": _NAME,  # as printed, a line a paragraph
    },
    unique=("contract",),
    refers={},
)
CLAUSES: Final = Table(
    {
        "contract": _NAME,
        "index": _COUNT,  # in document order, from 0
        "number": _TEXT,  # as printed
        "heading": _TEXT,
        "path": Column("object"),  # number and heading of each clause above and of itself, an annex first
        "parent": _PLACE,  # index of the clause that holds it
        "depth": _COUNT,
        "text": _TEXT,  # its own, without number and heading, rows of its table behind it with tabs
        "characters": _COUNT,  # of `text`
        "element": Column("string", allowed=_ELEMENT),
        "secondary": Column("object", allowed=_ELEMENT),
        "original": _TEXT,  # before a redline, "" when nobody changed it
        "start": _PLACE,  # where its first line begins in `contracts.text`
        "annex": Column("bool"),
    },
    unique=("contract", "index"),
    refers={("contract",): ("contracts", ("contract",)), ("contract", "parent"): ("clauses", ("contract", "index"))},
)
RISKS: Final = Table(
    {
        "contract": _NAME,
        "clause": _PLACE,  # missing: the whole contract
        "rule": Column("string", pattern=RULE),
        "quote": _TEXT,  # what the rule must point at; "" for a near miss and for the whole contract
        "label": Column("string", allowed=frozenset({"fires", "must_not"})),
    },
    unique=("contract", "clause", "rule"),
    refers={("contract",): ("contracts", ("contract",)), ("contract", "clause"): ("clauses", ("contract", "index"))},
)
EVIDENCE: Final = Table(
    {
        "contract": _NAME,
        "clause": _COUNT,
        "attribute": Column("string", allowed=frozenset(ATTRIBUTES)),
        "status": Column("string", allowed=frozenset({"present", "vague"})),
        "quote": _NAME,
    },
    unique=("contract", "clause", "attribute", "status"),
    refers={("contract", "clause"): ("clauses", ("contract", "index"))},
)
TABLES: Final = {"contracts": CONTRACTS, "clauses": CLAUSES, "risks": RISKS, "evidence": EVIDENCE}
