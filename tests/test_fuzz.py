"""Damaged files end in a result or a named reason: a few of those that `benchmarks/fuzz.py` makes by the thousand."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import fuzz

from hetong.errors import FileError


@pytest.fixture(scope="module")
def whole() -> list[fuzz.Seed]:
    return fuzz.seeds()


def test_a_seed_and_a_number_make_the_same_file_again(whole: list[fuzz.Seed]) -> None:
    files = [fuzz.damaged(whole, 3, number) for number in range(30)]
    assert files == [fuzz.damaged(whole, 3, number) for number in range(30)]
    assert len({file.data for file in files}) == len(files)
    assert {file.suffix for file in files} >= {".pdf", ".docx", ".txt"}


def test_sixty_damaged_files_end_in_a_result_or_a_named_reason(tmp_path: Path) -> None:
    ended: Counter[str] = Counter()
    for _, path, outcome in fuzz.outcomes(tmp_path, 11, 60, 1):
        assert not (isinstance(outcome, FileError) and outcome.code in fuzz.BAD), f"{path}: {outcome}"
        ended["refused" if isinstance(outcome, FileError) else "read"] += 1
    assert ended["read"] > 20
    assert ended["refused"] > 5
    assert not list(tmp_path.iterdir()), "only what ended badly is kept"


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".txt"])
def test_every_way_of_damaging_gives_bytes_whatever_it_gets(whole: list[fuzz.Seed], suffix: str) -> None:
    for way in (*fuzz.BYTES, *fuzz.INSIDE_ZIP, *fuzz.INSIDE_STREAM):
        for data in (b"", b"PK", b"stream\nendstream", next(s.data for s in whole if s.suffix == suffix)):
            assert isinstance(way(random.Random(1), data, b"other"), bytes)
