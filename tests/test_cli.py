"""The command line, on small text files: what it prints, where, and how it exits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from hetong.batch.check import Tally
from hetong.cli import app

SCHEMA = json.loads((Path(__file__).parents[1] / "docs/schema/hetong-1.schema.json").read_text(encoding="utf-8"))
HETONG = str(Path(sys.executable).with_name("hetong"))
RISKY = """信息系统运维服务合同
甲方（委托方）：江州市水文监测中心
乙方（受托方）：岚川数据技术有限公司
第一条 服务内容
1.1 乙方为甲方的水情报送系统提供运行维护。
第二条 价款及支付
2.1 合同总价为人民币128000元（大写：壹拾贰万捌仟元整），甲方在验收合格后15日内支付。
第三条 服务要求
3.1 乙方对本系统提供终身免费维护。
3.2 甲方提出的任何需求变更，乙方应无条件完成，不得另行收取费用。
"""
HOSTILE = "第一条 服务\n1.1 乙方提供终身免费维护<script>alert(1)</script>\x1b[31m\u202e[red]=cmd|' /C calc'!A0。\n"


def hetong(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def real(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The installed command in a process of its own."""
    command = [HETONG, *map(str, arguments)]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def risky(tmp_path: Path) -> Path:
    path = tmp_path / "drafts" / "运维合同.txt"
    path.parent.mkdir()
    path.write_text(RISKY, encoding="utf-8")
    return path


@pytest.fixture
def broken(risky: Path) -> Path:
    path = risky.with_name("空的.pdf")
    path.write_bytes(b"")
    return path


# scan


def test_scan_writes_json_rows_and_page_and_ends_with_the_table_and_the_path(risky: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = hetong("scan", risky.parent, "-o", out)
    assert done.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == ["findings.jsonl", "index.html", "运维合同.json"]
    data = json.loads((out / "运维合同.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(SCHEMA).iter_errors(data)) == []
    assert data["document"]["path"] == str(risky)
    rows = [json.loads(line) for line in (out / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["rule"] for row in rows] == [finding["rule"] for finding in data["findings"]]
    assert "SRV001" in [row["rule"] for row in rows]
    assert "运维合同.txt" in done.stdout
    assert done.stdout.rstrip().endswith(str(out / "index.html"))
    assert "1/1" in done.stderr


def test_scan_goes_on_past_a_draft_that_cannot_be_read_and_exits_3(broken: Path, tmp_path: Path) -> None:
    done = hetong("scan", broken.parent, "-o", tmp_path / "out")
    assert done.exit_code == 3
    assert "运维合同.txt" in done.stdout
    assert "空的.pdf" in done.stdout
    assert "0 字节" in done.stdout
    assert f"{broken}: 文件是空的（0 字节）；请重新导出或重新下载" in done.stderr.splitlines()
    assert "0 字节" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert not (tmp_path / "out" / "空的.json").exists()


def test_scan_removes_the_old_result_of_a_draft_that_cannot_be_read_any_more(risky: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    hetong("scan", risky, "-o", out)
    risky.write_bytes(b"")
    assert hetong("scan", risky, "-o", out).exit_code == 3
    assert not (out / "运维合同.json").exists()


def test_scan_of_one_file_as_json_prints_the_object_and_nothing_else(risky: Path) -> None:
    done = hetong("scan", risky, "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["schema"] == "hetong/1"


def test_scan_of_several_files_as_json_prints_one_object_a_line(risky: Path, broken: Path) -> None:
    second = risky.with_name("第二份.txt")
    second.write_text(RISKY, encoding="utf-8")
    done = hetong("scan", risky, broken, second, "--format", "json")
    assert done.exit_code == 3
    paths = [json.loads(line)["document"]["path"] for line in done.stdout.splitlines()]
    assert paths == [str(risky), str(second)]
    assert done.stderr.startswith(f"{broken}: ")


def test_scan_into_a_folder_as_json_writes_only_the_json_files(risky: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = hetong("scan", risky, "-o", out, "--format", "json", "--stance", "neutral")
    assert done.exit_code == 0
    assert [path.name for path in out.iterdir()] == ["运维合同.json"]
    assert done.stdout == ""


def test_scan_reports_both_of_two_drafts_of_the_same_name(tmp_path: Path) -> None:
    for folder in ("一稿", "二稿"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "合同.txt").write_text(RISKY, encoding="utf-8")
    out = tmp_path / "out"
    assert hetong("scan", tmp_path / "一稿", tmp_path / "二稿", "-o", out).exit_code == 0
    assert {path.name for path in out.glob("*.json")} == {"一稿-合同.txt.json", "二稿-合同.txt.json"}


def test_scan_gives_the_same_files_from_many_processes_as_from_one(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    for number in range(4):
        (drafts / f"{number}.txt").write_text(RISKY.replace("128000", f"{number}28000"), encoding="utf-8")
    for workers in ("1", "2"):
        assert hetong("scan", drafts, "-o", tmp_path / workers, "--workers", workers).exit_code == 0
    one, two = (sorted((tmp_path / workers).iterdir()) for workers in ("1", "2"))
    assert [path.name for path in one] == [path.name for path in two]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_scan_finds_out_that_it_cannot_write_before_it_reads(risky: Path) -> None:
    done = hetong("scan", risky, "-o", risky / "out")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"{risky / 'out'}: 无法写入")
    assert done.stdout == ""


def test_scan_needs_a_folder_or_json(risky: Path) -> None:
    done = hetong("scan", risky)
    assert done.exit_code == 2
    assert "-o" in done.stderr


def test_scan_of_a_folder_without_drafts_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = hetong("scan", tmp_path / "empty", "-o", tmp_path / "out")
    assert done.exit_code == 3
    assert "没有可以检查的草稿" in done.stdout


@pytest.mark.parametrize("name", ["-rf.txt", "两 个 空格.txt", "[red]合同.txt"])
def test_scan_takes_any_file_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(RISKY, encoding="utf-8")
    done = real("scan", "-o", "out", "--", name, cwd=tmp_path)
    assert done.returncode == 0
    assert name in done.stdout
    [result] = (tmp_path / "out").glob("*.json")
    assert json.loads(result.read_text(encoding="utf-8"))["document"]["path"] == name
    assert not result.name.startswith("-")


def test_contract_text_comes_out_inert_everywhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(HOSTILE, encoding="utf-8")
    scanned = real("scan", "a.txt", "-o", "out", cwd=tmp_path)
    printed = real("scan", "a.txt", "--format", "json", cwd=tmp_path)
    checked = real("check", "a.txt", cwd=tmp_path)
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    rows = (tmp_path / "out" / "findings.jsonl").read_text(encoding="utf-8")
    for output in (scanned.stdout, scanned.stderr, printed.stdout, checked.stdout, checked.stderr, page, rows):
        assert not {"\x1b", "\u202e"} & set(output)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "[31m[red]=cmd|" in "".join(clause["text"] for clause in json.loads(printed.stdout)["clauses"])


# check


def test_check_prints_lines_like_a_linter_and_exits_1(risky: Path) -> None:
    done = hetong("check", risky)
    lines = done.stdout.splitlines()
    index = next(i for i, line in enumerate(lines) if "SRV001" in line)
    assert lines[index].startswith(f"{risky}: clause 3.1 high SRV001 ")
    assert lines[index + 1].startswith("    > 终身免费")
    assert done.exit_code == 1


def test_check_of_a_text_without_risk_exits_0(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("第一条 名称\n本办法称为值班办法。\n", encoding="utf-8")
    done = hetong("check", path)
    assert (done.exit_code, done.stdout) == (0, f"{path}: 文本已填齐：是（不代表可以签署）\n")


def test_a_check_fails_from_the_level_asked_for() -> None:
    seen = Tally(levels=Counter({"medium": 1}))
    assert [seen.reaches(level) for level in ("high", "medium", "low")] == [False, True, True]
    assert not Tally(levels=Counter({"low": 0})).reaches("low")


def test_check_exits_2_over_an_unreadable_file_but_checks_the_others(risky: Path, broken: Path) -> None:
    done = hetong("check", broken, risky)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[0] == f"{broken}: 文件是空的（0 字节）；请重新导出或重新下载"
    assert "SRV001" in done.stdout


def test_check_names_a_missing_path(tmp_path: Path) -> None:
    done = hetong("check", tmp_path / "没有.pdf", "--lang", "en")
    assert done.exit_code == 2
    assert f"{tmp_path / '没有.pdf'}: no such file" in done.stderr


def test_check_takes_the_side_of_a_party(risky: Path) -> None:
    def stance(side: str) -> str:
        return str(json.loads(hetong("scan", risky, "--format", "json", "--stance", side).stdout)["document"]["stance"])

    assert [stance(side) for side in ("甲方", "乙方", "buyer", "supplier", "neutral")] == [
        "buyer", "supplier", "buyer", "supplier", "neutral",
    ]  # fmt: skip


def test_check_says_when_the_side_is_not_known(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("第一条 总则\n本办法自发布之日起施行。\n", encoding="utf-8")
    assert f"{path}: problem stance-unknown 看不出 甲方" in hetong("check", path, "--stance", "甲方").stdout


@pytest.mark.parametrize("arguments", [["check"], ["scan"], ["check", "a.txt", "--stance", "丙方"], ["nonsense"]])
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    assert hetong(*arguments).exit_code == 2


def test_check_loads_no_heavy_library(risky: Path) -> None:
    code = (
        "import sys; from hetong.cli import main; sys.argv = ['hetong', 'check', sys.argv[1]]\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = ('pandas', 'sklearn', 'scipy', 'spacy', 'jinja2', 'rich', 'pdfplumber', 'docx', 'multiprocessing')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(risky)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


# rules, version, train


def test_rules_list_names_every_rule() -> None:
    lines = hetong("rules", "list").stdout.splitlines()
    assert lines == sorted(lines)
    assert [line for line in lines if line.startswith("SRV001 ")]


@pytest.mark.parametrize(("lang", "heads"), [
    ("zh", ["检查什么", "为什么不好", "法律依据", "会报的例子", "不会报的相近写法", "建议改为"]),
    ("en", ["What it does", "Why is this bad", "Law", "Examples", "Near misses", "Use instead"]),
])  # fmt: skip
def test_rules_show_explains_a_rule(lang: str, heads: list[str]) -> None:
    done = hetong("rules", "show", "srv001", "--lang", lang)
    assert done.exit_code == 0
    assert [line for line in done.stdout.splitlines() if line in heads] == heads


def test_rules_show_of_an_unknown_rule_says_where_to_look() -> None:
    done = hetong("rules", "show", "XYZ999")
    assert done.exit_code == 2
    assert "hetong rules list" in done.stderr


def test_version_is_shown(tmp_path: Path) -> None:
    done = real("--version", cwd=tmp_path)
    assert done.stdout.startswith("hetong 0.")


def test_output_is_utf8_whatever_the_locale(risky: Path) -> None:
    done = real("check", risky.name, cwd=risky.parent, LC_ALL="C", PYTHONIOENCODING="ascii")
    assert "运维合同.txt: clause 3.1" in done.stdout


def test_importing_the_package_loads_nothing_else() -> None:
    code = "import sys, hetong; print([m for m in sys.modules if m.startswith('hetong')], len(hetong.__all__) > 5)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['hetong'] True"


def test_the_package_offers_the_same_in_python(risky: Path) -> None:
    import hetong as package

    contract = package.analyse_file(risky)
    assert "SRV001" in {finding.rule for finding in contract.findings}
    assert set(package.to_frame([contract])["rule"]) == {finding.rule for finding in contract.findings}
    assert package.analyse(package.read(risky)).findings == contract.findings
    assert all(hasattr(package, name) for name in package.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = package.nonsense
