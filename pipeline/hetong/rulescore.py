"""Scores rules against the labels of annotated contracts: what must fire, what must not, what nobody labelled.

A clause's `triggers` are found when the rule, or one that it yields to, speaks of that clause; its `must_not` is raised
when the rule does. Labels of the whole document ask only whether the rule speaks at all. A finding where no label says
anything counts apart. Detectors are left out: they learned from these very labels.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hetong.corpus import AnnotatedClause, AnnotatedContract, print_contract
from hetong.document import STANCES
from hetong.flag import flag
from hetong.predictor import OFF
from hetong.rulebook import Rule
from hetong.ruletest import contract_of, prepared

if TYPE_CHECKING:
    import pandas as pd


@dataclass(slots=True)
class RuleScore:
    """How often a rule found and missed what is labelled, was raised where it must not, and spoke unlabelled."""

    found: int = 0
    missed: int = 0
    raised: int = 0
    kept_silent: int = 0
    unlabelled: int = 0

    @property
    def precision(self) -> float:
        """Found ones among found and raised; 0 when there is neither."""
        return self.found / (self.found + self.raised) if self.found else 0.0

    @property
    def recall(self) -> float:
        """Found ones among those labelled; 0 when none is."""
        return self.found / (self.found + self.missed) if self.found else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """A label that a rule went against."""

    rule: str
    contract: str
    clause: str
    what: str


Place = AnnotatedClause | None  # None stands for the whole contract


def score(contracts: Iterable[AnnotatedContract], rules: tuple[Rule, ...]) -> tuple[dict[str, RuleScore], list[Miss]]:
    """The score of each rule that is labelled or speaks, by id, and every label that was gone against."""
    scores: defaultdict[str, RuleScore] = defaultdict(RuleScore)
    misses: list[Miss] = []
    yields = {rule.id: _better(rule.id, {r.id: r.yields_to for r in rules}) for rule in rules}
    for source in contracts:
        spoken = _spoken(source, rules)
        labels = [(rule, place, must) for rule, place, must in _labels(source) if rule in yields]
        for rule, place, must in labels:
            heard = (rule, *yields[rule]) if must else (rule,)
            speaks = any(place is None or there is place for name in heard for there in spoken.get(name, ()))
            _count(scores[rule], must, speaks)
            if speaks is not must:
                number = "document" if place is None else place.number or place.text[:12]
                misses.append(Miss(rule, source.id, number, "missed" if must else "raised"))
        labelled = {(rule, id(place)) for rule, place, _ in labels}
        for rule, places in spoken.items():
            for place in places:
                whole = (rule, id(None)) in labelled
                scores[rule].unlabelled += not whole and (rule, id(place)) not in labelled
    return dict(sorted(scores.items())), misses


def _better(rule: str, yields_to: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The rules that a rule yields to, and those that these yield to in their turn."""
    found: set[str] = set()
    asked = [*yields_to.get(rule, ())]
    while asked:
        other = asked.pop()
        if other not in found:
            found.add(other)
            asked += yields_to.get(other, ())
    return frozenset(found)


def _count(tally: RuleScore, must: bool, speaks: bool) -> None:
    tally.found += must and speaks
    tally.missed += must and not speaks
    tally.raised += speaks and not must
    tally.kept_silent += not must and not speaks


def _labels(source: AnnotatedContract) -> Iterator[tuple[str, Place, bool]]:
    """(rule, where, whether it must speak there) of every label."""
    for clause in source.walk():
        yield from ((rule, clause, True) for rule in clause.triggers)
        yield from ((rule, clause, False) for rule in clause.must_not)
    yield from ((rule, None, True) for rule in source.document_triggers)
    yield from ((rule, None, False) for rule in source.document_must_not)


def _spoken(source: AnnotatedContract, rules: tuple[Rule, ...]) -> dict[str, list[Place]]:
    """Rule → the clauses that it speaks of for any stance, each once; None when it speaks of none of them."""
    printed = [line for line in print_contract(source) if line.text.strip()]
    contract = prepared(contract_of("\n".join(line.text for line in printed)))
    places: defaultdict[str, dict[int, Place]] = defaultdict(dict)
    for stance in STANCES:
        for finding in flag(contract, rules, stance, detectors=OFF).findings:
            spans = [span for span in (finding.span, *finding.related) if span]
            lines = [
                i for i, b in enumerate(contract.blocks) if any(s.start < b.end and s.end > b.start for s in spans)
            ]
            touched: list[Place] = [printed[i].clause for i in lines] or [None]
            places[finding.rule] |= {id(place): place for place in touched}
    return {rule: list(found.values()) for rule, found in places.items()}


def table(scores: Mapping[str, RuleScore]) -> Iterator[str]:
    """One line a rule, then all together."""
    heads = f"{'found':>7}{'missed':>8}{'raised':>8}{'silent':>8}{'unlabelled':>12}{'precision':>11}{'recall':>8}"
    yield f"{'rule':8}{heads}"
    whole = RuleScore()
    for rule, tally in scores.items():
        yield f"{rule:8}{_figures(tally)}"
        whole.found, whole.missed = whole.found + tally.found, whole.missed + tally.missed
        whole.raised, whole.kept_silent = whole.raised + tally.raised, whole.kept_silent + tally.kept_silent
        whole.unlabelled += tally.unlabelled
    yield f"{'all':8}{_figures(whole)}"


def to_frame(scores: Mapping[str, RuleScore]) -> pd.DataFrame:
    """The scores as a frame by rule: the counts, `precision` and `recall` (missing where there is nothing to count).

    Raises:
        ImportError: pandas is not installed.
    """
    import pandas as pd

    names = ("found", "missed", "raised", "kept_silent", "unlabelled")
    frame = pd.DataFrame(
        [[getattr(tally, name) for name in names] for tally in scores.values()],
        index=pd.Index(list(scores), name="rule"), columns=list(names), dtype="int64",
    )  # fmt: skip
    spoken, labelled = frame["found"] + frame["raised"], frame["found"] + frame["missed"]
    frame["precision"] = (frame["found"] / spoken).where(spoken > 0)
    frame["recall"] = (frame["found"] / labelled).where(labelled > 0)
    return frame


def _figures(tally: RuleScore) -> str:
    counts = f"{tally.found:7}{tally.missed:8}{tally.raised:8}{tally.kept_silent:8}{tally.unlabelled:12}"
    precision = f"{tally.precision:.2f}" if tally.found + tally.raised else "-"
    recall = f"{tally.recall:.2f}" if tally.found + tally.missed else "-"
    return f"{counts}{precision:>11}{recall:>8}"
