"""JSON of schema hetong/1, rows, frames and the lines of `hetong check`."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from report_samples import finding, sample, with_text
from rich.console import Console

from hetong.document import Problem
from hetong.errors import FileError
from hetong.report.as_json import compact, to_dict, to_json
from hetong.report.inert import many_lines, one_line
from hetong.report.lines import check_lines, failure_line
from hetong.report.rows import COLUMNS, clause_frame, finding_rows, to_frame
from hetong.report.summary import failed, summarize, worst_first
from hetong.report.terminal import drafts_table
from hetong.report.words import WORDS

SCHEMA = json.loads((Path(__file__).parents[1] / "docs/schema/hetong-1.schema.json").read_text(encoding="utf-8"))
UNREAD = Problem("extract", "no-text", page=2)


def undescribed(value: Any, schema: dict[str, Any], place: str = "") -> list[str]:
    """Keys of a JSON value that the schema has no words for."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if isinstance(value, list):
        return [lost for item in value for lost in undescribed(item, schema.get("items", {}), place + "[]")]
    if not isinstance(value, dict):
        return []
    known = schema.get("properties", {})
    lost = [f"{place}.{key}" for key in value if key not in known]
    return lost + [
        deep for key in value if key in known for deep in undescribed(value[key], known[key], f"{place}.{key}")
    ]


@pytest.mark.parametrize(
    "contract",
    [sample(), sample(clean=True), sample(problems=[UNREAD]), with_text("终身维护", quote="终身"), with_text("")],
    ids=["findings", "clean", "problem", "without pages", "empty"],
)
def test_json_is_valid_by_the_published_schema_which_names_every_field(contract: Any) -> None:
    data = json.loads(to_json(contract))
    Draft202012Validator.check_schema(SCHEMA)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)] == []
    assert undescribed(data, SCHEMA) == []


def test_schema_refuses_what_is_wrong() -> None:
    data = to_dict(sample())
    data["findings"][0]["severity"] = "terrible"
    del data["document"]["stance"]
    assert len(list(Draft202012Validator(SCHEMA).iter_errors(data))) == 2


def test_clauses_joined_give_the_text_and_findings_stand_where_they_say() -> None:
    contract = sample()
    data = to_dict(contract)
    text = "".join(clause["text"] for clause in data["clauses"])
    assert text == contract.text
    assert len(text) == data["document"]["characters"]
    placed = [f for f in data["findings"] if f["start"] is not None]
    assert [text[f["start"] : f["end"]] for f in placed] == [f["quote"] for f in placed]
    assert all(f["page"] and f["boxes"] for f in placed)


def test_an_absence_has_no_place_and_says_what_was_looked_for() -> None:
    absence = to_dict(sample())["findings"][-1]
    assert (absence["start"], absence["end"], absence["page"], absence["boxes"]) == (None, None, None, [])
    assert absence["clause"] is None
    assert absence["looked_for"] == "验收期限、视为验收"


def test_json_has_one_clause_and_one_finding_a_line_and_reads_back() -> None:
    lines = to_json(sample()).splitlines()
    assert sum('"quote"' in line and '"rule"' in line for line in lines) == 5
    assert json.loads("".join(lines)) == to_dict(sample())


def test_problems_are_told_in_the_language_asked_for() -> None:
    contract = sample(problems=[UNREAD])
    assert "文字" in to_dict(contract, "zh")["problems"][0]["message"]
    assert "text" in to_dict(contract, "en")["problems"][0]["message"]


def test_json_carries_nothing_that_a_terminal_obeys() -> None:
    text = "终身\x1b[31m\x9b2J\u202e维护\udc80 <script> =cmd|' /C calc'!A0"
    printed = compact({"text": text})
    assert not set(printed) & {"\x1b", "\x9b", "\u202e", "\udc80"}
    assert json.loads(printed) == {"text": text}
    assert printed.encode("utf-8")


def test_rows_are_one_a_finding_and_name_draft_and_clause() -> None:
    rows = finding_rows(sample("甲/运维.pdf"))
    assert [row["rule"] for row in rows] == ["SRV001", "LGL001", "SRV005", "PRC002", "DEL010"]
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["path"] == "甲/运维.pdf"
    assert rows[0]["clause_path"] == "第三条 服务要求 › 3.1"
    assert rows[-1]["clause_path"] == ""


def test_frame_sorts_by_severity_and_keeps_absences() -> None:
    frame = to_frame([sample("a.pdf"), sample("b.pdf", clean=True)])
    assert list(frame.columns) == list(COLUMNS)
    assert frame.sort_values("severity", ascending=False)["severity"].tolist()[0] == "high"
    assert (frame["severity"] >= "medium").sum() == 4
    assert frame["page"].isna().sum() == 1
    assert str(frame["page"].dtype) == "Int64"


def test_frame_without_findings_still_has_its_columns() -> None:
    frame = to_frame([])
    assert list(frame.columns) == list(COLUMNS)
    assert frame.empty


def test_reports_load_no_heavy_library() -> None:
    code = (
        "import sys, hetong.report.rows, hetong.report.lines, hetong.report.as_json, hetong.report.summary;"
        "print([m for m in ('pandas', 'numpy', 'sklearn', 'spacy', 'jinja2', 'rich') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_check_lines_read_like_a_linter_with_the_quote_under_each() -> None:
    lines = list(check_lines(sample("drafts/a.pdf")))
    assert lines[0].startswith("drafts/a.pdf:1: clause 2.1 high PRC002 ")
    assert lines[1] == "    > 128000元（大写：壹拾贰万元整）"
    assert lines[2].startswith("drafts/a.pdf:2: clause 3.1 high SRV001 ")


def test_check_lines_put_problems_first_and_absences_last() -> None:
    lines = list(check_lines(sample("a.pdf", problems=[UNREAD])))
    assert lines[0].startswith("a.pdf:2: problem no-text ")
    assert lines[-2].startswith("a.pdf: clause - low DEL010 ")
    assert lines[-1].strip() == "未找到：验收期限、视为验收"


def test_check_lines_leave_the_page_out_where_there_is_none() -> None:
    line, quote = check_lines(with_text("乙方终身免费维护。", "a.txt", quote="终身免费维护"))
    assert line.startswith("a.txt: clause 1 high SRV001 ")
    assert quote == "    > 终身免费维护"


def test_check_lines_are_inert_and_one_line_each() -> None:
    hostile = "终身\x1b]0;x\x07免费\u202e[bold]维护\n第二行"
    contract = with_text("乙方" + hostile, "a\x1b[2J.txt", quote="")
    found = replace(finding(contract, "SRV001", "终身"), quote=hostile)
    lines = list(check_lines(replace(contract, findings=(found,), problems=())))
    assert len(lines) == 2
    assert all(character.isprintable() for line in lines for character in line)
    assert lines[1] == "    > 终身␛]0;x␇免费⟦U+202E⟧[bold]维护 第二行"


def test_failure_line_names_file_reason_and_remedy() -> None:
    assert failure_line(FileError("坏.pdf", "empty-file")) == "坏.pdf: 文件是空的（0 字节）；请重新导出或重新下载"


def test_inert_text_keeps_ordinary_text_as_it_is() -> None:
    text = "第一条　甲方（“买方”）应付￥1,200.00 A&B <b> ①㈠⽅"
    assert one_line(text) == many_lines(text) == text
    assert many_lines("一\n二\t三\x00") == "一\n二\t三␀"


def test_drafts_are_ordered_worst_first_but_before_all_what_was_not_read_and_has_no_finding() -> None:
    drafts = [
        failed(FileError("a.pdf", "empty-file"), "zh"),
        summarize(sample("c.pdf", clean=True)),
        summarize(sample("b.pdf", clean=True)),
        summarize(with_text("终身", "d.txt", quote="终身")),
        summarize(sample("z.pdf", clean=True, problems=[UNREAD])),
        summarize(sample("e.pdf")),
    ]
    assert [draft.path for draft in worst_first(drafts)] == ["z.pdf", "e.pdf", "d.txt", "b.pdf", "c.pdf", "a.pdf"]
    assert [draft.score for draft in worst_first(drafts)] == [0, 31, 9, 0, 0, 0]


def test_a_draft_not_fully_read_without_finding_has_no_figures_and_does_not_look_safe() -> None:
    unread = summarize(sample("z.pdf", clean=True, problems=[UNREAD]))
    assert unread.untold
    assert unread.complete is None
    with_findings = summarize(sample("e.pdf", problems=[UNREAD]))
    assert not with_findings.untold
    assert with_findings.complete is not None
    empty = replace(sample("s.pdf", clean=True, problems=[UNREAD]), text="", clauses=(), completeness=())
    assert summarize(empty).contract_type == ""
    screen = Console(record=True, width=120, file=io.StringIO())
    screen.print(drafts_table([summarize(empty)], "zh"))
    [row] = [line for line in screen.export_text().splitlines() if "s.pdf" in line]
    assert row.split()[2:] == ["–", "2", "–", "–", "–", "–", "未读完"]


def test_only_a_draft_read_in_full_without_doubt_is_clean() -> None:
    assert summarize(sample(clean=True)).state == "clean"
    assert summarize(sample(clean=True, problems=[UNREAD])).state == "unread"
    tracked = Problem("extract", "tracked-changes-final", values=(("insertions", "1"), ("deletions", "0")))
    assert summarize(sample(clean=True, problems=[tracked])).state == "doubts"
    doubt = Problem("flag", "stance-unknown", values=(("label", "甲方"),))
    assert summarize(sample(clean=True, problems=[doubt])).state == "doubts"
    assert summarize(sample()).state == "read"
    assert failed(FileError("a.pdf", "empty-file"), "zh").state == "unreadable"


def test_every_label_exists_in_both_languages() -> None:
    assert all(set(words) == {"zh", "en"} and all(words.values()) for words in WORDS.values())


def test_the_table_leaves_out_clean_drafts_but_never_one_that_was_not_read() -> None:
    drafts = [summarize(sample(f"{n:03}.pdf", clean=True)) for n in range(60)]
    drafts += [
        summarize(sample("x.pdf", clean=True, problems=[UNREAD])),
        failed(FileError("y.pdf", "empty-file"), "zh"),
        *(summarize(sample(f"risky{n}.pdf")) for n in range(45)),
    ]
    screen = Console(record=True, width=120, file=io.StringIO())
    screen.print(drafts_table(drafts, "zh"))
    text = screen.export_text()
    assert "x.pdf" in text
    assert "未读完" in text
    assert "y.pdf" in text
    assert "另有 66 份" in text


def test_the_clauses_of_a_contract_are_a_frame() -> None:
    pytest.importorskip("pandas", reason="needs the extra hetong[train]")
    contract = sample()
    frame = clause_frame(contract).set_index("clause_path")
    row = frame.loc["第三条 服务要求 › 3.1"]
    assert row["text"] == "乙方对系统提供终身免费维护，甲方提出的修改乙方应无条件配合，不另行收费。"
    assert (row["kind"], row["element"], row["needs_review"]) == ("clause", "service", False)
    assert list(frame["clause"]) == [clause.id for clause in contract.clauses]
