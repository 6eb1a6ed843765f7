"""Finds the parties of a contract, the names it gives them, and who buys from whom behind 甲方 and 乙方."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hetong.document import Contract, Party, Role
from hetong.fold import fold

BUYER_WORDS: Final = tuple(
    """
    买方 买受人 买受方 采购方 采购人 采购单位 需方 购货方 购买方 订货方 订购方 委托方 委托人
    发包人 发包方 定作人 定作方 招标人 承租人 承租方 用人单位 聘用方 聘用单位 用工单位 用工方
    客户 业主 建设单位 被许可方 被许可人 受让方 受让人 借款人 借款方 存货方 存货人 寄存人
    寄存方 托运人 托运方 货主 广告主 经销商 经销方 代理商 用户 雇主 雇用方 总包方 总承包人
    接收方 服务接受方 预约方 来料方 购买人 订货人 进货方 雇请人 雇用家庭 建房户 院方 校方 使用单位 客户单位
    """.split()
)
SUPPLIER_WORDS: Final = tuple(
    """
    卖方 出卖人 出卖方 供方 供应商 供应方 供货方 供货商 供货单位 销售方 受托方 受托人 承包人
    承包方 承揽人 承揽方 中标人 施工方 施工单位 出租人 出租方 劳动者 受聘方 受聘人 服务商
    服务方 服务提供方 服务单位 开发方 研究开发方 许可方 许可人 让与人 转让方 转让人 出借人
    出借方 贷款人 贷款方 保管人 保管方 仓储方 承运人 承运方 广告公司 广告经营者 供货人 生产方
    加工方 物业服务企业 物业服务人 劳务派遣单位 派遣单位 设计人 设计方 咨询人 咨询方 监理人
    分包人 分包方 披露方 雇员 承约方 实施方 实施单位 承建方 承建班 承办方 搭建方 执行方 运维方 维保单位 维护方
    养护方 安装方 托管方 餐饮方 供种方 代办人 居间方 加工人 服务人 咨询工程师 集成商 装修公司 家政公司 保安公司
    保洁公司 物业公司 维保公司 照护员 兼职人员
    """.split()
)
GENERIC: Final = {**dict.fromkeys(BUYER_WORDS, "buyer"), **dict.fromkeys(SUPPLIER_WORDS, "supplier")}
# Everyday words that are a party only where the contract says so
ONLY_IF_DEFINED: Final = frozenset(
    """
    客户 业主 用户 建设单位 货主 经销商 代理商 供应商 广告公司 雇员 广告主 总包方 总承包人 院方 校方 使用单位 客户单位
    实施单位 承建方 承办方 安装方 维保单位 维护方 咨询工程师 集成商 装修公司 家政公司 保安公司 保洁公司 物业公司
    维保公司 照护员 兼职人员 服务人
    """.split()
)
LETTERS: Final = ("甲方", "乙方")
_LABELS: Final = "|".join(sorted([*GENERIC, *LETTERS, "丙方", "丁方", "出卖人", "出租人"], key=len, reverse=True))
_LINE: Final = re.compile(
    rf"^\s*(?P<label>{_LABELS})\s*(?P<aliases>(?:[（/、][^（）/、\n：]{{1,24}}）?\s*)*+)：\s*(?P<name>[^\n：；，]{{0,60}})",
    re.MULTILINE,
)
_ALIAS: Final = re.compile(rf"{_LABELS}")
_SHORT: Final = re.compile(
    r"（\s*(?:以下|下)?(?:统?简称|称为|称)(?:为)?[：\s]*[\"']?(?P<short>[^\"'）\n]{2,12})[\"']?\s*）"
)
_PAYS: Final = re.compile(
    "(?P<label>甲方|乙方)(?:应|须|需|必须|将|向|按|在|于|按时|每|一次性|同意)[^，。；\n甲乙]{0,24}(?P<other>甲方|乙方)?"
    "[^，。；\n甲乙]{0,8}(?:支付|付清|缴纳|交纳|给付|付给|预付)[^，。；\n]{0,14}"
    "(?:价款|货款|租金|工程款|合同款|服务费|报酬|总价|合同价|进度款|首付款|预付款|尾款|余款|工资|开发费|设计费|运费)"
)
_NAME_END: Final = re.compile(
    r"\s{2,}|_{2,}|(?:地址|住所|法定代表人|身份证|联系|电话|统一社会信用代码|营业执照|签约|代表)"
)


def find_parties(contract: Contract) -> tuple[Party, ...]:
    """The parties in the order in which the contract names them, each with its role and other names.

    The role comes from the label (买方), from another name of the same party (甲方（出租方）), or from who pays whom;
    甲方 is the buyer when the text gives no hint.
    """
    text = fold(contract.text)
    head = text[: _head_end(contract)]
    found = _of_head(head, text)
    for label in LETTERS:
        if label in text:
            found.setdefault(label, ("", set()))
    parties = [Party(label, "unknown", name, tuple(sorted(names - {label}))) for label, (name, names) in found.items()]
    return _with_generic(_with_roles(parties, text), text)


def _head_end(contract: Contract) -> int:
    """Where the opening ends: with the first clause, but not before 300 characters (short forms define names in it)."""
    first = next((c.start for c in contract.clauses if c.kind == "clause"), len(contract.text))
    return min(max(first, 300), 3000, len(contract.text))


def _of_head(head: str, text: str) -> dict[str, tuple[str, set[str]]]:
    """Label → (name, other names) of each party line; 出租方（以下简称甲方）：张三 is filed under 甲方."""
    found: dict[str, tuple[str, set[str]]] = {}
    for match in _LINE.finditer(head):
        names = {match["label"], *_ALIAS.findall(match["aliases"]), *_shorts(match["aliases"] + match["name"])}
        label = next((letter for letter in (*LETTERS, "丙方", "丁方") if letter in names), match["label"])
        name = _clean(match["name"])
        old_name, old_names = found.get(label, ("", set()))
        found[label] = (old_name or name, old_names | {n for n in names if len(n) >= 2 and n in text})
    return found


def _shorts(text: str) -> Iterator[str]:
    yield from (m["short"].strip() for m in _SHORT.finditer(text))


def _clean(name: str) -> str:
    name = _NAME_END.split(name.strip(" _"))[0]
    return re.sub(r"[（(].*$", "", name).strip(" _/\\")


def _with_roles(parties: list[Party], text: str) -> list[Party]:
    """Roles by what a party is called; the other of two gets the other role; else by who pays; else 甲方 buys."""
    roles: list[Role] = [_role_of({p.label, *p.aliases}) for p in parties]
    if roles == ["unknown"] and parties[0].label in LETTERS:
        roles = ["buyer" if parties[0].label == LETTERS[0] else "supplier"]
    if "unknown" in roles[:2] and len(parties) >= 2:
        known = next((r for r in roles[:2] if r != "unknown"), None)
        first = _opposite(known) if known and roles[0] == "unknown" else roles[0]
        if known is None:
            first = _buyer_side(parties[0].label, text)
        roles[0] = first
        roles[1] = _opposite(first) if roles[1] == "unknown" else roles[1]
    return [Party(p.label, r, p.name, p.aliases) for p, r in zip(parties, roles, strict=True)]


def _role_of(names: set[str]) -> Role:
    for name in sorted(names):
        if GENERIC.get(name) == "buyer":
            return "buyer"
        if GENERIC.get(name) == "supplier":
            return "supplier"
    return "unknown"


def _opposite(role: Role) -> Role:
    return "supplier" if role == "buyer" else "buyer"


def _buyer_side(first_label: str, text: str) -> Role:
    """The role of the first party: who pays buys; without a hint the first party does."""
    if first_label not in LETTERS:
        return "buyer"
    pays = [m["label"] for m in _PAYS.finditer(text) if m["label"] != m["other"]]
    other = LETTERS[1 - LETTERS.index(first_label)]
    return "supplier" if pays.count(other) > pays.count(first_label) else "buyer"


def _with_generic(parties: list[Party], text: str) -> tuple[Party, ...]:
    """Adds the generic labels that the text uses without defining them (需方 in a contract of 甲方 and 乙方)."""
    taken = {name for p in parties for name in (p.label, *p.aliases)}
    free = [word for word in GENERIC if word not in taken and word not in ONLY_IF_DEFINED and word in text]
    result = []
    used: set[str] = set()
    for party in parties:
        more = tuple(w for w in free if GENERIC[w] == party.role and w not in used)
        used |= set(more)
        result.append(Party(party.label, party.role, party.name, tuple(sorted({*party.aliases, *more}))))
    for word in free:
        if word not in used and all(p.role != GENERIC[word] for p in result):
            role: Role = "buyer" if GENERIC[word] == "buyer" else "supplier"
            result.append(Party(word, role, aliases=tuple(w for w in free if w != word and GENERIC[w] == role)))
            used |= {w for w in free if GENERIC[w] == role}
    return tuple(result)
