"""Takes characters out of a text that nobody sees, and tells the innocent ones from those that hide something.

Word processors and the web leave behind soft hyphens, byte order marks, places where a Latin word may break, joiners of
emoji, and marks of direction around a pasted word. Inside a Chinese word or a number none of them has any use: 违约金
with a zero-width space in it is found by no search. Marks that turn the order of what is shown, and tags, never have.
Unicode Technical Report 36, Unicode Standard Annex 9.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hetong.fold import LOOK_ALIKES

_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # choose a form of the character before them
_CONTROLS: Final = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_TURNING: Final = "\u202b\u202d\u202e\u2067"  # show what follows from right to left, or in the order of the file
_TAGS: Final = "\U000e0000-\U000e00ff"
_FORMATS: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    f"\ufff9-\ufffb\U0001d173-\U0001d17a{_SELECTORS}{_TAGS}"
)
_UNSEEN: Final = re.compile(f"[{_CONTROLS}{_FORMATS}]")
_ALWAYS: Final = re.compile(f"[{_TURNING}{_TAGS}]")
_CONTROL: Final = re.compile(f"[{_CONTROLS}]")
_SELECTOR: Final = re.compile(f"[{_SELECTORS}]")
_FORM_OF_HAN: Final = re.compile("[\ufe00-\ufe02\U000e0100-\U000e01ef]")  # 葛󠄀, in the names of people and places
_BREAKS: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # have their use between Latin letters
_HAN: Final = re.compile("[〇㐀-鿿豈-﫿𠀀-\U000323af]")
_FLAG: Final = "\U0001f3f4"  # tags behind it choose the flag of a region
_LIKE: Final = "".join(LOOK_ALIKES)
# Bounded on both sides, so that the search is linear
_MIXED: Final = re.compile(f"(?:[A-Za-z](?=[{_LIKE}])|[{_LIKE}](?=[A-Za-z]))[A-Za-z{_LIKE}]{{1,30}}")
_LETTERS: Final = re.compile(f"[A-Za-z{_LIKE}]{{0,30}}$")
_AROUND: Final = 8  # characters that are quoted before and behind


class Oddity(NamedTuple):
    """A character that hides something, by its name (U+200B), and the words around it with the name in its place."""

    name: str
    words: str


class Seen(NamedTuple):
    """The part of a text that is seen, the offsets of what was taken out, and the oddities among that."""

    text: str
    removed: Sequence[int]
    oddities: tuple[Oddity, ...]

    def moved(self, offset: int) -> int:
        """The offset in the text that is seen of an offset in the text as it was."""
        return offset - bisect_left(self.removed, offset)


def seen(text: str) -> Seen:
    """A text without the characters that nobody sees."""
    removed = [match.start() for match in _UNSEEN.finditer(text)]
    if not removed:
        return Seen(text, (), ())
    kept = _UNSEEN.sub("", text)
    oddities = tuple(
        Oddity(name_of(text[at]), _words(kept, at - i, name_of(text[at])))
        for i, at in enumerate(removed)
        if _hides(text, at, kept, at - i)
    )
    return Seen(kept, removed, oddities)


def mixed_words(text: str) -> Iterator[Oddity]:
    """The words in which Latin letters stand beside Greek or Cyrillic ones that look the same: pаyment."""
    for match in _MIXED.finditer(text):
        before = _LETTERS.search(text[max(0, match.start() - 30) : match.start()])
        word = (before[0] if before else "") + match[0]
        yield Oddity(" ".join(dict.fromkeys(name_of(letter) for letter in word if letter in LOOK_ALIKES)), word)


def name_of(character: str) -> str:
    """U+200B."""
    return f"U+{ord(character):04X}"


def counted(oddities: Sequence[Oddity]) -> str:
    """How many of which: U+200B ×3, U+202E ×1."""
    return ", ".join(f"{name} ×{count}" for name, count in Counter(odd.name for odd in oddities).most_common())


def _hides(text: str, at: int, kept: str, place: int) -> bool:
    """Whether the unseen character text[at], which stood before kept[place], has no innocent use there."""
    character, before, behind = text[at], kept[place - 1 : place], kept[place : place + 1]
    if _ALWAYS.match(character):
        return not (before == _FLAG and character >= _TAGS[0])
    if _CONTROL.match(character):
        return before.isalnum() and behind.isalnum()
    if _SELECTOR.match(character):
        doubled = at > 0 and _SELECTOR.match(text[at - 1]) is not None
        return doubled or (_inside(before, behind) and not _FORM_OF_HAN.match(character))
    latin = before.isascii() and behind.isascii() and before.isalpha() and behind.isalpha()
    return _inside(before, behind) or (latin and character not in _BREAKS)


def _inside(before: str, behind: str) -> bool:
    """Whether two neighbours belong to one Chinese word or to one number."""
    return bool(_HAN.match(before) and _HAN.match(behind)) or (before.isdecimal() and behind.isdecimal())


def _words(kept: str, place: int, name: str) -> str:
    return f"{kept[max(0, place - _AROUND) : place]}[{name}]{kept[place : place + _AROUND]}"
