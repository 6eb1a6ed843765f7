"""The kinds of defects that can be planted, and where each finds its place in a contract.

Each kind looks for the first line it can spoil as a careless or sly drafter would, and says which rules ought to see
it. A kind without a place in a contract plants nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Final, NamedTuple

from hetong.numerals import amounts_in_figures, amounts_in_words, days, integer, rates
from hetong.plant.draft import Draft, Planted, replaced, with_line
from hetong.plant.wordings import reworded


class Defect(NamedTuple):
    """A kind of defect: the rules that ought to see it, and how it is planted."""

    rules: tuple[str, ...]
    plant: Callable[[Draft], Planted | None]


def _first(draft: Draft, spoil: Callable[[str], str | None]) -> Planted | None:
    """The first line of a clause that can be spoilt."""
    for number, text in draft.clauses():
        spoilt = spoil(text)
        if spoilt is not None and spoilt != text:
            return with_line(draft, number, spoilt)
    return None


# ---- figures ---------------------------------------------------------------------------------------------------------
_PAIRED: Final = 30  # characters between an amount in figures and the same in words


def _other_amount(text: str) -> str | None:
    """An amount in figures that stands beside the same in words, with its first digit changed."""
    words = list(amounts_in_words(text))
    for figure in amounts_in_figures(text):
        beside = [w for w in words if abs(w.value - figure.value) < 0.005 and w.start - figure.end < _PAIRED]
        digit = re.search("[0-9]", text[figure.start : figure.end])
        if digit and any(figure.start - w.end < _PAIRED for w in beside):
            at = figure.start + digit.start()
            return replaced(text, at, at + 1, str(int(text[at]) % 9 + 1))
    return None


_PAID: Final = re.compile("(?<![赔垫])付(?!.*(?:承担|分担))")  # shares of a loss are no instalments


def _other_instalment(text: str) -> str | None:
    """The first of several percentages that make up the whole, five points more."""
    found = [rate for rate in rates(text) if rate.unit == "%"]
    if len(found) < 2 or abs(sum(rate.value for rate in found) - 1) > 1e-9 or not _PAID.search(text):
        return None
    first = found[0]
    return replaced(text, first.start, first.end, f"{round(first.value * 100) + 5}%")


_DAILY: Final = re.compile(
    "(?:每|按|逐)(?:逾期|延迟|迟延|延误|超过)?(?:一)?[日天][^。；]{0,24}?万分之[一二三四五六七八]"
)


def _ten_times_the_rate(text: str) -> str | None:
    """Damages of some ten-thousandths a day become as many hundredths."""
    match = _DAILY.search(text)
    return replaced(text, match.start(), match.end(), match[0].replace("万分之", "百分之")) if match else None


_CAP: Final = re.compile(
    "[，；（](?:但|且)?(?:违约金)?(?:(?:累计|总额|总计|合计|最高|最多|上限)[^，。；）]{0,12}(?:不超过|不得超过|以|为限|为)"
    "[^，。；）]{2,30}(?:为限|为止|封顶)?|(?:以|按)[^，。；）]{2,20}封顶|最多不超过[^，。；）]{2,20})[）]?"
)
_CAP_OF_ALL: Final = re.compile("(?:责任|违约金|赔偿)[^。；]{0,24}(?:不超过|不高于|为限|为上限|封顶)")
_CAPS: Final = re.compile("(?:违约金|赔偿|责任|扣|付|罚)[^。]{0,40}(?:不超过|不高于|为限|上限|封顶|最高|最多|至多)")
_RATE_A_DAY: Final = re.compile("[日天][^。；]{0,30}(?:万分之|千分之|‰|%|[0-9]元)")


def _uncapped(text: str) -> str | None:
    """Damages that run by the day, without the words that cap them."""
    for match in _CAP.finditer(text):
        sentence = text[max(text.rfind("。", 0, match.start()), text.rfind("；", 0, match.start())) + 1 : match.start()]
        if _RATE_A_DAY.search(sentence) and re.search("违约金|罚|赔|扣|延误金|减收", sentence):
            return replaced(text, match.start(), match.end(), "")
    return None


def _without_cap(draft: Draft) -> Planted | None:
    """The supplier's damages without their cap; or, in a contract that caps nothing, damages that never had one."""
    if not any(_CAPS.search(text) for _, text in draft.clauses()):
        return reworded("cap-removed")(draft)
    if _is_held(draft):
        return None
    return _first(draft, lambda text: _uncapped(text) if draft.supplier in text[:20] else None)


def _is_held(draft: Draft) -> bool:
    """Whether a cap of the whole liability would hold damages that have none of their own."""
    return any(_CAP_OF_ALL.search(text) and _uncapped(text) is None for _, text in draft.clauses())


# ---- dates -----------------------------------------------------------------------------------------------------------
def _dates_swapped(text: str) -> str | None:
    """A range of dates, its two ends in the other order."""
    found = [day for day in days(text) if day.value]
    for first, second in pairwise(found):
        between = text[first.end : second.start]
        if re.fullmatch("(?:零时|0时)?(?:起)?(?:，)?(?:至|到|—|-|－)", between) and first.value != second.value:
            one, other = text[first.start : first.end], text[second.start : second.end]
            return text[: first.start] + other + between + one + text[second.end :]
    return None


_YEARS: Final = re.compile("(?:为期|期限|共|租期|计)[^。；]{0,6}?([一二两三四五六七八九十]{1,2}|[0-9]{1,2})(?:个)?年")


def _other_term(text: str) -> str | None:
    """A term of some years beside a range of dates: one year more."""
    match = _YEARS.search(text)
    if match is None or sum(1 for day in days(text) if day.value) != 2 or "至" not in text:
        return None
    years = integer(match[1])
    return replaced(text, match.start(1), match.end(1), str((years or 0) + 2)) if years else None


# ---- places that are named -------------------------------------------------------------------------------------------
_ARTICLE: Final = re.compile(
    "(?<![法例定则释])(?:本合同|本协议|依照|按照|按|依|根据|违反)第([一二三四五六七八九十]{1,3}|[0-9]{1,2})条"
)


def _dangling(draft: Draft) -> Planted | None:
    """A reference to an article that the contract has, to one far behind its last."""
    articles = [
        match[1] for _, text in draft.clauses() if (match := re.match("第([一二三四五六七八九十]{1,3})条", text))
    ]
    if len(articles) < 5:
        return None
    last = max(integer(article) or 0 for article in articles)

    def spoil(text: str) -> str | None:
        match = _ARTICLE.search(text, 4)
        return replaced(text, match.start(1), match.end(1), str(last + 9)) if match else None

    return _first(draft, spoil)


def _without_annex(draft: Draft) -> Planted | None:
    """The contract without its annexes, of which at least one is named in a clause."""
    named = any(re.search("(?:见|详见|按|依照|符合|列入|列于)[^。；，]{0,8}附件", text) for _, text in draft.clauses())
    start = next((i for i, line in enumerate(draft.printed) if line.part == "annex"), None)
    if not named or start is None:
        return None
    return Planted(draft.lines[:start], None)


def _other_name(draft: Draft) -> Planted | None:
    """The name of a party in the signature block, with two of its characters exchanged."""
    for number, line in enumerate(draft.printed):
        for name in draft.parties:
            if line.part == "signature" and name in line.text and name.endswith("公司"):
                return with_line(draft, number, line.text.replace(name, name[:2] + "华" + name[3:]))
    return None


# ---- words -----------------------------------------------------------------------------------------------------------
_LAW: Final = "《中华人民共和国民法典》"


def _repealed(draft: Draft) -> Planted | None:
    """The civil code replaced by the contract law that it repealed."""
    for number, line in enumerate(draft.printed):
        if _LAW in line.text and line.part in ("preamble", "clause"):
            return with_line(draft, number, line.text.replace(_LAW, "《中华人民共和国合同法》"))
    return None


def _blank(text: str) -> str | None:
    """An amount rubbed out."""
    for figure in amounts_in_figures(text):
        if text[figure.end - 1] == "元":
            return replaced(text, figure.start, figure.end, "______元")
    return None


_LABELLED: Final = re.compile("(?:账号|帐号|开户行|开户银行|户名|账户名称)：([^，。；：]{2,60})")


def _label_emptied(draft: Draft) -> Planted | None:
    """The name of a party rubbed out behind its label in the opening; else an account in a clause."""
    for number, line in enumerate(draft.printed):
        name = next((name for name in draft.parties if line.text.rstrip().endswith(f"：{name}")), None)
        if line.part == "party" and name:
            return with_line(draft, number, line.text.replace(name, ""))
    return _first(draft, _account_emptied)


def _account_emptied(text: str) -> str | None:
    match = _LABELLED.search(text)
    return replaced(text, match.start(1), match.end(1), "    ") if match else None


_MEASURED: Final = re.compile(
    "(?<=[一-鿿])(?<![第零一二两三四五六七八九十百千万亿元角分])(?:[0-9][0-9,.]{0,11}|[一二三四五六七八九十]{1,3})"
    "(?=个工作日|个月|日内|天内|平方米|%)"
)


def _figure_spaced(text: str) -> str | None:
    """A figure before its unit replaced by spaces, as where an underline was lost."""
    match = _MEASURED.search(text)
    return replaced(text, match.start(), match.end(), "    ") if match else None


def _in_a_line(spoil: Callable[[str], str | None]) -> Callable[[Draft], Planted | None]:
    return lambda draft: _first(draft, spoil)


DEFECTS: Final[dict[str, Defect]] = {
    "amount": Defect(("PRC002",), _in_a_line(_other_amount)),
    "instalments": Defect(("PRC004",), _in_a_line(_other_instalment)),
    "daily-rate": Defect(("LGL011",), _in_a_line(_ten_times_the_rate)),
    "cap-removed": Defect(("LGL010", "LGL011", "LGL012"), _without_cap),
    "dates-swapped": Defect(("DOC008",), _in_a_line(_dates_swapped)),
    "term": Defect(("DOC008",), _in_a_line(_other_term)),
    "reference": Defect(("DOC002",), _dangling),
    "annex-vanished": Defect(("DOC005",), _without_annex),
    "name-in-signature": Defect(("DOC004",), _other_name),
    "repealed-law": Defect(("DOC012",), _repealed),
    "blank": Defect(("DOC001",), _in_a_line(_blank)),
    "blank-label": Defect(("DOC001",), _label_emptied),
    "blank-space": Defect(("DOC001",), _in_a_line(_figure_spaced)),
    "service-perpetual": Defect(("SRV001", "SRV002"), reworded("service-perpetual")),
    "service-unlimited": Defect(("SRV002", "SRV003", "SRV005", "SRV006"), reworded("service-unlimited")),
    "change-free": Defect(("LGL001", "LGL002", "LGL003"), reworded("change-free")),
    "change-oral": Defect(("LGL004",), reworded("change-oral")),
    "standard-subjective": Defect(("DEL008",), reworded("standard-subjective")),
    "liability-unlimited": Defect(("LGL006", "LGL007"), reworded("liability-unlimited")),
    "pay-when-paid": Defect(("PRC007",), reworded("pay-when-paid")),
    "court-and-arbitration": Defect(("LGL024",), reworded("court-and-arbitration")),
    "deposit": Defect(("PRC011",), reworded("deposit")),
    "price-by-one-side": Defect(("PRC018", "LGL002"), reworded("price-by-one-side")),
    "secret-forever": Defect(("LGL033",), reworded("secret-forever")),
}
