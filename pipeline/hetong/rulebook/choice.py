"""Which rules run and how severe they are: what a project selects, disables, overrides and adds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

from hetong.document import STANCES, Severity, Stance
from hetong.errors import RuleError
from hetong.rulebook import RULES, load_rules
from hetong.rulebook.rule import Rule

Strictness = Literal["strict", "normal", "lenient", "严格", "中立", "宽松"]
# The least confidence of a rule that speaks; lenient also leaves out what is of low severity
LEAST: Final[dict[Strictness, float]] = {
    "strict": 0.0, "normal": 0.6, "lenient": 0.8, "严格": 0.0, "中立": 0.6, "宽松": 0.8,
}  # fmt: skip
LENIENT: Final = ("lenient", "宽松")


class NewSeverity(NamedTuple):
    """A severity of a project's own for a rule, for one stance or, when that is None, for all; None silences it."""

    rule: str
    stance: Stance | None
    severity: Severity | None


class Choice(NamedTuple):
    """What a project wants of the rules; hashable, so that it can travel to workers and serve as a key.

    `select` and `disable` hold ids or their beginnings (SRV, LGL006); an empty `select` means all. `folders` hold own
    rules, which are added or, with the id of a shipped rule, take its place.
    """

    strictness: Strictness = "normal"
    select: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    severities: tuple[NewSeverity, ...] = ()
    folders: tuple[Path, ...] = ()


@lru_cache(maxsize=8)
def chosen_rules(choice: Choice) -> tuple[Rule, ...]:
    """The rules of a choice, sorted by id; the same choice always gives the same tuple.

    Raises:
        RuleError: a rule file has mistakes, a folder holds no rules, or the choice names a rule that does not exist.
    """
    rules = all_rules(choice.folders)
    named = [*choice.select, *choice.disable, *(new.rule for new in choice.severities)]
    unknown = [name for name in named if not any(rule.id.startswith(name) for rule in rules)]
    if unknown:
        raise RuleError("\n".join(f"{name}: no such rule; see `hetong rules list`" for name in unknown))
    return tuple(
        rule
        for rule in (_with_severities(rule, choice) for rule in rules)
        if rule.confidence >= LEAST[choice.strictness] and _is_selected(rule, choice) and any(rule.severity.values())
    )


def all_rules(folders: Iterable[Path]) -> tuple[Rule, ...]:
    """The shipped rules and those of some folders; of two with one id the one of the later folder stays.

    Raises:
        RuleError: a file has mistakes, or a folder holds no rules.
    """
    rules = {rule.id: rule for rule in load_rules()}
    for folder in folders:
        own = load_rules(folder) if folder.resolve() != RULES else ()
        if not own:
            raise RuleError(f"{folder}: no rules here; put them in {folder}/<element>/<ID>-<name>.yaml")
        rules |= {rule.id: rule for rule in own}
    return tuple(rules[key] for key in sorted(rules))


def _is_selected(rule: Rule, choice: Choice) -> bool:
    wanted = not choice.select or rule.id.startswith(choice.select)
    return wanted and not (choice.disable and rule.id.startswith(choice.disable))


def _with_severities(rule: Rule, choice: Choice) -> Rule:
    severity = dict(rule.severity)
    if choice.strictness in LENIENT:
        severity = {stance: None if level == "low" else level for stance, level in severity.items()}
    for new in choice.severities:
        if rule.id.startswith(new.rule):
            severity |= {stance: new.severity for stance in STANCES if new.stance in (None, stance)}
    return rule if severity == rule.severity else replace(rule, severity=severity)
