"""spaCy: a DocBin with one Doc a clause, for `spacy train` (textcat from `doc.cats`, spancat from `doc.spans`).

Each Doc is cut into characters (`spacy.blank("zh")`), has all elements as categories (1 for its own), and the words of
risks as the span group `hetong`. The rest of the row is in `doc.user_data["hetong"]`. Needs the extra `hetong[spacy]`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import spacy
from spacy.tokens import Doc, DocBin, SpanGroup

from hetong.document import ELEMENTS
from hetong.errors import CorpusError
from hetong.exchange.rows import LabelledClause, bytes_of, context_of, risks_of, row_from

if TYPE_CHECKING:
    from spacy.language import Language

KEY: Final = "hetong"  # of the span group, and of what the Doc carries besides


def docbin_bytes(rows: Iterable[LabelledClause]) -> bytes:
    """The rows as the bytes of a DocBin."""
    nlp = spacy.blank("zh")
    return bytes(DocBin(store_user_data=True, docs=[_doc(nlp, row) for row in rows]).to_bytes())


def _doc(nlp: Language, row: LabelledClause) -> Doc:
    doc = nlp.make_doc(row.text)
    if row.element is not None:
        doc.cats = {element: float(element == row.element) for element in ELEMENTS}
    marked = [doc.char_span(start, end, rule, alignment_mode="expand") for start, end, rule in row.fires]
    doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=[span for span in marked if span is not None])
    doc.user_data[KEY] = {**context_of(row), "secondary": [*row.secondary], "must_not": [*row.silent]}
    return doc


def read_docbin(path: Path) -> list[LabelledClause]:
    """The rows of a DocBin; the element is the category of the highest score.

    Raises:
        CorpusError: the file is no DocBin, or a label is unknown.
        FileError: the file cannot be read.
    """
    data = bytes_of(path)
    try:
        docs = list(DocBin().from_bytes(data).get_docs(spacy.blank("zh").vocab))
    except Exception as error:  # spaCy reads msgpack in zlib and lets the errors of both through
        raise CorpusError(f"{path}: no DocBin: {error}") from error
    return [_row(f"{path}: doc {number}", doc) for number, doc in enumerate(docs, start=1)]


def _row(where: str, doc: Doc) -> LabelledClause:
    carried = doc.user_data.get(KEY)
    carried = carried if isinstance(carried, dict) else {}
    best = max(doc.cats, key=lambda name: doc.cats[name]) if doc.cats and max(doc.cats.values()) > 0 else None
    spans = [(span.start_char, span.end_char, span.label_) for span in doc.spans.get(KEY, ())]
    return row_from(
        where, doc.text, carried, element=best, secondary=list(carried.get("secondary") or ()),
        risks=risks_of(spans, carried.get("must_not") or ()), source="spacy",
    )  # fmt: skip
