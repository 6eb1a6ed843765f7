"""Rules as data: one YAML file a rule, checked as a whole, with its own examples and near misses.

A pattern is a regular expression over folded text in which every name of a party is replaced by its role:
`{buyer}` and `{supplier}` match a party whatever the contract calls it. Other names in braces stand for the word
classes of `rules/lexicon.yaml` (`{free}`, `{forever}` …); `{~}` is a gap of up to 12 characters inside a phrase and
`{~~}` one of up to 40, neither crossing the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

import yaml

from hetong.document import ELEMENTS, SEVERITIES, STANCES, Element, Severity, Stance
from hetong.errors import RuleError
from hetong.messages import Lang

Kind = Literal["wording", "companion", "absence", "threshold", "check"]
Scope = Literal["sentence", "clause", "section", "document"]
BUYER: Final = "\ue0b1"  # private-use characters: no contract prints them, and they keep the length of a name
SUPPLIER: Final = "\ue051"
RULES: Final = Path(__file__).parent / "rules"
PATTERN_FIELDS: Final = ("unless", "unless_clause", "unless_document", "companion", "evidence", "when")
FIELDS: Final = {
    "id", "name", "element", "kind", "title", "severity", "confidence", "applies_to", "scope", "match", "bearer",
    *PATTERN_FIELDS, "companion_scope", "threshold", "check", "once", "yields_to", "message", "reason", "basis", "advice",
    "suggestion", "looked_for", "examples", "counter_examples", "known_gaps",
}  # fmt: skip
ALTERNATIVE_FIELDS: Final = ("all", "none", "none_clause")
REQUIRED: Final = ("id", "name", "element", "kind", "title", "severity", "message", "reason", "basis", "advice",
                   "suggestion", "examples", "counter_examples")  # fmt: skip
NEEDED: Final[Mapping[str, str]] = {
    "wording": "match", "companion": "match", "absence": "evidence", "threshold": "threshold", "check": "check",
}  # fmt: skip
Words = Mapping[Lang, str]


@dataclass(frozen=True, slots=True, eq=False)
class Alternative:
    """One way in which a rule matches: all patterns in the same unit, in any order, and none of `none`.

    `none_clause` are mitigations of this way only, looked for in the whole clause.
    """

    all: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...] = ()
    none_clause: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit on a number in the words that matched: rates are fractions a day, periods are days."""

    of: Literal["rate", "period"]
    at_least: float


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which a rule fires at `quote` (any place when empty), or must not fire."""

    text: str
    quote: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: rules are loaded once and serve as cache keys
class Rule:
    """One check, with all that a finding of it says. See `docs/architecture.md` for how to write one."""

    id: str
    name: str
    element: Element
    kind: Kind
    title: Words
    severity: Mapping[Stance, Severity | None]
    message: Words
    reason: Words
    basis: tuple[str, ...]
    advice: Words
    suggestion: Words
    confidence: float = 0.8
    applies_to: tuple[str, ...] = ()
    scope: Scope = "sentence"
    match: tuple[Alternative, ...] = ()
    bearer: Literal["buyer", "supplier"] | None = None
    unless: tuple[re.Pattern[str], ...] = ()
    unless_clause: tuple[re.Pattern[str], ...] = ()
    unless_document: tuple[re.Pattern[str], ...] = ()
    companion: tuple[re.Pattern[str], ...] = ()
    companion_scope: Scope = "clause"
    evidence: tuple[re.Pattern[str], ...] = ()
    when: tuple[re.Pattern[str], ...] = ()
    threshold: Threshold | None = None
    check: str = ""
    once: bool = False
    yields_to: tuple[str, ...] = ()
    looked_for: Words | None = None
    examples: tuple[Example, ...] = ()
    counter_examples: tuple[Example, ...] = ()
    known_gaps: tuple[Example, ...] = ()
    source: str = ""


@cache
def load_rules(folder: Path = RULES) -> tuple[Rule, ...]:
    """All rules below a folder, sorted by id.

    Raises:
        RuleError: at least one file has mistakes; all of them are listed with file, field and remedy.
    """
    lexicon = load_lexicon(folder / "lexicon.yaml" if (folder / "lexicon.yaml").exists() else RULES / "lexicon.yaml")
    rules, mistakes = [], []
    for path in sorted(folder.glob("*/*.yaml")):
        try:
            rules.append(load_rule(path, lexicon))
        except RuleError as error:
            mistakes.append(str(error))
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.id in seen:
            mistakes.append(f"{rule.source}: id: {rule.id} is also in {seen[rule.id]}; give one of them another id")
        seen.setdefault(rule.id, rule.source)
    if mistakes:
        raise RuleError("\n".join(mistakes))
    return tuple(sorted(rules, key=lambda r: r.id))


def load_lexicon(path: Path) -> dict[str, str]:
    """Word classes by name, each expanded to one group of alternatives; a class may name classes above it."""
    lexicon = {"buyer": f"{BUYER}+", "supplier": f"{SUPPLIER}+", "party": f"[{BUYER}{SUPPLIER}]+",
               "~": r"[^。；\n]{0,12}", "~~": r"[^。；\n]{0,40}"}  # fmt: skip
    for name, words in _yaml(path).items():
        lexicon[name] = "(?:" + "|".join(expand(str(word), lexicon, path.name) for word in words) + ")"
    return lexicon


def expand(pattern: str, lexicon: Mapping[str, str], place: str) -> str:
    """A pattern with its word classes filled in.

    Raises:
        RuleError: a name in braces is not in the lexicon.
    """

    def class_of(match: re.Match[str]) -> str:
        if match[1] not in lexicon:
            raise RuleError(f"{place}: pattern {pattern!r} names {{{match[1]}}}, which lexicon.yaml does not define")
        return lexicon[match[1]]

    return re.sub(r"\{([a-z_~]+)\}", class_of, pattern)


def load_rule(path: Path, lexicon: Mapping[str, str] | None = None) -> Rule:
    """One rule file.

    Raises:
        RuleError: the file has mistakes; every one is listed with file, field and remedy.
    """
    lexicon = lexicon or load_lexicon(RULES / "lexicon.yaml")
    data = _yaml(path)
    shape = list(_shape_mistakes(data))
    mistakes = [*_mistakes(data, path), *(shape or _pattern_mistakes(data, lexicon))]
    if mistakes:
        raise RuleError("\n".join(f"{path}: {mistake}" for mistake in mistakes))
    return _rule(data, path, lexicon)


def _yaml(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RuleError(f"{path}: not readable YAML: {error}") from error
    if not isinstance(data, dict):
        raise RuleError(f"{path}: the file must be one mapping of fields")
    return data


def _mistakes(data: dict[str, Any], path: Path) -> Iterator[str]:
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
    yield from _choice(data, "bearer", ("buyer", "supplier"), optional=True)
    needed = NEEDED.get(str(data.get("kind")))
    if needed and not data.get(needed):
        yield f"{needed}: a rule of kind {data['kind']} needs it"
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


def _shape_mistakes(data: dict[str, Any]) -> Iterator[str]:
    """What is no list of patterns; the patterns themselves are read only when there is nothing of the kind."""
    for key in ("match", *PATTERN_FIELDS):
        rows = data.get(key) or []
        if not isinstance(rows, list):
            yield f"{key}: write a list of patterns"
            continue
        for index, row in enumerate(rows, 1):
            if isinstance(row, dict) and key == "match":
                if not row.get("all") or row.keys() - set(ALTERNATIVE_FIELDS):
                    yield f"match: number {index} needs all, and may have none and none_clause, nothing else"
                elif not all(isinstance(row.get(part) or [], list) for part in ALTERNATIVE_FIELDS):
                    yield f"match: number {index}: write all, none and none_clause as lists of patterns"
            elif not isinstance(row, str):
                yield f"{key}: number {index} is no pattern; write it in quotes"


def _choice(data: dict[str, Any], key: str, allowed: tuple[str, ...], *, optional: bool = False) -> Iterator[str]:
    if not (optional and key not in data) and data.get(key) not in allowed:
        yield f"{key}: must be one of {', '.join(allowed)}"


def _example_mistakes(rows: list[Any], key: str) -> Iterator[str]:
    for index, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not row.get("text") or row.keys() - {"text", "quote", "why"}:
            yield f"{key}: number {index} needs text, and may have quote and why, nothing else"
        elif row.get("quote") and str(row["quote"]) not in str(row["text"]):
            yield f"{key}: number {index}: the quote is not in the text"


def _pattern_mistakes(data: dict[str, Any], lexicon: Mapping[str, str]) -> Iterator[str]:
    for key, pattern in _all_patterns(data):
        try:
            re.compile(expand(pattern, lexicon, key))
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


def _rule(data: dict[str, Any], path: Path, lexicon: Mapping[str, str]) -> Rule:
    def compiled(patterns: Any) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(expand(str(p), lexicon, path.name)) for p in patterns or ())

    def alternative(row: Any) -> Alternative:
        if isinstance(row, str):
            return Alternative(compiled([row]))
        return Alternative(compiled(row["all"]), compiled(row.get("none")), compiled(row.get("none_clause")))

    threshold = data.get("threshold")
    return Rule(
        id=data["id"],
        name=data["name"],
        element=data["element"],
        kind=data["kind"],
        title=data["title"],
        message=data["message"],
        reason=data["reason"],
        advice=data["advice"],
        suggestion=data["suggestion"],
        severity={stance: None if level == "none" else level for stance, level in data["severity"].items()},
        basis=tuple(data["basis"]),
        confidence=float(data.get("confidence", 0.8)),
        applies_to=tuple(data.get("applies_to") or ()),
        scope=data.get("scope", "sentence"),
        match=tuple(alternative(row) for row in data.get("match") or ()),
        bearer=data.get("bearer"),
        unless=compiled(data.get("unless")),
        unless_clause=compiled(data.get("unless_clause")),
        unless_document=compiled(data.get("unless_document")),
        companion=compiled(data.get("companion")),
        evidence=compiled(data.get("evidence")),
        when=compiled(data.get("when")),
        companion_scope=data.get("companion_scope", "clause"),
        threshold=Threshold(threshold["of"], float(threshold["at_least"])) if threshold else None,
        check=str(data.get("check") or ""),
        once=bool(data.get("once")),
        yields_to=tuple(data.get("yields_to") or ()),
        looked_for=data.get("looked_for"),
        examples=_examples(data.get("examples")),
        counter_examples=_examples(data.get("counter_examples")),
        known_gaps=_examples(data.get("known_gaps")),
        source=path.name,
    )


def _examples(rows: Any) -> tuple[Example, ...]:
    return tuple(Example(str(r["text"]), str(r.get("quote") or ""), str(r.get("why") or "")) for r in rows or ())
