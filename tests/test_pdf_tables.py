"""Tables of a PDF are tables, however their rulings are drawn, and whole over the page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pdf_samples import HEIGHT, WIDTH, Mark, grid, lines, pdf, read, text, texts
from reportlab.pdfgen.canvas import Canvas

from hetong.document import Cell, Contract

pytest.importorskip("pdfplumber", reason="needs the reference reader")
sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import reading_tables

XS, TOPS = (80, 180, 380, 480), (200, 230, 260, 290)
GOODS = [
    *(text(90, 220, "序号"), text(190, 220, "名称"), text(390, 220, "单价")),
    *(text(90, 250, "1"), text(190, 250, "服务器"), text(390, 250, "9000元")),
    *(text(90, 280, "2"), text(190, 280, "交换机"), text(390, 280, "800元")),
]
ROWS = "序号\t名称\t单价\n1\t服务器\t9000元\n2\t交换机\t800元\n"


def stroke(x0: float, top: float, x1: float, bottom: float) -> Mark:
    """One ruling."""
    return lambda canvas: canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)


def along(x0: float, top: float, x1: float, bottom: float, *parts: Any) -> Mark:
    """A line made of parts: how many points from one to the next, and what draws one."""
    step, part = parts

    def draw(canvas: Canvas) -> None:
        count = int(max(x1 - x0, bottom - top) / step)
        for i in range(count):
            x, y = x0 + (x1 - x0) * i / count, top + (bottom - top) * i / count
            part(canvas, x, HEIGHT - y, (x1 - x0) / count, (bottom - top) / count)

    return draw


def made_of(step: float, part: Callable[..., None]) -> list[Mark]:
    """All rulings of the table, made of parts."""
    level = [along(XS[0], top, XS[-1], top, step, part) for top in TOPS]
    return level + [along(x, TOPS[0], x, TOPS[-1], step, part) for x in XS]


def dot(canvas: Canvas, x: float, y: float, *_: float) -> None:
    """A dot of half a point."""
    canvas.rect(x, y, 0.5, 0.5, stroke=0, fill=1)


def dash(canvas: Canvas, x: float, y: float, right: float, down: float) -> None:
    """A stroke of more than half the way to the next."""
    canvas.line(x, y, x + 0.6 * right, y - 0.6 * down)


def thin_areas(canvas: Canvas) -> None:
    """Rulings as filled areas half a point thick, as Word exports them, one for each side of each cell."""
    for top in TOPS:
        for a, b in pairwise(XS):
            canvas.rect(a, HEIGHT - top, b - a, 0.48, stroke=0, fill=1)
    for x in XS:
        for a, b in pairwise(TOPS):
            canvas.rect(x, HEIGHT - b, 0.48, b - a, stroke=0, fill=1)


def outlines(inset: float) -> Mark:
    """Each cell with an outline of its own."""

    def draw(canvas: Canvas) -> None:
        for a, b in pairwise(XS):
            for top, bottom in pairwise(TOPS):
                canvas.rect(a + inset, HEIGHT - bottom + inset, b - a - 2 * inset, bottom - top - 2 * inset)

    return draw


RULINGS = {
    "dash pattern": [lambda canvas: canvas.setDash(1, 2), *grid(XS, TOPS)],
    "dots": made_of(1.5, dot),
    "dashes": made_of(4, dash),
    "thin areas": [thin_areas],
    "outlines of cells": [outlines(0)],
    "outlines with gaps": [outlines(1)],
    "no sides": [*(stroke(80, t, 480, t) for t in TOPS), *(stroke(x, 200, x, 290) for x in XS[1:-1])],
    "no outer border": [*(stroke(80, t, 480, t) for t in TOPS[1:-1]), *(stroke(x, 200, x, 290) for x in XS[1:-1])],
    "no top and foot": [*(stroke(80, t, 480, t) for t in TOPS[1:-1]), *(stroke(x, 200, x, 290) for x in XS)],
}


@pytest.mark.parametrize("rulings", RULINGS.values(), ids=RULINGS)
def test_a_table_is_read_cell_by_cell_however_its_rulings_are_drawn(rulings: Sequence[Mark]) -> None:
    contract = read(pdf([text(80, 180, "货物如下："), *rulings, *GOODS[::-1], text(80, 320, "以上含税。")]))
    assert contract.text == f"货物如下：\n{ROWS}以上含税。\n"
    assert contract.problems == ()


def test_a_cell_knows_its_box() -> None:
    contract = read(pdf([*grid(XS, TOPS), *GOODS]))
    box = cells(contract)[4].box
    assert box is not None
    assert [round(side) for side in box] == [1, 180, 230, 380, 260]


@pytest.mark.parametrize("rotate", [90, 270])
def test_a_table_on_a_turned_page_is_read_as_it_is_seen(rotate: int) -> None:
    def turn(canvas: Canvas) -> None:
        canvas.translate(*((HEIGHT, 0) if rotate == 90 else (0, WIDTH)))
        canvas.rotate(rotate if rotate == 90 else -90)

    contract = read(pdf([turn, *grid(XS, TOPS), *GOODS], rotate=rotate))
    assert contract.text == ROWS


@pytest.mark.parametrize("tops", [TOPS, (200, 230, 290)], ids=["each row", "three lines"])
def test_a_table_with_level_rulings_only_is_read_cell_by_cell(tops: Sequence[float]) -> None:
    rulings = [stroke(80, top, 480, top) for top in tops]
    contract = read(pdf([text(80, 180, "货物如下："), *rulings, *GOODS, text(80, 320, "以上含税。")]))
    assert contract.text == f"货物如下：\n{ROWS}以上含税。\n"
    assert contract.problems == ()


def test_a_row_of_a_three_line_table_goes_on_where_a_full_line_does() -> None:
    rulings = [stroke(80, top, 480, top) for top in (200, 230, 300)]
    rows = [*GOODS[:4], *lines(190, 250, "两路处理器的机架式服务器及附件一", "台", pitch=16), GOODS[5], *GOODS[6:]]
    contract = read(pdf([*rulings, *rows]))
    assert contract.text == "序号\t名称\t单价\n1\t两路处理器的机架式服务器及附件一台\t9000元\n2\t交换机\t800元\n"


def test_a_three_line_table_of_which_the_rows_are_not_certain_is_read_by_lines_and_said_to_be() -> None:
    rulings = [stroke(80, top, 480, top) for top in (200, 230, 310)]
    centred = [*lines(190, 250, "两路处理器", "机架式服务器", pitch=20), text(90, 260, "1"), text(390, 260, "9元")]
    contract = read(
        pdf([*rulings, *GOODS[:3], *centred, *(text(x, 295, w) for x, w in ((90, "2"), (190, "线"), (390, "8元")))])
    )
    assert [(p.code, p.page) for p in contract.problems] == [("table-not-parsed", 1)]
    assert not cells(contract)


def test_a_table_without_rulings_is_read_by_lines_and_said_to_be() -> None:
    contract = read(pdf([text(80, 180, "货物如下："), *GOODS, text(80, 320, "以上含税。")]))
    assert [words.split() for words in texts(contract)][1:4] == [row.split("\t") for row in ROWS.splitlines()]
    assert [(p.code, p.page) for p in contract.problems] == [("table-not-parsed", 1)]
    assert "对照原件" in contract.problems[0].message("zh")


def test_two_tables_with_level_rulings_are_two() -> None:
    rulings = [stroke(80, top, 480, top) for top in (*TOPS, *(top + 140 for top in TOPS))]
    second = [
        text(x, top + 140, w)
        for x, top, w in (
            (90, 220, "甲"),
            (190, 220, "乙"),
            (90, 250, "丙"),
            (190, 250, "丁"),
            (90, 280, "戊"),
            (190, 280, "己"),
        )
    ]
    contract = read(pdf([*rulings, *GOODS, text(80, 320, "以上含税。"), *second]))
    assert contract.text == f"{ROWS}以上含税。\n甲\t乙\n丙\t丁\n戊\t己\n"
    assert [cell.table for cell in cells(contract)] == [0] * 9 + [1] * 6


def test_what_stands_side_by_side_is_not_always_a_table() -> None:
    signatures = [
        text(x, 200 + 30 * i, f"{party}{words}：")
        for x, party in ((80, "甲方"), (240, "乙方"), (400, "丙方"))
        for i, words in enumerate(("", "代表", "日期", "地址"))
    ]
    contents = [text(x, 400 + 20 * i, w) for i in range(5) for x, w in ((80, f"第{i + 1}章"), (300, f"{i + 1}"))]
    form = [
        text(x, 200 + 24 * i, w)
        for i, row in enumerate(
            (
                ("成立时间：", "年", "月", "日"),
                ("姓名：", "性别：", "", ""),
                ("年龄：", "职务：", "", ""),
                ("系", "", "（投标人名称）", ""),
            )
        )
        for x, w in zip((80, 200, 290, 380), row, strict=True)
        if w
    ]
    assert read(pdf(signatures, contents, form)).problems == ()


def test_lines_to_be_filled_in_are_no_table() -> None:
    labels = [
        text(x, 198 + 30 * i, w)
        for i, row in enumerate(("甲乙", "丙丁", "戊己"))
        for x, w in ((80, row[0]), (300, row[1]))
    ]
    blanks = [stroke(x, 200 + 30 * i, x + 150, 200 + 30 * i) for i in range(3) for x in (100, 320)]
    contract = read(pdf([*labels, *blanks]))
    assert contract.problems == () and not cells(contract)


def test_tables_of_both_kinds_stand_in_their_order() -> None:
    lower = [*grid(XS, [top + 120 for top in TOPS]), text(90, 340, "甲"), text(190, 340, "乙"), text(390, 340, "丙")]
    contract = read(pdf([*lower, *(stroke(80, top, 480, top) for top in TOPS), *GOODS]))
    assert contract.text == f"{ROWS}甲\t乙\t丙\n"


def test_a_row_that_the_page_break_left_open_belongs_to_the_table() -> None:
    first = [*grid(XS, TOPS), *GOODS]
    open_row = [*(stroke(x, 80, x, 110) for x in XS), stroke(80, 110, 180, 110), stroke(380, 110, 480, 110)]
    second = [*open_row, text(90, 100, "3"), text(190, 100, "机柜"), text(390, 100, "500元")]
    contract = read(pdf(first, [*second, text(80, 150, "以上含税。")]))
    assert contract.text == f"{ROWS}3\t机柜\t500元\n以上含税。\n"


def test_a_cell_over_several_rows_that_is_open_at_the_foot_of_the_page_keeps_its_text() -> None:
    rulings = [
        *(stroke(80, top, 480, top) for top in TOPS[:2]),
        *(stroke(x0, top, x1, top) for top in TOPS[2:] for x0, x1 in ((80, 180), (380, 480))),
        *(stroke(x, TOPS[0], x, TOPS[-1]) for x in XS),
    ]
    contract = read(pdf([*rulings, *GOODS[:3], text(190, 265, "设备"), GOODS[3], GOODS[5], GOODS[6], GOODS[8]]))
    assert contract.text == "序号\t名称\t单价\n1\t设备\t9000元\n2\t800元\n"
    assert (cells(contract)[4].row_span, cells(contract)[4].column) == (2, 1)


def test_a_part_with_other_columns_goes_on_the_same_table() -> None:
    first = [
        *grid((80, 180, 380, 480), (700, 730)),
        text(90, 720, "1"),
        text(190, 720, "服务器"),
        text(390, 720, "9元"),
    ]
    second = [
        *grid((80, 180, 280, 380, 480), (80, 110)),
        *(text(x, 100, w) for x, w in zip((90, 190, 290, 390), "2甲乙丙", strict=True)),
    ]
    contract = read(pdf(first, second))
    assert contract.text == "1\t服务器\t9元\n2\t甲\t乙\t丙\n"
    assert [(c.table, c.row, c.column, c.column_span) for c in cells(contract)] == [
        *((0, 0, 0, 1), (0, 0, 1, 2), (0, 0, 3, 1)),
        *((0, 1, column, 1) for column in range(4)),
    ]


def test_a_head_of_two_rows_that_is_printed_again_is_set_aside() -> None:
    def head(top: float) -> list[Mark]:
        return [
            text(90, top + 20, "序号"),
            text(190, top + 20, "价格"),
            text(190, top + 50, "单价"),
            text(390, top + 50, "总价"),
        ]

    first = [*grid(XS, TOPS), *head(200), text(90, 280, "1"), text(190, 280, "8元"), text(390, 280, "9元")]
    contract = read(
        pdf(first, [*grid(XS, TOPS), *head(200), text(90, 280, "2"), text(190, 280, "6元"), text(390, 280, "7元")])
    )
    assert contract.text == "序号\t价格\t\n\t单价\t总价\n1\t8元\t9元\n2\t6元\t7元\n"
    assert [a.text for a in contract.asides] == ["序号", "价格", "单价", "总价"]


def cells(contract: Contract) -> list[Cell]:
    """The cells of a contract."""
    return [block.cell for block in contract.blocks if block.cell]


# --- beside the reference reader


def test_made_tables_are_equal_to_the_reference(tmp_path: Path) -> None:
    file = tmp_path / "made.pdf"
    file.write_bytes(
        pdf([*grid(XS, TOPS), *GOODS], [*lines(80, 200, "正文。"), *grid((80, 280), (300, 330, 360, 390))])
    )
    found = reading_tables.measure([file], tmp_path / "none.csv")
    assert (found.pages, found.cells, found.equal, found.differences) == (2, 12, 12, ())
    assert (found.characters, found.missing, found.doubled) == (25, 0, 0)


def test_a_difference_counts_by_its_verdict_and_one_that_nobody_saw_as_worse(tmp_path: Path) -> None:
    file, verdicts = tmp_path / "made.pdf", tmp_path / "verdicts.csv"
    file.write_bytes(pdf([*RULINGS["no sides"], *GOODS]))
    unseen = reading_tables.measure([file], verdicts)
    (difference,) = unseen.differences
    assert (difference.kind, difference.cells, unseen.worse) == ("ours", 6, 6)
    verdicts.write_text(f"file,page,kind,left,top,verdict\n{','.join(map(str, difference.key))},better\n")
    seen = reading_tables.measure([file], verdicts)
    assert (seen.count("better"), seen.worse) == (6, 0)


@pytest.mark.skipif(not reading_tables.files(), reason="real files are not beside the project")
def test_no_cell_of_the_real_files_is_read_worse_than_by_the_reference() -> None:
    found = reading_tables.measure(
        [path for path in reading_tables.files() if path.name in ("o03.pdf", "o07.pdf", "c089.pdf")]
    )
    assert found.cells > 800
    assert found.equal >= 0.99 * found.cells
    assert found.worse == 0
    assert (found.missing, found.doubled) == (0, 0)
