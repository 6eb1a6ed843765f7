"""The card of a model: what it was made of, how it does, and where it ends."""

from __future__ import annotations

import hashlib
import platform
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import numpy as np
import sklearn

from hetong.corpus import AnnotatedContract
from hetong.evaluate import Evaluation, fingerprints
from hetong.evaluate.rows import Row
from hetong.predictor import ElementModel
from hetong.splits import Split


def card(
    contracts: Sequence[AnnotatedContract],
    rows: Sequence[Row],
    splits: dict[str, Split],
    found: Evaluation,
    model: ElementModel,
) -> dict[str, Any]:
    """The card as plain JSON values.

    Args:
        contracts: all contracts of the model.
        rows: all rows of the model.
        splits: contract → split.
        found: the figures on the split test of a model that did not see it.
        model: the model that is written.
    """
    used = Counter(splits[contract.id] for contract in contracts)
    return {
        "name": "hetong elements",
        "what": "element of a clause: subject, pricing, delivery, service, legal, other",
        "how": "multinomial logistic regression over binary idf-weighted words and character n-grams of the clause, "
        "its heading, the heading above and the clause it belongs to; a second one over what the first made of the "
        "clause and of those around it",
        "data_sha256": data_hash(rows),
        "contracts": len(contracts),
        "families": len({contract.family for contract in contracts}),
        "clauses": len(rows),
        "by_element": dict(sorted(Counter(row.element for row in rows).items())),
        "versions": {
            "hetong": version("hetong"),
            "python": platform.python_version(),
            "numpy": np.__version__,
            "scikit_learn": sklearn.__version__,
            "jieba": version("jieba"),
        },
        "review_threshold": model.threshold,
        "secondary_threshold": model.also_threshold,
        "held_out": {
            "split": "test contracts of splits.csv, none of whose family was learned from; the shipped weights learned "
            "from all contracts afterwards",
            "contracts": {split: used[split] for split in ("train", "dev", "test")},
            **found.as_dict(),
        },
        "limits": [
            "trained on contracts written for this project, not on signed ones",
            "bare headings, titles, signature blocks and party blocks are told by rule and not scored here",
            "probabilities are those of the softmax: see reliability for how far they can be trusted",
        ],
        "learned_from": fingerprints(sorted(rows, key=lambda row: row.contract)),
    }


def summary(card: dict[str, Any]) -> str:
    """What a card says beside its figures, for people: versions, hash of the data, limits."""
    versions = ", ".join(f"{name} {number}" for name, number in card["versions"].items())
    return "\n".join(
        [
            f"learned from {card['contracts']} contracts, {card['clauses']} clauses (sha256 {card['data_sha256']})",
            f"with {versions}",
            *(f"limit: {limit}" for limit in card["limits"]),
        ]
    )


def data_hash(rows: Sequence[Row]) -> str:
    """The SHA-256 of what was learned from."""
    text = "\n".join(f"{r.contract}|{r.element}|{','.join(r.secondary)}|{r.features!r}" for r in rows)
    return hashlib.sha256(text.encode()).hexdigest()
