"""Recognises what stands behind the last clause: the signature block and the heads of annexes.

All functions take folded text (`hetong.fold`).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from hetong.numerals import integer
from hetong.segment.front import LABEL, is_attribute, is_sentence, restarts
from hetong.segment.numbering import SHAPE
from hetong.segment.rows import Row

LONGEST: Final = 90  # characters of the first line of a signature block
LONGEST_LINE: Final = 45  # of one with punctuation in it, blanks aside
_SIGNED: Final = re.compile(
    r"盖\s*章|签\s*字|签\s*章|签\s*名|公\s*章|印\s*章|（\s*章\s*）|签\s*[订署约]\s*(?:日\s*期|时\s*间|地\s*点|处|人)"
    r"|年\s*月\s*日|日\s*期\s*：|(?i:seal|signature|signed)"
    r"|^[^。，；]{0,30}\d{4}年\s?\d{1,2}月\s?\d{1,2}日$|^[二〇零○一九\d]{4}\s?年.{1,4}月.{1,4}日$"
)
_FIRST: Final = re.compile(
    r"（?\s*(?:以下|本页)[^。]{0,6}无[^。]{0,6}正文|签[署字章]\s*[页处栏]|双方签[字章署]|[【（]?\s*本页"
    rf"|{LABEL}\s*(?:（[^（）]{{1,24}}）\s*)*(?:[签盖][^。，]*$|[：/]|$|\s{{2}})"
    r"|[^。，；：]{1,40}（[^（）]{0,8}(?:章|签字|签名|(?i:signature|seal))[^（）]{0,12}）"
    r"|[^。，；：]{0,8}(?i:for and on behalf of|for the)\b"
)
_SEAL: Final = re.compile(r"盖\s*章|签\s*[字章名]|公\s*章|（\s*章\s*）|(?i:signature)")
_BLANKS: Final = re.compile(r"[\s_]+")
_SIDE_BY_SIDE: Final = re.compile(r"方.*\s{3}.*方")
_ANNEX: Final = re.compile(
    r"[（【]?(?:本?合同)?(?P<number>附(?:\s*[件录表图])?(?:\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[A-H](?![A-Za-z])))?"
    r"|(?i:annex|appendix|exhibit|schedule|attachment)\s+(?:\d{1,2}|[A-Z]|[IVX]{1,4})\b)"
    r"(?P<gap>\s*[：、.\-—－]*\s*)(?P<title>.*)"
)
_MENTION: Final = re.compile(
    r"[。；，]|^(?:[的中所为是与和及或至]|规定|约定|作为|均[为系]|共[计同])|是本|为本|组成部分|详见|见附|同等(?:法律)?效力"
)


class AnnexHead(NamedTuple):
    """The head of an annex; `number` (附件一) and `title` are ranges of the line."""

    number: tuple[int, int]
    title: tuple[int, int]
    key: str


def signature_end(lines: list[Row], index: int) -> tuple[int, bool]:
    """Where the run of rows ends that may be a signature block from a row on, and whether it is one.

    It is one when something in it is to be signed or dated, or when the parties close the text.
    """
    first = lines[index].text
    if len(first) > LONGEST or not _FIRST.match(first):
        return index, False
    end, signed, parties = index, False, 0
    while end < len(lines) and _may_be_signed(lines[end]) and not restarts(lines, end, early=False):
        signed |= bool(_SIGNED.search(lines[end].text))
        parties += bool(_FIRST.match(lines[end].text))
        end += 1
    closes = end == len(lines) or annex_head(lines[end].text) is not None
    return end, signed or (closes and (parties >= 2 or bool(_SIDE_BY_SIDE.search(first))))


def signature_table_end(lines: list[Row], index: int) -> tuple[int, bool]:
    """The same for a table that begins at a row: it begins with a party, has a place to sign and short cells only."""
    table = lines[index].block.cell
    end = index
    while end < len(lines) and table and (cell := lines[end].block.cell) and cell.table == table.table:
        end += 1
    texts = [row.text for row in lines[index:end]]
    named = any(_FIRST.match(text) for text in texts[:3])
    if not named or max(map(len, texts)) > LONGEST or not any(_SEAL.search(text) for text in texts):
        return end, False
    while end < len(lines) and _may_be_signed(lines[end]):
        end += 1
    return end, True


def _may_be_signed(row: Row) -> bool:
    text = row.text
    if any(mark.needs <= SHAPE for mark in row.readings) or annex_head(text):
        return False
    if row.cell or not is_sentence(text) or "无正文" in text or is_attribute(text):
        return True
    return len(_BLANKS.sub("", text)) <= LONGEST_LINE and bool(_SIGNED.search(text))


def annex_head(text: str) -> AnnexHead | None:
    """The head of an annex (附件一：设备清单), or None for a mention of one in a sentence."""
    if len(text) > 60 or text[:1] not in "附（【本合AaEeSs":
        return None
    match = _ANNEX.fullmatch(text)
    if match is None or _MENTION.search(match["title"]):
        return None
    number = "".join(match["number"].split())
    spaced = match["gap"].isspace() and len(number) > 1 and len(match["title"]) <= 20
    unnumbered = number in ("附", "附件", "附录", "附表", "附图")
    if unnumbered and match["title"] and not (spaced or "：" in match["gap"]):
        return None  # 附件：清单 and 附件 清单 are heads, 附则 and 附件清单 are not
    ordinal = integer(number[2:]) if number[0] == "附" and len(number) > 2 else None
    key = f"{number[:2]}{ordinal}" if ordinal else number if len(number) > 2 else number + match["title"]
    enclosed = text[0] in "（【" and text[-1] in "）】"
    return AnnexHead(match.span("number"), (match.start("title"), match.end("title") - enclosed), key)


def annex_heads(lines: list[Row]) -> dict[int, AnnexHead]:
    """The rows that head an annex; of several with the same number the last does, the others only list it."""
    found = {i: head for i, row in enumerate(lines) if not row.cell and (head := annex_head(row.text))}
    last = {head.key: index for index, head in found.items()}
    return {i: head for i, head in found.items() if last[head.key] == i and i + 1 < len(lines)}
