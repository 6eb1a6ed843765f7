"""Renders annotated contracts as PDF, as Word files and as scans.

    python corpora/render.py                                     # the sample drafts of corpora/drafts/: make drafts
    python corpora/render.py --all --format pdf|docx|scan OUT    # every contract, OUT/<id>.pdf or .docx
    python corpora/render.py --only lease-01 --format docx OUT   # some

PDF with an embedded Chinese font (Noto Sans SC, OFL, from the package zhplot), page header and page numbers; DOCX with
Word's automatic numbering, and the changes of redlined clauses as tracked changes (`redline.py`); scans are the pages
of the PDF as pictures (`scans.py`). Half of the drafts have planted risks, as their YAML says. The same input gives the
same text; `tests/test_drafts.py` and `tests/test_render.py` read what is rendered again and compare it with its source.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from redline import Markup, printed_twice
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
from scans import write_scan
from word_numbers import Counter, apply, define, levels_of

from hetong.corpus import AnnotatedContract, PrintedLine, load_contracts, print_contract

HERE = Path(__file__).parent
# id → format; the first of each pair of lines is sound, the second has planted risks
DRAFTS = {
    "property-01": "pdf", "cleaning-01": "pdf",
    "equipment-01": "pdf", "equipment-02": "pdf",
    "transport-01": "pdf", "software-02": "pdf",
    "software-01": "docx", "operations-02": "docx",
    "sale-02": "docx", "lease-06": "docx",
    "design-01": "docx", "catering-01": "docx",
}  # fmt: skip
FONT = "NotoSansSC"


def font_file() -> Path:
    """The font inside the package zhplot, found without importing it."""
    spec = importlib.util.find_spec("zhplot")
    if spec is None or spec.origin is None:
        sys.exit("the font is missing: pip install --group drafts")
    return Path(spec.origin).parent / "fonts" / "NotoSansSC-Regular.ttf"


def render(contract: AnnotatedContract, suffix: str, folder: Path) -> Path:
    """One draft, named by the contract's title."""
    name = contract.title.split("\u3000")[0].replace("/", "-")
    path = folder / f"{name}.{suffix}"
    (write_pdf if suffix == "pdf" else write_docx)(contract, path)
    return path


def write_pdf(contract: AnnotatedContract, path: Path) -> None:
    """A4 pages, header and page number on each, paragraphs that run over lines and pages, ruled tables."""
    body = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=21, wordWrap="CJK", firstLineIndent=24)
    title = ParagraphStyle("title", parent=body, fontSize=17, leading=30, alignment=TA_CENTER, firstLineIndent=0)
    plain = ParagraphStyle("plain", parent=body, firstLineIndent=0)
    story: list[Any] = []
    for cells, group in groupby(print_contract(contract), key=lambda line: line.part == "row"):
        if cells:
            story += [_table(list(group), plain), Spacer(1, 8)]
            continue
        for line in group:
            style = title if line.part == "title" else body if line.part in {"clause", "preamble"} else plain
            story.append(Paragraph(_escaped(line.text), style))

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawString(62, A4[1] - 40, contract.title)
        canvas.drawCentredString(A4[0] / 2, 34, f"第 {document.page} 页")

    document = SimpleDocTemplate(str(path), pagesize=A4, leftMargin=62, rightMargin=62, topMargin=64, bottomMargin=62,
                                 title=contract.title, author="", invariant=1)  # fmt: skip
    document.build(story, onFirstPage=furniture, onLaterPages=furniture)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _table(rows: Sequence[PrintedLine], style: ParagraphStyle) -> Table:
    data = [[Paragraph(_escaped(cell), style) for cell in row.cells] for row in rows]
    table = Table(data, colWidths=[(A4[0] - 124) / max(map(len, data))] * max(map(len, data)))
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.6, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    return table


def write_docx(contract: AnnotatedContract, path: Path) -> None:
    """Numbers are counted by Word wherever it would count them as printed."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    lines = print_contract(contract)
    levels = levels_of(lines)
    number, counter = define(document, levels), Counter(levels)
    document.sections[0].header.paragraphs[0].text = contract.title
    markup = Markup()
    for cells, group in groupby(
        printed_twice(contract), key=lambda pair: pair[0] is not None and pair[0].part == "row"
    ):
        if cells:
            _word_table(document, [line for line, _ in group if line is not None])
            continue
        for line, before in group:
            counted = line is not None and counter.counts(line)
            texts = [None if one is None else _uncounted(one) if counted else one.text for one in (before, line)]
            paragraph = document.add_paragraph()
            markup.write(paragraph, *texts)
            _dress(paragraph, line, number if counted else None)
    document.save(str(path))


def _dress(paragraph: Any, line: PrintedLine | None, number: int | None) -> None:
    """Gives a paragraph the number that Word counts, and the title its looks."""
    if line is not None and number is not None:
        apply(paragraph, number, line.depth)
    if line is not None and line.part == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.runs[0].font.size = Pt(18)


def _uncounted(line: PrintedLine) -> str:
    """The text of a line without the number that Word counts itself."""
    return line.text[len(line.clause.number) :].lstrip() if line.clause else line.text


def write_scanned(contract: AnnotatedContract, path: Path) -> None:
    """The pages of the PDF as a scanner would see them, sealed by the party that signs last."""
    owners = [party.name for party in contract.parties if party.name.strip("_＿ \u3000")]
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        write_pdf(contract, printed)
        write_scan(printed, path, contract.id, owners[-1] if owners else contract.title, font_file())


def _word_table(document: Any, rows: Sequence[PrintedLine]) -> None:
    table = document.add_table(rows=0, cols=max(len(row.cells) for row in rows), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row.cells, strict=False):
            cell.text = text


WRITERS: dict[str, tuple[str, Callable[[AnnotatedContract, Path], None]]] = {
    "pdf": ("pdf", write_pdf), "docx": ("docx", write_docx), "scan": ("pdf", write_scanned),
}  # fmt: skip


def prepare_font() -> None:
    """Makes the font known to reportlab."""
    pdfmetrics.registerFont(TTFont(FONT, str(font_file())))


def main(arguments: Sequence[str]) -> None:
    """Renders what was asked for and says where it is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("output", nargs="?", type=Path, metavar="OUT")
    parser.add_argument("--all", action="store_true", help="every contract")
    parser.add_argument("--only", action="append", metavar="ID", help="this contract; may be given again")
    parser.add_argument("--format", choices=list(WRITERS), default="pdf")
    asked = parser.parse_args(arguments)
    contracts = {contract.id: contract for contract in load_contracts(HERE / "contracts")}
    chosen = list(contracts) if asked.all else asked.only
    if bool(chosen) != bool(asked.output) or not {*(chosen or ())} <= contracts.keys():
        parser.error("name a folder and contracts that exist (--all or --only ID), or nothing for the sample drafts")
    prepare_font()
    if not chosen:
        (HERE / "drafts").mkdir(exist_ok=True)
        for name, suffix in DRAFTS.items():
            print(render(contracts[name], suffix, HERE / "drafts"))
        return
    asked.output.mkdir(parents=True, exist_ok=True)
    suffix, write = WRITERS[asked.format]
    for name in chosen:
        write(contracts[name], asked.output / f"{name}.{suffix}")
        print(asked.output / f"{name}.{suffix}")


if __name__ == "__main__":
    main(sys.argv[1:])
