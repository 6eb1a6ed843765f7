"""The report as one self-contained page: no outside asset, no script or style but its own, all text escaped.

A content security policy allows exactly the two inline assets, by their hash (W3C CSP Level 3, section 2.3.1), so that
not even markup that slipped through the escaping could run or load anything.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from hetong.document import ELEMENTS, SEVERITIES, Contract
from hetong.messages import Lang
from hetong.report.completeness_view import STATUSES
from hetong.report.inert import many_lines
from hetong.report.lines import at, clause_path
from hetong.report.page import draft_anchor, draft_view
from hetong.report.signing import verdict
from hetong.report.summary import DraftSummary, summarize, worst_first
from hetong.report.words import contract_type, word

BAR_WIDTH = 160  # pixels for the element with the most findings


def render_draft(contract: Contract, lang: Lang = "zh") -> str:
    """The section of one draft, to be put into the page by `render_index`."""
    template = _environment().get_template("draft.html.j2")
    return template.render(view=draft_view(contract), summary=summarize(contract), **_context(lang))


def render_index(drafts: Sequence[DraftSummary], sections: Sequence[str], lang: Lang = "zh", stance: str = "") -> str:
    """The whole page.

    Args:
        drafts: the drafts that were read and those that were not, in any order.
        sections: for each draft the outcome of `render_draft`, "" for a draft that was not read.
        lang: language of the labels.
        stance: the side as the user gave it: a stance, 甲方 or 乙方; "" leaves it out.
    """
    section_of = {draft.path: Markup(section) for draft, section in zip(drafts, sections, strict=True)}
    ordered = worst_first(drafts)
    style, script = _asset("report.css"), _asset("report.js")
    return _environment().get_template("index.html.j2").render(
        drafts=ordered,
        sections=[section_of[draft.path] for draft in ordered],
        totals={severity: sum(draft.number(severity) for draft in ordered) for severity in SEVERITIES},
        states=Counter(draft.state for draft in ordered),
        matrix=_matrix(ordered),
        stance=word(stance, lang) if stance else "",
        style=Markup(style),
        script=Markup(script),
        style_hash=_csp_hash(style),
        script_hash=_csp_hash(script),
        version=version("hetong"),
        **_context(lang),
    )  # fmt: skip


def _context(lang: Lang) -> dict[str, Any]:
    def label(key: str, **values: object) -> str:
        return word(key, lang, **values)

    return {
        "w": label,
        "lang": lang,
        "type_name": lambda kind: contract_type(kind, lang),
        "at": lambda problem: at(problem, lang),
        "clause_path": lambda clause: clause_path(clause, lang),
        "verdict": lambda contract: verdict(contract, lang),
        "anchor": draft_anchor,
        "name": lambda path: _split(path)[1],
        "folder": lambda path: _split(path)[0],
        "ELEMENTS": ELEMENTS,
        "SEVERITIES": SEVERITIES,
        "STATUSES": STATUSES,
    }


def _split(path: str) -> tuple[str, str]:
    """The folder and the file name of a path."""
    folder, _, name = path.replace("\\", "/").rpartition("/")
    return folder, name


def _matrix(drafts: Sequence[DraftSummary]) -> list[tuple[str, list[tuple[str, int, float]], int]]:
    """(element, [(severity, findings, width of its bar)], total) for each element."""
    counts = [[sum(d.number(severity, element) for d in drafts) for severity in SEVERITIES] for element in ELEMENTS]
    most = max(1, *map(sum, counts))
    return [
        (element, [(s, n, round(n * BAR_WIDTH / most, 1)) for s, n in zip(SEVERITIES, row, strict=True)], sum(row))
        for element, row in zip(ELEMENTS, counts, strict=True)
    ]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("hetong.report"),
        autoescape=True,
        finalize=lambda value: many_lines(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> str:
    return (files("hetong.report") / "templates" / name).read_text(encoding="utf-8")


def _csp_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
