"""The corpus as a whole: no clause copied from another contract, no label that nobody knows, what there is of each."""

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest

from hetong.corpus import AnnotatedClause, AnnotatedContract, load_contracts
from hetong.corpuscheck import NEAR, Passage, is_formula, near_duplicates, passages, statistics, unknown_labels
from hetong.document import ELEMENTS
from hetong.frames import load_corpus
from hetong.frames.labellings import agreement, load_labellings
from hetong.ordinary import load_ordinary
from hetong.sentences import load_sentences

ROOT = Path(__file__).parents[1]
CORPORA = ROOT / "corpora"
REAL = ROOT.parent / "shared" / "contracts" / "text"
sys.path.insert(0, str(CORPORA))
PRICE = "乙方应于每月五日前将上月服务费发票送达甲方，甲方核对无误后十五日内付款。"


def contract(*texts: str, name: str = "lease-90", **labels: tuple[str, ...]) -> AnnotatedContract:
    clauses = tuple(AnnotatedClause(f"{i}、", "", text, "legal") for i, text in enumerate(texts, start=1))
    return AnnotatedContract(name, "lease", "lease", name, "租房合同", (), clauses, **labels)


def said(first: str, second: str) -> list[float]:
    pairs = near_duplicates([Passage("a", "1", first), Passage("b", "1", second)])
    return [round(twins.likeness, 2) for twins in pairs]


def test_no_clause_of_ours_is_nearly_one_of_another_contract() -> None:
    pairs = near_duplicates(passages(load_contracts(CORPORA / "contracts")))
    assert [p for p in pairs if not (is_formula(p.first.text) and is_formula(p.second.text))] == []


def test_every_rule_and_attribute_that_ours_name_exists() -> None:
    assert list(unknown_labels(load_contracts(CORPORA / "contracts"))) == []


@pytest.mark.skipif(not REAL.is_dir(), reason="the real contracts are not here")
def test_nothing_of_ours_is_near_a_line_of_a_real_contract() -> None:
    lines = [
        Passage(path.stem, str(number), line)
        for path in sorted(REAL.glob("*.txt"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]
    real = {line.home for line in lines}
    sentences = [Passage(f"{s.rule}/{s.writer}", "", s.text) for s in load_sentences(CORPORA / "sentences")]
    ordinary = [Passage(f"ordinary/{text.source}", "", text.text) for text in load_ordinary(CORPORA / "ordinary")]
    pairs = near_duplicates([*passages(load_contracts(CORPORA / "contracts")), *sentences, *ordinary], lines)
    assert [(p.second, p.first) for p in pairs if p.first.home in real] == []


@pytest.mark.skipif(not REAL.is_dir(), reason="the real contracts are not here")
def test_nothing_of_ours_shares_a_long_run_with_a_real_contract() -> None:
    real = {run for path in REAL.glob("*.txt") for run in runs(path.read_text(encoding="utf-8"))}
    contracts = [path.read_text(encoding="utf-8") for path in sorted((CORPORA / "contracts").rglob("*.yaml"))]
    texts = [*load_sentences(CORPORA / "sentences"), *load_ordinary(CORPORA / "ordinary")]
    ours = [*contracts, *(one.text for one in texts)]
    assert [text for text in ours if not real.isdisjoint(runs(text))] == []


def runs(text: str, length: int = 30) -> Iterator[str]:
    """All runs of so many word characters in a row; the names of laws, rates and courts are shorter."""
    words = re.sub(r"[\W_]", "", text)
    return (words[i : i + length] for i in range(len(words) - length + 1))


def test_a_clause_with_a_word_changed_is_a_near_duplicate() -> None:
    assert said(PRICE, PRICE.replace("五日前", "五日之前")) == [0.74]


def test_punctuation_and_blanks_do_not_make_a_difference() -> None:
    assert said(PRICE, PRICE.replace("，", " ，\n")) == [1.0]


def test_another_wording_of_the_same_is_none() -> None:
    assert said(PRICE, "甲方收到上月服务费发票并核对后，于十五日内支付，发票由乙方每月五日前送到。") == []


def test_a_short_item_says_too_little_to_be_a_copy() -> None:
    assert said("图纸及说明书；", "图纸及说明书；") == []


def test_copies_within_one_contract_are_the_drafters_own_affair() -> None:
    assert near_duplicates(passages([contract(PRICE, PRICE)])) == []


def test_no_pair_is_lost_to_the_index() -> None:
    texts = [PRICE[i:] + PRICE[:i] for i in range(0, len(PRICE), 3)]
    found = near_duplicates([Passage(str(i), "", text) for i, text in enumerate(texts)])
    grams = [{s[i : i + 5] for i in range(len(s) - 4)} for s in (t.replace("，", "").replace("。", "") for t in texts)]
    near = [(i, j) for i, j in combinations(range(len(texts)), 2)
            if len(grams[i] & grams[j]) / len(grams[i] | grams[j]) > NEAR]  # fmt: skip
    assert sorted((int(t.first.home), int(t.second.home)) for t in found) == near
    assert near


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("本合同一式两份，甲乙双方各执一份，具有同等法律效力。", True),
        ("甲方（盖章）：____________", True),
        ("法定代表人或委托代理人（签字）：", True),
        ("本合同自双方签字盖章之日起生效。", False),
        ("乙方逾期交货的，每逾期一日按合同总价的千分之三支付违约金。", False),
        ("验收合格后双方在验收单上签字：设备数量、型号、外观逐项核对，缺一项即视为不合格。", False),
    ],
)
def test_boilerplate_is_how_many_copies_there_are_and_where_to_sign(text: str, formula: bool) -> None:
    assert is_formula(text) is formula


def test_labels_that_nobody_knows_are_named_with_their_place() -> None:
    clause = AnnotatedClause("1、", "", PRICE, "pricing", triggers={"XXX001": "发票"}, evidence={"price_tea": "发票"})
    wrong = replace(contract(document_triggers=("XXX002",)), clauses=(clause,))
    assert list(unknown_labels([wrong])) == [
        "lease-90: document: no rule XXX002", "lease-90: clause 1、: no rule XXX001",
        "lease-90: clause 1、: no attribute price_tea",
    ]  # fmt: skip


def test_statistics_count_contracts_clauses_elements_and_types() -> None:
    lines = list(statistics([contract(PRICE, "")]))
    assert "| contracts | 1 |" in lines
    assert "| clauses with words | 1 |" in lines
    assert "| legal | 1 | 100.0% |" in lines
    assert "| lease | 1 | 2 |" in lines


def test_the_script_passes_on_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    import check

    assert check.main([]) == 0
    assert "lease/lease-01: " in capsys.readouterr().out


def test_the_script_fails_on_a_clause_taken_from_the_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import check

    (tmp_path / "lease").mkdir()
    shutil.copy(CORPORA / "contracts" / "lease" / "lease-01.yaml", tmp_path / "lease" / "lease-90.yaml")
    path = tmp_path / "lease" / "lease-90.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: lease-01", "id: lease-90"), encoding="utf-8")
    assert check.main([str(tmp_path)]) == 1
    assert "is near lease-01" in capsys.readouterr().err


def test_the_readme_quotes_the_statistics() -> None:
    text = (CORPORA / "README.md").read_text(encoding="utf-8")
    lines = list(statistics(load_contracts(CORPORA / "contracts")))
    assert "\n".join(lines[: lines.index("| type | contracts | clauses |") - 1]) in text


def test_the_labels_are_those_that_were_decided_and_every_clause_was_labelled_twice() -> None:
    pytest.importorskip("pandas", reason="needs the extra hetong[train]")
    from agreement import strays

    assert strays(load_labellings(CORPORA), load_corpus(CORPORA)).empty


def test_the_readme_quotes_how_two_labellings_agree() -> None:
    pytest.importorskip("pandas", reason="needs the extra hetong[train]")
    table = agreement(load_labellings(CORPORA))
    text = (CORPORA / "README.md").read_text(encoding="utf-8").replace("\n", " ")
    every = table.loc["all"]
    assert f"They agree on {every['agreed']:.1%} of {every['first']:,.0f} clauses".replace("%", " %") in text
    assert f"(kappa {every['kappa']:.2f})" in text
    assert f"macro-F1 is {table.loc[list(ELEMENTS), 'agreed'].mean():.3f}" in text
