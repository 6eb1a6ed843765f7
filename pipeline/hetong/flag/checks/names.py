"""Where a contract gives a party its name: 甲方（采购人）：… in the opening, 甲方（盖章）：… at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from hetong.document import Span

LABELS: Final = (
    "甲方|乙方|丙方|丁方|买方|卖方|供方|需方|(?:委托|受托|发包|承包|出租|承租|定作|承揽|采购|供应|供货|服务|许可|被许可|转让|受让|托运|承运|出借"
    "|借款|存货|保管|招标|中标|承建|加工)[方人商]|买受人|出卖人|供应商|服务商|业主|客户|(?:用人|用工|托运|承运|委托|受托|承包|发包|承租|出租|采购)单位"
)
_LABEL: Final = re.compile(
    rf"(?<![一-鿿])(?P<label>{LABELS})(?P<more>(?: {{0,4}}[（/、][^（）\n：]{{1,16}}[）]?){{0,3}})"
    r" {0,4}(?:：|(?<=[） ]))"
)
_LINE: Final = re.compile(rf"^ {{0,9}}(?:（? ?)?(?=(?:{LABELS})[ （/：])", re.MULTILINE)
_ORGANISATION: Final = (
    "公司|集团|厂|医院|大学|学院|学校|中学|小学|幼儿园|研究院|研究所|事务所|合作社|委员会|商行|经营部|批发部|服务部|门市部|工作室|中心"
    "|管理所|管理处|支行|分行|银行|局|厅|政府"
)
_NAME: Final = re.compile(
    r"[ _]{0,40}(?P<name>(?!.{0,3}(?:公司|单位)?(?:名称|地址|住所|法定|代表|电话|签|盖))"
    rf"[一-鿿A-Za-z0-9（）·]{{2,36}}?(?:{_ORGANISATION}))"
    r"[ _]{0,9}(?=$|[ ，。；_]|（[^（）]{0,6}[章名字]）|（(?:以下|下|简|[A-Z])|统一|地址|住所)"
)
_SIGNS: Final = re.compile("[章名字]")
_FILLER: Final = re.compile("[×_某]|[Xx*]{2}|{{|\\$|公司名称|单位名称|指定|^(?:该|本|各)")


# A seal without a label: X有限公司（盖章）, X有限公司 授权代表：
_SEALED: Final = re.compile(
    rf"^ {{0,9}}(?P<name>[一-鿿A-Za-z0-9·]{{2,36}}?(?:（[一-鿿]{{2,6}}）[一-鿿]{{2,20}}?)?(?:{_ORGANISATION}))"
    r"(?:[ _]{0,9}（[^（）\n]{0,6}章）| {1,9}(?:授权|法定)?代表人?(?:（[^（）\n]{0,4}）)?：)",
    re.MULTILINE,
)


class Named(NamedTuple):
    """A name with its place, and the labels of the party that the text gives it to."""

    labels: frozenset[str]
    name: str
    place: Span


def names_given(text: str) -> Iterator[Named]:
    """The organisations that folded text names beside the label of a party at the start of a line, or right below it.

    Blanks and placeholders are no names; neither are people, whose signatures may be those of agents.
    """
    for line in _LINE.finditer(text):
        end = text.find("\n", line.end())
        end = len(text) if end < 0 else end
        if end - line.end() > 300:
            continue
        for label in _LABEL.finditer(text, line.end(), end):
            labels = {label["label"], *re.findall(LABELS, label["more"])}
            if {"甲方", "乙方"} <= labels:
                continue
            match = _NAME.match(text, label.end(), end) or _below(text, label, end)
            if match and not _FILLER.search(match["name"]):
                yield Named(frozenset(labels), match["name"], Span(match.start("name"), match.end("name")))


def seals(text: str) -> Iterator[Named]:
    """The organisations that folded text gives a place to seal without the label of a party."""
    for match in _SEALED.finditer(text):
        if not _FILLER.search(match["name"]):
            yield Named(frozenset(), match["name"], Span(match.start("name"), match.end("name")))


def _below(text: str, label: re.Match[str], end: int) -> re.Match[str] | None:
    """The name on the line below a label that asks for a seal and has nothing behind it."""
    if not _SIGNS.search(label["more"]) or text[label.end() : end].strip(" _"):
        return None
    stop = text.find("\n", end + 1)
    stop = len(text) if stop < 0 else stop
    match = _NAME.match(text, end + 1, stop)
    return match if match and not text[match.end() : stop].strip(" _").strip("（盖公章）") else None


def bare(name: str) -> str:
    """A name without what people write differently: brackets, blanks, 责任."""
    return re.sub(r"[（）() ·]", "", name).replace("有限责任公司", "有限公司")
