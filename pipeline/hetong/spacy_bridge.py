"""spaCy components over `Contract`: clauses, elements and risks as span groups on a `Doc`.

    nlp = spacy.blank("zh")
    nlp.add_pipe("hetong_risks", config={"stance": "supplier"})
    doc = nlp("第一条 ……")
    [(span.label_, span.text) for span in doc.spans["hetong_risks"]]
    doc._.hetong.findings        # the findings in full

Needs the extra `hetong[spacy]`. The Doc itself carries only the spans and the stance, so that it can go to bytes, to
another process and into a DocBin (with `store_user_data=True`); `doc._.hetong` is worked out from its text and kept
for the last few. A span that would cut a token grows to the token's borders, as `char_span` needs it;
the exact characters are in `doc._.hetong`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from hetong.document import Contract, Side, Source
from hetong.extract.builder import TextBuilder
from hetong.run import analyse

STANCE: Final = "hetong_stance"  # key in `doc.user_data`
KEPT: Final = 8  # contracts: enough for the components of one pipeline to share one


def contract_of(doc: Doc) -> Contract:
    """The text of a Doc as a contract after extract: one block a line, every position the same as in `doc.text`."""
    return _contract(doc.text)


def _contract(text: str) -> Contract:
    builder = TextBuilder()
    for line in text.split("\n"):
        builder.add(line)
    contract = builder.contract(Source("doc", hashlib.sha256(text.encode()).hexdigest(), "spacy"))
    assert contract.text == text.translate({9: " ", 11: " ", 12: " ", 13: " "}) + "\n"
    return contract


@lru_cache(maxsize=KEPT)
def _analysed(text: str, stance: Side) -> Contract:
    return analyse(_contract(text), stance=stance)


def _analysis(doc: Doc) -> Contract | None:
    """The contract of a Doc that has been through one of our components."""
    stance = doc.user_data.get(STANCE)
    return None if stance is None else _analysed(doc.text, stance)


if not Doc.has_extension("hetong"):
    Doc.set_extension("hetong", getter=_analysis)


@Language.factory("hetong_clauses")
def make_clauses(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 (spaCy's signature)
    """Component that marks each clause; the label is its printed number."""
    return lambda doc: _marked(doc, "hetong_clauses", lambda c: ((x.start, x.end, x.number) for x in c.clauses))


@Language.factory("hetong_elements")
def make_elements(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 (spaCy's signature)
    """Component that marks each clause with its element."""
    return lambda doc: _marked(doc, "hetong_elements", lambda c: ((x.start, x.end, x.element) for x in c.clauses))


@Language.factory("hetong_risks", default_config={"stance": "neutral"})
def make_risks(nlp: Language, name: str, stance: Side) -> Callable[[Doc], Doc]:  # noqa: ARG001 (spaCy's signature)
    """Component that marks each finding with its rule; absences have no span and are in `doc._.hetong.findings`."""

    def risks(doc: Doc) -> Doc:
        doc.user_data[STANCE] = stance
        return _marked(doc, "hetong_risks", lambda c: ((*f.span, f.rule) for f in c.findings if f.span is not None))

    return risks


def _marked(doc: Doc, group: str, places: Callable[[Contract], Iterable[tuple[Any, ...]]]) -> Doc:
    doc.user_data.setdefault(STANCE, "neutral")  # clauses and elements are the same for every side
    length = len(doc.text)  # the contract's text ends in a newline that the Doc has not
    found = (
        doc.char_span(start, min(end, length), label, alignment_mode="expand")
        for start, end, label in places(doc._.hetong)
    )
    doc.spans[group] = SpanGroup(doc, name=group, spans=[span for span in found if span is not None])
    return doc
