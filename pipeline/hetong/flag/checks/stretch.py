"""Where the stretch of text around a place begins and ends: its line, sentence or part, never further than a reach.

The reach keeps every check linear on a text without a full stop.
"""

from __future__ import annotations

from typing import Final

REACH: Final = 300
SENTENCE: Final = "。；\n"
PART: Final = "，。；\n"
LINE: Final = "\n"


def start_of(text: str, position: int, stops: str, floor: int = 0) -> int:
    """Where the stretch that holds a position begins, not before `floor`."""
    floor = max(0, floor, position - REACH)
    return max([floor, *(text.rfind(stop, floor, position) + 1 for stop in stops)])


def end_of(text: str, position: int, stops: str) -> int:
    """Where the stretch that goes on at a position ends."""
    ceiling = min(len(text), position + REACH)
    return min((i for stop in stops if (i := text.find(stop, position, ceiling)) >= 0), default=ceiling)
