"""DOC018: a reference that says what the article is about, and the article is about something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from hetong.document import Clause, Span
from hetong.flag.checks.marks import mark_of
from hetong.flag.checks.references import ELSEWHERE
from hetong.flag.checks.stretch import SENTENCE, start_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.fold import fold
from hetong.numerals import integer
from hetong.rulebook import Rule


class Topic(NamedTuple):
    """What an article can be about: how references name it, and what tells it in a heading or in the text."""

    named: str
    told: re.Pattern[str]


_TOPICS: Final = (
    Topic("违约责任|违约条款|违约处理|违约金条款", re.compile("违约|赔偿|罚")),
    Topic(
        "付款方式|付款条件|付款约定|付款条款|付款办法|付款期限|付款义务|支付方式|结算方式|付款",
        re.compile("付款|支付|结算|价款|费用|货款|租金|报酬|价格"),
    ),
    Topic("保密义务|保密责任|保密条款|保密约定|保密", re.compile("保密|秘密|泄露")),
    Topic("争议解决方式|争议解决|争议处理|争议条款|管辖约定", re.compile("争议|纠纷|仲裁|法院|管辖")),
    Topic("不可抗力条款|不可抗力", re.compile("不可抗力")),
    Topic("验收标准|验收方式|验收程序|验收条款|验收约定|验收办法|验收", re.compile("验收|检验|测试|点收")),
    Topic(
        "交货期|交货期限|交货时间|交货地点|交货方式|交付期限|交付方式|交付时间", re.compile("交货|交付|供货|工期|期限")
    ),
    Topic("质保期|质保条款|质量保证|保修期|保修条款|保修责任|售后服务", re.compile("质保|保修|质量|售后|维护")),
    Topic("知识产权归属|知识产权条款|知识产权", re.compile("知识产权|著作权|专利|成果|版权")),
    Topic("合同解除|解除条款|解除权|合同终止|终止条款", re.compile("解除|终止")),
    Topic("通知与送达|通知条款|送达地址|通知送达", re.compile("通知|送达|联系")),
    Topic("保险条款|保险约定", re.compile("保险|投保")),
)
_NAMES: Final = "|".join(sorted((name for topic in _TOPICS for name in topic.named.split("|")), key=len, reverse=True))
_N: Final = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_REFERENCE: Final = re.compile(
    rf"第 ?(?P<number>{_N}) ?条(?:[（\"《 ]{{1,2}}(?P<beside>{_NAMES})[）\"》 ]"
    r"|(?:关于|有关|所?约定的?|所?规定的?|所?[述列载]的?|中的?|的){1,2}"
    rf"(?P<behind>{_NAMES})(?=约定|规定|条款|执行|处理|办理|承担|[，。；]))?"
)
# The topic before the number: 违约责任按本合同第八条执行
_BEFORE: Final = re.compile(
    rf"(?P<before>{_NAMES})(?:的?(?:承担|处理|认定|计算|确定|约定))?(?:应|均|仍)?"
    r"(?:按照?|依照?|依据|根据|适用|参照|遵照|详?见)(?:本合同|本协议|合同|前述|上述)?$"
)
_VERB: Final = frozenset(
    "按照依据适用参遵见同议述"
)  # what the words before a number can end with, for the topic to stand there


def topics(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each reference whose topic is the heading of another article, and not of the one that it names."""
    text = view.text
    articles: Mapping[int, tuple[Clause, Span]] | None = None
    for match in _REFERENCE.finditer(text):
        at, name = match.start(), match["beside"] or match["behind"]
        if name is None and text[at - 1 : at] in _VERB:
            before = _BEFORE.search(text, max(0, at - 24), at)
            at, name = (before.start(), before["before"]) if before else (at, None)
        if name is None or ELSEWHERE.search(text, max(start_of(text, at, SENTENCE), at - 24), at):
            continue
        articles = _articles(view) if articles is None else articles
        topic = next(topic for topic in _TOPICS if name in topic.named.split("|"))
        number = integer(match["number"]) or 0
        right = _right(text, articles, topic, number)
        if right is not None:
            yield _hit(view, Span(at, match.end()), articles[number][0], right)


def _right(text: str, articles: Mapping[int, tuple[Clause, Span]], topic: Topic, number: int) -> Clause | None:
    """The article that a reference must mean, when the one it names says nothing of the topic."""
    if number not in articles or topic.told.search(text[slice(*articles[number][1])]):
        return None
    names = re.compile(topic.named)
    meant = [clause for clause, _ in articles.values() if _speaks_of(fold(clause.heading), topic, names)]
    return meant[0] if len(meant) == 1 else None


def _speaks_of(heading: str, topic: Topic, names: re.Pattern[str]) -> bool:
    return names.search(heading) is not None or (len(heading) <= 6 and topic.told.search(heading) is not None)


def _articles(view: View) -> dict[int, tuple[Clause, Span]]:
    """Each article by its number, with its whole stretch of text; empty where two have one number."""
    numbered = [(mark_of(c.number), c) for c in view.contract.clauses if c.kind == "clause" and c.number]
    tops = [(mark.ordinal, clause) for mark, clause in numbered if mark is not None and mark.style == "条"] or [
        (mark.ordinal, clause)
        for mark, clause in numbered
        if mark is not None and clause.parent is None and mark.style in ("一、", "1.")
    ]
    starts = [clause.start for _, clause in tops] + [len(view.text)]
    articles = {number: (clause, Span(*ends)) for (number, clause), ends in zip(tops, pairwise(starts), strict=True)}
    return articles if len(articles) == len(tops) else {}


def _hit(view: View, place: Span, target: Clause, right: Clause) -> Hit:
    related = tuple(Span(clause.start, max(clause.body, clause.start + 1)) for clause in (target, right))
    values = {
        "reference": view.contract.text_of(place),
        "target": view.contract.text_of(related[0]).strip(),
        "right": view.contract.text_of(related[1]).strip(),
    }
    return Hit(place, (place,), related=related, values=values)
