"""What a contract should settle, read from `rules/completeness.yaml`: attributes of the five elements by type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final, get_args

from hetong.document import Element, Need
from hetong.errors import RuleError
from hetong.rulebook import RULES
from hetong.rulebook.patterns import Lexicon, Pattern, load_mapping
from hetong.rulebook.rule import Words

FILE: Final = RULES / "completeness.yaml"
TYPES: Final = ("sale", "software", "service", "construction", "lease", "employment", "confidentiality", "other")
FIELDS: Final = frozenset(
    {"key", "element", "name", "law", "when", "parties", "home", "present", "mention", "needs", "vague", "stray"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """What makes a mention concrete: a period, an amount, a named standard, a responsible party.

    `starts` is a set of characters as a regular expression writes it: a match begins with one of them; "" is unknown.
    """

    key: str
    name: Words
    pattern: str
    starts: str


@dataclass(frozen=True, eq=False)
class Attribute:
    """Something that a contract should settle, and the words that tell whether it does.

    `present` patterns settle it by themselves; `mention` words do beside one of the facts that it `needs`, with `home`
    only below a heading that names it; `vague` words only touch it. Where a `stray` pattern matches in the sentence,
    all of these speak of something else. With `parties` it is settled by two parties with names. `when` are words of
    the contracts that it makes sense for; empty means all.
    """

    key: str
    element: Element
    name: Words
    law: tuple[str, ...]
    need: Mapping[str, Need]
    present: tuple[Pattern, ...]
    mention: tuple[Pattern, ...]
    needs: tuple[Fact, ...]
    vague: tuple[Pattern, ...]
    stray: tuple[Pattern, ...]
    when: tuple[str, ...]
    parties: bool
    home: bool

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """The words by which a heading names it."""
        plain = {pattern.source for pattern in (*self.mention, *self.vague) if pattern.is_word}
        return tuple(sorted(word for word in plain if len(word) > 1))

    def need_of(self, contract_type: str) -> Need | None:
        """How much a type of contract needs it, None when it does not; an unknown type counts as `other`."""
        return self.need.get(contract_type if contract_type in TYPES else "other")


@cache
def load_attributes(path: Path = FILE) -> tuple[Attribute, ...]:
    """All attributes in the order of the file, which is that of the elements.

    Raises:
        RuleError: the file has mistakes; all of them are listed with attribute, field and remedy.
    """
    data = load_mapping(path)
    lexicon = Lexicon(data.get("words") or {})
    facts = {key: _fact(key, row, lexicon) for key, row in data["facts"].items()}
    rows = data["attributes"]
    if wrong := [f"{path.name}: {mistake}" for row in rows for mistake in _mistakes(row, facts)]:
        raise RuleError("\n".join(wrong))
    return tuple(_attribute(row, facts, lexicon) for row in rows)


def _fact(key: str, row: Mapping[str, Any], lexicon: Lexicon) -> Fact:
    return Fact(key, row["name"], lexicon.expand("|".join(row["patterns"]), FILE.name), row.get("starts", ""))


def _attribute(row: Mapping[str, Any], facts: Mapping[str, Fact], lexicon: Lexicon) -> Attribute:
    def patterns(field: str) -> tuple[Pattern, ...]:
        return tuple(lexicon.pattern(source) for source in dict.fromkeys(row.get(field) or ()))

    return Attribute(
        key=row["key"],
        element=row["element"],
        name=row["name"],
        law=tuple(row["law"]),
        need={kind: need for need in get_args(Need) for kind in row.get(need) or ()},
        present=patterns("present"),
        mention=patterns("mention"),
        needs=tuple(facts[key] for key in row.get("needs") or ()),
        vague=patterns("vague"),
        stray=patterns("stray"),
        when=tuple(row.get("when") or ()),
        parties=bool(row.get("parties")),
        home=bool(row.get("home")),
    )


def _mistakes(row: Mapping[str, Any], facts: Mapping[str, Fact]) -> list[str]:
    """What is wrong with an attribute, each with its remedy."""
    key = row.get("key", "?")
    wrong = [f"{key}: {field}: no such field" for field in sorted(row.keys() - FIELDS - set(get_args(Need)))]
    wrong += [f"{key}: needs: no fact {fact!r} in `facts`" for fact in row.get("needs") or () if fact not in facts]
    kinds = [kind for need in get_args(Need) for kind in row.get(need) or ()]
    wrong += [f"{key}: {kind}: no such type; use {', '.join(TYPES)}" for kind in kinds if kind not in TYPES]
    wrong += [f"{key}: {kind}: give one need only" for kind in sorted({k for k in kinds if kinds.count(k) > 1})]
    if bool(row.get("mention")) != bool(row.get("needs")):
        wrong.append(f"{key}: mention and needs belong together")
    return wrong
