"""One draft in figures: what the tables of the terminal and of the page show, and how drafts are ordered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hetong.document import Contract, Element, Severity
from hetong.errors import FileError
from hetong.messages import Lang
from hetong.report.completeness_view import completeness_score

WEIGHTS: Final[dict[Severity, int]] = {"high": 9, "medium": 3, "low": 1}
# Problems of reading that leave no text unread, only text to look at; any other one, known or new, does
READ_ANYWAY: Final = frozenset(
    "tracked-changes-final tracked-changes-original hidden-text faint-text unknown-symbols broken-characters"
    " read-through-office macros-ignored date-fields table-not-parsed suspicious-characters look-alike-letters"
    " ocr-to-check ocr-doubtful ocr-seal ocr-table-as-lines".split()
)


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """What a table needs of one draft, small enough to keep for a thousand of them.

    `counts` holds (element, severity, number of findings); `error` is the reason why the draft was not read, if so;
    `complete` is how much of what its type should settle it does, from 0 to 1.
    """

    path: str
    title: str = ""
    contract_type: str = ""
    pages: int | None = None
    counts: tuple[tuple[Element, Severity, int], ...] = ()
    problems: int = 0
    unread: bool = False
    error: str = ""
    complete: float | None = None

    def number(self, severity: Severity | None = None, element: Element | None = None) -> int:
        """Findings of a severity and an element; of all when not given."""
        return sum(n for e, s, n in self.counts if severity in (None, s) and element in (None, e))

    @property
    def untold(self) -> bool:
        """Whether the figures say nothing: no finding, but not all of the draft was read."""
        return self.unread and not self.counts

    @property
    def score(self) -> int:
        """The weighted number of findings: 9 for a high one, 3 for a medium one, 1 for a low one."""
        return sum(WEIGHTS[severity] * n for _, severity, n in self.counts)

    @property
    def state(self) -> str:
        """A key of `words.WORDS`: only a draft read in full, without any problem or finding, is clean."""
        if self.error:
            return "unreadable"
        if self.unread:
            return "unread"
        if self.problems:
            return "doubts"
        return "read" if self.counts else "clean"


def summarize(contract: Contract) -> DraftSummary:
    """The figures of an analysed contract."""
    counts = Counter((finding.element, finding.severity) for finding in contract.findings)
    unread = is_unread(contract)
    return DraftSummary(
        path=contract.source.path,
        title=contract.title,
        contract_type=contract.contract_type if contract.text.strip() else "",
        pages=contract.source.pages,
        counts=tuple((element, severity, n) for (element, severity), n in sorted(counts.items())),
        problems=len(contract.problems),
        unread=unread,
        complete=None if unread and not counts else completeness_score(contract.completeness),
    )


def failed(error: FileError, lang: Lang) -> DraftSummary:
    """The row of a draft that could not be read."""
    return DraftSummary(path=error.path, error=error.message(lang))


def is_unread(contract: Contract) -> bool:
    """Whether part of the file was not read, so that nothing can be said about that part."""
    return any(p.stage == "extract" and p.code not in READ_ANYWAY for p in contract.problems)


def worst_first(drafts: Iterable[DraftSummary]) -> list[DraftSummary]:
    """Drafts by falling score, of equal ones those not fully read first, then by path; the unreadable stand last.

    Not fully read and no finding stands before all: nothing is known of it, so it must not look safe.
    """
    return sorted(drafts, key=lambda d: (bool(d.error), not d.untold, -d.score, not d.unread, d.path))
