"""Writes `docs/cli.md` and `docs/rules.md` from the program itself: `make docs`.

`tests/test_docs.py` fails when they lag behind.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from hetong.cli import app
from hetong.rulebook import Rule, load_rules

HERE = Path(__file__).parent


def cli_page() -> str:
    """Every command with its help, as `hetong COMMAND --help` says it."""
    lines = ["# Command line", "", "Written by `make docs` from `hetong --help`."]
    for name, command in _commands(typer.main.get_command(app), "hetong"):
        lines += ["", f"## `{name}`", "", *_help(command)]
    return "\n".join(lines) + "\n"


def _commands(command: Any, name: str) -> list[tuple[str, Any]]:
    found = [(name, command)]
    for sub, inner in sorted(getattr(command, "commands", {}).items()):
        found += _commands(inner, f"{name} {sub}")
    return found


def _help(command: Any) -> list[str]:
    lines = [(command.help or "").strip(), ""]
    for parameter in command.params:
        names = ", ".join(f"`{n}`" for n in (*parameter.opts, *parameter.secondary_opts))
        text = (getattr(parameter, "help", None) or "").strip()
        lines.append(f"- {names}{': ' + text if text else ''}")
    return lines


def rules_page() -> str:
    """Every rule: what it does, why it is bad, law, examples, near misses, better wording."""
    rules = load_rules()
    lines = ["# Rules", "", f"{len(rules)} rules. Written by `make docs` from `pipeline/hetong/rules/`."]
    for rule in rules:
        lines += _rule(rule)
    return "\n".join(lines) + "\n"


def _rule(rule: Rule) -> list[str]:
    severity = ", ".join(f"{stance} {level or '–'}" for stance, level in rule.severity.items())
    lines = [
        "", f"## {rule.id} {rule.name}: {rule.title['zh']}", "",
        f"{rule.title['en']} · element `{rule.element}` · kind `{rule.kind}` · severity: {severity}",
        "", "**What it does.** " + rule.message["zh"], "", "**Why is this bad.** " + rule.reason["zh"],
        "", "**Law.** " + "、".join(rule.basis), "", "**Example**", "",
    ]  # fmt: skip
    lines += [f"- {_one_line(e.text)}" for e in rule.examples]
    lines += ["", "**Near miss**", ""]
    lines += [f"- {_one_line(e.text)}" + (f" ({e.why})" if e.why else "") for e in rule.counter_examples]
    if rule.known_gaps:
        lines += ["", "**Known gap**", "", *(f"- {_one_line(e.text)}" for e in rule.known_gaps)]
    return [*lines, "", "**Advice.** " + rule.advice["zh"], "", "**Use instead.** " + rule.suggestion["zh"]]


def _one_line(text: str) -> str:
    return " / ".join(line.strip() for line in text.splitlines() if line.strip())


if __name__ == "__main__":
    (HERE / "cli.md").write_text(cli_page(), encoding="utf-8")
    (HERE / "rules.md").write_text(rules_page(), encoding="utf-8")
    print("docs/cli.md, docs/rules.md")
