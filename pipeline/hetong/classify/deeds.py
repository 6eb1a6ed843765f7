"""Tells from what the parties do which of them buys, where nothing that they are called does.

Every sentence that says who lets, sells, works or lends, and who rents, buys, orders or pays, is a vote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hetong.document import Role

LETTERS: Final = ("甲方", "乙方")
DEED, PAYMENT = 3, 1  # votes of who does the work, and of who pays
MOST_PAYMENTS: Final = 8
_MODAL: Final = "(?:应当?|须|需|必须|将|负责|同意|自愿|愿意?|愿将|承诺|拟|已|决定|根据需要)?"
_GAP: Final = "[^，。；：\n甲乙不未]"
_WHO: Final = "(?P<who>[甲乙]方)"
_OTHER: Final = "[甲乙]方"
_NOT_PAID: Final = "(?<![向给为对])"  # 向乙方支付: the one who is paid does not pay
_WORKS: Final = (
    "加工|制造|制作|生产|开发|设计|施工|承建|装修|安装|运输|承运|运送|保管|储存|保养|维护|维修|培训|照料|护理|翻译|检测"
)
_SELLS: Final = (
    "出售|销售|供应|供货|出租|"
    "提供[^，。；：\n甲乙]{0,12}(?:服务(?!所需)|货物|产品(?!资料)|设备(?!资料)|商品|咨询|方案|技术支持|贷款|借款)"
)
_PRICE: Final = (
    "价款|货款|租金|房租|工程款|合同款|服务费|报酬|总价|合同价|进度款|首付款|预付款|尾款|余款|工资|开发费|设计费|加工费|"
    "使用费|许可费|转让费|租赁费|承包费|咨询费|顾问费|工料费|材料费|摊位费|加盟费|保管费|仓储费|代理费|培训费|学费|佣金|月费|年费"
)
_SUPPLIES: Final = re.compile(
    rf"{_WHO}{_MODAL}(?:"
    rf"[把将]{_GAP}{{1,60}}(?:出租|租赁|租|出售|出卖|卖|销售|转让|出借|借|赁)(?:给|予|与|于)?{_OTHER}"
    rf"|[把将]{_GAP}{{0,12}}(?:土地|鱼塘|水面|果园|山林|林地|荒山|场地|店面){_GAP}{{0,12}}(?:承包|包)给{_OTHER}"
    rf"|(?:给|为|替){_OTHER}(?!提供|准备){_GAP}{{0,8}}(?:{_WORKS})"
    rf"|(?:向|给|为){_OTHER}{_GAP}{{0,6}}(?:{_SELLS})"
    rf"|(?:出租|租|卖|借|贷|出借|转让|出售)给{_OTHER}|许可{_OTHER}|授权{_OTHER}(?:使用|销售|经销)"
    rf"|(?:承揽|承运|承建|承做|承接|承印)(?![方人单合]){_GAP}{{0,4}}{_OTHER}"
    rf"|(?:接受|受){_OTHER}的?委托|向{_OTHER}收取{_GAP}{{0,12}}(?:费|金|款)|招收{_OTHER}"
    rf"|(?:所有的?|自有的?|的)?{_GAP}{{0,20}}(?:出租|租)给{_OTHER}"
    rf")|由(?P<by>[甲乙]方)(?:{_GAP}{{0,4}}(?:承建|承运|承揽|承印)|{_GAP}{{0,6}}向[甲乙]方{_GAP}{{0,4}}(?:供应|供货|提供))"
)
_BUYS: Final = re.compile(
    rf"{_WHO}{_MODAL}(?:"
    rf"(?:委托|聘请|聘用|聘任|雇用|雇佣|雇请|招用|录用){_OTHER}"
    rf"|(?:向|从|由){_OTHER}{_GAP}{{0,6}}(?:购买|采购|订购|定购|购进|购置|批发|订货|承租|租用|租赁|借用|借款|定作|定制|求购)"
    rf"|(?:购买|购进|购置|订购|定购|承租|租用|租住|使用|定作|报名参加|参加){_OTHER}"
    rf"|[把将]{_GAP}{{0,40}}(?:工程|项目|业务|工作|货物|任务|施工|服务|食堂|保洁|劳务){_GAP}{{0,14}}"
    rf"(?:委托|发包|承包|交由|交给|交|外包|包|分包)(?:给|由|予|于)?{_OTHER})"
)
_PAYS: Final = re.compile(
    rf"{_NOT_PAID}{_WHO}(?:应|须|需|必须|将|向|按|在|于|按时|每|一次性|同意|支付|付)[^，。；\n甲乙]{{0,24}}(?:(?!(?P=who))[甲乙]方)?"
    rf"[^，。；\n甲乙]{{0,8}}(?:支付|付清|缴纳|交纳|给付|付给|付予|预付|缴清|上交|付)[^，。；\n]{{0,14}}(?:{_PRICE}|运费|运输费)"
    rf"|{_NOT_PAID}{_WHO.replace('who', 'pays')}(?:支付|给付|付给?)[^，。；\n不]{{0,10}}(?:{_PRICE})"
    rf"|(?:{_PRICE})[^，。；\n甲乙不]{{0,16}}由(?P<payer>[甲乙]方)[^，。；\n乙不]{{0,14}}(?:付|缴|交|结|开出)"
)
_OWES: Final = re.compile(
    r"(?P<who>[甲乙]方)(?:[^，。；：\n甲乙]{0,4}(?:逾期|迟延|延迟|延期|未按时|未按期|误期|拖欠|迟付)(?:付款|支付|交纳|缴纳|交付)?"
    rf"(?:付款|{_PRICE}|任何款项)|(?:不得|擅自|有意|要求|中途)[^，。；\n甲乙]{{0,8}}(?:转租|退租|续租))"
)


def buyer_side(first_label: str, text: str) -> Role:
    """The role of the party that is named first: of the two letters, the one with more votes buys, else the first."""
    if first_label not in LETTERS:
        return "buyer"
    other = LETTERS[1 - LETTERS.index(first_label)]
    votes = dict.fromkeys(LETTERS, 0)
    for buyer, weight in _votes(text):
        votes[buyer] += weight
    return "supplier" if votes[other] > votes[first_label] else "buyer"


def _votes(text: str) -> Iterator[tuple[str, int]]:
    """(who buys, how much that sentence counts)."""
    for match in _SUPPLIES.finditer(text):
        yield _opposite(match["who"] or match["by"]), DEED
    for match in _BUYS.finditer(text):
        yield match["who"], DEED
    for match in (*_PAYS.finditer(text), *_OWES.finditer(text))[:MOST_PAYMENTS]:
        yield next(filter(None, match.groups())), PAYMENT


def _opposite(letter: str) -> str:
    return LETTERS[1 - LETTERS.index(letter)]
