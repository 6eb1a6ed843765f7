"""Gives every clause its address: 5, 5.2, 5.2.1 by ordinals; unique in the contract.

Articles run on across chapters, so chapters do not count; they take part only when two clauses would share an
address (2章/5), and after that a suffix does (5#2). Inside an annex the address follows its name: 附件1/3.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from hetong.segment.numbering import BULLET, CONTAINERS
from hetong.segment.tree import HEADING, PARAGRAPH, PART, Node


class _Place(NamedTuple):
    """What the addresses below a clause build on.

    `prefix` names the annex; `chapter` is the address of the nearest chapter; `base` is continued by the clauses
    below; `outer` takes its place for a list that only runs on below a heading.
    """

    prefix: str = ""
    chapter: str = ""
    base: str = ""
    outer: str = ""


_TOP: Final = _Place()


def addresses(nodes: list[Node]) -> list[str]:
    """One address for each node, in order."""
    chapters = {node.parent for node in nodes if node.style == "条"}
    alike: Counter[tuple[int | None, str]] = Counter()  # clauses of one style below one parent
    found: list[str] = []
    places: list[_Place] = []
    taken: dict[str, int] = {}
    for index, node in enumerate(nodes):
        parent = _TOP if node.parent is None else places[node.parent]
        family = HEADING if node.style.startswith(HEADING) else node.style
        alike[node.parent, family] += 1
        chapter = node.style in CONTAINERS or (index in chapters and node.style != PART)
        local = _local(node, parent, alike[node.parent, family], chapter)
        full = _unique(parent.prefix, local, taken)
        found.append(full)
        places.append(_place(node, parent, full, chapter))
    return found


def _place(node: Node, parent: _Place, full: str, chapter: bool) -> _Place:
    local = full[len(parent.prefix) :]
    if node.style == PART:
        return _Place(prefix=f"{full}/")
    if chapter:
        return _Place(parent.prefix, local)
    return _Place(parent.prefix, parent.chapter, local, parent.base if node.style.startswith(HEADING) else local)


def _local(node: Node, parent: _Place, nth: int, chapter: bool) -> Iterator[str]:
    """Addresses inside the annex in the order of preference; `nth` counts those alike below the same parent."""
    if node.style == PART:
        yield "".join(node.number.split()) or node.kind
    elif node.style == PARAGRAPH:
        yield f"p{nth}"
    elif node.style.startswith(HEADING):
        yield _join(parent.base, f"h{nth}")
    elif node.style in CONTAINERS:
        yield f"{parent.chapter}{node.ordinals[-1]}{node.style}"
    elif chapter:  # 一、 over articles
        yield node.number
    else:
        yield from _numbered(node, parent, nth)


def _numbered(node: Node, parent: _Place, nth: int) -> Iterator[str]:
    ordinal = str(nth if node.style == BULLET else node.ordinals[-1])
    if len(node.ordinals) > 1:
        short = ".".join(map(str, node.ordinals))
    elif node.style == "A1":
        short = node.number
    elif node.style == "条":
        short = ordinal
    else:
        short = _join(parent.outer if node.ordinals[-1] > nth else parent.base, ordinal)
    yield short
    if parent.chapter and not short.startswith(f"{parent.chapter}/"):
        yield f"{parent.chapter}/{short}"
    yield _join(parent.base, ordinal)


def _join(base: str, last: str) -> str:
    return f"{base}.{last}" if base else last


def _unique(prefix: str, local: Iterable[str], taken: dict[str, int]) -> str:
    """The first address that is free; when none is, the first of them with #2, #3 and so on."""
    choices = [prefix + candidate for candidate in local]
    address = next((choice for choice in choices if choice not in taken), choices[0])
    while address in taken:
        taken[choices[0]] += 1
        address = f"{choices[0]}#{taken[choices[0]]}"
    taken[address] = 1
    return address
