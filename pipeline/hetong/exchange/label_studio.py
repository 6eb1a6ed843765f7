"""Label Studio: tasks for a project that classifies clauses or marks risks, and its JSON export back.

A task is `{"data": {…}, "annotations": [{"result": […]}], "predictions": […]}`; a result names the control that made it
(`from_name`), the text (`to_name`), its `type` and its `value`: `{"choices": […]}`, or `{"start", "end", "text",
"labels": […]}` (labelstud.io/guide/task_format). Positions are characters; versions before 1.6 counted UTF-16 units
(issues 1008 and 1347), which the `text` of a value tells apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import quoteattr

from hetong.document import ELEMENTS
from hetong.errors import CorpusError
from hetong.exchange.rows import LabelledClause, context_of, risks_of, row_from, text_of

TEXT: Final = "text"  # name of the text in the configuration
SHOWN: Final = '  <Header value="$heading"/>\n  <Text name="text" value="$text"/>\n'


def elements_config() -> str:
    """The labelling interface of a project that classifies: one element, up to two secondary ones."""
    choices = "".join(f"    <Choice value={quoteattr(element)}/>\n" for element in ELEMENTS)
    return (
        f'<View>\n{SHOWN}  <Choices name="element" toName="text" choice="single" required="true">\n{choices}'
        f'  </Choices>\n  <Choices name="secondary" toName="text" choice="multiple">\n{choices}  </Choices>\n</View>\n'
    )


def risks_config(rules: Iterable[str]) -> str:
    """The labelling interface of a project that marks the words of risks."""
    labels = "".join(f"    <Label value={quoteattr(rule)}/>\n" for rule in rules)
    return f'<View>\n{SHOWN}  <Labels name="risk" toName="text">\n{labels}  </Labels>\n</View>\n'


def element_tasks(rows: Iterable[LabelledClause]) -> str:
    """Tasks whose annotations are elements."""
    return _tasks(rows, _element_results)


def risk_tasks(rows: Iterable[LabelledClause]) -> str:
    """Tasks whose annotations are words of risks; the rules that must not speak travel in the data."""
    return _tasks(rows, _risk_results)


def _tasks(rows: Iterable[LabelledClause], results: Callable[[LabelledClause], Iterator[dict[str, Any]]]) -> str:
    tasks = [{"data": _data(row), "annotations": [{"result": list(results(row))}]} for row in rows]
    return json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"


def _data(row: LabelledClause) -> dict[str, Any]:
    return {TEXT: row.text, **context_of(row), "must_not": [*row.silent]}


def _element_results(row: LabelledClause) -> Iterator[dict[str, Any]]:
    for name, elements in (("element", (row.element,)), ("secondary", row.secondary)):
        if values := [element for element in elements if element]:
            yield {"id": name, "from_name": name, "to_name": TEXT, "type": "choices", "value": {"choices": values}}


def _risk_results(row: LabelledClause) -> Iterator[dict[str, Any]]:
    for number, (start, end, rule) in enumerate(row.fires):
        value = {"start": start, "end": end, "text": row.text[start:end], "labels": [rule]}
        yield {"id": f"risk{number}", "from_name": "risk", "to_name": TEXT, "type": "labels", "value": value}


def read_tasks(path: Path) -> list[LabelledClause]:
    """The rows of a JSON export, of either kind of project.

    Of several annotations the one marked as ground truth counts, else the last one submitted; skipped ones do not. A
    task that nobody annotated gives its last prediction, as source `label-studio-prediction`, or nothing.

    Raises:
        CorpusError: the file is no such export, or a label is unknown or stands nowhere in its text.
        FileError: the file cannot be read.
    """
    try:
        tasks = json.loads(text_of(path))
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{path}: no JSON: {error}") from error
    if not isinstance(tasks, list) or not all(isinstance(t, dict) and isinstance(t.get("data"), dict) for t in tasks):
        raise CorpusError(f"{path}: must be a list of tasks with data; export as JSON, not as JSON-MIN")
    rows = (_row(f"{path}: task {task.get('id', i)}", task) for i, task in enumerate(tasks, start=1))
    return [row for row in rows if row is not None]


def _row(where: str, task: Mapping[str, Any]) -> LabelledClause | None:
    try:
        results, source = _results(task)
        element = _choices(results, "element")
        secondary = _choices(results, "secondary")
        text = str(task["data"].get(TEXT) or "")
        spans = [span for result in results if result["type"] == "labels" for span in _spans(where, text, result)]
    except (KeyError, TypeError, AttributeError) as error:
        raise CorpusError(f"{where}: not as Label Studio writes it: {error!r}") from error
    risks = risks_of(spans, task["data"].get("must_not") or ()) if spans or not element else ()
    only = element[0] if element else None
    return (
        row_from(where, text, task["data"], element=only, secondary=secondary, risks=risks, source=source)
        if source
        else None
    )


def _results(task: Mapping[str, Any]) -> tuple[Sequence[Mapping[str, Any]], str]:
    """The results that count and who says so; nobody when the task was skipped or never looked at."""
    annotations, predictions = task.get("annotations") or [], task.get("predictions") or []
    kept = [one for one in annotations if not one.get("was_cancelled")]
    if kept:
        return _chosen(kept)["result"], "label-studio"
    if predictions and not annotations:
        return predictions[-1]["result"], "label-studio-prediction"
    return [], ""


def _chosen(annotations: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The annotation that counts."""
    return max(annotations, key=lambda one: (bool(one.get("ground_truth")), str(one.get("updated_at") or "")))


def _choices(results: Iterable[Mapping[str, Any]], name: str) -> list[str]:
    chosen = (result["value"].get("choices") or () for result in results if result.get("from_name") == name)
    return [str(choice) for choices in chosen for choice in choices]


def _spans(where: str, text: str, result: Mapping[str, Any]) -> Iterator[tuple[int, int, str]]:
    value = result["value"]
    start, end = value.get("start"), value.get("end")
    if not isinstance(start, int) or not isinstance(end, int):
        raise CorpusError(f"{where}: a label has no start and end; use the tag Text, not HyperText")
    quote = value.get("text")
    if quote and text[start:end] != quote:
        start, end = _from_units(text, start), _from_units(text, end)
        if text[start:end] != quote:
            raise CorpusError(f"{where}: the words {quote!r} are not where their label says")
    yield from ((start, end, str(label)) for label in value.get("labels") or ())


def _from_units(text: str, at: int) -> int:
    """A position counted in UTF-16 units as one counted in characters."""
    return len(text.encode("utf-16-le")[: 2 * at].decode("utf-16-le", "ignore"))
