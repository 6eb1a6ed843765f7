"""The table that a scan ends with, for a terminal: worst draft first, unreadable ones below."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from hetong.document import SEVERITIES
from hetong.messages import Lang
from hetong.report.inert import one_line
from hetong.report.summary import DraftSummary, worst_first
from hetong.report.words import contract_type, word

ROWS: Final = 40  # more do not fit on a screen; the report shows them all
WIDTH: Final = 120  # columns, when the output is no terminal
STYLES: Final = {"high": "bold red", "medium": "yellow", "low": "blue"}
STATES: Final = {"unread": "bold red", "unreadable": "bold red", "doubts": "yellow", "clean": "green", "read": ""}


def console(*, stderr: bool = False) -> Console:
    """A console that takes text as it is: no markup, no colouring of numbers or paths."""
    made = Console(stderr=stderr, markup=False, highlight=False, emoji=False)
    return made if made.is_terminal else Console(stderr=stderr, markup=False, highlight=False, emoji=False, width=WIDTH)


def progress_bar(lang: Lang, on: Console) -> Progress:
    """Bar, count and time left."""
    columns = (TextColumn(word("progress", lang)), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=on, redirect_stdout=False, redirect_stderr=False)


def drafts_table(drafts: Sequence[DraftSummary], lang: Lang) -> Table:
    """The drafts with their figures; those not read, or not in full, are all shown, however many."""
    table = Table(box=box.SIMPLE_HEAD, caption=word("order", lang), caption_justify="left", pad_edge=False)
    table.add_column("#", justify="right")
    table.add_column(word("draft", lang), overflow="fold")
    table.add_column(word("contract-type", lang))
    table.add_column(word("pages", lang), justify="right")
    for severity in SEVERITIES:
        table.add_column(word(severity, lang), justify="right")
    table.add_column(word("score", lang), justify="right")
    table.add_column(word("state", lang), overflow="fold", min_width=12)
    ordered = worst_first(drafts)
    folder = _common_folder([draft.path for draft in drafts])
    read = [draft for draft in ordered if not draft.error]
    shown = [(rank, draft) for rank, draft in enumerate(read, 1) if rank <= ROWS or draft.unread]
    for rank, draft in shown:
        table.add_row(*_row(rank, draft, folder, lang))
    if len(read) > len(shown):
        table.add_row("", word("more-rows", lang, count=len(read) - len(shown)))
    for draft in ordered[len(read) :]:
        state = Text(f"{word(draft.state, lang)}{word('colon', lang)}{one_line(draft.error)}", STATES["unreadable"])
        table.add_row("", Text(_inside(draft.path, folder)), *[""] * (len(table.columns) - 3), state)
    return table


def _common_folder(paths: Sequence[str]) -> str:
    """The folder that all drafts lie in; "" when there is none, or some paths are absolute and some are not."""
    try:
        return os.path.commonpath([os.path.dirname(path) for path in paths])  # noqa: PTH120 - texts, not files
    except ValueError:
        return ""


def _inside(path: str, folder: str) -> str:
    return one_line(path[len(folder) :].lstrip("/\\") if folder else path)


def _row(rank: int, draft: DraftSummary, folder: str, lang: Lang) -> list[Text]:
    counts = [(draft.number(severity), STYLES[severity]) for severity in SEVERITIES]
    return [
        Text(str(rank)),
        Text(_inside(draft.path, folder)),
        Text(one_line(contract_type(draft.contract_type, lang)) or "–"),
        Text(str(draft.pages or "–")),
        *(Text(str(count or "–"), style if count else "") for count, style in counts),
        Text("–" if draft.untold else str(draft.score)),
        Text(word(draft.state, lang), STATES[draft.state]),
    ]
