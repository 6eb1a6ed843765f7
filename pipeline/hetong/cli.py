"""The command line: a thin shell over run, batch and report.

Results go to standard output, everything else to standard error. Exit codes: 0 all well; `check`: 1 findings at or
above the level, 2 a draft could not be read in full; `scan`: 3 a draft could not be read; 2 wrong usage or output.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from hetong.document import Severity, Side
from hetong.errors import FileError, HetongError
from hetong.extract import READERS, Revisions
from hetong.messages import Lang, say
from hetong.report.folder import prepare_folder
from hetong.report.inert import one_line
from hetong.report.words import word

if TYPE_CHECKING:
    from hetong.batch.draft import Settings
    from hetong.report.summary import DraftSummary

app = typer.Typer(
    name="hetong",
    help="合同草稿离线检查：条款、要素、风险 · offline linter for Chinese contracts",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
rules = typer.Typer(help="查看规则 · the rules", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(rules, name="rules")

LangOption = Annotated[Lang, typer.Option("--lang", help="输出语言 · language of the output")]
StanceOption = Annotated[Side, typer.Option("--stance", help="站在哪一方看风险 · whose side to take")]
RevisionsOption = Annotated[
    Revisions, typer.Option("--revisions", help="修订视为接受或拒绝 · tracked changes accepted (final) or rejected")
]
FINDINGS: Final = 1
UNREAD: Final = 2
USAGE: Final = 2
SOME_UNREADABLE: Final = 3
NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="显示版本 · show the version", is_eager=True)] = False,
) -> None:
    """合同草稿离线检查：条款、要素、风险 · offline linter for Chinese contracts."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"hetong {installed('hetong')}")
        raise typer.Exit


@app.command()
def scan(
    paths: Annotated[list[str], typer.Argument(help="草稿或文件夹（含下级） · drafts and folders", metavar="PATH...")],
    *,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="报告文件夹 · folder for the results")] = None,
    form: Annotated[
        Literal["html", "json"],
        typer.Option("--format", help="html：全部结果；json：只要 JSON · everything, or JSON only"),
    ] = "html",
    stance: StanceOption = "neutral",
    workers: Annotated[int | None, typer.Option(min=1, help="进程数，默认每核一个 · processes, one a core")] = None,
    revisions: RevisionsOption = "final",
    lang: LangOption = "zh",
) -> None:
    """检查许多草稿，写出报告，最差的排在最前 · scan drafts, report worst first."""
    from hetong.batch.draft import Settings
    from hetong.batch.find import find_drafts

    if output is None and form == "html":
        typer.echo(say("output-needed", lang), err=True)
        raise typer.Exit(USAGE)
    settings = Settings(stance, lang, revisions, html=form == "html")
    with explained(lang):
        if output is not None:
            prepare_folder(output)
        drafts, errors = find_drafts(paths, READERS)
        if output is None:
            summaries = _print_json(drafts, errors, settings, workers)
        else:
            summaries = _write_folder(drafts, errors, settings, workers, output)
    if any(draft.error for draft in summaries):
        raise typer.Exit(SOME_UNREADABLE)


def _write_folder(
    drafts: Sequence[str], errors: Sequence[FileError], settings: Settings, workers: int | None, output: Path
) -> list[DraftSummary]:
    """A scan with its progress, then the table and where the report lies."""
    from hetong.batch.scan import scan as run_scan
    from hetong.report.terminal import console, drafts_table, progress_bar

    with progress_bar(settings.lang, console(stderr=True)) as bar:
        step = partial(bar.advance, bar.add_task("", total=len(drafts)))
        summaries = run_scan(drafts, output, settings, errors=errors, workers=workers, on_done=step)
    _complain(summaries)
    console(stderr=not settings.html).print(drafts_table(summaries, settings.lang))
    key, place = ("report-at", output / "index.html") if settings.html else ("json-at", output)
    typer.echo(word(key, settings.lang, path=one_line(str(place))), err=not settings.html)
    return summaries


def _print_json(
    drafts: Sequence[str], errors: Sequence[FileError], settings: Settings, workers: int | None
) -> list[DraftSummary]:
    """One draft as it stands in its file; several as JSON lines, each as soon as it is its turn."""
    from hetong.batch.scan import reports
    from hetong.report.summary import failed

    summaries = []
    with closing(reports(drafts, settings, workers=workers)) as outcomes:
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


@app.command()
def check(
    files: Annotated[list[str], typer.Argument(help="草稿 · drafts", metavar="FILE...")],
    *,
    fail_on: Annotated[
        Severity, typer.Option("--fail-on", help="达到此级别时退出码为 1 · exit 1 from this level")
    ] = "low",
    stance: StanceOption = "neutral",
    revisions: RevisionsOption = "final",
    lang: LangOption = "zh",
) -> None:
    """逐行列出风险，像代码检查器一样 · findings as a linter's lines; exit 0 clean, 1 findings, 2 unreadable."""
    from hetong.batch.check import check as run_check
    from hetong.batch.draft import Settings
    from hetong.batch.find import find_drafts

    settings = Settings(stance, lang, revisions)
    with explained(lang):
        drafts, errors = find_drafts(files, READERS)
        tally = run_check(drafts, settings, errors=errors, show=typer.echo, complain=partial(typer.echo, err=True))
    typer.echo(tally.line(settings), err=True)
    if tally.unreadable or tally.unread:
        raise typer.Exit(UNREAD)
    if tally.reaches(fail_on):
        raise typer.Exit(FINDINGS)


@rules.command("list")
def rules_list(lang: LangOption = "zh") -> None:
    """列出全部规则 · all rules, one a line."""
    from hetong.report.rule_text import list_line
    from hetong.rulebook import load_rules

    with explained(lang):
        for rule in load_rules():
            typer.echo(list_line(rule, lang))


@rules.command("show")
def rules_show(
    rule: Annotated[str, typer.Argument(help="编号或名称，如 SRV001 · id or name", metavar="RULE")],
    lang: LangOption = "zh",
) -> None:
    """一条规则：查什么、为何不好、法律、例子、相近写法、建议条文 · one rule in full."""
    from hetong.report.rule_text import rule_lines
    from hetong.rulebook import load_rules

    with explained(lang):
        found = [known for known in load_rules() if rule.casefold() in (known.id.casefold(), known.name.casefold())]
        if not found:
            typer.echo(say("unknown-rule", lang, rule=one_line(rule)), err=True)
            raise typer.Exit(USAGE)
        for line in rule_lines(found[0], lang):
            typer.echo(line)


@rules.command("test")
def rules_test(
    files: Annotated[
        list[Path] | None, typer.Argument(help="规则文件，缺省为自带的全部 · rule files, all shipped ones by default")
    ] = None,
    lang: LangOption = "zh",
) -> None:
    """规则在自己的例句上是否命中、在相近写法上是否沉默 · run rules on their own examples; exit 1 when one fails."""
    from hetong.rulebook import load_rule, load_rules
    from hetong.ruletest import verdicts

    with explained(lang):
        chosen = [load_rule(path) for path in files] if files else load_rules()
        told = [verdict for rule in chosen for verdict in verdicts(rule)]
    wrong = [verdict for verdict in told if verdict.wrong]
    for verdict in wrong:
        typer.echo(f"{verdict.rule} {verdict.case}: {one_line(verdict.text)}: {one_line(verdict.wrong)}")
    typer.echo(say("rules-tested", lang, rules=len(chosen), cases=len(told), wrong=len(wrong)), err=True)
    if wrong:
        raise typer.Exit(FINDINGS)


@app.command()
def train(
    corpora: Annotated[Path, typer.Argument(help="标注合同所在文件夹 · folder of annotated contracts")],
    output: Annotated[Path, typer.Option("-o", "--output", help="模型文件夹 · folder of the model")],
    lang: LangOption = "zh",
) -> None:
    """从标注合同训练要素模型 · fit the element model from annotated contracts."""
    try:
        from hetong.train import train as fit
    except ModuleNotFoundError as error:
        typer.echo(say("training-missing", lang, module=error.name), err=True)
        raise typer.Exit(USAGE) from error
    with explained(lang):
        if not corpora.is_dir():
            raise FileError(corpora, "missing-folder")
        prepare_folder(output)
        typer.echo(fit(corpora, output))


@contextmanager
def explained(lang: Lang) -> Iterator[None]:
    """An error that hetong reports on purpose ends the command with its message and exit code 2."""
    try:
        yield
    except FileError as error:
        typer.echo(f"{one_line(error.path)}: {one_line(error.message(lang))}", err=True)
        raise typer.Exit(USAGE) from error
    except HetongError as error:
        for line in str(error).splitlines():
            typer.echo(one_line(line), err=True)
        raise typer.Exit(USAGE) from error
    except OSError as error:
        if error.filename is not None or error.errno not in NO_ROOM:
            raise
        typer.echo(say("stdout-closed", lang, detail=error.strerror), err=True)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is still held back has nowhere to go
        raise typer.Exit(USAGE) from error


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
