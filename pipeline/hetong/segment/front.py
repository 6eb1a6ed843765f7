"""Recognises what stands before the first clause: title and cover, parties, preamble.

All functions take folded text (`hetong.fold`).
"""

from __future__ import annotations

import re
from typing import Final, Literal

from hetong.fold import fold
from hetong.segment.numbering import CONTAINERS
from hetong.segment.rows import Row

Front = Literal["title", "parties", "preamble"]
COVER: Final = 15  # rows within which the parties follow the heading of a form
RESTART: Final = 9  # rows within which the parties follow the title of another contract

_KINDS: Final = (
    "合同|合同书|协议|协议书|合约|契约|订单|条款|承诺书|意向书|备忘录|确认书|章程|约定书|(?i:agreement|contract)"
)
_TITLE: Final = re.compile(
    rf"#*\s*[^，。；：！？]{{0,38}}(?:{_KINDS})(?:\s*（[^（）]{{1,20}}）)?(?:\s+[A-Za-z][A-Za-z\s,&/'（）-]*)?"
)
_GENERIC: Final = re.compile(r"(?:合同|协议)(?:书|条款|格式|文本)?")
_CHAPTER: Final = re.compile(r"^\s*第[一二三四五六七八九十\d]{1,3}(?:章|节|部分)")

# What parties are called: 甲方, 出租人, 用人单位, 某某公司; with an English name behind it in bilingual contracts.
LABEL: Final = (
    r"(?:[甲乙丙丁戊买卖供需]\s*方|[\u4e00-\u9fff]{1,8}(?:方|人|单位|者|商|户|主|公司|学校|医院|院|校|家庭)(?:代表)?|(?i:party\s+[A-D]))"
    r"(?:\s*[A-Z][A-Za-z\s]{2,30})?"
)
_PARTY: Final = re.compile(
    rf"{LABEL}\s*(?:（[^（）]{{1,24}}）\s*)*(?:[：/]|$|\s{{3,}})|[^，。；：]{{2,20}}（[甲乙丙丁]方）"
    r"|[甲乙丙丁]\s*方\s*（[^（）]{1,12}）[^，。；：]{1,8}："
)


def _spaced(words: str) -> str:
    """A pattern for words that may be set with spaces between their characters: 电  话."""
    return "|".join(r"\s*".join(word) for word in words.split())


_FIELDS: Final = _spaced(
    "地址 住址 住所 所址 所地 法定代表 法人 负责人 代理人 代表人 联系 电话 电报 电传 电子 手机 传真 邮编 邮箱 邮政 "
    "开户 帐号 账号 帐户 账户 户名 税号 增值税号 纳税 统一社 身份证 证件 营业 职务 微信 经办人 "
    "签约 签订 签署 签定 性别 姓名 名称 资质 经理 关系 出生 民族 国籍 银行 授权"
)
_ATTRIBUTE: Final = re.compile(
    rf"(?:[甲乙丙]\s*方)?(?:[\u4e00-\u9fff]{{0,6}}(?:{_FIELDS})|(?i:e-?mail|tel|fax|address|name))[^。；]{{0,20}}："
)
_FIELD: Final = re.compile(r"(?:地址|住所|代表人|电话|手机|邮箱)\s*[：\d]")
_OPENING: Final = re.compile(
    r"鉴于|根据|依据|依照|遵照|按照|为|经|兹|现[就将经由因，甲双]|甲\s{0,4}[、，]?\s{0,4}乙|双方|(?:上述|以上)各?方|本[合协]|因"
    r"|(?i:whereas|this|the|in\b|pursuant)"
)
_RECITALS: Final = re.compile(r"鉴于|(?i:whereas)")
_AGREED: Final = re.compile("[，；。].{0,40}(?:约定|协议|订立|签订|达成|同意)[^，；。]{0,12}：$")
_TO_SIGN: Final = re.compile(r"盖\s*章|签\s*[字章名]|公\s*章|(?i:signature|seal)")
_FORM: Final = re.compile("合同|协议|条款")
_ARTICLES: Final = ("条", "一、", "1.", "1.1")
_PUNCTUATION: Final = re.compile(r"[，。；]")


def is_cover(lines: list[Row], index: int) -> bool:
    """Whether a chapter's heading only says where a form was taken: 第五章 合同格式, then the parties."""
    marks = lines[index].readings
    if not (marks and marks[0].style in CONTAINERS and _FORM.search(lines[index].text)):
        return False
    for row in lines[index + 1 : index + COVER]:
        if is_party(row.text):
            return True
        if any(mark.style in _ARTICLES for mark in row.readings):
            return False
    return False


def is_title(text: str) -> bool:
    """Whether a line reads like the title of a contract: 设备采购合同, 合 同 书."""
    return len(text) <= 45 and bool(_TITLE.fullmatch("".join(text.split()) if len(text) < 20 else text))


def best_title(lines: list[str]) -> str:
    """The title as printed: the first line that says of what kind the contract is; 第五章 合同条款 if need be."""
    titles = [line for line in lines if is_title(fold(line))]
    named = [line for line in titles if not _GENERIC.fullmatch("".join(_CHAPTER.sub("", fold(line)).split()))]
    likely = named or titles or [line for line in lines if "：" not in fold(line)]
    return re.sub(r"\s{2,}", " ", likely[0].lstrip("# ").strip()) if likely else ""


def is_party(text: str) -> bool:
    """Whether a line introduces a party: 甲方（买方）：…; 联系人：… does not."""
    return len(text) <= 120 and bool(_PARTY.match(text)) and not _ATTRIBUTE.match(text)


def is_attribute(text: str) -> bool:
    """Whether a line is a field that describes a party: 地址：…, 法定代表人：…."""
    return bool(_ATTRIBUTE.match(text))


def is_sentence(text: str) -> bool:
    """Whether a line is running text rather than a field or a name."""
    ends = len(text) >= 8 and text.endswith("。") and not is_attribute(text)
    return ends or len(text) >= 60 or (len(text) >= 16 and bool(_PUNCTUATION.search(text)))


def front_kind(text: str, current: Front | None) -> Front:
    """To which part a line before the first clause belongs, given the part of the line above."""
    if is_party(text) or (current == "parties" and _describes(text)):
        return "parties"
    bracketed = current == "title" and text.startswith("（") and text.endswith("）")
    if bracketed or (current is None and not _PUNCTUATION.search(text)):
        return "title"
    if _is_preamble(text):
        return "preamble"
    if current == "parties":
        return "title" if is_title(text) else "parties"
    if current == "preamble":
        return "parties" if is_attribute(text) else "preamble"
    return "title"


def _describes(text: str) -> bool:
    return not _OPENING.match(text) and bool(_FIELD.search(text))


def _is_preamble(text: str) -> bool:
    opens = bool(_OPENING.match(text))
    runs = opens or text.endswith("。") or "：" not in text[:14]
    return (is_sentence(text) and runs and not is_attribute(text)) or (opens and text.endswith("："))


def opens_recitals(text: str) -> bool:
    """Whether a line announces numbered recitals, as 鉴于： does; 鉴于…，双方约定： announces the clauses."""
    return text.endswith("：") and bool(_RECITALS.search(text)) and not _AGREED.search(text)


def restarts(lines: list[Row], index: int, early: bool) -> bool:
    """Whether a contract begins anew at a row.

    A title with two parties below it always begins one; early in the text, or behind a signature, a title with one
    party or a block of parties that is not to be signed does so too.
    """
    first, *others = (row.text for row in lines[index : index + RESTART])
    if is_title(first):
        parties = sum(is_party(text) and not _TO_SIGN.search(text) for text in others)
        return parties >= (1 if early else 2)
    if not early or not is_party(first) or not any(map(is_party, others)):
        return False
    described = sum(is_party(text) or is_attribute(text) for text in others[:4])
    return described >= 2 and not any(_TO_SIGN.search(text) for text in (first, *others))
