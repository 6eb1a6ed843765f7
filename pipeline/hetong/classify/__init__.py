"""Stage 3, classify: each clause gets its element; parties, contract type and mentions are found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from hetong.classify.contract_type import find_type
from hetong.classify.mentions import find_mentions
from hetong.classify.parties import find_parties
from hetong.document import Clause, ClauseKind, Contract, Element
from hetong.fold import fold
from hetong.paragraphs import whole
from hetong.predictor import Features, Prediction, shipped_model

Predict = Callable[[Sequence[Features]], Sequence[Prediction]]
# Parts whose element the labelling guide fixes, whatever their words
BY_KIND: Final[dict[ClauseKind, Element]] = {
    "title": "other", "contents": "other", "signature": "other", "parties": "legal", "preamble": "legal",
}  # fmt: skip
_FILL_IN: Final = re.compile(r"[_＿]{2}|[【\[（(][\s　]*[】\]）)]|[：:]?[^\S\n]{4}")
_NOTES: Final = re.compile(
    r"(?:填\s*写|填\s*表|使用|签约|签订|文本)\s*(?:说\s*明|须\s*知|注意事项)|附?说\s*明|[附备]\s*注|注"
)
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
    asked = dict(features_of(contract))
    predictions = dict(zip(asked, predict(list(asked.values())), strict=True))
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
    """Whether a clause is a heading, border or blank row without words of its own.

    A heading with a blank behind it (交货地点：____) is a label to fill in, and regulates what it names.
    """
    if _WORDS.search(contract.text, clause.body, clause.end):
        return False
    return not (clause.heading and _FILL_IN.search(contract.text, clause.body, clause.end))


def features_of(contract: Contract) -> Iterator[tuple[int, Features]]:
    """What the model sees of each clause that it is asked about, by the index of the clause.

    Training rows are made in the same shape (`hetong.evaluate.rows`). A paragraph is seen as its clause would be: below
    the same headings, in the same group. Notes on the form (below 填写说明, 附注) are no clauses of the contract.
    """
    text = fold(contract.text)
    bodies = {clause.start: clause.end for clause in whole(contract).clauses}
    begun: set[int] = set()
    for i, clause in enumerate(contract.clauses):
        if clause.kind in BY_KIND or is_bare(contract, clause):
            continue
        chain = list(_upwards(contract, clause))
        if any(_NOTES.fullmatch(fold(one.heading)) for one in chain):
            continue
        own, *above = chain[1:] if clause.kind == "paragraph" else chain
        parent = text[above[0].body : bodies[above[0].start]].strip() if above else ""
        group = -1 if own.parent is None else own.parent
        heading, over = fold(own.heading), fold(next(filter(None, map(_heading, above)), ""))
        body = text[clause.body : clause.end].strip()
        yield i, Features(body, heading, over, parent, group, len(above), group not in begun)
        begun.add(group)


def _upwards(contract: Contract, clause: Clause) -> Iterator[Clause]:
    """A clause, then the clauses that it stands below, the nearest first."""
    yield clause
    while clause.parent is not None:
        clause = contract.clauses[clause.parent]
        yield clause


def _heading(clause: Clause) -> str:
    """The heading of a clause, of an annex with its name."""
    return f"{clause.number} {clause.heading}".strip() if clause.kind == "annex" else clause.heading
