"""The paragraphs of a clause (款): an article of several paragraphs regulates several things, each of its own element.

Lawyers cite them by their place: 第八条第二款 is the second paragraph of article 8. Here the first paragraph stays with
the clause, and each later one follows it as a clause of kind `paragraph` below it, with the address 8¶2. What judges a
clause as a whole (the rules, completeness) puts them together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from hetong.document import PARAGRAPH_SIGN, Block, Clause, Contract

LONG: Final = 40  # characters from which a line is a paragraph of its own though the line above ends no sentence
_ENDED: Final = re.compile(r"(?:[。；;！!？?]|[A-Za-z]\.)[”\"』」》）)\]】]?\s*$")
_OPEN: Final = re.compile(r"[：:，,、]\s*$")
_HAN: Final = re.compile("[\u4e00-\u9fff]")


def divided(contract: Contract) -> Contract:
    """The contract with the later paragraphs and the tables of its clauses as clauses of their own."""
    clauses: list[Clause] = []
    moved: list[int] = []  # where each clause stands now
    for clause in contract.clauses:
        moved.append(len(clauses))
        parent = None if clause.parent is None else moved[clause.parent]
        cuts = [*_cuts(contract, clause), clause.end]
        clauses.append(replace(clause, parent=parent, end=cuts[0]))
        for ordinal, (start, end) in enumerate(pairwise(cuts), 2):
            clauses.append(_paragraph(clause, moved[-1], ordinal, start, end))
    return replace(contract, clauses=tuple(clauses))


def whole(contract: Contract) -> Contract:
    """The contract with each clause in one piece, its paragraphs put together again."""
    clauses: list[Clause] = []
    moved: list[int] = []
    for clause in contract.clauses:
        if clause.kind == "paragraph":
            clauses[-1] = replace(clauses[-1], end=clause.end)
        else:
            parent = None if clause.parent is None else moved[clause.parent]
            clauses.append(replace(clause, parent=parent))
        moved.append(len(clauses) - 1)
    return replace(contract, clauses=tuple(clauses))


def _paragraph(clause: Clause, parent: int, ordinal: int, start: int, end: int) -> Clause:
    address = f"{clause.id}{PARAGRAPH_SIGN}{ordinal}"
    return Clause(address, "", "", clause.path, clause.level + 1, "paragraph", start, end, start, parent)


def _cuts(contract: Contract, clause: Clause) -> Iterator[int]:
    """Where the later paragraphs of a clause begin."""
    if clause.kind not in ("clause", "annex"):
        return
    blocks = [b for b in contract.blocks_between(clause.body, clause.end) if contract.text[b.start : b.end].strip()]
    for above, block in pairwise(blocks):
        if block.start > clause.body and _parts(contract, above, block):
            yield block.start


def _parts(contract: Contract, above: Block, block: Block) -> bool:
    """Whether a new paragraph begins with a block: a finished sentence, or the edge of a table, stands above it.

    What a colon announces stays with it, and so does a translation with what it translates.
    """
    table, before = (b.cell.table if b.cell else None for b in (block, above))
    if table != before or table is not None:
        return table != before
    last, text = contract.text[above.start : above.end], contract.text[block.start : block.end]
    if _HAN.search(last) and not _HAN.search(text):
        return False
    return bool(_ENDED.search(last)) or (len(text.strip()) >= LONG and not _OPEN.search(last))
