"""Whether clauses begin where the gold file says, and whether each line lies in the right top-level article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hetong.corpus import AnnotatedClause, AnnotatedContract
from hetong.document import Clause, Contract
from hetong.goldscore.reading import Reading
from hetong.goldscore.tallies import Tally

_SEPARATORS: Final = "、.．： "
PARTS: Final = ("annex", "preamble")  # kinds of clauses at whose head a first level of its own begins


def starts(reading: Reading) -> Tally:
    """The numbered clauses whose place and number are found, of all numbered clauses."""
    begun = {clause.start: clause.number for clause in _numbered(reading.contract)}
    wanted = _wanted(reading)
    return Tally(sum(begun.get(start) == number for start, number in wanted.items()), len(wanted))


def begun_rightly(reading: Reading) -> Tally:
    """The numbered clauses found at the start of a line that the gold file has, of all that are found there.

    A list that runs on within a line is one text in the gold file, which says nothing about its items.
    """
    lines, wanted = {place.start for place in reading.places}, _wanted(reading)
    found = [clause for clause in _numbered(reading.contract) if clause.start in lines]
    return Tally(sum(clause.start in wanted for clause in found), len(found))


def top_articles(reading: Reading) -> Tally:
    """The lines that lie in the right article of the first level, of all lines of clauses.

    An article is known by where it begins. Lines of a first-level clause that has neither number nor heading are left
    out: as printed they are a further paragraph of the article above.
    """
    articles = dict(_articles(reading.gold))
    begins: dict[int, int] = {}
    for place in reading.places:
        if place.line.clause is not None and place.line.starts:
            begins.setdefault(id(place.line.clause), place.start)
    right = of = 0
    for place in reading.places:
        article = articles.get(id(place.line.clause)) if place.line.clause else None
        if article is None or not (article.number or article.heading):
            continue
        of += 1
        right += begins.get(id(article)) == _found_article(reading.contract, place.start)
    return Tally(right, of)


def _wanted(reading: Reading) -> dict[int, str]:
    """Where each numbered clause begins, and its number without what separates it from the text."""
    lines = ((place, place.line.clause) for place in reading.places if place.line.starts)
    return {place.start: clause.number.strip(_SEPARATORS) for place, clause in lines if clause and clause.number}


def _numbered(contract: Contract) -> Iterator[Clause]:
    """The clauses with numbers; the heading of an annex is none."""
    heads = (clause.kind == "annex" and clause.parent is None for clause in contract.clauses)
    return (clause for clause, head in zip(contract.clauses, heads, strict=True) if clause.number and not head)


def _articles(gold: AnnotatedContract) -> Iterator[tuple[int, AnnotatedClause]]:
    """(identity of a clause, its first-level clause) of all clauses, those of the annexes too."""
    for article in (*gold.clauses, *(clause for annex in gold.annexes for clause in annex.clauses)):
        yield from ((id(clause), article) for clause in article.walk())


def _found_article(contract: Contract, position: int) -> int | None:
    """Where the first-level clause begins in which a position lies; annexes and recitals have a first level each."""
    clause = contract.clause_at(position)
    while clause is not None and clause.parent is not None:
        above = contract.clauses[clause.parent]
        if above.parent is None and above.kind in PARTS:
            break
        clause = above
    return clause.start if clause else None
