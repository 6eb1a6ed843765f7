"""A user's own scikit-learn pipeline takes the place of the element model with one call."""

from pathlib import Path

import numpy as np
import pytest

import hetong
from hetong.document import ELEMENTS
from hetong.errors import ModelError
from hetong.predictor import Features

pytest.importorskip("sklearn", reason="needs the extra hetong[train]")
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

TEXTS = [
    "合同总价十万元，含税。",
    "乙方开具发票，甲方付款。",
    "三十日内交货。",
    "货到后七日内验收。",
    "提交仲裁。",
    "违约金百分之五。",
]
LABELS = ["pricing", "pricing", "delivery", "delivery", "legal", "legal"]
CLAUSES = [Features("甲方收到发票后付款。"), Features("货到验收。")]


def fitted(last, texts=TEXTS, labels=LABELS):
    """A pipeline over characters."""
    return make_pipeline(CountVectorizer(analyzer="char", ngram_range=(1, 2)), last).fit(texts, labels)


@pytest.mark.parametrize("last", [LogisticRegression(), ComplementNB(), LinearSVC(), KNeighborsClassifier(1)])
def test_any_classifier_tells_elements(last) -> None:
    model = hetong.predict_with(fitted(last))
    assert [p.element for p in model(CLAUSES)] == ["pricing", "delivery"]
    said = model.probabilities(CLAUSES)
    assert said.shape == (2, len(ELEMENTS))
    assert np.allclose(said.sum(axis=1), 1)
    assert said[0, ELEMENTS.index("service")] == 0  # no class of the pipeline


def test_a_classifier_that_only_names_an_element_is_sure_of_it() -> None:
    class Names:
        classes_ = ("legal", "pricing")

        def predict(self, texts):
            return ["pricing" if "价" in text else "legal" for text in texts]

    found = hetong.predict_with(Names()).predict([Features("总价十万元。"), Features("提交仲裁。")])
    assert [(p.element, p.confidence) for p in found] == [("pricing", 1.0), ("legal", 1.0)]


def test_two_classes_with_a_decision_function_are_told_apart() -> None:
    model = hetong.predict_with(fitted(LinearSVC(), TEXTS[:4], LABELS[:4]))
    assert [p.element for p in model(CLAUSES)] == ["pricing", "delivery"]


def test_the_pipeline_is_given_headings_and_text_or_what_a_function_makes_of_them() -> None:
    class Seen:
        classes_ = ("legal",)

        def predict(self, values):
            self.values = values
            return ["legal"] * len(values)

    clause, seen = Features("提交仲裁。", "争议解决", "第三章 其他"), Seen()
    hetong.predict_with(seen).predict([clause])
    assert seen.values == ["第三章 其他\n争议解决\n提交仲裁。"]
    hetong.predict_with(seen, lambda f: f.heading).predict([clause])
    assert seen.values == ["争议解决"]


def test_a_contract_is_analysed_with_it(tmp_path: Path) -> None:
    (tmp_path / "draft.txt").write_text(
        "买卖合同\n第一条 价款\n合同总价十万元，含税。\n第二条 争议\n提交仲裁。\n", encoding="utf-8"
    )
    predict = hetong.predict_with(fitted(LogisticRegression()))
    contract = hetong.analyse_file(tmp_path / "draft.txt", predict=predict, threshold=0.9)
    told = {contract.text_of(c).strip(): c for c in contract.clauses if c.kind == "clause"}
    clause = next(c for text, c in told.items() if "十万元" in text)
    assert clause.element == "pricing"
    assert clause.needs_review == (clause.confidence < 0.9)


def test_no_clauses_are_no_question() -> None:
    assert hetong.predict_with(fitted(LogisticRegression())).predict([]) == []


def test_a_pipeline_that_is_not_fitted_is_refused() -> None:
    with pytest.raises(ModelError, match="fit it"):
        hetong.predict_with(make_pipeline(CountVectorizer(), LogisticRegression()))


def test_classes_that_are_no_elements_are_named() -> None:
    with pytest.raises(ModelError, match=r"pricing, delivery.*not price"):
        hetong.predict_with(fitted(LogisticRegression(), labels=["price", "price", *LABELS[2:]]))
