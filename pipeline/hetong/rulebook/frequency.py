"""How rare a word is in contracts: what decides by which of its words a pattern is looked for.

`frequencies.txt` holds, for strings of one and two characters, how many of a thousand sentences of our own corpora have
them (`corpora/count.py` writes it). It changes how fast rules run and never what they find.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

UNLISTED: Final = 0.3  # of a thousand sentences, for a string that is rarer than all that are listed
LONGER: Final = 0.5  # each character beyond the second makes a word rarer by about so much
ROLE: Final = 350.0  # the characters that stand for the names of parties, in the private-use area


@cache
def _table() -> dict[str, float]:
    lines = Path(__file__).with_name("frequencies.txt").read_text(encoding="utf-8").splitlines()
    return {word: float(count) for word, count in (line.rsplit("\t", 1) for line in lines)}


@cache
def rate(word: str) -> float:
    """About how many of a thousand sentences hold a word."""
    if len(word) <= 1:
        return ROLE if "\ue000" <= word <= "\uf8ff" else _table().get(word, UNLISTED)
    table = _table()
    rarest = min([*map(rate, word), *(table.get(word[i : i + 2], UNLISTED) for i in range(len(word) - 1))])
    return rarest * LONGER ** (len(word) - 2)
