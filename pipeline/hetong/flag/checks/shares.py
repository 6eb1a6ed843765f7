"""Reads the shares of a price that a contract lets fall due one after another: 30%, 三成, 三分之一, 付至80%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from hetong.numerals import DIGITS, integer, rates

Kind = Literal["share", "up-to", "kept-back", "each"]
RETENTION: Final = "质保金|质量保证金|质量保修金|保修金|保留金|质量保留金|缺陷责任保证金|质保款|保固金"

_PAYS: Final = re.compile(
    "支付|付款|预付|首付|(?<![交托未已迟欠垫偿对])付(?!款方|加|息|诸)|拨款|打款|汇款|结算|结清|偿还|归还本金|缴纳|交纳|缴清|交定金|[一二三四五六首末]期|款项|到账|汇入"
)
_LABELLED: Final = re.compile(
    "(?:首付|首期|首笔|预付|进度|到货|提货|验收|中期|终验|初验|交付|发货|尾|第[一二三四五六1-6](?:期|笔|次|批|阶段)(?:款|费|付款)?)款?"
)
_NAMED: Final = re.compile(
    r"(?:后|时|前|内|日|款|价|费|额|金|期|笔|次|：|、|/|的|为|即|再|先|另|余|余下|剩余|剩下|其余|合|共|合计|累计为)\s*(?:合同)?(?:总价|价款|总额|金额|款)?的?\s*$"
)
# Percentages that are no part of the price, by the words of their own part of the sentence
_OTHER: Final = re.compile(
    "违约金|利息|利率|年化|税率|税费|税点|增值税|发票|滞纳金|罚款?|罚金|折扣|优惠|返利|返点|上浮|下浮|涨|跌|浮动|佣金|提成|分成|销售额|营业额|利润|收益|分红|股权|出资"
    "|赔偿|补偿|履约保证金|履约担保|投标保证金|保函|担保|押金|加班|工资|超过|低于|高于|不足|上限|封顶|限额|不低于|不少于|管理费|手续费|费率|配合费|逾期|迟延|延迟|不合格|得分|考核(?!合格|通过|证书|后|完)|评分|满意[度率]|合格率|完成率"
    "|变更|增减|误差|溢短|损耗|分摊|承担|扣罚|所有权|注明|金额为|备品|备件|保险|比例不|应付未付|未付|欠|未[^，。；\n]{1,8}的(?:按|付|支付|给)"
)
# The same, said earlier in the sentence
_OTHER_BEFORE: Final = re.compile(
    "违约|逾期|迟延|延期付款|滞纳|解除|终止|取消|退货|退订|中止|每(?:延|迟|拖|晚)|每(?:一)?[日天周]|考核(?!合格|通过|证书|后|完)|评分|得分|如未|未能|未按|中途|砍单|停播|叫停|毁约"
)
_GOES_BACK: Final = re.compile("退还|返还|退回")
_ALREADY: Final = re.compile("收到|上述|前述|该|已付|已支付|已收|其中[^，]{0,6}$")
_BREAKDOWN: Final = re.compile("（(?:其中|含|包括|包含|即)[^（）]*$")
_UP_TO: Final = re.compile(
    "(?:付|支付|付款|拨付|结算|计量|拨款|款项|比例|金额)[^，。；、到\n]{0,8}?(?:到(?!货|场|账|帐|位|期|港|岸|校|厂|家|店|工|达|付|票)|至|达到?)[^，。；\n]{0,12}$"
    "|累计[^，。；\n]{0,14}$|(?<![0-9])达到[^，。；\n]{0,8}$"
)
_KEPT_BACK: Final = re.compile(f"{RETENTION}|扣留|预留|暂扣|留存|留置|暂留|扣下|定金|保证金|押")
_TENTHS: Final = re.compile(
    "(?P<whole>[一二两三四五六七八九])成(?P<half>[一二三四五六七八九半]?)|(?P<alone>半成)|(?P<half_of>一半|半数)|(?<=[付留扣])(?P<cents>[一二三四五六七八九])分(?=[，。；、])|(?P<of>[二三四五六七八])分之(?P<parts>[一二三四五六七])"
)
_BLANK: Final = re.compile(
    r"(?:_{1,}|[【（\[]\s*[】）\]]|-{2,}|[×xX＊*]+|[的付为]\s+|\s{2,})\s*%|百分之(?:_|\s{2}|×|[【（]\s*[】）])"
)

# Between the shares of a list, each has words of its own: 预付30%、到货60%、质保金5%
_AND: Final = re.compile("[及和与并]|以及")
_EACH: Final = re.compile("(?:每|按)(?:个)?(?:季|月|年|期|次|批|半年|笔)")
_LISTED: Final = re.compile("[、+/]|(?<=%)(?=[^）])(?![的（作为])")


class Share(NamedTuple):
    """text[start:end] is `value` of the price.

    A share; or what will have been paid up to then; or what is kept back until later; or what falls due each month.
    """

    start: int
    end: int
    value: float
    kind: Kind = "share"


def has_blank_rate(text: str) -> bool:
    """Whether a percentage was left for filling in, so that nothing can be added up."""
    return _BLANK.search(text) is not None


def retentions(text: str) -> set[float]:
    """The percentages that the text keeps back as 质保金, wherever it says so."""
    found = re.finditer(rf"(?:{RETENTION})[^。；\n]{{0,16}}|[^。；\n]{{0,12}}(?:{RETENTION})", text)
    return {round(rate.value, 6) for match in found for rate in rates(match[0])}


def shares(text: str, start: int, end: int, announced: bool) -> Iterator[Share]:
    """The instalments in text[start:end], as shares of the price.

    Args:
        announced: the heading or the lead-in above says that this is about paying.
    """
    body = text[start:end]
    last: Share | None = None
    for value, at, stop in sorted(_fractions(body), key=lambda found: found[1]):
        share = _share(body, value, at, stop, announced)
        if share is None or (
            last and share.value == last.value and body[last.end : at] in ("（", "，即", "即", "（即")
        ):
            continue
        last = share
        yield share._replace(start=start + at, end=start + stop)


def _fractions(text: str) -> Iterator[tuple[float, int, int]]:
    """(value, start, end) of every percentage, tenth (三成五) and fraction (三分之一) of one per cent to the whole."""
    for rate in rates(text):
        if rate.unit in ("%", "％", "百分之") and 0.01 <= rate.value <= 1:
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
    sentence = max(text.rfind(stop, 0, start) for stop in "。；\n") + 1
    part = max(sentence, text.rfind("，", sentence, start) + 1)
    stop = min((i for mark in "。；，\n" if (i := text.find(mark, end)) >= 0), default=len(text))
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
    kind: Kind = "share"
    if kept or _EACH.search(own_before):
        kind = "kept-back" if kept else "each"
    elif _UP_TO.search(own_before):
        kind = "up-to"
    return Share(start, end, value, kind)
