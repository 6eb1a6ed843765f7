"""A model of one's own judges drafts when the command line or the project file names its folder."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import hetong
from hetong.cli import app
from hetong.config import load_config
from hetong.document import ELEMENTS
from hetong.errors import ConfigError, ModelError
from hetong.predictor import save_model, shipped_model

DRAFT = (
    "采购合同\n甲方：青禾公司\n乙方：远山公司\n第一条 价款\n合同总价十万元，含税。\n第二条 争议\n提交仲裁委员会仲裁。\n"
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of a model that takes every clause for service."""
    shipped = shipped_model()
    bias = np.where(np.asarray(ELEMENTS) == "service", 1e6, 0).astype(np.float32)
    model = replace(shipped, second=replace(shipped.second, bias=bias))
    save_model(tmp_path / "own", model, {"name": "everything is service"})
    return tmp_path / "own"


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A folder of three drafts, so that a scan starts workers."""
    (tmp_path / "drafts").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / "drafts" / f"{name}.txt").write_text(DRAFT, encoding="utf-8")
    return tmp_path / "drafts"


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*map(str, arguments)])
    return done.exit_code, done.output


def elements(lines: str) -> list[set[str]]:
    """The elements of the clauses of each draft, from JSON lines."""
    found = [json.loads(line) for line in lines.splitlines() if line.startswith("{")]
    return [{c["element"] for c in contract["clauses"] if c["kind"] == "clause"} for contract in found]


def test_the_workers_of_a_scan_use_it(drafts: Path, own: Path) -> None:
    code, said = run("scan", drafts, "--format", "json", "--model", own, "--workers", "2")
    assert code == 0
    assert elements(said) == [{"service"}] * 3
    assert "pricing" in elements(run("scan", drafts, "--format", "json", "--workers", "2")[1])[0]


def test_the_project_file_names_it_beside_itself(drafts: Path, own: Path) -> None:
    config = own.parent / "hetong.toml"
    config.write_text('model = "own"\n', encoding="utf-8")
    assert load_config(config).model == own
    said = run("scan", drafts / "a.txt", "--format", "json", "--config", config)[1]
    assert "service" in next(c["element"] for c in json.loads(said)["clauses"] if c["kind"] == "clause")


@pytest.mark.parametrize("value", ["3", '""', '["own"]'])
def test_a_project_file_that_names_no_folder_is_refused(tmp_path: Path, value: str) -> None:
    (tmp_path / "hetong.toml").write_text(f"model = {value}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="model: write the folder of a model"):
        load_config(tmp_path / "hetong.toml")


@pytest.mark.parametrize("command", ["check", "scan"])
def test_card_and_weights_that_disagree_are_refused(drafts: Path, own: Path, command: str) -> None:
    with (own / "weights.npz").open("ab") as file:
        file.write(b"x")
    output = ("-o", drafts.parent / "out", "--workers", 2) if command == "scan" else ()
    code, said = run(command, drafts, "--model", own, *output)
    assert code == 2
    assert "weights.npz is not what card.json describes" in said


def test_a_folder_without_a_model_is_named(drafts: Path) -> None:
    code, said = run("check", drafts, "--model", "nowhere")
    assert code == 2
    assert "nowhere: no readable model" in said


@pytest.mark.parametrize("card", ["[]", "no json", '{"format": 2'])
def test_a_card_that_is_damaged_is_named(own: Path, card: str) -> None:
    (own / "card.json").write_text(card, encoding="utf-8")
    with pytest.raises(ModelError, match=r"card\.json is damaged"):
        hetong.load_model(own)


def test_in_python_it_is_one_argument(drafts: Path, own: Path) -> None:
    model = hetong.load_model(str(own))
    contract = hetong.analyse_file(drafts / "a.txt", predict=model.predict, threshold=model.threshold)
    assert all(c.element in ("service", "other") for c in contract.clauses if c.kind == "clause")
