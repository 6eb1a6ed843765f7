"""`hetong train`: fitting the element model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hetong.cli.shell import USAGE, LangOption, explained
from hetong.errors import FileError
from hetong.messages import say
from hetong.report.folder import prepare_folder


def train(
    corpora: Annotated[Path, typer.Argument(help="标注合同所在文件夹 · folder of annotated contracts")],
    output: Annotated[Path, typer.Option("-o", "--output", help="模型文件夹 · folder of the model")],
    *,
    rows: Annotated[
        list[Path] | None,
        typer.Option("--rows", help="另加的标注行（hetong corpus import 写出） · rows that hetong corpus import wrote"),
    ] = None,
    lang: LangOption = None,
) -> None:
    """从标注合同训练要素模型 · fit the element model from annotated contracts."""
    try:
        from hetong.exchange.rows import read_rows
        from hetong.train import train as fit
    except ModuleNotFoundError as error:
        typer.echo(say("training-missing", lang or "zh", module=error.name), err=True)
        raise typer.Exit(USAGE) from error
    with explained(lang):
        if not corpora.is_dir():
            raise FileError(corpora, "missing-folder")
        prepare_folder(output)
        typer.echo(fit(corpora, output, [row for path in rows or () for row in read_rows(path)]))
