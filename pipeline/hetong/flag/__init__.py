"""Stage 4, flag: rules are run over a classified contract and become findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from hetong.document import SEVERITIES, UNFINISHED, Contract, Finding, Problem, Severity, Span, Stance
from hetong.flag.checks import CHECKS
from hetong.flag.checks.blanks import find_blanks
from hetong.flag.completeness import completeness
from hetong.flag.kinds import KINDS, Hit
from hetong.flag.law_area import law_elsewhere
from hetong.flag.matching import Match, matches
from hetong.flag.view import View
from hetong.messages import Lang
from hetong.rulebook import Rule
from hetong.rulebook.choice import Choice, chosen_rules

NEAR: Final = 20  # two hits of a rule in one sentence become one stretch when no more characters lie between them


def flag(
    contract: Contract, rules: tuple[Rule, ...] | None = None, stance: Stance = "neutral", lang: Lang = "zh"
) -> Contract:
    """The contract with its findings, in document order; those without a place come last.

    Args:
        contract: a contract that has been through classify.
        rules: the rules to run; None means those that hetong ships, at normal strictness.
        stance: whose side the reader is on; it decides severity, and a rule may be silent for a side.
        lang: language of the findings.

    Raises:
        StageError: the contract has not been classified.
        RuleError: the shipped rules have mistakes.
    """
    contract.require("classify")
    book = chosen_rules(Choice()) if rules is None else rules
    rules = tuple(rule for rule in book if _applies(rule, contract, stance))
    view = View(contract)
    found = matches(view, book, {rule.id for rule in rules})
    hits = {rule.id: _distinct(view, _run(view, rule, found.get(rule.id, ()))) for rule in rules}
    findings = [_finding(contract, rule, hit, stance, lang) for rule in rules for hit in _kept(view, rule, hits)]
    findings.sort(key=lambda f: (f.span is None, f.span or Span(0, 0), SEVERITIES.index(f.severity), f.rule))
    spoken = {rule.id for rule in book if rule.severity[stance]}
    return replace(
        contract,
        stance=stance,
        findings=tuple(findings),
        switched_off=tuple(sorted(UNFINISHED - spoken)),
        blanks=view.once(find_blanks),
        completeness=completeness(view, lang),
        problems=(*contract.problems, *_problems(view)),
        done=(*contract.done, "flag"),
    )


def _problems(view: View) -> Iterator[Problem]:
    """What a reader of the findings has to know of the document: a tender, or one under another law."""
    if view.tender:
        yield view.tender.problem()
    if problem := law_elsewhere(view.contract):
        yield problem


def _applies(rule: Rule, contract: Contract, stance: Stance) -> bool:
    """Whether a rule speaks to this side and this type of contract; an unknown type gets every rule."""
    fits = not rule.applies_to or not contract.contract_type or contract.contract_type in rule.applies_to
    return fits and rule.severity[stance] is not None


def _run(view: View, rule: Rule, found: Sequence[Match]) -> Iterator[Hit]:
    """The hits of a rule, of a tender document those in the contract that it holds: a check may look elsewhere too."""
    hits = CHECKS[rule.check](view, rule, found) if rule.kind == "check" else KINDS[rule.kind](view, rule, found)
    tender = view.tender
    return (hit for hit in hits if tender is None or hit.span is None or tender.reads(hit.span.start))


def _distinct(view: View, hits: Iterable[Hit]) -> list[Hit]:
    """Hits in document order, one a sentence where words decide; where a check decides, those that do not overlap."""
    kept: list[Hit] = []
    triggers: list[list[Span]] = []
    for hit in sorted(hits, key=lambda h: (h.span is None, h.span or Span(0, 0))):
        if kept and hit.span and kept[-1].span and _same_place(view, kept[-1], hit):
            end = max(kept[-1].span.end, hit.span.end)
            near = hit.span.start - kept[-1].span.end <= NEAR
            kept[-1] = replace(kept[-1], span=Span(kept[-1].span.start, end) if near else kept[-1].span)
            triggers[-1] += hit.triggers
            continue
        kept.append(hit)
        triggers.append([*hit.triggers])
    return [replace(hit, triggers=tuple(words)) for hit, words in zip(kept, triggers, strict=True)]


def _same_place(view: View, before: Hit, hit: Hit) -> bool:
    """Whether two hits of one rule overlap, or stand in one sentence and say the same."""
    assert before.span is not None
    assert hit.span is not None
    if hit.span.start < before.span.end:
        return True
    here = view.sentence_at(hit.span.start)
    return here is not None and not (hit.values or before.values) and view.sentence_at(before.span.start) is here


def _kept(view: View, rule: Rule, hits: Mapping[str, list[Hit]]) -> list[Hit]:
    """The hits of a rule that no rule it yields to tells better, with `once` as often as the rule will have it."""
    others = [hit.span for other in rule.yields_to for hit in hits.get(other, ()) if hit.span]
    told = {view.sentence_at(span.start) for span in others} - {None}
    kept = [hit for hit in hits[rule.id] if not (hit.span and view.sentence_at(hit.span.start) in told)]
    if rule.once == "clause":
        placed = groupby(kept, lambda hit: hit.span and view.contract.clause_at(hit.span.start))
        return [_told_once(list(hits)) for _, hits in placed]
    return [_told_once(kept)] if rule.once and kept else kept


def _told_once(hits: Sequence[Hit]) -> Hit:
    """The first of some hits, which names the places of the others."""
    return replace(hits[0], related=(*hits[0].related, *(hit.span for hit in hits[1:] if hit.span)))


def _one_lower(severity: Severity) -> Severity:
    return SEVERITIES[min(SEVERITIES.index(severity) + 1, len(SEVERITIES) - 1)]


def _finding(contract: Contract, rule: Rule, hit: Hit, stance: Stance, lang: Lang) -> Finding:
    severity = hit.severity or rule.severity[stance]
    assert severity is not None, "rules that are silent for the stance have been left out"
    clause = contract.clause_at(hit.span.start) if hit.span else None
    return Finding(
        rule=rule.id,
        name=rule.name,
        title=rule.title[lang],
        element=rule.element,
        severity=_one_lower(severity) if hit.softened else severity,
        confidence=rule.confidence,
        clause=clause.id if clause else None,
        span=hit.span,
        quote=contract.text_of(hit.span) if hit.span else "",
        message=rule.message[lang].format_map(hit.values) if hit.values else rule.message[lang],
        reason=rule.reason[lang],
        basis=rule.basis,
        advice=rule.advice[lang],
        suggestion=rule.suggestion[lang],
        triggers=tuple(sorted(set(hit.triggers))),
        related=hit.related,
        looked_for=rule.looked_for[lang] if rule.looked_for else "",
    )
