"""The words that the shipped patterns need, worked out beforehand: half a second of each start otherwise.

`rules/needs.json` says of which word classes it was made; with others it is not used. `docs/build.py` writes it, and a
test holds it to what is worked out anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

FILE: Final = Path(__file__).parents[1] / "rules" / "needs.json"

Needs: TypeAlias = tuple[frozenset[str], ...]  # sets of words; every match of a pattern holds a word of each
NO_NEEDS: Final[Mapping[str, Needs]] = MappingProxyType({})


def known_needs(classes: Mapping[str, Sequence[str]]) -> Mapping[str, Needs]:
    """By source of a pattern what it needs; nothing when the file was made of other word classes, or is not there."""
    if not FILE.exists():
        return NO_NEEDS
    data = json.loads(FILE.read_text(encoding="utf-8"))
    if data["classes"] != _digest(classes):
        return NO_NEEDS
    sets = [frozenset(words.split("\n")) for words in data["sets"]]
    return {source: tuple(sets[number] for number in numbers) for source, numbers in data["needs"].items()}


def needs_page(classes: Mapping[str, Sequence[str]], needs: Mapping[str, Needs]) -> str:
    """The content of the file."""
    numbers: dict[frozenset[str], int] = {}
    rows = {
        source: [numbers.setdefault(words, len(numbers)) for words in sets] for source, sets in sorted(needs.items())
    }
    data = {"classes": _digest(classes), "sets": ["\n".join(sorted(words)) for words in numbers], "needs": rows}
    return json.dumps(data, ensure_ascii=False, indent=0) + "\n"


def _digest(classes: Mapping[str, Sequence[str]]) -> str:
    return hashlib.sha256(repr(classes).encode()).hexdigest()
