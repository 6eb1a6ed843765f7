"""Rules as data: one YAML file a rule, checked as a whole, with its own examples and near misses.

A pattern is a regular expression over folded text in which every name of a party is replaced by its role:
`{buyer}` and `{supplier}` match a party whatever the contract calls it. Other names in braces stand for the word
classes of `rules/lexicon.yaml` and of the `lexicon-….yaml` beside it (`{free}`, `{forever}` …); `{~}` is a gap of up
to 12 characters inside a phrase and `{~~}` one of up to 40, neither crossing the end of a sentence.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

from hetong.errors import RuleError
from hetong.rulebook.concepts import Concepts, load_concepts
from hetong.rulebook.mistakes import mistakes
from hetong.rulebook.patterns import BUYER, SUPPLIER, Lexicon, Pattern, load_lexicon, load_mapping
from hetong.rulebook.rule import Alternative, Bounds, Example, Kind, Meaning, Rule, Scope, Threshold, Words

__all__ = [
    "BUYER", "RULES", "SUPPLIER", "Alternative", "Bounds", "Concepts", "Example", "Kind", "Lexicon", "Meaning",
    "Pattern", "Rule", "Scope", "Threshold", "Words", "load_concepts", "load_lexicon", "load_rule", "load_rules",
]  # fmt: skip

RULES: Final = Path(__file__).parents[1] / "rules"


@cache
def load_rules(folder: Path = RULES) -> tuple[Rule, ...]:
    """All rules below a folder, sorted by id.

    The shipped rules are taken as they are, since a test has checked every one; those of another folder are checked.

    Raises:
        RuleError: at least one file has mistakes; all of them are listed with file, field and remedy.
    """
    lexicon, concepts = _lexicon_for(folder), _concepts_for(folder)
    rules, wrong = [], []
    for path in sorted(folder.glob("*/*.yaml")):
        try:
            rules.append(load_rule(path, lexicon, concepts, checked=folder != RULES))
        except RuleError as error:
            wrong.append(str(error))
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.id in seen:
            wrong.append(f"{rule.source}: id: {rule.id} is also in {seen[rule.id]}; give one of them another id")
        seen.setdefault(rule.id, rule.source)
    if wrong:
        raise RuleError("\n".join(wrong))
    return tuple(sorted(rules, key=lambda r: r.id))


def load_rule(
    path: Path, lexicon: Lexicon | None = None, concepts: Concepts | None = None, *, checked: bool = True
) -> Rule:
    """One rule file.

    Raises:
        RuleError: the file has mistakes; every one is listed with file, field and remedy.
    """
    folder = path.resolve().parent.parent
    lexicon, concepts = lexicon or _lexicon_for(folder), concepts or _concepts_for(folder)
    data = load_mapping(path)
    wrong = list(mistakes(data, path, lexicon, concepts)) if checked else []
    if wrong:
        raise RuleError("\n".join(f"{path}: {mistake}" for mistake in wrong))
    return _rule(data, path, lexicon, concepts)


def _lexicon_for(folder: Path) -> Lexicon:
    """The shipped word classes, and those of a folder of own rules."""
    return load_lexicon(RULES) if folder == RULES else load_lexicon(RULES, folder)


def _concepts_for(folder: Path) -> Concepts:
    """The shipped concepts, and those of a folder of own rules."""
    return load_concepts(RULES) if folder == RULES else load_concepts(RULES, folder)


def _rule(data: dict[str, Any], path: Path, lexicon: Lexicon, concepts: Concepts) -> Rule:
    def patterns(sources: Any) -> tuple[Pattern, ...]:
        return tuple(lexicon.pattern(str(source)) for source in sources or ())

    def alternative(row: Any) -> Alternative:
        if isinstance(row, str):
            return Alternative(patterns([row]))
        within = tuple(row.get("within") or ())
        none, clause, document = (patterns(row.get(field)) for field in ("none", "none_clause", "none_document"))
        return Alternative(patterns(row["all"]), none, clause, document, within)

    def numbers(names: Any) -> frozenset[int]:
        return frozenset(concepts.number(str(name)) for name in names or ())

    def meaning(row: Any) -> Meaning:
        has = tuple(numbers(str(names).split("|")) for names in row["has"])
        lacks, near = numbers(row.get("lacks")), numbers(row.get("lacks_near"))
        return Meaning(concepts, has, lacks, near, row.get("owes"), bool(row.get("apart")))

    def bounds(row: Any) -> Bounds:
        needs = tuple(frozenset(str(names).split("|")) for names in row.get("needs") or ())
        return Bounds(needs, frozenset(map(str, row.get("lacks") or ())))

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
        meaning=tuple(meaning(row) for row in data.get("meaning") or ()),
        detector=bounds(data["detector"]) if data.get("detector") else None,
        bearer=data.get("bearer"),
        unless=patterns(data.get("unless")),
        unless_clause=patterns(data.get("unless_clause")),
        unless_section=patterns(data.get("unless_section")),
        unless_document=patterns(data.get("unless_document")),
        milder=patterns(data.get("milder")),
        companion=patterns(data.get("companion")),
        evidence=patterns(data.get("evidence")),
        when=patterns(data.get("when")),
        companion_scope=data.get("companion_scope", "clause"),
        threshold=Threshold(**threshold) if threshold else None,
        check=str(data.get("check") or ""),
        once="document" if data.get("once") is True else data.get("once") or None,
        yields_to=tuple(data.get("yields_to") or ()),
        looked_for=data.get("looked_for"),
        examples=_examples(data.get("examples")),
        counter_examples=_examples(data.get("counter_examples")),
        known_gaps=_examples(data.get("known_gaps")),
        source=path.name,
    )


def _examples(rows: Any) -> tuple[Example, ...]:
    return tuple(Example(str(r["text"]), str(r.get("quote") or ""), str(r.get("why") or "")) for r in rows or ())
