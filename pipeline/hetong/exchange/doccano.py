"""doccano: JSON lines for a project of text classification or of sequence labelling, both ways.

Classification is `{"text", "label": ["pricing", …]}`, sequence labelling `{"text", "label": [[0, 4, "SRV001"], …]}`, or
with relations `{"text", "entities": [{"label", "start_offset", "end_offset"}, …]}`. doccano keeps the other keys
as metadata and gives them back beside the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from hetong.errors import CorpusError
from hetong.exchange.rows import LabelledClause, context_of, json_lines, risks_of, row_from

SECONDARY: Final = "secondary/"  # doccano sorts the labels of a text, so a secondary element says that it is one


def element_lines(rows: Iterable[LabelledClause]) -> str:
    """Lines for text classification: the element, and secondary ones as `secondary/delivery`."""
    return _lines({"text": row.text, "label": _labels(row), **context_of(row)} for row in rows)


def risk_lines(rows: Iterable[LabelledClause]) -> str:
    """Lines for sequence labelling: the words of risks; the rules that must not speak are metadata."""
    return _lines(
        {"text": row.text, "label": [list(span) for span in row.fires], **context_of(row), "must_not": [*row.silent]}
        for row in rows
    )


def _labels(row: LabelledClause) -> list[str]:
    return [*([row.element] if row.element else []), *(f"{SECONDARY}{element}" for element in row.secondary)]


def _lines(records: Iterable[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def read_lines(path: Path) -> list[LabelledClause]:
    """The rows of an export of either kind of project; texts that nobody labelled give none.

    Raises:
        CorpusError: a line is none of doccano's, or a label is unknown or outside its text.
        FileError: the file cannot be read.
    """
    rows = (_row(where, record) for where, record in json_lines(path))
    return [row for row in rows if row is not None]


def _row(where: str, record: Mapping[str, Any]) -> LabelledClause | None:
    labels: Any = next((record[key] for key in ("label", "labels", "entities") if record.get(key) is not None), [])
    labels = [labels] if isinstance(labels, str) else labels
    if not isinstance(labels, list):
        raise CorpusError(f"{where}: label must be a list")
    silent = record.get("must_not") or []
    if not labels and not silent:
        return None
    text = record.get("text") or record.get("data")
    if labels and all(isinstance(label, str) for label in labels):
        elements = [label for label in labels if not label.startswith(SECONDARY)]
        if len(elements) > 1:
            raise CorpusError(f"{where}: one element a clause, not {', '.join(elements)}")
        secondary = [label.removeprefix(SECONDARY) for label in labels if label.startswith(SECONDARY)]
        element = elements[0] if elements else None
        return row_from(where, text, record, element=element, secondary=secondary, source="doccano")
    return row_from(where, text, record, risks=risks_of(_spans(where, labels), silent), source="doccano")


def _spans(where: str, labels: Iterable[Any]) -> Iterator[tuple[int, int, str]]:
    for label in labels:
        if isinstance(label, dict):
            label = [label.get("start_offset"), label.get("end_offset"), label.get("label")]  # noqa: PLW2901
        if not isinstance(label, list) or [type(part) for part in label] != [int, int, str]:
            raise CorpusError(f"{where}: a label is [start, end, rule], not {label}")
        yield label[0], label[1], label[2]
