"""What a blank waits for, an amount, a date, a party …: read from the words in it and around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import Final, NamedTuple

from hetong.document import BlankKind, Block, Contract, Span
from hetong.flag.view import View
from hetong.rulebook import BUYER, RULES, SUPPLIER
from hetong.rulebook.patterns import load_mapping

LABEL: Final = 24  # characters before a blank that may say what it is
FAR: Final = 8  # characters between the telling word and the blank; some words must stand closer
_EDGE: Final = " _【[（({\"'】]）)}/·、"
_CLOSING: Final = re.compile("[】\\]）)\"']? {0,2}(?:（?大写）?)?")
_PLAIN: Final = re.compile(r"[\s_×xX*〇○某●•…年月日时分()\[\]【】（）{}$¥.-]+")
_CROSSES: Final = re.compile("[xX×*某●]{2}|[×xX]")
_DATE: Final = re.compile("年.*月|月.*日|年月|月日|时.*分")
_ADDRESS: Final = re.compile("[省市区县镇路街栋号楼室]")
_YEAR_BEFORE: Final = re.compile("(?:[0-9×xX一二〇九]|[自至从到在于]|公元) *$")
_DAY_BEFORE: Final = re.compile("(?:[每次当]个?(?:自然)?[月年周]|季度?|月份?|于) {0,2}$")
_LASTS: Final = re.compile("[日月](?:历日)?(?:内|以内|之?后)")
_STREET: Final = re.compile("[路街巷道弄镇区村栋幢楼][^，。；：]{0,4}$")
_BRACKETED: Final = re.compile(r"（[^）]{0,40}）")
_LINE: Final = re.compile(r"[^\n\t]*")
_PART: Final = re.compile("[，。；]")
# Between the word and the blank for words that name a party or a person's part only when they touch it
_TOUCHING: Final = re.compile(r"(?: {0,3}（[^）]{0,14}）?)?[：）\"'” _【\[（为是]*")
FILE: Final = RULES / "blanks.yaml"


class Words(NamedTuple):
    """The patterns of `rules/blanks.yaml`, compiled; the groups of `inside` and `before` are named by kind."""

    inside: re.Pattern[str]
    behind: tuple[tuple[BlankKind, re.Pattern[str]], ...]
    before: re.Pattern[str]


@cache
def telling_words() -> Words:
    """The words that tell kinds, read when the first blank asks."""
    data = load_mapping(FILE)

    def joined(patterns: list[str]) -> str:
        return "|".join(patterns).replace("{party}", f"[{BUYER}{SUPPLIER}]")

    def named(kinds: dict[str, list[str]]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?P<{kind}>{joined(patterns)})" for kind, patterns in kinds.items()))

    behind = tuple((kind, re.compile(joined(row[kind]))) for row in data["behind"] for kind in row)
    return Words(named(data["inside"]), behind, named(data["before"]))


class Layout(NamedTuple):
    """A contract, its folded text with the tabs between cells left in, and its table cells by (table, row, column)."""

    contract: Contract
    text: str
    cells: dict[tuple[int, int, int], Block]


def layout_of(view: View) -> Layout:
    """How a contract is laid out, for reading what its blanks wait for."""
    raw, text = view.contract.text, view.text
    if "\t" in raw:
        text = "".join("\t" if a == "\t" else b for a, b in zip(raw, text, strict=True))
    blocks = (block for block in view.contract.blocks if block.cell)
    return Layout(view.contract, text, {(b.cell.table, b.cell.row, b.cell.column): b for b in blocks if b.cell})


def expected_kind(layout: Layout, place: Span) -> BlankKind:
    """What is to be filled in at a place; `note` for a placeholder in words or crosses of which nothing is known."""
    text = layout.text
    words = text[place.start : place.end]
    least = max(0, place.start - LABEL)
    line = max(least, text.rfind("\n", least, place.start) + 1, text.rfind("\t", least, place.start) + 1)
    before = text[line : place.start]
    if words.rstrip().endswith("："):  # a label with nothing behind it, which says itself what it asks for
        return _label(_BRACKETED.sub("", words[: words.index("：") + 1])) or "other"
    found = (
        _inside(words)
        or _calendar(words, before, _LINE.match(text, place.end, place.end + 6)[0])  # type: ignore[index]
        or _behind(text, place.end, before)
        or _label(before)
        or _cell(layout, place)
    )
    if found is None and not before.strip(_EDGE):
        found = _label(text[max(0, line - 1 - LABEL) : max(0, line - 1)].rpartition("\n")[2])
    if found in (None, "other"):
        return "note" if _PLAIN.sub("", words) or _CROSSES.search(words) else "other"
    return found


def _inside(words: str) -> BlankKind | None:
    """What a placeholder calls itself, by the last of its words that says something."""
    if not _PLAIN.sub("", words):
        return None
    found = None
    for found in telling_words().inside.finditer(words.strip(_EDGE + "$")):  # noqa: B007
        pass
    return found.lastgroup if found else None  # type: ignore[return-value]


def _calendar(words: str, before: str, behind: str) -> BlankKind | None:
    """A date, or how long something lasts: 自____年, 质保____年, 每月____日, 提前____日; None for other places."""
    unit = behind[_CLOSING.match(behind).end() :]  # type: ignore[union-attr]
    if _DATE.search(words):
        return "period" if unit.startswith("个月") else "date"
    if _ADDRESS.search(words) and not unit.startswith(("公司", "厂")):
        return "quantity" if "户型" in before else "place"
    if unit.startswith("年"):
        return "date" if unit[1:2] in ("月", "度", "_") or _YEAR_BEFORE.search(before) else "period"
    if unit.startswith(("日", "月", "号")) and unit[1:2] != "元":
        named = _DAY_BEFORE.search(before) or (unit[0] == "月" and before.rstrip().endswith("年"))
        if named and not (_LASTS.match(unit) and before.rstrip().endswith("于")):
            return "date"
        return None if unit[0] == "号" else "period"
    return "date" if re.match("时(?![间段期])|点(?=[至到前，。_])", unit) else None


def _behind(text: str, end: int, before: str) -> BlankKind | None:
    """What the unit or the word right behind tells, if anything stands there in the line."""
    start = _CLOSING.match(text, end).end()  # type: ignore[union-attr]
    behind = _LINE.match(text, start, start + 14)[0]  # type: ignore[index]
    if behind.startswith("号"):
        return "place" if _STREET.search(before) or behind.startswith("号楼") else "number"
    if before.endswith("第") and behind[:1] in "条款项页章节":
        return "number" if not re.match("[项款]方?[法式]", behind) else "option"
    return next((kind for kind, pattern in telling_words().behind if pattern.match(behind)), None)


def _label(before: str) -> BlankKind | None:
    """What the last telling word before the blank says; of the part of the sentence before only without one there."""
    parts = [part.end() for part in _PART.finditer(before)]
    for start in (parts[-1] if parts else 0, 0):
        found = None
        for match in telling_words().before.finditer(before, start):
            near = len(before) - match.end() <= FAR
            if near and (match.lastgroup not in ("party", "other") or _TOUCHING.fullmatch(before, match.end())):
                found = match.lastgroup
        if found:
            return found  # type: ignore[return-value]
    return None


def _cell(layout: Layout, place: Span) -> BlankKind | None:
    """What the head of the column says of a blank in a table, else the cell to the left of it."""
    blocks = layout.contract.blocks
    block = blocks[max(0, bisect_right(blocks, place.start, key=lambda b: b.start) - 1)] if layout.cells else None
    if block is None or block.cell is None:
        return None
    table, row, column, *_ = block.cell
    for cell in ((table, 0, column) if row else None, (table, row, column - 1)):
        named = layout.cells.get(cell) if cell else None
        found = _label(layout.text[max(named.start, named.end - LABEL) : named.end]) if named else None
        if found:
            return found
    return None
