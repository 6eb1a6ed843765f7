"""Any contract of the corpus is rendered as PDF, as a Word file and as a scan, and read again."""

import importlib.util
import re
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hetong.corpus import AnnotatedClause, AnnotatedContract, AnnotatedParty, load_contracts, print_contract
from hetong.document import Contract
from hetong.extract import read

CORPORA = Path(__file__).parents[1] / "corpora"
sys.path.insert(0, str(CORPORA))
CONTRACTS = {c.id: c for c in load_contracts(CORPORA / "contracts")}
TWO = ["lease-01", "software-05"]
with_font = pytest.mark.skipif(importlib.util.find_spec("zhplot") is None, reason="needs the group drafts")
REDLINED = AnnotatedContract(
    "sale-90", "sale", "sale", "sale-x", "水泵买卖合同", (AnnotatedParty("甲方", "buyer", "苏州云岫机械有限公司"),),
    (
        AnnotatedClause("第一条", "价款", "总价30万元，签约后十日内付清。", "pricing",
                        original="总价28.5万元，签约后三十日内付清。"),
        AnnotatedClause("第二条", "", "保修两年。\n备件另计。", "service", original="保修一年。"),
        AnnotatedClause("第三条", "", "逾期按日万分之五计。", "legal",
                        original="逾期按日千分之一计。\n另赔甲方全部损失。"),
        AnnotatedClause("第四条", "争议", "提交<苏州>仲裁 & 一裁终局。", "legal", inline=True, original="提交诉讼。"),
    ),
)  # fmt: skip


def squashed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def printed(contract: AnnotatedContract) -> str:
    return squashed("".join(line.text for line in print_contract(contract)))


def word(contract: AnnotatedContract, tmp_path: Path, revisions: str = "final") -> Contract:
    import render

    render.write_docx(contract, tmp_path / "draft.docx")
    return read(tmp_path / "draft.docx", revisions)


@with_font
@pytest.mark.parametrize("name", TWO)
def test_a_pdf_is_read_word_for_word(name: str, tmp_path: Path) -> None:
    import render

    render.prepare_font()
    render.write_pdf(CONTRACTS[name], tmp_path / "draft.pdf")
    assert squashed(read(tmp_path / "draft.pdf").text) == printed(CONTRACTS[name])


@pytest.mark.parametrize("name", TWO)
def test_a_word_file_is_read_word_for_word(name: str, tmp_path: Path) -> None:
    contract = word(CONTRACTS[name], tmp_path)
    assert squashed(contract.text) == printed(CONTRACTS[name])
    assert not any(problem.code.startswith("tracked") for problem in contract.problems)


def test_a_redlined_word_file_reads_as_it_is_and_as_it_was(tmp_path: Path) -> None:
    was = replace(REDLINED, clauses=tuple(replace(c, text=c.original) for c in REDLINED.clauses))
    assert squashed(word(REDLINED, tmp_path).text) == printed(REDLINED)
    assert squashed(word(REDLINED, tmp_path, "original").text) == printed(was)


def test_the_changes_are_by_the_other_sides_lawyer_and_cut_at_words(tmp_path: Path) -> None:
    contract = word(REDLINED, tmp_path)
    marks = [(aside.kind, aside.text, aside.author) for aside in contract.asides if aside.author]
    assert {author for _, _, author in marks} == {"对方律师"}
    assert ("deletion", "28.5", "对方律师") in marks
    assert ("insertion", "30", "对方律师") in marks
    assert any(problem.code == "tracked-changes-final" for problem in contract.problems)


@pytest.mark.parametrize(
    ("before", "now", "changed"),
    [
        ("总价28.5万元。", "总价30万元。", [("same", "总价"), ("del", "28.5"), ("ins", "30"), ("same", "万元。")]),
        ("乙方负责。", "乙方不负责。", [("same", "乙方"), ("ins", "不"), ("same", "负责。")]),
        (
            "甲方可以拒绝付款。",
            "甲方应当及时付款。",
            [("same", "甲方"), ("del", "可以拒绝"), ("ins", "应当及时"), ("same", "付款。")],
        ),
        ("三日内通知", "五日前告知", [("del", "三日内通"), ("ins", "五日前告"), ("same", "知")]),
        ("不变。", "不变。", [("same", "不变。")]),
    ],
)
def test_changes_are_marked_as_people_mark_them(before: str, now: str, changed: list[tuple[str, str]]) -> None:
    import redline

    assert redline.changes(before, now) == changed


def test_redlined_contracts_of_ours_read_as_they_are_and_as_they_were(tmp_path: Path) -> None:
    import redline

    for contract in CONTRACTS.values():
        if any(clause.original for clause in contract.walk()):
            assert squashed(word(contract, tmp_path).text) == printed(contract), contract.id
            assert squashed(word(contract, tmp_path, "original").text) == printed(redline.unmarked(contract)), (
                contract.id
            )


@with_font
@pytest.mark.parametrize("name", TWO)
def test_a_scan_is_pictures_of_which_none_is_read(name: str, tmp_path: Path) -> None:
    import pypdfium2
    import render

    render.prepare_font()
    render.write_scanned(CONTRACTS[name], tmp_path / "scan.pdf")
    contract = read(tmp_path / "scan.pdf", ocr="never")
    assert contract.text.strip() == ""
    assert [problem.code for problem in contract.problems] == ["page-without-text"] * (contract.source.pages or 0)
    pages = [page.render(scale=1).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(tmp_path / "scan.pdf")]
    red = [int(np.all(np.asarray(page) // 90 == (2, 0, 0), axis=-1).sum()) for page in pages]
    assert red[-1] > 500
    assert not any(red[:-1])


@with_font
def test_the_same_contract_gives_the_same_scan(tmp_path: Path) -> None:
    import render

    render.prepare_font()
    short = replace(REDLINED, clauses=REDLINED.clauses[:1])
    for name in ("one.pdf", "other.pdf"):
        render.write_scanned(short, tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "other.pdf").read_bytes()


@with_font
def test_the_script_renders_what_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import render

    render.main(["--only", "lease-01", "--format", "docx", str(tmp_path / "out")])
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["lease-01.docx"]
    with pytest.raises(SystemExit):
        render.main(["--only", "lease-00", str(tmp_path / "out")])
    assert "contracts that exist" in capsys.readouterr().err
