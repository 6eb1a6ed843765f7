"""Form fields, free text and remarks of a PDF are read: what is filled in at its place, remarks aside."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

import pytest
from pdf_samples import HEIGHT, Mark, lines, pdf, printed_in, read, text, texts
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas


def utf16(words: str) -> str:
    """A text string of PDF (32000-1, 7.9.2.2) in hexadecimal."""
    return f"<feff{words.encode('utf-16-be').hex()}>"


def with_annotations(*annotations: str, form: str = "", marks: Sequence[Mark] = ()) -> bytes:
    """A page with these annotations, given as the entries of their dictionaries; widgets are fields of the form."""
    data = pdf([*lines(80, 200, "甲方：", "乙方："), *marks])
    base = 900
    refs = " ".join(f"{base + i} 0 R" for i in range(len(annotations)))
    objects = [f"{base + i} 0 obj << /Type /Annot {entries} >> endobj\n" for i, entries in enumerate(annotations)]
    fields = f"/AcroForm << /Fields [ {refs} ] {form} >>" if form else ""
    data = data.replace(b"/Type /Page\n", f"/Type /Page /Annots [ {refs} ]\n".encode())
    data = data.replace(b"/Type /Catalog", f"/Type /Catalog {fields}".encode())
    root = re.search(rb"/Root \d+ 0 R", data)
    assert root
    trailer = b"trailer << " + root[0] + b" >>\n%%EOF\n"
    return data[: data.rindex(b"\nxref\n") + 1] + "".join(objects).encode() + trailer


def rectangle(x: float, top: float, width: float, height: float) -> str:
    """The Rect entry of an annotation, given from the top left of the page."""
    return f"/Rect [ {x} {HEIGHT - top - height} {x + width} {HEIGHT - top} ]"


FILLED = f"/Subtype /Widget /FT /Tx /T (b) /V {utf16('上海某某科技有限公司')} /DA (/Helv 12 Tf 0 g) {rectangle(120, 208, 300, 16)}"


@pytest.mark.parametrize("form", ["/NeedAppearances true", "/DA (/Helv 0 Tf 0 g)"])
def test_a_field_that_was_filled_without_being_drawn_is_read_at_its_place(form: str) -> None:
    data = with_annotations(FILLED, form=form)
    contract = read(data)
    assert texts(contract) == ["甲方：", "乙方： 上海某某科技有限公司"]
    start = contract.text.index("上海")
    (box,) = contract.boxes(start, start + 10)
    assert box.x0 >= 120 and box.x1 <= 420 and box.top >= 206 and box.bottom <= 226


def test_a_field_that_inherits_its_value_is_read() -> None:
    parent = f"/FT /Tx /T (p) /V {utf16('某某公司')} /Kids [ 901 0 R ]"
    kid = f"/Subtype /Widget /Parent 900 0 R {rectangle(120, 208, 300, 16)}"
    assert "乙方： 某某公司" in texts(read(with_annotations(parent, kid, form="/NeedAppearances true")))


def test_lines_of_a_field_stand_one_below_the_other_and_wrap_in_its_width() -> None:
    words = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸\\n子丑".replace("\\n", "\n")
    field = (
        f"/Subtype /Widget /FT /Tx /Ff 4096 /T (m) /V {utf16(words)} /DA (/Helv 10 Tf) {rectangle(80, 300, 124, 60)}"
    )
    contract = read(with_annotations(field, form="/NeedAppearances true"))
    assert "".join(contract.text.split()).endswith("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑")
    assert len([line for block in contract.blocks[2:] for line in block.lines]) == 3


def test_ticked_and_unticked_buttons_are_characters_before_their_options() -> None:
    def buttons(canvas: Canvas) -> None:
        form = canvas.acroForm
        form.checkbox(name="month", checked=True, x=80, y=HEIGHT - 202, size=12)
        form.checkbox(name="cash", checked=False, x=180, y=HEIGHT - 202, size=12)
        form.radio(name="tax", value="with", selected=True, x=80, y=HEIGHT - 242, size=12)
        form.radio(name="tax", value="without", selected=False, x=180, y=HEIGHT - 242, size=12)

    options = [text(96, 200, "月结"), text(196, 200, "现结"), text(96, 240, "含税"), text(196, 240, "不含税")]
    rows = [" ".join(row.split()) for row in texts(read(pdf([buttons, *options])))]
    assert rows == ["☑ 月结 □ 现结", "☑ 含税 □ 不含税"]


def test_only_what_was_chosen_of_a_list_is_read() -> None:
    def choices(canvas: Canvas) -> None:
        options = [("Net 30", "A"), ("Net 60", "B")]
        canvas.acroForm.choice(name="c", value="B", options=options, x=120, y=HEIGHT - 206, width=100, height=18)
        canvas.acroForm.listbox(name="l", value="A", options=options, x=120, y=HEIGHT - 270, width=100, height=40)

    contract = read(pdf([text(80, 200, "账期："), choices, text(80, 250, "另选：")]))
    assert texts(contract) == ["账期： Net 60", "另选： Net 30"]


def test_a_hidden_field_and_the_caption_of_a_button_are_not_text() -> None:
    contract = read(
        with_annotations(
            f"/Subtype /Widget /FT /Tx /F 2 /T (h) /V (hidden) {rectangle(120, 330, 90, 16)}",
            f"/Subtype /Widget /FT /Btn /Ff 65536 /T (p) /MK << /CA (Print) >> {rectangle(120, 360, 90, 16)}",
            form="/NeedAppearances true",
        )
    )
    assert texts(contract) == ["甲方：", "乙方："]


def test_a_password_is_not_read() -> None:
    field = f"/Subtype /Widget /FT /Tx /Ff 8192 /T (a) /V (secret) {rectangle(120, 300, 90, 16)}"
    assert "secret" not in read(with_annotations(field, form="/NeedAppearances true")).text


def test_free_text_is_text_whether_it_is_drawn_or_not() -> None:
    note = (
        f"/Subtype /FreeText /DA (/Helv 12 Tf 0 g) /Contents {utf16('某某公司（盖章）')} {rectangle(120, 208, 200, 16)}"
    )
    assert texts(read(with_annotations(note))) == ["甲方：", "乙方： 某某公司（盖章）"]


def test_remarks_are_comments_with_author_and_date_and_not_text() -> None:
    sticky = f"/Subtype /Text /T {utf16('王律师')} /M (D:20240305093000+08'00') /Contents {utf16('账期太长')} {rectangle(300, 190, 20, 20)}"
    marked = f"/Subtype /Highlight /Contents {utf16('需核实')} {rectangle(80, 190, 40, 14)}"
    silent = f"/Subtype /Underline {rectangle(80, 190, 40, 14)}"
    contract = read(with_annotations(sticky, marked, silent))
    assert texts(contract) == ["甲方：", "乙方："]
    assert [(a.kind, a.text, a.author, a.date) for a in contract.asides] == [
        ("comment", "账期太长", "王律师", "2024-03-05T09:30:00"),
        ("comment", "需核实", "", ""),
    ]
    assert contract.asides[0].box is not None and round(contract.asides[0].box.x0) == 300


def test_a_drawn_field_keeps_the_place_of_each_character() -> None:
    def field(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="party", value="Acme Ltd", x=120, y=HEIGHT - 206, width=200, height=20)

    contract = read(pdf([text(80, 200, "乙方："), field]))
    start = contract.text.index("Ltd")
    (box,) = contract.boxes(start, start + 3)
    assert 145 < box.x0 < 165 and box.x1 < 180


def test_an_xfa_form_says_that_its_content_was_not_read() -> None:
    data = with_annotations(form="/XFA 899 0 R")
    data = data.replace(b"/Type /Catalog", b"/Type /Catalog /NeedsRendering true")
    stream = b"899 0 obj << /Length 6 >> stream\n<xdp/>\nendstream endobj\n"
    data = data.replace(b"trailer", stream + b"trailer")
    contract = read(data)
    assert [p.code for p in contract.problems] == ["xfa-form"]
    assert "Acrobat" in contract.problems[0].message("zh")


def test_squares_drawn_before_options_are_characters_and_others_are_not() -> None:
    def square(x: float, top: float, side: float = 10) -> Mark:
        return lambda canvas: canvas.rect(x, HEIGHT - top, side, side)

    def tick(x: float, top: float) -> Mark:
        def draw(canvas: Canvas) -> None:
            path = canvas.beginPath()
            path.moveTo(x + 2, HEIGHT - top + 5)
            path.lineTo(x + 4, HEIGHT - top + 2)
            path.lineTo(x + 9, HEIGHT - top + 9)
            canvas.drawPath(path)

        return draw

    marks = [
        *(square(80, 201), text(94, 200, "月结"), square(180, 201), tick(180, 201), text(194, 200, "现结")),
        *(square(80 + 12 * i, 250, 12) for i in range(18)),
        *(square(80, 301), text(81, 300, "√", 10), text(94, 300, "预付")),
    ]
    data = pdf(marks)
    contract = read(data)
    assert [" ".join(words.split()) for words in texts(contract)] == ["□ 月结 ☑ 现结", "√ 预付"]
    start = contract.text.index("现结")
    assert printed_in(data, contract, start, start + 2) == "现结"


def test_files_attached_to_a_pdf_are_said_not_to_be_read() -> None:
    with PdfDocument(pdf(lines(80, 200, "正文。"))) as document:
        document.new_attachment("附件一.txt").set_data(b"words")
        saved = io.BytesIO()
        document.save(saved)
    contract = read(saved.getvalue())
    assert texts(contract) == ["正文。"]
    assert [(p.code, p.values) for p in contract.problems] == [("attachments-not-read", (("count", "1"),))]


def test_a_comment_on_a_page_that_cannot_be_read_is_kept() -> None:
    note = f"/Subtype /Text /Contents {utf16('请看扫描件')} {rectangle(300, 190, 20, 20)}"
    data = with_annotations(note).replace(b"Tj", b"  ")
    assert [a.text for a in read(data).asides] == ["请看扫描件"]


def test_a_drawn_field_that_the_form_does_not_know_is_read() -> None:
    def field(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="party", value="Acme Ltd", x=120, y=HEIGHT - 206, width=200, height=20)

    data = pdf([text(80, 200, "乙方："), field])
    assert texts(read(re.sub(rb"/AcroForm \d+ 0 R", b"", data))) == ["乙方： Acme Ltd"]


@pytest.mark.parametrize(("need", "shown"), [("true", "Beta Ltd"), ("false", "Acme Ltd")])
def test_a_field_with_another_appearance_is_read_as_it_is_shown(need: str, shown: str) -> None:
    helvetica = "/Font << /Helv << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    field = "/Subtype /Widget /FT /Tx /T (b) /V (Beta Ltd) /DA (/Helv 12 Tf 0 g) /AP << /N 901 0 R >>"
    data = with_annotations(
        f"{field} {rectangle(120, 208, 300, 16)}", form=f"/NeedAppearances {need} /DR << {helvetica} >>"
    )
    drawn = "/Tx BMC BT /Helv 12 Tf 2 4 Td (Acme Ltd) Tj ET EMC"
    entries = f"/Type /XObject /Subtype /Form /BBox [0 0 300 16] /Resources << {helvetica} >> /Length {len(drawn)}"
    stream = f"901 0 obj << {entries} >> stream\n{drawn}\nendstream endobj\n"
    assert texts(read(data.replace(b"trailer", stream.encode() + b"trailer"))) == ["甲方：", f"乙方： {shown}"]
