"""`hetong evaluate` measures the rules on annotated contracts."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hetong.cli import app

CORPORA = Path(__file__).parents[1] / "corpora" / "contracts"


@pytest.fixture
def few(tmp_path: Path) -> str:
    """A folder with one of our annotated contracts."""
    (tmp_path / "maintenance").mkdir()
    shutil.copy(CORPORA / "maintenance" / "maintenance-01.yaml", tmp_path / "maintenance")
    return str(tmp_path)


def evaluate(*arguments: str) -> tuple[int, list[str]]:
    done = CliRunner().invoke(app, ["evaluate", *arguments])
    return done.exit_code, done.output.splitlines()


def test_it_says_of_each_rule_what_is_found_missed_and_raised(few: str) -> None:
    code, lines = evaluate(few, "--labels")
    assert code == 0
    assert lines[0].split()[:4] == ["rule", "found", "missed", "raised"]
    assert any(line.startswith("DOC001") for line in lines)
    assert any(line.startswith("all") for line in lines)


def test_it_says_of_each_kind_of_defect_how_many_are_found(few: str) -> None:
    code, lines = evaluate(few, "--plant", "--strictness", "strict")
    assert code == 0
    assert lines[0].split()[:3] == ["defect", "planted", "found"]
    assert lines[-1].startswith("all")


def test_it_says_how_whole_contracts_are_read(few: str) -> None:
    code, lines = evaluate(few, "--contracts")
    assert code == 0
    assert lines[0].startswith("1 contracts")
    shares = [line for line in lines if line.startswith(("numbered starts found", "contract type", "quotes in"))]
    assert len(shares) == 3


def test_a_split_is_that_of_the_file_beside_the_contracts(few: str) -> None:
    rows = "contract,family,split\nmaintenance-01,maintenance-a,dev\n"
    (Path(few) / "splits.csv").write_text(rows, encoding="utf-8")
    assert evaluate(few, "--contracts", "--split", "dev")[1][0].startswith("1 contracts")
    assert evaluate(few, "--contracts", "--split", "test")[1][0].startswith("0 contracts")


def test_a_split_without_the_file_is_a_mistake(few: str) -> None:
    code, lines = evaluate(few, "--contracts", "--split", "test")
    assert code == 2
    assert "splits.csv" in lines[0]


def test_it_asks_what_to_measure(few: str) -> None:
    code, lines = evaluate(few)
    assert code == 2
    assert "--labels" in lines[0]


def test_a_folder_that_is_not_there_is_named() -> None:
    code, lines = evaluate("no-such-folder", "--labels")
    assert code == 2
    assert "no-such-folder" in lines[0]
