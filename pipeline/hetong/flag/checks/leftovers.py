"""DOC013: what the drafter of a form left in: choices that nobody made, and notes that tell how to use the form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from hetong.document import Blank, Span
from hetong.flag.checks.options import Group, groups
from hetong.flag.checks.stretch import SENTENCE, end_of, start_of
from hetong.flag.context import negated
from hetong.flag.kinds import Hit
from hetong.flag.matching import Match
from hetong.flag.view import READ_KINDS, View
from hetong.fold import fold
from hetong.rulebook import Rule

_BRACKET: Final = r"[^）】\]\n]"
# (words of which one must be in the text, pattern): most contracts hold none of the words, and looking for one is cheap
_NOTES: Final = tuple(
    (tuple(words.split()), re.compile(pattern))
    for words, pattern in (
        (
            "选一 择一 任选 多选",
            "(?:二选一|三选一|二择一|任选其一|任选一种|多选一|择一(?:填写|适用|勾选|选择))",
        ),
        (
            "请",
            "请(?:自行)?(?:删除|删去|勾选|在[^。；，\\n]{1,12}(?:打|划)[√勾]|选择(?:其一|一项|以下)|据实填写"
            "|根据[^。；，\\n]{1,12}(?:填写|修改|选择|调整))",
        ),
        (
            "注： 说明： 提示： 备注：",
            f"[（【\\[](?:编者)?(?:注|说明|提示|备注|使用说明|填写说明)：{_BRACKET}{{0,60}}"
            f"(?:填写|选择|选用|删除|修改|酌情|根据(?:需要|实际|具体)|可不){_BRACKET}{{0,60}}[）】\\]]",
        ),
        (
            "注： 说明：",
            "(?:注|说明)：[^。；\\n]{0,24}(?:按填写说明|据实填写|根据(?:实际|具体)情况(?:填写|修改|选择|调整)|请删除|可根据)",
        ),
        (
            "可选 选填 如有请填 如无请删 （根据 【根据 [根据",
            f"[（【\\[](?:可选|选填|如有请填|如无请删|根据{_BRACKET}{{0,8}}情况"
            f"(?:可选|选择|选用|填写|删减|调整|修改)){_BRACKET}{{0,8}}[）】\\]]",
        ),
        ("√选", '[（【\\[]"?用"?√"?选[定择][）】\\]]'),
        ("（建议 【建议 [建议", f"[（【\\[]建议(?!书|稿|人|案|函|表){_BRACKET}{{1,16}}[）】\\]]"),
        (
            "仅供 仅作",
            "(?:本|该|以下|此)(?:合同|协议|条款?|范本|模板|文本|格式|内容)[^。；，\\n]{0,10}仅(?:供|作)(?:双方)?参考"
            "|仅(?:供|作)(?:谈判|起草|签约)?参考[^。；\\n]{0,4}(?:以|甲方有权|签署|签订|最终|正式|请)"
            "|仅(?:供|作)参考，[^。；\\n]{0,24}(?:签约|签订|正式合同)",
        ),
        (
            "如不适用 如无此项 如不需要 如未约定",
            "如(?:不适用|无此项|不需要|未约定)[^。；\\n]{0,4}(?:请|可)?(?:删除|划去|删去|划掉)",
        ),
        (
            "范本 模板 样本",
            "(?:合同|协议)(?:范本|模板|样本)(?:下载|网|说明|使用|仅|，请)|(?:本|此)(?:范本|模板)[^。；，\\n]{0,10}(?:使用|供|适用|仅)",
        ),
        (
            "示范 格式 标准文本",
            "本(?:示范|标准|合同)?(?:格式|文本)[^。；，\\n]{0,6}(?:适用于|供[^。；，\\n]{1,16}(?:使用|参照|选用))",
        ),
        (
            "线处 线上 白处 空格处 空栏 填空",
            "(?:横线|划线|下划线|空白|空格|空栏|填空)(?:处|上|栏|部分)?[^。；\\n]{0,18}"
            "(?:填写|填入|填上|补填|(?:注明|写|填)[\"'“]?(?:无|不适用|/))",
        ),
        # what Word prints in the place of a reference whose target is gone
        (
            "错误 Error!",
            "错误[!！](?:未找到引用源|未定义书签|未指定|文档中没有)[^\\n]{0,12}?。?"
            "|Error! (?:Reference|Bookmark)[^.\\n]{0,30}[.]?",
        ),
    )
)
_NO_NOTE: Final = re.compile(
    "保函(?:格式|样本)|发票样本|附件[^。；，\\n]{0,12}(?:样本|格式)"
    "|报价[^。；，\\n]{0,4}仅供参考|图片[^。；，\\n]{0,6}仅供参考"
)


# A handover sheet is filled in at the handover, and a note printed on an official form leaves nothing open
_SHEET: Final = re.compile("交割|交接|交还|交付清单|验收(?:单|表|清单)|移交|查验|检查表|确认单|确认书|点检")
_PRINTED_NOTE: Final = re.compile(
    "标有[^，。；\\n]{1,4}号的?(?:条款|栏|项)|本(?:示范)?文本[^。；，\\n]{0,6}(?:适用于|供)"
)


def template_notes(view: View, _rule: Rule, _found: Sequence[Match]) -> Iterator[Hit]:
    """One hit for the choices that nobody made and the notes to the person who fills in the form.

    It stands at the first that leaves something open; low when there are only printed notes and handover sheets.
    """
    spans = [Span(blank.start, blank.end) for blank in view.once(leftovers)]
    if spans:
        first = next((span for span in spans if not _is_harmless(view, span)), None)
        place = first or spans[0]
        others = tuple(span for span in spans if span != place)
        yield Hit(place, (place,), related=others, severity=None if first else "low")


def _is_harmless(view: View, span: Span) -> bool:
    """Whether it is a note printed on an official form, or stands in an annex that is filled in at the handover."""
    if _PRINTED_NOTE.search(view.text, span.start, span.end):
        return True
    clause = view.contract.clause_at(span.start)
    if clause is None or clause.kind != "annex":
        return False
    return any(_SHEET.search(fold(part)) for part in (*clause.path, view.text[clause.start : clause.start + 60]))


def leftovers(view: View) -> tuple[Blank, ...]:
    """The choices without a tick and the drafting notes of a contract, in order; the signature block is left out."""
    choices = (Blank(*group.span, "option") for group in view.once(choices_of) if not group.ticked)
    notes = (Blank(*span, "note") for span in _notes(view))
    return tuple(sorted((b for b in chain(choices, notes) if _is_read(view, b.start)), key=lambda b: (b.start, b.end)))


def choices_of(view: View) -> list[Group]:
    """The groups of boxes to tick in a contract."""
    return groups(view.text)


def _is_read(view: View, position: int) -> bool:
    clause = view.contract.clause_at(position)
    return clause is not None and (clause.kind in READ_KINDS or clause.kind == "parties")


def _notes(view: View) -> Iterator[Span]:
    """The drafting notes; of notes that overlap the first."""
    text = view.text
    found = [
        match for words, pattern in _NOTES if any(word in text for word in words) for match in pattern.finditer(text)
    ]
    end = 0
    for match in sorted(found, key=lambda m: m.span()):
        if match.start() >= end and not _is_no_note(view, Span(*match.span())):
            yield Span(*match.span())
            end = match.end()


def _is_no_note(view: View, span: Span) -> bool:
    """Whether the sentence denies it or speaks of a form that the parties use later on."""
    start, end = start_of(view.text, span.start, SENTENCE), end_of(view.text, span.end, SENTENCE)
    unit = view.sentence_at(span.start)
    return _NO_NOTE.search(view.text, start, end) is not None or (unit is not None and negated(view, unit, span))
