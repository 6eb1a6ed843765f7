"""Places that nobody filled in and that show no blank to write on: a label with nothing behind it, a lost underline."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from hetong.document import Clause, Span
from hetong.flag.checks.stretch import LINE, end_of, start_of
from hetong.flag.view import View
from hetong.fold import fold

_OPENING: Final = ("title", "parties", "preamble")
_LINES: Final = 8  # lines below a label that are looked at for its value
_ENGLISH: Final = "(?: {0,2}(?:The )?[A-Z][A-Za-z]{2,12})?"
_NOTE: Final = r"(?: {0,3}（[^（）\n]{0,40}）){0,2}"
_PARTY: Final = (
    "[甲乙丙丁戊]方|[买卖供需购售]方|(?:出租|承租|买受|出卖|发包|承包|委托|受托|抵押|抵押权|担保|保证|出借|借款|贷款|转让|受让"
    "|许可|被许可|让与|收货|发货|托运|承运|保管|寄存|存货|定作|承揽|监理|招标|投标|中标|用工|采购|供货|服务|建设|施工|设计"
    "|勘察|咨询|代理|聘用|受聘|用人|合作|披露|接收)[人方](?!式)|用人单位|劳动者|业主|租户|房东|客户|供应商|中介(?:方|机构)"
    "|居间(?:方|人)|见证(?:方|人)|第三方|(?:院|校|港|品牌|订购|承办|承建|安装|维护|进货|供应|销售)方|雇请人|雇用家庭|建房户"
    '|(?:使用|客户|委托|受托|建设|施工|托运|承运|出租|承租|保管|受聘)单位|[一-鿿]{2,8}(?=（[^（）\\n]{0,12}[甲乙丙丁]方["”]?）)'
)
# Of a party or of an account: asked in the opening and in clauses on payment and notices
_DETAIL: Final = (
    "(?:联系|通讯|通信|注册|邮寄|送达|收件|收货|单位|公司|办公|营业)?地 {0,6}址|住 {0,6}所 {0,6}地?|住 {0,6}址"
    "|法定代表人|法人代表|(?:项目)?负责人(?:姓名)?|(?:授权|委托)代[表理]人|(?:项目)?联 {0,4}系 {0,4}人|收件人|经办人"
    "|联系方式|(?:联系|固定|移动|手机|办公)?电 {0,6}话(?:号码)?|手 {0,4}机(?:号码?)?|传 {0,6}真|邮 {0,4}编|邮政编码"
    "|(?:电子)?邮 {0,4}箱|电子邮件(?:地址)?|电子信箱|微信号?|电报挂号|电传|(?:单位|公司|企业|开户)名 {0,6}称"
    "|(?:持有)?身份证(?:件)?(?:号码?)?|证件号码?|证件类型及(?:编号|号码)|(?:统一社会)?信用代码|营业执照(?:号码?|注册号)?"
    "|纳税人识别号|税 {0,4}号|户 {0,6}名|(?:收款|银行|开户)?[账帐] {0,4}户(?:名称?)?|开户名|开户银?行(?:名称)?|收款银行"
    "|(?:银行|收款)?[账帐] {0,6}号|银行卡号|收款(?:人|单位)"
)
_OF_THE_WHOLE: Final = "(?:合同|协议)?编 {0,6}号|项目名称|签[订约]地点|名 {0,6}称|姓 {0,6}名|全称|国 {0,4}籍"
_BY_HAND: Final = "签[订约](?:时间|日期)|日 {0,6}期"  # no blank, but the label before it is empty
_LABEL: Final = re.compile(
    rf"(?:(?<![一-鿿A-Za-z0-9])|(?<=[至到入]))(?=[^\s：])(?:(?P<party>{_PARTY}){_ENGLISH}{_NOTE} {{0,2}})?"
    rf"(?:(?P<detail>{_DETAIL})|(?P<whole>{_OF_THE_WHOLE})|(?P<by_hand>{_BY_HAND}))?{_ENGLISH}{_NOTE} {{0,4}}："
    r"(?: ?[A-Z][A-Za-z .-]{1,24}：)?"
)
_LONGEST: Final = 70  # characters of a label
_COLON: Final = re.compile(r"：(?=[\s（]|$|[一-鿿 ]{2,12}[：（])")  # behind which there may be nothing
_ANNOUNCES: Final = re.compile("[账帐] {0,4}户|联系方式|收款(?:人|单位)")  # or is a heading over the details below
_NAMED_BELOW: Final = re.compile(
    r" {0,8}(?:(?:单位|公司|企业)?名 {0,6}称|姓 {0,6}名|全 {0,4}称|公司)(?:（[^）\n]{0,30}）)?："
)
_CALLED: Final = re.compile(r" {0,8}（?(?:以下)?(?:简?称)?(?:为)?[：\" ]{0,3}[甲乙丙丁]方\"?）?(?= *(?:\n|\t|$))")
_SIGNED: Final = re.compile("签字|签章|签名|签署|盖章|公章|印章|（章）")
# A line that is no value of the label above it
_LINE_LABEL: Final = re.compile(r"\s{0,20}[^\s：0-9][^：\n0-9]{0,24}：")
_EMPTY_LINE_LABEL: Final = re.compile(r"[^：\n]{1,40}：(?:\s|（[^）\n]{0,20}）)*")
_ITEM: Final = re.compile(r"\s{0,20}(?:（[一1]）|1[.、．）])")  # the first of a list
_NO_VALUE: Final = re.compile(
    r"\s{0,20}(?:第[^\s，。]{1,5}[条章节]|第[^\s，。]{1,3}部分|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十0-9]{1,2}）"
    r"|[0-9]{1,2}[.、．）](?![0-9])|鉴于|根据|依据|按照|为了|甲乙|双方|兹|目 {0,8}录)"
    r"|[^\n]*[，。；]|[^\n]{0,30}(?:合同|协议书?|条款|说明)(?:书|（[^）\n]{0,20}）)?\s*$"
)
_NUMBER: Final = "0-9一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾佰仟百千万亿零几数半整每多各"
_GAP: Final = re.compile(
    r"(?=[： ])(?:"
    # 付款方式如下：。 and 费用：⏎。
    r"(?<=[一-鿿）])：(?=[，。；]|\n {0,4}[，。；])"
    # 抵押权人为   。 坐落于   ，
    r"|(?<=于)(?<![关由终至鉴基对]于) {1,40}(?=[，。；])|(?<=为)(?<![行作成认因以称变视]为) {1,40}(?=[，。；])"
    # 坐落于湖北省武汉市        门面
    r"|(?<=[省市区县]) {4,40}(?=[^\s0-9（])|(?<=位于) {4,40}(?=\n|$|的)"
    # 使用面积    平米
    rf"|(?<=[一-鿿）：])(?<![{_NUMBER}]) {{2,40}}"
    r"(?=个?工作日|个月(?!份)|[日天](?=[内之以前后])|元(?=[，。；/（整])|[%‰]|平方米|平米|㎡|倍(?=[的，。支计])|[台套人次件](?=[，。；、）以])|年(?=[以之内，。；整期]))"
    # the underline was lost on the way: 租金总额 %的违约金
    rf"|(?<=[一-鿿])(?<![{_NUMBER}]) (?=[%‰]|倍(?=[的，。支计]))"
    r"|(?<=[共积约为]) (?=平方米)|(?<=[共期满在计前逾超过]) (?=个月(?!份))"
    r")"
)
_PLACE: Final = re.compile("(?:位于|[坐座]落于?)[^ ，。；：\n]{0,20}$")
_WRITTEN: Final = re.compile(r"[^ ，。；\n]{1,24} {2,}|[^ ，。；\n]{0,16}[路街号室楼]")


def unfilled(view: View) -> list[Span]:
    """The empty labels and the gaps without an underline, in order; a label is quoted with its colon."""
    text = _with_tabs(view.contract.text)
    found = [Span(m.start(), m.end()) for m in _GAP.finditer(text) if not _is_filled_place(text, m)]
    for colon in _COLON.finditer(text):
        label = _label_before(text, colon)
        clause = view.contract.clause_at(label.start()) if label else None
        if label and clause and _is_asked(text, clause, label) and _is_empty(text, label):
            found.append(Span(label.start(), _end_of_room(text, label.end())))
    return sorted(found)


def _label_before(text: str, colon: re.Match[str]) -> re.Match[str] | None:
    """The label that ends with a colon."""
    least = max(0, colon.start() - _LONGEST)
    line = max(text.rfind("\n", least, colon.start()) + 1, least)
    labels = (label for label in _LABEL.finditer(text, line, colon.end()) if label.end() == colon.end())
    return next((label for label in labels if _says(label)), None)


def _with_tabs(raw: str) -> str:
    text = fold(raw)
    return "".join("\t" if a == "\t" else b for a, b in zip(raw, text, strict=True)) if "\t" in raw else text


def _is_filled_place(text: str, gap: re.Match[str]) -> bool:
    """Whether a gap behind 市 or 区 is no missing address: it is not of a place, or the address goes on behind it."""
    if text[gap.start() - 1] not in "省市区县":
        return False
    named = _PLACE.search(text, max(0, gap.start() - 24), gap.start())
    return named is None or _WRITTEN.match(text, gap.end()) is not None


def _says(label: re.Match[str]) -> bool:
    return any(label.group("party", "detail", "whole", "by_hand"))


def _is_asked(text: str, clause: Clause, label: re.Match[str]) -> bool:
    """Whether a label asks for something here: all do in the opening, those of accounts and contacts in clauses."""
    if label["by_hand"] or _SIGNED.search(label[0]):
        return False
    if clause.kind in _OPENING:
        return True
    line = min(start_of(text, label.start(), LINE), max(0, label.start() - 80))
    return clause.kind == "clause" and label["detail"] is not None and not _SIGNED.search(text, line, label.start())


def _end_of_room(text: str, position: int) -> int:
    """Where the spaces behind a label end."""
    end = position
    while text[end : end + 1] == " ":
        end += 1
    return end


def _is_empty(text: str, label: re.Match[str]) -> bool:
    """Whether nothing stands behind a label: neither in its line or cell nor, as its value, in the lines below."""
    called = _CALLED.match(text, label.end()) if label["party"] and not label["detail"] else None
    position = _end_of_room(text, called.end() if called else label.end())
    behind = text[position : position + 1]
    if behind == "\t":
        cell = re.compile(r"[\t ]+").match(text, position)
        position = cell.end() if cell else position
        behind = text[position : position + 1]
        if behind in ("", "\n"):
            return _SIGNED.search(text, max(0, label.start() - 60), label.start()) is None
    if behind in ("", "\n"):
        return _nothing_below(text, position, label)
    following = _LABEL.match(text, position)
    if following is None or not _says(following):
        return False
    line_end = end_of(text, following.end(), LINE)
    return bool(text[following.end() : line_end].strip()) or _nothing_below(text, line_end, label)


def _nothing_below(text: str, position: int, label: re.Match[str]) -> bool:
    """Whether the lines below a label that ends its line hold no value of it: a value is short and has no label."""
    lines = [line for line in text[position : position + 600].split("\n") if line.strip()][:_LINES]
    if lines and _CALLED.fullmatch(lines[0].rstrip()):
        lines = lines[1:]
    if not lines:
        return True
    heading = label["party"] and not (label["detail"] or label["whole"])
    if heading and _NAMED_BELOW.match(lines[0]):
        return False
    if _ANNOUNCES.search(label[0]) and (_LINE_LABEL.match(lines[0]) or _ITEM.match(lines[0])):
        return False
    empty = 0
    while empty < len(lines) and _EMPTY_LINE_LABEL.fullmatch(lines[empty]):
        empty += 1
    values = 0
    while empty + values < len(lines) and _is_value(lines[empty + values]):
        values += 1
    return values == 0 or (values == 1 and empty > 0)


def _is_value(line: str) -> bool:
    return not _LINE_LABEL.match(line) and not _NO_VALUE.match(line)


def with_unfilled(places: Iterable[Span], view: View) -> list[Span]:
    """Some blanks and, in order between them, the unfilled places that touch none of them."""
    known = list(places)
    rest = [span for span in unfilled(view) if not _touches(known, span)]
    return sorted([*known, *rest])


def with_prompts(places: Iterable[Span], view: View) -> list[Span]:
    """Some blanks and, in order between them, the fields of the file that show nothing but their prompt."""
    text = view.contract.text
    prompts = [
        Span(note.at, note.at + len(note.text))
        for note in view.contract.asides
        if note.kind == "placeholder" and note.at is not None and text.startswith(note.text, note.at)
    ]
    known = [place for place in places if not _touches(prompts, place)] if prompts else list(places)
    return sorted([*known, *prompts])


def _touches(known: Sequence[Span], span: Span) -> bool:
    """Whether a place overlaps one of some places in order."""
    index = bisect_left(known, (span.end, 0)) - 1
    return index >= 0 and known[index].end > span.start
