"""A check before signing: a few files, one after the other in this process, each finding a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from hetong.batch.draft import Settings
from hetong.batch.guard import guarded
from hetong.document import SEVERITIES, Contract, Severity
from hetong.errors import FileError
from hetong.report.lines import check_lines, failure_line
from hetong.report.signing import signing_lines
from hetong.report.summary import is_unread
from hetong.report.words import word


@dataclass(slots=True)
class Tally:
    """What a check has seen."""

    files: int = 0
    unreadable: int = 0
    unread: int = 0
    levels: Counter[Severity] = field(default_factory=Counter)

    def reaches(self, level: Severity) -> bool:
        """Whether there is a finding of this severity or a worse one."""
        return any(self.levels[severity] for severity in SEVERITIES[: SEVERITIES.index(level) + 1])

    def line(self, settings: Settings) -> str:
        """The figures in one sentence."""
        return word(
            "check-total", settings.lang, files=self.files, total=self.levels.total(), unreadable=self.unreadable,
            unread=self.unread, **{severity: self.levels[severity] for severity in SEVERITIES},
        )  # fmt: skip


def check(
    drafts: Sequence[str],
    settings: Settings,
    *,
    errors: Sequence[FileError] = (),
    show: Callable[[str], None],
    complain: Callable[[str], None],
) -> Tally:
    """Analyses the drafts and hands on their lines as they come.

    Args:
        drafts: the files.
        settings: how to read and judge them.
        errors: what was found unreadable before.
        show: takes each line about a draft.
        complain: takes each line about a file that could not be read.
    """
    tally = Tally(files=len(drafts) + len(errors))

    def lines_of(path: str) -> tuple[Contract, list[str]]:
        contract = settings.analyse(path)
        return contract, [*check_lines(contract, settings.lang), *signing_lines(contract, settings.lang)]

    for outcome in chain((guarded(lines_of, draft) for draft in drafts), errors):
        if isinstance(outcome, FileError):
            tally.unreadable += 1
            complain(failure_line(outcome, settings.lang))
            continue
        contract, lines = outcome
        tally.unread += is_unread(contract)
        tally.levels.update(finding.severity for finding in contract.findings)
        for line in lines:
            show(line)
    return tally
