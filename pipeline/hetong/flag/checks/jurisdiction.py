"""LGL027: a dispute about real property sent to a court of another place than the property's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hetong.document import Span
from hetong.flag.checks.names import LABELS
from hetong.flag.checks.stretch import SENTENCE, end_of, start_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.fold import fold
from hetong.rulebook import Rule

MOST: Final = 8  # places of property that are compared
_REAL: Final = re.compile(
    "房屋|商铺|厂房|写字楼|办公楼|办公用房|仓库|库房|场地|门面|店面|铺位|公寓|住宅|住房|土地|店铺|用房"
)
_MOVABLE: Final = re.compile(
    "(?:设备|机械|车辆|汽车|器材|塔吊|吊车|挖掘机|脚手架|服装|船舶)[^，。；\n]{0,4}(?:租赁|出租)"
)
_BUILDS: Final = re.compile("施工|装修|装饰|土建|工程承包|建筑工程|建设工程")
_DESIGN: Final = re.compile("设计合同|勘察|监理合同|咨询合同|检测合同")
_SITUATED: Final = re.compile(
    r"(?:[坐座]落|位于|(?:工程|项目|施工|房屋|租赁物?|装修|商铺|厂房|仓库|场地|铺位|店面)(?:的)?(?:地址|地点|位置|坐落))"
    r"(?:于|在|是|为)?[：_ ]{0,6}(?P<place>[一-鿿]{2,8}市[一-鿿0-9]{0,24})"
)
_COURT: Final = re.compile(r"(?P<before>[一-鿿（）]{2,26}?)(?:人民)?法院")
_SEAT: Final = re.compile(rf"(?P<who>{LABELS})[^，。；\n]{{0,8}}(?:住所|所在|注册|登记|经营|公司)[^，。；\n]{{0,3}}地?")
_HIGHER: Final = re.compile("中级|高级|最高|互联网|知识产权|铁路|海事")
_ADDRESS: Final = re.compile(
    r"(?:地址|住所|住所地|注册地|住址)[^：\n]{0,6}：[ _]{0,6}(?P<place>[一-鿿]{0,8}?[一-鿿]{2,5}市[一-鿿0-9]{0,24})"
)
_PARTY_LINE: Final = re.compile(rf"^ *(?:[^\n：]{{0,10}}（)?(?:{LABELS})[^\n：]{{0,12}}：", re.MULTILINE)
_UNITS: Final = re.compile("[省市区县州旗]")
_LEADS: Final = re.compile("^.*(?:由|向|至|到|在|于|交|请|归|以|往|即|为|是|均|可)")


class Court(NamedTuple):
    """The court agreed on, and the words that say where it is."""

    span: Span
    place: Span


def jurisdiction(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each agreed court that lies in another city than the property or the works, where both are named.

    Arbitration may be agreed on anywhere, and movables have no court of their own.
    """
    text = fold(view.contract.text)
    if "法院" not in text or not about_real_property(view.contract.contract_type, text):
        return
    sites = [Span(m.start("place"), m.end("place")) for m in _SITUATED.finditer(text)]
    sites = [site for site in sites if _cities(text[slice(*site)])][:MOST]
    if not sites:
        return
    for court in _courts(text):
        where = text[slice(*court.place)]
        if not any(_overlap(where, text[slice(*site)]) for site in sites):
            values = {"court": view.contract.text_of(court.span), "site": view.contract.text_of(sites[0])}
            related = (sites[0],) if court.place == court.span else (sites[0], court.place)
            yield Hit(court.span, (court.span,), related=related, values=values)


def about_real_property(contract_type: str, text: str) -> bool:
    """Whether the opening shows a lease of premises or works on a building, whose court the law gives."""
    head = text[:600]
    if contract_type == "lease":
        return _REAL.search(head) is not None and not _MOVABLE.search(head)
    return contract_type == "construction" and _BUILDS.search(head) is not None and not _DESIGN.search(head)


def _courts(text: str) -> Iterator[Court]:
    """The courts agreed on that the text places in a city, by name or by the address of a party."""
    for match in _COURT.finditer(text):
        sentence = text[start_of(text, match.start(), SENTENCE) : end_of(text, match.end(), SENTENCE)]
        if "仲裁" in sentence or "或" in match["before"] or _HIGHER.search(match["before"]):
            continue
        seat = _SEAT.search(match["before"])
        if seat:
            address = _address(text, seat["who"])
            if address:
                yield Court(Span(match.start() + seat.start(), match.end()), address)
            continue
        lead = _LEADS.match(match["before"])
        start = match.start() + (lead.end() if lead else 0)
        if _cities(text[start : match.end()]):
            yield Court(Span(start, match.end()), Span(start, match.end()))


def _address(text: str, who: str) -> Span | None:
    """The address that the opening gives below the line of a party."""
    line = re.search(rf"^[^\n：]{{0,12}}{who}[^\n：]{{0,12}}：", text[:3000], re.MULTILINE)
    if line is None:
        return None
    following = re.compile(rf"^ *(?:[^\n：]{{0,10}}[（(])?(?:{LABELS})[^\n：]{{0,12}}：", re.MULTILINE).search(
        text, line.end()
    )
    found = _ADDRESS.search(text, line.end(), min(following.start() if following else 3000, line.end() + 400))
    return Span(found.start("place"), found.end("place")) if found else None


def _cities(place: str) -> bool:
    """Whether a place names a city; 本市 and 当地 name none."""
    return re.search("(?<![本该同各此])[一-鿿]{2}市", place) is not None and "所在" not in place and "当地" not in place


def _overlap(a: str, b: str) -> bool:
    """Whether two places share the name of a city, district or county."""
    return _names(a, b) or _names(b, a)


def _names(place: str, other: str) -> bool:
    """Whether a city or district of the one place, the two characters before 市, 区, 县, stands in the other."""
    for unit in _UNITS.finditer(place):
        name = place[max(0, unit.start() - 2) : unit.start()]
        if unit[0] != "省" and len(name) == 2 and name in other:
            return True
    return False
