"""What all commands share: options, exit codes, and how an error ends a command."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from hetong.config import Config, find_config, load_config
from hetong.document import Side
from hetong.errors import FileError, HetongError
from hetong.extract import Ocr, Revisions
from hetong.messages import Lang, say
from hetong.report.inert import one_line
from hetong.rulebook.choice import Strictness

LangOption = Annotated[Lang | None, typer.Option("--lang", help="输出语言 · language of the output")]
StanceOption = Annotated[Side | None, typer.Option("--stance", help="站在哪一方看风险 · whose side to take")]
StrictnessOption = Annotated[
    Strictness | None,
    typer.Option("--strictness", help="严格程度：严格时疑似的也报 · strict reports doubtful ones too"),
]
RulesOption = Annotated[
    list[Path] | None,
    typer.Option("--rules", help="自有规则文件夹，同号规则优先 · folder of own rules; they come before shipped ones"),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", help="项目文件，默认就近查找 hetong.toml · project file, by default the nearest"),
]
ModelOption = Annotated[
    Path | None,
    typer.Option("--model", help="自训的要素模型文件夹 · folder of an element model of your own (hetong train -o)"),
]
DetectorsOption = Annotated[
    str | None,
    typer.Option(
        "--detectors", help="on、off（只用规则）或自训检测器文件夹 · on, off (rules alone) or a folder of your own",
        metavar="on|off|FOLDER",
    ),
]  # fmt: skip
RevisionsOption = Annotated[
    Revisions, typer.Option("--revisions", help="修订视为接受或拒绝 · tracked changes accepted (final) or rejected")
]
OcrOption = Annotated[
    Ocr, typer.Option("--ocr", help="文字识别：自动、从不、每页 · recognise pages without text (auto), none, or all")
]
FINDINGS: Final = 1
UNREAD: Final = 2
USAGE: Final = 2
SOME_UNREADABLE: Final = 3
NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def configured(
    config: Path | None,
    *,
    lang: Lang | None = None,
    stance: Side | None = None,
    strictness: Strictness | None = None,
    rules: list[Path] | None = None,
    model: Path | None = None,
    detectors: str | None = None,
) -> Config:
    """What the project file says, with what the command line says put in its place.

    Raises:
        ConfigError: the file has mistakes.
    """
    path = config or find_config(Path.cwd())
    said = load_config(path) if path else Config()
    folders = (*said.choice.folders, *(rules or ()))
    choice = said.choice._replace(strictness=strictness or said.choice.strictness, folders=folders)
    return Config(stance or said.stance, lang or said.lang, choice, model or said.model, detectors or said.detectors)


@contextmanager
def explained(lang: Lang | None) -> Iterator[None]:
    """An error that hetong reports on purpose ends the command with its message and exit code 2."""
    try:
        yield
    except FileError as error:
        typer.echo(f"{one_line(error.path)}: {one_line(error.message(lang or 'zh'))}", err=True)
        raise typer.Exit(USAGE) from error
    except HetongError as error:
        for line in str(error).splitlines():
            typer.echo(one_line(line), err=True)
        raise typer.Exit(USAGE) from error
    except OSError as error:
        if error.filename is not None or error.errno not in NO_ROOM:
            raise
        typer.echo(say("stdout-closed", lang or "zh", detail=error.strerror), err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still held back has nowhere to go
        raise typer.Exit(USAGE) from error
