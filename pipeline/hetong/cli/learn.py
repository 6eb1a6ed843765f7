"""`hetong train`: fitting the element model and the detectors."""

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
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="要素模型的文件夹 · folder of the element model")
    ] = None,
    *,
    detectors: Annotated[
        Path | None,
        typer.Option(
            "--detectors", help="风险检测器的文件夹，用 sentences 里的例句 · folder of the detectors of risks"
        ),
    ] = None,
    rows: Annotated[
        list[Path] | None,
        typer.Option("--rows", help="另加的标注行（hetong corpus import 写出） · rows that hetong corpus import wrote"),
    ] = None,
    without_test: Annotated[
        bool,
        typer.Option(
            "--without-test", help="写出的模型不学 test 部分，留给 hetong evaluate · keep the split test unseen"
        ),
    ] = False,
    lang: LangOption = None,
) -> None:
    """从标注合同训练要素模型，从例句训练风险检测器 · fit the element model, and the detectors of risks."""
    if output is None and detectors is None:
        typer.echo(say("train-nothing", lang or "zh"), err=True)
        raise typer.Exit(USAGE)
    try:
        from hetong.exchange.rows import read_rows
        from hetong.train import train as fit
        from hetong.train.risks import train_detectors
    except ModuleNotFoundError as error:
        typer.echo(say("training-missing", lang or "zh", module=error.name), err=True)
        raise typer.Exit(USAGE) from error
    with explained(lang):
        if not corpora.is_dir():
            raise FileError(corpora, "missing-folder")
        for folder in filter(None, (output, detectors)):
            prepare_folder(folder)
        more = [row for path in rows or () for row in read_rows(path)]
        if output is not None:
            typer.echo(fit(corpora, output, more, without_test=without_test))
        if detectors is not None:
            typer.echo(train_detectors(corpora, detectors, more))
