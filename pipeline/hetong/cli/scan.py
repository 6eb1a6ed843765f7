"""`hetong scan` and `hetong check`: drafts in, findings out."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from hetong.cli.shell import (
    FINDINGS,
    SOME_UNREADABLE,
    UNREAD,
    USAGE,
    ConfigOption,
    DetectorsOption,
    LangOption,
    ModelOption,
    OcrOption,
    RevisionsOption,
    RulesOption,
    StanceOption,
    StrictnessOption,
    configured,
    explained,
)  # fmt: skip
from hetong.document import Severity
from hetong.errors import FileError
from hetong.extract import READERS
from hetong.messages import say
from hetong.report.folder import prepare_folder
from hetong.report.inert import one_line
from hetong.report.words import word

if TYPE_CHECKING:
    from hetong.batch.draft import Settings
    from hetong.batch.workers import Limits
    from hetong.report.summary import DraftSummary


def scan(
    paths: Annotated[list[str], typer.Argument(help="草稿或文件夹（含下级） · drafts and folders", metavar="PATH...")],
    *,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="报告文件夹 · folder for the results")] = None,
    form: Annotated[
        Literal["html", "json"],
        typer.Option("--format", help="html：全部结果；json：只要 JSON · everything, or JSON only"),
    ] = "html",
    stance: StanceOption = None,
    strictness: StrictnessOption = None,
    rules: RulesOption = None,
    model: ModelOption = None,
    detectors: DetectorsOption = None,
    config: ConfigOption = None,
    workers: Annotated[int | None, typer.Option(min=1, help="进程数，默认每核一个 · processes, one a core")] = None,
    time_limit: Annotated[
        float, typer.Option(min=1, help="每份文件的秒数，大文件每 MB 另加 100 秒 · seconds a file, and 100 more a MB")
    ] = 300,
    revisions: RevisionsOption = "final",
    ocr: OcrOption = "auto",
    lang: LangOption = None,
) -> None:
    """检查许多草稿，写出报告，最差的排在最前 · scan drafts, report worst first."""
    from hetong.batch.draft import Settings
    from hetong.batch.find import find_drafts
    from hetong.batch.workers import Limits

    limits = Limits(time_limit)
    with explained(lang):
        said = configured(
            config, lang=lang, stance=stance, strictness=strictness, rules=rules, model=model, detectors=detectors
        )
        settings = Settings(
            said.stance, said.lang, revisions, form == "html", said.choice, said.model, ocr, said.detectors
        )
    if output is None and form == "html":
        typer.echo(say("output-needed", said.lang), err=True)
        raise typer.Exit(USAGE)
    with explained(said.lang):
        if output is not None:
            prepare_folder(output)
        drafts, errors = find_drafts(paths, READERS)
        if output is None:
            summaries = _print_json(drafts, errors, settings, workers, limits)
        else:
            summaries = _write_folder(drafts, errors, settings, output, workers=workers, limits=limits)
    if any(draft.error for draft in summaries):
        raise typer.Exit(SOME_UNREADABLE)


def _write_folder(
    drafts: Sequence[str],
    errors: Sequence[FileError],
    settings: Settings,
    output: Path,
    *,
    workers: int | None,
    limits: Limits,
) -> list[DraftSummary]:
    """A scan with its progress, then the table and where the report lies."""
    from hetong.batch.scan import scan as run_scan
    from hetong.report.terminal import console, drafts_table, progress_bar

    with progress_bar(settings.lang, console(stderr=True)) as bar:
        step = partial(bar.advance, bar.add_task("", total=len(drafts)))
        summaries = run_scan(drafts, output, settings, errors=errors, workers=workers, limits=limits, on_done=step)
    _complain(summaries)
    console(stderr=not settings.html).print(drafts_table(summaries, settings.lang))
    key, place = ("report-at", output / "index.html") if settings.html else ("json-at", output)
    typer.echo(word(key, settings.lang, path=one_line(str(place))), err=not settings.html)
    return summaries


def _print_json(
    drafts: Sequence[str], errors: Sequence[FileError], settings: Settings, workers: int | None, limits: Limits
) -> list[DraftSummary]:
    """One draft as it stands in its file; several as JSON lines, each as soon as it is its turn."""
    from hetong.batch.scan import reports
    from hetong.report.summary import failed

    summaries = []
    with closing(reports(drafts, settings, workers=workers, limits=limits)) as outcomes:
        for _, outcome in outcomes:
            if isinstance(outcome, FileError):
                summaries.append(failed(outcome, settings.lang))
            else:
                summaries.append(outcome.summary)
                typer.echo(outcome.json if len(drafts) == 1 else outcome.json.replace("\n", "") + "\n", nl=False)
    summaries += [failed(error, settings.lang) for error in errors]
    _complain(summaries)
    return summaries


def _complain(summaries: Sequence[DraftSummary]) -> None:
    for draft in summaries:
        if draft.error:
            typer.echo(f"{one_line(draft.path)}: {one_line(draft.error)}", err=True)


def check(
    files: Annotated[list[str], typer.Argument(help="草稿 · drafts", metavar="FILE...")],
    *,
    fail_on: Annotated[
        Severity, typer.Option("--fail-on", help="达到此级别时退出码为 1 · exit 1 from this level")
    ] = "low",
    stance: StanceOption = None,
    strictness: StrictnessOption = None,
    rules: RulesOption = None,
    model: ModelOption = None,
    detectors: DetectorsOption = None,
    config: ConfigOption = None,
    revisions: RevisionsOption = "final",
    ocr: OcrOption = "auto",
    lang: LangOption = None,
) -> None:
    """逐行列出风险，像代码检查器一样 · findings as a linter's lines; exit 0 clean, 1 findings, 2 unreadable."""
    from hetong.batch.check import check as run_check
    from hetong.batch.draft import Settings
    from hetong.batch.find import find_drafts

    with explained(lang):
        said = configured(
            config, lang=lang, stance=stance, strictness=strictness, rules=rules, model=model, detectors=detectors
        )
    settings = Settings(
        said.stance, said.lang, revisions, choice=said.choice, model=said.model, ocr=ocr, detectors=said.detectors
    )
    with explained(said.lang):
        drafts, errors = find_drafts(files, READERS)
        tally = run_check(drafts, settings, errors=errors, show=typer.echo, complain=partial(typer.echo, err=True))
    typer.echo(tally.line(settings), err=True)
    if tally.unreadable or tally.unread:
        raise typer.Exit(UNREAD)
    if tally.reaches(fail_on):
        raise typer.Exit(FINDINGS)
