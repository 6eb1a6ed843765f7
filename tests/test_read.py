"""`read`: which reader a file gets, and the one clear line for each file that cannot be read."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from word_files import docx, p

from hetong.errors import FileError
from hetong.extract import MAX_FILE, READERS, read

BODY = "第一条 付款\n甲方应于验收后三十日内付款。\n"


def refusal(path: Path | str) -> FileError:
    with pytest.raises(FileError) as caught:
        read(path)
    assert caught.value.path == str(path)
    return caught.value


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_the_source_names_the_file_as_given_with_its_hash_and_format(tmp_path: Path) -> None:
    path = written(tmp_path, "合同.txt", BODY)
    contract = read(str(path))
    assert contract.text == BODY
    assert contract.done == ("extract",)
    assert (contract.source.path, contract.source.format) == (str(path), "txt")
    assert contract.source.sha256 == hashlib.sha256(BODY.encode()).hexdigest()


@pytest.mark.parametrize("name", ["合同.TXT", "合 同 （终稿）.txt", "-draft.txt", "a.b.txt", "合同.MD", "'quoted'.txt"])
def test_file_names_of_all_kinds(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, name, BODY)
    monkeypatch.chdir(tmp_path)
    assert read(name).text == BODY


def test_a_word_file_is_read_in_the_reading_of_revisions_asked_for(tmp_path: Path) -> None:
    path = written(
        tmp_path, "合同.DOCX", docx(p(inside="<w:ins><w:r><w:t>甲方</w:t></w:r></w:ins><w:r><w:t>乙方</w:t></w:r>"))
    )
    assert read(path).text == "甲方乙方\n"
    assert read(path, revisions="original").text == "乙方\n"


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "没有.txt").code == "missing-path"
    assert refusal("甲\0乙.txt").code == "missing-path"
    assert refusal("").code == "missing-path"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "草稿.txt"
    folder.mkdir()
    assert refusal(folder).code == "not-a-file"


@pytest.mark.parametrize("name", ["合同.xyz", "合同", ".txt"])
def test_an_unknown_suffix_is_named_with_those_that_are_known(name: str, tmp_path: Path) -> None:
    error = refusal(written(tmp_path, name, BODY))
    assert error.code == "unknown-format"
    assert all(suffix in error.message() for suffix in READERS)


@pytest.mark.parametrize("suffix", READERS)
def test_an_empty_file(suffix: str, tmp_path: Path) -> None:
    assert refusal(written(tmp_path, f"空{suffix}", b"")).code == "empty-file"


def test_a_file_beyond_the_limit_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate((MAX_FILE + 1) * 2**20)
    assert refusal(path).code == "too-large"


@pytest.mark.parametrize(
    ("name", "content"),
    [("白.txt", b" \r\n\t\n"), ("白.md", b"<!-- -->\n"), ("白.docx", docx(p() + p("  ")))],
)
def test_a_file_without_text(name: str, content: bytes, tmp_path: Path) -> None:
    assert refusal(written(tmp_path, name, content)).code == "no-text"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of this kind are POSIX")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "管道.txt"
    subprocess.run(["mkfifo", str(path)], check=True)
    assert refusal(path).code == "not-a-file"


def test_a_name_longer_than_the_system_allows_is_unreadable(tmp_path: Path) -> None:
    assert refusal(tmp_path / ("长" * 300 + ".txt")).code in ("unreadable", "missing-path")


def test_every_refusal_says_what_to_do(tmp_path: Path) -> None:
    for error in (refusal(tmp_path / "没有.txt"), refusal(tmp_path), refusal(written(tmp_path, "空.md", b""))):
        assert "；" in error.message()
        assert str(error).startswith(f"{error.path}: ")


def test_reading_one_format_imports_no_library_of_another() -> None:
    code = (
        "import sys; from hetong.extract import READERS, Reading; from hetong.document import Source;"
        "READERS['.txt']('甲方'.encode(), Source('a.txt', '', 'txt'), Reading());"
        "print([m for m in ('lxml', 'docx', 'pypdfium2', 'pdfplumber', 'markdown_it', 'charset_normalizer')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
