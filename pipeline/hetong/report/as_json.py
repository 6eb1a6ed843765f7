"""Contract → JSON of the schema `hetong/1` (docs/schema/hetong-1.schema.json)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from hetong.document import AttributeStatus, Blank, Box, Clause, Contract, Finding, Mention, Problem, Span
from hetong.messages import Lang

SCHEMA: Final = "hetong/1"
# JSON allows these in a string, but a terminal obeys them, and lone surrogates are no UTF-8.
_UNSAFE: Final = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def to_dict(contract: Contract, lang: Lang = "zh") -> dict[str, Any]:
    """A contract as the plain values of schema hetong/1: positions in characters, boxes in PDF points.

    Args:
        contract: a contract that has been through all stages.
        lang: language of the problems' messages; findings keep the language they were made in.
    """
    return {
        "schema": SCHEMA,
        "document": _document(contract),
        "problems": [_problem(problem, lang) for problem in contract.problems],
        "clauses": [_clause(contract, clause) for clause in contract.clauses],
        "findings": [finding_dict(contract, finding) for finding in contract.findings],
        "blanks": [_blank(contract, blank) for blank in contract.blanks],
        "to_check": [_to_check(contract, mention) for mention in contract.to_check],
        "completeness": [_attribute(attribute) for attribute in contract.completeness],
    }


def to_json(contract: Contract, lang: Lang = "zh") -> str:
    """A contract as JSON text, one clause and one finding a line, so that two runs can be compared line by line."""
    parts = (f"{json.dumps(key)}: {_value(value)}" for key, value in to_dict(contract, lang).items())
    return "{" + ",\n ".join(parts) + "}\n"


def compact(value: object) -> str:
    """A value as JSON on one line, with everything escaped that is unsafe to print."""
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False, allow_nan=False))


def finding_dict(contract: Contract, finding: Finding) -> dict[str, Any]:
    """One finding with its place; start, end and page are null and boxes empty when it is an absence."""
    span = finding.span
    return {
        "rule": finding.rule,
        "name": finding.name,
        "title": finding.title,
        "element": finding.element,
        "severity": finding.severity,
        "confidence": round(finding.confidence, 4),
        "clause": finding.clause,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "page": contract.page_of(span.start) if span else None,
        "boxes": _boxes(contract.boxes(*span)) if span else [],
        "quote": finding.quote,
        "recognised": span is not None and contract.recognised(*span) is not None,
        "message": finding.message,
        "reason": finding.reason,
        "basis": list(finding.basis),
        "advice": finding.advice,
        "suggestion": finding.suggestion,
        "triggers": _spans(finding.triggers),
        "related": _spans(finding.related),
        "looked_for": finding.looked_for,
        "source": finding.source,
        "also": list(finding.also),
    }


def _document(contract: Contract) -> dict[str, Any]:
    source = contract.source
    return {
        "path": source.path,
        "sha256": source.sha256,
        "format": source.format,
        "pages": source.pages,
        "title": contract.title,
        "contract_type": contract.contract_type,
        "characters": len(contract.text),
        "parties": [{"label": p.label, "role": p.role, "name": p.name} for p in contract.parties],
        "stance": contract.stance,
        "ready_to_sign": contract.ready_to_sign,
    }


def _problem(problem: Problem, lang: Lang) -> dict[str, Any]:
    return {
        "stage": problem.stage,
        "code": problem.code,
        "page": problem.page,
        "box": _boxes([problem.box])[0] if problem.box else None,
        "message": problem.message(lang),
    }


def _to_check(contract: Contract, mention: Mention) -> dict[str, Any]:
    line = contract.recognised(mention.start, mention.end)
    return {
        "kind": mention.kind,
        "start": mention.start,
        "end": mention.end,
        "page": contract.page_of(mention.start),
        "boxes": _boxes(contract.boxes(mention.start, mention.end)),
        "quote": contract.text_of(mention),
        "score": line.score if line else None,
    }


def _clause(contract: Contract, clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "number": clause.number,
        "heading": clause.heading,
        "path": list(clause.path),
        "level": clause.level,
        "kind": clause.kind,
        "start": clause.start,
        "end": clause.end,
        "page": contract.page_of(clause.start),
        "boxes": _boxes(contract.boxes(clause.start, clause.end)),
        "text": contract.text_of(clause),
        "element": clause.element,
        "confidence": round(clause.confidence, 4),
        "secondary": list(clause.secondary),
        "needs_review": clause.needs_review,
    }


def _blank(contract: Contract, blank: Blank) -> dict[str, Any]:
    clause = contract.clause_at(blank.start)
    return {
        "kind": blank.kind,
        "rule": "DOC013" if blank.left_in else "DOC001",
        "clause": clause.id if clause else None,
        "start": blank.start,
        "end": blank.end,
        "page": contract.page_of(blank.start),
        "boxes": _boxes(contract.boxes(blank.start, blank.end)),
        "quote": contract.text_of(blank),
    }


def _attribute(attribute: AttributeStatus) -> dict[str, Any]:
    span = attribute.span
    return {
        "element": attribute.element,
        "attribute": attribute.attribute,
        "status": attribute.status,
        "clause": attribute.clause,
        "quote": attribute.quote,
        "key": attribute.key,
        "need": attribute.need,
        "why": attribute.why,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


def _boxes(boxes: Iterable[Box]) -> list[list[float]]:
    return [[b.page, round(b.x0, 2), round(b.top, 2), round(b.x1, 2), round(b.bottom, 2)] for b in boxes]


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _value(value: object) -> str:
    if not isinstance(value, list) or not value:
        return compact(value)
    return "[\n  " + ",\n  ".join(compact(item) for item in value) + "]"
