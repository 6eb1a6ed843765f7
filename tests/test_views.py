"""Views of the corpus, and how two labellings agree."""

from pathlib import Path

import pytest

pytest.importorskip("pandas", reason="needs the extra hetong[train]")

import pandas as pd

import hetong
from hetong.errors import CorpusError, FileError
from hetong.frames.labellings import agreement, disagreements, load_labellings
from hetong.frames.views import clause_card, labelled_rules, settled, worded

CORPORA = Path(__file__).parents[1] / "corpora"
CONTRACT = """\
id: lease-90
type: lease
kind: lease
family: lease-attic
title: 阁楼租赁合同
parties: [{label: 出租人, role: supplier, name: 甲}, {label: 承租人, role: buyer, name: 乙}]
clauses:
  - number: 第一条
    heading: 租金
    element: other
    clauses:
      - {number: "1.1", text: "月租______元，每月五日前支付。", element: pricing, secondary: [delivery],
         triggers: {DOC001: "月租______元"}, must_not: [PRC002], evidence: {price_payment: 每月五日前支付},
         vague: {price_amount: "月租______元"}}
      - {number: "1.2", text: "押金一个月租金。", element: pricing, must_not: [PRC002]}
"""
LABELS = """\
contract,clause,first,second,decided
lease-90,1,pricing,pricing,pricing
lease-90,2,pricing,service,pricing
lease-90,3,legal,legal,legal
lease-90,4,legal,legal,legal
"""


@pytest.fixture
def corpus(tmp_path: Path) -> hetong.Corpus:
    (tmp_path / "lease").mkdir()
    (tmp_path / "lease" / "lease-90.yaml").write_text(CONTRACT, encoding="utf-8")
    return hetong.load_corpus(tmp_path)


@pytest.fixture
def labels(tmp_path: Path) -> pd.DataFrame:
    (tmp_path / "labellings.csv").write_text(LABELS, encoding="utf-8")
    return load_labellings(tmp_path)


def test_clauses_with_words_carry_what_is_known_of_their_contract(corpus: hetong.Corpus) -> None:
    found = worded(corpus)
    assert list(found["number"]) == ["1.1", "1.2"]
    assert set(found["kind"]) == {"lease"}


def test_rules_are_counted_by_label_under_their_title(corpus: hetong.Corpus) -> None:
    counts = labelled_rules(corpus)
    assert counts.loc["DOC001"].tolist() == ["空白未填写", 1, 0]
    assert counts.loc["PRC002", ["fires", "must_not"]].tolist() == [0, 2]
    assert counts.index[0] == "DOC001"


def test_an_attribute_that_is_only_touched_is_not_settled(corpus: hetong.Corpus) -> None:
    assert settled(corpus).to_dict() == {"lease": {"付款方式与节点": 1.0}}


def test_a_card_says_all_of_a_clause(corpus: hetong.Corpus) -> None:
    card = clause_card(corpus, "lease-90", 1)
    assert card["path"] == "第一条 租金 › 1.1"
    assert (card["element"], card["secondary"]) == ("pricing", "delivery")
    assert (card["fires"], card["must_not"]) == ("DOC001 月租______元", "PRC002")
    assert "price_payment 每月五日前支付" in card["evidence"]


def test_a_clause_that_is_not_there_is_named(corpus: hetong.Corpus) -> None:
    with pytest.raises(CorpusError, match="lease-90: no clause 9"):
        clause_card(corpus, "lease-90", 9)


def test_agreement_is_told_for_each_element_and_for_all(labels: pd.DataFrame) -> None:
    found = agreement(labels)
    assert found.loc["pricing", ["first", "second"]].tolist() == [2, 1]
    assert found.loc["pricing", "agreed"] == pytest.approx(2 / 3)
    assert found.loc["legal", "kappa"] == 1
    assert found.loc["all", "agreed"] == 0.75
    assert found.loc["all", "kappa"] == pytest.approx((0.75 - 6 / 16) / (1 - 6 / 16))  # 2·1 + 2·2 of 16 by chance


def test_the_clauses_that_were_labelled_differently_have_their_words(
    corpus: hetong.Corpus, labels: pd.DataFrame
) -> None:
    (row,) = disagreements(labels, corpus).to_dict("records")
    assert (row["first"], row["second"], row["decided"]) == ("pricing", "service", "pricing")
    assert (row["path"], row["text"]) == ("第一条 租金 › 1.2", "押金一个月租金。")


def test_the_labellings_of_our_corpus_decide_what_its_clauses_say() -> None:
    ours = worded(hetong.load_corpus()).set_index(["contract", "index"])["element"]
    decided = load_labellings(CORPORA).set_index(["contract", "clause"])["decided"]
    assert decided.to_dict() == ours.to_dict()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LABELS.replace("service", "money"), "row 1, column second: money: not one of"),
        (LABELS.replace("lease-90,2", "lease-90,1"), "lease-90, 1 is there twice"),
        (LABELS.replace("lease-90,2", "lease-90,two"), "not readable"),
        (LABELS.replace("decided", "final"), "row 0, column decided: a value is missing"),
    ],
)
def test_labellings_with_mistakes_are_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "labellings.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=said):
        load_labellings(tmp_path)


def test_missing_labellings_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        load_labellings(tmp_path)
