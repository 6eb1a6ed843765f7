"""Reads the sentences of `corpora/sentences/`: for each rule some that carry its risk, and near misses that do not.

One file a rule, one JSON object a line; `writers.csv` says who wrote, from which background, and whose sentences are
set aside: nothing is ever trained on them. The format is described in `corpora/README.md`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, get_args

from hetong.errors import CorpusError

Part = Literal["train", "aside"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
FOLDER: Final = "sentences"  # in a corpus
WRITERS: Final = "writers.csv"
HEADER: Final = ("writer", "part", "background")
FIELDS: Final[Mapping[str, type]] = {
    "text": str, "risk": bool, "usual": bool, "buyer": str, "supplier": str, "field": str, "why": str, "writer": str,
}  # fmt: skip
# The rules of the two risks that matter most
TOPICS: Final[Mapping[str, str]] = {
    **{f"SRV00{number}": "unlimited service" for number in range(1, 7)},
    **{f"LGL00{number}": "undefined change" for number in range(1, 5)},
}
LONGEST: Final = 300  # characters: three sentences


class Sentence(NamedTuple):
    """One to three sentences of a clause, with or without the risk of a rule.

    Attributes:
        rule: the rule that it was written for.
        text: what the clause says.
        risk: whether it carries the risk; a near miss does not.
        usual: whether it uses words that are usual for this risk.
        buyer: what the text calls the side that pays, "" when it does not stand in it.
        supplier: what it calls the side that performs.
        field: trade or occasion.
        why: why a near miss carries no risk.
        writer: who wrote it.
        part: "aside" when its writer's sentences are set aside for measuring, else "train".
    """

    rule: str
    text: str
    risk: bool
    usual: bool
    buyer: str
    supplier: str
    field: str
    why: str
    writer: str
    part: Part


def load_sentences(folder: Path) -> tuple[Sentence, ...]:
    """All sentences of a folder, by rule, in the order of the files.

    Raises:
        CorpusError: a file is missing or damaged, or rows have mistakes; each is listed with its line.
    """
    parts = _parts(folder / WRITERS)
    found: list[Sentence] = []
    wrong: list[str] = []
    for path in sorted(folder.glob("*.jsonl")):
        for where, record in _records(path, wrong):
            mistakes = list(_mistakes(record, parts))
            wrong += [f"{where}: {mistake}" for mistake in mistakes]
            if not mistakes:
                found.append(Sentence(path.stem, **record, part=parts[record["writer"]]))
    if wrong:
        raise CorpusError("\n".join(wrong))
    return tuple(found)


def chosen(
    sentences: Iterable[Sentence], part: Part | None = None, rules: Collection[str] | None = None
) -> tuple[Sentence, ...]:
    """The sentences of a part, and those written for some rules; None means all."""
    return tuple(
        one for one in sentences if (part is None or one.part == part) and (rules is None or one.rule in rules)
    )


def _records(path: Path, wrong: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a file with their places; lines that hold none are told of."""
    for number, line in enumerate(_text(path).splitlines(), 1):
        if line.strip():
            try:
                record = json.loads(line)
            except ValueError as error:
                wrong.append(f"{path}: line {number}: no JSON ({error})")
                continue
            if isinstance(record, dict):
                yield f"{path}: line {number}", record
            else:
                wrong.append(f"{path}: line {number}: write one JSON object a line")


def _mistakes(record: Mapping[str, Any], parts: Mapping[str, Part]) -> Iterator[str]:
    yield from (f"{key}: missing" for key in FIELDS.keys() - record.keys())
    yield from (f"{key}: no such field" for key in record.keys() - FIELDS.keys())
    wrong = [key for key, kind in FIELDS.items() if key in record and not isinstance(record[key], kind)]
    yield from (f"{key}: must be {FIELDS[key].__name__}" for key in wrong)
    if wrong or FIELDS.keys() - record.keys():
        return
    if not 0 < len(record["text"]) <= LONGEST:
        yield f"text: must have 1 to {LONGEST} characters"
    yield from (f"{side}: not in the text" for side in ("buyer", "supplier") if record[side] not in record["text"])
    if not record["risk"] and not record["why"]:
        yield "why: say why a near miss carries no risk"
    if record["writer"] not in parts:
        yield f"writer: {record['writer']} is not in {WRITERS}"


def _parts(path: Path) -> dict[str, Part]:
    """Writer → whether what he wrote is trained on or set aside.

    Raises:
        CorpusError: the file is missing, or a row is none.
    """
    rows = list(csv.reader(_text(path).splitlines()))
    if not rows or tuple(rows[0]) != HEADER:
        raise CorpusError(f"{path}: the first line must be {','.join(HEADER)}")
    parts: dict[str, Part] = {}
    for number, row in enumerate(rows[1:], 2):
        part = next((part for part in PARTS if len(row) == len(HEADER) and row[1] == part), None)
        if part is None or row[0] in parts:
            raise CorpusError(f"{path}: line {number}: name each writer once, with {' or '.join(PARTS)}")
        parts[row[0]] = part
    return parts


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: cannot be read: {error}") from error
