"""The notebooks: their two files say the same, they hold no logic, and they run from top to bottom without a warning."""

import ast
import sys
from pathlib import Path

import pytest

pytest.importorskip("jupytext", reason="needs the extra hetong[notebooks]")
pytest.importorskip("nbclient", reason="needs the extra hetong[notebooks]")
pytest.importorskip("zhplot", reason="needs the extra hetong[notebooks]")

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "notebooks"))
import pairs  # noqa: E402

BY_NAME = pytest.mark.parametrize("source", pairs.SOURCES, ids=lambda path: path.stem)
# Whatever chooses, repeats or defines is logic, and belongs into the package, where it is tested
LOGIC = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp, ast.Try,
    ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp,
)  # fmt: skip
STRICT = "import warnings\nwarnings.simplefilter('error')"


def test_there_are_five() -> None:
    names = [
        "01-look-at-a-corpus", "02-train-and-evaluate", "03-errors-and-new-labels", "04-rules-on-your-contracts",
        "05-detectors-and-reviewers",
    ]  # fmt: skip
    assert [source.stem for source in pairs.SOURCES] == names


@BY_NAME
def test_the_notebook_says_what_its_plain_file_says_and_has_no_outputs(source: Path) -> None:
    written = source.with_suffix(".ipynb").read_text(encoding="utf-8")
    assert written == pairs.text_of(pairs.notebook(source)), "run `make notebooks`"
    assert '"outputs": []' in written
    assert '"image/png"' not in written


@BY_NAME
def test_the_tool_does_the_work_and_the_notebook_holds_no_logic(source: Path) -> None:
    found = [type(node).__name__ for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))]
    assert not [name for name in found if name in {kind.__name__ for kind in LOGIC}]


@BY_NAME
def test_it_runs_from_top_to_bottom_shows_plots_and_warns_of_nothing(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HETONG_CONTRACTS", "60")
    book = pairs.run(source, first=STRICT)
    outputs = [output for cell in book.cells for output in cell.get("outputs", [])]
    said = [output["text"] for output in outputs if output["output_type"] == "stream" and output["name"] == "stderr"]
    assert said == []  # a character without a glyph would be told here: the drawing comes after the cell
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert all(cell["execution_count"] for cell in book.cells if cell["cell_type"] == "code")
