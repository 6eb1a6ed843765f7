"""Reads and judges thousands of damaged files, and says how each ended: read, refused by reason, crashed, a bug.

    python benchmarks/fuzz.py                             # 2,000 files, seed 0: make fuzz
    python benchmarks/fuzz.py --seed 7 --files 500 --keep out/fuzz   # other ones; what ended badly is kept there

The files are our sample drafts, texts of our corpora, and the real ones of `../shared` where these are at hand, each
damaged in one to four ways: bytes flipped, cut, repeated, spliced with another file; the same inside a part of a Word
file, which is zipped again, and inside a stream of a PDF, which is deflated again; digits and tags exchanged. Seed and
number make a file, so that any can be made again. Ends with 1 when a file ended in anything but a result or a reason.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Final, NamedTuple

from lxml import etree

from hetong.batch.workers import Limits, in_workers
from hetong.corpus import load_contract, print_contract
from hetong.errors import FileError
from hetong.extract import READERS
from hetong.run import analyse_file

ROOT: Final = Path(__file__).resolve().parents[1]
SHARED: Final = ROOT.parent / "shared" / "contracts" / "originals"
TEXTS: Final = 12  # contracts of our corpora that are taken as text files
LARGEST: Final = 400_000  # bytes of a file that is damaged
MOST_WAYS: Final = 4
MOST_ELEMENTS: Final = 50_000
BAD: Final = frozenset({"crashed", "internal-error", "too-slow", "out-of-memory"})
BUGS: Final = frozenset({"internal-error"})
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_TOKEN: Final = re.compile(rb"<[^<>]{1,200}>|[0-9]+(?:\.[0-9]+)?|/[A-Za-z]+")
_NUMBERS: Final = (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e400", b"nan", b"0.00000001")


class Seed(NamedTuple):
    """A whole file: its suffix and its bytes."""

    suffix: str
    data: bytes


class Reading(NamedTuple):
    """What became of a file that was read: processor seconds, and the codes of what was not read of it."""

    seconds: float
    problems: tuple[str, ...]


def seeds() -> list[Seed]:
    """The whole files in a fixed order."""
    paths = [*sorted((ROOT / "corpora" / "drafts").iterdir()), *sorted(SHARED.glob("*"))]
    found = [
        Seed(path.suffix, path.read_bytes())
        for path in paths
        if path.suffix in READERS and path.stat().st_size <= LARGEST
    ]
    contracts = sorted((ROOT / "corpora" / "contracts").rglob("*.yaml"))
    for i, path in enumerate(contracts[:: len(contracts) // TEXTS]):
        text = "\n".join(line.text for line in print_contract(load_contract(path)))
        found += [Seed(".md" if i % 3 == 0 else ".txt", text.encode("gb18030" if i % 3 == 1 else "utf-8"))]
    return found


def damaged(whole: Sequence[Seed], seed: int, number: int) -> Seed:
    """The damaged file of a seed and a number."""
    dice = random.Random(f"{seed}-{number}")
    suffix, data = dice.choice(whole)
    other = dice.choice(whole).data
    ways = {".docx": INSIDE_ZIP, ".pdf": INSIDE_STREAM}.get(suffix, BYTES)
    for _ in range(dice.randint(1, MOST_WAYS)):
        data = dice.choice((dice.choice(BYTES), *ways, *ways, *ways))(dice, data, other)
    return Seed(suffix, data)


Way = Callable[[random.Random, bytes, bytes], bytes]


def _flipped(dice: random.Random, data: bytes, _other: bytes) -> bytes:
    out = bytearray(data)
    for _ in range(dice.choice((1, 4, 30, 300)) if out else 0):
        out[dice.randrange(len(out))] ^= 1 << dice.randrange(8)
    return bytes(out)


def _cut(dice: random.Random, data: bytes, _: bytes) -> bytes:
    a, b = _range(dice, data)
    return data[:a] if dice.random() < 0.3 else data[:a] + data[b:]


def _spliced(dice: random.Random, data: bytes, other: bytes) -> bytes:
    (a, b), (c, d) = _range(dice, data), _range(dice, other)
    return data[:a] + other[c:d] + data[b:]


def _repeated(dice: random.Random, data: bytes, _: bytes) -> bytes:
    a, b = _range(dice, data)
    return data[:b] + data[a:b] * dice.choice((1, 2, 5, 20)) + data[b:]


def _swapped(dice: random.Random, data: bytes, _: bytes) -> bytes:
    """Tags, names and numbers exchanged for others of the file, or numbers for those that break programs."""
    tokens = list(_TOKEN.finditer(data))
    for match in sorted(dice.sample(tokens, min(len(tokens), dice.choice((1, 3, 20)))), key=lambda m: -m.start()):
        new = dice.choice(_NUMBERS) if match[0].isdigit() and dice.random() < 0.5 else dice.choice(tokens)[0]
        data = data[: match.start()] + new + data[match.end() :]
    return data


def _range(dice: random.Random, data: bytes) -> tuple[int, int]:
    a = dice.randrange(len(data) + 1)
    return a, min(len(data), a + dice.choice((1, 16, 200, 3_000, 30_000)))


BYTES: Final[tuple[Way, ...]] = (_flipped, _cut, _spliced, _repeated, _swapped)


def _in_part(dice: random.Random, data: bytes, other: bytes) -> bytes:
    """A Word file with a part damaged, the longer the likelier, or exchanged for another part."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        return _flipped(dice, data, other)
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    if not names:
        return _flipped(dice, data, other)
    chosen = dice.choices(names, [len(parts[name]) + 1 for name in names])[0]
    source = parts[dice.choice(names)]
    parts[chosen] = dice.choice((_regrown, _regrown, _regrown, _regrown, *BYTES))(dice, parts[chosen], source)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED)  # without the time of day
    return out.getvalue()


def _regrown(dice: random.Random, data: bytes, _other: bytes) -> bytes:
    """XML with elements taken away, doubled, moved elsewhere, or with values of others, well-formed still."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    for _ in range(dice.choice((1, 3, 20, 100))):
        every = list(root.iter(etree.Element))
        one, other = dice.choice(every), dice.choice(every)
        above = one.getparent()
        way = dice.randrange(4)
        if way == 0 and above is not None:
            above.remove(one)
        elif way == 1 and len(every) < MOST_ELEMENTS:
            other.append(deepcopy(one))
        elif way == 2:
            one.tag = other.tag
        elif one.attrib:
            values = [*other.attrib.values(), one.text or "", *(number.decode() for number in _NUMBERS)]
            one.set(dice.choice(list(one.attrib)), dice.choice(values))
    return bytes(etree.tostring(root))


def _in_stream(dice: random.Random, data: bytes, other: bytes) -> bytes:
    """A PDF with a stream inflated, damaged and deflated again; its length is left wrong now and then."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return _flipped(dice, data, other)
    match = dice.choice(streams)
    try:
        content = zlib.decompress(match[1])
    except zlib.error:
        content = b""
    new = dice.choice((_swapped, *BYTES))(dice, content or match[1], other)
    packed = zlib.compress(new) if content else new
    return data[: match.start(1)] + packed + data[match.end(1) :]


INSIDE_ZIP: Final[tuple[Way, ...]] = (_in_part,)
INSIDE_STREAM: Final[tuple[Way, ...]] = (_in_stream, _swapped)


def look(path: str) -> Reading:
    """Reads and judges a file as a scan does."""
    started = time.process_time()
    contract = analyse_file(path)
    for finding in contract.findings:
        assert finding.span is None or contract.text_of(finding.span) == finding.quote
        assert finding.span is None or all(contract.boxes(*finding.span) or (True,))
    return Reading(time.process_time() - started, tuple({problem.code for problem in contract.problems}))


def outcomes(folder: Path, seed: int, files: int, workers: int) -> Iterator[tuple[int, Path, Reading | FileError]]:
    """Writes the damaged files, a hundred at a time, and yields what became of each."""
    whole = seeds()
    for first in range(0, files, 100):
        paths = []
        for number in range(first, min(first + 100, files)):
            suffix, data = damaged(whole, seed, number)
            paths.append(folder / f"{seed}-{number}{suffix}")
            paths[-1].write_bytes(data)
        for index, outcome in in_workers(look, list(map(str, paths)), workers, Limits(seconds=120)):
            yield first + index, paths[index], outcome
            if not (isinstance(outcome, FileError) and outcome.code in BAD):
                paths[index].unlink()


def main(arguments: Sequence[str]) -> int:
    """The table; 1 when a file ended in something that nobody foresaw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the files that ended badly")
    said = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = said.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        ended: Counter[tuple[str, str]] = Counter()
        slowest: list[tuple[float, str]] = []
        bugs = 0
        for _, path, outcome in outcomes(folder, said.seed, said.files, said.workers):
            code = outcome.code if isinstance(outcome, FileError) else "read"
            if isinstance(outcome, Reading):
                code = "read" if not outcome.problems else "read, with problems"
                slowest = sorted([*slowest, (outcome.seconds, path.name)], reverse=True)[:5]
            elif outcome.code in BAD:
                print(f"{path.name}: {outcome.message('en')}", flush=True)
                bugs += outcome.code in BUGS
            ended[code, path.suffix] += 1
    _print(ended, slowest, said.seed)
    return 1 if bugs else 0


def _print(ended: Counter[tuple[str, str]], slowest: Sequence[tuple[float, str]], seed: int) -> None:
    suffixes = sorted({suffix for _, suffix in ended})
    print(f"\nseed {seed}".ljust(25) + "".join(suffix.rjust(8) for suffix in (*suffixes, "all")))
    for code in sorted({code for code, _ in ended}):
        counts = [ended[code, suffix] for suffix in suffixes]
        print(code.ljust(24) + "".join(str(count).rjust(8) for count in (*counts, sum(counts))))
    print("slowest: " + ", ".join(f"{name} {seconds:.1f} s" for seconds, name in slowest))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
