"""Word files printed as PDF by LibreOffice and read again: what the PDF reader loses of what the Word reader has.

Both readings are taken through all stages. Compared are

characters  the longest common subsequence of the two texts, white space ignored, over the longer of the two
clauses     numbers of clauses that both have in the same order, over those of the reading that has more
findings    findings that both have, by rule and quote, over those of the reading that has more

The Word files are those of `../shared/contracts/originals` and our contracts rendered as DOCX, redlined ones with their
changes accepted, since LibreOffice prints deleted words too, struck through. Automatic numbers that LibreOffice prints
otherwise than Word are listed and left out of the count (`reading_numbers.py`).
"""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Final, NamedTuple, TypeVar

from rapidfuzz.distance import LCSseq
from reading_numbers import Changed, as_printed, lines_of, summary

from hetong.corpus import AnnotatedClause, AnnotatedContract, load_contracts
from hetong.document import Contract
from hetong.extract import read
from hetong.run import analyse, analyse_file

ROOT: Final = Path(__file__).resolve().parents[1]
ORIGINALS: Final = ROOT.parent / "shared" / "contracts" / "originals"
SOFFICE: Final = shutil.which("soffice")
T = TypeVar("T")
_BATCH: Final = 40  # files to a call of soffice; it starts slowly and does not give back all of its memory
_PATIENCE: Final = 20  # seconds a file


class Printed(NamedTuple):
    """A Word file, and what LibreOffice made of it."""

    word: Path
    pdf: Path
    text: Path


class Shared(NamedTuple):
    """How many of some things both readings have, of how many the one with more has."""

    both: int
    of: int

    @property
    def share(self) -> float:
        """Both of all; 1 where there is nothing."""
        return self.both / self.of if self.of else 1.0


class Pair(NamedTuple):
    """How two readings of one document compare."""

    name: str
    characters: Shared
    clauses: Shared
    findings: Shared
    changed: tuple[Changed, ...] = ()


class RoundTrip(NamedTuple):
    """The figures over all documents: characters as mean and worst share, the rest as share of the sums."""

    documents: int
    mean: float
    worst: float
    clauses: float
    findings: float


def missing() -> str:
    """What this measure needs and the machine has not; "" when all is there."""
    return "" if SOFFICE else "soffice (LibreOffice) is not installed"


def report(sample: int | None) -> Iterator[str]:
    """The table, line by line; of all documents, or of some that are always the same."""
    pairs = [compare(document) for document in printed(sample)]
    found = measure(pairs)
    lowest = sorted(pairs, key=lambda one: one.characters.share)[:3]
    yield f"Word files printed as PDF and read again: {found.documents} documents"
    yield f"  characters equal in order   mean {found.mean:.4f}   worst {found.worst:.4f}   (0.995, 0.98)"
    yield f"  clause numbers in order     {found.clauses:.4f}   (0.97)"
    yield f"  findings by rule and quote  {found.findings:.4f}   (0.97)"
    yield f"  lowest: {', '.join(f'{one.name} {one.characters.share:.4f}' for one in lowest)}"
    yield "  numbers that LibreOffice prints otherwise than Word, left out of the count:"
    yield from summary([(one.name, one.changed) for one in pairs])


def measure(pairs: Sequence[Pair]) -> RoundTrip:
    """The figures of some comparisons."""
    shares = [pair.characters.share for pair in pairs]
    clauses = total([pair.clauses for pair in pairs]).share
    findings = total([pair.findings for pair in pairs]).share
    return RoundTrip(len(pairs), sum(shares) / len(shares), min(shares), clauses, findings)


def total(parts: Sequence[Shared]) -> Shared:
    """The sum of counts."""
    return Shared(sum(p.both for p in parts), sum(p.of for p in parts))


@cache
def printed(sample: int | None) -> tuple[Printed, ...]:
    """Word files and what LibreOffice makes of them, written once and deleted when the process ends."""
    folder = Path(mkdtemp(prefix="hetong-reading-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    paths = [*spread(sorted(ORIGINALS.glob("*.docx")), sample), *rendered(folder, sample)]
    return tuple(export(paths, folder))


def rendered(folder: Path, sample: int | None) -> list[Path]:
    """Our contracts as Word files, redlined ones with their changes accepted."""
    sys.path.insert(0, str(ROOT / "corpora"))
    from render import write_docx

    paths = []
    for contract in spread(load_contracts(ROOT / "corpora" / "contracts"), sample):
        paths.append(folder / f"{contract.id}.docx")
        write_docx(_accepted(contract), paths[-1])
    return paths


def spread(items: Sequence[T], sample: int | None) -> Sequence[T]:
    """So many of the items, evenly spread; all of them without a number."""
    return items if sample is None else items[:: max(1, len(items) // sample)][:sample]


def export(paths: Sequence[Path], folder: Path) -> Iterator[Printed]:
    """What LibreOffice writes of files into a folder, as PDF and as plain text; what it does not open is left out."""
    for kind in ("pdf", "txt:Text"):
        for at in range(0, len(paths), _BATCH):
            _convert(paths[at : at + _BATCH], kind, folder)
    for word in paths:
        document = Printed(word, folder / f"{word.stem}.pdf", folder / f"{word.stem}.txt")
        if document.pdf.exists() and document.text.exists():
            yield document


def _convert(paths: Sequence[Path], kind: str, folder: Path) -> None:
    """One call of soffice, with a profile of its own."""
    with TemporaryDirectory() as profile:
        settings = [f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", kind]
        command = [SOFFICE or "soffice", *settings, "--outdir", str(folder), *map(str, paths)]
        subprocess.run(command, check=True, capture_output=True, timeout=60 + _PATIENCE * len(paths))


def compare(document: Printed) -> Pair:
    """A Word file against its PDF."""
    word, changed = as_printed(read(document.word), lines_of(document.text))
    return pair(document.word.stem, analyse(word), analyse_file(document.pdf), changed)


def pair(name: str, word: Contract, pdf: Contract, changed: Sequence[Changed] = ()) -> Pair:
    """How two readings of one document compare."""
    texts = ["".join(contract.text.split()) for contract in (word, pdf)]
    numbers = [["".join(clause.number.split()) for clause in contract.clauses] for contract in (word, pdf)]
    numbers = [[number for number in found if number] for found in numbers]
    found = [Counter((f.rule, "".join(f.quote.split())) for f in contract.findings) for contract in (word, pdf)]
    return Pair(
        name,
        Shared(LCSseq.similarity(*texts), max(map(len, texts))),
        Shared(LCSseq.similarity(*numbers), max(map(len, numbers))),
        Shared((found[0] & found[1]).total(), max(c.total() for c in found)),
        tuple(changed),
    )


def _accepted(contract: AnnotatedContract) -> AnnotatedContract:
    """The contract as it is after the redline, without what was before."""
    annexes = tuple(replace(annex, clauses=_without_originals(annex.clauses)) for annex in contract.annexes)
    return replace(contract, clauses=_without_originals(contract.clauses), annexes=annexes)


def _without_originals(clauses: Sequence[AnnotatedClause]) -> tuple[AnnotatedClause, ...]:
    return tuple(replace(c, original="", clauses=_without_originals(c.clauses)) for c in clauses)
