"""A scan: drafts in, a folder of results out."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from hetong.batch.draft import DraftReport, Settings, report_draft
from hetong.batch.find import output_names
from hetong.batch.local import map_files
from hetong.batch.workers import Limits
from hetong.errors import FileError
from hetong.report.folder import remove, write_text
from hetong.report.summary import DraftSummary, failed


def scan(
    drafts: Sequence[str],
    output: Path,
    settings: Settings,
    *,
    errors: Sequence[FileError] = (),
    workers: int | None = None,
    limits: Limits = Limits(),  # noqa: B008 (a frozen value)
    on_done: Callable[[], None] = lambda: None,
) -> list[DraftSummary]:
    """Writes `<draft>.json` for every draft, and with `settings.html` also findings.jsonl and index.html.

    Args:
        drafts: the files.
        output: a folder that has been through `prepare_folder`.
        settings: how to read and judge them.
        errors: what was found unreadable before, to be shown with the rest.
        workers: number of processes.
        limits: what one file may cost.
        on_done: called whenever one more draft is done.

    Returns:
        The figures of every draft in the order given, then the errors.

    Raises:
        OutputError: a result cannot be written: the disk is full, say.
        HetongError: rules or model are damaged.
    """
    names = output_names(drafts)
    summaries: list[DraftSummary] = []
    rows: list[str] = []
    sections: list[str] = []
    with closing(reports(drafts, settings, workers=workers, limits=limits, on_done=on_done)) as outcomes:
        for name, (_, outcome) in zip(names, outcomes, strict=True):
            target = output / f"{name}.json"
            if isinstance(outcome, FileError):
                remove(target)  # an earlier scan may have read the draft that cannot be read now
                summaries.append(failed(outcome, settings.lang))
                sections.append("")
            else:
                write_text(target, outcome.json)
                summaries.append(outcome.summary)
                rows.append(outcome.rows)
                sections.append(outcome.section)
    summaries += [failed(error, settings.lang) for error in errors]
    if settings.html:
        from hetong.report.html import render_index

        write_text(output / "findings.jsonl", "".join(rows))
        sections += [""] * len(errors)
        write_text(output / "index.html", render_index(summaries, sections, settings.lang, settings.stance))
    return summaries


def reports(
    drafts: Sequence[str],
    settings: Settings,
    *,
    workers: int | None = None,
    limits: Limits = Limits(),  # noqa: B008 (a frozen value)
    on_done: Callable[[], None] = lambda: None,
) -> Generator[tuple[str, DraftReport | FileError], None, None]:
    """(path, its results or why there are none) for every draft, in order."""
    return map_files(partial(report_draft, settings), drafts, workers=workers, limits=limits, on_done=on_done)
