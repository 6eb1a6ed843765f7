"""What the rules do on real contracts: how often each fires, how many findings a contract gets, how long it takes.

    python benchmarks/risks.py                     # the table over ../shared/contracts/text
    python benchmarks/risks.py SRV001 LGL006       # every firing of some rules with its place, for reading
    python benchmarks/risks.py --corpora SRV001    # the same over our own annotated contracts
    python benchmarks/risks.py --write             # the table, and docs/measured.json for docs/rules.md

`readings.csv` holds the verdicts of people who read firings: contract, rule, clause, start, right/wrong/arguable and
the reason, no text. The table puts them beside the rates. Contracts are read and classified once and kept in the
temporary folder, since only the rules are looked at here.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import pickle
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

import hetong
from hetong.classify import classify
from hetong.corpus import AnnotatedContract, load_contracts, print_contract
from hetong.document import Contract, Finding, Stance
from hetong.extract import read
from hetong.flag import flag
from hetong.plant import plant
from hetong.predictor import OFF
from hetong.rulebook import Rule, load_rules
from hetong.rulebook.choice import Choice, chosen_rules
from hetong.rulescore import RuleScore, score
from hetong.ruletest import contract_of
from hetong.segment import segment
from hetong.splits import FILE, load_splits

HERE = Path(__file__).parent
REAL = HERE.parents[1] / "shared" / "contracts" / "text"
CORPORA = HERE.parent / "corpora" / "contracts"
AROUND = 60  # characters of context on each side of a firing
NOT_COUNTED = frozenset({"DOC001"})  # blanks: most of the real ones are templates
READ = ("clause", "annex", "preamble")
LEVELS = (("high",), ("high", "medium"), ("high", "medium", "low"))


def main() -> None:
    """Reads the arguments and prints the table or the firings."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rules", nargs="*", metavar="RULE")
    parser.add_argument("--corpora", action="store_true", help="our own annotated contracts instead of the real ones")
    parser.add_argument("--write", action="store_true", help="write the figures of each rule to docs/measured.json")
    parser.add_argument("--stance", choices=get_args(Stance), default="neutral")
    parser.add_argument("--most", type=int, default=40, help="firings shown a rule")
    asked = parser.parse_args()
    contracts = classified(corpora=asked.corpora)
    if asked.rules:
        chosen = tuple(rule for rule in load_rules() if rule.id in asked.rules)
        for rule in chosen:
            show_firings(contracts, rule, asked.stance, asked.most)
    else:
        show_table(contracts, load_rules(), asked.stance)
        if asked.write:
            write_measured(contracts, load_rules())


def classified(*, corpora: bool) -> list[Contract]:
    """The contracts before flag; kept between runs, since reading them takes longer than all rules."""
    kept = Path(tempfile.gettempdir()) / f"hetong-risks-{'corpora' if corpora else 'real'}-{_version()}.pickle"
    if kept.exists():
        return list(pickle.loads(kept.read_bytes()))
    if corpora:
        sources = [contract_of("\n".join(line.text for line in print_contract(c))) for c in load_contracts(CORPORA)]
    else:
        sources = [read(path) for path in sorted(REAL.glob("*.txt"))]
    contracts = [classify(segment(source)) for source in sources]
    kept.write_bytes(pickle.dumps(contracts))
    return contracts


def _version() -> str:
    """Changes with the code of the stages before flag, and with the corpora."""
    package = Path(hetong.__file__).parent
    parts = (
        "extract",
        "segment",
        "classify",
        "document.py",
        "numerals.py",
        "fold.py",
        "paragraphs.py",
        "predictor",
        "corpus.py",
    )
    code = [p for part in parts for p in ([package / part] if part.endswith(".py") else (package / part).glob("*.py"))]
    return hashlib.sha256(b"".join(p.read_bytes() for p in sorted([*code, *CORPORA.glob("*/*.yaml")]))).hexdigest()[:12]


def show_firings(contracts: Sequence[Contract], rule: Rule, stance: Stance, most: int) -> None:
    """Each firing of a rule with the words around it."""
    side: Stance = stance if rule.severity[stance] else next(s for s in get_args(Stance) if rule.severity[s])
    found = [
        (c, f) for c in contracts for f in flag(c, load_rules(), side, detectors=OFF).findings if f.rule == rule.id
    ]
    print(f"\n{rule.id} {rule.title['zh']}: {len(found)} firings in {len({id(c) for c, _ in found})} contracts, {side}")
    for contract, finding in found[:most]:
        print(f"- {contract.name} {contract.contract_type} clause {finding.clause} {finding.severity} ", end="")
        print(f"start {finding.span.start if finding.span else '-'} {around(contract, finding)}")


def around(contract: Contract, finding: Finding) -> str:
    """The quote in brackets with its context, on one line; what was looked for when there is no quote."""
    if finding.span is None:
        return f"({finding.message} {finding.looked_for})"
    start, end = finding.span
    before, behind = contract.text[max(0, start - AROUND) : start], contract.text[end : end + AROUND]
    more = "".join(f" | {contract.text[a:b]}" for a, b in finding.related[:3])
    return " ".join(f"{before}【{finding.quote}】{behind}{more} <{finding.message}>".split())


class Measure(NamedTuple):
    """How a rule does on the real contracts: in how many it fires, how often, and the verdicts of its readers."""

    contracts: int
    firings: int
    told: Counter[str]


def measure(contracts: Sequence[Contract], rules: tuple[Rule, ...], stance: Stance) -> dict[str, Measure]:
    """Rule → its figures; a rule that is silent for the stance is run for the first side that it speaks to."""
    verdicts, measures = readings(), {}
    for side in (stance, *get_args(Stance)):
        asked = tuple(rule for rule in rules if rule.id not in measures and rule.severity[side])
        found = (
            [[f.rule for f in flag(contract, rules, side, detectors=OFF).findings] for contract in contracts]
            if asked
            else []
        )
        for rule in asked:
            times = [fired.count(rule.id) for fired in found]
            measures[rule.id] = Measure(sum(map(bool, times)), sum(times), verdicts[rule.id])
    return measures


def show_table(contracts: Sequence[Contract], rules: tuple[Rule, ...], stance: Stance) -> None:
    """One row a rule, then the findings a contract and the time a clause."""
    measures = measure(contracts, rules, stance)
    print(
        f"{'rule':8}{'contracts':>10}{'firings':>9}{'read':>6}{'right':>7}{'wrong':>7}{'arguable':>10}{'precision':>11}"
    )
    for rule in rules:
        fired, firings, told = measures[rule.id]
        print(
            f"{rule.id:8}{fired / len(contracts):>10.0%}{firings:>9}{told.total():>6}{told['right']:>7}"
            f"{told['wrong']:>7}{told['arguable']:>10}{precision(told):>11}  {rule.title['zh']}"
        )
    found = [flag(contract, None, stance, detectors=OFF) for contract in contracts]
    for level in LEVELS:
        print(f"findings a contract, {'/'.join(level)}: {spread(list(counts(found, level)))}")
    high = {rule.id for rule in rules if rule.severity[stance] == "high"}
    told_high = sum((m.told for rule, m in measures.items() if rule in high), Counter[str]())
    print(f"precision, rules of high severity: {precision(told_high)} of {told_high.total()} read")
    told_all = sum((m.told for m in measures.values()), Counter[str]())
    print(f"precision, all rules: {precision(told_all)} of {told_all.total()} read")
    print(speed(contracts, chosen_rules(Choice()), stance))


def write_measured(contracts: Sequence[Contract], rules: tuple[Rule, ...]) -> None:
    """The figures of each rule, those on our own labels included, and of each kind of defect, for docs/."""
    own, splits = load_contracts(CORPORA), load_splits(CORPORA.with_name(FILE))
    labels, _ = score(own, rules)
    rows = {}
    for rule, (fired, firings, told) in measure(contracts, rules, "neutral").items():
        tally = labels.get(rule, RuleScore())
        rows[rule] = {
            "contracts": fired, "firings": firings, **{word: told[word] for word in ("right", "wrong", "arguable")},
            "found": tally.found, "missed": tally.missed, "raised": tally.raised, "kept_silent": tally.kept_silent,
        }  # fmt: skip
    found = [flag(contract, None, "neutral", detectors=OFF) for contract in contracts]
    data = {
        "contracts": len(contracts),
        "own": len(own),
        "splits": {
            "held out": labelled([c for c in own if splits[c.id].split == "test"], rules),
            "the others": labelled([c for c in own if splits[c.id].split != "test"], rules),
        },
        "findings": {"/".join(level): spread(list(counts(found, level))) for level in LEVELS},
        "planted": {
            kind: {"planted": t.planted, "found": t.planted - len(t.missed), "besides": t.besides.total()}
            for kind, t in plant(own, chosen_rules(Choice())).items()
        },
        "rules": rows,
    }
    text = json.dumps(data, indent=1, ensure_ascii=False)
    (HERE.parent / "docs" / "measured.json").write_text(text + "\n", encoding="utf-8")


def labelled(contracts: Sequence[AnnotatedContract], rules: tuple[Rule, ...]) -> dict[str, int]:
    """The labels of some of our contracts, followed and not."""
    scores, _ = score(contracts, rules)
    return {
        key: sum(getattr(tally, key) for tally in scores.values())
        for key in ("found", "missed", "raised", "kept_silent")
    }


def counts(found: Sequence[Contract], levels: tuple[str, ...]) -> Iterator[int]:
    """How many findings of these levels each contract has, blanks aside."""
    for contract in found:
        yield sum(f.severity in levels and f.rule not in NOT_COUNTED for f in contract.findings)


def spread(numbers: Sequence[int]) -> str:
    """Median, 90th percentile and maximum."""
    ordered = sorted(numbers)
    return f"median {statistics.median(ordered):g}, p90 {ordered[int(len(ordered) * 0.9)]}, most {ordered[-1]}"


def speed(contracts: Sequence[Contract], rules: tuple[Rule, ...], stance: Stance) -> str:
    """Microseconds a clause, the least of five runs: with all rules, without the checks in code, without any rule."""
    clauses = sum(clause.kind in READ for contract in contracts for clause in contract.clauses)

    def micro(chosen: tuple[Rule, ...]) -> float:
        def run() -> float:
            started = time.perf_counter()
            for contract in contracts:
                flag(contract, chosen, stance, detectors=OFF)
            return time.perf_counter() - started

        return min(run() for _ in range(5)) / clauses * 1e6

    plain = tuple(rule for rule in rules if rule.kind != "check")
    figures = f"{micro(rules):.0f} µs a clause, {micro(plain):.0f} without checks, {micro(()):.0f} without rules"
    return f"{clauses} clauses: {figures}"


def readings() -> defaultdict[str, Counter[str]]:
    """Rule → how often its firings were judged right, wrong and arguable."""
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    path = HERE / "readings.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                told[row["rule"]][row["verdict"]] += 1
    return told


def precision(told: Counter[str]) -> str:
    """Right ones among those read, an arguable one counting half; - when nothing was read."""
    total = told.total()
    return f"{(told['right'] + told['arguable'] / 2) / total:.2f}" if total else "-"


if __name__ == "__main__":
    main()
