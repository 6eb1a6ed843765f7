"""The corpus as frames: contracts, clauses, risks and evidence, held to a schema."""

import shutil
from pathlib import Path

import pytest

pytest.importorskip("pandas", reason="needs the extra hetong[train]")

import hetong
from hetong.errors import CorpusError, FileError
from hetong.frames.schema import validate
from hetong.frames.tables import TABLES

CORPORA = Path(__file__).parents[1] / "corpora"
CONTRACT = """\
id: lease-90
type: lease
kind: lease
family: lease-attic
register: plain
title: 阁楼租赁合同
parties: [{label: 出租人, role: supplier, name: 甲}, {label: 承租人, role: buyer, name: 乙}]
clauses:
  - number: 第一条
    heading: 租金
    element: other
    clauses:
      - {number: "1.1", text: "月租______元，每月五日前支付。", element: pricing, secondary: [delivery],
         original: "月租______元，每月十日前支付。", triggers: {DOC001: "月租______元"}, must_not: [PRC002],
         evidence: {price_payment: 每月五日前支付}, vague: {price_amount: "月租______元"}}
  - {number: 第二条, text: 房内家具：, element: subject, table: [[名称, 数量], [床, "1"]]}
annexes: [{title: 附件一 须知, clauses: [{number: "1.", text: 不得明火。, element: legal}]}]
document_triggers: [LGL005]
"""


@pytest.fixture(scope="module")
def ours() -> hetong.Corpus:
    return hetong.load_corpus()


@pytest.fixture
def one(tmp_path: Path) -> hetong.Corpus:
    """A corpus of one contract, without splits."""
    (tmp_path / "lease").mkdir()
    (tmp_path / "lease" / "lease-90.yaml").write_text(CONTRACT, encoding="utf-8")
    return hetong.load_corpus(tmp_path)


def test_without_a_folder_it_is_the_corpus_of_the_checkout(ours: hetong.Corpus) -> None:
    assert len(ours.contracts) == len(list((CORPORA / "contracts").rglob("*.yaml")))
    assert set(ours.contracts["split"]) == {"train", "dev", "test"}
    assert ours.clauses["contract"].nunique() == len(ours.contracts)
    assert ours.contracts["clauses"].sum() == len(ours.clauses)


def test_a_clause_stands_in_the_printed_text_where_its_row_says(ours: hetong.Corpus) -> None:
    texts = ours.contracts.set_index("contract")["text"]
    for row in ours.clauses.dropna(subset=["start"]).itertuples():
        printed = row.number or row.heading or row.text.splitlines()[0].strip()
        assert texts[row.contract].startswith(printed, row.start)


def test_a_row_of_a_contract_counts_what_it_holds(one: hetong.Corpus) -> None:
    row = one.contracts.iloc[0]
    assert (row["contract"], row["family"], row["clauses"], row["annexes"]) == ("lease-90", "lease-attic", 4, 1)
    assert row["blanks"] == 1
    assert row["redlined"]
    assert one.contracts["split"].isna().all()


def test_a_row_of_a_clause_names_its_place_and_labels(one: hetong.Corpus) -> None:
    rows = one.clauses.to_dict("records")
    rent, furniture, annex = rows[1], rows[2], rows[3]
    assert rent["path"] == ("第一条 租金", "1.1")
    assert (rent["parent"], rent["depth"], rent["element"], rent["secondary"]) == (0, 1, "pricing", ("delivery",))
    assert rent["original"] == "月租______元，每月十日前支付。"
    assert furniture["text"] == "房内家具：\n名称\t数量\n床\t1"
    assert annex["path"] == ("附件一 须知", "1.")
    assert [row["annex"] for row in rows] == [False, False, False, True]


def test_labels_of_rules_have_a_row_each_those_of_the_document_without_a_clause(one: hetong.Corpus) -> None:
    found = [tuple(row) for row in one.risks.astype(object).fillna({"clause": -1}).itertuples(index=False)]
    assert found == [
        ("lease-90", -1, "LGL005", "", "fires"), ("lease-90", 1, "DOC001", "月租______元", "fires"),
        ("lease-90", 1, "PRC002", "", "must_not"),
    ]  # fmt: skip


def test_evidence_has_a_row_a_quote(one: hetong.Corpus) -> None:
    assert [tuple(row) for row in one.evidence.itertuples(index=False)] == [
        ("lease-90", 1, "price_payment", "present", "每月五日前支付"),
        ("lease-90", 1, "price_amount", "vague", "月租______元"),
    ]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="找不到文件夹"):
        hetong.load_corpus(tmp_path / "nowhere")


def test_an_installed_package_says_that_it_brings_no_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hetong.frames.CHECKOUT", tmp_path / "corpora")
    with pytest.raises(FileError, match="安装包不带语料"):
        hetong.load_corpus()


def test_a_contract_without_a_split_is_named(tmp_path: Path) -> None:
    shutil.copytree(CORPORA / "contracts" / "lease", tmp_path / "contracts" / "lease")
    (tmp_path / "splits.csv").write_text("contract,family,split\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"lease-01: not in splits\.csv"):
        hetong.load_corpus(tmp_path)


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("contracts", "kind", "barter", "contracts: row 0, column kind: barter: not one of"),
        ("contracts", "contract", "", "contracts: row 0, column contract: must not be empty"),
        ("clauses", "index", 1, "clauses: row 1, column contract, index: lease-90, 1 is there twice"),
        ("clauses", "parent", 9, "clauses: row 0, column contract, parent: no lease-90, 9 in clauses"),
        ("clauses", "characters", -1, "clauses: row 0, column characters: -1 is less than 0"),
        ("clauses", "secondary", ("money",), "clauses: row 0, column secondary: money: not one of"),
        ("risks", "rule", "rule", "risks: row 0, column rule: rule is not"),
        ("evidence", "attribute", "price_tea", "evidence: row 0, column attribute: price_tea: not one of"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_row_and_column(
    one: hetong.Corpus, table: str, column: str, value: object, said: str
) -> None:
    frames = {name: getattr(one, name).copy() for name in TABLES}
    frames[table].at[0, column] = value
    with pytest.raises(CorpusError, match=said):
        validate(frames, TABLES)


def test_a_column_of_another_type_or_none_at_all_is_named(one: hetong.Corpus) -> None:
    frames = {name: getattr(one, name).copy() for name in TABLES}
    frames["contracts"]["clauses"] = frames["contracts"]["clauses"].astype("float64")
    del frames["evidence"]["quote"]
    with pytest.raises(CorpusError, match=r"(?s)column clauses: must be int64, is float64.*evidence: the columns must"):
        validate(frames, TABLES)
