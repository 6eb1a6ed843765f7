"""The element model: what is shipped is what was trained, and folded arrays say what scikit-learn says."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from hetong.document import ELEMENTS
from hetong.errors import ModelError
from hetong.predictor import Features, load_model, model_folder, shipped_model

sklearn = pytest.importorskip("sklearn", reason="needs the extra hetong[train]")
CORPORA = Path(__file__).parents[1] / "corpora" / "contracts"


@pytest.fixture(scope="module")
def few_rows():
    from hetong.corpus import load_contracts
    from hetong.train import rows_of

    return list(rows_of(load_contracts(CORPORA)[:8]))


def test_folded_arrays_give_the_probabilities_of_scikit_learn(few_rows) -> None:
    from hetong import train

    model = train.fit(few_rows)
    matrix = train._matrix(few_rows)
    expected = train._regression(matrix.values, few_rows).predict_proba(matrix.values)
    found = model.probabilities([row.features for row in few_rows])
    columns = [ELEMENTS.index(e) for e in sorted({row.element for row in few_rows})]
    assert np.allclose(found[:, columns], expected, atol=2e-4)


def test_training_twice_gives_the_same_weights(few_rows) -> None:
    from hetong import train

    first, second = train.fit(few_rows), train.fit(few_rows)
    assert first.vocabulary.terms == second.vocabulary.terms
    assert np.array_equal(first.values, second.values)


def test_the_card_says_what_the_model_was_made_of() -> None:
    card = json.loads((model_folder("elements") / "card.json").read_text(encoding="utf-8"))
    assert card["contracts"] >= 24
    assert card["cross_validation"]["split"] == "by family of contracts"
    assert 0 < card["cross_validation"]["macro_f1"] < 1


def test_weights_that_the_card_does_not_describe_are_refused(tmp_path: Path) -> None:
    shutil.copytree(model_folder("elements"), tmp_path / "model")
    weights = tmp_path / "model" / "weights.npz"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match="train the model again"):
        load_model(tmp_path / "model")


def test_a_missing_model_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="hetong train"):
        load_model(tmp_path / "none")


@pytest.mark.parametrize(
    ("text", "heading", "element"),
    [
        ("合同总价为人民币壹佰万元整，含税，乙方开具增值税专用发票。", "第三条 合同价款", "pricing"),
        ("质保期为二十四个月，期内乙方免费维修。", "第六条 售后服务", "service"),
        ("乙方应于合同生效后三十日内将货物运至甲方仓库，甲方按清单验收。", "第四条 交货与验收", "delivery"),
        ("因本合同发生争议的，由甲方所在地人民法院管辖。", "第十条 争议解决", "legal"),
    ],
)
def test_plain_clauses_get_their_element(text: str, heading: str, element: str) -> None:
    assert shipped_model().predict([Features(f"\n{text}", heading)])[0].element == element


def test_a_text_without_any_known_term_is_doubtful() -> None:
    model = shipped_model()
    assert model.predict([Features("※", "")])[0].confidence < model.threshold


def test_a_folder_without_contracts_is_named_with_what_is_needed(tmp_path: Path) -> None:
    from hetong.errors import CorpusError
    from hetong.train import train

    with pytest.raises(CorpusError, match="at least 5"):
        train(tmp_path, tmp_path / "model")


def test_a_users_own_predictor_is_swapped_in_with_one_argument() -> None:
    import hetong
    from hetong.predictor import Prediction

    draft = CORPORA.parent / "drafts" / "物业服务合同.pdf"
    contract = hetong.analyse_file(
        draft, predict=lambda clauses: [Prediction("service", 0.5) for _ in clauses], threshold=0.6
    )
    asked = [c for c in contract.clauses if c.confidence == 0.5]
    assert asked
    assert all(c.element == "service" and c.needs_review for c in asked)
