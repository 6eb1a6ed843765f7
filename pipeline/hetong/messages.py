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
    "no-drafts": {
        "zh": "文件夹里没有可以检查的草稿；请放入以下格式之一：{known}",
        "en": "the folder holds no draft to scan; put in files of one of {known}",
    },
    "unwritable": {
        "zh": "无法写入（{detail}）；请检查权限和磁盘空间，或用 -o 换一个文件夹",
        "en": "cannot be written ({detail}); check permissions and disk space, or choose another folder with -o",
    },
    "crashed": {
        "zh": "读取这份文件时进程崩溃，其余文件不受影响；请用 Word 或 WPS 另存一份再试",
        "en": "the process crashed over this file, the others are not affected; save it anew and try again",
    },
    "internal-error": {
        "zh": "程序内部错误（{kind}: {detail}），其余文件不受影响；请把这一行报告给维护者",
        "en": "internal error ({kind}: {detail}), the other files are not affected; report this line to the maintainers",
    },
    "stance-unknown": {
        "zh": "看不出 {label} 在本合同中是买方还是供方，已按中立立场判断；请改用 --stance buyer 或 supplier",
        "en": "cannot tell whether {label} buys or supplies here, judged as neutral; use --stance buyer or supplier",
    },
    "output-needed": {
        "zh": "请用 -o 指定报告文件夹；只要 JSON 时用 --format json",
        "en": "name a folder for the report with -o, or ask for --format json",
    },
    "unknown-rule": {
        "zh": "没有编号或名称为 {rule} 的规则；用 hetong rules list 查看全部规则",
        "en": "there is no rule {rule}; see all rules with hetong rules list",
    },
    "no-numbering": {
        "zh": "没有识别到任何条款编号，只能按标题和段落划分；请核对原文是否有编号",
        "en": "no clause numbers found, so the text is divided by headings and paragraphs; check whether it has numbers",
    },
    "training-missing": {
        "zh": "训练需要 {module}；请先安装：pip install \"hetong[train]\"",
        "en": "training needs {module}; install it first: pip install \"hetong[train]\"",
    },
}


def say(code: str, lang: Lang = "zh", **values: object) -> str:
    """The sentence for a code, in a language, with its values filled in.

    Raises:
        KeyError: the code is unknown, which is a mistake of the programmer, not of a file.
    """
    return MESSAGES[code][lang].format(**values)
