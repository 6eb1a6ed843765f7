"""`hetong corpus` takes labels out and back, and counts them."""

import csv
import shutil
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hetong.cli import app
from hetong.exchange.rows import read_rows

CORPORA = Path(__file__).parents[1] / "corpora"


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A corpus of two contracts with splits."""
    folder = tmp_path / "corpora"
    for name in ("lease-01", "lease-02"):
        (folder / "lease").mkdir(parents=True, exist_ok=True)
        shutil.copy(CORPORA / "contracts" / "lease" / f"{name}.yaml", folder / "lease")
    splits = "contract,family,split\nlease-01,a,test\nlease-02,b,train\n"
    (folder / "splits.csv").write_text(splits, encoding="utf-8")
    return folder


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["corpus", *map(str, arguments)])
    return done.exit_code, done.output


def test_labels_go_out_and_come_back_as_rows(few: Path, tmp_path: Path) -> None:
    code, said = run("export", "doccano-elements", few, "-o", tmp_path / "all.jsonl")
    assert code == 0
    assert "行已写入" in said
    assert run("import", "doccano-elements", tmp_path / "all.jsonl", "-o", tmp_path / "rows.jsonl")[0] == 0
    assert {row.contract for row in read_rows(tmp_path / "rows.jsonl")} == {"lease-01", "lease-02"}


def test_one_split_alone_can_be_taken(few: Path, tmp_path: Path) -> None:
    assert run("export", "rows", few, "--split", "train", "-o", tmp_path / "rows.jsonl")[0] == 0
    assert {row.contract for row in read_rows(tmp_path / "rows.jsonl")} == {"lease-02"}
    (few / "splits.csv").unlink()
    code, said = run("export", "rows", few, "--split", "train", "-o", tmp_path / "rows.jsonl")
    assert code == 2
    assert "splits.csv" in said


def test_findings_of_drafts_go_out_are_decided_and_come_back(tmp_path: Path) -> None:
    drafts = CORPORA / "drafts"
    assert run("export", "decisions", drafts / "仓库租赁及仓内服务合同.docx", "-o", tmp_path / "d.csv")[0] == 0
    with (tmp_path / "d.csv").open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    for record in records:
        record["decision"] = "accept"
    with (tmp_path / "d.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(records[0]))
        writer.writeheader()
        writer.writerows(records)
    code, said = run("import", "decisions", tmp_path / "d.csv", "--drafts", drafts, "-o", tmp_path / "rows.jsonl")
    assert code == 0, said
    rows = read_rows(tmp_path / "rows.jsonl")
    assert {risk.rule for row in rows for risk in row.risks} == {r["rule"] for r in records if r["start"]}
    assert {row.source for row in rows} == {"reviewer"}


def test_a_draft_that_cannot_be_read_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "broken.pdf").write_bytes(b"%PDF-1.4 cut")
    (tmp_path / "drafts" / "note.txt").write_text("第一条 乙方终身免费维护。", encoding="utf-8")
    code, said = run("export", "decisions", tmp_path / "drafts", "-o", tmp_path / "d.csv")
    assert code == 3
    assert "broken.pdf" in said
    assert (tmp_path / "d.csv").exists()


def test_statistics_are_printed(few: Path) -> None:
    code, said = run("stats", few)
    assert code == 0
    assert "| contracts | 2 |" in said


def test_an_extra_that_is_not_installed_is_named(few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.delitem(sys.modules, "hetong.exchange.workbook", raising=False)
    code, said = run("export", "xlsx", few, "-o", tmp_path / "labels.xlsx")
    assert code == 2
    assert 'pip install "hetong[exchange]"' in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "rows", "nowhere", "-o", "x"), ("stats", "nowhere"), ("import", "rows", "nowhere", "-o", "x"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_named(arguments: tuple[str, ...]) -> None:
    code, said = run(*arguments)
    assert code == 2
    assert "nowhere" in said


def test_training_reads_the_rows_that_it_is_given(few: Path, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="needs the extra hetong[train]")
    (tmp_path / "rows.jsonl").write_text('{"text": ""}\n', encoding="utf-8")
    arguments = ["train", str(few), "--rows", str(tmp_path / "rows.jsonl"), "-o", str(tmp_path / "model")]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 2
    assert "rows.jsonl: line 1: the clause has no text" in done.output
