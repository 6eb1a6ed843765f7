"""Bad input from end to end: each gets one clear line with file, reason and remedy, in Chinese and in English."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pdf_samples import lines, pdf, picture, text
from typer.testing import CliRunner, Result
from word_files import docx, p, zipped

from hetong.cli import app

HETONG = str(Path(sys.executable).with_name("hetong"))
BODY = "第一条 服务\n1.1 乙方对本系统提供终身免费维护。\n"
PAGE = lines(80, 200, "第一条 服务", "1.1 乙方对本系统提供终身免费维护。")
WHOLE = pdf(PAGE, PAGE, PAGE)
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
BAD = {
    "missing.pdf": None,
    "empty.pdf": b"",
    "empty.docx": b"",
    "empty.txt": b"",
    "half.pdf": WHOLE[: len(WHOLE) // 2],
    "not-a-pdf.pdf": BODY.encode(),
    "password.pdf": pdf(PAGE, password=("open", "change")),
    "no-zip.docx": BODY.encode(),
    "half.docx": docx(p("甲方"))[:300],
    "no-document.docx": zipped({"[Content_Types].xml": "<Types/>"}),
    "binary.txt": bytes(range(256)) * 8,
    "old.doc": b"\xd0\xcf\x11\xe0",
    "no-suffix": BODY.encode(),
}
READABLE = {
    "gb18030.txt": BODY.encode("gb18030"),
    "utf-16.txt": BODY.encode("utf-16"),
    "with-bom.txt": BODY.encode("utf-8-sig"),
    "with-bom.md": ("# 合同\n\n" + BODY).encode("utf-8-sig"),
    "no-password-needed.pdf": pdf(PAGE, password=("", "change")),
    "good.docx": docx(p("第一条 服务") + p("1.1 乙方对本系统提供终身免费维护。")),
}


def hetong(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def real(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The installed command in a process of its own."""
    command = [HETONG, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, and the one the commands run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (folder / name).write_bytes(content)


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_gets_one_line_in_either_language(folder: Path, name: str) -> None:
    put(folder, name, BAD[name])
    chinese, english = hetong("check", name), hetong("check", name, "--lang", "en")
    for done, stop, total in ((chinese, "；", "无法读取 1 份"), (english, ";", "unreadable: 1")):
        line, tally = done.stderr.splitlines()
        assert line.startswith(f"{name}: ")
        assert stop in line, "a reason, then what to do"
        assert total in tally
        assert (done.exit_code, done.stdout) == (2, "")
    assert not CHINESE.search(english.stderr)


def test_a_scan_lists_what_cannot_be_read_and_reads_the_rest(folder: Path) -> None:
    for name, content in (BAD | READABLE).items():
        put(folder, name, content)
    done = hetong("scan", ".", "missing.pdf", "old.doc", "no-suffix", "-o", "out", "--workers", "1")
    page = (folder / "out" / "index.html").read_text(encoding="utf-8")
    rows = [json.loads(row) for row in (folder / "out" / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert done.exit_code == 3
    assert {Path(line.split(": ")[0]).name for line in done.stderr.splitlines() if "；" in line} == set(BAD)
    assert page.count('class="failed"') == len(BAD)
    assert {Path(row["path"]).name for row in rows if row["rule"] == "SRV001"} == set(READABLE)


def test_a_pdf_of_scans_is_never_said_to_have_no_risks(folder: Path) -> None:
    put(folder, "scan.pdf", pdf([picture()], [picture()]))
    checked, scanned = hetong("check", "scan.pdf"), hetong("scan", "scan.pdf", "-o", "out")
    page = (folder / "out" / "index.html").read_text(encoding="utf-8")
    assert [line.split(" ")[:3] for line in checked.stdout.splitlines() if " problem " in line] == [
        ["scan.pdf:1:", "problem", "page-empty"],  # white all over
        ["scan.pdf:2:", "problem", "page-empty"],
    ]
    assert checked.exit_code == 2
    assert "未读完" in scanned.stdout
    assert "未读完" in page
    for output in (checked.stdout, checked.stderr, scanned.stdout, page):
        assert "规则未发现风险。" not in output
        assert "state clean" not in output


def test_a_pdf_cut_anywhere_is_never_taken_for_whole(folder: Path) -> None:
    for tenth in range(1, 10):
        put(folder, "cut.pdf", WHOLE[: len(WHOLE) * tenth // 10])
        assert hetong("check", "cut.pdf").exit_code == 2


@pytest.mark.parametrize("name", ["-x.txt", "--lang.txt", "-o.txt"])
def test_a_draft_whose_name_begins_with_a_dash_is_no_option(folder: Path, name: str) -> None:
    put(folder, name, BODY.encode())
    checked = real("check", name, "--fail-on", "high", cwd=folder)
    scanned = real("scan", name, "-o", "out", cwd=folder)
    assert checked.stdout.startswith(f"./{name}: clause 1.1 high SRV001 ")
    assert checked.returncode == 1
    assert scanned.returncode == 0
    assert name in scanned.stdout


def test_an_empty_argument_is_a_missing_path_and_not_this_folder(folder: Path) -> None:
    put(folder, "a.txt", BODY.encode())
    done = hetong("check", "")
    assert done.exit_code == 2
    assert "找不到文件" in done.stderr.splitlines()[0]
    assert len(done.stderr.splitlines()) == 2


def test_a_name_longer_than_the_system_allows_gets_a_line_too() -> None:
    done = hetong("check", "long" * 100 + ".txt")
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read and write everywhere")
def test_a_closed_folder_is_told_to_be_closed(folder: Path) -> None:
    (folder / "closed").mkdir()
    put(folder, "closed/a.txt", BODY.encode())
    (folder / "closed").chmod(0)
    try:
        read, written = hetong("check", "closed/a.txt", "closed"), hetong("scan", "closed", "-o", "closed/out")
    finally:
        (folder / "closed").chmod(0o700)
    assert [line.split(":")[0] for line in read.stderr.splitlines()[:-1]] == ["closed/a.txt", "closed"]
    assert read.exit_code == 2
    assert written.stderr.startswith("closed/out: 无法写入")
    assert written.exit_code == 2


@pytest.mark.parametrize("place", ["taken", "taken/below"])
def test_a_file_where_the_output_folder_should_be_stops_the_scan_before_it_begins(folder: Path, place: str) -> None:
    put(folder, "a.txt", BODY.encode())
    put(folder, "taken", b"mine")
    chinese, english = (hetong("scan", "a.txt", "-o", place, "--lang", lang) for lang in ("zh", "en"))
    assert chinese.stderr == f"{place}: 无法写入：这里已有一个文件，不是文件夹；请移走它，或用 -o 换一个文件夹\n"
    assert english.stderr.startswith(f"{place}: cannot be written: a file stands where")
    assert (chinese.exit_code, english.exit_code) == (2, 2)
    assert (folder / "taken").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("corpora", "output", "said"),
    [(".", "taken", "taken: 无法写入"), ("missing", "model", "missing: 找不到文件夹")],
)
def test_training_says_at_once_that_it_cannot_begin(folder: Path, corpora: str, output: str, said: str) -> None:
    pytest.importorskip("sklearn", reason="needs the extra hetong[train]")
    put(folder, "taken", b"mine")
    done = hetong("train", corpora, "-o", output)
    assert done.exit_code == 2
    assert done.stderr.startswith(said)


def test_a_result_that_cannot_be_written_is_named(folder: Path) -> None:
    put(folder, "a.txt", BODY.encode())
    (folder / "out" / "index.html").mkdir(parents=True)
    done = hetong("scan", "a.txt", "-o", "out")
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1].startswith(f"{Path('out/index.html')}: 无法写入")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("command", [["check", "a.txt"], ["scan", "a.txt", "--format", "json"], ["rules", "list"]])
def test_a_full_disk_under_standard_output_is_told_in_one_line(folder: Path, command: list[str]) -> None:
    put(folder, "a.txt", BODY.encode())
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [HETONG, *command], cwd=folder, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert [line.split("（")[0] for line in done.stderr.splitlines()] == ["标准输出无法写入"]


def test_a_scan_into_a_folder_that_it_reads_gives_the_same_the_second_time(folder: Path) -> None:
    put(folder, "a.txt", BODY.encode())
    put(folder, "b.pdf", pdf(PAGE))

    def scanned() -> dict[str, bytes]:
        assert hetong("scan", ".", "-o", "out", "--workers", "1").exit_code == 0
        return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}

    first = scanned()
    assert set(first) == {"a.json", "b.json", "findings.jsonl", "index.html"}
    assert scanned() == first


def test_english_is_english_but_for_what_the_contract_and_the_law_say(folder: Path) -> None:
    put(folder, "scan.pdf", pdf([picture()], [text(80, 200, "Nothing here.")]))
    put(folder, "empty.txt", b"")
    done = hetong("scan", ".", "-o", "out", "--lang", "en", "--workers", "1")
    page = (folder / "out" / "index.html").read_text(encoding="utf-8")
    assert not CHINESE.search(done.stdout + done.stderr)
    assert CHINESE.findall(re.sub("<style>.*?</style>|<script>.*?</script>", "", page, flags=re.DOTALL)) == [
        "合", "同",
    ], "nothing but the name of the program"  # fmt: skip


def test_a_scan_shows_how_many_drafts_are_done(folder: Path) -> None:
    for number in range(3):
        put(folder, f"{number}.txt", BODY.encode())
    assert "3/3" in real("scan", ".", "-o", "out", cwd=folder).stderr
