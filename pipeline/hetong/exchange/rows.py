"""One plain row a clause with its labels: what every exchange format is written from and read into.

`rows.jsonl` holds one such row a line, with the fields of `LabelledClause`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, get_args

from hetong.corpus import AnnotatedContract
from hetong.document import ELEMENTS, Element
from hetong.errors import CorpusError, FileError
from hetong.frames.rows import body_of, placed

RiskLabel = Literal["fires", "must_not"]
RULE: Final = re.compile("[A-Z]{3}[0-9]{3}")
MOST_SECONDARY: Final = 2
# What says where a clause stands; every format carries it along untouched
CONTEXT: Final = ("contract", "family", "number", "heading", "above", "parent")


class LabelledRisk(NamedTuple):
    """Whether a rule must speak of a clause; text[start:end] are the words in question, None when nobody named them."""

    rule: str
    label: RiskLabel
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class LabelledClause:
    """A clause with the labels that somebody gave it.

    Args:
        text: what the clause says itself, without number and heading.
        contract: id of an annotated contract, or the SHA-256 of the text of another.
        family: what must stay together when rows are split.
        number: as printed, "" when there is none.
        heading: its own.
        above: number and heading of each clause above, outermost first.
        parent: the text of the clause that holds it, "" when none does.
        element: None when nobody said.
        secondary: at most two.
        risks: labels of rules; none means that nobody looked, or that there is nothing.
        source: who says so: corpus, reviewer, or the format that it was read from.
    """

    text: str
    contract: str
    family: str
    number: str = ""
    heading: str = ""
    above: tuple[str, ...] = ()
    parent: str = ""
    element: Element | None = None
    secondary: tuple[Element, ...] = ()
    risks: tuple[LabelledRisk, ...] = ()
    source: str = "corpus"

    @property
    def fires(self) -> tuple[tuple[int, int, str], ...]:
        """(start, end, rule) of the words that rules must point at."""
        spans = ((risk.start, risk.end, risk) for risk in self.risks)
        return tuple(
            (start, end, risk.rule)
            for start, end, risk in spans
            if risk.label == "fires" and start is not None and end is not None
        )

    @property
    def silent(self) -> tuple[str, ...]:
        """The rules that must not speak of the clause."""
        return tuple(risk.rule for risk in self.risks if risk.label == "must_not")


def rows_of(contracts: Iterable[AnnotatedContract]) -> Iterator[LabelledClause]:
    """The clauses of annotated contracts that have words of their own."""
    for contract in contracts:
        found = placed(contract)
        for place in found:
            if text := body_of(place.clause):
                clause = place.clause
                starts = {rule: text.find(quote) for rule, quote in clause.triggers.items()}
                fires = (LabelledRisk(r, "fires", at, at + len(clause.triggers[r])) for r, at in starts.items())
                yield LabelledClause(
                    text, contract.id, contract.family, clause.number, clause.heading, place.above,
                    "" if place.parent is None else body_of(found[place.parent].clause), clause.element,
                    clause.secondary, (*fires, *(LabelledRisk(rule, "must_not") for rule in clause.must_not)),
                )  # fmt: skip


def context_of(row: LabelledClause) -> dict[str, Any]:
    """Where a clause stands, as JSON values."""
    return {name: list(row.above) if name == "above" else getattr(row, name) for name in CONTEXT}


def risks_of(spans: Iterable[tuple[int, int, str]], silent: Iterable[str]) -> list[LabelledRisk]:
    """Labels from marked words and from rules that must not speak; what is marked is not silent, and counts once."""
    fires = [LabelledRisk(rule, "fires", start, end) for start, end, rule in dict.fromkeys(spans)]
    spoken = {risk.rule for risk in fires}
    return [*fires, *(LabelledRisk(rule, "must_not") for rule in dict.fromkeys(silent) if rule not in spoken)]


def row_from(
    where: str,
    text: object,
    context: Mapping[str, Any],
    *,
    element: Any = None,
    secondary: Iterable[Any] = (),
    risks: Iterable[LabelledRisk] = (),
    source: str,
) -> LabelledClause:
    """A row from values that came from outside.

    A clause that says nothing of its contract is a contract and a family of its own, named by the hash of its text.

    Args:
        where: file and place, for the message.
        text: what should be the text.
        context: the fields of `CONTEXT`, any of which may be missing; other keys are passed over.
        element: the name of an element, or None.
        secondary: names of elements.
        risks: labels of rules.
        source: who says so.

    Raises:
        CorpusError: a value is none that a row can have.
    """
    if not isinstance(text, str) or not text.strip():
        raise CorpusError(f"{where}: the clause has no text")
    said = {name: str(context.get(name) or "") for name in CONTEXT}
    contract = said["contract"] or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    above = context.get("above") or ()
    row = LabelledClause(
        text, contract, said["family"] or contract, said["number"], said["heading"],
        tuple(map(str, above)) if isinstance(above, (list, tuple)) else (str(above),),
        said["parent"], element, tuple(secondary), tuple(risks), source,
    )  # fmt: skip
    if wrong := list(_mistakes(row)):
        raise CorpusError("\n".join(f"{where}: {mistake}" for mistake in wrong))
    return row


def _mistakes(row: LabelledClause) -> Iterator[str]:
    if row.element is not None and row.element not in ELEMENTS:
        yield f"element {row.element!r}: must be one of {', '.join(ELEMENTS)}"
    yield from (f"secondary {e!r}: must be one of {', '.join(ELEMENTS)}" for e in row.secondary if e not in ELEMENTS)
    if len(row.secondary) > MOST_SECONDARY:
        yield f"at most {MOST_SECONDARY} secondary elements, not {', '.join(row.secondary)}"
    if any("\ud800" <= c <= "\udfff" for words in (row.text, row.parent, row.heading, *row.above) for c in words):
        yield "the text holds half a character (a lone surrogate)"
    for risk in row.risks:
        if not RULE.fullmatch(risk.rule) or risk.label not in get_args(RiskLabel):
            yield f"{risk.rule} {risk.label}: a label is a rule like SRV001 and fires or must_not"
        elif (risk.start, risk.end) != (None, None) and not _is_span(risk.start, risk.end, len(row.text)):
            yield f"{risk.rule}: {risk.start} to {risk.end} is no part of the text of {len(row.text)} characters"


def _is_span(start: object, end: object, length: int) -> bool:
    whole = isinstance(start, int) and isinstance(end, int)
    return whole and 0 <= start < end <= length  # type: ignore[operator]


def rows_text(rows: Iterable[LabelledClause]) -> str:
    """The rows as JSON lines."""
    return "".join(
        json.dumps(asdict(row) | {"risks": [risk._asdict() for risk in row.risks]}, ensure_ascii=False) + "\n"
        for row in rows
    )


def read_rows(path: Path) -> list[LabelledClause]:
    """The rows of a `rows.jsonl`.

    Raises:
        CorpusError: a line is no row; it is named.
        FileError: the file cannot be read.
    """
    return [_row(where, record) for where, record in json_lines(path)]


def _row(where: str, record: Mapping[str, Any]) -> LabelledClause:
    try:
        risks = [LabelledRisk(**risk) for risk in record.get("risks") or ()]
    except TypeError as error:
        raise CorpusError(f"{where}: a risk has rule, label, start and end") from error
    return row_from(
        where, record.get("text"), record, element=record.get("element"), risks=risks,
        secondary=record.get("secondary") or (), source=str(record.get("source") or "rows"),
    )  # fmt: skip


def json_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(file and line, object) of each line of a file of JSON lines, blank ones aside.

    Raises:
        CorpusError: a line is no JSON object.
        FileError: the file cannot be read.
    """
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if line.strip():
            where = f"{path}: line {number}"
            yield where, json_object(line, where)


def json_object(text: str, where: str) -> dict[str, Any]:
    """A text as a JSON object.

    Raises:
        CorpusError: it is none.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{where}: no JSON: {error}") from error
    if not isinstance(value, dict):
        raise CorpusError(f"{where}: must be a JSON object")
    return value


def text_of(path: Path) -> str:
    """The text of a file in UTF-8, with or without a mark at its beginning.

    Raises:
        FileError: it is not there, cannot be read, or is not UTF-8.
    """
    try:
        return bytes_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(path, "not-text") from error


def bytes_of(path: Path) -> bytes:
    """What a file holds.

    Raises:
        FileError: it is not there or cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileError(path, "missing-path") from error
    except OSError as error:
        raise FileError(path, "unreadable", detail=error.strerror or str(error)) from error
