"""How faithfully real files are read: one table a section, each measured by a module of its own.

    python benchmarks/reading.py               # everything: make bench-reading
    python benchmarks/reading.py --sample 8    # some files of each kind, always the same
    python benchmarks/reading.py boxes         # some sections

Each module has `missing()`, which names what it needs and the machine has not, `report(sample)`, which yields lines,
and a pure `measure`, under whose figures the tests put a floor.
"""

from __future__ import annotations

import argparse
import time
from types import ModuleType
from typing import Final

import reading_boxes
import reading_roundtrip
import reading_scans
import reading_speed
import reading_tables

SECTIONS: Final[dict[str, ModuleType]] = {
    "roundtrip": reading_roundtrip, "boxes": reading_boxes, "scans": reading_scans, "tables": reading_tables,
    "speed": reading_speed,
}  # fmt: skip


def main() -> None:
    """Reads the arguments and prints the sections."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"of {', '.join(SECTIONS)}; all without one")
    parser.add_argument("--sample", type=int, metavar="N", help="at most so many files of each kind")
    asked = parser.parse_args()
    if not {*asked.sections} <= SECTIONS.keys():
        parser.error(f"sections are {', '.join(SECTIONS)}")
    for name in asked.sections or SECTIONS:
        section(name, asked.sample)


def section(name: str, sample: int | None) -> None:
    """Prints one section, or why it cannot be measured here."""
    module, start = SECTIONS[name], time.perf_counter()
    if missing := module.missing():
        print(f"{name}: left out, {missing}\n")
        return
    for line in module.report(sample):
        print(line, flush=True)
    print(f"  ({time.perf_counter() - start:.0f} s)\n")


if __name__ == "__main__":
    main()
