"""Finds the parties of a contract, the names it gives them, and who buys from whom behind 甲方 and 乙方."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hetong.classify.deeds import LETTERS, buyer_side
from hetong.classify.names import NAME, name_before, name_below, name_of
from hetong.document import Contract, Party, Role
from hetong.fold import BEHIND_NO_PARTY, TRADITIONAL, fold

BUYER_WORDS: Final = tuple(
    """
    买方 买受人 买受方 采购方 采购人 采购单位 需方 购货方 购买方 订货方 订购方 委托方 委托人
    发包人 发包方 定作人 定作方 招标人 承租人 承租方 用人单位 聘用方 聘用单位 用工单位 用工方
    客户 业主 建设单位 被许可方 被许可人 受让方 受让人 借款人 借款方 存货方 存货人 寄存人
    寄存方 托运人 托运方 货主 广告主 经销商 经销方 代理商 用户 雇主 雇用方 总包方 总承包人
    接收方 服务接受方 预约方 来料方 购买人 订货人 进货方 雇请人 雇用家庭 建房户 院方 校方 使用单位 客户单位
    托运单位 品牌方 货方 租户 租客
    代销方 代销人 代销商 受转租方 受转租人 次承租方 次承租人
    购方 买主 受方 受租方 聘请方 聘请人 用电人 用气人 存放人 铁路方 雇主方 招用方 承租单位 定作主
    """.split()
)
SUPPLIER_WORDS: Final = tuple(
    """
    卖方 出卖人 出卖方 供方 供应商 供应方 供货方 供货商 供货单位 销售方 受托方 受托人 承包人
    承包方 承揽人 承揽方 中标人 施工方 施工单位 出租人 出租方 劳动者 受聘方 受聘人 服务商
    服务方 服务提供方 服务单位 开发方 研究开发方 许可方 许可人 让与人 转让方 转让人 出借人
    出借方 贷款人 贷款方 保管人 保管方 仓储方 承运人 承运方 广告公司 广告经营者 供货人 生产方
    加工方 物业服务企业 物业服务人 劳务派遣单位 派遣单位 设计人 设计方 咨询人 咨询方 监理人
    劳务分包人 劳务分包方 专业分包人 专业分包方 港口单位
    分包人 分包方 披露方 雇员 承约方 实施方 实施单位 承建方 承建班 承办方 搭建方 执行方 运维方 维保单位 维护方
    养护方 安装方 托管方 餐饮方 供种方 代办人 居间方 加工人 服务人 咨询工程师 集成商 装修公司 家政公司 保安公司
    保洁公司 物业公司 维保公司 照护员 兼职人员 研究开发人 承运单位 港方 机构方 培训机构 房东
    售方 卖主 转租方 供电人 供气人 寄存处 出租单位 受聘单位 保管单位 让与方
    """.split()
)
GENERIC: Final = {**dict.fromkeys(BUYER_WORDS, "buyer"), **dict.fromkeys(SUPPLIER_WORDS, "supplier")}
# Everyday words that are a party only where the contract says so
ONLY_IF_DEFINED: Final = frozenset(
    """
    客户 业主 用户 建设单位 货主 经销商 代理商 供应商 广告公司 雇员 广告主 总包方 总承包人 院方 校方 使用单位 客户单位
    实施单位 承建方 承办方 安装方 维保单位 维护方 咨询工程师 集成商 装修公司 家政公司 保安公司 保洁公司 物业公司
    维保公司 照护员 兼职人员 服务人 托运单位 承运单位 品牌方 货方 租户 租客 港方 机构方 培训机构 房东
    购方 售方 买主 卖主 受方 受租方 聘请方 聘请人 用电人 用气人 存放人 铁路方 雇主方 招用方 承租单位 转租方 供电人
    供气人 寄存处 出租单位 受聘单位 保管单位 让与方 定作主 代销商 港口单位
    """.split()
)
# A side of its own contract, but a stranger in that of others: the carrier in a sale, the staff in a service
OFTEN_STRANGERS: Final = frozenset(
    """
    承运人 承运方 托运人 托运方 监理人 设计人 分包人 分包方 劳动者 用人单位 招标人 保管人 委托人 受托人
    借款人 贷款人 接收方 披露方 承租人 出租人
    """.split()
)
LETTERED: Final = (*LETTERS, "丙方", "丁方")
_KNOWN: Final = frozenset(GENERIC)
Found = dict[str, tuple[str, set[str]]]  # label → (name, other names)
_LABELS: Final = "|".join(sorted([*GENERIC, *LETTERED], key=len, reverse=True))
_ENGLISH: Final = r"(?:[ /]{0,2}(?:The )?[A-Z][A-Za-z]{2,12}(?: [AB])?\b)?+"  # 卖方 The Seller, 甲方/Party A
# A party line, or the second of two on one line. The name is only looked at: the next label may stand behind it.
_LINE: Final = re.compile(
    rf"(?:^\s*|(?<=[ _\t]{{2}}))(?P<label>{_LABELS}){_ENGLISH}\s*"
    rf"(?P<aliases>(?:[（/、][^（）/、\n：]{{1,24}}）?\s*)*+){_ENGLISH}"
    rf"(?:：|(?=[^\S\n]*\n[^\S\n]*（[甲乙]方）[^\S\n]*\S))(?: *The (?:Buyer|Seller)s?：)?"
    rf"(?= *{NAME})",
    re.MULTILINE,
)
_NEXT: Final = re.compile(rf"[ _\t]{{2,}}(?={_LABELS})")
_LETTER: Final = "(?P<letter>[甲乙丙丁]方)"
_CALLED: Final = r"(?:(?:以下|下)?(?:统?简称|称)为?|即)"
# Behind the name: 出租方：（甲方）, 承揽方：____，以下简称甲方
_LETTER_BEHIND: Final = re.compile(
    rf"（\s*{_CALLED}?[：\s\"]*{_LETTER}[\s\"]*）|{_CALLED}[：\s\"]*{_LETTER.replace('letter', 'plain')}"
)
# In prose: 甲方（出租方）将房屋租给乙方（承租方）
_BRACKETED: Final = re.compile(rf"(?<=[一-鿿：])（{_CALLED}?[\s\"]*(?P<inside>[^（）\s\"]{{2,8}})[\s\"]*）")
# 青禾公司（下称"业主"）与远山公司（下称"咨询工程师"）
_IN_PROSE: Final = re.compile(
    rf"(?P<before>(?:（[^（）\n]{{1,12}}）|[^，。；：（）\n]){{0,40}}?)（{_CALLED}?[\s\"]*(?P<label>{_LABELS})[\s\"]*）(?=[为与和及，。、双订]|\s*$)",
    re.MULTILINE,
)
_ALIAS: Final = re.compile(rf"{_LABELS}|(?<=（)(?!简称|下称)[一-鿿]{{1,4}}[方会](?=）)")
_SHORT: Final = re.compile(
    r"（\s*(?:以下|下)?(?:统?简称|称为|称)(?:为)?[：\s]*[\"']?(?P<short>[^\"'）\n]{2,12})[\"']?\s*）"
)
# Buy works or services, but let to a tenant, sell to a dealer, have their goods sold
_TWO_SIDED: Final = frozenset({"业主", "品牌方", "委托方", "委托人"})
_CONTRACTOR: Final = frozenset({"承包人", "承包方"})  # does the works, but has a subcontractor do a part of them


def find_parties(contract: Contract) -> tuple[Party, ...]:
    """The parties in the order in which the contract names them, each with its role and other names.

    The role comes from the label (买方), from another name of the same party (甲方（出租方）), or from who pays whom;
    甲方 is the buyer when the text gives no hint.
    """
    text = fold(contract.text)
    found = _with_letters(_of_head(text[: _head_end(contract)], text), text)
    parties = [Party(label, "unknown", name, tuple(sorted(names - {label}))) for label, (name, names) in found.items()]
    return tuple(_as_written(party, contract.text, text) for party in _with_generic(_with_roles(parties, text), text))


def _as_written(party: Party, text: str, folded: str) -> Party:
    """The party called as the contract writes it where it first does: 買方, 迅昇公司; labels in plain characters."""

    def written(name: str) -> str:
        at = folded.find(name)
        return text[at : at + len(name)] if at >= 0 else name

    def plain(label: str) -> str:
        return "".join(a if ord(a) in TRADITIONAL else b for a, b in zip(written(label), label, strict=True))

    return replace(party, label=plain(party.label), name=written(party.name), aliases=tuple(map(plain, party.aliases)))


def _head_end(contract: Contract) -> int:
    """Where the opening ends: with the first clause, but not before 300 characters (short forms define names in it)."""
    first = next((c.start for c in contract.clauses if c.kind == "clause"), len(contract.text))
    return min(max(first, 300), 3000, len(contract.text))


def _stands_in(word: str, text: str) -> bool:
    """Whether a label stands in a text as a word of its own: 实施方 does not in 实施方案."""
    return word in text and re.search(f"{word}(?!{BEHIND_NO_PARTY})" if word[-1] == "方" else word, text) is not None


def _of_head(head: str, text: str) -> Found:
    """Label → (name, other names) of each party line; 出租方（以下简称甲方）：张三 is filed under 甲方."""
    found: Found = {}
    for match in _LINE.finditer(head):
        behind, said = _letters_behind(head, match.end()), _NEXT.split(match["name"])[0]
        names = {match["label"], *_ALIAS.findall(match["aliases"]), *_shorts(match["aliases"] + said), *behind}
        label = next((letter for letter in LETTERED if letter in names), match["label"])
        name = name_of(match["name"], bool(match["field"]), _KNOWN)
        name = name or ("" if match["name"].strip(" _") else name_below(head, match.end("name"), _KNOWN))
        old_name, old_names = found.get(label, ("", set()))
        more = {n for n in names if len(n) >= 2 and n in text and not _other_side(n, old_names)}
        found[label] = (old_name or name, old_names | more)
    return found if len(found) >= 2 else found | _of_prose(head)


def _of_prose(head: str) -> Found:
    """The two sides that the opening introduces in a sentence instead of in lines, if it does."""
    told: Found = {}
    for match in _IN_PROSE.finditer(head):
        if match["label"] in GENERIC:
            told.setdefault(match["label"], (name_before(match["before"], _KNOWN), {match["label"]}))
    return told if {GENERIC[label] for label in told} == {"buyer", "supplier"} else {}


def _letters_behind(head: str, position: int) -> Iterator[str]:
    """The letter that a party line gives behind the name, or in brackets at the start of the next line."""
    end = head.find("\n", position)
    end = len(head) if end < 0 else end
    following = _LINE.search(head, position, end)
    line = head[position : min(following.start() if following else end, position + 120)]
    match = _LETTER_BEHIND.search(line) or (None if line.strip() else _LETTER_BEHIND.match(head[end + 1 : end + 12]))
    if match:
        yield match["letter"] or match["plain"]


def _with_letters(found: Found, text: str) -> Found:
    """The parties filed under 甲方 and 乙方 where the text uses the letters: as it says, else in their order."""
    letters = [letter for letter in LETTERS if letter in text]
    for label, letter in _told_in_brackets(text):
        if not _other_side(label, found.get(letter, ("", set()))[1]):
            found = _filed(found, label, letter)
    free = [label for label in found if label in GENERIC]
    if len(letters) == 2 == len(free) == len(found) and GENERIC[free[0]] != GENERIC[free[1]]:
        for label, letter in zip(free, letters, strict=True):
            found = _filed(found, label, letter)
    bare = [letter for letter in letters if letter not in found]
    found |= dict.fromkeys(bare, ("", set()))
    return _sharing_sides(found, text) if tuple(bare) == LETTERS else found


def _sharing_sides(found: Found, text: str) -> Found:
    """The parties of the head (采购人) filed under the letter of their side where 甲方 and 乙方 come up only below it.

    The text says which by the name, else by what the two do; a buyer is 甲方 where nothing else is said.
    """
    labels = [label for label in found if label in GENERIC]
    told = next(((label, letter) for label in labels if (letter := _letter_of(label, found[label][0], text))), None)
    first = GENERIC[told[0]] if told else buyer_side(LETTERS[0], text)
    if told and told[1] != LETTERS[0]:
        first = _opposite(first)
    for letter, side in zip(LETTERS, (first, _opposite(first)), strict=True):
        for label in [label for label in labels if GENERIC[label] == side][:1]:
            found = _filed(found, label, letter)
    return found


def _letter_of(label: str, name: str, text: str) -> str:
    """The letter of a party by its name or in a slot: 甲方：青禾学校, 青禾学校（以下简称甲方）, 甲方：[采购单位]."""
    slot = rf"\[[^\]\n]{{0,12}}{label}"
    who = f"{re.escape(name)}|{slot}" if name else slot
    pattern = rf"^[^\S\n]*(?P<line>[甲乙]方)：[^\S\n]*(?:{who})"
    if name:
        pattern += rf"|{re.escape(name)}[^，。；：\n（）]{{0,12}}（{_CALLED}[\s\"]*(?P<behind>[甲乙]方)"
    match = re.search(pattern, text, re.MULTILINE)
    return next(filter(None, match.groups())) if match else ""


def _told_in_brackets(text: str) -> Iterator[tuple[str, str]]:
    """(label, letter) of each party that a sentence calls by both: 甲方（出租方）, 出租方（以下简称甲方）."""
    for match in _BRACKETED.finditer(text):
        before, inside = text[max(0, match.start() - 9) : match.start()].removesuffix("："), match["inside"]
        if before[-2:] in LETTERED and inside in GENERIC:
            yield inside, before[-2:]
        elif inside in LETTERED:
            ends = (before[i:] for i in range(len(before)) if before[i - 1 : i] not in ("被", "非", "转"))
            label = next((end for end in ends if end in GENERIC), "")
            if label:
                yield label, inside


def _filed(found: Found, label: str, letter: str) -> Found:
    """The parties with one known by its label filed under its letter, in its place."""
    name, names = found.get(label, ("", set()))
    old_name, old_names = found.get(letter, ("", set()))
    place = next((key for key in found if key in (label, letter)), letter)
    found = found if place in found else {**found, place: ("", set())}
    filed = (old_name or name, {*names, *old_names, label})
    return {
        letter if key == place else key: filed if key == place else value
        for key, value in found.items()
        if key == place or key not in (label, letter)
    }


def _other_side(name: str, names: set[str]) -> bool:
    """Whether a name is one of the other side than names that a party already has."""
    return name in GENERIC and any(GENERIC.get(other, GENERIC[name]) != GENERIC[name] for other in names)


def _shorts(text: str) -> Iterator[str]:
    yield from (m["short"].strip() for m in _SHORT.finditer(text))


def _with_roles(parties: list[Party], text: str) -> list[Party]:
    """Roles by what a party is called; the other of two gets the other role; else by who pays; else 甲方 buys."""
    roles: list[Role] = [_role_of(_names(p)) for p in parties]
    if roles == ["unknown"] and parties[0].label in LETTERS:
        roles = ["buyer" if parties[0].label == LETTERS[0] else "supplier"]
    if roles[:2] == ["buyer", "buyer"]:
        roles[:2] = ["supplier" if _TWO_SIDED & _names(p) else "buyer" for p in parties[:2]]
    if roles[:2] == ["supplier", "supplier"]:
        roles[:2] = ["buyer" if _CONTRACTOR & _names(p) else "supplier" for p in parties[:2]]
    if "unknown" in roles[:2] and len(parties) >= 2:
        known = next((r for r in roles[:2] if r != "unknown"), None)
        first = _opposite(known) if known and roles[0] == "unknown" else roles[0]
        if known is None:
            first = buyer_side(parties[0].label, text)
        roles[0] = first
        roles[1] = _opposite(first) if roles[1] == "unknown" else roles[1]
    return [Party(p.label, r, p.name, p.aliases) for p, r in zip(parties, roles, strict=True)]


def _names(party: Party) -> set[str]:
    return {party.label, *party.aliases}


def _role_of(names: set[str]) -> Role:
    for name in sorted(names):
        if GENERIC.get(name) == "buyer":
            return "buyer"
        if GENERIC.get(name) == "supplier":
            return "supplier"
    return "unknown"


def _opposite(role: str) -> Role:
    return "supplier" if role == "buyer" else "buyer"


def _with_generic(parties: list[Party], text: str) -> tuple[Party, ...]:
    """Adds the generic labels that the text uses without defining them (需方 in a contract of 甲方 and 乙方)."""
    taken = {name for p in parties for name in _names(p)}
    free = [word for word in GENERIC if word not in taken and word not in ONLY_IF_DEFINED and _stands_in(word, text)]
    result = list(parties)
    for role in ("buyer", "supplier"):
        own = [word for word in free if GENERIC[word] == role]
        party = next((p for p in parties if p.role == role), None)
        if party:
            more = _no_strangers(own, _names(party) & _KNOWN)
            result[result.index(party)] = replace(party, aliases=tuple(sorted({*party.aliases, *more})))
        elif own:
            label = max(own, key=text.count)
            result.append(Party(label, role, aliases=_no_strangers([w for w in own if w != label], {label})))
    return tuple(result)


def _no_strangers(words: list[str], called: set[str]) -> tuple[str, ...]:
    """The words without those that name someone else where a party is called otherwise."""
    known = called or {word for word in words if word not in OFTEN_STRANGERS}
    return tuple(word for word in words if word not in OFTEN_STRANGERS or not known or _alike(word, known))


def _alike(word: str, known: set[str]) -> bool:
    """Whether a word is another form of one that is known: 委托人 of 委托方."""
    return any(word[:2] == other[:2] for other in known)
