"""What lost can be tried again; the clauses a model doubts are found; contracts are taken by split or a few."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="needs the extra hetong[train]")
pytest.importorskip("pandas", reason="needs the extra hetong[train]")

from hetong.corpus import AnnotatedContract, load_contracts
from hetong.document import ELEMENTS
from hetong.evaluate import evaluate, majority, tables
from hetong.exchange.rows import rows_of as clauses_of
from hetong.frames.contracts import few, in_split
from hetong.train import Row, as_strings, fit, learn, rows_in, rows_of, tries
from hetong.train.doubts import doubtful, drawn

CORPORA = Path(__file__).parents[1] / "corpora" / "contracts"


@pytest.fixture(scope="module")
def contracts() -> list[AnnotatedContract]:
    return few(load_contracts(CORPORA), 9)


@pytest.fixture(scope="module")
def rows(contracts: list[AnnotatedContract]) -> list[Row]:
    return list(rows_of(contracts))


def test_first_looks_are_compared_on_families_that_they_did_not_see(rows: list[Row]) -> None:
    found = tries.first_looks(rows, ["ridge", "complement naive Bayes"], folds=3)
    assert list(found.index) == ["ridge", "complement naive Bayes"]
    assert ((found["macro_f1"] > 0.3) & (found["accuracy"] < 0.95)).all()


def test_second_looks_are_compared_with_the_first_look_alone(rows: list[Row]) -> None:
    found = tries.second_looks(rows, [tries.OURS, "balanced"], folds=3)
    assert list(found.index) == ["none", tries.OURS, "balanced"]
    assert (found["accuracy"] > 0.4).all()


def test_a_long_clause_counts_once(rows: list[Row]) -> None:
    from dataclasses import replace

    one, other = replace(rows[0], element="legal", weight=1.0), replace(rows[0], element="pricing", weight=0.25)
    accuracy, macro = tries.weighted([one, other, other], np.asarray([4, 4, 1]))  # legal, legal, pricing
    assert accuracy == pytest.approx(1.25 / 1.5)
    assert macro == pytest.approx((2 / 2.25 + 0.5 / 0.75) / 2)


def test_the_clauses_least_sure_come_with_what_the_model_suggests(
    contracts: list[AnnotatedContract], rows: list[Row]
) -> None:
    clauses = list(clauses_of(contracts[:3]))
    doubts = doubtful(fit(rows[: len(rows) // 2]), clauses, 5)
    assert [(s.text, s.contract) for s in doubts.suggested] == [(c.text, c.contract) for c in doubts.clauses]
    assert {clause.source for clause in doubts.suggested} == {"model"}
    assert all(clause in clauses for clause in doubts.clauses)
    assert len(doubts.clauses) == 5
    assert max(doubts.confidence) < 0.6


def test_some_clauses_are_drawn_by_chance_in_their_order(contracts: list[AnnotatedContract]) -> None:
    clauses = list(clauses_of(contracts[:3]))
    some = drawn(clauses, 20)
    assert some == drawn(clauses, 20) != drawn(clauses, 20, seed=1)
    assert some == [clause for clause in clauses if clause in some]
    assert drawn(clauses, 9999) == clauses


def test_a_few_contracts_are_spread_over_all(contracts: list[AnnotatedContract]) -> None:
    assert [c.id for c in few(contracts, 3)] == [contracts[i].id for i in (0, 3, 6)]
    assert few(contracts, "3") == few(contracts, 3)
    assert few(contracts, None) == few(contracts, "") == few(contracts, 99) == contracts


def test_contracts_are_taken_by_split(contracts: list[AnnotatedContract]) -> None:
    splits = {contracts[1].id: "dev", contracts[2].id: "train"}
    assert in_split(contracts, splits, "dev") == [contracts[1]]


def test_learning_gives_what_training_writes(contracts: list[AnnotatedContract]) -> None:
    splits = {one.id: ("test", "dev", "train")[min(number, 2)] for number, one in enumerate(contracts)}
    learned = learn(contracts, splits)
    assert learned.card["held_out"]["accuracy"] == round(learned.evaluation.scores.accuracy, 4)
    assert learned.card["review_threshold"] == learned.model.threshold > 0
    assert learned.evaluation.scores.count == len(rows_in(contracts, splits, "test"))
    assert len(rows_in(contracts, splits)) == learned.card["clauses"]


def test_rows_become_strings_with_their_headings(rows: list[Row]) -> None:
    texts, elements = as_strings(rows)
    row = next(row for row in rows if row.features.above and row.features.heading)
    assert f"{row.features.above}\n{row.features.heading}\n{row.features.text}" in texts
    assert elements == [row.element for row in rows]


def test_an_evaluation_becomes_frames(rows: list[Row]) -> None:
    found = evaluate(rows, majority(rows))
    figures = tables.elements(found)
    assert list(figures.index) == list(ELEMENTS)
    assert figures["clauses"].sum() == len(rows)
    assert ((figures["low"] <= figures["f1"]) & (figures["f1"] <= figures["high"])).all()
    assert figures.loc["legal", "recall"] == 1
    share = figures.loc["pricing", "clauses"] / len(rows)  # all are as likely, so all or none are offered
    assert tables.at_recall(found).loc["pricing"].tolist() == pytest.approx([share, share], abs=1e-4)
    both = tables.side_by_side({"多数": found, "又一次": found})
    assert both.loc["多数", "accuracy"] == both.loc["又一次", "accuracy"] == found.scores.accuracy
    assert both.loc["多数", "legal"] == found.scores.f1["legal"]
