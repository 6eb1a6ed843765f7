"""Many files: order, failures that stay with their draft, names of results."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hetong.batch.find import find_drafts, output_names
from hetong.batch.local import map_files
from hetong.batch.workers import Limits, in_workers
from hetong.errors import FileError, ModelError
from hetong.extract import READERS

SUFFIXES = {".pdf", ".docx", ".txt", ".md"}


def work(path: str) -> str:
    """What the tests have done with a file: its name says how it goes."""
    if "crash" in path:
        os._exit(3)
    if "hang" in path:
        threading.Event().wait()
    if "bomb" in path:
        return "x" * (64 * 2**30)
    if "bug" in path:
        raise ValueError(f"over {path}")
    if "unreadable" in path:
        raise FileError(path, "empty-file")
    if "model" in path:
        raise ModelError("the model is damaged")
    return path.upper()


def codes(outcomes: list[tuple[str, str | FileError]]) -> list[str]:
    return [outcome.code if isinstance(outcome, FileError) else outcome for _, outcome in outcomes]


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_paths_whatever_fails(workers: int) -> None:
    paths = ["a", "bug", "b", "unreadable", "c", "d"]
    done: list[int] = []
    outcomes = list(map_files(work, paths, workers=workers, on_done=lambda: done.append(1)))
    assert [path for path, _ in outcomes] == paths
    assert codes(outcomes) == ["A", "internal-error", "B", "empty-file", "C", "D"]
    assert len(done) == len(paths)


def test_a_crashed_process_costs_only_its_own_draft() -> None:
    paths = [f"draft{n}" for n in range(12)]
    paths[1] = "crash one"
    paths[7] = "crash two"
    outcomes = dict(map_files(work, paths, workers=2))
    crashed = {path for path, outcome in outcomes.items() if isinstance(outcome, FileError)}
    assert crashed == {"crash one", "crash two"}
    assert {outcome.code for outcome in outcomes.values() if isinstance(outcome, FileError)} == {"crashed"}
    assert [outcomes[path] for path in paths if path not in crashed] == [p.upper() for p in paths if p not in crashed]


def test_a_file_that_hangs_is_stopped_and_named_and_the_rest_goes_on() -> None:
    """Two workers, both hung at once, and a third file behind them: each hung one is replaced."""
    paths = ["hang one", "hang two", "a", "hang three", "b"]
    outcomes = list(map_files(work, paths, workers=2, limits=Limits(seconds=3)))
    assert codes(outcomes) == ["too-slow", "too-slow", "A", "too-slow", "B"]
    assert "3 秒" in str(outcomes[0][1])


def test_a_larger_file_gets_more_time(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(bytes(3 * 2**20))
    limits = Limits(seconds=10, seconds_more=5)
    assert limits.seconds_for(str(tmp_path / "a.pdf")) == 25
    assert [limits.seconds_for(path) for path in ("gone.pdf", "", "\0", "长" * 999)] == [10] * 4


def test_a_file_that_needs_too_much_memory_costs_only_itself() -> None:
    pytest.importorskip("resource", reason="this system has no limit of memory")
    outcomes = list(map_files(work, ["a", "bomb", "b"], workers=2))
    assert codes(outcomes) == ["A", "out-of-memory", "B"]


def test_one_worker_can_be_asked_for_that_stands_apart() -> None:
    outcomes = dict(in_workers(work, ["crash", "a", "bug"], 1, Limits()))
    assert codes(sorted(outcomes.items())) == ["crashed", "A", "internal-error"]


def test_workers_that_nobody_waits_for_any_more_end() -> None:
    outcomes = map_files(work, ["a", "hang", "hang", "b"], workers=2)
    assert next(outcomes) == ("a", "A")
    outcomes.close()
    assert not multiprocessing.active_children()


def test_an_unexpected_error_names_its_type_and_the_file() -> None:
    [(_, outcome)] = map_files(work, ["bug.pdf"])
    assert isinstance(outcome, FileError)
    assert str(outcome).startswith("bug.pdf: ")
    assert "ValueError" in outcome.message("zh")
    assert "ValueError" in outcome.message("en")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_damaged_model_stops_the_whole_run(workers: int) -> None:
    with pytest.raises(ModelError, match="damaged"):
        list(map_files(work, ["a", "b", "model", "c"], workers=workers))


INTERRUPTED = """
import os, signal, threading
from hetong.batch.local import map_files

def work(path):
    if path == "a":
        os.kill(os.getppid(), signal.SIGINT)
    threading.Event().wait()

if __name__ == "__main__":
    list(map_files(work, ["a", "b", "c", "d"], workers=2))
"""


def test_an_interrupt_ends_the_run_at_once_though_the_workers_are_busy(tmp_path: Path) -> None:
    script = tmp_path / "script.py"  # a worker that lived on would hold the pipes open, and the time would run out
    script.write_text(INTERRUPTED, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "KeyboardInterrupt" in done.stderr


def test_no_files_give_no_results() -> None:
    assert list(map_files(work, [])) == []


def test_folders_are_searched_below_and_hidden_and_lock_files_left_out(tmp_path: Path) -> None:
    names = [
        "b.docx", "a.PDF", "deep/er/c.txt", "deep/d.md", "~$b.docx", ".~lock.b.docx#", ".~lock.b.docx",
        ".hidden.pdf", ".git/e.txt", "table.xlsx", "index.html",
    ]  # fmt: skip
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    drafts, errors = find_drafts([str(tmp_path)], SUFFIXES)
    assert [str(Path(draft).relative_to(tmp_path)) for draft in drafts] == [
        "a.PDF",
        "b.docx",
        "deep/d.md",
        "deep/er/c.txt",
    ]
    assert errors == []


def test_a_document_in_a_format_that_is_not_read_is_said_and_never_passed_over(tmp_path: Path) -> None:
    for name in ("一.docx", "二.ofd", "三.ceb", "照片.HEIC", "说明.xyz", "~$四.ofd"):
        (tmp_path / name).write_bytes(b"x")
    drafts, errors = find_drafts([str(tmp_path)], SUFFIXES)
    assert [Path(draft).name for draft in drafts] == ["一.docx"]
    assert sorted(Path(error.path).name for error in errors) == ["三.ceb", "二.ofd", "照片.HEIC"]
    assert all("另存为" in error.message() for error in errors)


def test_our_own_report_and_the_parts_of_a_saved_page_are_no_drafts(tmp_path: Path) -> None:
    for name in ("out/index.html", "out/findings.jsonl", "index.html", "合同.htm", "合同.files/header.htm"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    drafts, errors = find_drafts([str(tmp_path)], READERS)
    assert [str(Path(draft).relative_to(tmp_path)) for draft in drafts] == ["index.html", "合同.htm"]
    assert errors == []


def test_a_named_file_is_taken_as_it_is_and_once(tmp_path: Path) -> None:
    hidden = tmp_path / ".hidden.rtf"
    hidden.write_text("x")
    drafts, errors = find_drafts([str(hidden), str(hidden), str(tmp_path / "missing.pdf")], SUFFIXES)
    assert drafts == [str(hidden), str(tmp_path / "missing.pdf")]
    assert errors == []


def test_links_lead_to_drafts_and_never_around_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("x")
    (tmp_path / "sub").mkdir()
    try:
        (tmp_path / "link.txt").symlink_to("real.txt")
        (tmp_path / "sub" / "up").symlink_to("..")
    except OSError:
        pytest.skip("this system makes no links")
    drafts, errors = find_drafts([str(tmp_path)], SUFFIXES)
    assert [Path(draft).name for draft in drafts] == ["link.txt", "real.txt"]
    assert errors == []


def test_a_folder_with_the_suffix_of_a_draft_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "合同.pdf").mkdir()
    (tmp_path / "合同.pdf" / "inner.txt").write_text("x")
    assert find_drafts([str(tmp_path)], SUFFIXES)[0] == [str(tmp_path / "合同.pdf" / "inner.txt")]


@pytest.mark.parametrize("path", ["", "长" * 300 + ".pdf"])
def test_a_path_that_cannot_be_looked_at_is_left_to_the_reader_to_explain(path: str) -> None:
    assert find_drafts([path], SUFFIXES) == ([path], [])


def test_a_folder_without_drafts_is_a_failure_that_names_it(tmp_path: Path) -> None:
    drafts, errors = find_drafts([str(tmp_path)], SUFFIXES)
    assert drafts == []
    assert [(error.path, error.code) for error in errors] == [(str(tmp_path), "no-drafts")]


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["x/a.pdf", "x/b.pdf"], ["a", "b"]),
        (["x/a.pdf", "x/a.docx"], ["a.pdf", "a.docx"]),
        (["x/a.pdf", "y/a.pdf", "y/b.pdf"], ["x-a.pdf", "y-a.pdf", "b"]),
        (["1/x/a.pdf", "2/x/a.pdf"], ["1-x-a.pdf", "2-x-a.pdf"]),
        (["x/A.pdf", "y/a.pdf"], ["x-A.pdf", "y-a.pdf"]),
        (["x/a.pdf.txt", "x/a.pdf", "x/a.docx"], ["a.pdf", "x-a.pdf", "a.docx"]),
        (["./-rf.pdf", "x/..pdf", "x/采购 合同.docx"], ["rf", "draft", "采购 合同"]),
        (["x/a\x1b[2J\u202e.pdf"], ["a_[2J_"]),
        (["a?.txt", "a*.txt"], ["a_-1", "a_-2"]),
    ],
)
def test_each_draft_gets_a_result_name_of_its_own(paths: list[str], names: list[str]) -> None:
    assert output_names(paths) == names


def test_result_names_fit_any_file_system(tmp_path: Path) -> None:
    [name] = output_names(["合" * 100 + ".pdf"])
    (tmp_path / f"{name}.json").write_text(json.dumps({}))
    assert len(f"{name}.json".encode()) < 255
