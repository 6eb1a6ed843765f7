"""Stage 3, classify: each clause gets its element; parties, contract type and mentions are found."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from hetong.classify.contract_type import find_type
from hetong.classify.mentions import find_mentions
from hetong.classify.parties import find_parties
from hetong.document import Clause, ClauseKind, Contract, Element
from hetong.fold import FOLDED, fold
from hetong.predictor import Features, Prediction, shipped_model

Predict = Callable[[Sequence[Features]], Sequence[Prediction]]
# Parts whose element the labelling guide fixes, whatever their words
BY_KIND: Final[dict[ClauseKind, Element]] = {
    "title": "other", "contents": "other", "signature": "other", "parties": "legal", "preamble": "legal",
}  # fmt: skip
_WORDS: Final = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")


def classify(contract: Contract, predict: Predict | None = None, threshold: float | None = None) -> Contract:
    """The contract with elements, parties, type and mentions.

    Args:
        contract: a contract that has been through segment.
        predict: takes the features of clauses and returns a prediction for each; None means the shipped model.
        threshold: below this confidence a clause is marked `needs_review`; None means the shipped model's own.

    Raises:
        StageError: the contract has not been segmented.
        ModelError: the shipped model is missing or altered.
    """
    contract.require("segment")
    if predict is None:
        predict = shipped_model().predict
    if threshold is None:
        threshold = shipped_model().threshold
    contract = replace(contract, contract_type=find_type(contract), parties=find_parties(contract))
    return replace(
        contract,
        clauses=_with_elements(contract, predict, threshold),
        mentions=find_mentions(contract),
        done=(*contract.done, "classify"),
    )


def _with_elements(contract: Contract, predict: Predict, threshold: float) -> tuple[Clause, ...]:
    asked = [i for i, c in enumerate(contract.clauses) if c.kind not in BY_KIND and not is_bare(contract, c)]
    predictions = dict(zip(asked, predict([features_of(contract, contract.clauses[i]) for i in asked]), strict=True))
    clauses = []
    for i, clause in enumerate(contract.clauses):
        if i in predictions:
            found = predictions[i]
            doubt = found.confidence < threshold
            clauses.append(replace(clause, element=found.element, confidence=round(found.confidence, 4),
                                   secondary=found.secondary, needs_review=doubt))  # fmt: skip
        else:
            clauses.append(replace(clause, element=BY_KIND.get(clause.kind, "other"), confidence=1.0))
    return tuple(clauses)


def is_bare(contract: Contract, clause: Clause) -> bool:
    """Whether a clause is a heading, border or blank row without words of its own."""
    return not _WORDS.search(contract.text, clause.body, clause.end)


def features_of(contract: Contract, clause: Clause) -> Features:
    """What the model sees of a clause; training rows are made in the same shape (`hetong.train.rows_of`).

    A paragraph is seen as its clause would be: below the same headings, with the same parent.
    """
    text = fold(contract.text)
    path = "\n".join(clause.path[-3:]).translate(FOLDED)
    own = contract.clauses[clause.parent] if clause.kind == "paragraph" and clause.parent is not None else clause
    parent = contract.clauses[own.parent] if own.parent is not None else None
    heading = own.heading.translate(FOLDED)
    return Features(
        f"{heading}\n{text[clause.body : clause.end]}", path, text[parent.body : parent.end] if parent else ""
    )
