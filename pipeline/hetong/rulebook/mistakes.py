"""Everything that can be wrong with a rule file, said at once: field and remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, get_args

from hetong.document import ELEMENTS, SEVERITIES, STANCES
from hetong.errors import RuleError
from hetong.rulebook.concepts import Concepts
from hetong.rulebook.patterns import Lexicon
from hetong.rulebook.rule import Kind, Scope

PATTERN_FIELDS: Final = (
    "unless", "unless_clause", "unless_section", "unless_document", "milder", "companion", "evidence", "when",
)  # fmt: skip
FIELDS: Final = {
    "id", "name", "element", "kind", "title", "severity", "confidence", "applies_to", "scope", "match", "meaning",
    "detector", "bearer",
    *PATTERN_FIELDS, "companion_scope", "threshold", "check", "once", "yields_to", "message", "reason", "basis",
    "advice", "suggestion", "looked_for", "examples", "counter_examples", "known_gaps",
}  # fmt: skip
MEANING_FIELDS: Final = ("has", "lacks", "lacks_near")
ALTERNATIVE_FIELDS: Final = ("all", "none", "none_clause", "none_document")
REQUIRED: Final = ("id", "name", "element", "kind", "title", "severity", "message", "reason", "basis", "advice",
                   "suggestion", "examples", "counter_examples")  # fmt: skip
NEEDED: Final[Mapping[str, str]] = {
    "wording": "match", "companion": "match", "meaning": "meaning", "absence": "evidence",
    "threshold": "threshold", "check": "check",
}  # fmt: skip


def mistakes(data: dict[str, Any], path: Path, lexicon: Lexicon, concepts: Concepts) -> Iterator[str]:
    """Each mistake of a rule file; the patterns are tried only when they are where patterns belong."""
    shape = list(_shape_mistakes(data))
    yield from _field_mistakes(data, path)
    yield from shape or _pattern_mistakes(data, lexicon)
    yield from _meaning_mistakes(data.get("meaning") or [], concepts)
    yield from _bounds_mistakes(data.get("detector") or {}, concepts)


def _field_mistakes(data: dict[str, Any], path: Path) -> Iterator[str]:
    yield from (f"{key}: no such field; remove it" for key in sorted(data.keys() - FIELDS))
    yield from (f"{key}: missing; add it" for key in REQUIRED if not data.get(key))
    if not re.fullmatch(r"[A-Z]{3}[0-9]{3}", str(data.get("id"))):
        yield "id: write three capitals and three digits, like SRV001"
    if path.stem != f"{data.get('id')}-{data.get('name')}":
        yield f"id, name: name the file {data.get('id')}-{data.get('name')}.yaml"
    yield from _choice(data, "element", ELEMENTS)
    yield from _choice(data, "kind", get_args(Kind))
    yield from _choice(data, "scope", get_args(Scope), optional=True)
    yield from _choice(data, "companion_scope", get_args(Scope), optional=True)
    if data.get("once", False) not in (True, False, "clause"):
        yield "once: must be true (once a document) or clause (once a clause)"
    yield from _choice(data, "bearer", ("buyer", "supplier"), optional=True)
    needed = NEEDED.get(str(data.get("kind")))
    if needed and not data.get(needed):
        yield f"{needed}: a rule of kind {data['kind']} needs it"
    if data.get("threshold"):
        yield from _threshold_mistakes(data["threshold"])
    if data.get("kind") == "companion" and not data.get("companion"):
        yield "companion: a rule of kind companion needs it"
    severity = data.get("severity") or {}
    if set(severity) != set(STANCES) or not set(severity.values()) <= {*SEVERITIES, "none"}:
        yield f"severity: give {', '.join(STANCES)}, each one of {', '.join(SEVERITIES)}, none"
    texts = ("title", "message", "reason", "advice", "suggestion", *(["looked_for"] if "looked_for" in data else []))
    for key in texts:
        if set(data.get(key) or {}) != {"zh", "en"}:
            yield f"{key}: give it in zh and en"
    for key in ("examples", "counter_examples"):
        if len(data.get(key) or []) < 4:
            yield f"{key}: give at least 4"
    for key in ("examples", "counter_examples", "known_gaps"):
        yield from _example_mistakes(data.get(key) or [], key)


def _threshold_mistakes(limit: Any) -> Iterator[str]:
    limits = {key: value for key, value in limit.items() if key != "of"} if isinstance(limit, dict) else {}
    numbers = [*limits.pop("by_type", {}).values(), *limits.values()]
    right = all(type(number) in (int, float) for number in numbers)
    if not limits or not right or limits.keys() - {"at_least", "at_most"} or limit.get("of") not in ("rate", "period"):
        yield "threshold: give of (rate or period) and at_least or at_most as numbers; by_type may hold a number a type"


def _shape_mistakes(data: dict[str, Any]) -> Iterator[str]:
    """What is no list of patterns; the patterns themselves are read only when there is nothing of the kind."""
    for key in ("match", *PATTERN_FIELDS):
        rows = data.get(key) or []
        if not isinstance(rows, list):
            yield f"{key}: write a list of patterns"
            continue
        for index, row in enumerate(rows, 1):
            if isinstance(row, dict) and key == "match":
                if not row.get("all") or row.keys() - {*ALTERNATIVE_FIELDS, "within"}:
                    fields = ", ".join(ALTERNATIVE_FIELDS[1:])
                    yield f"match: number {index} needs all, and may have {fields} and within, nothing else"
                elif not all(isinstance(row.get(part) or [], list) for part in ALTERNATIVE_FIELDS):
                    yield f"match: number {index}: write all, none, none_clause and none_document as lists of patterns"
                elif not _fit(row.get("within"), row["all"]):
                    yield f"match: number {index}: within: give a list of numbers, one less than there are patterns"
            elif not isinstance(row, str):
                yield f"{key}: number {index} is no pattern; write it in quotes"


def _meaning_mistakes(rows: Any, concepts: Concepts) -> Iterator[str]:
    """What is no meaning, or names a concept that there is not."""
    for index, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        if not isinstance(row, dict) or not row.get("has") or row.keys() - {*MEANING_FIELDS, "owes", "apart"}:
            yield f"meaning: number {index} needs has, and may have lacks, lacks_near, owes and apart, nothing else"
        elif not all(isinstance(row.get(field) or [], list) for field in MEANING_FIELDS):
            yield f"meaning: number {index}: write has, lacks and lacks_near as lists of concepts"
        else:
            names = [name for field in MEANING_FIELDS for part in row.get(field) or () for name in str(part).split("|")]
            unknown = sorted({*names} - {*concepts.names})
            yield from (f"meaning: number {index}: no concept {name} in concepts.yaml" for name in unknown)
            if row.get("owes") not in (None, "buyer", "supplier"):
                yield f"meaning: number {index}: owes: must be buyer or supplier"


def _bounds_mistakes(row: Any, concepts: Concepts) -> Iterator[str]:
    fields = ("needs", "lacks")
    if (
        not isinstance(row, dict)
        or row.keys() - {*fields}
        or not all(isinstance(row.get(f) or [], list) for f in fields)
    ):
        yield "detector: may have needs and lacks, lists of concepts, nothing else"
        return
    names = {name for field in fields for part in row.get(field) or () for name in str(part).split("|")}
    yield from (f"detector: no concept {name} in concepts.yaml" for name in sorted(names - {*concepts.names}))


def _fit(within: Any, patterns: list[str]) -> bool:
    gaps = within if isinstance(within, list) else []
    return within is None or (len(gaps) == len(patterns) - 1 and all(type(gap) is int for gap in gaps))


def _choice(data: dict[str, Any], key: str, allowed: tuple[str, ...], *, optional: bool = False) -> Iterator[str]:
    if not (optional and key not in data) and data.get(key) not in allowed:
        yield f"{key}: must be one of {', '.join(allowed)}"


def _example_mistakes(rows: list[Any], key: str) -> Iterator[str]:
    for index, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not row.get("text") or row.keys() - {"text", "quote", "why"}:
            yield f"{key}: number {index} needs text, and may have quote and why, nothing else"
        elif row.get("quote") and str(row["quote"]) not in str(row["text"]):
            yield f"{key}: number {index}: the quote is not in the text"


def _pattern_mistakes(data: dict[str, Any], lexicon: Lexicon) -> Iterator[str]:
    for key, pattern in _all_patterns(data):
        try:
            re.compile(lexicon.expand(pattern, key))
        except RuleError as error:
            yield str(error)
        except re.error as error:
            yield f"{key}: {pattern!r} is no regular expression: {error}"


def _all_patterns(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for row in data.get("match") or []:
        for part in [row] if isinstance(row, str) else [p for key in ALTERNATIVE_FIELDS for p in row.get(key) or ()]:
            yield "match", str(part)
    for key in PATTERN_FIELDS:
        yield from ((key, str(pattern)) for pattern in data.get(key) or [])
