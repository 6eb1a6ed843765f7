"""The sample drafts say what their sources say: each is read again and compared, text and clause numbers."""

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from hetong.corpus import AnnotatedContract, load_contracts, print_contract
from hetong.extract import read
from hetong.segment import segment

CORPORA = Path(__file__).parents[1] / "corpora"
sys.path.insert(0, str(CORPORA))
DRAFTS = sorted(p for p in (CORPORA / "drafts").iterdir() if p.suffix in {".pdf", ".docx"})
RENDERED = set(import_module("render").DRAFTS)  # ids; other contracts may have the same title
SOURCES = {
    c.title.split("\u3000")[0].replace("/", "-"): c for c in load_contracts(CORPORA / "contracts") if c.id in RENDERED
}


def squashed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def source_of(path: Path) -> AnnotatedContract:
    return SOURCES[path.stem]


def test_there_are_a_dozen_of_several_types_in_both_formats_half_of_them_risky() -> None:
    sources = [source_of(path) for path in DRAFTS]
    risky = [c for c in sources if sum(len(clause.triggers) for clause in c.walk()) >= 5]
    assert len(DRAFTS) >= 12
    assert len({c.type for c in sources}) >= 6
    assert {p.suffix for p in DRAFTS} == {".pdf", ".docx"}
    assert len(risky) == len(DRAFTS) / 2


@pytest.mark.parametrize("path", DRAFTS, ids=lambda p: p.name)
def test_a_draft_is_read_word_for_word(path: Path) -> None:
    printed = "".join(line.text for line in print_contract(source_of(path)))
    assert squashed(read(path).text) == squashed(printed)


@pytest.mark.parametrize("path", DRAFTS, ids=lambda p: p.name)
def test_the_clauses_of_a_draft_carry_the_numbers_of_its_source(path: Path) -> None:
    contract = segment(read(path))
    starts = {block.start for block in contract.blocks}
    expected = [c.number.strip("、.．") for c in source_of(path).walk() if c.number]
    # an annex is numbered by its title, and a list inside a paragraph is cut into items that the source leaves whole
    found = [c.number for c in contract.clauses if c.number and c.start in starts and not c.number.startswith("附")]
    assert found == expected


@pytest.mark.parametrize("path", [p for p in DRAFTS if p.suffix == ".docx"], ids=lambda p: p.name)
def test_word_counts_the_numbers_of_a_word_draft(path: Path) -> None:
    assert sum(1 for block in read(path).blocks if block.number) > 15
