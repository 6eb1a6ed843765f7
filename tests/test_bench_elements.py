"""The benchmark of elements: every model on the same clauses, and real lines where they are at hand."""

import sys
from pathlib import Path

import pytest

pytest.importorskip("sklearn", reason="needs the extra hetong[train]")
sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import elements

from hetong.corpus import load_contract
from hetong.evaluate import keywords
from hetong.evaluate.rows import rows_of

LEASE = elements.CORPORA / "contracts" / "lease" / "lease-01.yaml"


def test_no_contract_is_both_learned_from_and_measured_on() -> None:
    learned, held_out = elements.split_rows()
    assert not {row.family for row in learned} & {row.family for row in held_out}


def test_the_second_reader_is_measured_on_the_contracts_of_the_rows_alone() -> None:
    contract = load_contract(LEASE)
    found = elements.second_reader(list(rows_of([contract])))
    assert found.count == sum(bool(clause.text or clause.table) for clause in contract.walk())
    assert found.accuracy > 0.8


@pytest.mark.skipif(not elements.SHARED.exists(), reason="needs the real contracts of ../shared")
def test_nearly_every_real_line_is_placed_in_a_clause() -> None:
    contracts, lines = elements.real_lines()
    assert sum(line.clause is None for line in lines) <= 0.01 * len(lines)
    assert elements.on_real(keywords(), contracts, lines).count == sum(line.clause is not None for line in lines)
