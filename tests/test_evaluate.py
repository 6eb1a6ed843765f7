"""What is measured of elements: each figure on a handful of clauses whose figures can be counted by hand."""

import numpy as np
import pytest

from hetong.document import ELEMENTS
from hetong.evaluate import evaluate, fingerprints, keywords, learned_from, majority, scores, worst
from hetong.evaluate.curves import abstention, at_recall, reliability
from hetong.evaluate.rows import Row
from hetong.evaluate.scores import side_by_side
from hetong.evaluate.secondary import secondary_scores
from hetong.predictor import Features, Prediction


def row(text: str, element: str = "legal", secondary: tuple[str, ...] = (), contract: str = "a", **where) -> Row:
    return Row(Features(text, **where), element, secondary, contract, contract)


def said(*predictions: tuple[str, float]) -> np.ndarray:
    """Probabilities: what is left of each is shared by the other elements."""
    found = np.empty((len(predictions), len(ELEMENTS)), dtype=np.float32)
    for number, (element, confidence) in enumerate(predictions):
        found[number] = (1 - confidence) / (len(ELEMENTS) - 1)
        found[number, ELEMENTS.index(element)] = confidence
    return found


class Fixed:
    """A model that says the same of a contract's clauses, in order."""

    def __init__(self, *predictions: tuple[str, float]) -> None:
        self.said = predictions

    def predict(self, clauses):
        return [Prediction(element, confidence) for element, confidence in self.said[: len(clauses)]]

    def probabilities(self, clauses):
        return said(*self.said[: len(clauses)])


# ---- scores ----------------------------------------------------------------------------------------------------------
def test_precision_recall_and_f1_of_an_element_are_counted() -> None:
    gold = ["pricing", "pricing", "legal", "legal"]
    found = scores(gold, said(("pricing", 0.9), ("legal", 0.9), ("legal", 0.9), ("legal", 0.9)), ["a", "a", "b", "b"])
    assert found.accuracy == 0.75
    assert (found.precision["pricing"], found.recall["pricing"]) == (1.0, 0.5)
    assert found.f1["legal"] == pytest.approx(0.8)
    assert found.macro_f1 == pytest.approx((2 / 3 + 0.8) / 2)  # elements that do not occur do not count
    assert found.confusion[ELEMENTS.index("pricing"), ELEMENTS.index("legal")] == 1


def test_intervals_come_from_drawing_contracts_again() -> None:
    gold = ["pricing"] * 4
    alike = scores(gold, said(*[("pricing", 0.9)] * 2, *[("legal", 0.9)] * 2), ["a", "b", "a", "b"])
    unlike = scores(gold, said(*[("pricing", 0.9)] * 2, *[("legal", 0.9)] * 2), ["a", "a", "b", "b"])
    assert alike.accuracy == unlike.accuracy == 0.5
    assert alike.accuracy_interval == (0.5, 0.5)  # each contract is half right
    assert unlike.accuracy_interval == (0.0, 1.0)  # one is right, one is wrong
    assert unlike.f1_intervals["pricing"] == (0.0, 1.0)


def test_the_same_clauses_always_give_the_same_intervals() -> None:
    given = (["pricing", "legal", "legal"], said(("pricing", 0.9), ("pricing", 0.9), ("legal", 0.9)), ["a", "b", "c"])
    assert scores(*given).as_dict() == scores(*given).as_dict()


def test_models_stand_side_by_side_a_line_each() -> None:
    one = scores(["legal"], said(("legal", 0.9)), ["a"])
    lines = side_by_side({"majority": one, "hetong": one}).splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["majority", "hetong"]
    assert "1.000 (1.000 to 1.000)" in lines[1]


# ---- curves ----------------------------------------------------------------------------------------------------------
def test_bins_hold_mean_confidence_accuracy_and_count() -> None:
    gold = ["legal", "legal", "pricing", "legal"]
    found = reliability(gold, said(("legal", 0.91), ("legal", 0.99), ("legal", 0.95), ("legal", 0.62)))
    assert [b.count for b in found.bins] == [1, 3]
    assert found.bins[1].confidence == pytest.approx(0.95)
    assert found.bins[1].accuracy == pytest.approx(2 / 3)
    assert found.error == pytest.approx((0.38 + 3 * (0.95 - 2 / 3)) / 4, abs=1e-6)


def test_a_model_that_is_as_right_as_it_is_sure_has_no_calibration_error() -> None:
    gold = ["legal"] * 3 + ["pricing"]
    assert reliability(gold, said(*[("legal", 0.75)] * 4)).error == pytest.approx(0, abs=1e-6)


def test_accuracy_rises_when_only_the_surest_are_answered() -> None:
    gold = ["legal"] * 8 + ["pricing"] * 2
    points = abstention(gold, said(*[("legal", 0.9)] * 8, ("legal", 0.5), ("legal", 0.4))).points
    assert [(p.share, p.accuracy) for p in points] == [(0.7, 1.0), (0.8, 1.0), (0.9, pytest.approx(8 / 9)), (1.0, 0.8)]
    assert points[0].threshold == pytest.approx(0.9)


def test_precision_at_a_recall_is_the_best_at_that_recall_or_above() -> None:
    gold = ["legal", "legal", "pricing", "legal", "legal", "legal"]
    confident = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]
    found = at_recall(gold, said(*[("legal", c) for c in confident])).precision
    assert found["legal"] == {0.8: pytest.approx(5 / 6), 0.9: pytest.approx(5 / 6)}


def test_a_recall_that_is_never_reached_has_no_precision() -> None:
    names_one = np.eye(len(ELEMENTS), dtype=np.float32)[[ELEMENTS.index("legal"), ELEMENTS.index("pricing")]]
    found = at_recall(["legal", "legal"], names_one)
    assert found.precision["legal"] == {0.8: None, 0.9: None}
    assert found.precision["service"] == {0.8: None, 0.9: None}  # it does not occur
    assert found.as_dict()["legal"] == {"P@80R": None, "P@90R": None}
    assert "–" in found.report()


# ---- secondary elements ----------------------------------------------------------------------------------------------
def test_secondary_elements_are_counted_over_all_clauses() -> None:
    rows = [
        row("逾期付款的，按日支付违约金。", "legal", ("pricing",)),
        row("乙方送货并承担运费。", "delivery", ("pricing", "legal")),
    ]
    found = secondary_scores(rows, [Prediction("pricing", 0.6, ("legal",)), Prediction("delivery", 0.9, ("pricing",))])
    assert (found.precision, found.recall) == (0.5, pytest.approx(1 / 3))
    assert found.f1 == pytest.approx(0.4)
    assert found.either == 1.0  # the first was taken for its secondary element


# ---- the whole -------------------------------------------------------------------------------------------------------
def test_an_evaluation_is_a_report_for_people_and_json_for_programs() -> None:
    rows = [row("合同总价十万元。", "pricing"), row("本合同自签字之日起生效。")]
    found = evaluate(rows, Fixed(("pricing", 0.9), ("pricing", 0.6)))
    assert found.scores.accuracy == 0.5
    assert [point.share for point in found.coverage] == [0.7, 0.8, 0.9, 1.0]
    assert {"accuracy", "coverage", "reliability", "precision_at_recall", "secondary"} <= set(found.as_dict())
    for words in ("macro-F1", "70%", "P@80R", "calibration error", "secondary elements"):
        assert words in found.report()


def test_the_worst_mistakes_are_those_of_which_the_model_was_surest() -> None:
    rows = [
        row("合同总价十万元。", "pricing"),
        row("逾期付款的，按日支付违约金。", "legal", ("pricing",), above="违约责任"),
        row("三十日内交货。", "delivery"),
    ]
    first, second = worst(rows, Fixed(("pricing", 0.99), ("pricing", 0.95), ("legal", 0.55)))
    assert (first.text, first.element, first.said, first.secondary) == (
        "逾期付款的，按日支付违约金。", "legal", "pricing", ("pricing",),
    )  # fmt: skip
    assert first.heading == "违约责任"
    assert second.confidence == 0.55
    assert len(worst(rows, Fixed(("pricing", 0.99), ("pricing", 0.95), ("legal", 0.55)), 1)) == 1


# ---- baselines -------------------------------------------------------------------------------------------------------
def test_the_majority_says_the_same_of_every_clause() -> None:
    model = majority([row("一"), row("二"), row("三", "pricing")])
    assert [p.element for p in model.predict([Features("合同总价十万元。")] * 2)] == ["legal", "legal"]
    assert model.probabilities([Features("甲")])[0, ELEMENTS.index("pricing")] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("clause", "element"),
    [
        (Features("合同价款含税，乙方开具发票。"), "pricing"),
        (Features("因本合同发生的争议，提交仲裁。"), "legal"),
        (Features("三日内修好。", above="售后维修"), "service"),
        (Features("天气晴朗。"), "legal"),  # no word of the list
    ],
)
def test_the_keyword_list_counts_words_and_looks_above_where_there_are_none(clause: Features, element: str) -> None:
    assert keywords().predict([clause])[0].element == element


def test_the_headings_alone_tell_a_clause_below_a_heading_that_was_seen() -> None:
    pytest.importorskip("sklearn", reason="needs the extra hetong[train]")
    from hetong.evaluate import heading_only

    rows = [row("甲", "pricing", heading="付款方式"), row("乙", "delivery", heading="验收标准")] * 3
    found = heading_only(rows).predict([Features("完全不同的话。", above="付款方式"), Features("又一句。", "验收标准")])
    assert [p.element for p in found] == ["pricing", "delivery"]


# ---- what a model has learned from -----------------------------------------------------------------------------------
def test_a_contract_is_known_again_by_its_words_whatever_its_labels_and_paragraphs() -> None:
    learned = [row("合同总价十万元。\n含税。", "pricing"), row("三十日内交货。", "delivery")]
    card = {"learned_from": fingerprints(learned)}
    again = [
        row("合同总价十万元。", "legal", contract="other-name"),
        row("含税。", contract="other-name"),
        row("三十日内交货。", contract="other-name"),
    ]
    assert learned_from(card, again) == ["other-name"]


def test_a_contract_whose_words_were_changed_is_known_by_its_name() -> None:
    card = {"learned_from": fingerprints([row("合同总价十万元。", contract="lease-01")])}
    assert learned_from(card, [row("合同总价九万元。", contract="lease-01")]) == ["lease-01"]
    assert learned_from(card, [row("合同总价九万元。", contract="lease-02")]) == []
