"""The five-element picture: what a contract settles, leaves vague and leaves out of what its type should settle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from hetong.document import ELEMENTS, AttributeStatus, Contract, Element, Need, Status

STATUSES: Final[tuple[Status, ...]] = ("present", "vague", "missing")
WEIGHTS: Final[dict[Need, int]] = {"required": 3, "expected": 2}
VALUES: Final[dict[Status, float]] = {"present": 1.0, "vague": 0.5, "missing": 0.0}


class Item(NamedTuple):
    """An attribute, and where on the page its evidence stands; "" when it has none."""

    status: AttributeStatus
    clause_anchor: str


class ElementRow(NamedTuple):
    """An element with its required and expected attributes under each of the STATUSES."""

    element: Element
    items: dict[Status, tuple[Item, ...]]


def completeness_rows(contract: Contract, anchor: str) -> tuple[ElementRow, ...]:
    """One row an element; elements of which nothing is asked are left out."""
    index_of = {clause.id: index for index, clause in enumerate(contract.clauses)}
    asked = [a for a in contract.completeness if is_asked(a)]

    def items(element: Element, status: Status) -> tuple[Item, ...]:
        chosen = [a for a in asked if a.element == element and a.status == status]
        return tuple(Item(a, f"{anchor}-c{index_of[a.clause]}" if a.clause in index_of else "") for a in chosen)

    return tuple(
        ElementRow(element, {status: items(element, status) for status in STATUSES})
        for element in ELEMENTS
        if any(a.element == element for a in asked)
    )


def is_asked(attribute: AttributeStatus) -> bool:
    """Whether a contract of this type should settle an attribute: optional ones are not counted."""
    return attribute.need in WEIGHTS and attribute.status in VALUES


def completeness_score(attributes: Iterable[AttributeStatus]) -> float | None:
    """How much of what it should settle a contract does, from 0 to 1; None when nothing is asked."""
    asked = [(WEIGHTS[a.need], VALUES[a.status]) for a in attributes if a.need and is_asked(a)]
    whole = sum(weight for weight, _ in asked)
    return sum(weight * value for weight, value in asked) / whole if whole else None
