"""Times hetong against the floor and against the usual way, on the same PDFs in one run.

    python benchmarks/speed.py [PDF ...]

Without arguments: the sample drafts of `corpora/drafts`, and the PDFs of `../shared` when they are there. Every figure
is the median of several rounds in which the three ways take turns, so that a slow moment of the machine hits all three.

- floor: `pypdfium2` opens the file and takes the raw text of each page, nothing else;
- hetong: `hetong.analyse_file`, everything from bytes to findings;
- usual: pdfplumber text, jieba TF-IDF, the same rules' patterns one by one (`benchmarks/usual_way.py`).
"""

from __future__ import annotations

import logging
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import jieba
import pypdfium2
from reading_speed import raw_text
from sklearn.pipeline import Pipeline
from usual_way import element_model, review

from hetong.errors import FileError
from hetong.run import analyse_file

ROOT = Path(__file__).parents[1]
ROUNDS = 5
MANY_PAGES, SLOW_ROUNDS = 60, 2  # the usual way gets fewer rounds on many pages


class Timing(NamedTuple):
    """Pages of a group of files, and median seconds of the three ways over them."""

    files: int
    pages: int
    floor: float
    hetong: float
    usual: float

    def row(self, name: str) -> str:
        """One line of the table: ms a page, and the two ratios."""
        each = [1000 * seconds / self.pages for seconds in (self.floor, self.hetong, self.usual)]
        ratios = f"{self.hetong / self.floor:14.2f} {self.usual / self.hetong:14.1f}"
        return f"{name:16} {self.files:6} {self.pages:6} {each[0]:9.2f} {each[1]:9.2f} {each[2]:9.2f} {ratios}"


HEAD = f"{'ms a page':16} {'files':>6} {'pages':>6} {'floor':>9} {'hetong':>9} {'usual':>9} {'hetong / floor':>14} {'usual / hetong':>14}"  # fmt: skip  # noqa: E501


def seconds(work: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def groups(arguments: Sequence[str]) -> dict[str, list[Path]]:
    """The PDFs to time; those with tables apart, since tables are read through another library and cost more."""
    files = [Path(a) for a in arguments] or [
        *sorted((ROOT / "corpora" / "drafts").glob("*.pdf")),
        *sorted((ROOT.parent / "shared" / "contracts" / "originals").glob("*.pdf")),
        *sorted((ROOT.parent / "shared" / "documents").glob("*.pdf")),
    ]
    found: dict[str, list[Path]] = {"without tables": [], "with tables": []}
    for path in files:
        try:
            contract = analyse_file(path, ocr="never")
        except FileError as error:
            print(f"left out: {error}")
            continue
        found["with tables" if any(b.cell for b in contract.blocks) else "without tables"].append(path)
    return {name: paths for name, paths in found.items() if paths}


def pages_of(paths: Sequence[Path]) -> int:
    """How many pages the PDFs have together."""
    total = 0
    for path in paths:
        with pypdfium2.PdfDocument(path) as pdf:
            total += len(pdf)
    return total


def measure(paths: Sequence[Path], model: Pipeline) -> Timing:
    """Median seconds of the three ways over a group of PDFs, in turns."""
    pages = pages_of(paths)
    base, own, usual = [], [], []
    for turn in range(ROUNDS):
        base.append(seconds(lambda: deque(map(raw_text, paths), maxlen=0)))
        own.append(seconds(lambda: [analyse_file(p, ocr="never") for p in paths]))
        if turn < (ROUNDS if pages < MANY_PAGES else SLOW_ROUNDS):
            usual.append(seconds(lambda: [review(p, model) for p in paths]))
    return Timing(len(paths), pages, *map(statistics.median, (base, own, usual)))


def whole_process(path: Path, model: Pipeline) -> tuple[float, float]:
    """Median wall seconds of `hetong check` and of the usual way on one PDF, process start included."""
    with tempfile.TemporaryDirectory() as folder:
        trained = Path(folder) / "model.pickle"
        trained.write_bytes(pickle.dumps(model))
        own = [sys.executable, "-c", "from hetong.cli import main; main()", "check", str(path)]
        usual = [sys.executable, str(Path(__file__).with_name("usual_way.py")), str(trained), str(path)]
        turns = [(_run(own), _run(usual)) for _ in range(ROUNDS)]
    return statistics.median(t[0] for t in turns), statistics.median(t[1] for t in turns)


def _run(command: Sequence[str]) -> float:
    return seconds(lambda: subprocess.run(command, capture_output=True, check=False))


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    jieba.setLogLevel(logging.WARNING)
    model = element_model()
    found = groups(arguments)
    print(HEAD)
    timings = {name: measure(paths, model) for name, paths in found.items()}
    for name, timing in timings.items():
        print(timing.row(name))
    print(Timing(*map(sum, zip(*timings.values(), strict=True))).row("all"))
    one = min((p for paths in found.values() for p in paths), key=lambda p: (abs(pages_of([p]) - 5), p.name))
    own, usual = whole_process(one, model)
    print(f"\nwhole process on {one.name}, {pages_of([one])} pages: hetong check {own:.2f} s, usual way {usual:.2f} s")
    print(f"hetong check / usual way = {own / usual:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
