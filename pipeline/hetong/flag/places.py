"""One place, one finding: of what speaks of the same words the most fitting reports, and names the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from hetong.document import SEVERITIES, FindingSource, Span, Stance
from hetong.flag.kinds import Hit
from hetong.flag.view import View
from hetong.rulebook import Rule

NEAR: Final = 20  # two hits of a rule in one sentence become one stretch when no more characters lie between them
SURENESS: Final[Mapping[FindingSource, int]] = {"check": 0, "pattern": 0, "meaning": 1, "detector": 2}


def distinct(view: View, hits: Iterable[Hit]) -> list[Hit]:
    """Hits in document order, one a sentence where words decide; where a check decides, those that do not overlap.

    Where several sources found the same, the surest is named, with its words; what a detector says of several
    sentences read as one says nothing new where one of them was found otherwise.
    """
    kept: list[Hit] = []
    for hit in sorted(_new(list(hits)), key=lambda h: (h.span is None, h.span or Span(0, 0))):
        if kept and hit.span and kept[-1].span and _same_place(view, kept[-1], hit):
            kept[-1] = _joined(kept[-1], hit)
        else:
            kept.append(hit)
    return kept


def _new(hits: Sequence[Hit]) -> Iterator[Hit]:
    """The hits of a rule but for those of detectors that read what was found otherwise as well."""
    surer = [hit.span.start for hit in hits if hit.span and SURENESS[hit.source] < SURENESS["detector"]]
    return (hit for hit in hits if hit.read is None or not any(hit.read.start <= at < hit.read.end for at in surer))


def _joined(one: Hit, other: Hit) -> Hit:
    """Two hits of a rule in one place, the first one first."""
    if SURENESS[one.source] != SURENESS[other.source]:
        return min(one, other, key=lambda hit: SURENESS[hit.source])
    assert one.span is not None
    assert other.span is not None
    near = other.span.start - one.span.end <= NEAR
    span = Span(one.span.start, max(one.span.end, other.span.end)) if near else one.span
    return replace(one, span=span, triggers=(*one.triggers, *other.triggers))


def _same_place(view: View, before: Hit, hit: Hit) -> bool:
    """Whether two hits of one rule overlap, or stand in one sentence and say the same."""
    assert before.span is not None
    assert hit.span is not None
    if hit.span.start < before.span.end:
        return True
    here = view.sentence_at(hit.span.start)
    return here is not None and not (hit.values or before.values) and view.sentence_at(before.span.start) is here


def most_fitting(
    view: View, rules: Sequence[Rule], hits: Mapping[str, list[Hit]], stance: Stance
) -> list[tuple[Rule, Hit]]:
    """The hits of each rule that no other rule tells better, with `once` as often as the rule will have it."""
    kept = _surest_learned(view, [(rule, hit) for rule in rules for hit in _kept(view, rule, hits)])
    told: defaultdict[tuple[object, str], list[tuple[Rule, Hit]]] = defaultdict(list)
    for rule, hit in kept:
        here = view.sentence_at(hit.span.start) if hit.span else None
        told[here or id(hit), rule.element].append((rule, hit))
    return [best for there in told.values() for best in _of_one_place(there, stance)]


def _surest_learned(view: View, kept: Sequence[tuple[Rule, Hit]]) -> list[tuple[Rule, Hit]]:
    """The hits with one of the detectors a sentence, the surest, which names the others: they know little of topics."""
    learned: defaultdict[object, list[tuple[Rule, Hit]]] = defaultdict(list)
    for rule, hit in kept:
        if hit.source == "detector" and hit.span:
            learned[view.sentence_at(hit.span.start)].append((rule, hit))
    surest: list[tuple[Rule, Hit]] = []
    for there in learned.values():
        (rule, best), *others = sorted(there, key=lambda entry: -(entry[1].confidence or 0.0))
        surest.append((rule, replace(best, also=tuple(other.id for other, _ in others))))
    return [*((rule, hit) for rule, hit in kept if hit.source != "detector"), *surest]


def _of_one_place(there: Sequence[tuple[Rule, Hit]], stance: Stance) -> list[tuple[Rule, Hit]]:
    """Of the rules of one element in one sentence: what patterns found, else the most fitting of the others alone."""
    plain = [(rule, hit) for rule, hit in there if SURENESS[hit.source] == 0]
    if len(plain) == len(there):
        return plain

    def fitness(entry: tuple[Rule, Hit]) -> tuple[int, int, float]:
        rule, hit = entry
        severity = rule.severity[stance]
        worst = SEVERITIES.index(severity) if severity else len(SEVERITIES)
        return SURENESS[hit.source], worst, -(hit.confidence or rule.confidence)

    (rule, best), *others = sorted(there, key=fitness)
    unsure = [(best.also, ()), *((hit.also, (other.id,)) for other, hit in others if SURENESS[hit.source])]
    also = tuple(dict.fromkeys(name for names, own in unsure for name in (*own, *names)))
    return [(rule, replace(best, also=also)), *((r, hit) for r, hit in plain if hit is not best)]


def _kept(view: View, rule: Rule, hits: Mapping[str, list[Hit]]) -> list[Hit]:
    """The hits of a rule that no rule it yields to tells better, with `once` as often as the rule will have it.

    A rule that words found yields to none that was only learned.
    """
    others = [hit for other in rule.yields_to for hit in hits.get(other, ()) if hit.span]
    kept = [hit for hit in hits[rule.id] if not any(_tells_better(view, other, hit) for other in others)]
    if rule.once == "clause":
        placed = groupby(kept, lambda hit: hit.span and view.contract.clause_at(hit.span.start))
        return [_told_once(list(hits)) for _, hits in placed]
    return [_told_once(kept)] if rule.once and kept else kept


def _tells_better(view: View, other: Hit, hit: Hit) -> bool:
    """Whether the hit of a rule that another yields to stands in the same sentence and is as sure."""
    if not hit.span or not other.span or SURENESS[other.source] > SURENESS[hit.source]:
        return False
    here = view.sentence_at(hit.span.start)
    return here is not None and view.sentence_at(other.span.start) is here


def _told_once(hits: Sequence[Hit]) -> Hit:
    """The first of some hits, which names the places of the others."""
    return replace(hits[0], related=(*hits[0].related, *(hit.span for hit in hits[1:] if hit.span)))
