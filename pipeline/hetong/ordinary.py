"""Reads the ordinary texts of `corpora/ordinary/`: what stands in contracts and beside them and carries no risk.

One file a writer, one JSON object a line. Detectors learn from them what is harmless; the format is described in
`corpora/README.md`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, NamedTuple

from hetong.errors import CorpusError

FOLDER: Final = "ordinary"  # in a corpus
FIELDS: Final = ("text", "kind", "contract")
LONGEST: Final = 400  # characters
TOGETHER: Final = 25  # texts of a writer that stand in a row are kept together when parts are left out


class OrdinaryText(NamedTuple):
    """A stretch of a document that carries no risk for anybody.

    Attributes:
        text: as it stands there, perhaps in several lines.
        kind: what it is: invoice data, definitions, a form to fill in, balanced duties.
        contract: the kind of document that it comes from.
        source: what is kept together when training leaves a part out.
    """

    text: str
    kind: str
    contract: str
    source: str


def load_ordinary(folder: Path) -> tuple[OrdinaryText, ...]:
    """All texts of a folder, by writer, in the order of the files; none when there is no such folder.

    Raises:
        CorpusError: rows have mistakes; each is listed with its line.
    """
    found: list[OrdinaryText] = []
    wrong: list[str] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            try:
                found.append(_text(line, f"{path.stem}/{number // TOGETHER}"))
            except ValueError as error:
                wrong.append(f"{path}: line {number + 1}: {error}")
    if wrong:
        raise CorpusError("\n".join(wrong))
    return tuple(found)


def _text(line: str, source: str) -> OrdinaryText:
    """The text of a line.

    Raises:
        ValueError: it is no JSON, or no text with all of its fields.
    """
    record = json.loads(line)
    if (
        not isinstance(record, dict)
        or set(record) != set(FIELDS)
        or not all(isinstance(v, str) for v in record.values())
    ):
        raise ValueError(f"write one JSON object with {', '.join(FIELDS)}, all of them text")
    if not 0 < len(record["text"]) <= LONGEST:
        raise ValueError(f"text: must have 1 to {LONGEST} characters")
    return OrdinaryText(**record, source=source)
