"""Labels out to other tools and back: whatever is read becomes the same rows."""

import json
from pathlib import Path

import pytest

from hetong.corpus import AnnotatedClause, AnnotatedContract, load_contracts
from hetong.errors import CorpusError, FileError
from hetong.exchange import FORMATS, write_rows
from hetong.exchange.rows import LabelledClause, LabelledRisk, read_rows, rows_of, rows_text

CONTRACTS = Path(__file__).parents[1] / "corpora" / "contracts"
WARRANTY = "乙方对设备终身免费维护，\n随叫随到。"
ROW = LabelledClause(
    WARRANTY, "lease-90", "lease-attic", "5.2", "质保", ("第五条 售后",), "售后服务如下：", "service", ("pricing", "legal"),
    (LabelledRisk("SRV001", "fires", 5, 11), LabelledRisk("SRV006", "fires", 13, 17), LabelledRisk("SRV002", "must_not")),
)  # fmt: skip
BARE = LabelledClause("另议。", "lease-90", "lease-attic")
BOTH = ("rows", "spacy", "xlsx")
ELEMENTS = (*BOTH, "label-studio-elements", "doccano-elements")
RISKS = (*BOTH, "label-studio-risks", "doccano-risks")


def needs(name: str) -> None:
    if name == "spacy":
        pytest.importorskip("spacy", reason="needs the extra hetong[spacy]")
    if name == "xlsx":
        pytest.importorskip("openpyxl", reason="needs the extra hetong[exchange]")


def there_and_back(name: str, rows: list[LabelledClause], tmp_path: Path) -> list[LabelledClause]:
    needs(name)
    path = tmp_path / "labels.file"
    write_rows(name, rows, path)
    return FORMATS[name].read(path)


def where(row: LabelledClause) -> tuple[object, ...]:
    return row.text, row.contract, row.family, row.number, row.heading, row.above, row.parent


def test_the_clauses_of_a_contract_become_rows_with_the_words_of_their_risks() -> None:
    item = AnnotatedClause(
        "（1）", "", "终身免费维护；", "service", triggers={"SRV001": "终身免费"}, must_not=("SRV002",)
    )
    head = AnnotatedClause("第一条", "服务", "", "other", clauses=(item,))
    table = AnnotatedClause("第二条", "清单", "如下：", "subject", triggers={"SUB001": "等"}, table=(("水泵", "等"),))
    contract = AnnotatedContract("sale-90", "sale", "sale", "sale-x", "买卖合同", (), (head, table))
    first, second = rows_of([contract])
    assert (first.text, first.number, first.above, first.parent) == ("终身免费维护；", "（1）", ("第一条 服务",), "")
    assert first.risks == (LabelledRisk("SRV001", "fires", 0, 4), LabelledRisk("SRV002", "must_not"))
    assert second.text == "如下：\n水泵\t等"
    assert second.fires == ((7, 8, "SUB001"),)


@pytest.mark.parametrize("name", ELEMENTS)
def test_elements_come_back_as_they_went(name: str, tmp_path: Path) -> None:
    (row,) = there_and_back(name, [ROW], tmp_path)
    assert (row.element, sorted(row.secondary)) == ("service", ["legal", "pricing"])
    assert where(row) == where(ROW)


@pytest.mark.parametrize("name", RISKS)
def test_risks_come_back_with_their_words_and_near_misses(name: str, tmp_path: Path) -> None:
    (row,) = there_and_back(name, [ROW], tmp_path)
    assert row.risks == ROW.risks
    assert [row.text[start:end] for start, end, _ in row.fires] == ["终身免费维护", "随叫随到"]
    assert where(row) == where(ROW)


@pytest.mark.parametrize("name", ELEMENTS)
def test_all_our_contracts_go_through_every_format(name: str, tmp_path: Path) -> None:
    rows = list(rows_of(load_contracts(CONTRACTS)[:12]))
    back = there_and_back(name, rows, tmp_path)
    assert [where(row) for row in back] == [where(row) for row in rows]
    assert [(row.element, set(row.secondary)) for row in back] == [(row.element, set(row.secondary)) for row in rows]


@pytest.mark.parametrize("name", [name for name in RISKS if name != "doccano-risks"])
def test_all_our_risks_go_through_every_format(name: str, tmp_path: Path) -> None:
    rows = list(rows_of(load_contracts(CONTRACTS)[:12]))
    back = there_and_back(name, rows, tmp_path)
    assert [(set(row.fires), set(row.silent)) for row in back] == [(set(row.fires), set(row.silent)) for row in rows]


@pytest.mark.parametrize("name", BOTH)
def test_a_clause_that_nobody_labelled_stays_so(name: str, tmp_path: Path) -> None:
    (row,) = there_and_back(name, [BARE], tmp_path)
    assert (row.element, row.secondary, row.risks) == (None, (), ())


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_file_that_is_something_else_is_refused_with_its_name(name: str, tmp_path: Path) -> None:
    needs(name)
    path = tmp_path / "letter.txt"
    path.write_text("敬启者\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"letter\.txt"):
        FORMATS[name].read(path)
    with pytest.raises((FileError, CorpusError), match=r"gone\.txt"):
        FORMATS[name].read(tmp_path / "gone.txt")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"text": ""}, "line 1: the clause has no text"),
        ({"text": "另\ud800议。"}, "line 1: the text holds half a character"),
        ({"text": "另议。", "element": "money"}, "line 1: element 'money': must be one of"),
        ({"text": "另议。", "secondary": ["legal", "pricing", "service"]}, "line 1: at most 2 secondary elements"),
        (
            {"text": "另议。", "risks": [{"rule": "SRV001", "label": "fires", "start": 1, "end": 9}]},
            "1 to 9 is no part",
        ),
        ({"text": "另议。", "risks": [{"rule": "risk", "label": "fires"}]}, "risk fires: a label is a rule"),
        ({"text": "另议。", "risks": [{"words": "另"}]}, "line 1: a risk has rule, label, start and end"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_line(record: dict[str, object], said: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(CorpusError, match=said):
        read_rows(path)


def test_rows_of_a_text_alone_are_a_contract_and_a_family_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "另议。", "element": "legal"}\n', encoding="utf-8")
    (row,) = read_rows(path)
    assert len(row.contract) == 64
    assert row.family == row.contract


def test_rows_are_written_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(rows_text([ROW, BARE]), encoding="utf-8")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 2
    assert read_rows(path) == [ROW, BARE]
