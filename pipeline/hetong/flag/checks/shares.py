"""Reads the parts of a price that fall due one after another: 30%, 三成, 付至80%, 258,000元 of 860,000元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from hetong.flag.checks.stretch import PART, SENTENCE, end_of, start_of
from hetong.numerals import DIGITS, amounts_in_figures, integer, rates

Kind = Literal["share", "up-to", "kept-back", "each"]
RETENTION: Final = "质保金|质量保证金|质量保修金|保修金|保留金|质量保留金|缺陷责任保证金|质保款|保固金"
FIGURE: Final = re.compile("%|分之|[一二两三四五六七八九半]成")

_PAYS: Final = re.compile(
    "支付|付款|预付|首付|(?<![交托未已迟欠垫偿对])付(?!款方|加|息|诸)|拨款|拨付|打款|汇款|结算|结清|偿还"
    "|归还本金|缴纳|交纳|缴清"
    "|交定金|[一二三四五六首末]期|款项|到账|汇入|电汇|汇付|汇至|汇给|(?<![A-Za-z])T/?T(?![A-Za-z])"
)
_LABELLED: Final = re.compile(
    "(?:首付|首期|首笔|预付|进度|到货|提货|验收|中期|终验|初验|交付|发货|尾|第[一二三四五六1-6](?:期|笔|次|批"
    "|阶段)(?:款|费)?)款?"
)
_NAMED: Final = re.compile(
    r"(?:后|时|前|内|日|款|价|费|额|金|期|笔|次|：|、|/|的|为|即|再|先|另|余|余下|剩余|剩下|其余|合|共|合计|累计为)"
    r"\s{0,9}(?:合同)?(?:总价|价款|总额|金额|款)?的?\s{0,9}$"
)
# Percentages that are no part of the price, by the words of their own part of the sentence
_OTHER: Final = re.compile(
    "违约金|利息|利率|年化|税率|税费|税点|增值税|发票|滞纳金|罚款?|罚金|折扣|优惠|返利|返点|上浮|下浮|涨|跌"
    "|浮动|佣金|提成|分成"
    "|销售额|营业额|利润|收益|分红|股权|出资|赔偿|补偿|履约保证金|履约担保|投标保证金|保函(?!后|且|并)|担保"
    "|押金|加班|工资|超过"
    "|低于|高于|不足|上限|封顶|限额|不少于|管理费|手续费|费率|配合费|逾期|迟延|延迟|不合格|得分|考核(?!合格"
    "|通过|证书|后|完)"
    "|评分|[0-9一二三四五六七八九十](?:分[付的以及至]|分者)|满意[度率]|合格率|完成率|变更|增减|误差|溢短|损耗"
    "|分摊|承担|扣罚|所有权"
    r"|注明|金额为|备品|备件|保险|比例不|应付未付|未付|欠|未[^，。；\n]{1,8}的(?:按|付|支付|给)|每(?:人|台|件"
    r"|套|吨|小时|日|天|次)"
)
# The same, said earlier in the sentence
_OTHER_BEFORE: Final = re.compile(
    "违约|逾期|迟延|延期付款|滞纳|解除|终止|取消|退货|退订|中止|每(?:延|迟|拖|晚)|每(?:一)?[日天周]"
    "|考核(?!合格|通过|证书|后|完)"
    "|评分|得分|如未|未能|未按|中途|砍单|停播|叫停|毁约"
)
_GOES_BACK: Final = re.compile("退还|返还|退回")
_ALREADY: Final = re.compile("收到(?!.{0,12}后)|上述|前述|该|已付|已支付|已收|其中[^，]{0,6}$")
_BREAKDOWN: Final = re.compile("（(?:其中|含|包括|包含|即)[^（）]*$")
_UP_TO: Final = re.compile(
    "(?:付|支付|付款|拨付|结算|计量|拨款|款项|比例|金额)[^，。；、到\n]{0,8}?"
    "(?:到(?!货|场|账|帐|位|期|港|岸|校|厂|家|店|工|达|付|票)|至|达到?)[^，。；\n]{0,12}$"
    "|累计[^，。；\n]{0,14}$|(?<![0-9])达到[^，。；\n]{0,8}$"
)
_KEPT_BACK: Final = re.compile(f"{RETENTION}|扣留|预留|暂扣|留存|留置|暂留|扣下|定金|保证金|押")
_EACH: Final = re.compile("(?:每|按)(?:个)?(?:季|月|年|期|次|批|半年|笔)|各")
_AND: Final = re.compile("[及和与并]|以及")
# Between the shares of a list, each has words of its own: 预付30%、到货60%、质保金5%
_LISTED: Final = re.compile("[、+/]|(?<=%)(?=[^）])(?![的（作为])")
_TENTHS: Final = re.compile(
    "(?P<whole>[一二两三四五六七八九])成(?P<half>[一二三四五六七八九半]?)|(?P<alone>半成)|(?P<half_of>一半|半数)"
    "|(?<=[付留扣])(?P<cents>[一二三四五六七八九])分(?=[，。；、])"
    "|(?P<of>[二三四五六七八])分之(?P<parts>[一二三四五六七])"
)
_BLANK: Final = re.compile(
    r"(?:_|[【（\[]\s{0,20}[】）\]]|--|[×xX＊*]|[的付为]\s|\s{2})\s{0,9}[%元]|百分之(?:_|\s{2}|×"
    r"|[【（]\s{0,20}[】）])"
)
TOTAL_BEFORE: Final = re.compile(
    "(?:总价款?|总额|总金额|总费用|总报酬|合同(?:金额|价款|价)|合同款|报酬总额)[^。；，、\n0-9¥%]{0,18}$"
)


class Share(NamedTuple):
    """text[start:end] is `value` of the price.

    A share; or what will have been paid up to then; or what is kept back until later; or what falls due each month.
    """

    start: int
    end: int
    value: float
    kind: Kind = "share"


def has_blank_rate(text: str) -> bool:
    """Whether a percentage or amount was left for filling in, so that nothing can be added up; the total may be."""
    return any(
        not (blank[0].endswith("元") and TOTAL_BEFORE.search(text, max(0, blank.start() - 40), blank.start()))
        for blank in _BLANK.finditer(text)
    )


def retentions(text: str) -> set[float]:
    """The percentages that the text keeps back as 质保金, wherever it says so."""
    found = re.finditer(rf"(?:{RETENTION})[^。；\n]{{0,16}}|[^。；\n]{{0,12}}(?:{RETENTION})", text)
    return {round(rate.value, 6) for match in found for rate in rates(match[0])}


def stated_total(text: str) -> float:
    """The price that the text calls the total, in yuan; 0 when it states none, or several that differ."""
    totals = {
        round(amount.value, 2)
        for amount in amounts_in_figures(text)
        if TOTAL_BEFORE.search(text, max(0, amount.start - 40), amount.start)
    }
    return totals.pop() if len(totals) == 1 else 0.0


def shares(text: str, start: int, end: int, announced: bool, total: float = 0.0) -> Iterator[Share]:
    """The instalments in text[start:end], as shares of the price.

    Args:
        text: folded text.
        start: where to begin.
        end: where to stop.
        announced: the heading or the lead-in above says that this is about paying.
        total: the whole price; amounts are read as shares of it, percentages when it is 0.
    """
    body = text[start:end]
    last: Share | None = None
    for value, at, stop in sorted(_amounts(body, total) if total else _fractions(body), key=lambda found: found[1]):
        share = _share(body, value, at, stop, announced)
        if share is None or (last and share.value == last.value and body[last.end : at] in _AGAIN):
            continue
        last = share
        yield share._replace(start=start + at, end=start + stop)


_AGAIN: Final = ("（", "，即", "即", "（即")  # 30%（百分之三十）


def _amounts(text: str, total: float) -> Iterator[tuple[float, int, int]]:
    """(share of the total, start, end) of every amount below it."""
    for amount in amounts_in_figures(text):
        if amount.value < total:
            yield amount.value / total, amount.start, amount.start + len(text[amount.start : amount.end].rstrip())


def _fractions(text: str) -> Iterator[tuple[float, int, int]]:
    """(value, start, end) of every percentage, tenth (三成五) and fraction (三分之一) of one per cent to the whole."""
    for rate in rates(text):
        english = re.match(r"\s?[A-Za-z]", text[rate.end : rate.end + 2])  # the same again in a bilingual contract
        if rate.unit in ("%", "％", "百分之") and 0.01 <= rate.value <= 1 and not english:
            yield rate.value, rate.start, rate.end
    for match in _TENTHS.finditer(text):
        yield _tenths(match), match.start(), match.end()


def _tenths(match: re.Match[str]) -> float:
    if match["whole"]:
        half = 5 if match["half"] == "半" else DIGITS.get(match["half"], 0) if match["half"] else 0
        return (DIGITS[match["whole"]] * 10 + half) / 100
    if match["cents"]:
        return DIGITS[match["cents"]] / 100
    if match["of"]:
        return (integer(match["parts"]) or 0) / (integer(match["of"]) or 1)
    return 0.5 if match["half_of"] else 0.05


def _share(text: str, value: float, start: int, end: int, announced: bool) -> Share | None:
    sentence, part = start_of(text, start, SENTENCE), start_of(text, start, PART)
    stop = end_of(text, end, PART)
    before, words = text[part:start], text[part:stop]
    earlier = any(pattern.search(text, sentence, start) for pattern in (_OTHER_BEFORE, _BREAKDOWN))
    if earlier or _OTHER.search(before + _AND.split(text[start:stop])[0]) or _ALREADY.search(before):
        return None
    own_before, own_behind = _LISTED.split(before)[-1], _LISTED.split(text[end:stop])[0]
    kept = _KEPT_BACK.search(own_before + own_behind) is not None
    named = _NAMED.search(before) is not None and (announced or _PAYS.search(text, sentence, start) is not None)
    if not (kept or named or _PAYS.search(words) or (_LABELLED.search(words) and announced)):
        return None
    if _GOES_BACK.search(words) and not kept:
        return None
    return Share(start, end, value, _kind(own_before, kept))


def _kind(before: str, kept: bool) -> Kind:
    if kept:
        return "kept-back"
    if _EACH.search(before):
        return "each"
    return "up-to" if _UP_TO.search(before) else "share"
