"""Sentences that are planted, from `wordings.yaml`, and where in a contract they fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from hetong.plant.draft import Draft, Planted, replaced, with_line


class Wording(NamedTuple):
    """Sentences to plant in contracts of some kinds, behind the first sentence that fits or in its place.

    A sentence fits when `where` stands in it, and `where_not` nowhere in its line.
    """

    where: re.Pattern[str]
    where_not: re.Pattern[str]
    kinds: tuple[str, ...]
    replace: bool
    sentences: tuple[str, ...]


@cache
def _wordings() -> dict[str, Wording]:
    data = yaml.safe_load(Path(__file__).with_name("wordings.yaml").read_text(encoding="utf-8"))
    return {
        kind: Wording(
            re.compile(row["where"]),
            re.compile(row.get("where_not") or "(?!)"),
            tuple(row["kinds"]),
            bool(row.get("replace")),
            tuple(row["sentences"]),
        )
        for kind, row in data.items()
    }


def reworded(kind: str) -> Callable[[Draft], Planted | None]:
    """Plants a sentence of a kind where the first one fits."""

    def plant(draft: Draft) -> Planted | None:
        wording = _wordings()[kind]
        if draft.kind not in wording.kinds:
            return None
        # which sentence: by the contract's own letters, so that all get their turn and every run is the same
        sentence = wording.sentences[sum(map(ord, draft.id)) % len(wording.sentences)]
        names = {"甲方": draft.buyer, "乙方": draft.supplier}
        filled = re.sub("甲方|乙方", lambda match: names[match[0]], sentence)
        return next((with_line(draft, *place) for place in _places_for(draft, wording, filled)), None)

    return plant


def _places_for(draft: Draft, wording: Wording, words: str) -> Iterator[tuple[int, str]]:
    """(line, its new text) wherever a sentence of a clause fits; number and heading stay."""
    for number, line in enumerate(draft.printed):
        if line.part != "clause" or line.clause is None or not line.text.endswith("。"):
            continue
        if wording.where_not.search(line.text):
            continue
        start = max(0, line.text.find(line.clause.text.split("\n")[0][:8])) if line.starts else 0
        for match in re.finditer("[^。]+。", line.text[start:]):
            if wording.where.search(match[0]):
                begin = start + (match.start() if wording.replace else match.end())
                yield number, replaced(line.text, begin, start + match.end(), words)
