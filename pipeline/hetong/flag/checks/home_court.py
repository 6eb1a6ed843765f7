"""LGL026, LGL049: a court of the place where one side is at home, named by the side or by the place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, Literal, NamedTuple

from hetong.document import Span
from hetong.flag.checks.jurisdiction import about_real_property
from hetong.flag.checks.stretch import SENTENCE, end_of, start_of
from hetong.flag.context import negated
from hetong.flag.kinds import Hit, wording
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.rulebook import BUYER, SUPPLIER, Rule

OPENING: Final = 3000  # characters at most in which the parties give their addresses
Side = Literal["buyer", "supplier"]
_COURT: Final = re.compile(r"(?P<place>[一-鿿]{2,14}?[市县区州旗])(?:[初中高]级|基层)?(?:人民)?法院")
_ADDRESS: Final = re.compile(r"(?:地址|住所地?|住址|注册地|经营场所)[^：\n]{0,6}：[ _]{0,6}(?P<place>[一-鿿]{3,40})")
_LABEL: Final = re.compile(rf"^[^\n：]{{0,14}}?(?P<party>[{BUYER}{SUPPLIER}])[^\n：]{{0,20}}：", re.MULTILINE)
_PROVINCE: Final = re.compile("[一-鿿]{2,6}?(?:省|自治区)")
_UNIT: Final = re.compile("[^路街道镇乡村弄巷]{2,7}?(?:[市县旗]|(?<![小园社校厂库矿])区)")


class Home(NamedTuple):
    """The address of a party: the cities and counties it names, its districts, and where it stands."""

    towns: frozenset[str]
    districts: frozenset[str]
    place: Span

    def holds(self, words: str) -> bool:
        """Whether some words name the town or the district."""
        return any(unit in words for unit in self.towns | self.districts)


def _home_court(side: Side, view: View, rule: Rule, found: Sequence[Match]) -> Iterator[Hit]:
    """The words that name the side (甲方所在地法院), and the courts of its town when the other side is elsewhere."""
    yield from wording(view, rule, [m for m in found if not negated(view, m.unit, m.hull)])
    if "法院" in view.text and not _has_its_own_court(view):
        for span, home in _by_place(side, view):
            if not view.holds(rule.unless, span.start, "sentence"):
                yield Hit(span, (span,), related=(home,))


buyers_court = partial(_home_court, "buyer")
suppliers_court = partial(_home_court, "supplier")


def _has_its_own_court(view: View) -> bool:
    """Whether the law gives the dispute to the court of the property or of the work, whoever is at home there."""
    kind = view.contract.contract_type
    return kind == "employment" or about_real_property(kind, view.text)


def _by_place(side: Side, view: View) -> Iterator[tuple[Span, Span]]:
    """Each court of the town or district of a side, with its address; none when the other side may be of that town."""
    homes = view.once(_homes)
    own, other = homes.get(side), homes.get("supplier" if side == "buyer" else "buyer")
    if own is None or other is None or not own.towns or not other.towns or own.towns & other.towns:
        return
    for match in _COURT.finditer(view.text):
        sentence = view.text[start_of(view.text, match.start(), SENTENCE) : end_of(view.text, match.end(), SENTENCE)]
        if own.holds(match["place"]) and not other.holds(sentence):
            names = [unit for unit in own.towns | own.districts if unit in match["place"]]
            span = Span(match.start() + min(map(match["place"].index, names)), match.end())
            yield span, own.place


def _homes(view: View) -> dict[str, Home]:
    """Side → the first address that the opening gives below its name."""
    first = next((c.start for c in view.contract.clauses if c.kind == "clause"), len(view.text))
    opening = view.text[: min(first, OPENING)]
    labels = list(_LABEL.finditer(opening))
    homes: dict[str, Home] = {}
    ends = [*(label.start() for label in labels[1:]), len(opening)]
    for label, end in zip(labels, ends, strict=False):
        side = "buyer" if label["party"] == BUYER else "supplier"
        address = _ADDRESS.search(opening, label.end(), end)
        if address and side not in homes:
            homes[side] = _home(address)
    return homes


def _home(address: re.Match[str]) -> Home:
    """The units at the head of an address, one behind another, the province left out."""
    text, units = address["place"], []
    province = _PROVINCE.match(text)
    position = province.end() if province else 0
    while match := _UNIT.match(text, position):
        units.append(match[0])
        position = match.end()
    towns = frozenset(unit for unit in units if unit[-1] != "区")
    return Home(towns, frozenset(units) - towns, Span(address.start("place"), address.start("place") + position))
