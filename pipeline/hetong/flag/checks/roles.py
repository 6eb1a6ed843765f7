"""DOC015: a duty written for the wrong party, one party on both sides of it, or a party that nobody introduced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from hetong.document import Contract, Span
from hetong.flag.checks.names import LABELS
from hetong.flag.checks.stretch import LINE, PART, SENTENCE, end_of, start_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.fold import fold
from hetong.rulebook import Rule

OPENING: Final = 3000  # characters in which the parties are introduced
_ANY: Final = re.compile(f"(?:{LABELS}|双方|各方|一方|对方)")
_MODAL: Final = r"(?:（[^（）\n]{1,8}）)?(?P<modal>应当?|须|需|必须|将|有义务|负责|有权|同意|承诺|保证|可以|愿意)"
_HOW: Final = "(?:一次性|全额|足额|及时|按时|按期|按月|书面|如实|预先|另行|再)?"
_TO: Final = re.compile(rf"向(?P<whom>{LABELS}){_HOW}(?=[一-鿿])")
# 乙方应于十日内, or the party alone (乙方, 乙方按月): what stands before 向 and owes something
_SUBJECT: Final = re.compile(
    rf"(?P<who>{LABELS})(?:{_MODAL}(?P<between>[^，。；\n]{{0,24}})|(?:每[月季年]|按[月季年期时]|一次性|分期|直接|及时)?)$"
)
_DOES: Final = re.compile(
    "(?:支付|付清|给付|交付|交货|供货|提供|提交|转让|赔偿|返还|退还|出具|开具|交纳|缴纳|移交|报告|告知|发出|出租|租赁|购买|出售|交还)"
    "(?!的)"
)
_PAYS: Final = "(?:支付|付清|给付|缴纳|交纳)[^，。；\n]{0,10}?"
_GIVES: Final = "(?:交付|供应|出租|发运)[^，。；\n]{0,6}?"
_OBJECT: Final = re.compile("(?:向|给|由|与|为|按|据|经|对|和|及|或|、|从|到|至|归|同|跟)$")
_BACK: Final = re.compile(
    "返|退|赔|违约|损失|代[收付为缴垫]|垫|差价|差额|多收|保函|利息|押金|保证金|补偿|扣|超|折|剩余|余下|未用|未到期|倍|罚|转租|分租"
    "|回购|分包|减|免|滞纳|回租|代理|佣金|返利|折扣"
)
# What a buyer does deliver to a seller
_OWN: Final = re.compile(
    "不合格|样品|样机|图纸|资料|配合|协助|接收|要求|通知|组织|空[桶箱瓶]|旧|备件|甲供|寄售|代销|终止|解除|期满|届满|到期|腾|归还|交还"
)


# At the start of the contract the thing goes to the one who pays: 承租方应于合同生效后三日内，将房屋交付给出租方
_HANDS_OVER: Final = re.compile(
    rf"(?P<who>{LABELS})(?:应当?|须|需|必须)[^，。；\n]{{0,6}}(?:合同|协议)(?:生效|签订|签署)[^，。；\n]{{0,16}}，?"
    rf"(?:将|把)[^，。；\n]{{0,8}}?(?P<thing>[一-鿿]{{2}})(?:交付|移交|交给)(?:给|予)?(?P<whom>{LABELS})"
)
# A party that asks for its own consent: 乙方需提前解除合同，须事前征得乙方同意
_ASKS_ITSELF: Final = re.compile(
    rf"(?P<who>{LABELS})(?:如|若|需|要|拟|欲|提前|擅自|转|退|单方|中途|因)[^，。；：\n]{{1,20}}，"
    r"(?:应当?|须|需|必须)[^，。；\n]{0,8}?(?:征得|取得|获得|经|经过)(?P=who)(?:的)?(?:书面|事先)?同意"
)
_CONSENT: Final = re.compile("(?:征得|取得|获得|经)[^，。；\n]{2,10}同意")
_MADE: Final = re.compile("(?:合同|协议)(?:生效|签订|签署)")
# Two lines of the opening with one label: 甲方（出租方）：, 甲方（承租方）：
_HEADED: Final = re.compile(r"^ {0,9}(?P<label>[甲乙丙]方) ?（(?P<role>[一-鿿]{2,5})） ?：", re.MULTILINE)


class Trade(NamedTuple):
    """Who pays whom for what in one type of contract, in the words that name the two sides."""

    buyers: frozenset[str]
    suppliers: frozenset[str]
    price: str
    things: str


def _trade(buyers: str, suppliers: str, price: str, things: str) -> Trade:
    return Trade(frozenset(buyers.split()), frozenset(suppliers.split()), price, things)


TRADES: Final[Mapping[str, Trade]] = {
    "sale": _trade(
        "买方 买受人 买受方 采购方 采购人 需方 购货方 购买方 订货方 订购方",
        "卖方 出卖人 出卖方 供方 供应商 供货方 供货商 销售方",
        "货款|价款|合同总价|设备款|采购款|购货款|合同价款",
        "货物|设备|产品|商品",
    ),
    "lease": _trade(
        "承租人 承租方", "出租人 出租方", "租金|租赁费|房租", "房屋|场地|厂房|商铺|仓库|租赁物|库房"
    ),
    "construction": _trade(
        "发包人 发包方 建设单位", "承包人 承包方 施工方 施工单位", "工程款|工程价款|工程进度款", "工程|施工"
    ),
    "service": _trade(
        "委托人 委托方 采购人 采购方 买方", "受托人 受托方 服务方 服务商 供应商 卖方",
        "服务费|服务报酬|咨询费|委托报酬", "服务成果",
    ),
    "software": _trade(
        "委托人 委托方 采购人 采购方 买方", "受托人 受托方 开发方 服务商 供应商 卖方",
        "开发费|开发报酬|软件价款|服务费", "软件|系统",
    ),
}  # fmt: skip


def roles(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each duty whose bearer cannot be meant, with the place that says who the party is."""
    text = fold(view.contract.text)
    trade = TRADES.get(view.contract.contract_type)
    sides = _sides(view.contract, trade) if trade else None
    for match in _TO.finditer(text):
        part = start_of(text, match.start(), PART)
        subject = _SUBJECT.search(text, part, match.start())
        if subject is None or _ANY.search(subject["between"] or "") or _OBJECT.search(text[part : subject.start()]):
            continue
        does = _to_itself(text, subject, match) or (trade and sides and _swapped(text, subject, match, trade, sides))
        if does:
            yield _hit(view, text, Span(subject.start(), does.end()), subject["who"])
    yield from _other_ways(view, text, trade, sides)
    yield from _strangers(view, text)


def _other_ways(view: View, text: str, trade: Trade | None, sides: Sequence[frozenset[str]] | None) -> Iterator[Hit]:
    """The thing handed over by who is to get it, a party that asks itself, and one label over both parties."""
    for match in _in_sentences(_HANDS_OVER, _MADE, text) if trade and sides else ():
        assert trade is not None and sides is not None
        known = re.fullmatch(trade.things, match["thing"])
        if known and match["who"] in sides[0] and match["whom"] in sides[1]:
            yield _hit(view, text, Span(match.start(), match.end()), match["who"])
    for match in _in_sentences(_ASKS_ITSELF, _CONSENT, text):
        part = text[start_of(text, match.start(), PART) : match.start()]
        if not (_ANY.search(part) or _OBJECT.search(part)):
            yield _hit(view, text, Span(match.start(), match.end()), match["who"])
    yield from _one_label_for_two(view, text[:OPENING])


def _in_sentences(pattern: re.Pattern[str], rare: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern, looked for only in sentences that hold what it cannot match without."""
    done = 0
    for found in rare.finditer(text):
        start = start_of(text, found.start(), SENTENCE)
        if start < done:
            continue  # the sentence has been read
        done = end_of(text, found.end(), SENTENCE)
        yield from pattern.finditer(text, start, done)


def _one_label_for_two(view: View, opening: str) -> Iterator[Hit]:
    """A label that heads the buyer and, further down, the supplier."""
    headed: dict[str, re.Match[str]] = {}
    for match in _HEADED.finditer(opening):
        first = headed.setdefault(match["label"], match)
        for trade in TRADES.values():
            if {first["role"], match["role"]} & trade.buyers and {first["role"], match["role"]} & trade.suppliers:
                yield _hit(view, opening, Span(match.start("label"), match.end("role") + 1), match["label"])
                return


def _to_itself(text: str, subject: re.Match[str], to: re.Match[str]) -> re.Match[str] | None:
    """乙方应…向乙方支付: one party on both sides."""
    same = subject["who"] == to["whom"] and "代" not in (subject["between"] or "")
    return _DOES.match(text, to.end()) if same else None


def _swapped(
    text: str, subject: re.Match[str], to: re.Match[str], trade: Trade, sides: Sequence[frozenset[str]]
) -> re.Match[str] | None:
    """The seller pays the price to the buyer, or the buyer delivers to the seller; money and goods that go back do."""
    buyers, suppliers = sides
    if subject["modal"] in ("有权", "可以"):
        return None
    does, sentence = None, start_of(text, subject.start(), SENTENCE)
    if subject["who"] in suppliers and to["whom"] in buyers:
        does = re.compile(f"{_PAYS}(?:{trade.price})").match(text, to.end())
    elif subject["who"] in buyers and to["whom"] in suppliers and not _OWN.search(text, sentence, to.end() + 20):
        does = re.compile(f"{_GIVES}(?:{trade.things})").match(text, to.end())
    return does if does and not _BACK.search(text, sentence, end_of(text, does.end(), SENTENCE)) else None


def _sides(contract: Contract, trade: Trade) -> tuple[frozenset[str], frozenset[str]] | None:
    """All names of the two sides, where the contract itself calls them buyer and seller; None when that is not sure."""
    named = [frozenset(map(fold, (p.label, *p.aliases))) for p in contract.parties[:2]]
    buyers = [labels for labels in named if labels & trade.buyers]
    suppliers = [labels for labels in named if labels & trade.suppliers]
    if len(buyers) != 1 or len(suppliers) != 1 or buyers[0] & suppliers[0]:
        return None
    return buyers[0], suppliers[0]


def _strangers(view: View, text: str) -> Iterator[Hit]:
    """甲方 in a contract between 买方 and 卖方, 丙方 in one of two parties: used, and introduced nowhere."""
    for label in ("甲方", "乙方", "丙方", "丁方"):
        at = text.find(label)
        if at < 0 or _introduced(text, label):
            continue
        clause = view.contract.clause_at(at)
        others = list(_opened(text, label))
        if clause is not None and clause.kind == "clause" and len({o["label"] for o in others}) >= 2:
            yield _hit(view, text, Span(at, at + len(label)), others[0]["label"])


def _introduced(text: str, label: str) -> bool:
    first = label[0]
    pattern = (
        rf"[（\"'《为称即是][ ]{{0,3}}{label}|{label} {{0,4}}[（：:\"'》为是即]|{label} ?[签盖代]"
        rf"|(?:^|\n) *{label} *(?:\n|$|[_ ])"
        rf"|{first}[ \n]{{1,6}}方|[甲乙丙]{first}|{first}[乙丙丁]|[甲乙丙]、{first}|{first}、"
    )
    return re.search(pattern, text) is not None


def _opened(text: str, label: str) -> Iterator[re.Match[str]]:
    """The labels that the opening lines define: 买方：…, 卖方：…; for 丙方 and 丁方 these are 甲方 and 乙方."""
    wanted = (
        "甲方|乙方"
        if label in ("丙方", "丁方")
        else "|".join(sorted({*TRADES["sale"].buyers, *TRADES["sale"].suppliers}))
    )
    line = rf"^ *(?:[^\n：]{{2,8}}（)?(?P<label>{wanted})(?=[^\n：]{{0,14}}：)"
    yield from re.finditer(line, text[:3000], re.MULTILINE)


def _hit(view: View, text: str, place: Span, who: str) -> Hit:
    """The words, and beside them the line that says who the party is."""
    opening = re.search(rf"^[^\n。]{{0,12}}{who}[^\n。]{{0,8}}：", text[:3000], re.MULTILINE)
    at = opening.start() if opening and opening.start() < place.start else text.find(who)
    line = Span(start_of(text, at, LINE), min(end_of(text, at, LINE), at + 40))
    values = {"words": view.contract.text_of(place), "defined": view.contract.text_of(line).strip()}
    return Hit(place, (place,), related=(line,), values=values)
