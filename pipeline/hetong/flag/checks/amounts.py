"""PRC002: one amount, written in words and in figures, that disagrees with itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from hetong.document import Span
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.numerals import Figure, amounts_in_figures, amounts_in_words, number
from hetong.rulebook import Rule

# What may stand between the two ways of writing one amount: brackets, labels, currency, punctuation
_BRIDGE: Final = re.compile(
    "(?:[（）\\[\\]【】：:，,\\s_/]|人民币|RMB|CNY|¥|大写|小写|金额|即|计|合计|共计|元|整|正|含税|￥|为|（?税率[^）]{0,8}）?)*"
)
_BARE: Final = re.compile(r"小写[）：\s为]{0,3}(?:人民币)?(?P<number>[0-9][0-9,，]*(?:\.[0-9]+)?)(?!\s*(?:万|亿|元))")


def amounts_in_words_and_figures(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each pair of neighbours, words and figures, whose values differ by a cent or more."""
    for unit in view.document:
        text = view.text[unit.start : unit.end]
        words = list(amounts_in_words(text))
        figures = sorted(chain(amounts_in_figures(text), _bare(text)), key=lambda f: f.start)
        for first, second in _pairs(words, figures, text):
            if abs(first.value - second.value) >= 0.005:
                yield _hit(view, first, second)


def _bare(text: str) -> Iterator[Figure]:
    """Figures without sign or unit that the label 小写 announces."""
    for match in _BARE.finditer(text):
        value = number(match["number"])
        if value is not None:
            yield Figure(match.start("number"), match.end("number"), value)


def _pairs(words: list[Figure], figures: list[Figure], text: str) -> Iterator[tuple[Figure, Figure]]:
    """Words with the figure that they restate: the nearest neighbour across nothing but labels, on either side."""
    for word in words:
        if word.value == 0:
            continue
        near = [f for f in figures if _bridged(text, word, f)]
        if near:
            yield word, min(near, key=lambda f: min(abs(f.start - word.end), abs(word.start - f.end)))


def _bridged(text: str, a: Figure, b: Figure) -> bool:
    first, second = sorted((a, b), key=lambda f: f.start)
    between = text[first.end : second.start]
    labelled = re.search("大写|小写|[（¥]|人民币", text[max(0, first.start - 8) : second.start]) is not None
    return 0 <= len(between) <= 24 and labelled and "\n" not in between and _BRIDGE.fullmatch(between) is not None


def _hit(view: View, words: Figure, figures: Figure) -> Hit:
    places = Span(words.start, words.end), Span(figures.start, figures.end)
    hull = Span(min(p.start for p in places), max(p.end for p in places))
    values = {
        "words": view.contract.text_of(places[0]),
        "figures": view.contract.text_of(places[1]),
        "words_value": f"{words.value:,.2f}",
        "figures_value": f"{figures.value:,.2f}",
    }
    return Hit(hull, places, related=places, values=values)
