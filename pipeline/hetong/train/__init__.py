"""Fits the element model from the annotated contracts and writes it with its card.

Needs the extra `hetong[train]` (scikit-learn); a scan never imports this module.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from hetong.corpus import AnnotatedContract, load_contracts
from hetong.document import ELEMENTS
from hetong.errors import CorpusError
from hetong.evaluate import Evaluation, evaluate
from hetong.evaluate.rows import Row, by_contract, joined, rows_of
from hetong.exchange.rows import LabelledClause
from hetong.predictor import ElementModel, save_model
from hetong.splits import FILE, Split, assigned, load_splits
from hetong.train.card import card, summary
from hetong.train.looks import first_look, second_look

__all__ = [
    "Learned", "Row", "as_strings", "fit", "held_out_scores", "learn", "probabilities", "rows_in", "rows_of",
    "splits_of", "train",
]  # fmt: skip

FAMILIES: Final = 5  # the least that can be split into train, dev and test
LEAST: Final[dict[Split, int]] = {"train": 2, "dev": 1, "test": 1}  # families of each, for the second look and figures
KEPT_ACCURACY: Final = 0.95  # the review threshold is the lowest at which the clauses kept are right this often
STEPS: Final = 100  # thresholds are looked for in hundredths

Array = NDArray[np.float32]


def train(corpora: Path, output: Path, labelled: Iterable[LabelledClause] = (), *, without_test: bool = False) -> str:
    """Trains on all contracts below a folder, writes weights and card, and returns a report for people.

    Thresholds are chosen on the contracts of the split dev by a model of train alone; the figures are those on test of
    a model that saw train and dev. The model that is written learned from all, or is that one.

    Args:
        corpora: a folder with annotated contracts (YAML), at any depth, and perhaps a `splits.csv`.
        output: folder for `weights.npz` and `card.json`.
        labelled: clauses that were labelled elsewhere and join those of the corpus, as reviewers' corrections.
        without_test: the model that is written has not seen the split test either, so it can be measured there.

    Raises:
        CorpusError: a contract has mistakes, or there are too few families of contracts to hold some out.
    """
    contracts = load_contracts(corpora)
    learned = learn(contracts, splits_of(contracts, corpora / FILE), labelled, without_test=without_test)
    model = learned.model
    save_model(output, model, learned.card)
    terms = len(model.first.vocabulary.terms)
    return (
        f"{learned.evaluation.report()}\n\n{summary(learned.card)}\n"
        f"terms {terms}, review threshold {model.threshold:.2f}, written to {output}"
    )


class Learned(NamedTuple):
    """A model, its card, and the figures on the split test of one that saw train and dev alone."""

    model: ElementModel
    card: dict[str, Any]
    evaluation: Evaluation


def learn(
    contracts: Sequence[AnnotatedContract],
    splits: dict[str, Split],
    labelled: Iterable[LabelledClause] = (),
    *,
    without_test: bool = False,
) -> Learned:
    """A model with its card, as `train` writes them.

    Args:
        contracts: what to learn from and to be measured on.
        splits: contract → split.
        labelled: clauses that were labelled elsewhere and join those of the contracts.
        without_test: the model is the one that was measured, which has not seen the split test.
    """
    rows = [*rows_of(contracts), *joined(labelled)]
    tuned, found = held_out_scores(rows, splits)
    if without_test:
        model, rows = tuned, [row for row in rows if splits.get(row.contract) != "test"]
    else:
        model = replace(fit(rows), threshold=tuned.threshold, also_threshold=tuned.also_threshold)
    return Learned(model, card(rows, splits, found, model), found)


def rows_in(contracts: Iterable[AnnotatedContract], splits: dict[str, Split], split: Split | None = None) -> list[Row]:
    """The rows of the contracts of a split, or of all contracts, contract by contract in order of their ids."""
    chosen = (contract for contract in contracts if split in (None, splits.get(contract.id)))
    return [row for contract in sorted(chosen, key=lambda one: one.id) for row in rows_of([contract])]


def as_strings(rows: Iterable[Row]) -> tuple[list[str], list[str]]:
    """Rows as a pipeline over strings is given them (`hetong.predict_with`): texts with headings, and elements."""
    pairs = [(str(row.features), row.element) for row in rows]
    return [text for text, _ in pairs], [element for _, element in pairs]


def splits_of(contracts: Sequence[AnnotatedContract], file: Path) -> dict[str, Split]:
    """Contract → split: as the file says, and for contracts that it does not list as it would be extended.

    Raises:
        CorpusError: there are too few families.
    """
    families = {contract.id: contract.family for contract in contracts}
    if len(set(families.values())) < FAMILIES:
        count = len(set(families.values()))
        raise CorpusError(f"{file.parent}: {count} families of contracts; training needs at least {FAMILIES}")
    known = load_splits(file) if file.exists() else {}
    rows = [row for row in (*known.values(), *assigned(families, known)) if row.contract in families]
    counts = Counter(split for _, split in {(row.family, row.split) for row in rows})
    for split, least in LEAST.items():
        if counts[split] < least:
            raise CorpusError(f"{file}: {counts[split]} families in {split}; training needs at least {least}")
    return {row.contract: row.split for row in rows}


def held_out_scores(rows: Sequence[Row], splits: dict[str, Split]) -> tuple[ElementModel, Evaluation]:
    """A model of train and dev with thresholds chosen on dev, and its figures on test."""
    parts = {split: [r for r in rows if splits.get(r.contract, "train") == split] for split in ("train", "dev", "test")}
    tuned = with_thresholds(fit(parts["train"]), parts["dev"])
    model = replace(
        fit([*parts["train"], *parts["dev"]]), threshold=tuned.threshold, also_threshold=tuned.also_threshold
    )
    return model, evaluate(parts["test"], model)


def fit(rows: Sequence[Row]) -> ElementModel:
    """A model of these rows, folded into plain arrays; no clause needs review until a threshold is chosen.

    Linear algebra runs in one thread: the sums are then the same on any number of cores, and on a busy machine threads
    that wait for each other cost more than the work.
    """
    rows = sorted(rows, key=lambda row: row.contract)
    with threadpool_limits(limits=1):
        return ElementModel(first_look(rows), second_look(rows), threshold=0.0, also_threshold=0.5)


def probabilities(model: ElementModel, rows: Sequence[Row]) -> tuple[Array, Array]:
    """What a model says of rows, contract by contract: element, and secondary; each (rows, elements)."""
    said = [model.both(clauses) for clauses in by_contract(rows)]
    return np.vstack([primary for primary, _ in said]), np.vstack([also for _, also in said])


def with_thresholds(model: ElementModel, rows: Sequence[Row]) -> ElementModel:
    """The model with the thresholds that suit rows it has not seen."""
    primary, also = probabilities(model, rows)
    return replace(model, threshold=review_threshold(rows, primary), also_threshold=also_threshold(rows, primary, also))


def review_threshold(rows: Sequence[Row], primary: Array) -> float:
    """The lowest confidence above which `KEPT_ACCURACY` of the predictions are right, in hundredths."""
    right = np.asarray([ELEMENTS[best] for best in primary.argmax(axis=1)]) == [row.element for row in rows]
    confidence = primary.max(axis=1)
    for step in range(STEPS):
        kept = confidence >= step / STEPS
        if kept.any() and right[kept].mean() >= KEPT_ACCURACY:
            return step / STEPS
    return 0.99


def also_threshold(rows: Sequence[Row], primary: Array, also: Array) -> float:
    """The probability from which an element counts as secondary, in hundredths.

    Chosen by F0.5, in which precision weighs more than recall: an element wrongly added is noise on every page.
    """
    gold = np.asarray([[element in row.secondary for element in ELEMENTS] for row in rows])
    others = np.arange(len(ELEMENTS)) != primary.argmax(axis=1)[:, None]

    def f_half(step: int) -> float:
        told = (also >= step / STEPS) & others
        return float(1.25 * (told & gold).sum() / max(1, told.sum() + 0.25 * gold.sum()))

    return max(range(1, STEPS), key=f_half) / STEPS
