"""Reads the annotated contracts of `corpora/`: the one source of truth for all gold data.

The file format is described in `corpora/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import yaml

from hetong.document import ELEMENTS, Element, Role
from hetong.errors import CorpusError

KINDS = ("sale", "software", "service", "construction", "lease", "employment", "confidentiality", "other")
CLAUSE_FIELDS = {
    "number", "heading", "text", "element", "secondary", "triggers", "must_not", "table", "clauses", "inline",
    "evidence", "vague", "original",
}  # fmt: skip
CONTRACT_FIELDS = {
    "id", "type", "kind", "family", "register", "title", "cover", "parties", "preamble", "clauses", "signature",
    "annexes", "document_triggers", "document_must_not",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnnotatedClause:
    """One clause with its gold labels; `triggers` maps a rule to the words it must point at.

    `evidence` maps an attribute of completeness to the words that settle it, `vague` to words that only touch it.
    `original` is the text before a redline, "" when nobody changed it.
    """

    number: str
    heading: str
    text: str
    element: Element
    secondary: tuple[Element, ...] = ()
    triggers: dict[str, str] = field(default_factory=dict)
    must_not: tuple[str, ...] = ()
    evidence: dict[str, str] = field(default_factory=dict)
    vague: dict[str, str] = field(default_factory=dict)
    original: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    inline: bool = False
    clauses: tuple[AnnotatedClause, ...] = ()

    def walk(self) -> Iterator[AnnotatedClause]:
        """This clause and all below it, in document order."""
        yield self
        for child in self.clauses:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class AnnotatedParty:
    """A party of the opening block."""

    label: str
    role: Role
    name: str = ""
    alias: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex with its own clauses."""

    title: str
    clauses: tuple[AnnotatedClause, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedContract:
    """One contract of the corpus."""

    id: str
    type: str
    kind: str
    family: str
    title: str
    parties: tuple[AnnotatedParty, ...]
    clauses: tuple[AnnotatedClause, ...]
    register: str = ""
    cover: tuple[str, ...] = ()
    preamble: str = ""
    signature: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    document_triggers: tuple[str, ...] = ()
    document_must_not: tuple[str, ...] = ()

    def walk(self) -> Iterator[AnnotatedClause]:
        """All clauses, those of the annexes last, in document order."""
        for clause in self.clauses:
            yield from clause.walk()
        for annex in self.annexes:
            for clause in annex.clauses:
                yield from clause.walk()


PrintedPart = Literal["title", "cover", "party", "preamble", "clause", "row", "signature", "annex"]


class PrintedLine(NamedTuple):
    """One line of a contract as it is printed: a paragraph, or the row of a table.

    `clause` is the clause that the line belongs to; `starts` says that its number or heading begins the line.
    `depth` is the clause's depth in the outline, from 0. A row of a table has its `cells`; its text joins them by tabs.
    """

    text: str
    part: PrintedPart
    clause: AnnotatedClause | None = None
    starts: bool = False
    depth: int = 0
    cells: tuple[str, ...] = ()


def load_contracts(folder: Path) -> list[AnnotatedContract]:
    """All annotated contracts below a folder, sorted by id.

    Raises:
        CorpusError: at least one file has mistakes; all of them are listed, with file and place.
    """
    contracts, mistakes = [], []
    for path in sorted(folder.rglob("*.yaml")):
        try:
            contracts.append(load_contract(path))
        except CorpusError as error:
            mistakes.append(str(error))
    if mistakes:
        raise CorpusError("\n".join(mistakes))
    return sorted(contracts, key=lambda c: c.id)


def load_contract(path: Path) -> AnnotatedContract:
    """One annotated contract.

    Raises:
        CorpusError: the file is no YAML or breaks the format; every mistake is listed.
    """
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise CorpusError(f"{path}: not valid YAML: {error}") from error
    mistakes = list(_mistakes(data, path))
    if mistakes:
        raise CorpusError("\n".join(f"{path}: {mistake}" for mistake in mistakes))
    return _contract(data)


def _mistakes(data: Any, path: Path) -> Iterator[str]:
    if not isinstance(data, dict):
        yield "the file must be one mapping"
        return
    yield from (f"unknown field {key}" for key in sorted(map(str, data.keys() - CONTRACT_FIELDS)))
    for key in ("id", "type", "kind", "family", "title", "parties", "clauses"):
        if not data.get(key):
            yield f"field {key} is missing"
    if data.get("id") != path.stem:
        yield f"id must be the file name {path.stem}"
    if data.get("type") != path.parent.name:
        yield f"type must be the folder name {path.parent.name}"
    if data.get("kind") not in KINDS:
        yield f"kind must be one of {', '.join(KINDS)}"
    for party in data.get("parties") or []:
        if party.get("role") not in get_args(Role):
            yield f"party {party.get('label')}: role must be one of {', '.join(get_args(Role))}"
    groups = [data.get("clauses") or [], *(annex.get("clauses") or [] for annex in data.get("annexes") or [])]
    for clauses in groups:
        for index, clause in enumerate(clauses):
            yield from _clause_mistakes(clause, f"clause {clause.get('number') or f'#{index + 1}'}")


def _clause_mistakes(clause: dict[str, Any], place: str) -> Iterator[str]:
    yield from (f"{place}: unknown field {key}" for key in sorted(map(str, clause.keys() - CLAUSE_FIELDS)))
    text = str(clause.get("text") or "")
    if "number" not in clause:
        yield f'{place}: field number is missing (use "" for none)'
    if clause.get("element") not in ELEMENTS:
        yield f"{place}: element must be one of {', '.join(ELEMENTS)}"
    yield from (f"{place}: unknown secondary {e}" for e in clause.get("secondary") or [] if e not in ELEMENTS)
    if not text.strip() and not clause.get("table") and clause.get("element") != "other":
        yield f"{place}: a bare heading is other"
    cells = [str(cell) for row in clause.get("table") or [] for cell in row]
    for labels in ("triggers", "evidence", "vague"):
        for label, quote in (clause.get(labels) or {}).items():
            if not quote or not any(str(quote) in part for part in [text, *cells]):
                yield f"{place}: the words for {label} are not in the text: {quote}"
    for index, child in enumerate(clause.get("clauses") or []):
        yield from _clause_mistakes(child, f"{place} / {child.get('number') or f'#{index + 1}'}")


def _contract(data: dict[str, Any]) -> AnnotatedContract:
    return AnnotatedContract(
        id=data["id"],
        type=data["type"],
        kind=data["kind"],
        family=data["family"],
        title=str(data["title"]),
        parties=tuple(
            AnnotatedParty(
                str(p["label"]), p["role"], str(p.get("name") or ""), str(p.get("alias") or ""),
                tuple(str(line) for line in p.get("lines") or ()),
            )
            for p in data["parties"]
        ),
        clauses=_clauses(data["clauses"]),
        register=str(data.get("register") or ""),
        cover=tuple(str(line) for line in data.get("cover") or ()),
        preamble=str(data.get("preamble") or "").strip(),
        signature=tuple(str(line) for line in data.get("signature") or ()),
        annexes=tuple(Annex(str(a["title"]), _clauses(a.get("clauses") or [])) for a in data.get("annexes") or ()),
        document_triggers=tuple(data.get("document_triggers") or ()),
        document_must_not=tuple(data.get("document_must_not") or ()),
    )  # fmt: skip


def _clauses(rows: list[dict[str, Any]]) -> tuple[AnnotatedClause, ...]:
    return tuple(
        AnnotatedClause(
            number=str(row["number"] or ""),
            heading=str(row.get("heading") or ""),
            text=str(row.get("text") or "").strip(),
            element=row["element"],
            secondary=tuple(row.get("secondary") or ()),
            triggers=_quotes(row, "triggers"),
            must_not=tuple(row.get("must_not") or ()),
            evidence=_quotes(row, "evidence"),
            vague=_quotes(row, "vague"),
            original=str(row.get("original") or "").strip(),
            table=tuple(tuple(str(cell) for cell in cells) for cells in row.get("table") or ()),
            inline=bool(row.get("inline")),
            clauses=_clauses(row.get("clauses") or []),
        )
        for row in rows
    )


def _quotes(row: dict[str, Any], labels: str) -> dict[str, str]:
    return {label: str(quote) for label, quote in (row.get(labels) or {}).items()}


def print_contract(contract: AnnotatedContract) -> list[PrintedLine]:
    """The contract line by line, as a drafter would print it (see "Printing" in `corpora/README.md`)."""
    lines = [PrintedLine(contract.title, "title")]
    lines += [PrintedLine(text, "cover") for text in contract.cover]
    for party in contract.parties:
        alias = f"（{party.alias}）" if party.alias else ""
        lines.append(PrintedLine(f"{party.label}{alias}：{party.name}", "party"))
        lines += [PrintedLine(text, "party") for text in party.lines]
    lines += [PrintedLine(text, "preamble") for text in _paragraphs(contract.preamble)]
    for clause in contract.clauses:
        lines += _print_clause(clause, 0)
    lines += [PrintedLine(text, "signature") for text in contract.signature]
    for annex in contract.annexes:
        lines.append(PrintedLine(annex.title, "annex"))
        for clause in annex.clauses:
            lines += _print_clause(clause, 0)
    return lines


def _print_clause(clause: AnnotatedClause, depth: int) -> Iterator[PrintedLine]:
    paragraphs = _paragraphs(clause.text)
    if clause.inline and clause.heading and paragraphs:
        first = f"{_set_off(clause.number)}{clause.heading}：{paragraphs.pop(0)}"
    elif clause.heading:
        first = _set_off(clause.number) + clause.heading
    else:
        first = _set_off(clause.number) + (paragraphs.pop(0) if paragraphs else "")
    if first:
        yield PrintedLine(first, "clause", clause, starts=True, depth=depth)
    yield from (PrintedLine(text, "clause", clause, depth=depth) for text in paragraphs)
    yield from (PrintedLine("\t".join(row), "row", clause, depth=depth, cells=row) for row in clause.table)
    for child in clause.clauses:
        yield from _print_clause(child, depth + 1)


def _set_off(number: str) -> str:
    """The number with the space that separates it: none behind 一、, （一） and 注：."""
    return number if not number or number[-1] in "、）)．.：" else f"{number} "


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
