"""How well the two headline risks are found in words that no rule was written for.

    python benchmarks/wordings.py

`wordings.jsonl` holds sentences of a writer who saw neither the rules nor the corpora: for each of ten rules eight that
carry the risk and eight near misses, two thirds of the risky ones without the usual words. Never write a rule from
them: then the figures would mean nothing. Found means that a rule of the same family fires (SRV001–006 unlimited
service, LGL001–004 undefined change): where two fit, one reports. A near miss is raised falsely when a rule of its
family fires.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from hetong.rulebook import Rule, load_rules
from hetong.ruletest import findings_of

FAMILIES = {"unlimited service": "SRV00", "undefined change": "LGL00"}


# The opening that a draft with these names would have: some are parties only where a contract says so
PARTIES = (
    ("业主", "承包人"), ("客户", "服务商"), ("用户", "供应商"), ("采购人", "供应商"), ("主办方", "执行方"),
    ("甲方", "乙方"),
)  # fmt: skip


def fired(text: str, rules: tuple[Rule, ...]) -> set[str]:
    """The rules that fire in a text, seen from the supplier's side."""
    buyer, supplier = next(((b, s) for b, s in PARTIES if b in text or s in text), ("甲方", "乙方"))
    opening = f"甲方（{buyer}）：一公司\n乙方（{supplier}）：二公司\n" if buyer != "甲方" else ""
    return {finding.rule for finding in findings_of(f"{opening}第一条 约定\n{text}", rules, "supplier")}


def main() -> None:
    """Prints a row a rule and a row a family."""
    rules = tuple(r for r in load_rules() if r.id[:5] in FAMILIES.values() and r.id not in {"LGL005", "LGL006"})
    items = [json.loads(line) for line in Path(__file__).with_name("wordings.jsonl").read_text("utf-8").splitlines()]
    counts: Counter[tuple[str, str]] = Counter()
    for item in items:
        found = {rule[:5] for rule in fired(item["text"], rules)}
        outcome = {(True, True): "found", (True, False): "missed", (False, True): "raised", (False, False): "left"}
        counts[item["rule"], outcome[item["risky"], item["rule"][:5] in found]] += 1
    print(f"{'':18} {'risky found':>12} {'near misses raised':>19} {'precision':>10} {'recall':>7}")
    for rule in sorted({item["rule"] for item in items}):
        print(row(rule, [rule], counts))
    for family, prefix in FAMILIES.items():
        print(row(family, [r for r in sorted({i["rule"] for i in items}) if r.startswith(prefix)], counts))


def row(name: str, rules: list[str], counts: Counter[tuple[str, str]]) -> str:
    """One line: what was found of the risky, what was raised of the near misses, precision and recall."""
    found, missed, raised, left = (
        sum(counts[r, what] for r in rules) for what in ("found", "missed", "raised", "left")
    )
    precision = found / (found + raised) if found + raised else 0.0
    recall = found / (found + missed)
    return f"{name:18} {found:5} of {found + missed:3} {raised:12} of {raised + left:3} {precision:10.2f} {recall:7.2f}"


if __name__ == "__main__":
    main()
