"""An annotated contract as plain rows, with the columns of `hetong.frames.tables`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hetong.corpus import AnnotatedClause, AnnotatedContract, print_contract

_SPACE: Final = r"[ \u3000_＿]"
# Runs of underscores, brackets with nothing in them, gaps before a unit
BLANK: Final = re.compile(f"[_＿]{{2,}}|[（(【\\[]{_SPACE}*[）)】\\]]|[ \u3000]{{2,}}(?=[年月日元号])")


class Placed(NamedTuple):
    """A clause and where it stands: the index of the clause that holds it, and the headings above, outermost first.

    `above` and `own` are number and heading as printed; an annex is above its clauses.
    """

    clause: AnnotatedClause
    parent: int | None
    above: tuple[str, ...]
    own: str
    depth: int
    annex: bool


def placed(contract: AnnotatedContract) -> list[Placed]:
    """The clauses in document order, those of the annexes last, as `contract.walk()` gives them."""
    found: list[Placed] = []
    for clause in contract.clauses:
        _place(clause, None, (), False, found)
    for annex in contract.annexes:
        for clause in annex.clauses:
            _place(clause, None, (annex.title,), True, found)
    return found


def _place(
    clause: AnnotatedClause, parent: int | None, above: tuple[str, ...], annex: bool, found: list[Placed]
) -> None:
    at, own = len(found), f"{clause.number} {clause.heading}".strip()
    depth = 0 if parent is None else found[parent].depth + 1
    found.append(Placed(clause, parent, above, own, depth, annex))
    for child in clause.clauses:
        _place(child, at, (*above, own), annex, found)


def body_of(clause: AnnotatedClause) -> str:
    """What a clause says itself: its text, then each row of its table with tabs between the cells."""
    return "\n".join([clause.text, *("\t".join(cells) for cells in clause.table)]).strip()


def contract_row(contract: AnnotatedContract, split: str | None) -> dict[str, object]:
    """The row of a contract."""
    text = "\n".join(line.text for line in print_contract(contract))
    clauses = list(contract.walk())
    return {
        "contract": contract.id,
        "type": contract.type,
        "kind": contract.kind,
        "family": contract.family,
        "split": split,
        "register": contract.register,
        "title": contract.title,
        "clauses": len(clauses),
        "characters": len(text),
        "blanks": len(BLANK.findall(text)),
        "redlined": any(clause.original for clause in clauses),
        "annexes": len(contract.annexes),
        "text": text,
    }


def clause_rows(contract: AnnotatedContract) -> Iterator[dict[str, object]]:
    """The rows of the clauses."""
    starts = _starts(contract)
    for index, place in enumerate(placed(contract)):
        clause, body = place.clause, body_of(place.clause)
        yield {
            "contract": contract.id,
            "index": index,
            "number": clause.number,
            "heading": clause.heading,
            "path": tuple(filter(None, (*place.above, place.own))),
            "parent": place.parent,
            "depth": place.depth,
            "text": body,
            "characters": len(body),
            "element": clause.element,
            "secondary": clause.secondary,
            "original": clause.original,
            "start": starts.get(id(clause)),
            "annex": place.annex,
        }


def _starts(contract: AnnotatedContract) -> dict[int, int]:
    """Identity of a clause → where its first line begins in the printed text."""
    starts: dict[int, int] = {}
    at = 0
    for line in print_contract(contract):
        if line.clause is not None:
            starts.setdefault(id(line.clause), at)
        at += len(line.text) + 1
    return starts


def risk_rows(contract: AnnotatedContract) -> Iterator[dict[str, object]]:
    """The rows of the labels of rules: those of the whole contract, then clause by clause."""
    yield from _risks(contract.id, None, dict.fromkeys(contract.document_triggers, ""), contract.document_must_not)
    for index, clause in enumerate(contract.walk()):
        yield from _risks(contract.id, index, clause.triggers, clause.must_not)


def _risks(
    contract: str, clause: int | None, fires: dict[str, str], must_not: Sequence[str]
) -> Iterator[dict[str, object]]:
    told = [*((rule, quote, "fires") for rule, quote in fires.items()), *((rule, "", "must_not") for rule in must_not)]
    for rule, quote, label in told:
        yield {"contract": contract, "clause": clause, "rule": rule, "quote": quote, "label": label}


def evidence_rows(contract: AnnotatedContract) -> Iterator[dict[str, object]]:
    """The rows of the words that settle an attribute, or only touch it."""
    for index, clause in enumerate(contract.walk()):
        for status, quotes in (("present", clause.evidence), ("vague", clause.vague)):
            for key, quote in quotes.items():
                yield {
                    "contract": contract.id, "clause": index, "attribute": key, "status": status, "quote": quote,
                }  # fmt: skip
