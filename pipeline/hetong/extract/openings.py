"""What the first characters of a printed line tell: the number of a clause or list, the label of a form."""

from __future__ import annotations

import re
from typing import Final

from hetong.fold import fold

# The patterns are for folded text: full-width digits, letters and dots are ASCII, brackets and colons Chinese.
_HAN: Final = "[〇零一二三四五六七八九十百千两]{1,6}"
_REFERRED: Final = (
    "的|规定|约定|所|和|或|及|与|第|款|项|項|中|之|至|到|[、，。；）]"  # 第三条的…: the article is only named
)
_UNIT: Final = (
    "[%％‰万萬亿億千百元倍米吨噸折个個年月日天项項款条條号號版㎡°]|平方|公[里斤]|小时|小時|工作日|[a-zA-Z]"  # 3.5万元
)
_NUMBER: Final = re.compile(
    rf"""
      第\s*(?:{_HAN}|[0-9]{{1,4}}(?:\.[0-9]{{1,2}}){{0,3}})\s*(?:(?:[编編章节節条條]|部[分份])(?!{_REFERRED}|\s*[0-9.]{{1,6}}\s*[条款项])|款(?=[\s：]))
    | {_HAN}\s*[、.]
    | （\s*(?:{_HAN}|[0-9]{{1,2}}|[a-zA-Z]|[ivx]{{1,4}})\s*）(?!\s*[项項款條条目])
    | [0-9]{{1,2}}\s*[、）]
    | [0-9]{{1,2}}\s*\.(?![0-9])
    | [0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,4}}+(?![0-9，。；])(?!\s*(?:{_UNIT}))
    | [a-zA-Z][.、）](?![a-zA-Z0-9])
    | [①-⑳㈠-㈩⑴-⒛●■◆◇○□☑☐★▲➢\uf06c\uf0d8\uf0b2\uf06e](?![，。；])
    """,
    re.VERBOSE,
)
_NUMBER_OPENS: Final = re.compile(
    "[第（(0-9０-９a-zA-Z〇零一二三四五六七八九十百千两⼀⼆⼋⼗①-⑳㈠-㈩⑴-⒛●■◆◇○□☑☐★▲➢\uf06c\uf0d8\uf0b2\uf06e]"
)
_PARTY: Final = (
    "[甲乙丙丁]方|[买卖供需]方"
    "|(?:出租|承租|发包|承包|委托|受托|采购|供应|转让|受让|出借|借款|担保|保证|用人|劳动)[方人者商]"
)
_DETAIL: Final = (
    "(?:法定|授权|委托)代[表理]人?|代表人?|负责人|经办人|联系人|(?:通讯|联系)?地址|住[所址]|(?:联系)?电话|传真"
    "|邮[编箱]|邮政编码|电子邮[箱件]|开户(?:银)?行|[账帐][号户]|户名|税号|纳税人识别号|统一社会信用代码|身份证号码?"
    "|签订(?:地点|日期|时间)|签[字章名]|盖章|日期|合同编号|项目名称|项目编号|职务|姓名"
)
_REMARK: Final = "(?:（[^（）]{0,16}）)?"  # （盖章）
_LABEL: Final = re.compile(
    rf"(?:{_PARTY}|{_DETAIL}){_REMARK}：|[\u4e00-\u9fff]{{2,6}}（(?:以下)?(?:简称)?[甲乙丙丁]方）[：_]"
)
_ANY_LABEL: Final = re.compile(rf"[\u4e00-\u9fff]{{2,12}}{_REMARK}：")
_LABELLED: Final = re.compile("[:：_]")
_HEAD: Final = 40  # characters of a line in which number or label must stand


def opens_with_number(text: str) -> bool:
    """Whether a line begins with the number of a clause or of a list item, not with a number of its sentence."""
    return _NUMBER_OPENS.match(text) is not None and _NUMBER.match(fold(text[:_HEAD])) is not None


def opens_with_label(text: str) -> bool:
    """Whether a line begins with a label that contracts use for the parties and their details: 甲方：, 地    址：."""
    return _LABELLED.search(text[:_HEAD]) is not None and _LABEL.match(_squeezed(text)) is not None


def are_labelled(*lines: str) -> bool:
    """Whether all of several lines begin with some label, as the rows of a form do."""
    return all(_LABELLED.search(line[:_HEAD]) and _ANY_LABEL.match(_squeezed(line)) for line in lines)


def _squeezed(text: str) -> str:
    """The beginning of a line, folded and without white space."""
    return "".join(fold(text[:_HEAD]).split())
