"""`hetong evaluate` measures the element model and the rules on annotated contracts."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hetong.cli import app
from hetong.predictor import model_folder

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


def test_without_further_words_it_measures_how_elements_are_told(few: str) -> None:
    code, lines = evaluate(few)
    said = "\n".join(lines)
    assert code == 0
    for words in ("macro-F1", "95 % interval", "taken for", "at 70%", "P@90R", "secondary elements", "calibration"):
        assert words in said
    assert [line.split()[0] for line in lines if line.startswith(("majority", "keywords", "model"))] == [
        "majority", "keywords", "model",
    ]  # fmt: skip


def test_it_ends_with_the_surest_mistakes_and_what_they_say(tmp_path: Path) -> None:
    rows = [
        ("租金每月五千元，按季支付。", "legal"),
        ("合同总价十万元，含税。", "service"),
        ("乙方三十日内交货。", "delivery"),
    ]
    data = [{"text": text, "element": element, "secondary": ["pricing"]} for text, element in rows]
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in data), encoding="utf-8")
    lines = evaluate(str(tmp_path / "rows.jsonl"))[1]
    mistakes = lines[next(i for i, line in enumerate(lines) if line.startswith("is ")) + 1 :]
    assert sorted(line.split()[:2] for line in mistakes) == [["legal", "pricing"], ["service", "pricing"]]
    assert all("元" in line and line.endswith("（次要要素中有此项）") for line in mistakes)
    assert not any(line.startswith("is ") for line in evaluate(str(tmp_path / "rows.jsonl"), "--worst", "0")[1])


def test_it_warns_when_the_model_has_learned_from_the_contracts(few: str) -> None:
    said = "\n".join(evaluate(few)[1])
    assert "注意：所评 1 份合同中有 1 份是模型学过的（maintenance-01）" in said
    assert "learned from 1 of these 1 contracts" in "\n".join(evaluate(few, "--lang", "en")[1])


def test_it_does_not_warn_of_contracts_that_are_new_to_the_model(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "租金每月五千元，按季支付。", "element": "pricing"}\n', encoding="utf-8")
    code, lines = evaluate(str(rows))
    assert code == 0
    assert "注意" not in "\n".join(lines)
    assert lines[0].startswith("clauses 1  accuracy 1.000")


def test_a_model_that_does_not_say_what_it_learned_from_is_named(few: str, tmp_path: Path) -> None:
    shutil.copytree(model_folder("elements"), tmp_path / "old")
    card = json.loads((tmp_path / "old" / "card.json").read_text(encoding="utf-8"))
    del card["learned_from"]
    (tmp_path / "old" / "card.json").write_text(json.dumps(card), encoding="utf-8")
    assert "没有写明模型学过哪些合同" in "\n".join(evaluate(few, "--model", str(tmp_path / "old"))[1])


def test_the_figures_are_written_as_json(few: str, tmp_path: Path) -> None:
    assert evaluate(few, "--json", str(tmp_path / "figures.json"), "--worst", "3")[0] == 0
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["contracts"] == 1
    assert figures["learned_from"] == ["maintenance-01"]
    assert set(figures["baselines"]) == {"majority", "keywords"}
    assert figures["elements"]["macro_f1"] > figures["baselines"]["keywords"]["macro_f1"]
    assert all({"text", "element", "said", "confidence"} <= set(one) for one in figures["worst"])


def test_one_split_alone_is_measured(few: str) -> None:
    folder = Path(few)
    code, lines = evaluate(few, "--split", "test")
    assert code == 2
    assert "splits.csv" in lines[0]
    (folder / "splits.csv").write_text("contract,family,split\nmaintenance-01,a,test\n", encoding="utf-8")
    assert evaluate(few, "--split", "test")[0] == 0
    code, lines = evaluate(few, "--split", "dev")
    assert code == 2
    assert "没有带要素标注的条款" in lines[0]


def test_a_model_whose_card_and_weights_disagree_is_refused(few: str, tmp_path: Path) -> None:
    shutil.copytree(model_folder("elements"), tmp_path / "altered")
    with (tmp_path / "altered" / "weights.npz").open("ab") as file:
        file.write(b"x")
    code, lines = evaluate(few, "--model", str(tmp_path / "altered"))
    assert code == 2
    assert "weights.npz is not what card.json describes" in lines[0]


def test_a_folder_that_is_not_there_is_named() -> None:
    for arguments in (("no-such-folder", "--labels"), ("no-such-folder",), ("no-such-rows.jsonl",)):
        code, lines = evaluate(*arguments)
        assert code == 2
        assert arguments[0] in lines[0]
