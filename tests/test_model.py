"""The element model: what is shipped is what was trained, and folded arrays say what scikit-learn says."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from hetong.corpus import load_contract
from hetong.document import ELEMENTS
from hetong.errors import ModelError
from hetong.predictor import Features, load_model, model_folder, shipped_model

sklearn = pytest.importorskip("sklearn", reason="needs the extra hetong[train]")
ITEMS = ("三十日内交货。", "到场安装调试。")
CORPORA = Path(__file__).parents[1] / "corpora" / "contracts"


@pytest.fixture(scope="module")
def few_rows():
    from hetong.corpus import load_contracts
    from hetong.train import rows_of

    return list(rows_of(load_contracts(CORPORA)[:8]))


def test_folded_arrays_give_the_probabilities_of_scikit_learn(few_rows) -> None:
    from hetong.train import looks

    first = looks.first_look(few_rows)
    features = [row.features for row in few_rows]
    values = looks.sparse(first.vocabulary.bags(features), first.idf)
    values = values[:, np.unique(values.indices)]
    expected = looks.fit_first(values, few_rows).predict_proba(values)
    columns = [ELEMENTS.index(e) for e in sorted({row.element for row in few_rows})]
    assert np.allclose(first.probabilities(first.parts(features))[:, columns], expected, atol=2e-4)


def test_the_folded_second_look_gives_the_probabilities_of_scikit_learn(few_rows) -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    from hetong.predictor.model import softmax
    from hetong.train import looks

    columns, labels = looks.unseen_contexts(few_rows), [row.element for row in few_rows]
    weight = {"logisticregression__sample_weight": [row.weight for row in few_rows]}
    plain = make_pipeline(StandardScaler(), LogisticRegression(C=looks.SECOND_STRENGTH, max_iter=500, tol=1e-7))
    expected = plain.fit(columns, labels, **weight).predict_proba(columns)
    second = looks.second_look(few_rows)
    found = softmax(columns @ second.weights + second.bias)
    assert np.allclose(found[:, [ELEMENTS.index(e) for e in plain.classes_]], expected, atol=2e-3)


def test_a_clause_is_seen_in_training_as_it_is_seen_in_use() -> None:
    from hetong.classify import features_of
    from hetong.corpus import Annex, AnnotatedClause, AnnotatedContract, print_contract
    from hetong.ruletest import contract_of
    from hetong.segment import segment
    from hetong.train import rows_of

    items = tuple(AnnotatedClause(f"{n}.", "", text, "delivery") for n, text in enumerate(ITEMS, 1))
    source = AnnotatedContract(
        "x", "sale", "sale", "x", "水泵买卖合同", (), (
            AnnotatedClause("第一条", "价款", "合同总价十万元。\n乙方开具增值税专用发票。", "pricing"),
            AnnotatedClause("第二条", "双方义务", "乙方应当：", "delivery", clauses=items),
            AnnotatedClause("第三条", "", "本合同自双方盖章之日起生效。", "legal"),
        ), annexes=(Annex("附件一 备件清单", (AnnotatedClause("1、", "", "密封圈二十只。", "subject"),)),),
    )  # fmt: skip
    learned = [row.features for row in rows_of([source])]
    printed = segment(contract_of("\n".join(line.text for line in print_contract(source))))
    used = [features for _, features in features_of(printed)]
    assert [f.text for f in used] == [f.text for f in learned]
    assert [(f.heading, f.above, f.depth, f.first) for f in used] == [
        (f.heading, f.above, f.depth, f.first) for f in learned
    ]
    assert [f.parent for f in used] == [f.parent for f in learned]


def labelled(*lines: str) -> list[tuple[str, str]]:
    """The kind and element of each clause of a contract of these lines."""
    from hetong.classify import classify
    from hetong.ruletest import contract_of
    from hetong.segment import segment

    done = classify(segment(contract_of("\n".join(("买卖合同", "甲方：A公司", "乙方：B公司", *lines)))))
    return [(done.text_of(c).strip(), c.element) for c in done.clauses if c.kind == "clause"]


def test_notes_on_the_form_are_no_clauses_of_the_contract() -> None:
    lines = labelled("第一条 价款", "总价十万元。", "第二条 填写说明", "1. 价款一栏写大写金额。", "2. 交货期写到日。")
    assert [element for _, element in lines[1:]] == ["other", "other", "other"]


def test_a_label_to_fill_in_regulates_what_it_names() -> None:
    lines = dict(
        labelled("第一条 价款", "总价十万元。", "第二条 交货地点：________", "第三条 其他", "第四条 保修期：________")
    )
    assert lines["第二条 交货地点：________"] == "delivery"
    assert lines["第三条 其他"] == "other"
    assert lines["第四条 保修期：________"] == "service"


def test_an_item_takes_its_neighbours_into_account() -> None:
    model = shipped_model()
    item = Features("按甲方要求办理。", "", "乙方义务", group=1)
    money = [
        Features("乙方按月支付租金五千元。", "", "租金", group=1),
        item,
        Features("逾期付款的先付利息。", "", "租金", group=1),
    ]
    service = [
        Features("乙方提供二十四小时热线。", "", "售后服务", group=1),
        item,
        Features("接报修后两小时上门维修。", "", "售后服务", group=1),
    ]
    pricing, repair = ELEMENTS.index("pricing"), ELEMENTS.index("service")
    beside_money, beside_repair = model.probabilities(money)[1], model.probabilities(service)[1]
    assert beside_money[pricing] > beside_repair[pricing]
    assert beside_repair[repair] > beside_money[repair]


def test_however_sure_a_score_is_it_has_a_probability() -> None:
    from hetong.predictor.model import logistic

    with np.errstate(all="raise"):
        found = logistic(np.asarray([-1e4, -2.0, 0.0, 2.0, 1e4], dtype=np.float32))
    assert found.tolist() == pytest.approx([0, 1 / (1 + np.e**2), 0.5, 1 / (1 + np.e**-2), 1])


def test_training_twice_gives_the_same_weights(few_rows) -> None:
    from hetong import train

    first, second = train.fit(few_rows), train.fit(few_rows)
    assert first.first.vocabulary.terms == second.first.vocabulary.terms
    assert np.array_equal(first.first.values, second.first.values)
    assert np.array_equal(first.second.weights, second.second.weights)


def test_the_number_of_threads_does_not_change_the_weights(few_rows) -> None:
    from threadpoolctl import threadpool_limits

    from hetong import train

    with threadpool_limits(limits=2):
        many = train.fit(few_rows)
    assert np.array_equal(many.first.values, train.fit(few_rows).first.values)


def test_the_card_says_what_the_model_was_made_of() -> None:
    card = json.loads((model_folder("elements") / "card.json").read_text(encoding="utf-8"))
    assert card["contracts"] >= 24
    assert card["held_out"]["contracts"]["test"] >= 24
    assert 0 < card["held_out"]["macro_f1"] < 1
    assert len(card["learned_from"]) == card["contracts"]
    assert {"scikit_learn", "numpy", "python", "jieba", "hetong"} <= set(card["versions"])
    for part in ("f1_intervals", "confusion", "coverage", "reliability", "precision_at_recall", "secondary"):
        assert part in card["held_out"]


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """Twelve contracts of three types: seven train, two dev, and the last of each type test."""
    lines = []
    for kind in ("lease", "purchase", "sale"):
        (tmp_path / "corpora" / kind).mkdir(parents=True)
        for number, split in enumerate(("train", "train", "train" if kind == "lease" else "dev", "test"), start=1):
            source = CORPORA / kind / f"{kind}-{number:02}.yaml"
            shutil.copy(source, tmp_path / "corpora" / kind)
            lines.append(f"{source.stem},{load_contract(source).family},{split}\n")
    (tmp_path / "corpora" / "splits.csv").write_text("contract,family,split\n" + "".join(lines), encoding="utf-8")
    return tmp_path / "corpora"


def test_a_model_that_shall_be_measured_on_test_does_not_learn_from_it(small_corpus: Path, tmp_path: Path) -> None:
    from hetong.evaluate import learned_from
    from hetong.evaluate.sources import labelled_rows
    from hetong.predictor import load_card
    from hetong.train import train

    assert "macro-F1" in train(small_corpus, tmp_path / "model", without_test=True)
    card = load_card(tmp_path / "model")
    assert card["contracts"] == 9
    assert card["held_out"]["contracts"] == {"train": 7, "dev": 2, "test": 3}
    assert learned_from(card, labelled_rows(small_corpus, "test")) == []
    assert len(learned_from(card, labelled_rows(small_corpus, "train"))) == 7


def test_too_few_contracts_to_learn_words_from_are_named(few_rows) -> None:
    from hetong.errors import CorpusError
    from hetong.train import fit

    with pytest.raises(CorpusError, match="1 contracts to learn from: too few"):
        fit([row for row in few_rows if row.contract == few_rows[0].contract])


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
    assert shipped_model().predict([Features(text, heading.partition(" ")[2])])[0].element == element


def test_a_text_without_any_known_term_is_doubtful() -> None:
    model = shipped_model()
    assert model.predict([Features("※", "")])[0].confidence < model.threshold


def test_a_folder_without_contracts_is_named_with_what_is_needed(tmp_path: Path) -> None:
    from hetong.errors import CorpusError
    from hetong.train import train

    with pytest.raises(CorpusError, match="at least 5"):
        train(tmp_path, tmp_path / "model")


def test_splits_that_leave_nothing_to_measure_on_are_named(tmp_path: Path) -> None:
    from hetong.corpus import load_contracts
    from hetong.errors import CorpusError
    from hetong.train import splits_of

    few = load_contracts(CORPORA)[:6]
    rows = "".join(f"{contract.id},{contract.family},train\n" for contract in few)
    (tmp_path / "splits.csv").write_text(f"contract,family,split\n{rows}", encoding="utf-8")
    with pytest.raises(CorpusError, match="0 families in dev; training needs at least 1"):
        splits_of(few, tmp_path / "splits.csv")


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
