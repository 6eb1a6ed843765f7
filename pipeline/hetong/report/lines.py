"""The lines of `hetong check`: one a finding, like a linter's, with the quote under it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hetong.document import Clause, Contract, Finding, Problem
from hetong.errors import FileError
from hetong.messages import Lang
from hetong.report.inert import one_line
from hetong.report.words import word

LONGEST: Final = 24  # characters of each number and heading in the path of a clause
_AS_PRINTED: Final = re.compile("[0-9.]+")  # an id that a reader finds in the text


def check_lines(contract: Contract, lang: Lang = "zh") -> Iterator[str]:
    """The problems of a contract, then its findings in order of place, absences last; every line is inert.

    A finding is `file:page: clause 8.3 high SRV001 message` and its quote under it, or what was looked for and not
    found. The page is left out for formats without pages; a finding about the whole contract has clause `-`.
    """
    for problem in contract.problems:
        said = f"{one_line(problem.message(lang))}{at(problem, lang)}"
        yield f"{place(contract, problem.page)}: problem {problem.code} {said}"
    clauses = {clause.id: clause for clause in contract.clauses}
    for finding in sorted(contract.findings, key=lambda f: (f.span is None, f.span or (0, 0), f.rule)):
        page = contract.page_of(finding.span.start) if finding.span else None
        found = clauses.get(finding.clause or "")
        clause = one_line(clause_label(found, lang) if found else finding.clause or "-")
        yield (
            f"{place(contract, page)}: clause {clause} {finding.severity} {finding.rule} {one_line(finding.message)}"
        )
        evidence = _evidence(contract, finding, lang)
        if evidence:
            yield f"    {evidence}"
        if finding.source in ("meaning", "detector"):
            words = word("semicolon", lang).join(dict.fromkeys(contract.text_of(span) for span in finding.triggers))
            yield f"    {one_line(word(f'source-{finding.source}', lang, words=words))}"


def place(contract: Contract, page: int | None) -> str:
    """`file:page`, or the file alone where there are no pages."""
    path = one_line(contract.source.path)
    return path if page is None else f"{path}:{page}"


def clause_path(clause: Clause, lang: Lang = "zh") -> str:
    """A clause as it is printed, 第五条 价款 › 5.2; a part without a number by what it is: 首部, 前言, 签署栏."""
    parts = [part if len(part) <= LONGEST else part[:LONGEST] + "…" for part in clause.path]
    return " › ".join(parts) or word(f"part-{clause.kind}", lang)


def clause_label(clause: Clause | None, lang: Lang = "zh") -> str:
    """How a line names a clause: 8.3, its path where no such number stands in the text, `-` where there is none.

    A later paragraph goes by the name of its clause.
    """
    if clause is None:
        return "-"
    return clause.article if _AS_PRINTED.fullmatch(clause.article) else clause_path(clause, lang)


def failure_line(error: FileError, lang: Lang = "zh") -> str:
    """The line of a file that could not be read: `file: reason; remedy`."""
    return f"{one_line(error.path)}: {one_line(error.message(lang))}"


def at(problem: Problem, lang: Lang = "zh") -> str:
    """Where on its page a problem is, in whole millimetres from the top left; "" for the page as a whole."""
    if problem.box is None:
        return ""
    top, left = (round(length / 72 * 25.4) for length in (problem.box.top, problem.box.x0))
    return word("place", lang, top=max(0, top), left=max(0, left))


def _evidence(contract: Contract, finding: Finding, lang: Lang) -> str:
    if finding.quote:
        recognised = finding.span is not None and contract.recognised(*finding.span) is not None
        return f"> {one_line(finding.quote).strip()}{word('recognised', lang) if recognised else ''}"
    if finding.looked_for:
        return f"{word('looked-for', lang)}{word('colon', lang)}{one_line(finding.looked_for)}"
    return ""
