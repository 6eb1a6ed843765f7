"""The words by which completeness is told, made ready for one pass over a contract: see `hetong.flag.completeness`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from hetong.rulebook import Pattern
from hetong.rulebook.attributes import Attribute, Fact, load_attributes
from hetong.trie import Trie

MISSING, TOUCHED, MENTIONED, BLANK, SETTLED = range(5)  # what a place says of an attribute, worst first
SPREAD: Final = 4  # spaces at most between the two characters of a label (规　　格)
# no value on a line of spaces: 总额为      一百五十万      。
_NOT_WRITTEN: Final = r"(?![一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]|[^\s，。；、]{1,24}\s{2,})"
_EMPTY: Final = (
    r"(?<![0-9_])_{2,40}+(?!\s?[0-9])|【\s{0,20}】|\[[^\]\n]{0,20}\]|\{\{|\$\{|(?<![0-9])-{2,40}(?![0-9])"
    r"|×{2,9}|×(?=[年月日元%天条款号万])|XX|（\s{0,20}）"
    r"|(?<![0-9一二三四五六七八九十百千万\s])\s{2,20}(?=[年月日天元%‰个份万吨台平㎡套间])"
    rf"|(?<![：\s])\s{{5,40}}+(?=[一-龥]){_NOT_WRITTEN}"
)
_EMPTY_STARTS: Final = r"_【\[{$\-×X（\s"
BLANKS: Final = re.compile(_EMPTY)
# room to write on, right behind words that would settle it
GAP: Final = re.compile(rf" {{5,40}}+(?=[一-龥，。（]){_NOT_WRITTEN}" r"|\s?_{2}|\s?-{2}")


class Cue(NamedTuple):
    """Words that may tell of an attribute where one stands and the pattern, if there is one, matches around it.

    It tells at best `most`; with `facts` one of them must stand near. None of the `stray` patterns matches around it.
    """

    words: tuple[int, ...]
    pattern: Pattern | None
    most: int
    facts: tuple[Fact, ...] = ()
    stray: tuple[Pattern, ...] = ()


class Book(NamedTuple):
    """What one type of contract is asked: each attribute with its cues, the best first, and the words of `when`."""

    trie: Trie
    rows: tuple[tuple[Attribute, tuple[Cue, ...], tuple[int, ...]], ...]


@cache
def book_of(kind: str) -> Book:
    """The book of a type of contract; built once a process."""
    numbers: dict[str, int] = {}

    def number(word: str) -> int:
        return numbers.setdefault(word, len(numbers))

    def cues(
        patterns: Sequence[Pattern], most: int, stray: tuple[Pattern, ...], facts: tuple[Fact, ...] = ()
    ) -> Iterator[Cue]:
        """Plain words are looked for together, behind the patterns, which say more."""
        plain = [pattern.source for pattern in patterns if pattern.is_word]
        for pattern in patterns:
            if pattern.source not in plain:
                yield Cue(tuple(map(number, sorted(pattern.needs[0]))), pattern, most, facts, stray)
        if plain:
            spread = [
                f"{word[0]}{' ' * gap}{word[1]}" for word in plain if len(word) == 2 for gap in range(1, SPREAD + 1)
            ]
            yield Cue(tuple(map(number, [*plain, *spread])), None, most, facts, stray)

    rows = [
        (
            attribute,
            (
                *cues(attribute.present, SETTLED, attribute.stray),
                *cues(attribute.mention, SETTLED, attribute.stray, attribute.needs),
                *cues(attribute.vague, TOUCHED, attribute.stray),
            ),
            tuple(map(number, attribute.when)),
        )
        for attribute in load_attributes()
        if attribute.need_of(kind)
    ]
    return Book(Trie(list(numbers)), tuple(rows))


@cache
def fact_or_blank(facts: tuple[Fact, ...]) -> re.Pattern[str]:
    """Finds the first of some facts, or a blank in its place."""
    either = f"(?P<blank>{_EMPTY})|" + "|".join(fact.pattern for fact in facts)
    if not all(fact.starts for fact in facts):
        return re.compile(either)
    # at most places nothing can begin: one look at a set of characters instead of a walk along all alternatives
    return re.compile(f"(?=[{_EMPTY_STARTS}{''.join(fact.starts for fact in facts)}])(?:{either})")
