"""DOC002: articles and clauses that are named and are not there."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from hetong.document import Span
from hetong.flag.checks.stretch import LINE, SENTENCE, start_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.fold import fold
from hetong.numerals import integer
from hetong.rulebook import Rule

ENOUGH: Final = 3  # numbers that a contract must have before a missing one means something
STATUTE_SIZED: Final = 100  # no contract has so many articles: 第五百八十五条 is one of a statute
_N: Final = "(?:[0-9]{1,3}|[一二三四五六七八九十百零〇]{1,6})"
_LIST: Final = rf"{_N}(?: {{0,3}}(?:[、，和及与或至到~—-]|以及|或者) {{0,3}}第? {{0,3}}{_N}){{0,9}}"
_REFERENCE: Final = re.compile(
    r"(?=[本合第0-9])(?:"
    r"(?P<own>(?:本(?:合同|协议|约|章|部分)|合同书)[^，。；\n第0-9]{0,4})?"
    rf"(?:第 {{0,3}}(?P<list>{_LIST}) {{0,3}}(?P<unit>条"
    rf"|章)(?: {{0,3}}第? {{0,3}}（?(?P<item>{_N})）? {{0,3}}(?:款|项))?"
    r"|第? {0,3}(?P<dotted>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}) {0,3}(?:条|款|项))"
    rf"|本(?:合同|协议)第 {{0,3}}（?(?P<lone>{_N})）? {{0,3}}(?:款|项)"
    r"|本(?:合同|协议) {0,3}第? {0,3}(?P<bare>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?![0-9.万元%个倍]))"
)
# Another text than this contract: a statute, a main contract, tender documents, general conditions, an annex, a form
ELSEWHERE: Final = re.compile(
    "》|(?<![方办本合设想无])法(?![院律人定规])|法典|条例|(?<!按照)(?<!另有)规定第|办法|解释|准则|通则|总则"
    "|规则|细则|规范|规程|章程|公约|纪要|制度|手册|须知|守则|标准"
    "|(?:主|原|总包|总|施工|劳动|劳务|买卖|购房|采购|框架|补充|保密|委托|借款|担保|抵押|租赁|保证|承包|前述"
    "|另一|他|保险|质押)(?:合同|协议)"
    "|招标文件|投标文件|采购文件|磋商文件|比选文件|谈判文件|响应文件|(?:通用|专用|标准|特殊"
    "|一般)(?:合同)?条[款件]|附[件录表](?!和|与|及|、|外)|该法|本法|同法|技术协议|保单|订单|图集"
)
_JOINS: Final = re.compile(r"(?:条|款|项|章)[^。；\n]{0,24}$")
_ARTICLE: Final = re.compile(rf"第?\s{{0,3}}({_N})\s{{0,3}}条?")
_HAN: Final = "[一二三四五六七八九十]{1,3}"
_LINE_START: Final = re.compile(
    rf"^[#* ]*(?:第 *(?P<article>{_N}) *(?P<unit>条|章)|(?P<dotted>[0-9]{{1,2}}(?:\.[0-9]{{1,2}})+)"
    rf"|(?P<han>{_HAN}) *[、，,．.]|(?P<plain>[0-9]{{1,2}}) *[、．.](?![0-9]))",
    re.MULTILINE,
)


class Numbers:
    """The numbers that a contract prints; one at the start of a line counts even where the outline passed it over.

    `articles` are those of its 条, or of its plain numbering when it has none; `chapters` those of its 章; `dotted`
    are printed as such; `headed` are plain numbers with dotted ones below (31. and 31.1), which in a text of several
    parts may be called 第31条 beside the articles of another part; `places` also tells where things stand (5.2 is the
    second item of 第五条).
    """

    def __init__(self, view: View) -> None:
        found: dict[str, set[int]] = defaultdict(set)
        self.dotted: set[str] = set()
        for match in _LINE_START.finditer(view.text):
            if match["dotted"]:
                self.dotted.add(match["dotted"])
            else:
                style = match["unit"] or ("han" if match["han"] else "plain")
                found[style].add(integer(match["article"] or match["han"] or match["plain"]) or 0)
        self.chapters = found["章"]
        self.has_articles = len(found["条"]) >= ENOUGH
        self.articles = found["条"] if self.has_articles else found["han"] | found["plain"]
        if not found["条"]:
            self.articles = self.articles | set(self.firsts)
        self.headed = found["plain"] & set(self.firsts)
        self._contract = view.contract

    @cached_property
    def firsts(self) -> Counter[int]:
        """How many dotted numbers begin with each article: 5 for 5.1, 5.2."""
        return Counter(int(number.split(".", maxsplit=1)[0]) for number in self.dotted)

    @cached_property
    def places(self) -> set[str]:
        """All dotted places, and the beginnings of deeper ones: 8.9 where only 8.9.1 is printed."""
        ids = {clause.id.split("/")[-1].split("#")[0] for clause in self._contract.clauses}
        numbers = [number.split(".") for number in self.dotted | ids]
        return {".".join(parts[:depth]) for parts in numbers for depth in range(1, len(parts) + 1)}

    @cached_property
    def items(self) -> Mapping[int, set[int]]:
        """The ordinals of all that stands below each article, however deep."""
        items: dict[int, set[int]] = defaultdict(set)
        for clause in self._contract.clauses:
            ordinal = integer(fold(clause.number)) if not clause.number.startswith("第") else None
            parent = clause.parent
            while ordinal is not None and parent is not None:
                above = self._contract.clauses[parent]
                if match := _ARTICLE.fullmatch(fold(above.number)):
                    items[integer(match[1]) or 0].add(ordinal)
                parent = above.parent
        return items


def clauses_named(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each reference to a clause of this contract that does not exist."""
    if _REFERENCE.search(view.text) is None:
        return
    numbers = Numbers(view)
    for match in _REFERENCE.finditer(view.text):
        if _missing(match, numbers) and not _is_own_number(view, match) and not _points_elsewhere(view, match):
            place = Span(match.start(), match.end())
            yield Hit(place, (place,), values={"reference": view.contract.text_of(place).strip()})


def _missing(match: re.Match[str], numbers: Numbers) -> bool:
    """Whether a number that is named is none of those that the contract has."""
    if dotted := match["dotted"] or match["bare"]:
        return _judges(dotted, numbers) and dotted not in numbers.places
    if match["lone"]:
        return not numbers.has_articles and _dense(numbers.articles) and integer(match["lone"]) not in numbers.articles
    known = numbers.chapters if match["unit"] == "章" and numbers.chapters else numbers.articles
    wanted = [integer(number) for number in re.findall(_N, match["list"])]
    if not _dense(known) or not all(number and 0 < number < STATUTE_SIZED for number in wanted):
        return False
    if not known.union(numbers.headed).issuperset(wanted):
        return True
    items = numbers.items.get(wanted[-1] or 0, ()) if match["item"] and match["unit"] == "条" else ()
    return len(items) >= 2 and (integer(match["item"]) or 0) > max(items)


def _dense(known: Collection[int]) -> bool:
    """Whether numbers run on well enough for a missing one to mean something; a plain text has lost automatic ones."""
    return len(known) >= ENOUGH and len(known) >= 0.7 * (max(known) - min(known) + 1)


def _judges(dotted: str, numbers: Numbers) -> bool:
    """Whether the contract prints dotted numbers where this one would stand."""
    first = int(dotted.split(".", maxsplit=1)[0])
    beyond = len(numbers.dotted) >= 2 and _dense(numbers.articles) and first not in numbers.articles
    return numbers.firsts[first] >= 2 or _dense(numbers.firsts) or beyond


def _is_own_number(view: View, match: re.Match[str]) -> bool:
    """Whether the match is the printed number of a clause, or stands in a table of contents, and is no reference."""
    clause = view.contract.clause_at(match.start())
    if clause is None or clause.kind == "contents":
        return True
    line = start_of(view.text, match.start(), LINE)
    return match.start() < min(clause.body, clause.start + 12) or not view.text[line : match.start()].strip("#* ")


def _points_elsewhere(view: View, match: re.Match[str]) -> bool:
    """Whether the sentence speaks of another text before the reference, or says that the reference is to one.

    General conditions and the like are another text unless a part of this contract has that name.
    """
    if match["own"] or match["lone"] or match["bare"]:
        return False
    text = view.text
    start = start_of(text, match.start(), SENTENCE)
    named = list(ELSEWHERE.finditer(text, max(start, match.start() - 80), match.start() + 1))
    if not named or any(named[-1][0] in fold(clause.heading) for clause in view.contract.clauses):
        return False
    between = text[named[-1].end() : match.start()]
    return len(between) <= 8 or _JOINS.search(between) is not None or ("本合同" not in between and "，" not in between)
