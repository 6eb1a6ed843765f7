"""What reviewers decided about drafts, and the labelled rows that follow.

A file of decisions (`decisions.csv` with a header, or JSON lines with the same keys) has one row a decision:

| column | holds |
|---|---|
| `text_sha256` | SHA-256 of the text of the draft as it was read, in UTF-8 |
| `rule` | the rule that spoke, "" for a decision about the element of a clause |
| `start`, `end` | where, in characters of that text; both empty for a finding about the whole draft |
| `decision` | `accept` or `reject`; empty when nobody has decided yet |
| `element`, `secondary` | what the clause at `start` is instead, secondary ones joined by a space |
| `quote` | the words, for those who read the file; not read back |

The file holds no text but the quote, so the rows are made from the file and the drafts together.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from hetong.document import Clause, Contract
from hetong.errors import CorpusError
from hetong.exchange.rows import LabelledClause, LabelledRisk, RiskLabel, json_lines, row_from, text_of
from hetong.report.inert import one_line

Verdict = Literal["", "accept", "reject"]
VERDICTS: Final[tuple[Verdict, ...]] = ("", "accept", "reject")
COLUMNS: Final = ("text_sha256", "rule", "start", "end", "decision", "element", "secondary", "quote")
QUOTED: Final = 120  # characters of a quote that the file shows
_FORMULA: Final = ("=", "+", "-", "@")  # what a spreadsheet would run


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of a file of decisions; `where` is its file and line."""

    text_sha256: str
    rule: str = ""
    start: int | None = None
    end: int | None = None
    decision: Verdict = ""
    element: str = ""
    secondary: tuple[str, ...] = ()
    quote: str = ""
    where: str = ""


def text_sha256(contract: Contract) -> str:
    """The name of a draft in decisions: the hash of its text."""
    return hashlib.sha256(contract.text.encode("utf-8", "surrogatepass")).hexdigest()


def undecided(contracts: Iterable[Contract]) -> Iterator[Decision]:
    """A row for each finding of the drafts, to be decided."""
    for contract in contracts:
        name = text_sha256(contract)
        for finding in contract.findings:
            start, end = finding.span or (None, None)
            yield Decision(name, finding.rule, start, end, quote=finding.quote)


def decisions_csv(decisions: Iterable[Decision]) -> str:
    """The decisions as CSV; no cell begins as a formula does."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in decisions:
        place = ["" if at is None else at for at in (one.start, one.end)]
        labels = [one.decision, one.element, " ".join(one.secondary)]
        writer.writerow([one.text_sha256, one.rule, *place, *labels, _inert(one.quote[:QUOTED])])
    return file.getvalue()


def _inert(text: str) -> str:
    line = one_line(text)
    return f"'{line}" if line.lstrip().startswith(_FORMULA) else line


def read_decisions(path: Path) -> list[Decision]:
    """The decisions of a CSV file or of JSON lines (`.jsonl`); rows that nobody has decided are left out.

    Raises:
        CorpusError: a row lacks something or contradicts another; each is named.
        FileError: the file cannot be read.
    """
    if path.suffix.lower() == ".jsonl":
        records: list[tuple[str, Mapping[str, Any]]] = [*json_lines(path)]
    else:
        lines = csv.DictReader(io.StringIO(text_of(path), newline=""))
        records = [(f"{path}: line {lines.line_num}", record) for record in lines]
    wrong = [mistake for where, record in records for mistake in _mistakes(where, record)]
    if wrong:
        raise CorpusError("\n".join(wrong))
    found = [_decision(where, record) for where, record in records]
    decided = [one for one in found if one.decision or one.element]
    if conflicts := list(_conflicts(decided)):
        raise CorpusError("\n".join(conflicts))
    return decided


def _mistakes(where: str, record: Mapping[str, Any]) -> Iterator[str]:
    if not record.get("text_sha256"):
        yield f"{where}: text_sha256 is missing"
    if str(record.get("decision") or "") not in VERDICTS:
        yield f"{where}: decision must be accept, reject or empty, not {record.get('decision')}"
    if record.get("decision") and not record.get("rule"):
        yield f"{where}: a decision to accept or reject needs a rule"
    places = [str(value) for value in (record.get("start"), record.get("end")) if value not in (None, "")]
    if len(places) == 1 or not all(place.isascii() and place.isdigit() for place in places):
        yield f"{where}: start and end are two whole numbers, or both empty"
    if record.get("element") and not places:
        yield f"{where}: an element needs start and end"


def _decision(where: str, record: Mapping[str, Any]) -> Decision:
    start, end = (None if record.get(key) in (None, "") else int(record[key]) for key in ("start", "end"))
    secondary = record.get("secondary") or ()
    return Decision(
        str(record["text_sha256"]),
        str(record.get("rule") or ""),
        start,
        end,
        next(verdict for verdict in VERDICTS if verdict == str(record.get("decision") or "")),
        str(record.get("element") or ""),
        tuple(secondary.split() if isinstance(secondary, str) else map(str, secondary)),
        where=where,
    )


def _conflicts(decisions: Iterable[Decision]) -> Iterator[str]:
    """Rows that say different things about the same place."""
    said: dict[tuple[object, ...], Decision] = {}
    for one in decisions:
        first = said.setdefault((one.text_sha256, one.rule, one.start, one.end), one)
        if (first.decision, first.element) != (one.decision, one.element):
            yield f"{one.where}: decides otherwise than {first.where}"


def rows_from_decisions(decisions: Iterable[Decision], contracts: Iterable[Contract]) -> list[LabelledClause]:
    """One row for each clause that something was decided about, in the order of the drafts.

    An accepted finding becomes a rule that must fire on its words, a rejected one a rule that must not; a corrected
    element becomes the element. The family is the draft. Decisions about a whole draft belong to no clause and are left
    out. A later paragraph of a clause stands below the same headings as its clause.

    Args:
        decisions: what was decided.
        contracts: the drafts, taken through segment at least.

    Raises:
        CorpusError: a decision is about none of the drafts, or about a place that its draft has not.
    """
    drafts = {text_sha256(contract): contract for contract in contracts}
    decided = list(decisions)
    if wrong := [mistake for one in decided if (mistake := _astray(one, drafts))]:
        raise CorpusError("\n".join(wrong))
    order = {name: number for number, name in enumerate(drafts)}
    of_clause: defaultdict[tuple[int, int], list[Decision]] = defaultdict(list)
    for one in decided:
        draft = drafts[one.text_sha256]
        if one.start is not None and (clause := draft.clause_at(one.start)):
            of_clause[order[one.text_sha256], draft.clauses.index(clause)].append(one)
    return [_row(drafts[of_clause[at][0].text_sha256], at[1], of_clause[at]) for at in sorted(of_clause)]


def _astray(one: Decision, drafts: Mapping[str, Contract]) -> str:
    """What is wrong with the place of a decision, "" when nothing is."""
    draft = drafts.get(one.text_sha256)
    if draft is None:
        return f"{one.where}: none of the drafts has a text with the SHA-256 {one.text_sha256}"
    if one.start is not None and draft.clause_at(one.start) is None:
        return f"{one.where}: the draft has no clause at {one.start}"
    return ""


def _row(contract: Contract, index: int, decisions: list[Decision]) -> LabelledClause:
    clause, name = contract.clauses[index], decisions[0].text_sha256
    text, begins = _own_text(contract, clause)
    above = contract.clauses[clause.parent] if clause.parent is not None else None
    own = above if above is not None and clause.kind == "paragraph" else clause
    parent = contract.clauses[own.parent] if own.parent is not None else None
    context = {
        "contract": name,
        "family": name,
        "number": own.number,
        "heading": own.heading,
        "above": clause.path[:-1],
        "parent": contract.text[parent.body : parent.end].strip() if parent else "",
    }
    corrected = next((one for one in reversed(decisions) if one.element), None)
    risks = [_risk(one, begins, len(text)) for one in decisions if one.decision]
    return row_from(
        decisions[0].where, text, context, risks=risks, source="reviewer",
        element=corrected.element if corrected else None, secondary=corrected.secondary if corrected else (),
    )  # fmt: skip


def _own_text(contract: Contract, clause: Clause) -> tuple[str, int]:
    """The text of a clause behind number and heading, or all of it when there is no more, and where it begins."""
    text, begins = contract.text[clause.body : clause.end], clause.body
    if not text.strip():
        text, begins = contract.text[clause.start : clause.end], clause.start
    return text.strip(), begins + len(text) - len(text.lstrip())


def _risk(one: Decision, begins: int, length: int) -> LabelledRisk:
    """The label of a decision; words outside the text of the clause, as those of a heading, are not named."""
    label: RiskLabel = "fires" if one.decision == "accept" else "must_not"
    start, end = (min(max((at or 0) - begins, 0), length) for at in (one.start, one.end))
    return LabelledRisk(one.rule, label, start, end) if start < end else LabelledRisk(one.rule, label)
