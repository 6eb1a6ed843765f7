"""PRC002: one amount, written in words and in figures, that disagrees with itself."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from hetong.document import Severity, Span
from hetong.flag.checks.stretch import LINE, end_of, start_of
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.numerals import Figure, amounts_in_figures, amounts_in_words, number
from hetong.rulebook import Rule

REACH: Final = 40  # characters that may stand between the two ways of writing one amount
# Labels, brackets and notes on tax: what stands between two ways of writing one amount, and nothing else does
_BRIDGE: Final = re.compile(
    r"(?:人民币|RMB|CNY|¥|大写|小写|金额|合计|共计|总计|即|计|为|元|圆|整|正|（?(?:已|均)?(?:不?含"
    r"|包含)[^（）\n]{0,8}税[^（）\n]{0,8}）?|（?税率[^（）\n]{0,8}）?"
    r"|[（）\[\]【】：，,。；_/\s]|\n\s{0,9}(?:[一-鿿]{0,6}(?:价|款|金额|费用|总额"
    r"|合计))?(?=\s{0,9}（?\s{0,9}(?:人民币)?[大小]写))*"
)
_LABEL: Final = re.compile("大写|小写")
_BRACKETED: Final = re.compile(r"\s*(?:整|正)?\s*[（\[【]")
_NUMBER: Final = r"(?P<number>[0-9][0-9,，]*(?:\.[0-9]+)?)"
# Figures without sign and unit that what is beside them makes an amount: 小写：128,000；叁元整（3.00）；128,000（大写
_BARE: Final = tuple(
    map(
        re.compile,
        (
            rf"小写[）：\s为]{{0,4}}(?:人民币)?\s{{0,9}}{_NUMBER}(?![0-9%])(?!\s{{0,9}}（?(?:单位：)?(?:万|亿|千|元"
            rf"|圆))",
            rf"[元圆](?:整|正)?（\s{{0,9}}{_NUMBER}\s{{0,9}}）",
            rf"(?<![0-9A-Za-z¥.,，-]){_NUMBER}(?=\s{{0,9}}[（，]?\s{{0,9}}(?:人民币|金额)?大写)",
        ),
    )
)
_RUNS_ON: Final = re.compile("[0-9][.,，]$|[0-9万亿千百]$")
# Other currencies, and the space between number and unit that a form leaves, read as 元 at the same place
_CURRENCY: Final = re.compile("(?:美|欧|日|港|澳|加)元|英镑|港币|(?<=[零壹贰叁肆伍陆柒捌玖拾佰仟万亿])[ _]{1,20}[元圆]")
_CURRENCIES: Final = re.compile("[美欧日港澳加]元|英镑|港币|[佰拾仟万亿零壹贰叁肆伍陆柒捌玖][ _]{1,20}[元圆]")
_IN_TEN_THOUSANDS: Final = re.compile("单位[：为]?万元|（万元）")
_FORMAL: Final = "壹贰叁肆伍陆柒捌玖拾佰仟"
_WORDS_PREVAIL: Final = re.compile(
    "(?:不一致|不符|有出入|不相符|差异|有误)[^。；\n]{0,16}以[^。；\n]{0,6}(?:大写|小写)[^。；\n]{0,6}为准"
)


def amounts_in_words_and_figures(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """A hit for each amount whose words and figures differ by a cent or more.

    It is milder where the contract says which of the two prevails.
    """
    text = view.text
    # most contracts write no amount in words: mentions know the plain ones, the others need a formal character
    in_words = any(m.kind == "amount" and m.unit == "元" for m in view.contract.mentions)
    if not in_words and not any(character in text for character in _FORMAL):
        return
    if _CURRENCIES.search(text):
        text = _CURRENCY.sub(lambda m: "元" + " " * (len(m[0]) - 1), text)
    amounts = [words for words in amounts_in_words(text) if _complete(text, words)]
    if not amounts:
        return
    severity: Severity | None = "medium" if _WORDS_PREVAIL.search(text) else None
    for words in amounts:
        around = _figures(text, words.start - 2 * REACH, words.end + 2 * REACH)
        index = bisect_left(around, words.start, key=lambda f: f.start)
        near = [f for f in around[max(0, index - 1) : index + 1] if _bridged(text, words, f)]
        restated = min(near, key=lambda f: _distance(words, f), default=None)
        if restated and _differ(words, restated) and not _restated_elsewhere(text, words, restated):
            yield _hit(view, words, restated, severity)


def _figures(text: str, start: int, end: int) -> list[Figure]:
    """The amounts in figures in text[start:end], ascending; 8千元 in 12万8千元 is only part of one."""
    start = max(0, start)
    part = text[start:end]
    signed = (f for f in amounts_in_figures(part) if not _RUNS_ON.search(part[max(0, f.start - 2) : f.start]))
    found = (f._replace(start=start + f.start, end=start + f.end) for f in chain(signed, _bare(part)))
    return sorted(found, key=lambda f: f.start)


def _bare(text: str) -> Iterator[Figure]:
    for match in chain.from_iterable(pattern.finditer(text) for pattern in _BARE):
        value = number(match["number"])
        line = text[start_of(text, match.start(), LINE) : match.end() + 8]
        if value is not None and not _IN_TEN_THOUSANDS.search(line):
            yield Figure(match.start("number"), match.end("number"), value)


def _complete(text: str, words: Figure) -> bool:
    """Whether the words are an amount and not what is left of a form: __佰__拾元整, 佰 拾 万 仟元."""
    before = text[max(0, words.start - 6) : words.start].rstrip(" _")[-1:]
    return (
        words.value > 0 and text[words.start] not in "佰百仟千万亿萬億" and before not in {*"拾佰仟万亿百千0123456789"}
    )


def _distance(a: Figure, b: Figure) -> int:
    return max(b.start - a.end, a.start - b.end)


def _differ(a: Figure, b: Figure) -> bool:
    return abs(a.value - b.value) >= 0.005


def _bridged(text: str, a: Figure, b: Figure) -> bool:
    """Whether nothing but labels stands between the two, and something there says that one restates the other."""
    first, second = sorted((a, b), key=lambda f: f.start)
    between = text[first.end : second.start]
    if len(between) > REACH or not _BRIDGE.fullmatch(between):
        return False
    if _LABEL.search(between) or _BRACKETED.match(between):
        return True
    announced = _LABEL.search(text, max(0, first.start - 8), first.start)
    return text[second.start] == "¥" and (announced is not None or ("，" not in between and "。" not in between))


def _restated_elsewhere(text: str, words: Figure, beside: Figure) -> bool:
    """Whether the words restate another figure of the line: 含税113元，不含税100元，大写：壹佰壹拾叁元."""
    first, second = sorted((words, beside), key=lambda f: f.start)
    if _BRACKETED.match(text, first.end, second.start):
        return False
    line = _figures(text, start_of(text, words.start, LINE), end_of(text, words.end, LINE))
    return any(f.start != beside.start and not _differ(f, words) for f in line)


def _hit(view: View, words: Figure, figures: Figure, severity: Severity | None) -> Hit:
    places = (
        Span(words.start, words.end),
        Span(figures.start, figures.start + len(view.text[figures.start : figures.end].rstrip())),
    )
    hull = Span(min(p.start for p in places), max(p.end for p in places))
    values = {
        "words": view.contract.text_of(places[0]),
        "figures": view.contract.text_of(places[1]),
        "words_value": f"{words.value:,.2f}",
        "figures_value": f"{figures.value:,.2f}",
    }
    return Hit(hull, places, related=places, values=values, severity=severity)
