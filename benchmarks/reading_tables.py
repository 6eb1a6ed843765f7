"""Ruled tables of real PDFs, cell by cell beside pdfplumber's; and what reading costs beside pdfium's raw text.

    python benchmarks/reading_tables.py [PDF ...]     # without files: those of ../shared

Each cell that pdfplumber finds (`page.find_tables()`, its defaults) is looked for among ours by its box, 3 points to
either side, and compared by row, column and text without white space. What differs is listed with the verdict of a
person who looked at the picture of the page: `better`, `same` or `worse`, kept in `table_verdicts.csv` by file, page,
what differs and the corner of the cell, without any text. Three things differ:

text      the cell is there and its text, row or column is another;
theirs    a table or single cells that pdfplumber finds and we do not;
ours      cells that we find and pdfplumber does not.

Differences that nobody has looked at are `open`, and count as worse. Besides, each character of pdfium's raw text is
looked for in the contract's text and asides: a table's text is there once, so none is missing and none is there twice.
"""

from __future__ import annotations

import csv
import logging
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pdfplumber
import pypdfium2

from hetong.extract import read
from hetong.extract.layout import GridCell, PageLayout, TableRows, TextLine
from hetong.extract.pdf_page import page_layout

SHARED: Final = Path(__file__).resolve().parents[2] / "shared"
VERDICTS: Final = Path(__file__).with_name("table_verdicts.csv")
NEAR: Final = 3.0  # points: boxes of which no side is farther apart are of one cell
Key = tuple[str, int, str, int, int]  # file, page, what differs, left and top of the cell or table


class TheirCell(NamedTuple):
    """A cell as pdfplumber finds it: box, row and column in its table, text without white space."""

    box: tuple[float, float, float, float]
    row: int
    column: int
    text: str


class OurCell(NamedTuple):
    """A cell as we find it, and its text without white space."""

    cell: GridCell
    text: str


class Difference(NamedTuple):
    """Cells that are read in two ways: where, how many, and what a person made of it."""

    file: str
    page: int
    kind: str
    left: int
    top: int
    cells: int
    verdict: str = "open"

    @property
    def key(self) -> Key:
        """What the verdict is kept under."""
        return self.file, self.page, self.kind, self.left, self.top


class Tables(NamedTuple):
    """How the cells of some files compare: files, pages, pdfplumber's cells, those read equally, the differences.

    `characters` are those of the raw text; `missing` of them are in no contract, `doubled` ones in none of the pages.
    """

    files: int
    pages: int
    cells: int
    equal: int
    differences: tuple[Difference, ...]
    characters: int
    missing: int
    doubled: int

    def count(self, verdict: str) -> int:
        """How many cells differ with this verdict."""
        return sum(d.cells for d in self.differences if d.verdict == verdict)

    @property
    def worse(self) -> int:
        """Cells that are read worse than by pdfplumber, or at which nobody has looked."""
        return self.count("worse") + self.count("open")


def files() -> list[Path]:
    """The real PDFs beside the project, when they are there."""
    return [*sorted((SHARED / "documents").glob("*.pdf")), *sorted((SHARED / "contracts" / "originals").glob("*.pdf"))]


def measure(paths: Sequence[Path], verdicts: Path = VERDICTS) -> Tables:
    """Compares all tables of these PDFs."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    known = _verdicts(verdicts)
    pages = cells = equal = 0
    differences: list[Difference] = []
    characters: list[tuple[int, int, int]] = []
    for path in paths:
        raw, own = _characters(path)
        characters.append((raw.total(), (raw - own).total(), (own - raw).total()))
        document = pypdfium2.PdfDocument(path)
        with pdfplumber.open(path) as reference:
            for number, theirs in enumerate(reference.pages, start=1):
                page = document[number - 1]
                found, same = _compared(path.name, number, _their_tables(theirs), page_layout(page, number))
                differences += (d._replace(verdict=known.get(d.key, "open")) for d in found)
                pages, equal, cells = pages + 1, equal + same, cells + same
                cells += sum(d.cells for d in found if d.kind != "ours")
                theirs.close()
                page.close()
        document.close()
    return Tables(
        len(paths),
        pages,
        cells,
        equal,
        tuple(differences),
        *map(sum, zip(*characters, strict=True)),
    )


def missing() -> str:
    """What this measure needs and the machine has not; "" when all is there."""
    return "" if files() else "real PDFs in ../shared"


def report(sample: int | None) -> Iterator[str]:
    """The table, line by line; of all PDFs at hand, or of so many."""
    yield from lines(measure(files()[:sample]))


def lines(tables: Tables) -> Iterator[str]:
    """The table as lines: counts, and each difference."""
    yield f"cells of ruled tables beside pdfplumber's, {tables.files} files, {tables.pages} pages"
    yield f"{'cells':>8} {'equal':>8} {'same':>8} {'better':>8} {'worse':>8} {'open':>8} {'equal or better':>16}"
    counts = [tables.count(verdict) for verdict in ("same", "better", "worse", "open")]
    share = 1 - tables.worse / (tables.cells + tables.count("better")) if tables.cells else 1.0
    yield " ".join(f"{n:8}" for n in (tables.cells, tables.equal, *counts)) + f" {share:16.4f}"
    yield f"{tables.characters} characters of the raw text: {tables.missing} missing, {tables.doubled} there twice"
    for d in tables.differences:
        yield f"  {d.verdict:7} {d.file} page {d.page}: {d.kind}, {d.cells} cells from ({d.left}, {d.top})"


def _characters(path: Path) -> tuple[Counter[str], Counter[str]]:
    """The characters of the raw text of a file, and those of its contract and asides; spaces and symbols left out."""
    contract, raw = read(path), Counter[str]()
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            raw.update(filter(str.isalnum, page.get_textpage().get_text_range()))
    own = Counter(filter(str.isalnum, contract.text))
    for aside in contract.asides:
        own.update(filter(str.isalnum, aside.text))
    return raw, own


def _verdicts(path: Path) -> dict[Key, str]:
    """What a person found, by file, page, kind and place."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (row["file"], int(row["page"]), row["kind"], int(row["left"]), int(row["top"])): row["verdict"]
            for row in csv.DictReader(lines)
        }


def _plain(words: str | None) -> str:
    return "".join((words or "").split())


def _their_tables(page: Any) -> list[list[TheirCell]]:
    """The tables of a page that pdfplumber finds."""
    return [
        [
            TheirCell(box, r, c, _plain(words))
            for r, (row, texts) in enumerate(zip(table.rows, table.extract(), strict=True))
            for c, (box, words) in enumerate(zip(row.cells, texts, strict=True))
            if box is not None
        ]
        for table in page.find_tables()
    ]


def _our_cells(layout: PageLayout) -> list[OurCell]:
    """The cells of a page that we find, those of rows without text too; a row may be read as framed paragraphs."""
    lines: dict[GridCell, Sequence[TextLine]] = {}
    for item in layout.body:
        if isinstance(item, TableRows):
            lines.update(item.cells)
    cells = [cell for grid in layout.grids for cell in grid.cells]
    framed = {cell: [line for line in layout.lines if line.column > 2 and _holds(cell, line)] for cell in cells}
    return [OurCell(cell, _plain("".join(line.text for line in lines.get(cell, framed[cell])))) for cell in cells]


def _holds(cell: GridCell, line: TextLine) -> bool:
    """Whether the middle of a line stands in a cell."""
    x, y = (line.box.x0 + line.box.x1) / 2, (line.box.top + line.box.bottom) / 2
    return cell.box.x0 <= x <= cell.box.x1 and cell.box.top <= y <= cell.box.bottom


def _compared(
    file: str, page: int, tables: Iterable[Sequence[TheirCell]], layout: PageLayout
) -> tuple[list[Difference], int]:
    """The differences of a page, and how many of pdfplumber's cells are equal."""
    ours, seen, equal = _our_cells(layout), set[GridCell](), 0
    found: list[Difference] = []
    for table in tables:
        pairs = [(cell, _at(cell.box, ours)) for cell in table]
        missing = [cell for cell, own in pairs if own is None]
        if missing:
            found.append(_difference(file, page, "theirs", [cell.box for cell in missing]))
        rows = _shift(pairs)
        for cell, own in pairs:
            if own is None:
                continue
            seen.add(own.cell)
            if _is_same(cell, own, rows):
                equal += 1
            else:
                found.append(_difference(file, page, "text", [cell.box]))
    extra = [own.cell.box[1:] for own in ours if own.cell not in seen]
    if extra:
        found.append(_difference(file, page, "ours", extra))
    return found, equal


def _difference(file: str, page: int, kind: str, boxes: Sequence[tuple[float, ...]]) -> Difference:
    """Cells that differ, named by their upper left corner."""
    return Difference(file, page, kind, round(min(b[0] for b in boxes)), round(min(b[1] for b in boxes)), len(boxes))


def _at(box: Sequence[float], ours: Iterable[OurCell]) -> OurCell | None:
    return next((o for o in ours if all(abs(a - b) <= NEAR for a, b in zip(o.cell.box[1:], box, strict=True))), None)


def _shift(pairs: Iterable[tuple[TheirCell, OurCell | None]]) -> tuple[int, int]:
    """By how many rows and columns our table begins before pdfplumber's: a page break leaves rows half ruled."""
    shifts = Counter((own.cell.row - cell.row, own.cell.column - cell.column) for cell, own in pairs if own)
    return shifts.most_common(1)[0][0] if shifts else (0, 0)


def _is_same(cell: TheirCell, own: OurCell, shift: tuple[int, int]) -> bool:
    """Whether a cell stands in the same row and column and has the same text."""
    place = own.cell.row - shift[0], own.cell.column - shift[1]
    return place == (cell.row, cell.column) and own.text == cell.text


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    paths = [Path(a) for a in arguments] or files()
    print(*([missing()] if not paths else lines(measure(paths))), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
