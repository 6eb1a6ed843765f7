"""DOC004: a party that is called by another name elsewhere, an account of another name, a company left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.document import Span
from hetong.flag.checks.names import Named, bare, names_given, seals
from hetong.flag.checks.stretch import LINE, SENTENCE, end_of, start_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.fold import fold
from hetong.rulebook import Rule

ALIKE: Final = 0.6  # so much in common has a name with one that it was meant to be
MOST: Final = 20  # companies outside the contract that are looked at, so that time grows with the text alone
_RENAMED: Final = re.compile("原名|曾用名|更名|名称变更|变更名称|吸收合并")
_COMPANY: Final = "有限公司"
_RUN: Final = re.compile(r"[一-鿿A-Za-z0-9（）·]{2,30}$")
_BOUNDARY: Final = re.compile("(?:由|向|与|经|给|至|对|为|和|及|支付|通知|名下)(?=.{4})|^.{0,12}[方人商]）?(?=.{6})")
_BRANCH: Final = re.compile("(?:分公司|支公司|支行|分行|分院)$")
_ACCOUNT: Final = re.compile(
    r"(?:户 {0,4}名|账户名称?|开户名称|开户单位|收款单位|收款方|收款人)(?:名称)?[：为是] {0,9}"
    r"(?P<name>[一-鿿（）A-Za-z0-9]{4,36}?公司)(?![一-鿿])"
)
_FOR_OTHERS: Final = re.compile("代收|代为收|监管|共管|托管|委托|指定|授权|变更|户名：.*户名：")
# A company that acts as a party does: 由X公司支付, 向X公司交付, X公司应…
_TO: Final = re.compile("(?:由|向|给|对)$")
_ACTS: Final = re.compile(
    "(?:负责|承担|支付|付款|付清|赔偿|提供|交付|供货|交货|验收|开具|签收|出具|交纳|缴纳|承诺|保证|违约|逾期|有权|不得|(?:应|须|需|必须)(?:当|于|在|按|向|承|支"
    "|赔|负|及|提|对|将|为|保))"
)
_INTRODUCED: Final = re.compile(
    "第三方|监理|银行|担保|保证人|制造|厂家|厂商|生产|保险|承运|物流|快递|品牌|分包|原[^，。]{0,4}$|代理|关联|检测|检验|鉴定|评估|审计|总包|建设单位|业主|开发"
    "|物业|平台|托管|设计|施工单位|公司的?$|集团|指定|委托|授权|聘请|如|例如|《|项目|中标|招标|所属|下属|投资|股东|收购|持有|子公司|简称|当事人|用户|客户"
)
_OTHER_TRADE: Final = re.compile(
    "银行|保险|担保|检测|物流|快递|监理|审计|评估|会计|认证|通信|电网|电力|供电|燃气|自来水|水务|移动|联通|电信|铁路|国家|中国|招标|交易|支付|网络平台|物业|检验|鉴定|集团"
)
_APPOSED: Final = ("（", "、", "或", "的产品", "生产", "制造")


def party_names(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each place that calls a party by another name than its first, pays another, or has a stranger act.

    Both places are told: the odd one and the first name of the party it is measured by.
    """
    text = fold(view.contract.text)
    given = list(names_given(text))
    if not given or _RENAMED.search(text):
        return
    firsts = _firsts(given)
    yield from (_hit(view, named.place, first) for named, first in _renamed(given, firsts))
    if len(firsts) >= 2:
        yield from (_hit(view, named.place, first) for named, first in _sealed(text, firsts))
    if len(firsts) >= 2 and _COMPANY in text:
        yield from _accounts(view, text, firsts)
        yield from _strangers(view, text, given, firsts)


def _firsts(given: Sequence[Named]) -> list[Named]:
    """The first name of each party, under all labels that the text gives it: 甲方（委托方）and 委托方 are one."""
    firsts: list[Named] = []
    for named in given:
        index = next((i for i, first in enumerate(firsts) if first.labels & named.labels), None)
        if index is None:
            firsts.append(named)
        elif bare(firsts[index].name) == bare(named.name):
            firsts[index] = firsts[index]._replace(labels=firsts[index].labels | named.labels)
    return firsts


def _renamed(given: Sequence[Named], firsts: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    for named in given:
        first = next(first for first in firsts if first.labels & named.labels)
        if _differ(first.name, named.name):
            yield named, first


def _sealed(text: str, firsts: Sequence[Named]) -> Iterator[tuple[Named, Named]]:
    """Places to seal without a label, for a name that is nowhere else and almost the one of a party without a seal."""
    sealing = list(seals(text))
    unsealed = [first for first in firsts if all(_differ(first.name, seal.name) for seal in sealing)]
    for seal in sealing if unsealed else ():
        nearest = _nearest(unsealed, seal.name)
        alone = text.count(seal.name) == 1 and all(_differ(first.name, seal.name) for first in firsts)
        if alone and _alike(nearest.name, seal.name) >= ALIKE:
            yield seal, nearest


def _alike(a: str, b: str) -> float:
    return len(set(a) & set(b)) / len(set(a) | set(b))


def _differ(a: str, b: str) -> bool:
    """Whether two names are of two organisations; a department of the same is no other, a branch is."""
    short, long = sorted((bare(a), bare(b)), key=len)
    if short in long:
        return bool(_BRANCH.search(long)) and not _BRANCH.search(short)
    return True


def _accounts(view: View, text: str, firsts: Sequence[Named]) -> Iterator[Hit]:
    """Accounts in the name of a company that is no party, unless the text says why."""
    for match in _ACCOUNT.finditer(text):
        line = text[start_of(text, match.start(), LINE) : end_of(text, match.end(), LINE)]
        if all(_differ(first.name, match["name"]) for first in firsts) and not _FOR_OTHERS.search(line):
            yield _hit(view, Span(match.start("name"), match.end("name")), _nearest(firsts, match["name"]))


def _strangers(view: View, text: str, given: Sequence[Named], firsts: Sequence[Named]) -> Iterator[Hit]:
    """Companies that act in the body, are no party and are nowhere introduced as what else they are."""
    known = {bare(named.name) for named in given}
    seen: set[str] = set()
    at = text.find(_COMPANY)
    while at >= 0 and len(seen) < MOST:
        end = at + len(_COMPANY)
        run = _RUN.search(text, max(0, at - 30), end)
        clause = view.contract.clause_at(at)
        read = clause is not None and clause.kind in ("clause", "annex")
        if run and read and not any(name in bare(run[0]) for name in known):
            place = _stranger(text, run, end)
            name = text[slice(*place)] if place else ""
            if place and name not in seen and not _introduced(text, name):
                yield _hit(view, place, _nearest(firsts, name))
            seen.add(name)
        at = text.find(_COMPANY, end)


def _stranger(text: str, run: re.Match[str], end: int) -> Span | None:
    """Where the name of a company stands that acts as a party does."""
    cuts = [m.end() for m in _BOUNDARY.finditer(run[0])]
    start = run.start() + (cuts[-1] if cuts else 0)
    begins = _TO.search(text, start - 1, start) or text[start - 1 : start] in (*SENTENCE, "，", "：", " ", "")
    name = text[start:end]
    if not begins or len(name) < 8 or not _ACTS.match(text, end) or _OTHER_TRADE.search(name):
        return None
    return Span(start, end)


def _introduced(text: str, name: str) -> bool:
    """Whether some mention of a company says what it is: 监理单位：X公司, X公司（以下简称…）, 制造商X公司."""
    at = text.find(name)
    while at >= 0:
        before = text[max(start_of(text, at, SENTENCE), at - 14) : at]
        behind = text[at + len(name) : at + len(name) + 8]
        if before.endswith("：") or behind.startswith(_APPOSED) or _INTRODUCED.search(before):
            return True
        at = text.find(name, at + 1)
    return False


def _nearest(firsts: Sequence[Named], name: str) -> Named:
    """The party whose name shares most characters with another name."""
    return max(firsts, key=lambda first: len(set(first.name) & set(name)) / len(set(first.name)))


def _hit(view: View, place: Span, first: Named) -> Hit:
    values = {"here": view.contract.text_of(place), "first": view.contract.text_of(first.place)}
    return Hit(place, (place,), related=(first.place,), values=values)
