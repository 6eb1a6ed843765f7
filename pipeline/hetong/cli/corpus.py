"""`hetong corpus`: labels out to the tools in which people label, and back; what a corpus holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from hetong.cli.shell import SOME_UNREADABLE, USAGE, LangOption, StanceOption, explained
from hetong.errors import FileError
from hetong.messages import say
from hetong.report.inert import one_line
from hetong.splits import FILE, Split, contracts_in

if TYPE_CHECKING:
    from hetong.corpus import AnnotatedContract
    from hetong.document import Contract, Side
    from hetong.exchange import FormatName
    from hetong.messages import Lang

corpus = typer.Typer(help="标注数据的导入导出与统计 · labels in and out", no_args_is_help=True, rich_markup_mode=None)
AnyFormat = Literal[
    "rows", "label-studio-elements", "label-studio-risks", "doccano-elements", "doccano-risks", "spacy", "xlsx",
    "decisions",
]  # fmt: skip
FormatArgument = Annotated[AnyFormat, typer.Argument(help="格式 · format", metavar="FORMAT")]
OutputOption = Annotated[Path, typer.Option("-o", "--output", help="写入的文件 · file to write")]


@corpus.command("export")
def export(
    form: FormatArgument,
    folder: Annotated[
        Path, typer.Argument(help="标注合同文件夹；decisions 为草稿 · annotated contracts; drafts for decisions")
    ],
    output: OutputOption,
    *,
    split: Annotated[Split | None, typer.Option("--split", help="只要这一部分 · this split only")] = None,
    stance: StanceOption = None,
    lang: LangOption = None,
) -> None:
    """导出标注：Label Studio、doccano、spaCy、Excel，或待审的风险 · labels, or findings to be decided."""
    with explained(lang):
        if not folder.exists():
            raise FileError(folder, "missing-folder")
        if form == "decisions":
            _export_decisions(folder, output, stance or "neutral", lang or "zh")
        else:
            _export_rows(form, _contracts(folder, split), output, lang or "zh")


def _export_rows(form: FormatName, contracts: list[AnnotatedContract], output: Path, lang: Lang) -> None:
    from hetong.exchange import write_rows
    from hetong.exchange.rows import rows_of

    rows = list(rows_of(contracts))
    with _extra(form, lang):
        files = write_rows(form, rows, output)
    for file in files:
        _told(len(rows), file, lang)


def _contracts(folder: Path, split: Split | None) -> list[AnnotatedContract]:
    from hetong.corpus import load_contracts

    contracts = load_contracts(folder)
    if split is None:
        return contracts
    if not (folder / FILE).exists():
        raise FileError(folder, "no-splits")
    wanted = contracts_in(split, folder / FILE)
    return [one for one in contracts if one.id in wanted]


def _export_decisions(folder: Path, output: Path, stance: Side, lang: Lang) -> None:
    from hetong.exchange.decisions import decisions_csv, undecided
    from hetong.report.folder import write_text

    drafts, unread = _drafts([str(folder)], stance, lang)
    rows = list(undecided(drafts))
    write_text(output, decisions_csv(rows))
    _told(len(rows), output, lang)
    if unread:
        raise typer.Exit(SOME_UNREADABLE)


@corpus.command("import")
def import_(
    form: FormatArgument,
    file: Annotated[Path, typer.Argument(help="标注工具导出的文件 · what the tool exported")],
    output: OutputOption,
    *,
    drafts: Annotated[
        list[str] | None, typer.Option("--drafts", help="decisions 所判断的草稿 · the drafts of decisions")
    ] = None,
    lang: LangOption = None,
) -> None:
    """读回标注，写成 rows.jsonl，可用于训练 · labels back as rows to train on."""
    from hetong.exchange.rows import rows_text
    from hetong.report.folder import write_text

    unread = 0
    with explained(lang), _extra(form, lang or "zh"):
        if form == "decisions":
            from hetong.exchange.decisions import read_decisions, rows_from_decisions

            decided = read_decisions(file)
            read, unread = _drafts(drafts or [], "neutral", lang or "zh")
            rows = rows_from_decisions(decided, read)
        else:
            from hetong.exchange import FORMATS

            rows = FORMATS[form].read(file)
        write_text(output, rows_text(rows))
    _told(len(rows), output, lang or "zh")
    if unread:
        raise typer.Exit(SOME_UNREADABLE)


def _drafts(paths: list[str], stance: Side, lang: Lang) -> tuple[list[Contract], int]:
    """The drafts below some paths, analysed, and how many could not be read; these are named."""
    from hetong.batch.drafts import analyse_drafts

    drafts, errors = analyse_drafts(paths, stance=stance, lang=lang)
    for unread in errors:
        typer.echo(f"{one_line(unread.path)}: {one_line(unread.message(lang))}", err=True)
    return drafts, len(errors)


@corpus.command("stats")
def stats(
    folder: Annotated[Path, typer.Argument(help="标注合同文件夹 · annotated contracts")] = Path("corpora"),
    *,
    lang: LangOption = None,
) -> None:
    """有多少合同、条款、标注，按要素和类型 · what a corpus holds."""
    from hetong.corpus import load_contracts
    from hetong.corpuscheck import statistics

    with explained(lang):
        if not folder.is_dir():
            raise FileError(folder, "missing-folder")
        lines = list(statistics(load_contracts(folder)))
    for line in lines:
        typer.echo(one_line(line))


@contextmanager
def _extra(form: str, lang: Lang) -> Iterator[None]:
    """A format whose extra is not installed ends the command and says what to install."""
    from hetong.exchange import EXTRAS

    try:
        yield
    except ModuleNotFoundError as error:
        extra = EXTRAS.get(form, "all")
        typer.echo(say("extra-missing", lang, module=error.name, extra=extra), err=True)
        raise typer.Exit(USAGE) from error


def _told(count: int, path: Path, lang: Lang) -> None:
    typer.echo(say("rows-written", lang, count=count, path=one_line(str(path))), err=True)
