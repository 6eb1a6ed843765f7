"""The other side's markup of a contract as Word's tracked changes: which lines changed, which words, and their XML.

OOXML: ECMA-376 part 1, 17.13.5 (w:ins, w:del). Reading with the changes accepted gives `text` of each clause, with the
changes rejected its `original`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import count, groupby, zip_longest
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from hetong.corpus import AnnotatedClause, AnnotatedContract, PrintedLine, print_contract

AUTHOR, DATE = "对方律师", "2026-03-02T09:30:00Z"
SHORTEST = 3  # characters; what stayed the same between two changes and is shorter is changed with them
_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?|[A-Za-z]+|.", re.DOTALL)

Kind = Literal["same", "ins", "del"]


class Change(NamedTuple):
    """Some words, and whether they stayed, came or went."""

    kind: Kind
    text: str


def unmarked(contract: AnnotatedContract) -> AnnotatedContract:
    """The contract before the markup."""
    annexes = tuple(replace(annex, clauses=_unmarked(annex.clauses)) for annex in contract.annexes)
    return replace(contract, clauses=_unmarked(contract.clauses), annexes=annexes)


def _unmarked(clauses: Sequence[AnnotatedClause]) -> tuple[AnnotatedClause, ...]:
    return tuple(replace(c, text=c.original or c.text, clauses=_unmarked(c.clauses)) for c in clauses)


def printed_twice(contract: AnnotatedContract) -> Iterator[tuple[PrintedLine | None, PrintedLine | None]]:
    """Each printed line as it is and as it was; None where a paragraph came or went as a whole."""
    for now, before in zip(_grouped(contract), _grouped(unmarked(contract)), strict=True):
        yield from zip_longest(now, before)


def _grouped(contract: AnnotatedContract) -> list[list[PrintedLine]]:
    """The lines of each part and clause, both readings being grouped alike."""
    order = {id(clause): number for number, clause in enumerate(contract.walk())}
    lines = print_contract(contract)
    return [list(group) for _, group in groupby(lines, key=lambda line: (line.part, order.get(id(line.clause))))]


def changes(before: str, now: str) -> list[Change]:
    """What became of a text, word by word: numbers and Latin words as a whole, Chinese by character.

    A remnant shorter than `SHORTEST` between two changes is changed with them, as people replace phrases.
    """
    old, new = _WORD.findall(before), _WORD.findall(now)
    steps: list[tuple[str, str]] = []  # (gone, come); where both are the same nothing changed
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        remnant = gone == come and len(come) < SHORTEST and b < len(old) and d < len(new)
        if steps and (gone != come or remnant) and steps[-1][0] != steps[-1][1]:
            steps[-1] = (steps[-1][0] + gone, steps[-1][1] + come)
        else:
            steps.append((gone, come))
    return [change for step in steps for change in _changes(*step)]


def _changes(gone: str, come: str) -> Iterator[Change]:
    if gone == come:
        yield Change("same", come)
        return
    if gone:
        yield Change("del", gone)
    if come:
        yield Change("ins", come)


class Markup:
    """Writes tracked changes into the paragraphs of one document."""

    def __init__(self) -> None:
        self._ids = count(1)

    def write(self, paragraph: Paragraph, before: str | None, now: str | None) -> None:
        """Fills an empty paragraph; a text that is None makes the whole paragraph, its mark included, come or go."""
        for change in changes(before or "", now or ""):
            paragraph._p.append(parse_xml(self._run(change)))
        if before is None or now is None:
            kind = "ins" if before is None else "del"
            mark = f"<w:rPr {nsdecls('w')}><w:{kind} {self._by()}/></w:rPr>"
            paragraph._p.get_or_add_pPr().append(parse_xml(mark))

    def _run(self, change: Change) -> str:
        tag = "delText" if change.kind == "del" else "t"
        run = f'<w:r><w:{tag} xml:space="preserve">{escape(change.text)}</w:{tag}></w:r>'
        if change.kind == "same":
            return run.replace("<w:r>", f"<w:r {nsdecls('w')}>", 1)
        return f"<w:{change.kind} {nsdecls('w')} {self._by()}>{run}</w:{change.kind}>"

    def _by(self) -> str:
        return f'w:id="{next(self._ids)}" w:author="{AUTHOR}" w:date="{DATE}"'
