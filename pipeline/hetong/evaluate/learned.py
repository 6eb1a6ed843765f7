"""Tells whether a model learned from the contracts that it is measured on.

A card keeps a sketch of each contract: the smallest hashes of its lines (bottom-k sketch: Broder 1997, On the
resemblance and containment of documents). It knows a contract again whatever its name and labels, after some lines were
changed, and from a part of it; it holds no word of the contract.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from hetong.evaluate.rows import Row

KEPT: Final = 12  # hashes of a contract
LENGTH: Final = 12  # hexadecimal digits of a hash
SHORTEST: Final = 8  # characters of a line that tells something
_END: Final = "g"  # behind every hash


def fingerprints(rows: Sequence[Row]) -> dict[str, str]:
    """Contract → the `KEPT` smallest beginnings of the SHA-256 of its lines, ascending, joined by spaces.

    Spaces inside a line do not count, nor do lines below `SHORTEST` characters.
    """
    return {contract: " ".join(sorted(lines)[:KEPT]) for contract, lines in _lines(rows).items()}


def learned_from(card: Mapping[str, Any], rows: Sequence[Row]) -> list[str]:
    """The contracts of these rows of which a model learned half or more, sorted; its card keeps `fingerprints`.

    A card that does not say what its model learned from gives none; see `says_what_was_learned`.
    """
    known = [sketch.split() for sketch in (card.get("learned_from") or {}).values()]
    return sorted(name for name, lines in _lines(rows).items() if any(_is_part(lines, sketch) for sketch in known))


def says_what_was_learned(card: Mapping[str, Any]) -> bool:
    """Whether a card lists the contracts of its model at all."""
    return bool(card.get("learned_from"))


def _is_part(lines: set[str], sketch: Sequence[str]) -> bool:
    """Whether half the lines or more are in the contract of the sketch, as far as the sketch can tell."""
    shared = len(lines.intersection(sketch))
    if not shared:
        return False
    last = sketch[-1] if len(sketch) == KEPT else _END
    return 2 * shared >= sum(line <= last for line in lines)


def _lines(rows: Sequence[Row]) -> dict[str, set[str]]:
    """Contract → the hashes of its lines."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for line in row.features.text.split("\n"):
            words = "".join(line.split())
            if len(words) >= SHORTEST:
                found[row.contract].add(hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH])
    return dict(found)
