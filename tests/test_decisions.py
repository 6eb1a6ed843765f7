"""What reviewers decide about drafts becomes labelled rows that join a corpus."""

import csv
import json
from pathlib import Path

import pytest

from hetong.document import Contract
from hetong.errors import CorpusError
from hetong.exchange.decisions import (
    COLUMNS,
    Decision,
    decisions_csv,
    read_decisions,
    rows_from_decisions,
    text_sha256,
    undecided,
)
from hetong.exchange.rows import LabelledRisk
from hetong.ruletest import contract_of
from hetong.run import analyse

TEXT = """\
设备买卖合同
甲方（买方）：苏州云岫机械有限公司
乙方（卖方）：常州北渚泵业有限公司
第一条 标的
1.1 水泵三台，型号另见清单。
第二条 售后服务
乙方负责下列服务：
2.1 乙方对设备终身免费维护，随叫随到。
2.2 甲方可以随时要求增加服务内容。"""
WORDS = "终身免费维护"


@pytest.fixture(scope="module")
def draft() -> Contract:
    return analyse(contract_of(TEXT))


def decided(draft: Contract, words: str, rule: str = "SRV001", decision: str = "accept", **more: object) -> Decision:
    start = draft.text.index(words)
    return Decision(text_sha256(draft), rule, start, start + len(words), decision, **more)


def saved(tmp_path: Path, text: str, name: str = "decisions.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_accepted_finding_must_fire_on_its_words(draft: Contract) -> None:
    (row,) = rows_from_decisions([decided(draft, WORDS)], [draft])
    assert row.text == "乙方对设备终身免费维护，随叫随到。"
    assert row.risks == (LabelledRisk("SRV001", "fires", 5, 11),)
    assert (row.number, row.above, row.parent) == ("2.1", ("第二条 售后服务",), "乙方负责下列服务：")
    assert (row.source, row.contract, row.family) == ("reviewer", text_sha256(draft), text_sha256(draft))
    assert row.element is None


def test_a_rejected_finding_must_not_fire(draft: Contract) -> None:
    (row,) = rows_from_decisions([decided(draft, WORDS, decision="reject")], [draft])
    assert row.risks == (LabelledRisk("SRV001", "must_not", 5, 11),)


def test_a_corrected_element_is_the_label_of_the_clause(draft: Contract) -> None:
    correction = decided(draft, "水泵", rule="", decision="", element="service", secondary=("pricing",))
    (row,) = rows_from_decisions([correction], [draft])
    assert (row.text, row.element, row.secondary) == ("水泵三台，型号另见清单。", "service", ("pricing",))


def test_below_a_bare_heading_the_clause_belongs_to_no_text(draft: Contract) -> None:
    (row,) = rows_from_decisions([decided(draft, "水泵")], [draft])
    assert (row.above, row.parent) == (("第一条 标的",), "")


def test_decisions_about_one_clause_make_one_row_and_rows_stand_in_the_order_of_the_draft(draft: Contract) -> None:
    found = [decided(draft, "随时", "LGL001"), decided(draft, WORDS), decided(draft, "随叫随到", "SRV006", "reject")]
    rows = rows_from_decisions(found, [draft])
    assert [[risk.rule for risk in row.risks] for row in rows] == [["SRV001", "SRV006"], ["LGL001"]]


def test_a_finding_about_the_whole_draft_belongs_to_no_clause(draft: Contract) -> None:
    assert rows_from_decisions([Decision(text_sha256(draft), "LGL005", decision="accept")], [draft]) == []


def test_a_decision_about_another_text_is_refused(draft: Contract) -> None:
    with pytest.raises(CorpusError, match="line 2: none of the drafts has a text with the SHA-256 00"):
        rows_from_decisions([Decision("00", "SRV001", 1, 2, "accept", where="line 2")], [draft])
    with pytest.raises(CorpusError, match="line 3: the draft has no clause at 9999"):
        rows_from_decisions([Decision(text_sha256(draft), "SRV001", 9999, 10000, "accept", where="line 3")], [draft])


def test_findings_to_be_decided_go_into_a_file_and_come_back_decided(draft: Contract, tmp_path: Path) -> None:
    path = saved(tmp_path, decisions_csv(undecided([draft])))
    assert read_decisions(path) == []
    with path.open(encoding="utf-8", newline="") as file:
        records = list(csv.DictReader(file))
    assert {record["rule"] for record in records} == {finding.rule for finding in draft.findings}
    located = next(record for record in records if record["start"])
    (one,) = read_decisions(saved(tmp_path, decisions_csv([]) + ",".join([*list(located.values())[:4], "accept,,,"])))
    assert (one.rule, one.decision, one.where) == (located["rule"], "accept", f"{path}: line 2")
    assert rows_from_decisions([one], [draft])[0].risks[0].label == "fires"


def test_a_quote_never_begins_as_a_formula_does() -> None:
    text = decisions_csv([Decision("00", "SRV001", 1, 2, quote="=1+1"), Decision("00", "SRV001", 3, 4, quote="\t@A1")])
    assert [row["quote"][:2] for row in csv.DictReader(text.splitlines())] == ["'=", "' "]


def test_json_lines_hold_the_same(tmp_path: Path) -> None:
    record = {"text_sha256": "00", "rule": "SRV001", "start": 3, "end": 5, "decision": "reject"}
    correction = {"text_sha256": "00", "start": 3, "end": 5, "element": "legal", "secondary": ["pricing"]}
    path = saved(tmp_path, "\n".join(map(json.dumps, (record, correction))), "decisions.jsonl")
    first, second = read_decisions(path)
    assert (first.rule, first.start, first.end, first.decision) == ("SRV001", 3, 5, "reject")
    assert (second.element, second.secondary) == ("legal", ("pricing",))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",SRV001,1,2,accept,,,", "line 2: text_sha256 is missing"),
        ("00,SRV001,1,2,maybe,,,", "line 2: decision must be accept, reject or empty, not maybe"),
        ("00,,1,2,accept,,,", "line 2: a decision to accept or reject needs a rule"),
        ("00,SRV001,1,,accept,,,", "line 2: start and end are two whole numbers"),
        ("00,SRV001,-1,2,accept,,,", "line 2: start and end are two whole numbers"),
        ("00,,,,,legal,,", "line 2: an element needs start and end"),
        ("00,SRV001,1,2,accept,,,\n00,SRV001,1,2,reject,,,", "line 3: decides otherwise than .*line 2"),
    ],
)
def test_a_row_that_decides_nothing_clear_is_refused_with_its_line(row: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=said):
        read_decisions(saved(tmp_path, f"{','.join(COLUMNS)}\n{row}\n"))


def test_rows_of_reviewers_join_those_of_the_corpus_in_the_shape_that_the_model_sees(draft: Contract) -> None:
    train = pytest.importorskip("hetong.train", reason="needs the extra hetong[train]")
    from hetong.classify import features_of

    index = draft.clauses.index(draft.clause_at(draft.text.index(WORDS)))
    correction = decided(draft, WORDS, element="service")
    (row,) = train.joined(rows_from_decisions([correction], [draft]))
    assert row.features.bags == dict(features_of(draft))[index].bags
    assert (row.element, row.family) == ("service", text_sha256(draft))
    assert list(train.joined(rows_from_decisions([decided(draft, WORDS)], [draft]))) == []
