"""The command line: a thin shell over run, batch and report.

Results go to standard output, everything else to standard error. Exit codes: 0 all well; `check`: 1 findings at or
above the level, 2 a draft could not be read in full; `scan`: 3 a draft could not be read; 2 wrong usage or output.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from hetong.cli.corpus import corpus
from hetong.cli.evaluate import evaluate
from hetong.cli.learn import train
from hetong.cli.rules import rules
from hetong.cli.scan import check, scan
from hetong.extract import READERS

app = typer.Typer(
    name="hetong",
    help="合同草稿离线检查：条款、要素、风险 · offline linter for Chinese contracts",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(scan)
app.command()(check)
app.add_typer(rules, name="rules")
app.add_typer(corpus, name="corpus")
app.command()(train)
app.command()(evaluate)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="显示版本 · show the version", is_eager=True)] = False,
) -> None:
    """合同草稿离线检查：条款、要素、风险 · offline linter for Chinese contracts."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"hetong {installed('hetong')}")
        raise typer.Exit


def _undashed(arguments: list[str]) -> list[str]:
    """The arguments, a draft whose name begins with a dash as ./-name: what a shell makes of *.pdf is no option."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    return [*(f"./{name}" if _is_dashed_draft(name) else name for name in arguments[:end]), *arguments[end:]]


def _is_dashed_draft(argument: str) -> bool:
    # os.path.isfile, as Path.is_file raises where a folder above is closed
    return argument.startswith("-") and Path(argument).suffix.lower() in READERS and os.path.isfile(argument)  # noqa: PTH113


def main() -> None:
    """The entry point: output is UTF-8 whatever the locale, and what it cannot hold is escaped, never fatal."""
    sys.argv[1:] = _undashed(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
