"""How rules and detectors do on the sentences of writers whom nothing learned from, and how that grows.

    python benchmarks/sentences.py            # per rule and topic, by source: make bench-sentences
    python benchmarks/sentences.py --write    # and the learning curve; both into docs/sentences.json
    python benchmarks/sentences.py --added    # what meanings and detectors add on ../shared/contracts, to be read
    python benchmarks/sentences.py --speed    # microseconds a clause of patterns, meanings and detectors

`added.csv` holds the verdicts of a reader on what was added, by contract, rule and place, without any text.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from hetong.classify import classify
from hetong.document import STANCES, Contract, FindingSource, Span
from hetong.extract import read
from hetong.flag import flag
from hetong.flag.learned import learned
from hetong.flag.matching import matches
from hetong.flag.meaning import meant
from hetong.flag.view import View
from hetong.predictor import OFF, Detectors, shipped_detectors
from hetong.rulebook import load_rules
from hetong.rulebook.choice import Choice, chosen_rules
from hetong.segment import segment
from hetong.sentences import FOLDER, chosen, load_sentences
from hetong.sentencescore import Scored, Tally, score, table
from hetong.train.growth import growth
from hetong.train.growth import table as growth_table
from hetong.train.stretches import of_documents

ROOT: Final = Path(__file__).parents[1]
REAL: Final = ROOT.parent / "shared" / "contracts" / "text"
ADDED: Final = Path(__file__).with_name("added.csv")
ROUNDS: Final = 3


class Added(NamedTuple):
    """A finding that no pattern made: where, by what, and the words around it."""

    contract: str
    rule: str
    span: Span
    source: str
    confidence: float
    around: str


def main() -> None:
    """Prints what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--added", action="store_true")
    parser.add_argument("--speed", action="store_true")
    asked = parser.parse_args()
    if asked.added:
        print("\n".join(added_lines(real_contracts())))
    elif asked.speed:
        print("\n".join(speed_lines(real_contracts())))
    else:
        measured(write=asked.write)


def measured(*, write: bool) -> None:
    """The table by source; written with the learning curve into the docs."""
    sentences, rules = load_sentences(ROOT / "corpora" / FOLDER), load_rules()
    aside = chosen(sentences, "aside")
    found = score(aside, rules, shipped_detectors())
    print("\n".join(table(found)))
    if write:
        clauses = of_documents(ROOT / "corpora")
        points = list(growth(sentences, clauses, rules))
        print("\n".join(["", *growth_table(points)]))
        curve = [[p.writers, p.sentences, *figures(p.alone), *figures(p.together)] for p in points]
        writers = sorted({s.writer for s in aside})
        data = {"writers": writers, **as_data(found), "growth": curve}
        text = json.dumps(data, ensure_ascii=False, indent=1)
        (ROOT / "docs" / "sentences.json").write_text(text + "\n", encoding="utf-8")


def as_data(found: Scored) -> dict[str, Any]:
    """Counts by rule and by topic, for each source."""
    parts = {"rules": found.rules, "topics": found.topics}
    return {
        part: {name: {by: counts(t) for by, t in tallies.items()} for name, tallies in of.items()}
        for part, of in parts.items()
    }


def counts(tally: Tally) -> list[int]:
    """Found, missed, raised, left."""
    return [tally.found, tally.missed, tally.raised, tally.left]


def figures(tally: Tally) -> list[float]:
    """Precision, recall, F1."""
    return [round(tally.precision, 3), round(tally.recall, 3), round(tally.f1, 3)]


def real_contracts() -> list[Contract]:
    """The real contracts, read and classified."""
    return [classify(segment(read(path))) for path in sorted(REAL.glob("*.txt"))]


def added(
    contracts: Iterable[Contract],
    sources: Collection[FindingSource] = ("meaning", "detector"),
    detectors: Detectors | None = None,
) -> Iterator[Added]:
    """What meanings and detectors (those shipped, or others) add for any side, each place once."""
    for contract in contracts:
        told: set[tuple[str, int]] = set()
        for stance in STANCES:
            for finding in flag(contract, None, stance, detectors=detectors).findings:
                if finding.span is None or finding.source not in sources:
                    continue
                if (finding.rule, finding.span.start) not in told:
                    told.add((finding.rule, finding.span.start))
                    start, end = finding.span
                    around = contract.text[max(0, start - 80) : end + 80].replace("\n", " / ")
                    name = contract.name.removesuffix(".txt")
                    yield Added(name, finding.rule, finding.span, finding.source, finding.confidence, around)


def added_lines(contracts: Sequence[Contract]) -> Iterator[str]:
    """Each added finding with its verdict, and how many there are beside those of the patterns."""
    verdicts = {(row[0], row[1], int(row[2])): row[3] for row in _rows()}
    tally: Counter[str] = Counter()
    for one in added(contracts):
        verdict = verdicts.get((one.contract, one.rule, one.span.start), "unread")
        tally[verdict] += 1
        yield f"{verdict:9}{one.contract} {one.rule} {one.span.start} {one.source} {one.confidence:.2f} {one.around}"
    before, after = (sum(_count(c, detectors) for c in contracts) for detectors in (OFF, shipped_detectors()))
    yield f"{dict(tally)}; findings of the neutral side, blanks aside: {before} without detectors, {after} with them"


def _rows() -> list[list[str]]:
    if not ADDED.exists():
        return []
    with ADDED.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def _count(contract: Contract, detectors: Any) -> int:
    found = flag(contract, None, "neutral", detectors=detectors).findings
    return sum(finding.rule not in ("DOC001", "DOC013") for finding in found)


def speed_lines(contracts: Sequence[Contract]) -> Iterator[str]:
    """The least of some rounds of each part, in turns, without what all of them share (the view)."""
    rules, detectors = chosen_rules(Choice()), shipped_detectors()
    active = {rule.id for rule in rules}
    parts: dict[str, Callable[[View], object]] = {
        "view": lambda view: view.sentences,
        "patterns": lambda view: matches(view, rules, active),
        "meanings, with the concepts": lambda view: meant(view, rules, active),
        "detectors": lambda view: learned(view, detectors, rules),
    }
    rounds = [_round(contracts, list(parts.values())) for _ in range(ROUNDS)]
    clauses = sum(len(contract.clauses) for contract in contracts)
    least = {name: min(taken[n] for taken in rounds) / clauses * 1e6 for n, name in enumerate(parts)}
    yield f"µs a clause, {clauses} clauses; on one view, in this order"
    yield from (f"  {name:28}{taken:7.1f}" for name, taken in least.items())
    yield f"  {'together, without the view':28}{sum(least.values()) - least['view']:7.1f}"


def _round(contracts: Sequence[Contract], parts: Sequence[Callable[[View], object]]) -> list[float]:
    """Processor seconds of each part over all contracts, each contract on one view."""
    views = [View(contract) for contract in contracts]
    taken = []
    for work in parts:
        start = time.process_time()
        for view in views:
            work(view)
        taken.append(time.process_time() - start)
    return taken


if __name__ == "__main__":
    main()
