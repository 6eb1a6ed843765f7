"""What reading a PDF costs beside pdfium's raw text of the same pages, in turns in one run; and where the time goes.

    python benchmarks/reading_speed.py [PDF ...]     # without files: ../shared/documents

floor    `pypdfium2` opens the file and takes the raw text of each page, nothing else
reading  `hetong.extract.read`: text, tables, boxes, asides
whole    `hetong.analyse_file`: everything from bytes to findings
"""

from __future__ import annotations

import cProfile
import pstats
import statistics
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pypdfium2

from hetong.extract import read
from hetong.run import analyse_file

SHARED: Final = Path(__file__).resolve().parents[2] / "shared"
ROUNDS: Final = 5
BOUND: Final = 3.5  # times the floor that reading may take
MOST_PARTS: Final = 8  # lines of the profile


class Speed(NamedTuple):
    """Pages of some files and median seconds of the three ways over all of them; shares of reading by module."""

    files: int
    pages: int
    floor: float
    reading: float
    whole: float
    parts: tuple[tuple[str, float], ...]

    @property
    def ratio(self) -> float:
        """Reading by the floor."""
        return self.reading / self.floor


def files() -> list[Path]:
    """The long documents beside the project, when they are there."""
    return sorted((SHARED / "documents").glob("*.pdf"))


def measure(paths: Sequence[Path], rounds: int = ROUNDS) -> Speed:
    """Times the three ways in turns, after one round that nobody counts."""
    pages = sum(map(raw_text, paths))
    ways: tuple[Callable[[Path], object], ...] = (raw_text, read, analyse_file)
    turns = [[_seconds(way, paths) for way in ways] for _ in range(rounds + 1)][1:]
    floor, reading, whole = map(statistics.median, zip(*turns, strict=True))
    return Speed(len(paths), pages, floor, reading, whole, _parts(paths))


def missing() -> str:
    """What this measure needs and the machine has not; "" when all is there."""
    return "" if files() else "the PDFs of ../shared/documents"


def report(sample: int | None) -> Iterator[str]:
    """The table, line by line; of all PDFs at hand, or of so many."""
    yield from lines(measure(files()[:sample]))


def lines(speed: Speed) -> Iterator[str]:
    """The measure as lines."""
    yield f"ms a page over {speed.files} files, {speed.pages} pages, tables included"
    yield f"{'floor':>8} {'reading':>8} {'whole':>8} {'reading / floor':>16} {'bound':>6}"
    each = [1000 * seconds / speed.pages for seconds in (speed.floor, speed.reading, speed.whole)]
    yield " ".join(f"{ms:8.2f}" for ms in each) + f" {speed.ratio:16.2f} {BOUND:6.1f}"
    yield "where reading spends its time (profiled, so only the shares count):"
    yield from (f"  {share:6.1%} {part}" for part, share in speed.parts)


def raw_text(path: Path) -> int:
    """Takes the raw text of each page; the number of pages."""
    with pypdfium2.PdfDocument(path) as pdf:
        for page in pdf:
            textpage = page.get_textpage()
            textpage.get_text_range()
            textpage.close()
            page.close()
        return len(pdf)


def _seconds(way: Callable[[Path], object], paths: Sequence[Path]) -> float:
    start = time.perf_counter()
    deque(map(way, paths), maxlen=0)
    return time.perf_counter() - start


def _parts(paths: Sequence[Path]) -> tuple[tuple[str, float], ...]:
    """Shares of the time of reading by the module in which it is spent, the largest first."""
    profile = cProfile.Profile()
    profile.runcall(lambda: [read(path) for path in paths])
    spent: dict[str, float] = defaultdict(float)
    for (file, _, _), (_, _, own, *_) in vars(pstats.Stats(profile))["stats"].items():
        spent["built-in functions" if file == "~" else "/".join(Path(file).parts[-2:])] += own
    total = sum(spent.values())
    return tuple((part, own / total) for part, own in sorted(spent.items(), key=lambda item: -item[1])[:MOST_PARTS])


def main(arguments: Sequence[str]) -> None:
    """Prints the measure."""
    paths = [Path(a) for a in arguments] or files()
    print(*([missing()] if not paths else lines(measure(paths))), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
