"""What detectors learn from: sentences for rules, ordinary texts, clauses of contracts, and reviewers' decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hetong.corpus import AnnotatedClause, AnnotatedContract, load_contracts, print_contract
from hetong.exchange.rows import LabelledClause
from hetong.flag.learned import windows
from hetong.flag.view import View
from hetong.ordinary import FOLDER, OrdinaryText, load_ordinary
from hetong.predictor import Stretch
from hetong.ruletest import contract_of, contract_with, prepared
from hetong.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Example:
    """A stretch with what is known of it: `labels` by rule, whether it carries the risk; `source` is kept together.

    What is not labelled carries the risk of no rule as far as anybody said; `written` tells sentences, written one by
    one for a rule, from clauses of contracts.
    """

    stretch: Stretch
    labels: Mapping[str, bool]
    source: str
    written: bool = False


def of_sentences(sentences: Iterable[Sentence]) -> Iterator[Example]:
    """One example a sentence, whole."""
    for sentence in sentences:
        stretch = _whole(View(contract_with(sentence.text, sentence.buyer, sentence.supplier)))
        yield Example(stretch, {sentence.rule: sentence.risk}, sentence.writer, written=True)


def of_ordinary(texts: Iterable[OrdinaryText]) -> Iterator[Example]:
    """The stretches of texts that carry no risk."""
    for text in texts:
        read = windows(View(prepared(contract_of(text.text))))
        yield from (Example(stretch, {}, text.source) for stretch in read.stretches())


def of_labelled(rows: Iterable[LabelledClause]) -> Iterator[Example]:
    """One example for each clause of which somebody said whether a rule must speak; 甲方 is taken for the buyer."""
    for row in rows:
        labels = {risk.rule: risk.label == "fires" for risk in row.risks}
        if labels:
            yield Example(_whole(View(contract_with(row.text, "甲方", "乙方"))), labels, row.family)


def of_contracts(contracts: Iterable[AnnotatedContract]) -> Iterator[Example]:
    """The stretches of annotated contracts; a rule's label belongs to the stretch that holds the words named."""
    for source in contracts:
        printed = [line for line in print_contract(source) if line.text.strip()]
        contract = prepared(contract_of("\n".join(line.text for line in printed)))
        view = View(contract)
        starts = [block.start for block in contract.blocks]
        read = windows(view)
        for stretch, first, last in zip(read.stretches(), read.first, read.last, strict=True):
            start, end = view.sentences[first].start, view.sentences[last].end
            touched = [
                line.clause for line, at in zip(printed, starts, strict=True) if _touches(at, line.text, start, end)
            ]
            text = contract.text[start:end]
            yield Example(stretch, _labels(filter(None, touched), text), source.family)


def of_documents(corpora: Path) -> list[Example]:
    """The stretches of the contracts and the ordinary texts of a corpus, whoever writes sentences.

    Raises:
        CorpusError: a contract or a text has mistakes.
    """
    return [*of_contracts(load_contracts(corpora)), *of_ordinary(load_ordinary(corpora / FOLDER))]


def _whole(view: View) -> Stretch:
    """All that a contract of one article says."""
    first, last = view.sentences[0], view.sentences[-1]
    concepts = {concept for stretch in windows(view).stretches() for concept in stretch.concepts}
    return Stretch(view.text[first.start : last.end], tuple(sorted(concepts)))


def _touches(at: int, line: str, start: int, end: int) -> bool:
    return at < end and at + len(line) > start


def _labels(clauses: Iterable[AnnotatedClause], text: str) -> dict[str, bool]:
    labels: dict[str, bool] = {}
    for clause in clauses:
        labels |= dict.fromkeys(clause.must_not, False)
        labels |= {rule: True for rule, quote in clause.triggers.items() if not quote or quote in text}
    return labels
