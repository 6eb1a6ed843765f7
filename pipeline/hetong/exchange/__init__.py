"""Labels in and out: Label Studio, doccano, spaCy, Excel, and reviewers' decisions.

Whatever is read becomes the same plain rows, `hetong.exchange.rows.LabelledClause`; whatever is written is written from
them. `FORMATS` says which function does which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Literal, NamedTuple

from hetong.exchange import doccano, label_studio
from hetong.exchange.rows import LabelledClause, read_rows, rows_text
from hetong.report.folder import write_bytes, write_text
from hetong.rulebook import load_rules

FormatName = Literal[
    "rows", "label-studio-elements", "label-studio-risks", "doccano-elements", "doccano-risks", "spacy", "xlsx"
]
EXTRAS: Final = {"spacy": "spacy", "xlsx": "exchange"}  # what of hetong[…] a format needs


class Format(NamedTuple):
    """How rows become the content of a file and how a file becomes rows; `config` sets up the tool that opens it."""

    write: Callable[[Iterable[LabelledClause]], str | bytes]
    read: Callable[[Path], list[LabelledClause]]
    config: Callable[[], str] | None = None


def _write_spacy(rows: Iterable[LabelledClause]) -> bytes:
    from hetong.exchange.docbin import docbin_bytes

    return docbin_bytes(rows)


def _read_spacy(path: Path) -> list[LabelledClause]:
    from hetong.exchange.docbin import read_docbin

    return read_docbin(path)


def _write_xlsx(rows: Iterable[LabelledClause]) -> bytes:
    from hetong.exchange.workbook import workbook_bytes

    return workbook_bytes(rows)


def _read_xlsx(path: Path) -> list[LabelledClause]:
    from hetong.exchange.workbook import read_workbook

    return read_workbook(path)


def _risks_config() -> str:
    return label_studio.risks_config(rule.id for rule in load_rules())


FORMATS: Final[dict[FormatName, Format]] = {
    "rows": Format(rows_text, read_rows),
    "label-studio-elements": Format(label_studio.element_tasks, label_studio.read_tasks, label_studio.elements_config),
    "label-studio-risks": Format(label_studio.risk_tasks, label_studio.read_tasks, _risks_config),
    "doccano-elements": Format(doccano.element_lines, doccano.read_lines),
    "doccano-risks": Format(doccano.risk_lines, doccano.read_lines),
    "spacy": Format(_write_spacy, _read_spacy),
    "xlsx": Format(_write_xlsx, _read_xlsx),
}


def write_rows(name: FormatName, rows: Iterable[LabelledClause], path: Path) -> list[Path]:
    """Writes rows in a format, and beside them `….config.xml` where the tool needs one; the files written.

    Raises:
        OutputError: a file cannot be written.
        CorpusError: a row does not fit the format.
        ImportError: the format needs an extra that is not installed (`EXTRAS`).
    """
    form = FORMATS[name]
    content = form.write(rows)
    write_bytes(path, content.encode("utf-8") if isinstance(content, str) else content)
    if form.config is None:
        return [path]
    config = path.with_name(f"{path.stem}.config.xml")
    write_text(config, form.config())
    return [path, config]
