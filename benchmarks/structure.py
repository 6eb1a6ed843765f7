"""In which article of the first level each real line stands, as far as the labels of `../shared` can tell.

    python benchmarks/structure.py            # the figures
    python benchmarks/structure.py --wrong    # and each line that is wrong, by contract and line number, without text

`labels.jsonl` gives some nine lines a contract: whether the line starts an article, an item or nothing, and its number.
It does not say in which article a line stands. So four things are measured, from what is certain to what is inferred:

starts     labelled starts of numbered articles: an article of the first level begins there and has that number.
exact      labelled lines of whose article the labels leave no doubt: starts of articles, and lines between two labelled
           articles that follow each other (第五条, 第六条). The article found is the first of the two.
possible   labelled lines behind a labelled article: the article found is that one or a later one, and before the next
           labelled one. Wrong ones are certain, right ones need not be.
by style   labelled lines of contracts with a labelled numbered article: the article found begins with the nearest
           line above that is numbered as the labelled articles are (第…条, or 一、) and goes on in their sequence.
           The style is labelled, the sequence is inferred by a pattern that shares no code with the program, up to the
           first annex or signature.

An article is a clause numbered 第…条, else the highest with a number that is no chapter (章, 节, 部分). Annexes and
recitals have a first level of their own. Lines labelled `other` (titles, forms, signatures) stand in no article and are
left out; so are lines that are not found again as printed, such as tables drawn with characters, and are counted.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from hetong.document import Clause, Contract
from hetong.extract import read
from hetong.goldscore import Tally, share_of
from hetong.numerals import integer
from hetong.segment import segment

SHARED: Final = Path(__file__).resolve().parents[2] / "shared" / "contracts"
NEAR: Final = 1000  # characters behind the last line within which the next is looked for
MEASURES: Final = ("starts", "exact", "possible", "by style")
_BLANKS: Final = re.compile(r"[\s\u3000_＿]+")
_CHAPTER: Final = re.compile(r"第.{1,5}(?:编|部\s*分|篇|章|节)$|(?i:chapter|part)")
_ARTICLE: Final = re.compile(r"第.{1,7}条$")
_OVER: Final = re.compile(r"\s*附\s*[件表录]|.{0,12}[（(][^（）()]{0,3}[盖签][^（）()]{0,3}[)）]")
_STYLES: Final = {
    "条": re.compile(r"\s*第\s*(?P<n>[一二三四五六七八九十百\d⼀⼆⼗]{1,5})\s*条(?![款的所规约、，])"),
    "一、": re.compile(r"\s*(?P<n>[一二三四五六七八九十]{1,3})\s*[、.．：:]"),
    "1.": re.compile(r"\s*(?P<n>\d{1,2})\s*[、.．](?!\d)"),
}


class Line(NamedTuple):
    """A labelled line: where it is, what it starts, and the article that it is put into, by its first line."""

    at: int
    starts: str
    number: str
    found: int
    told: str


class Document(NamedTuple):
    """A real contract: the lines of its file, its labelled lines in order, and how many were not found again."""

    name: str
    text: list[str]
    lines: list[Line]
    lost: int


def main() -> None:
    """Reads the arguments and prints the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--wrong", action="store_true", help="name each line that is wrong")
    asked = parser.parse_args()
    if not SHARED.exists():
        print("no real contracts beside the project (../shared): nothing to measure")
        return
    documents = list(labelled())
    lines = sum(len(document.lines) for document in documents)
    print(f"{lines} labelled lines of clauses in {len(documents)} contracts, {sum(d.lost for d in documents)} lost")
    for measure in MEASURES:
        judged = {d.name: list(judge(measure, d)) for d in documents}
        share = share_of([Tally(sum(ok for _, ok in found), len(found)) for found in judged.values()])
        figures = f"{share.right:4d} of {share.of:4d} = {share.value:.3f}   95 % {share.low:.3f} to {share.high:.3f}"
        print(f"{measure:10}{figures}   in {sum(map(bool, judged.values()))} contracts")
        if asked.wrong:
            wrong = [f"{name}:{at}" for name, found in judged.items() for at, ok in found if not ok]
            print(f"          wrong: {' '.join(wrong) or '-'}")


def labelled() -> Iterator[Document]:
    """Each real contract that has labels, read and segmented."""
    rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for label in (SHARED / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(label)
        rows[row["contract"]].append(row)
    for name, found in sorted(rows.items()):
        path = SHARED / "text" / f"{name}.txt"
        text = path.read_text(encoding="utf-8").split("\n")
        contract = segment(read(path))
        starts = dict(places(contract, text))
        asked = [row for row in found if row["primary"] != "other" or row["number"]]
        asked.sort(key=lambda row: int(row["line"]))
        lines = [line for row in asked if (line := _line(row, contract, starts))]
        yield Document(name, text, lines, len(asked) - len(lines))


def places(contract: Contract, text: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(number of a line of the file, where it begins in the contract's text), of lines found again in their order."""
    squeezed = [(i, character) for i, character in enumerate(contract.text) if not _BLANKS.match(character)]
    whole, at = "".join(character for _, character in squeezed), 0
    for number, line in enumerate(text):
        key = _BLANKS.sub("", line)
        found = whole.find(key, at, at + NEAR + len(key)) if key else -1
        if found >= 0:
            yield number, squeezed[found][0]
            at = found + len(key)


def _line(row: dict[str, Any], contract: Contract, starts: dict[int, int]) -> Line | None:
    article = article_at(contract, starts[row["line"]]) if row["line"] in starts else None
    if article is None:
        return None
    first = next((n for n, at in starts.items() if article.start <= at < article.end), -1)
    return Line(row["line"], row["starts"], row["number"], first, article.number)


def article_at(contract: Contract, position: int) -> Clause | None:
    """The article of the first level in which a position lies."""
    clause = contract.clause_at(position)
    article = clause
    while clause is not None and not (clause.parent is None and clause.kind in ("annex", "preamble")):
        if _ARTICLE.match(clause.number):
            return clause
        if clause.number and not _CHAPTER.match(clause.number):
            article = clause
        clause = contract.clauses[clause.parent] if clause.parent is not None else None
    return article


def judge(measure: str, document: Document) -> Iterator[tuple[int, bool]]:
    """(line, whether its article is right) of the lines that a measure counts."""
    if measure == "by style":
        yield from _by_style(document)
        return
    articles = [line for line in document.lines if line.starts == "article" and line.number]
    for line in document.lines:
        before = [a for a in articles if a.at <= line.at][-1:]
        after = next((a for a in articles if a.at > line.at), None)
        start = line in articles
        if start and measure != "possible":
            yield line.at, line.found == line.at and _same(line.told, line.number)
        elif not start and before and measure == "exact" and after and _follows(before[0].number, after.number):
            yield line.at, line.found == before[0].at
        elif not start and before and measure == "possible":
            yield line.at, before[0].at <= line.found < (after.at if after else line.at + 1)


def _by_style(document: Document) -> Iterator[tuple[int, bool]]:
    style = _style_of(document)
    if style is None:
        return
    current, last = None, 0
    begins: dict[int, int | None] = {}
    for number, text in enumerate(document.text):
        if current is not None and _OVER.match(text):
            break
        match = _STYLES[style].match(text)
        ordinal = integer(match["n"]) if match else None
        if ordinal is not None and (ordinal in (last + 1, last + 2) or ordinal == 1):
            current, last = number, ordinal
        begins[number] = current
    for line in document.lines:
        if begins.get(line.at) is not None:
            yield line.at, line.found == begins[line.at]


def _style_of(document: Document) -> str | None:
    """The style of the labelled numbered articles; None when there is none or they are of several."""
    articles = [document.text[line.at] for line in document.lines if line.starts == "article" and line.number]
    styles = {next((name for name, style in _STYLES.items() if style.match(text)), None) for text in articles}
    return styles.pop() if len(styles) == 1 else None


def _same(told: str, number: str) -> bool:
    return _BLANKS.sub("", told).strip("（）()、.．") == _BLANKS.sub("", number).strip("（）()、.．")


def _follows(first: str, second: str) -> bool:
    """Whether an article is the next one: 第五条, 第六条."""
    one, two = (integer("".join(re.findall(r"[一二三四五六七八九十百\d]", number))) for number in (first, second))
    return one is not None and two == one + 1


if __name__ == "__main__":
    main()
