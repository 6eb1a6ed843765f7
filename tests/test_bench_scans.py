"""The floor under the reading of scans, on one contract; `benchmarks/reading_scans.py` measures more of them."""

import sys
from pathlib import Path

import pytest
from picture_samples import FONT

from hetong.extract.ocr_engine import is_installed

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "corpora")]


@pytest.mark.skipif(not is_installed() or FONT is None, reason="the extra ocr or the font is missing")
def test_a_scan_reads_as_its_contract_does() -> None:
    from reading_scans import LEAST_FOUND, MOST_ERROR, lines, measure

    result = measure(["lease-01"])
    assert result.error <= MOST_ERROR, list(lines(result))
    assert result.found >= LEAST_FOUND
    assert result.untold == 0
