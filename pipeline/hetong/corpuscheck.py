"""Looks at the whole corpus: clauses that are nearly the same, labels that nobody knows, and what there is of each.

Near duplicates are found with an inverted index over the rarest character 5-grams of each text (the prefix filter of
Chaudhuri, Ganti and Kaushik 2006), which loses no pair over the limit.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, NamedTuple

from hetong.corpus import AnnotatedClause, AnnotatedContract
from hetong.document import ELEMENTS
from hetong.rulebook import load_rules
from hetong.rulebook.attributes import load_attributes

NEAR: Final = 0.7  # Jaccard over character 5-grams; above it two texts are near duplicates
GRAM: Final = 5
FEWEST: Final = 8  # grams; texts of fewer than 12 word characters say too little to be copies
LONGEST_FORMULA: Final = 60  # word characters; longer texts are no boilerplate
_NO_WORD: Final = re.compile(r"[\W_]+")
# What every drafter writes in nearly the same words: how many copies there are, and who signs
_FORMULA: Final = re.compile(
    "(?:一式|壹式)[^。；\n]{1,8}份|(?:各|一)执[^。；\n]{1,8}份"
    r"|^[^。；\n]{0,20}(?:签字|签章|盖章|签名|法定代表人|委托代理人|签订日期)[^。；\n]{0,12}[：:][_＿\s年月日]*$"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and where it stands: contract and number of the clause, or file and line."""

    home: str
    place: str
    text: str


class Twins(NamedTuple):
    """Two passages of different homes that are nearly the same; `likeness` is their Jaccard index."""

    first: Passage
    second: Passage
    likeness: float


def passages(contracts: Iterable[AnnotatedContract]) -> list[Passage]:
    """The text of every clause that has one."""
    return [
        Passage(contract.id, clause.number or f"#{i}", clause.text)
        for contract in contracts
        for i, clause in enumerate(contract.walk())
        if clause.text
    ]


def is_formula(text: str) -> bool:
    """Whether a text is boilerplate that may recur: short, and about copies (一式两份) or a line to sign on."""
    return len(_NO_WORD.sub("", text)) <= LONGEST_FORMULA and bool(_FORMULA.search(text))


def near_duplicates(found: Sequence[Passage], others: Sequence[Passage] = ()) -> list[Twins]:
    """Pairs over `NEAR` among passages of different homes, and between them and `others`; boilerplate included."""
    every = (*others, *found)
    grams = [_grams(passage.text) for passage in every]
    rarity = Counter(gram for one in grams for gram in one)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    twins = []
    for number, own in enumerate(grams):
        rare = sorted(own, key=lambda gram: (rarity[gram], gram))[: len(own) - ceil(NEAR * len(own)) + 1]
        if number >= len(others):
            near = sorted({at for gram in rare for at in holders[gram] if every[at].home != every[number].home})
            compared = ((at, _likeness(grams[at], own)) for at in near)
            twins += [Twins(every[at], every[number], likeness) for at, likeness in compared if likeness > NEAR]
        for gram in rare:
            holders[gram].append(number)
    return twins


def _grams(text: str) -> frozenset[str]:
    squashed = _NO_WORD.sub("", text)
    grams = frozenset(squashed[i : i + GRAM] for i in range(len(squashed) - GRAM + 1))
    return grams if len(grams) >= FEWEST else frozenset()


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def unknown_labels(contracts: Iterable[AnnotatedContract]) -> Iterator[str]:
    """Labels that name no rule of ours or no attribute of completeness, each with its place."""
    rules = {rule.id for rule in load_rules()}
    keys = {attribute.key for attribute in load_attributes()}
    for contract in contracts:
        labelled = {*contract.document_triggers, *contract.document_must_not}
        yield from (f"{contract.id}: document: no rule {rule}" for rule in sorted(labelled - rules))
        for clause in contract.walk():
            place = f"{contract.id}: clause {clause.number or clause.text[:12]}"
            yield from (f"{place}: no rule {rule}" for rule in sorted({*clause.triggers, *clause.must_not} - rules))
            yield from (f"{place}: no attribute {key}" for key in sorted({*clause.evidence, *clause.vague} - keys))


def statistics(contracts: Sequence[AnnotatedContract]) -> Iterator[str]:
    """What there is, as lines of Markdown: totals, then clauses by element, then contracts and clauses by type."""
    yield from _table(("corpus", "count"), _totals(contracts))
    clauses = [clause for contract in contracts for clause in contract.walk() if has_words(clause)]
    elements = Counter(clause.element for clause in clauses)
    rows = ((element, elements[element], f"{elements[element] / max(1, len(clauses)):.1%}") for element in ELEMENTS)
    yield from ("", *_table(("element", "clauses with words", "share"), rows))
    types = Counter(contract.type for contract in contracts)
    sizes = Counter(contract.type for contract in contracts for _ in contract.walk())
    yield from (
        "",
        *_table(("type", "contracts", "clauses"), ((name, types[name], sizes[name]) for name in sorted(types))),
    )


def has_words(clause: AnnotatedClause) -> bool:
    """Whether a clause says something itself and is no bare heading."""
    return bool(clause.text or clause.table)


def _totals(contracts: Sequence[AnnotatedContract]) -> Iterator[tuple[str, int]]:
    clauses = [clause for contract in contracts for clause in contract.walk()]
    yield "contracts", len(contracts)
    yield "types", len({contract.type for contract in contracts})
    yield "families", len({contract.family for contract in contracts})
    yield "registers", len({contract.register for contract in contracts})
    yield "clauses", len(clauses)
    yield "clauses with words", sum(map(has_words, clauses))
    yield (
        "risks that must fire",
        sum(len(c.triggers) for c in clauses) + sum(len(c.document_triggers) for c in contracts),
    )
    silent = sum(len(c.must_not) for c in clauses) + sum(len(c.document_must_not) for c in contracts)
    yield "near misses that must not", silent
    yield "evidence of attributes", sum(len(c.evidence) + len(c.vague) for c in clauses)
    yield "clauses with a redline", sum(bool(c.original) for c in clauses)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(map(str, row))} |" for row in rows)
