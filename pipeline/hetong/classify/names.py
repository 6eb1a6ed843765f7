"""Reads the name of a party behind its label, where there may be a field, a blank or nothing instead."""

from __future__ import annotations

import re
from typing import Final

# As far as a name may reach: brackets stay whole, another field (地址：) or a comma ends it
NAME: Final = r"(?P<name>(?:（[^（）\n]{0,40}）|[^\n：；，]){0,60}+)(?P<field>：?)"
_NAME_END: Final = re.compile(
    r"\s{2,}|_{2,}|(?:地址|住所|法定代表人|身份证|联系|电话|统一社会信用代码|营业执照|签约|代表|合同编号|签订|分配号|证件|编号|住址)"
)
_NOTE: Final = re.compile(
    r"（[^（）]{0,20}(?:以下|简称|下称|盖章|签章|公章|签字|身份证|证号|证件|全称|写明|同上|填写|称|名称|[甲乙丙丁]方)[^（）]{0,20}(?:）|$)"
    r"|（[\s_]*(?:）|$)"
)
_BEFORE_FIELD: Final = re.compile(r"\s{2,}|\s(?=[一-鿿]{2,8}$)")
_NO_NAME: Final = re.compile("鉴于|根据|依据|按照|为了|双方|甲乙|经(?!.{0,12}(?:公司|厂|店|社)$)|本合同")
_BLANK: Final = re.compile(r"[×xX*_/\\\W]*(?:公司|厂|单位)?")
_SLOTS: Final = re.compile(r"_{2,}\s*[^_\s]{0,6}(?:[省市县区乡镇村]|公司|厂|站|局|店)")  # ____县____乡
_PLACEHOLDER: Final = re.compile(r"\$?\{|\[|【|<")
_ENDING: Final = "公司|厂|店|社|院|校|大学|中学|小学|局|厅|部|所|中心|委员会|集团|银行|队"
_ON_NEXT_LINE: Final = re.compile(
    r"\n[^\S\n]*(?:(?:单位|公司|企业)?(?:名称|全称)|姓名)(?:（[^（）\n]{0,12}）)?：(?P<field>[^\n：；，]{2,40})"
    rf"|\n[^\S\n]*(?:（[甲乙]方）\s*)?(?P<line>[一-鿿（）]{{2,40}}(?:{_ENDING}))[ _]*(?=\n|$)"
)
_IN_SENTENCE: Final = re.compile(
    rf"(?:^|[由与及，]|(?<!共)和)(?P<name>(?![由与及和为])[一-鿿（）A-Z]{{2,40}}?(?:{_ENDING}))$"
)


def name_of(raw: str, before_colon: bool, labels: frozenset[str]) -> str:
    """The name in the words behind a label; those right before a colon are a field of their own (合同编号：)."""
    name = raw.strip(" _\t")
    if before_colon:
        name, *field = _BEFORE_FIELD.split(name, 1)
        name = name if field else ""
    note = _NOTE.search(name)
    name = name[: note.start()] if note else name
    name = _NAME_END.split(name)[0].strip(" _/\\\t").lstrip(".")
    empty = len(name) < 2 or _SLOTS.search(raw) or name in labels or _NO_NAME.match(name) or _BLANK.fullmatch(name)
    return "" if empty or _PLACEHOLDER.match(name) or name.count("（") != name.count("）") else name


def name_below(text: str, position: int, labels: frozenset[str]) -> str:
    """The name on the line below an empty party line (名称：…, or a company by itself)."""
    match = _ON_NEXT_LINE.match(text, position)
    return name_of(match["field"] or match["line"], False, labels) if match else ""


def name_before(text: str, labels: frozenset[str]) -> str:
    """The company at the end of a stretch of a sentence: 本合同由青禾公司."""
    match = _IN_SENTENCE.search(text.rstrip(" _"))
    return name_of(match["name"], False, labels) if match else ""
