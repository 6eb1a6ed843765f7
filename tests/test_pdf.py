"""What a PDF holds is read in order, once, at its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import reportlab
from pdf_samples import (
    HEIGHT,
    SONG,
    WIDTH,
    Mark,
    grid,
    ground,
    lines,
    pdf,
    picture,
    printed_in,
    read,
    text,
    texts,
    turned,
)
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from hetong.errors import FileError

WORDS = "甲方应当按照本合同约定的期限向乙方支付合同价款并且承担因迟延付款产生的全部费用"
LINE = 34  # characters of 12 points between the margins at 80 and 488


def full(end: str, length: int = LINE) -> str:
    """A line that fills the measure and ends with these words."""
    return WORDS[: length - len(end)] + end


# --- paragraphs


def test_a_full_line_goes_on_in_the_next_without_a_space_between_chinese_characters() -> None:
    contract = read(pdf(lines(80, 200, full("，乙方"), full("应当在"), "收到款项后开具发票。")))
    assert texts(contract) == [full("，乙方") + full("应当在") + "收到款项后开具发票。"]


def test_latin_words_keep_their_space_over_lines_and_a_hyphenated_word_is_made_whole() -> None:
    marks = [
        text(80, 200, "The Supplier shall deliver the Products to the Buyer in ac-", font="Courier"),
        text(80, 220, "cordance with this Agreement and with all the Annexes that", font="Courier"),
        text(80, 240, "belong to it.", font="Courier"),
    ]
    assert texts(read(pdf(marks))) == [
        "The Supplier shall deliver the Products to the Buyer in accordance with this Agreement "
        "and with all the Annexes that belong to it."
    ]


def test_a_line_that_ends_short_ends_its_paragraph() -> None:
    contract = read(pdf(lines(80, 200, full("，"), "乙方不持异议", full("。"), "丙方见证。")))
    assert texts(contract) == [full("，") + "乙方不持异议", full("。") + "丙方见证。"]


@pytest.mark.parametrize(
    "number", ["第三条 ", "一、", "（二）", "(3)", "4、", "5. ", "6.1 ", "6.1.2", "①", "a. ", "7)", "第 3.3 条 "]
)
def test_a_number_begins_a_paragraph_after_a_full_line(number: str) -> None:
    contract = read(pdf(lines(80, 200, full("。"), f"{number}验收标准")))
    assert len(contract.blocks) == 2
    assert texts(contract)[1] == f"{number}验收标准"


@pytest.mark.parametrize(
    "words",
    [
        "第三条的约定处理。",
        "第十二款支付。",
        "2024年支付。",
        "3.5万元支付。",
        "12.5%支付。",
        "3 个工作日内支付。",
        "3.1.3 项支付。",
    ],
)
def test_a_number_in_the_middle_of_a_sentence_begins_nothing(words: str) -> None:
    contract = read(pdf(lines(80, 200, full("按照"), words)))
    assert texts(contract) == [full("按照") + words]


@pytest.mark.parametrize(
    ("before", "words"), [("百分之一百", "五十、百分之二百支付。"), ("第十二条第", "（一）（二）项支付。")]
)
def test_a_number_that_the_line_break_parts_begins_nothing(before: str, words: str) -> None:
    assert texts(read(pdf(lines(80, 200, full(before), words)))) == [full(before) + words]


def test_a_hyphen_in_an_address_stays() -> None:
    marks = [
        *lines(80, 200, full("，")),
        text(80, 220, "Any notice shall be sent by e-mail to contracts@haiduo-", font="Courier"),
    ]
    contract = read(pdf([*marks, text(80, 240, "mt.example in English.", font="Courier")]))
    assert "contracts@haiduo-mt.example in English." in contract.text


def test_a_chapter_named_in_a_sentence_does_not_part_it_where_the_indent_says_that_it_goes_on() -> None:
    contract = read(pdf(lines(80, 200, full("按照", LINE - 2), full("联系"), "送达。", indent=24)))
    assert len(contract.blocks) == 1
    words = ["第一章投标邀请中的" + full("联系", LINE - 9), "送达。"]
    contract = read(pdf(lines(80, 200, full("按照", LINE - 2), *words, indent=24)))
    assert texts(contract) == [full("按照", LINE - 2) + "".join(words)]


def test_a_ragged_line_goes_on_where_the_indents_say_so_and_its_sentence_has_not_ended() -> None:
    rows = [full("，"), "", full("收到", LINE - 5), "款项后付款。"]
    contract = read(pdf([*lines(80, 200, *rows[:1]), *lines(80, 220, *rows[2:], indent=24)]))
    assert texts(contract) == [full("，"), full("收到", LINE - 5) + "款项后付款。"]


def test_a_line_whose_characters_are_set_closer_is_of_the_same_type() -> None:
    def condensed(canvas: Canvas) -> None:
        words = canvas.beginText(80, HEIGHT - 220)
        words.setFont(SONG, 12)
        words.setCharSpace(-2)
        words.textOut("一览表”“投标保证金”“资格审查材料”字样。")
        canvas.drawText(words)

    assert len(read(pdf([*lines(80, 200, full("标明“开标")), condensed])).blocks) == 1


def test_a_new_indent_begins_a_paragraph_after_a_full_line() -> None:
    first = lines(80, 200, full("。", LINE - 2), full("。"), indent=24)
    second = lines(80, 240, full("，", LINE - 2), "乙方同意。", indent=24)
    contract = read(pdf(first + second))
    assert texts(contract) == [full("。", LINE - 2) + full("。"), full("，", LINE - 2) + "乙方同意。"]


def test_the_further_lines_of_a_numbered_paragraph_may_hang() -> None:
    marks = [*lines(80, 200, "1. " + full("，", LINE - 2)), *lines(96, 220, full("乙", LINE - 2), "方同意。")]
    assert len(read(pdf(marks)).blocks) == 1


def test_paragraphs_of_one_line_each_stay_apart_where_they_stand_farther_apart_than_lines_do() -> None:
    spaced = [mark for i in range(8) for mark in lines(80, 240 + 32 * i, full("。"))]
    contract = read(pdf([*lines(80, 200, full("，乙方"), "不持异议。"), *spaced]))
    assert texts(contract) == [full("，乙方") + "不持异议。", *[full("。")] * 8]


def test_a_page_of_short_paragraphs_has_the_margin_that_other_pages_show() -> None:
    first = lines(80, 200, full("，乙方"), "不持异议。")
    second = lines(80, 100, *["乙方每周发帖不少于十五条。", "短片不少于三条并随时更新。"] * 6)
    assert len(read(pdf(first, second)).blocks) == 13


def test_a_line_is_full_when_the_next_word_as_wide_as_it_is_printed_would_not_have_fitted() -> None:
    wide = text(80, 240, "1,000,000", font="Courier")
    rows = [*lines(80, 200, full("，"), full("总额为", LINE - 5)), wide, text(80 + 9 * 7.2, 240, "元。")]
    assert len(read(pdf(rows)).blocks) == 1


def test_headings_without_number_stay_alone() -> None:
    contract = read(pdf(lines(80, 200, full("。"), "付款方式", full("，"), "乙方同意。")))
    assert texts(contract) == [full("。"), "付款方式", full("，") + "乙方同意。"]


def test_larger_type_is_a_heading_and_joins_nothing() -> None:
    marks = [text(170, 160, "软件开发合同", 22), *lines(80, 200, *[full("，")] * 6)]
    contract = read(pdf(marks))
    assert [block.kind for block in contract.blocks] == ["heading", "paragraph"]


def test_a_centred_title_that_is_too_long_for_one_line_is_one_paragraph() -> None:
    title = [text(86, 130, "江海市滨江新区智慧停车管理平台建设以及五年期", 18), text(212, 156, "运营服务采购合同", 18)]
    contract = read(pdf([*title, *lines(80, 200, *[full("，")] * 6)]))
    assert texts(contract)[0] == "江海市滨江新区智慧停车管理平台建设以及五年期运营服务采购合同"


def test_brackets_to_be_filled_in_are_not_parted_from_their_sentence() -> None:
    contract = read(pdf(lines(80, 200, full("，"), full("位于某区某路", LINE - 3), "【   】号房屋出租给乙方。")))
    assert len(contract.blocks) == 1


def test_lines_of_a_form_stay_alone_however_long_they_are() -> None:
    rows = [
        "甲方（委托方）：" + "某" * 26,
        "地    址：" + "某" * 27,
        "法定代表人：" + "某" * 28,
        "开户行：" + "某" * 30,
    ]
    contract = read(pdf(lines(80, 200, full("："), *rows)))
    assert len(contract.blocks) == 5


def test_a_vertical_title_is_one_paragraph() -> None:
    contract = read(
        pdf([*(text(290, 200 + 40 * i, c, 26) for i, c in enumerate("采购合同")), *lines(80, 500, "甲方：")])
    )
    assert texts(contract)[0] == "采购合同"


def test_a_line_of_a_table_of_contents_is_told() -> None:
    contract = read(pdf(lines(80, 200, "第一章 总则" + "." * 40 + "1", "第二章 付款" + "." * 40 + "12")))
    assert [block.kind for block in contract.blocks] == ["contents", "contents"]


def test_a_table_of_contents_without_leaders_is_told_by_its_title() -> None:
    entries = [("第一章 总则", "1"), ("投标邀请", "3"), ("第二章 付款", "12")]
    rows = [
        mark
        for i, (words, page) in enumerate(entries)
        for mark in [*lines(80, 240 + 20 * i, words), text(476, 240 + 20 * i, page)]
    ]
    contract = read(
        pdf([text(260, 200, "目    录", 18), *rows], [*lines(80, 200, full("，"), "正文。"), text(476, 300, "3")])
    )
    assert [block.kind for block in contract.blocks] == [
        "heading",
        "contents",
        "contents",
        "contents",
        "paragraph",
        "paragraph",
    ]


# --- lines


def test_lines_stand_in_the_order_of_the_page_not_of_the_file() -> None:
    contract = read(pdf([text(80, 300, "第三行。"), text(80, 200, "第一行。"), text(80, 250, "第二行。")]))
    assert texts(contract) == ["第一行。", "第二行。", "第三行。"]


def test_list_numbers_drawn_apart_return_to_their_lines() -> None:
    numbers = [text(80, 200, "1."), text(80, 240, "2.")]
    contract = read(pdf([*numbers, text(104, 240, "乙方交货。"), text(104, 200, "甲方付款。")]))
    assert texts(contract) == ["1. 甲方付款。", "2. 乙方交货。"]


def test_a_mark_in_another_font_returns_into_the_gap_that_the_line_leaves_for_it() -> None:
    line = [text(80, 200, "标有"), text(112, 200, "的产品"), text(156, 200, "打"), text(176, 200, "，其余不打。")]
    marks = [text(105, 200, "A", font="Helvetica"), text(169, 200, "x", font="Helvetica")]
    contract = read(pdf([*line, text(80, 220, "下一行"), *marks]))
    assert contract.text == "标有A的产品 打x，其余不打。\n下一行\n"
    boxes = [text(93, 200, "A", font="Helvetica"), text(115, 200, "A", font="Helvetica")]
    contract = read(
        pdf([text(80, 200, "梯"), text(102, 200, "有"), text(124, 200, "无。"), text(80, 220, "下"), *boxes])
    )
    assert contract.text == "梯A有A无。\n下\n"


def test_a_space_that_has_no_room_between_two_chinese_characters_is_none() -> None:
    blanks = [text(x, 200, "\u3000") for x in (140, 152)]
    contract = read(pdf([text(80, 200, "供方（章）"), text(190, 200, "经"), *blanks, text(202, 200, "办人")]))
    assert contract.text == "供方（章）" + " " * 8 + "经办人\n"


def test_a_wide_gap_in_a_line_becomes_as_many_spaces() -> None:
    contract = read(pdf([text(80, 200, "甲方："), text(260, 200, "乙方：")]))
    assert texts(contract) == ["甲方：" + " " * 24 + "乙方："]


def test_a_stretched_line_has_no_spaces_but_blanks_to_fill_in_stay() -> None:
    stretched = [text(80 + 17 * i, 200, c) for i, c in enumerate("本项目实行网上报名")]
    blanks = [text(x, 240, c) for x, c in ((80, "自"), (104, "年"), (128, "月"), (152, "日"))]
    assert texts(read(pdf(stretched + blanks))) == ["本项目实行网上报名", "自 年 月 日"]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = lines(60, 200, *["左栏" + WORDS[:17] + "。"] * 10, pitch=20)
    right = lines(320, 207, *["右栏" + WORDS[:17] + "。"] * 10, pitch=20)
    both = [mark for pair in zip(left, right, strict=True) for mark in pair]
    read_text = read(pdf([text(200, 160, "两栏的合同通栏的标题在此", 16), *both])).text
    assert read_text.startswith("两栏的合同通栏的标题在此")
    assert read_text.rindex("左栏") < read_text.index("右栏")


def test_notes_in_small_type_beside_the_text_stand_apart_and_part_no_paragraph() -> None:
    notes = [text(60, top, words, 8) for top, words in ((200, "付款期限"), (212, "自开票起算"), (320, "违约责任"))]
    column = [WORDS[:28]] * 9
    first = [*notes, *lines(130, 200, *column)]
    contract = read(pdf(first, lines(130, 100, *column, "付款。")))
    assert texts(contract) == [WORDS[:28] * 18 + "付款。", "付款期限自开票起算", "违约责任"]


def test_slanted_type_is_text_and_words_turned_aslant_are_a_watermark() -> None:
    def slanted(canvas: Canvas) -> None:
        words = canvas.beginText()
        words.setFont(SONG, 12)
        words.setTextTransform(1, 0, 0.3, 1, 80, HEIGHT - 200)
        words.textOut("押金不予退还。")
        canvas.drawText(words)

    contract = read(pdf([slanted, turned(200, 500, 45, "样本 草稿", 60)]))
    assert texts(contract) == ["押金不予退还。"]
    assert [(a.kind, a.text) for a in contract.asides] == [("watermark", "样本 草稿")]


@pytest.mark.parametrize("look", ["grey", "transparent"])
def test_large_pale_words_over_the_page_are_a_watermark_and_large_black_ones_a_title(look: str) -> None:
    def overlaid(canvas: Canvas) -> None:
        canvas.saveState()
        if look == "grey":
            canvas.setFillGray(0.8)
        else:
            canvas.setFillColorRGB(1, 0, 0, alpha=0.3)
        canvas.setFont(SONG, 90)
        canvas.drawString(180, HEIGHT - 330, "草 稿")
        canvas.restoreState()

    contract = read(pdf([text(170, 120, "采购合同", 36), overlaid, *lines(80, 200, *[full("，")] * 8, "完。")]))
    assert texts(contract) == ["采购合同", full("，") * 8 + "完。"]
    assert [(a.kind, a.text) for a in contract.asides] == [("watermark", "草 稿")]


def test_text_that_the_crop_box_cuts_off_is_not_read() -> None:
    contract = read(pdf([text(80, 200, "看得见。"), text(80, 800, "看不见。")], crop=(50, 100, WIDTH, HEIGHT)))
    assert texts(contract) == ["看得见。"]


def test_a_filled_field_of_a_form_is_text_in_its_place() -> None:
    def field(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="party", value="Acme Ltd", x=120, y=HEIGHT - 206, width=200, height=20)

    assert texts(read(pdf([text(80, 200, "乙方："), field, text(80, 240, "地址：")]))) == ["乙方： Acme Ltd", "地址："]


def test_characters_beyond_the_basic_plane_do_not_shift_the_boxes() -> None:
    data = _with_other_characters({"e": "D840DC00"})
    contract = read(data)
    assert texts(contract) == ["Th\U00020000 whol\U00020000 t\U00020000xt of pag\U00020000 on\U00020000"]
    start = contract.text.index("pag")
    assert printed_in(data, contract, start, start + 3) == "pag"


# --- pages


def test_paragraphs_go_on_over_the_page_and_headers_footers_and_page_numbers_are_set_aside() -> None:
    pages = [
        [
            text(230, 40, "某某公司合同范本 HT-2024-001", 9),
            *lines(80, 100, *words),
            text(290, 810, f"- {number} -", 9),
            text(80, 790, "机密文件 请勿外传", 9),
        ]
        for number, words in enumerate(
            [[full("，乙方"), full("应当")], [full("在，"), "收到后付款。"], ["第二条 交货"]], start=1
        )
    ]
    contract = read(pdf(*pages))
    assert texts(contract) == [full("，乙方") + full("应当") + full("在，") + "收到后付款。", "第二条 交货"]
    assert [(a.kind, a.text) for a in contract.asides if a.page == 2] == [
        ("header", "某某公司合同范本 HT-2024-001"),
        ("page-number", "- 2 -"),
        ("footer", "机密文件 请勿外传"),
    ]
    assert {line.box.page for line in contract.blocks[0].lines} == {1, 2}
    assert contract.source.pages == 3


@pytest.mark.parametrize("words", ["3", "- 3 -", "第 3 页", "第 3 页 共 9 页", "3/9", "Page 3 of 9", "第三页", "— 3 —"])
def test_a_page_number_is_told_on_a_single_page(words: str) -> None:
    contract = read(pdf([text(80, 200, "正文。"), text(290, 810, words, 9)]))
    assert texts(contract) == ["正文。"]
    assert contract.asides[0].kind == "page-number"


def test_the_heads_of_annexes_at_the_top_of_pages_are_text() -> None:
    pages = [[text(80, 60, f"附件{n}"), *lines(80, 200, "正文。")] for n in (1, 2, 3)]
    assert texts(read(pdf(*pages))) == ["附件1", "正文。", "附件2", "正文。", "附件3", "正文。"]


# --- tables

XS, TOPS = (80, 180, 380, 480), (200, 230, 260, 290)
GOODS = [
    [text(90, 220, "序号"), text(190, 220, "名称"), text(390, 220, "单价")],
    [text(90, 250, "1"), text(190, 250, "服务器"), text(390, 250, "9000元")],
    [text(90, 280, "2"), text(190, 280, "交换机"), text(390, 280, "800元")],
]


def test_the_cells_of_a_table_are_read_once_row_by_row() -> None:
    marks = [mark for row in GOODS for mark in row]
    contract = read(pdf([text(80, 180, "货物如下："), *grid(XS, TOPS), *marks[::-1], text(80, 320, "以上含税。")]))
    assert contract.text == "货物如下：\n序号\t名称\t单价\n1\t服务器\t9000元\n2\t交换机\t800元\n以上含税。\n"
    cells = [block.cell for block in contract.blocks if block.cell]
    assert [(c.table, c.row, c.column) for c in cells] == [(0, r, c) for r in range(3) for c in range(3)]
    assert [block.kind for block in contract.blocks] == ["paragraph", *["cell"] * 9, "paragraph"]


def test_words_that_run_into_the_next_cell_in_the_file_are_parted_at_the_ruling() -> None:
    contract = read(
        pdf([*grid((80, 152, 300), (200, 230, 260)), text(80, 220, "一二三四五六七八"), text(90, 250, "九")])
    )
    assert contract.text == "一二三四五六\t七八\n九\t\n"


def test_merged_cells_have_spans_and_wrapped_lines_are_joined() -> None:
    def stroke(x0: float, top: float, x1: float, bottom: float) -> Mark:
        return lambda canvas: canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)

    rulings = [
        *(stroke(80, top, 480, top) for top in (200, 290)),
        stroke(180, 230, 480, 230),
        *(stroke(x, 200, x, 290) for x in (80, 180, 480)),
        stroke(330, 230, 330, 290),
    ]
    words = [
        *lines(88, 220, "甲方的开户银行", "信息一览", pitch=16),
        text(190, 220, "某银行"),
        text(190, 250, "账号"),
        text(340, 250, "6222"),
    ]
    contract = read(pdf([*rulings, *words]))
    assert [(contract.text_of(b), b.cell.row_span, b.cell.column_span) for b in contract.blocks if b.cell] == [
        ("甲方的开户银行信息一览", 2, 1),
        ("某银行", 1, 2),
        ("账号", 1, 1),
        ("6222", 1, 1),
    ]


def test_a_table_that_goes_on_over_the_page_is_one_and_its_repeated_head_is_set_aside() -> None:
    first = [*grid(XS, TOPS), *(mark for row in GOODS for mark in row)]
    second = [*grid(XS, TOPS[:3]), *GOODS[0], text(90, 250, "3"), text(190, 250, "机柜"), text(390, 250, "500元")]
    contract = read(pdf(first, [*second, text(80, 320, "以上含税。")]))
    assert contract.text.endswith("2\t交换机\t800元\n3\t机柜\t500元\n以上含税。\n")
    assert {block.cell.table for block in contract.blocks if block.cell} == {0}
    assert [block.cell.row for block in contract.blocks if block.cell][-1] == 3
    assert [a.text for a in contract.asides if a.kind == "header"] == ["序号", "名称", "单价"]


def test_a_cell_that_the_page_break_cuts_is_one_cell() -> None:
    first = [*grid((80, 180, 410), (200, 230)), text(90, 220, "1"), text(186, 220, WORDS[:18])]
    second = [*grid((80, 180, 410), (100, 130)), text(186, 120, "付款。")]
    contract = read(pdf(first, second))
    assert contract.text == f"1\t{WORDS[:18]}付款。\n"
    assert {line.box.page for line in contract.blocks[1].lines} == {1, 2}


def test_a_row_that_frames_paragraphs_is_read_as_paragraphs() -> None:
    frame = [
        *grid((70, 500), (150, 180, 320)),
        text(80, 170, "合同条款"),
        *lines(80, 200, full("，"), "乙方同意。", "二、交货"),
    ]
    contract = read(pdf(frame))
    assert [b.kind for b in contract.blocks] == ["cell", "paragraph", "paragraph"]
    assert texts(contract)[1:] == [full("，") + "乙方同意。", "二、交货"]


def test_a_ground_laid_under_lines_of_text_is_no_table() -> None:
    grounds = [ground(80, 186 + 20 * i, 408, 20) for i in range(4)]
    contract = read(pdf([*grounds, *lines(80, 200, full("，"), "乙方同意。")]))
    assert [block.kind for block in contract.blocks] == ["paragraph"]


# --- boxes


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (30.0, 40.0, 560.0, 800.0)])
def test_a_quote_is_printed_in_its_boxes(rotate: int, crop: tuple[float, ...] | None) -> None:
    x, top, angle = {0: (80, 200, 0), 90: (200, 700, 90), 180: (500, 700, 180), 270: (400, 400, 270)}[rotate]
    step = {0: (0, 20), 90: (20, 0), 180: (0, -20), 270: (-20, 0)}[rotate]
    words = ["甲方在2024年12月31日前支付30%，即", "RMB 3,000,000元，乙方开具发票。"]
    marks = [turned(x + i * step[0], top + i * step[1], angle, w) for i, w in enumerate(words)]
    data = pdf(marks, rotate=rotate, crop=crop)
    contract = read(data)
    assert "".join(texts(contract)) == "".join(words)
    for quote in ("2024年12月31日", "30%", "3,000,000元", "乙方开具发票", "支付30%，即"):
        start = contract.text.index(quote)
        assert printed_in(data, contract, start, start + len(quote)) == quote


def test_each_line_of_a_block_holds_the_text_printed_there() -> None:
    rows = [full("，乙方"), full("应当在"), "收到款项后付款。"]
    contract = read(pdf(lines(80, 200, *rows)))
    assert [contract.text[line.start : line.end] for line in contract.blocks[0].lines] == rows
    assert [round(line.box.x0) for line in contract.blocks[0].lines] == [80, 80, 80]


# --- what cannot be read


def test_each_scanned_page_is_a_problem_and_the_others_are_read() -> None:
    contract = read(pdf([picture()], [text(80, 200, "第二页的正文。")], [picture(), text(290, 810, "- 3 -", 9)]))
    assert texts(contract) == ["第二页的正文。"]
    assert [(p.code, p.page) for p in contract.problems] == [("page-without-text", 1), ("page-without-text", 3)]
    assert "OCR" in contract.problems[0].message("zh")


def test_a_pdf_of_scans_only_has_no_text_and_says_why() -> None:
    contract = read(pdf([picture()], [picture()]))
    assert contract.text == ""
    assert len(contract.problems) == 2


def test_an_empty_page_among_others_is_no_problem() -> None:
    assert read(pdf([text(80, 200, "正文。")], [])).problems == ()


@pytest.mark.parametrize("target", ["E0{}", "FFFD"])
def test_a_text_layer_without_meaning_is_left_out_and_reported(target: str) -> None:
    contract = read(_with_other_characters({c: target.format(f"{ord(c):02X}") for c in "The whole text of page one"}))
    assert contract.text == ""
    assert [(p.code, p.page) for p in contract.problems] == [("unusable-text-layer", 1)]


def test_a_character_without_meaning_among_others_is_marked() -> None:
    assert "t\ufffdxt" in read(_with_other_characters({"e": "0000"})).text


def _with_other_characters(targets: dict[str, str]) -> bytes:
    """A page whose font maps its glyphs of some Latin letters to other Unicode values (hexadecimal)."""
    pdfmetrics.registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))
    data = pdf([text(80, 200, "The whole text of page one", font="Vera")])
    for character, target in targets.items():
        data = re.sub(rb"(> <)%04X(>)" % ord(character), rb"\g<1>%s\g<2>" % target.encode(), data)
    return data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><body>not found</body></html>", "not-a-pdf"),
        (b"PK\x03\x04" + bytes(200), "not-a-pdf"),
        (b"%PDF-1.7\n", "pdf-damaged"),
        (pdf(lines(80, 200, "正文。"))[:600], "pdf-damaged"),
        (pdf(lines(80, 200, "正文。"), password=("open", "change")), "pdf-password"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(FileError) as error:
        read(data)
    assert error.value.code == code
    assert "；请" in error.value.message("zh")


def test_an_encrypted_file_that_opens_without_password_is_read() -> None:
    assert texts(read(pdf(lines(80, 200, "正文。"), password=("", "change")))) == ["正文。"]


def test_a_file_whose_end_is_missing_is_read_with_a_warning() -> None:
    data = pdf(lines(80, 200, "正文。"))
    contract = read(data[: data.rindex(b"%%EOF")])
    assert texts(contract) == ["正文。"]
    assert [p.code for p in contract.problems] == ["pdf-cut"]


def test_a_file_cut_while_it_was_saved_once_more_is_read_with_a_warning() -> None:
    contract = read(pdf(lines(80, 200, "正文。")) + b"9 0 obj\n<< /Type /XObject")
    assert texts(contract) == ["正文。"]
    assert [p.code for p in contract.problems] == ["pdf-cut"]


def test_pages_without_anything_on_them_are_told_when_they_are_the_most() -> None:
    problems = read(pdf([], [])).problems
    assert [(p.code, p.page) for p in problems] == [("page-empty", 1), ("page-empty", 2)]


def test_a_page_that_cannot_be_opened_is_a_problem() -> None:
    data = pdf(lines(80, 200, "第一页。"), lines(80, 200, "第二页。"))
    second = [m.start() for m in re.finditer(rb"/Type /Page\b(?!s)", data)][1]
    contract = read(data[:second] + b"/Type /Pxxx" + data[second + 11 :])
    assert texts(contract) == ["第一页。"]
    assert [(p.code, p.page) for p in contract.problems] == [("page-damaged", 2)]


def test_too_many_pages_are_refused() -> None:
    kids = b" ".join(b"3 0 R" for _ in range(5001))
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 5001/Kids["
        + kids
        + b"]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
    with pytest.raises(FileError) as error:
        read(data)
    assert error.value.code == "too-many-pages"
    assert "5001" in error.value.message("zh")


# --- real files


SHARED = Path(__file__).parents[2] / "shared"
REAL = [*sorted(SHARED.glob("contracts/originals/*.pdf")), *sorted(SHARED.glob("documents/*.pdf"))]
needs_real = pytest.mark.skipif(not REAL, reason="real files are not beside the project")


@needs_real
@pytest.mark.parametrize("path", REAL, ids=lambda p: p.name)
def test_real_quotes_are_printed_in_their_boxes(path: Path) -> None:
    data = path.read_bytes()
    contract = read(data)
    quotes = [(b.start, min(b.end, b.start + 30)) for b in contract.blocks if b.end - b.start >= 12][::15]
    quotes += [(b.end - 9, b.end) for b in contract.blocks if b.end - b.start >= 12][::15]
    missed = [q for q in quotes if _plain(contract.text[slice(*q)]) not in _plain(printed_in(data, contract, *q))]
    assert len(missed) <= 0.02 * len(quotes)


def _plain(words: str) -> str:
    return "".join(words.split()).replace("-", "")
