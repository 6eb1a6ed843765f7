"""What detectors add on our own contracts and ordinary texts, by detectors that learned from none of their kind.

    python benchmarks/unseen.py    # some six minutes

Real contracts are few, and what was mended on them cannot be measured on them. Here a quarter of the families of
contracts and of the ordinary texts is left out at a time; detectors learn from the sentences and the rest, and read
what was left out with all rules beside them. What no pattern or meaning found is compared with the labels: `labelled`
is right, `near miss` and everything in an ordinary text is wrong, `unlabelled` is for a reader, since nobody labelled
for what only a detector finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from hetong.corpus import AnnotatedContract, load_contracts, print_contract
from hetong.document import STANCES, Contract, Finding
from hetong.flag import flag
from hetong.ordinary import FOLDER as ORDINARY
from hetong.ordinary import load_ordinary
from hetong.predictor import Detectors
from hetong.rulebook import load_rules
from hetong.ruletest import contract_of, prepared
from hetong.sentences import FOLDER, chosen, load_sentences
from hetong.train.detectors import fit_detectors, hash_of
from hetong.train.stretches import of_contracts, of_ordinary, of_sentences

CORPORA: Final = Path(__file__).parents[1] / "corpora"
PARTS: Final = 4


class Heard(NamedTuple):
    """A finding that only a detector made, and what the labels say of it."""

    source: str
    verdict: str
    finding: Finding
    text: str


def main() -> None:
    """Prints each finding that no label bears out, and how many there are of each verdict."""
    tally: Counter[str] = Counter()
    for heard in everything_heard():
        tally[heard.verdict] += 1
        if heard.verdict != "labelled":
            print(f"{heard.verdict:12}{heard.finding.rule} {heard.finding.confidence:.2f} {heard.source} {heard.text}")
    print(dict(tally))


def everything_heard() -> Iterator[Heard]:
    """What detectors say of each part, having learned from the others."""
    contracts, texts = load_contracts(CORPORA), load_ordinary(CORPORA / ORDINARY)
    learned = list(of_sentences(chosen(load_sentences(CORPORA / FOLDER), "train")))
    for part in range(PARTS):
        others = [
            *of_contracts(c for c in contracts if _part(c.family) != part),
            *of_ordinary(t for t in texts if _part(t.source) != part),
        ]
        detectors = fit_detectors([*learned, *others], load_rules())
        for source in contracts:
            if _part(source.family) == part:
                yield from _in_contract(source, detectors)
        for text in texts:
            if _part(text.source) == part:
                yield from (
                    Heard(text.source, "ordinary", finding, around)
                    for finding, around in _heard(prepared(contract_of(text.text)), detectors)
                )


def _part(source: str) -> int:
    return hash_of(source) % PARTS


def _in_contract(source: AnnotatedContract, detectors: Detectors) -> Iterator[Heard]:
    lines = [line for line in print_contract(source) if line.text.strip()]
    contract = prepared(contract_of("\n".join(line.text for line in lines)))
    starts = [block.start for block in contract.blocks]
    for finding, around in _heard(contract, detectors):
        assert finding.span is not None
        start, end = finding.span
        clauses = [
            line.clause for line, at in zip(lines, starts, strict=True) if at < end and at + len(line.text) > start
        ]
        told = [clause for clause in clauses if clause is not None]
        right = any(finding.rule in clause.triggers for clause in told)
        near = any(finding.rule in clause.must_not for clause in told)
        yield Heard(source.id, "labelled" if right else "near miss" if near else "unlabelled", finding, around)


def _heard(contract: Contract, detectors: Detectors) -> Iterator[tuple[Finding, str]]:
    """Each finding of a detector for any side, once, with the words around it."""
    told: set[tuple[str, int]] = set()
    for finding in _findings(contract, detectors):
        if finding.source == "detector" and finding.span and (finding.rule, finding.span.start) not in told:
            told.add((finding.rule, finding.span.start))
            start, end = finding.span
            yield finding, contract.text[max(0, start - 40) : end + 40].replace("\n", " / ")


def _findings(contract: Contract, detectors: Detectors) -> Sequence[Finding]:
    return [f for stance in STANCES for f in flag(contract, None, stance, detectors=detectors).findings]


if __name__ == "__main__":
    main()
