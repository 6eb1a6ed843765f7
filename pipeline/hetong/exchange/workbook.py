"""Excel: a workbook in which reviewers look at labels, one row a clause and one row a risk, and its way back.

Every cell is text that no spreadsheet runs: cells are strings and marked as such, so that =1+1 stays what the contract
says even when somebody edits the cell. Needs the extra `hetong[exchange]`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from hetong.document import ELEMENTS
from hetong.errors import CorpusError, FileError
from hetong.exchange.rows import LabelledClause, LabelledRisk, RiskLabel, bytes_of, row_from
from hetong.report.inert import many_lines
from hetong.report.words import word

NAMES: Final = {element: word(element, "zh") for element in ELEMENTS}
KEPT, DROPPED = "采用", "不用"
LABELS: Final = {"fires": "应报", "must_not": "不应报"}
LONGEST: Final = 32_767  # characters of a cell
LARGEST: Final = 200 * 1024 * 1024  # bytes, unpacked
# Title of the column → width; 0 hides it
CLAUSES: Final = {
    "合同": 16, "编号": 10, "标题": 16, "条款": 70, "要素": 12, "次要素一": 12, "次要素二": 12, "处理": 8, "备注": 24,
    "行": 0, "家族": 0, "上级标题": 0, "所属条款": 0,
}  # fmt: skip
RISKS: Final = {"行": 6, "条款": 50, "规则": 10, "原文": 40, "标注": 10, "处理": 8, "备注": 24, "起": 0, "止": 0}


def workbook_bytes(rows: Iterable[LabelledClause]) -> bytes:
    """The rows as a workbook with the sheets 条款 and 风险.

    Raises:
        CorpusError: a text is longer than a cell can be.
    """
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    numbered = list(enumerate(rows, start=1))
    clauses = _sheet(book, "条款", CLAUSES, (_clause_cells(number, row) for number, row in numbered))
    _offer(clauses, ("要素", "次要素一", "次要素二"), CLAUSES, tuple(NAMES.values()))
    _offer(clauses, ("处理",), CLAUSES, (KEPT, DROPPED))
    cells = (_risk_cells(number, row, risk) for number, row in numbered for risk in row.risks)
    risks = _sheet(book, "风险", RISKS, cells)
    _offer(risks, ("处理",), RISKS, (KEPT, DROPPED))
    _offer(risks, ("标注",), RISKS, tuple(LABELS.values()))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _clause_cells(number: int, row: LabelledClause) -> list[str]:
    secondary = [NAMES[element] for element in row.secondary] + ["", ""]
    element = NAMES[row.element] if row.element else ""
    labels = [element, *secondary[:2], "", ""]
    hidden = [str(number), row.family, "\n".join(row.above), row.parent]
    return [row.contract, row.number, row.heading, row.text, *labels, *hidden]


def _risk_cells(number: int, row: LabelledClause, risk: LabelledRisk) -> list[str]:
    place = ["" if at is None else str(at) for at in (risk.start, risk.end)]
    quote = "" if risk.start is None else row.text[risk.start : risk.end]
    return [str(number), row.text, risk.rule, quote, LABELS[risk.label], "", "", *place]


def _sheet(book: openpyxl.Workbook, title: str, columns: Mapping[str, int], rows: Iterable[list[str]]) -> Worksheet:
    sheet: Worksheet = book.create_sheet(title)
    for number, cells in enumerate([list(columns), *rows], start=1):
        for column, text in enumerate(cells, start=1):
            _write(sheet, number, column, text)
    for column, width in enumerate(columns.values(), start=1):
        sheet.cell(1, column).font = Font(bold=True)
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width, dimension.hidden = width or 8, not width
    sheet.freeze_panes = "A2"
    return sheet


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    shown = many_lines(text)
    if len(shown) > LONGEST:
        raise CorpusError(f"{sheet.title}, row {row}: a cell of Excel holds {LONGEST} characters, not {len(shown)}")
    cell = sheet.cell(row, column, shown or None)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if shown:
        cell.data_type = "s"
        cell.quotePrefix = True


def _offer(sheet: Worksheet, titles: Sequence[str], columns: Mapping[str, int], values: Sequence[str]) -> None:
    """A drop-down list in some columns, from the second row to the last."""
    listed = DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=True)
    sheet.add_data_validation(listed)
    for title in titles:
        letter = get_column_letter([*columns].index(title) + 1)
        listed.add(f"{letter}2:{letter}{max(2, sheet.max_row)}")


def read_workbook(path: Path) -> list[LabelledClause]:
    """The rows of a workbook that reviewers have been through.

    A clause marked 不用 gives no row; one marked 采用 comes from the source `reviewer`, any other from `xlsx`. A risk
    marked 不用 turns into its opposite: what should be reported must not, and the other way round.

    Raises:
        CorpusError: a sheet or column is missing, or a cell holds what a label cannot be.
        FileError: the file is no workbook, or cannot be read.
    """
    book = _opened(path)
    risks: dict[str, list[dict[str, str]]] = {}
    for cells in _records(path, book, "风险", RISKS):
        risks.setdefault(cells["行"], []).append(cells)
    clauses = [cells for cells in _records(path, book, "条款", CLAUSES) if cells["处理"] != DROPPED]
    return [_row(f"{path}: 条款 {cells['行']}", cells, risks.get(cells["行"], [])) for cells in clauses]


def _opened(path: Path) -> Any:
    data = io.BytesIO(bytes_of(path))
    try:
        with zipfile.ZipFile(data) as package:
            size = sum(info.file_size for info in package.infolist())
        if size <= LARGEST:
            return openpyxl.load_workbook(data, data_only=True)
    except Exception as error:  # openpyxl lets the errors of zip, XML and its own checks through
        raise CorpusError(f"{path}: no workbook: {error}") from error
    raise FileError(path, "too-large", size=size >> 20, limit=LARGEST >> 20)


def _records(path: Path, book: Any, title: str, columns: Mapping[str, int]) -> Iterator[dict[str, str]]:
    """The rows of a sheet as text by column; wholly empty ones are passed over."""
    if title not in book.sheetnames:
        raise CorpusError(f"{path}: the sheet {title} is missing")
    rows = book[title].iter_rows(values_only=True)
    heads = ["" if head is None else str(head) for head in next(rows, ())]
    if missing := [name for name in columns if name not in heads]:
        raise CorpusError(f"{path}: sheet {title}: columns are missing: {', '.join(missing)}")
    for values in rows:
        cells = dict(zip(heads, ("" if value is None else str(value) for value in values), strict=False))
        if any(cells.values()):
            yield cells


def _row(where: str, cells: Mapping[str, str], risks: Iterable[Mapping[str, str]]) -> LabelledClause:
    context = {
        "contract": cells["合同"], "family": cells["家族"], "number": cells["编号"], "heading": cells["标题"],
        "above": cells["上级标题"].split("\n") if cells["上级标题"] else [], "parent": cells["所属条款"],
    }  # fmt: skip
    keys = {name: element for element, name in NAMES.items()}
    secondary = [keys.get(cells[column], cells[column]) for column in ("次要素一", "次要素二") if cells[column]]
    element = keys.get(cells["要素"], cells["要素"]) or None
    source = "reviewer" if cells["处理"] == KEPT else "xlsx"
    told = [_risk(where, cells["条款"], risk) for risk in risks]
    return row_from(where, cells["条款"], context, element=element, secondary=secondary, risks=told, source=source)


def _risk(where: str, text: str, cells: Mapping[str, str]) -> LabelledRisk:
    """The label of a row of 风险; its words are found where they were, or else where they first stand."""
    fires = (cells["标注"] == LABELS["fires"]) is not (cells["处理"] == DROPPED)
    quote, start = cells["原文"], int(cells["起"]) if cells["起"].isdigit() else -1
    start = start if start >= 0 and text.startswith(quote, start) else text.find(quote)
    if start < 0:
        raise CorpusError(f"{where}: {cells['规则']}: the words {quote!r} are not in the clause")
    label: RiskLabel = "fires" if fires else "must_not"
    return (
        LabelledRisk(cells["规则"], label, start, start + len(quote)) if quote else LabelledRisk(cells["规则"], label)
    )
