"""Web pages and web archives: what a reader of the page sees, with the numbers of its lists and the cells of its tables."""

from __future__ import annotations

import pytest

from hetong.document import Contract, Source
from hetong.errors import FileError
from hetong.extract.web import read_html, read_web_archive
from hetong.extract.word_inline import Revisions


def page(body: str, revisions: Revisions = "final", encoding: str = "utf-8", head: str = "") -> Contract:
    source = f"<html><head><title>不是正文</title>{head}</head><body>{body}</body></html>"
    return read_html(source.encode(encoding), Source("合同.html", "", "html"), revisions)


def texts(contract: Contract) -> list[str]:
    return [contract.text_of(block) for block in contract.blocks]


def test_paragraphs_headings_and_line_breaks_are_blocks() -> None:
    contract = page("<h1>采购合同</h1>甲方：<br>乙方：<div>第一条 <b>付款</b>期限</div><h2>附则</h2>")
    assert texts(contract) == ["采购合同", "甲方：", "乙方：", "第一条 付款期限", "附则"]
    assert [(block.kind, block.level) for block in contract.blocks][::4] == [("heading", 0), ("heading", 1)]


def test_a_line_broken_in_the_source_has_no_gap_between_chinese_characters() -> None:
    assert texts(page("<p>甲方与乙方\n  订立 the\n contract。\n</p>")) == ["甲方与乙方订立 the contract。"]


def test_no_break_spaces_stay_because_they_are_lines_to_write_on() -> None:
    assert texts(page("<p>价款<u>&nbsp;&nbsp;&nbsp;</u>元</p>")) == ["价款\u00a0\u00a0\u00a0元"]


def test_scripts_styles_and_comments_are_no_text() -> None:
    contract = page("<!-- 批注 --><script>var a='甲'</script><style>p{}</style><noscript>乙</noscript><p>丙</p>")
    assert (contract.text, contract.problems) == ("丙\n", ())


@pytest.mark.parametrize(
    "how", ['style="display: none"', "hidden", "style='mso-hide:all'", 'style="visibility:hidden"']
)
def test_hidden_text_is_left_out_and_reported_with_its_words(how: str) -> None:
    contract = page(f"<p>甲方<span {how}>内部底价<ol><li>十</ol></span>付款</p><ol><li>验收</ol>")
    assert "底价" not in contract.text
    assert "付款" in contract.text
    (problem,) = contract.problems
    assert problem.code == "hidden-text"
    assert "内部底价" in problem.message()


@pytest.mark.parametrize(
    ("attributes", "numbers"),
    [
        ("", ["1.", "2."]),
        ("start=5", ["5.", "6."]),
        ("reversed", ["2.", "1."]),
        ("type=a", ["a.", "b."]),
        ("type=I start=4", ["IV.", "V."]),
        ("style='list-style-type: cjk-ideographic'", ["一、", "二、"]),
        ("style='list-style: simp-chinese-formal inside'", ["壹、", "贰、"]),
        ("style='list-style:none'", ["", ""]),
    ],
)
def test_lists_show_their_numbers(attributes: str, numbers: list[str]) -> None:
    contract = page(f"<ol {attributes}><li>甲<li>乙</ol>")
    assert [block.number for block in contract.blocks] == numbers
    assert texts(contract) == [f"{n} {t}".strip() for n, t in zip(numbers, "甲乙", strict=True)]


def test_lists_in_lists_paragraphs_in_items_stated_and_empty_numbers() -> None:
    contract = page("<ol><li><p>甲</p><p>续</p><ol type=a><li>乙</ol><li value=7>丙<li></ol><ul><li>丁</ul>")
    assert texts(contract) == ["1. 甲", "续", "a. 乙", "7. 丙", "8.", "• 丁"]
    assert [block.level for block in contract.blocks] == [0, 0, 1, 0, 0, 0]


def test_the_automatic_numbers_that_word_writes_into_its_pages() -> None:
    number = "<span style='mso-list:Ignore'>第一条<span style='font:7pt'>&nbsp;&nbsp; </span></span>"
    sign = "<span style='mso-list:Ignore'>l<span>&nbsp;</span></span>"
    contract = page(f"<p class=MsoNormal>{number}总则</p><p>{sign}点</p>")
    assert texts(contract) == ["第一条 总则", "• 点"]
    assert [block.number for block in contract.blocks] == ["第一条", ""]


def test_tables_become_cells_with_their_spans() -> None:
    contract = page(
        "<table><caption>表一</caption><tr><th rowspan=2>品名<th colspan=2>价格<tr><td>含税<td>不含税"
        "<tr><td>水泵<td>100<td>88</table>"
    )
    assert contract.text == "表一\n品名\t价格\n含税\t不含税\n水泵\t100\t88\n"
    assert [tuple(b.cell)[1:5] for b in contract.blocks if b.cell][:4] == [
        (0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1),
    ]  # fmt: skip


def test_a_table_in_a_cell_is_text_of_the_cell_and_a_table_that_only_frames_is_none() -> None:
    inner = "<table><tr><td>一<td>二</table>"
    assert page(f"<table><tr><td>外{inner}<td>右</table>").text == "外 一 二\t右\n"
    framed = page(f"<table><tr><td><p>第一条</p><p>第二条</p>{inner}</table>")
    assert [block.kind for block in framed.blocks] == ["paragraph", "paragraph", "cell", "cell"]


def test_forms_show_what_was_filled_in() -> None:
    contract = page(
        "<p><input value='张三'><input type=hidden value=x><input type=checkbox checked>是<input type=radio>否"
        "<select><option>月付<option selected>年付</select><textarea>备\n注</textarea></p>"
    )
    assert "".join(texts(contract)) == "张三☑是□否年付备注"


@pytest.mark.parametrize(("revisions", "text"), [("final", "付款期六十日"), ("original", "付款期三十日")])
def test_both_readings_of_marked_changes(revisions: Revisions, text: str) -> None:
    contract = page("<p>付款期<del cite='王' datetime='2026-03-01'>三十</del><ins>六十</ins>日</p>", revisions)
    assert texts(contract) == [text]
    assert [(a.kind, a.text, a.date) for a in contract.asides] == [
        ("deletion", "三十", "2026-03-01"), ("insertion", "六十", ""),
    ]  # fmt: skip
    assert [problem.code for problem in contract.problems] == [f"tracked-changes-{revisions}"]


@pytest.mark.parametrize(("encoding", "stated"), [("gb18030", "gb2312"), ("big5", "big5"), ("utf-8", "utf-8")])
def test_the_stated_encoding_is_used(encoding: str, stated: str) -> None:
    assert texts(page("甲方付款", encoding=encoding, head=f"<meta charset={stated}>")) == ["甲方付款"]


@pytest.mark.parametrize("head", ["", "<meta charset=ascii>", "<meta charset=nonsense>"])
def test_an_encoding_that_is_not_stated_or_wrong_is_found(head: str) -> None:
    assert texts(page("甲方应于验收后付款。", encoding="gb18030", head=head)) == ["甲方应于验收后付款。"]
    assert texts(page("甲方应于验收后付款。", encoding="utf-16", head=head)) == ["甲方应于验收后付款。"]


def test_frames_and_pictures_of_page_size_are_reported() -> None:
    contract = page("<p>甲</p><iframe src=x></iframe><img width=800 height=1100px><img width=20 height=20>")
    assert [(p.code, dict(p.values)) for p in contract.problems] == [
        ("pictures-not-read", {"count": "1"}), ("embedded-not-read", {"count": "1"}),
    ]  # fmt: skip


def test_a_web_archive_holds_its_page() -> None:
    archive = (
        "From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n--xx\r\n"
        'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        "<p>=BC=D7=B7=BD=B8=B6=BF=EE</p>\r\n--xx--\r\n"
    )
    source = Source("合同.mht", "", "mht")
    assert read_web_archive(archive.encode(), source).text == "甲方付款\n"
    with pytest.raises(FileError) as caught:
        read_web_archive(b"MIME-Version: 1.0\r\n\r\n", source)
    assert caught.value.code == "web-damaged"


def test_a_page_nested_beyond_all_measure_is_an_error_and_not_cut_off() -> None:
    with pytest.raises(FileError) as caught:
        page("<div>" * 5_000 + "甲" + "</div>" * 5_000 + "乙")
    assert caught.value.code == "web-damaged"


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td>" * 60 + "甲",
        "<td>甲</td></table></li></ol></pre></td>乙",
        "<table>甲<tr>乙<td rowspan=0 colspan=999999>丙<td rowspan=-1>丁",
        "<p " + "x" * 100_000 + "='1'>甲",
        "<ol start=999999999999><li value=甲>乙",
        "<select>" + "<option>甲" * 5_000,
    ],
)
def test_odd_markup_loses_no_words(body: str) -> None:
    assert "甲" in page(body).text or "乙" in page(body).text


def test_a_page_without_anything_is_empty() -> None:
    assert read_html(b" ", Source("空.html", "", "html")).text == ""
