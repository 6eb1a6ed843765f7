"""The notebooks' plain files (`NN-….py`, jupytext's percent format) are the truth: this makes the rest of them.

    python notebooks/pairs.py              # writes NN-….ipynb from NN-….py, without outputs
    python notebooks/pairs.py --run OUT    # runs them top to bottom and writes them with outputs into OUT
    python notebooks/pairs.py --run OUT 01 # only this one

`make notebooks` does both. `tests/test_notebooks.py` fails when an .ipynb lags behind, and runs them all.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import jupytext
import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

HERE: Final = Path(__file__).parent
SOURCES: Final = tuple(sorted(HERE.glob("[0-9][0-9]-*.py")))
PATIENCE: Final = 300  # seconds for one cell
METADATA: Final = {
    "jupytext": {"formats": "ipynb,py:percent"},
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
}


def notebook(source: Path) -> Any:
    """The notebook of a plain file; what depends on the version of jupytext or on chance is left out."""
    book = jupytext.read(source)
    book.metadata = nbformat.from_dict(METADATA)
    book.nbformat, book.nbformat_minor = 4, 5
    for number, cell in enumerate(book.cells, 1):
        cell["id"] = f"cell-{number}"
        cell["metadata"] = {}
    return book


def text_of(book: Any) -> str:
    """A notebook as the text of its file."""
    return str(nbformat.writes(book)).rstrip("\n") + "\n"


def run(source: Path, first: str = "") -> Any:
    """The notebook of a plain file with the outputs of a run from top to bottom, in the folder of the notebooks.

    Args:
        source: the plain file.
        first: code to run before its first cell.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed.
    """
    book = notebook(source)
    if first:
        book.cells.insert(0, nbformat.v4.new_code_cell(first))
    with tempfile.TemporaryDirectory() as folder:  # of the kernel's sockets: files, no network
        sockets = Config(KernelManager={"transport": "ipc", "ip": f"{folder}/kernel"})
        NotebookClient(
            book, config=sockets, kernel_name="python3", timeout=PATIENCE, resources={"metadata": {"path": str(HERE)}}
        ).execute()
    return book


def main() -> None:
    """Writes the notebooks, and with `--run` runs them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, metavar="OUT", help="folder for the notebooks with their outputs")
    parser.add_argument("only", nargs="*", help="beginnings of names")
    asked = parser.parse_args()
    for source in SOURCES:
        source.with_suffix(".ipynb").write_text(text_of(notebook(source)), encoding="utf-8")
    for source in SOURCES if asked.run else ():
        if source.name.startswith(tuple(asked.only) or ""):
            began = time.perf_counter()
            asked.run.mkdir(parents=True, exist_ok=True)
            (asked.run / f"{source.stem}.ipynb").write_text(text_of(run(source)), encoding="utf-8")
            print(f"{source.stem}: {time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
