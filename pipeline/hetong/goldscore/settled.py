"""Whether what a contract settles, touches and leaves out is told as the gold labels say, with the right words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hetong.corpus import AnnotatedClause
from hetong.document import AttributeStatus
from hetong.goldscore.reading import Reading
from hetong.goldscore.tallies import Tally
from hetong.rulebook.attributes import load_attributes

# What is told above the clauses or below them, where no label can stand
HEADS: Final = ("title", "parties", "preamble", "signature")


def statuses(reading: Reading) -> Tally:
    """The labelled attributes told as present or vague as they are labelled; one with evidence is present."""
    labels, told = _labels(reading), _told(reading)
    right = sum(told[key].status == ("present" if settled else "vague") for key, (settled, _) in labels.items())
    return Tally(right, len(labels))


def quotes(reading: Reading) -> Tally:
    """The labelled attributes whose quote lies in a clause that has the label, of those of which something is told."""
    labels, told = _labels(reading), _told(reading)
    spoken = [(status, labels[key][1]) for key, status in told.items() if key in labels and status.span]
    return Tally(sum(_lies_in(reading, status, clauses) for status, clauses in spoken), len(spoken))


def left_out(reading: Reading) -> Tally:
    """The attributes that the kind of contract needs, told as left out or not as the labels say.

    What the program finds in the opening or the signature block is not counted: only clauses have labels.
    """
    labels, told, kind = _labels(reading), _told(reading), reading.gold.kind
    needed = [a.key for a in load_attributes() if a.need_of(kind) == "required" and not a.parties]
    counted = [key for key in needed if not _in_head(reading, told[key])]
    return Tally(sum((key in labels) == (told[key].span is not None) for key in counted), len(counted))


def differences(reading: Reading) -> Iterator[str]:
    """What is told otherwise than labelled, in a few words each."""
    labels, told = _labels(reading), _told(reading)
    for key, (settled, _) in labels.items():
        gold = "present" if settled else "vague"
        if told[key].status != gold:
            yield f"{key} {told[key].status}, not {gold}"


def _labels(reading: Reading) -> dict[str, tuple[bool, list[AnnotatedClause]]]:
    """Attribute → (whether a clause settles it, the clauses that have the label)."""
    found: dict[str, tuple[bool, list[AnnotatedClause]]] = {}
    for clause in reading.gold.walk():
        for key in {**clause.evidence, **clause.vague}:
            settled, clauses = found.get(key, (False, []))
            found[key] = settled or key in clause.evidence, [*clauses, clause]
    return found


def _told(reading: Reading) -> dict[str, AttributeStatus]:
    return {status.key: status for status in reading.contract.completeness}


def _lies_in(reading: Reading, status: AttributeStatus, clauses: list[AnnotatedClause]) -> bool:
    span = status.span
    places = [place for clause in clauses for place in reading.lines_of(clause)]
    return span is not None and any(place.start < span.end and span.start < place.end for place in places)


def _in_head(reading: Reading, status: AttributeStatus) -> bool:
    clause = reading.contract.clause_at(status.span.start) if status.span else None
    return clause is not None and clause.kind in HEADS
