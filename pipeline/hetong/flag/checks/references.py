"""DOC002: articles and clauses that are named and are not there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hetong.document import Contract, Span
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.fold import fold
from hetong.numerals import integer
from hetong.rulebook import Rule

ENOUGH: Final = 3  # numbers that a contract must have before a missing one means something
STATUTE_SIZED: Final = 100  # no contract has so many articles: 第五百八十五条 is one of a statute
_N: Final = "(?:[0-9]{1,3}|[一二三四五六七八九十百零〇]{1,6})"
_REFERENCE: Final = re.compile(
    rf"(?P<own>(?:本(?:合同|协议|约|章|部分)|合同书)(?:[^，。；\n第0-9]{{0,4}}))?(?:第\s*(?P<list>{_N}(?:\s*(?:[、，和及与或至到~—-]|以及|或者)\s*第?\s*{_N})*)\s*(?P<unit>条|章)"
    rf"(?:\s*(?:第\s*)?（?(?P<item>{_N})）?\s*(?:款|项))?"
    r"|第?\s*(?P<dotted>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}) *(?:条|款|项))"
    rf"|本(?:合同|协议)第\s*（?(?P<lone>{_N})）?\s*(?:款|项)|本(?:合同|协议)\s*第?\s*(?P<bare>[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}})(?![0-9.万元%个倍])"
)
# Another text than this contract: a statute, a main contract, tender documents, general conditions, an annex, a form
_ELSEWHERE: Final = re.compile(
    "》|(?<![方办本合设想无])法(?![院律人定规])|法典|条例|(?<!按照)(?<!另有)规定第|办法|解释|准则|通则|总则|规则|细则|规范|规程|章程|公约|纪要|制度|手册|须知|守则|标准"
    "|(?:主|原|总包|总|施工|劳动|劳务|买卖|购房|采购|框架|补充|保密|委托|借款|担保|抵押|租赁|保证|承包|前述|另一|他|保险|质押)(?:合同|协议)"
    "|招标文件|投标文件|采购文件|磋商文件|比选文件|谈判文件|响应文件|(?:通用|专用|标准|特殊|一般)(?:合同)?条[款件]|附[件录表](?!和|与|及|、|外)|该法|本法|同法|技术协议|保单|订单|图集"
)
_JOINS: Final = re.compile(r"(?:条|款|项|章)[^。；\n]{0,24}$")
_HAN: Final = "[一二三四五六七八九十]{1,3}"
_LINE_START: Final = re.compile(
    rf"^[#* ]*(?:第 *(?P<article>{_N}) *(?P<unit>条|章)|(?P<dotted>[0-9]{{1,2}}(?:\.[0-9]{{1,2}})+)"
    rf"|(?P<han>{_HAN}) *[、，,．.]|(?P<plain>[0-9]{{1,2}}) *[、．.](?![0-9]))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers that a contract prints.

    `articles` are those of its 条, or of its uppermost plain numbering when it has none; `chapters` those of its 章.
    `dotted` are printed as such, `places` also tells where things stand (5.2 is the second item of 第五条).
    `items` are the ordinals below an article.
    """

    articles: frozenset[int]
    chapters: frozenset[int]
    dotted: frozenset[str]
    places: frozenset[str]
    items: Mapping[int, frozenset[int]]
    has_articles: bool


def clauses_named(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each reference to a clause of this contract that does not exist."""
    match = _REFERENCE.search(view.text)
    if match is None:
        return
    numbers = _numbers(view)
    for match in _REFERENCE.finditer(view.text):
        if _missing(match, numbers) and not _is_own_number(view, match) and not _points_elsewhere(view, match):
            place = Span(match.start(), match.end())
            yield Hit(place, (place,), values={"reference": view.contract.text_of(place).strip()})


def _numbers(view: View) -> Numbers:
    """What is numbered; a number at the start of a line counts even where the outline passed it over."""
    found: dict[str, set[int]] = defaultdict(set)
    dotted: set[str] = set()
    for match in _LINE_START.finditer(view.text):
        if match["dotted"]:
            dotted.add(match["dotted"])
        else:
            style = match["unit"] or ("han" if match["han"] else "plain")
            found[style].add(integer(match["article"] or match["han"] or match["plain"]) or 0)
    articles = found["条"] if len(found["条"]) >= ENOUGH else found["han"] | found["plain"]
    if not found["条"] and dotted:
        articles = articles | {int(number.split(".")[0]) for number in dotted}
    places = {clause.id.split("/")[-1].split("#")[0] for clause in view.contract.clauses}
    return Numbers(
        frozenset(articles), frozenset(found["章"]), frozenset(dotted), frozenset(places | dotted),
        _items(view.contract), has_articles=bool(found["条"]),
    )  # fmt: skip


def _items(contract: Contract) -> Mapping[int, frozenset[int]]:
    """The ordinals of all that stands below each article, however deep."""
    items: dict[int, set[int]] = defaultdict(set)
    for clause in contract.clauses:
        ordinal = integer(fold(clause.number)) if not clause.number.startswith("第") else None
        parent = clause.parent
        while ordinal is not None and parent is not None:
            above = contract.clauses[parent]
            if match := re.fullmatch(rf"第?\s*({_N})\s*条?", fold(above.number)):
                items[integer(match[1]) or 0].add(ordinal)
            parent = above.parent
    return {article: frozenset(ordinals) for article, ordinals in items.items()}


def _missing(match: re.Match[str], numbers: Numbers) -> bool:
    """Whether a number that is named is none of those that the contract has."""
    if number := match["dotted"] or match["bare"]:
        return _judges(number, numbers) and not any(p == number or p.startswith(number + ".") for p in numbers.places)
    if match["lone"]:
        return not numbers.has_articles and _dense(numbers.articles) and integer(match["lone"]) not in numbers.articles
    known = numbers.chapters if match["unit"] == "章" and numbers.chapters else numbers.articles
    wanted = [integer(number) for number in re.findall(_N, match["list"])]
    if not _dense(known) or not all(number and 0 < number < STATUTE_SIZED for number in wanted):
        return False
    if not known.issuperset(wanted):
        return True
    items = numbers.items.get(wanted[-1] or 0, frozenset()) if match["unit"] == "条" else frozenset()
    return bool(match["item"]) and len(items) >= 2 and (integer(match["item"]) or 0) > max(items)


def _dense(known: frozenset[int]) -> bool:
    """Whether numbers run on well enough for a missing one to mean something; automatic numbers may not be in the text."""
    return len(known) >= ENOUGH and len(known) >= 0.7 * (max(known) - min(known) + 1)


def _judges(number: str, numbers: Numbers) -> bool:
    """Whether the contract prints dotted numbers where this one would stand."""
    first = number.split(".")[0] + "."
    firsts = frozenset(int(n.split(".")[0]) for n in numbers.dotted)
    beyond = len(numbers.dotted) >= 2 and _dense(numbers.articles) and int(first[:-1]) not in numbers.articles
    return sum(n.startswith(first) for n in numbers.dotted) >= 2 or _dense(firsts) or beyond


def _is_own_number(view: View, match: re.Match[str]) -> bool:
    """Whether the match is the printed number of a clause, or stands in a table of contents, and is no reference."""
    clause = view.contract.clause_at(match.start())
    if clause is None or clause.kind == "contents":
        return True
    line = view.text.rfind("\n", 0, match.start()) + 1
    return match.start() < min(clause.body, clause.start + 12) or not view.text[line : match.start()].strip("#* ")


def _points_elsewhere(view: View, match: re.Match[str]) -> bool:
    """Whether the sentence speaks of another text before the reference, or says that the reference is to one.

    General conditions and the like are another text unless a part of this contract has that name.
    """
    if match["own"] or match["lone"] or match["bare"]:
        return False
    text = view.text
    start = max(text.rfind(stop, 0, match.start()) for stop in "。；\n") + 1
    named = list(_ELSEWHERE.finditer(text, max(start, match.start() - 80), match.start() + 1))
    if not named or any(named[-1][0] in clause.heading for clause in view.contract.clauses):
        return False
    between = text[named[-1].end() : match.start()]
    return len(between) <= 8 or _JOINS.search(between) is not None or ("本合同" not in between and "，" not in between)
