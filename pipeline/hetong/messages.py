"""Every sentence the program says about a file or a run, in Chinese and English.

A message is looked up by code and filled with values, so that an error or a problem can travel as data
and be spoken in the reader's language at the edge (terminal, JSON, page).
"""

from __future__ import annotations

from typing import Final, Literal

Lang = Literal["zh", "en"]

MESSAGES: Final[dict[str, dict[Lang, str]]] = {
    "missing-path": {
        "zh": "找不到文件；请检查路径是否写对",
        "en": "no such file; check the path",
    },
    "empty-file": {
        "zh": "文件是空的（0 字节）；请重新导出或重新下载",
        "en": "the file is empty (0 bytes); export or download it again",
    },
    "unknown-format": {
        "zh": "不支持的文件格式 {suffix}；请另存为 {known} 之一",
        "en": "unsupported format {suffix}; save it as one of {known}",
    },
    "too-large": {
        "zh": "文件过大（{size} MB，上限 {limit} MB）；请拆分后再检查",
        "en": "the file is too large ({size} MB, limit {limit} MB); split it first",
    },
    "unreadable": {
        "zh": "无法读取文件（{detail}）；请检查权限",
        "en": "the file cannot be read ({detail}); check its permissions",
    },
    "no-text": {
        "zh": "文件里没有任何文字；请检查是否导出成功",
        "en": "the file holds no text; check that it was exported properly",
    },
}


def say(code: str, lang: Lang = "zh", **values: object) -> str:
    """The sentence for a code, in a language, with its values filled in.

    Raises:
        KeyError: the code is unknown, which is a mistake of the programmer, not of a file.
    """
    return MESSAGES[code][lang].format(**values)
