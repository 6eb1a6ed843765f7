"""How well scans are read: our own contracts as scans, against the same contracts as digital PDFs.

    python benchmarks/reading_scans.py [--sample N] [--only ID ...]

Each contract is rendered as a PDF and as a scan of it (`corpora/scans.py`: 200 dpi, turned by up to 1.5 degrees, noise,
JPEG, a red seal), both are read and analysed, and the scan is held against the PDF:

- character error: edits between the two texts by the characters of the PDF's, white space left out, a run of
  underscores of either width counted as one; the edits are those of `difflib`, which finds no fewer than there are;
- findings: of those of the PDF, how many the scan has too: the same rule, and a quote alike by nine tenths or more;
  further ones of the scan are counted too;
- losses: lines of the PDF less than half of which stand in the scan's text (in full or half width), told (a problem of
  the scan has its place on the line, or concerns the whole page as unread) and untold.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from hetong.corpus import AnnotatedContract, load_contracts
from hetong.document import Box, Contract, Finding
from hetong.fold import fold
from hetong.run import analyse_file

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "corpora"))

SAMPLE = 12
ALIKE = 0.9
LOST = 0.5
SHIFT = 20.0  # points by which a place moves when a page is turned by 1.5 degrees
MOST_ERROR, LEAST_FOUND = 0.015, 0.95
TICKED = "☑"  # our font prints a crossed box for it, which the scan shows and the text of the PDF lacks
_WHOLE_PAGE = ("page-without-text", "unusable-text-layer", "page-empty")


class Reading(NamedTuple):
    """One contract: its size, what differs, and seconds a page to read the scan."""

    name: str
    pages: int
    characters: int
    edits: int
    findings: int
    found: int
    further: int
    told: int
    untold: int
    seconds: float

    def row(self) -> str:
        """A line of the table."""
        return (
            f"{self.name:16} {self.pages:5} {self.characters:10} {self.edits / self.characters:8.2%} "
            f"{self.findings:8} {self.found:6} {self.further:8} {self.told:6} {self.untold:7} "
            f"{self.seconds / self.pages:7.1f}"
        )


HEAD = (
    f"{'contract':16} {'pages':>5} {'characters':>10} {'error':>8} {'findings':>8} {'found':>6} {'further':>8} "
    f"{'told':>6} {'untold':>7} {'s/page':>7}"
)


class ScanTotals(NamedTuple):
    """All contracts together, and each."""

    error: float
    found: float
    untold: int
    readings: tuple[Reading, ...]


def sample(number: int) -> list[str]:
    """A fixed sample of contracts, spread evenly over the names."""
    names = sorted(contract.id for contract in load_contracts(ROOT / "corpora" / "contracts"))
    return [names[i * len(names) // number] for i in range(min(number, len(names)))]


def measure(names: Sequence[str]) -> ScanTotals:
    """Renders, reads and compares the contracts."""
    from render import prepare_font

    prepare_font()
    contracts = {contract.id: contract for contract in load_contracts(ROOT / "corpora" / "contracts")}
    with tempfile.TemporaryDirectory() as folder:
        readings = tuple(_reading(contracts[name], Path(folder)) for name in names)
    return totals(readings)


def totals(readings: Sequence[Reading]) -> ScanTotals:
    """The figures over all characters and findings."""
    characters, edits = sum(r.characters for r in readings), sum(r.edits for r in readings)
    findings, found = sum(r.findings for r in readings), sum(r.found for r in readings)
    return ScanTotals(edits / characters, found / findings, sum(r.untold for r in readings), tuple(readings))


def missing() -> str:
    """What this measure needs and the machine has not; "" when all is there."""
    return "" if find_spec("rapidocr") and find_spec("onnxruntime") else "the extra hetong[ocr]"


def report(number: int | None) -> Iterator[str]:
    """The table, line by line; of a dozen contracts, or of so many."""
    yield from lines(measure(sample(number or SAMPLE)))


def lines(result: ScanTotals) -> Iterator[str]:
    """The table of these figures."""
    yield HEAD
    yield from (reading.row() for reading in result.readings)
    yield (
        f"all: character error {result.error:.2%} (at most {MOST_ERROR:.1%}), findings found {result.found:.1%} "
        f"(at least {LEAST_FOUND:.0%}), untold losses {result.untold}"
    )


def _reading(contract: AnnotatedContract, folder: Path) -> Reading:
    """One contract, rendered twice and compared."""
    from render import write_pdf, write_scanned

    printed, scanned = folder / f"{contract.id}.pdf", folder / f"{contract.id}-scan.pdf"
    write_pdf(contract, printed)
    write_scanned(contract, scanned)
    digital = analyse_file(printed)
    start = time.perf_counter()
    scan = analyse_file(scanned)
    return compared(contract.id, digital, scan, time.perf_counter() - start)


def compared(name: str, digital: Contract, scan: Contract, seconds: float) -> Reading:
    """The scan held against the digital version."""
    text, positions = closed_up(digital.text)
    read, _ = closed_up(scan.text)
    matcher = SequenceMatcher(None, text, read, autojunk=False)
    edits = sum(max(b - a, d - c) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")
    blocks = SequenceMatcher(None, fold(text), fold(read), autojunk=False).get_matching_blocks()
    same = {positions[i] for a, _, size in blocks for i in range(a, a + size)}
    lost = list(lost_lines(digital, same, set(positions)))
    told = sum(any(_tells(scan, box) for box in boxes) for boxes in lost)
    found = [finding for finding in digital.findings if _is_among(finding, scan.findings)]
    further = [finding for finding in scan.findings if not _is_among(finding, digital.findings)]
    return Reading(
        name, scan.source.pages or 1, len(text), edits, len(digital.findings), len(found), len(further), told,
        len(lost) - told, seconds,
    )  # fmt: skip


def closed_up(text: str) -> tuple[str, list[int]]:
    """The text without white space, runs of underscores as one; and where each character stood."""
    text = text.replace("＿", "_").replace(TICKED, " ")
    kept = [i for i, c in enumerate(text) if not c.isspace() and not (c == "_" and text[i - 1 : i] == "_")]
    return "".join(text[i] for i in kept), kept


def lost_lines(digital: Contract, same: set[int], counted: set[int]) -> Iterator[list[Box]]:
    """The boxes of each line of which less than half is among the characters that are the same."""
    for block in digital.blocks:
        for line in block.lines:
            own = counted.intersection(range(line.start, line.end))
            if own and len(own & same) < LOST * len(own):
                yield [line.box]


def _tells(scan: Contract, box: Box) -> bool:
    """Whether a problem of the scan has its place on a line, or tells that the page was not read."""
    return any(
        problem.code in _WHOLE_PAGE if problem.box is None else _touches(problem.box, box)
        for problem in scan.problems
        if problem.page == box.page
    )


def _touches(a: Box, b: Box) -> bool:
    across = min(a.x1, b.x1) - max(a.x0, b.x0) > -SHIFT
    return across and min(a.bottom, b.bottom) - max(a.top, b.top) > -SHIFT


def _is_among(finding: Finding, others: Sequence[Finding]) -> bool:
    """Whether others hold the same finding."""
    return any(other.rule == finding.rule and _alike(finding.quote, other.quote) for other in others)


def _alike(quote: str, other: str) -> bool:
    a, b = (re.sub(r"\s|_+", "", fold(q)) for q in (quote, other))
    return a == b or SequenceMatcher(None, a, b, autojunk=False).ratio() >= ALIKE


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sample", type=int, default=SAMPLE, metavar="N", help="how many contracts")
    parser.add_argument("--only", action="append", metavar="ID", help="this contract; may be given again")
    asked = parser.parse_args(arguments)
    print(*lines(measure(asked.only or sample(asked.sample))), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
