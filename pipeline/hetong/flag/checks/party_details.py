"""DOC011: what the opening and the signatures do not say about the parties, in one finding a contract."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hetong.document import Contract
from hetong.flag.checks.names import LABELS, Named, names_given
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import View
from hetong.fold import fold
from hetong.rulebook import Rule

CLAUSES: Final = 6  # clauses that a whole contract has at least; an excerpt need not be signed
_COMPANY: Final = re.compile("公司|(?:厂|集团|合作社|商行|经营部|批发部|服务部|门市部|事务所|工作室)$")
_ADDRESS: Final = re.compile(
    "地 {0,9}址|住 {0,9}[所址]|所 {0,3}在 {0,3}地|厂 {0,3}址|注册地|办公地|经营场所：|通讯处|[Aa]ddress"
)
_GIVEN: Final = re.compile(rf"(?:{_ADDRESS.pattern})[^：，。\n]{{0,8}}：")
_ACTS: Final = re.compile(
    "法 {0,6}定 {0,6}代|法人代表|负 ?责 ?人|代 {0,6}表|代理人|经 {0,6}[办手]|签署人|联 ?[系络] ?人|对接 ?人|经营者"
    "|[Rr]epresentative|(?:院|校|厂|店|所|站|理事|董事)长|总经理"
)
_CODE: Final = re.compile("信用代码|营业执照|执照号|纳税人识别号|税 {0,3}号|注册号|机构代码|登记号")
_SIGNED: Final = re.compile(
    r"(?:盖 {0,4}章|签 {0,4}[字章名署]|公 {0,4}章|印章|手印|（章)[^。；\n]{0,8}[：）]"
    r"|[：）] {0,9}（?(?:盖章|签字|签章|公章)"
    r"|(?:甲 {0,9}方|乙 {0,9}方|[买卖供需]方|[一-鿿]{2}[方人]) {0,9}(?:（[^（）\n]{0,12}）)?(?:代表|签)"
    r"|代 ?表 ?人?(?:（?签[字名章]）?)? {0,4}：|[Ss]ignature|[Ss]igned|THE (?:SELLER|BUYER)"
)
# A place to sign may stand in a table of the parties at the head, its label broken over lines
_SIGNING_CELL: Final = re.compile(
    r"签\s{0,3}[字章署名]\s{0,3}[栏页]"
    r"|^[ ]{0,9}[^\n，。；：]{0,10}（(?:盖章|签章|签字|公章|签字盖章)）[ ：]{0,9}$",
    re.MULTILINE,
)
# Both parties side by side behind the clauses, with room for a seal and no word that says so
_SIDE_BY_SIDE: Final = re.compile(
    r"^ {0,9}(?:甲|卖|供|出租|发包|委托) {0,4}方[^\n：]{0,9}："
    r"[^\n]{0,60} (?:乙|买|需|承租|承包|受托) {0,4}方[^\n：]{0,9}：",
    re.MULTILINE,
)
_DATED: Final = re.compile(
    "日 {0,4}期|时 {0,4}间：|签署日|签约|签订于|年[ _0-9]{0,9}月|[Dd]ate|[0-9]{4}[年./-]|[一二][九〇零○]"
)
_PARTY_LINE: Final = re.compile(rf"^ {{0,9}}(?:[^\n：]{{0,10}}（)?(?P<label>{LABELS})[^\n：]{{0,12}}：", re.MULTILINE)
_NONE: Final = re.compile("电子(?:签|合同)|电子章|在线签署|点击")
_FIELDS: Final = (
    (_ADDRESS, "住所或地址", "address"),
    (_ACTS, "法定代表人或经办人", "legal representative or agent"),
    (_CODE, "统一社会信用代码", "credit code"),
    (_DATED, "签订日期", "date of signing"),
)


def party_details(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """One hit a contract, with all that is missing: low for details of companies, medium for a missing signature.

    Contracts between people and short forms need no company's details; blanks are for DOC001 to tell.
    """
    contract = view.contract
    text = fold(contract.text)
    if sum(c.kind == "clause" for c in contract.clauses) < CLAUSES:
        return
    unsigned = not _is_signed(contract, text)
    company = next((named for named in names_given(text) if _is_company(named)), None)
    missing = _missing(contract, text, company) if company else []
    if unsigned:
        missing.insert(0, ("签署栏", "signature block"))
    if missing:
        values = {"missing": "、".join(zh for zh, _ in missing), "missing_en": ", ".join(en for _, en in missing)}
        place = company.place if company else None
        yield Hit(place, (place,) if place else (), values=values, severity="medium" if unsigned else "low")


def _is_company(named: Named) -> bool:
    """Whether a company is one of the two sides; agents and guarantors are often only named."""
    return _COMPANY.search(named.name) is not None and named.labels.isdisjoint(("丙方", "丁方"))


def _missing(contract: Contract, text: str, company: Named) -> list[tuple[str, str]]:
    """The details that nothing says beside the parties; without address, or without agent and code, they are told."""
    heads = [(c.start, c.end) for c in contract.clauses if c.kind in ("title", "parties", "preamble", "signature")]
    heads += [(company.place.end, company.place.end + 300), (max(0, len(text) - 600), len(text))]
    missing = [(zh, en) for pattern, zh, en in _FIELDS if not any(pattern.search(text, *part) for part in heads)]
    if ("住所或地址", "address") not in missing and not _has_address(text, company):
        missing.insert(0, ("住所或地址", "address"))
    names = {en for _, en in missing}
    told = "address" in names or {"credit code", "legal representative or agent"} <= names
    return missing if told else []


def _has_address(text: str, company: Named) -> bool:
    """Whether an address or code stands below the company's name or seal, or addresses of both sides stand anywhere."""
    starts = [company.place.end, *(m.end() for m in _PARTY_LINE.finditer(text) if m["label"] in company.labels)]
    for start in starts:
        following = _PARTY_LINE.search(text, start, start + 300)
        end = following.start() if following else start + 300
        if _ADDRESS.search(text, start, end) or _CODE.search(text, start, end):
            return True
    return len(_GIVEN.findall(text)) > 1


def _is_signed(contract: Contract, text: str) -> bool:
    """Whether there is a place to sign, or the contract is signed electronically."""
    if any(c.kind == "signature" for c in contract.clauses) or _NONE.search(text):
        return True
    first = next((c.start for c in contract.clauses if c.kind == "clause"), 0)
    return (
        _SIGNED.search(text, len(text) // 3) is not None
        or _SIGNING_CELL.search(text) is not None
        or _SIDE_BY_SIDE.search(text, first) is not None
    )
