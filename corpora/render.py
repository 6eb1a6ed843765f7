"""Renders the sample drafts of `corpora/drafts/` from the annotated contracts: `make drafts`.

PDF with an embedded Chinese font (Noto Sans SC, OFL, from the package zhplot), page header and page numbers; DOCX with
Word's automatic numbering. Half of the drafts have planted risks, as their YAML says. The same input gives the same
text; `tests/test_drafts.py` reads every draft again and compares it with its source.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle
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
    for cells, group in groupby(lines, key=lambda line: line.part == "row"):
        if cells:
            _word_table(document, list(group))
            continue
        for line in group:
            counted = counter.counts(line)
            printed = line.text[len(line.clause.number) :].lstrip() if counted and line.clause else line.text
            paragraph = document.add_paragraph(printed)
            if counted:
                apply(paragraph, number, line.depth)
            if line.part == "title":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.runs[0].font.size = Pt(18)
    document.save(str(path))


def _word_table(document: Any, rows: Sequence[PrintedLine]) -> None:
    table = document.add_table(rows=0, cols=max(len(row.cells) for row in rows), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row.cells, strict=False):
            cell.text = text


def main() -> None:
    """Renders all drafts and says where they are."""
    pdfmetrics.registerFont(TTFont(FONT, str(font_file())))
    contracts = {contract.id: contract for contract in load_contracts(HERE / "contracts")}
    (HERE / "drafts").mkdir(exist_ok=True)
    for name, suffix in DRAFTS.items():
        print(render(contracts[name], suffix, HERE / "drafts"))


if __name__ == "__main__":
    main()
