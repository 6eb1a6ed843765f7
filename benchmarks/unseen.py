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
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sentences import Added, added

from hetong.corpus import AnnotatedContract, load_contracts, print_contract
from hetong.document import FindingSource
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
LEARNED: Final[tuple[FindingSource, ...]] = ("detector",)


def main() -> None:
    """Prints each finding that no label bears out, and how many there are of each verdict."""
    tally: Counter[str] = Counter()
    for verdict, source, one in everything_added():
        tally[verdict] += 1
        if verdict != "labelled":
            print(f"{verdict:12}{one.rule} {one.confidence:.2f} {source} {one.around}")
    print(dict(tally))


def everything_added() -> Iterator[tuple[str, str, Added]]:
    """(verdict, contract or text, finding) of each part, by detectors that learned from the others."""
    contracts, texts = load_contracts(CORPORA), load_ordinary(CORPORA / ORDINARY)
    learned = list(of_sentences(chosen(load_sentences(CORPORA / FOLDER), "train")))
    for part in range(PARTS):
        others = [
            *of_contracts(c for c in contracts if _part(c.family) != part),
            *of_ordinary(t for t in texts if _part(t.source) != part),
        ]
        detectors = fit_detectors([*learned, *others], load_rules())
        for contract in contracts:
            if _part(contract.family) == part:
                yield from ((verdict, contract.id, one) for verdict, one in _in_contract(contract, detectors))
        for text in texts:
            if _part(text.source) == part:
                read = prepared(contract_of(text.text))
                yield from (("ordinary", text.source, one) for one in added([read], LEARNED, detectors))


def _part(source: str) -> int:
    return hash_of(source) % PARTS


def _in_contract(source: AnnotatedContract, detectors: Detectors) -> Iterator[tuple[str, Added]]:
    lines = [line for line in print_contract(source) if line.text.strip()]
    contract = prepared(contract_of("\n".join(line.text for line in lines)))
    for one in added([contract], LEARNED, detectors):
        touched = [
            line.clause
            for line, block in zip(lines, contract.blocks, strict=True)
            if line.clause and block.start < one.span.end and block.end > one.span.start
        ]
        right = any(one.rule in clause.triggers for clause in touched)
        near = any(one.rule in clause.must_not for clause in touched)
        yield "labelled" if right else "near miss" if near else "unlabelled", one


if __name__ == "__main__":
    main()
