"""Tells whether a model learned from the contracts that it is measured on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from hetong.evaluate.rows import Row


def fingerprints(rows: Sequence[Row]) -> dict[str, str]:
    """Contract → SHA-256 of what its clauses say, in order, without spaces.

    Labels do not count, nor how a clause is cut into paragraphs: a contract whose labels were mended, or that went
    through another tool, is still the same contract.
    """
    found = {}
    for contract, group in groupby(rows, key=lambda row: row.contract):
        words = "".join("".join(row.features.text.split()) for row in group)
        found[contract] = hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
    return found


def learned_from(card: Mapping[str, Any], rows: Sequence[Row]) -> list[str]:
    """The contracts of these rows that the model of a card learned from: those with a known text, or a known name.

    A card that does not say what its model learned from gives none; see `says_what_was_learned`.
    """
    known = card.get("learned_from") or {}
    texts = set(known.values())
    return sorted(c for c, digest in fingerprints(rows).items() if c in known or digest in texts)


def says_what_was_learned(card: Mapping[str, Any]) -> bool:
    """Whether a card lists the contracts of its model at all."""
    return bool(card.get("learned_from"))
