"""Stage 4, flag: rules are run over a classified contract and become findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hetong.document import SEVERITIES, UNFINISHED, Contract, Finding, Problem, Severity, Span, Stance
from hetong.flag.checks import CHECKS
from hetong.flag.checks.blanks import find_blanks
from hetong.flag.completeness import completeness
from hetong.flag.kinds import KINDS, Hit
from hetong.flag.law_area import law_elsewhere
from hetong.flag.learned import learned
from hetong.flag.matching import Match, matches
from hetong.flag.meaning import meant
from hetong.flag.places import distinct, most_fitting
from hetong.flag.view import View
from hetong.messages import Lang
from hetong.predictor import Detectors, shipped_detectors
from hetong.rulebook import Rule
from hetong.rulebook.choice import Choice, chosen_rules


def flag(
    contract: Contract,
    rules: tuple[Rule, ...] | None = None,
    stance: Stance = "neutral",
    lang: Lang = "zh",
    detectors: Detectors | None = None,
) -> Contract:
    """The contract with its findings, in document order; those without a place come last.

    Args:
        contract: a contract that has been through classify.
        rules: the rules to run; None means those that hetong ships, at normal strictness.
        stance: whose side the reader is on; it decides severity, and a rule may be silent for a side.
        lang: language of the findings.
        detectors: the learned detectors; None means the shipped ones, `hetong.predictor.OFF` none.

    Raises:
        StageError: the contract has not been classified.
        RuleError: the shipped rules have mistakes.
    """
    contract.require("classify")
    book = chosen_rules(Choice()) if rules is None else rules
    rules = tuple(rule for rule in book if _applies(rule, contract, stance))
    view = View(contract)
    found = _matches(view, book, rules, detectors or shipped_detectors())
    hits = {rule.id: distinct(view, _run(view, rule, found.get(rule.id, ()))) for rule in rules}
    findings = [_finding(contract, rule, hit, stance, lang) for rule, hit in most_fitting(view, rules, hits, stance)]
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


def _matches(
    view: View, book: tuple[Rule, ...], rules: tuple[Rule, ...], detectors: Detectors
) -> Mapping[str, Sequence[Match]]:
    """What speaks of a risk: patterns, combinations of concepts, learned detectors; by rule."""
    active = {rule.id for rule in rules}
    found = matches(view, book, active)
    for more in (meant(view, book, active), learned(view, detectors, rules)):
        for rule, those in more.items():
            found[rule] += those
    return found


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


def _at_most(most: Severity, severity: Severity) -> Severity:
    return max(most, severity, key=SEVERITIES.index)


def _one_lower(severity: Severity) -> Severity:
    return SEVERITIES[min(SEVERITIES.index(severity) + 1, len(SEVERITIES) - 1)]


def _finding(contract: Contract, rule: Rule, hit: Hit, stance: Stance, lang: Lang) -> Finding:
    severity = hit.severity or rule.severity[stance]
    assert severity is not None, "rules that are silent for the stance have been left out"
    clause = contract.clause_at(hit.span.start) if hit.span else None
    severity = _at_most(hit.most, _one_lower(severity) if hit.softened else severity)
    return Finding(
        rule=rule.id,
        name=rule.name,
        title=rule.title[lang],
        element=rule.element,
        severity=severity,
        confidence=rule.confidence if hit.confidence is None else hit.confidence,
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
        source="check" if rule.kind in ("check", "absence") else hit.source,
        also=hit.also,
    )
