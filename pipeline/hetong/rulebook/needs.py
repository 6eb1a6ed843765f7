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
from typing import Final

from hetong.rulebook.literals import Needs, Sign, Words

FILE: Final = Path(__file__).parents[1] / "rules" / "needs.json"

NO_NEEDS: Final[Mapping[str, Needs]] = MappingProxyType({})


def known_needs(classes: Mapping[str, Sequence[str]]) -> Mapping[str, Needs]:
    """By source of a pattern what it needs; nothing when the file was made of other word classes, or is not there."""
    if not FILE.exists():
        return NO_NEEDS
    data = json.loads(FILE.read_text(encoding="utf-8"))
    if data["classes"] != _digest(classes):
        return NO_NEEDS
    sets = [_words(*row) for row in data["sets"]]

    def named(numbers: Sequence[int]) -> tuple[Words, ...]:
        return tuple([sets[number] for number in numbers])

    return {
        source: Needs(
            tuple([Sign(sets[n], named(before), named(behind)) for n, before, behind in signs]), named(needed)
        )
        for source, (signs, needed) in data["needs"].items()
    }


def _words(rate: float, words: str) -> Words:
    found = Words(words.split("\n"))
    found.rate = rate
    return found


def needs_page(classes: Mapping[str, Sequence[str]], needs: Mapping[str, Needs]) -> str:
    """The content of the file: sets of words with their rates, and of each pattern the signs and sets by number."""
    number: dict[Words, int] = {}

    def named(sets: Sequence[Words]) -> list[int]:
        return [number.setdefault(words, len(number)) for words in sets]

    rows = {
        source: [[[*named([s.words]), named(s.before), named(s.behind)] for s in needed.signs], named(needed.sets)]
        for source, needed in sorted(needs.items())
    }
    sets = [[float(f"{words.rate:.4g}"), "\n".join(sorted(words))] for words in number]
    data = {"classes": _digest(classes), "sets": sets, "needs": rows}
    return "{\n" + ",\n".join(f"{_line(name)}: {_lines(value)}" for name, value in data.items()) + "\n}\n"


def _lines(value: object) -> str:
    """JSON with a line for each item of a list or mapping."""
    if isinstance(value, dict):
        return "{\n" + ",\n".join(f"{_line(key)}: {_line(item)}" for key, item in value.items()) + "\n}"
    return "[\n" + ",\n".join(map(_line, value)) + "\n]" if isinstance(value, list) else _line(value)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _digest(classes: Mapping[str, Sequence[str]]) -> str:
    return hashlib.sha256(repr(classes).encode()).hexdigest()
