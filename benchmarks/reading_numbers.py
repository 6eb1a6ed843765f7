"""Automatic numbers that LibreOffice prints otherwise than Word: found, named, put into the reading of the Word file.

No reader of its PDF can know better, so the two readings are compared as if Word printed these numbers too. What
LibreOffice prints is taken from its own export as plain text, in which our reader of PDF has no part. A page picture
of an isLgl and of a restarted list was looked at: the numbers of the plain text stand there. What Word prints for a
level that was skipped is not known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from hetong.document import Contract
from hetong.extract.builder import TextBuilder
from hetong.numerals import integer

_LONGEST: Final = 14  # characters of a number
_WITHIN: Final = 400  # lines within which a paragraph must be found again
_HAN: Final = re.compile("[一二三四五六七八九十百]")
_DIGITS: Final = re.compile("[0-9]+|[一二三四五六七八九十百]+")


REASONS: Final = {
    "isLgl": "w:isLgl (ECMA-376 part 1, 17.9.4: every level as a decimal) is not done",
    "lvlRestart": "w:lvlRestart 0 (17.9.10: a level goes on below a new number above it) is not done",
    "skipped": "a level that was skipped before its first number is counted (what Word does the standard does not say)",
    "other": "for another reason",
}


class Changed(NamedTuple):
    """A number that Word prints and what LibreOffice prints in its place."""

    word: str
    office: str

    @property
    def reason(self) -> str:
        """The key in `REASONS`, as far as the two numbers tell."""
        if "." in self.word and _HAN.search(self.office) and not _HAN.search(self.word):
            return "isLgl"
        if _DIGITS.sub("#", self.word) != _DIGITS.sub("#", self.office):
            return "other"
        return "skipped" if _value(self.office) > _value(self.word) else "lvlRestart"


def _value(number: str) -> int:
    """The last number in a printed number, 3 of 第三条."""
    return integer(_DIGITS.findall(number)[-1]) or 0


def lines_of(exported: Path) -> list[str]:
    """The lines of a plain-text export, without white space."""
    return ["".join(line.split()) for line in exported.read_text(encoding="utf-8-sig").split("\n")]


def as_printed(contract: Contract, lines: Sequence[str]) -> tuple[Contract, list[Changed]]:
    """A reading of a Word file with the numbers that LibreOffice printed, and those that it changed."""
    builder, changed = TextBuilder(), []
    printed = dict(_printed(contract, lines))
    ends = [*(b.start for b in contract.blocks[1:]), len(contract.text)]
    for (start, block), end in zip(enumerate(contract.blocks), ends, strict=True):
        number = printed.get(start, block.number)
        text = contract.text_of(block)
        if number != "".join(block.number.split()):
            changed.append(Changed(block.number, number))
            text = number + text[len(block.number) :]
        builder.add(
            text, block.kind, number=number, level=block.level, cell=block.cell, end=contract.text[block.end : end]
        )
    builder.asides += contract.asides
    return builder.contract(contract.source), changed


def _printed(contract: Contract, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(index of a block with an automatic number, number that LibreOffice gives it), where its paragraph is found."""
    at = 0
    for index, block in enumerate(contract.blocks):
        words = "".join(contract.text_of(block)[len(block.number) :].split())
        if not block.number or not words:
            continue
        for found in range(at, min(len(lines), at + _WITHIN)):
            number = lines[found].removesuffix(words)
            if len(number) < len(lines[found]) and len(number) <= _LONGEST:
                yield index, number
                at = found + 1
                break


def summary(changed: Sequence[tuple[str, Sequence[Changed]]]) -> Iterator[str]:
    """What LibreOffice changed, by reason: how many numbers in how many documents, and the commonest."""
    reasons = Counter(number.reason for _, numbers in changed for number in numbers)
    for reason, count in reasons.most_common():
        alike = [(name, n) for name, numbers in changed for n in numbers if n.reason == reason]
        examples = Counter(f"{n.word} → {n.office}" for _, n in alike).most_common(3)
        names = len({name for name, _ in alike})
        yield f"  {count:5d} in {names} documents, as {', '.join(words for words, _ in examples)}: {REASONS[reason]}"
