"""Files of the formats before .docx, read through LibreOffice, and files whose name says another format than they are."""

from __future__ import annotations

import http.server
import io
import os
import re
import stat
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pdf_samples import lines, pdf
from word_files import docx, p, zipped

from hetong.batch.local import map_files
from hetong.errors import FileError
from hetong.extract import legacy, read
from hetong.extract.formats import OLE
from hetong.extract.word97 import is_cut, legal_depths

SHARED = Path(__file__).parents[2] / "shared" / "contracts"
needs_office = pytest.mark.skipif(legacy.find_office() is None, reason="LibreOffice is not installed")
HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 SimSun;}}"


def rtf(*paragraphs: str, more: str = "") -> bytes:
    escaped = ["".join(f"\\u{ord(c) if ord(c) < 0x8000 else ord(c) - 0x10000}?" for c in text) for text in paragraphs]
    return (HEAD + more + "".join(f"{text}\\par " for text in escaped) + "}").encode()


def word_97(*, flags: int = 0) -> bytes:
    """The beginning of a file of Word 97: a compound file whose first sector is a FIB with these flags at 0x0B."""
    fib = b"\xec\xa5\xc1\x00" + bytes(7) + bytes([flags]) + bytes(500)
    return OLE + bytes(504) + fib


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        read(path)
    assert caught.value.path == str(path)
    for lang, stop in (("zh", "；"), ("en", ";")):
        assert stop in caught.value.message(lang)  # type: ignore[arg-type]
    return caught.value.code


@needs_office
@pytest.mark.parametrize("name", ["合同.rtf", "合同.doc", "-o 'x'; $(y).wps"])
def test_a_file_is_read_through_libreoffice_and_says_so(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, name, rtf("第一条 付款", "甲方付款。"))
    monkeypatch.chdir(tmp_path)
    contract = read(name)
    assert contract.text == "第一条 付款\n甲方付款。\n"
    assert contract.source.format == "rtf"
    assert contract.source.path == name
    assert [problem.code for problem in contract.problems] == ["read-through-office"]


@needs_office
def test_the_revisions_of_a_converted_file_keep_both_readings(tmp_path: Path) -> None:
    table = r"{\*\revtbl{Unknown;}{Wang;}}"
    body = r"\u20184?{\deleted\revauthdel1 30}{\revised\revauth1 60}\u26085?\par}"
    path = written(tmp_path, "合同.rtf", (HEAD + table + body).encode())
    assert read(path).text == "付60日\n"
    assert read(path, "original").text == "付30日\n"
    assert {aside.author for aside in read(path).asides} == {"Wang"}


@needs_office
def test_several_processes_read_at_the_same_time(tmp_path: Path) -> None:
    paths = [str(written(tmp_path, f"{i}.rtf", rtf(f"第{i}份"))) for i in range(4)]
    outcomes = dict(map_files(read, paths, workers=2))
    assert [getattr(outcomes[path], "text", outcomes[path]) for path in paths] == [f"第{i}份\n" for i in range(4)]


@needs_office
def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    read(written(tmp_path, "合同.rtf", rtf("甲方")))
    assert [path.name for path in tmp_path.iterdir()] == ["合同.rtf"]


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """A web server of this machine: its port, and the paths that it was asked for."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], seen
    server.shutdown()
    server.server_close()


def odt(body: str) -> bytes:
    """An OpenDocument text."""
    names = " ".join(
        f'xmlns:{prefix}="{name}"'
        for prefix, name in {
            "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
            "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
            "xlink": "http://www.w3.org/1999/xlink",
        }.items()
    )
    kind = "application/vnd.oasis.opendocument.text"
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return zipped(
        {
            "mimetype": kind,
            "content.xml": f"<office:document-content {names}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{manifest}">{entry.format("/", kind)}'
            f"{entry.format('content.xml', 'text/xml')}</manifest:manifest>",
        }
    )


@needs_office
@pytest.mark.parametrize("name", ["合同.odt", "合同.docx"])
def test_an_open_document_is_read_and_a_picture_on_the_web_is_not_fetched(
    name: str, tmp_path: Path, asked: tuple[int, list[str]]
) -> None:
    port, seen = asked
    picture = f'<draw:frame><draw:image xlink:href="http://127.0.0.1:{port}/track.png"/></draw:frame>'
    contract = read(written(tmp_path, name, odt(f"<text:p>甲方{picture}</text:p>")))
    assert (contract.text, contract.source.format) == ("甲方\n", "odt")
    assert seen == []


@needs_office
def test_a_file_that_libreoffice_cannot_open(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, "合同.doc", word_97())) == "office-failed"


def program(folder: Path, body: str) -> str:
    """A stand-in for LibreOffice: a shell script."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
def test_a_conversion_that_does_not_end_is_stopped_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(legacy, "SECONDS", 0.5)
    program(tmp_path, f"sleep 1000 & echo $! > {child}; wait")
    assert refusal(written(tmp_path, "合同.rtf", rtf("甲方"))) == "office-too-slow"
    with pytest.raises(ProcessLookupError):
        _wait_until_gone(int(child.read_text()))


def _wait_until_gone(process: int) -> None:
    """Raises ProcessLookupError once a process is gone or only waits to be collected."""
    for _ in range(10_000):
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text().split()[2] == "Z":
            raise ProcessLookupError
        os.kill(process, 0)


def test_without_libreoffice_the_remedy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(legacy, "_PLACES", ())
    for name in ("合同.doc", "合同.wps"):
        assert refusal(written(tmp_path, name, word_97())) == "office-missing"
    assert refusal(written(tmp_path, "合同.rtf", rtf("甲方"))) == "office-missing"


@pytest.mark.parametrize(
    "content",
    [word_97(flags=1), OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le")],
    ids=["Word 97", "Word 2007 and later"],
)
@pytest.mark.parametrize("name", ["合同.doc", "合同.docx", "合同.wps"])
def test_a_document_with_a_password(name: str, content: bytes, tmp_path: Path) -> None:
    assert refusal(written(tmp_path, name, content)) == "word-encrypted"


def test_an_open_document_with_a_password(tmp_path: Path) -> None:
    content = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": ENCRYPTED})
    assert refusal(written(tmp_path, "合同.odt", content)) == "word-encrypted"


ENCRYPTED = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
WORD = docx(p("第一条 付款"))
PAGE = "<html><body><p>第一条 付款</p></body></html>"
ARCHIVE = f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{PAGE}"


@pytest.mark.parametrize(
    ("name", "content", "is_really"),
    [
        ("合同.doc", WORD, "docx"),
        ("合同.wps", WORD, "docx"),
        ("合同.txt", WORD, "docx"),
        ("合同.pdf", WORD, "docx"),
        ("合同.doc", PAGE.encode(), "html"),
        ("合同.docx", b"\xef\xbb\xbf<!DOCTYPE html>" + PAGE.encode(), "html"),
        ("合同.doc", PAGE.encode("utf-16"), "html"),
        ("合同.doc", "<h1>第一条 付款</h1>".encode(), "html"),
        ("合同.doc", ARCHIVE.encode(), "mht"),
        ("合同.html", ARCHIVE.encode(), "mht"),
        ("合同.doc", "第一条 付款\n".encode("gb18030"), "txt"),
        ("合同.docx", pdf(lines(80, 200, "第一条 付款")), "pdf"),
    ],
)
def test_the_content_decides_what_a_file_is(name: str, content: bytes, is_really: str, tmp_path: Path) -> None:
    contract = read(written(tmp_path, name, content))
    assert contract.text == "第一条 付款\n"
    assert contract.source.format == is_really


@pytest.mark.parametrize("suffix", ["docm", "dotx", "dotm"])
def test_templates_and_files_with_macros_are_word_files(suffix: str, tmp_path: Path) -> None:
    contract = read(written(tmp_path, f"合同.{suffix}", WORD))
    assert (contract.text, contract.source.format) == ("第一条 付款\n", suffix)


@pytest.mark.parametrize("name", ["合同.doc", "合同.docx", "合同.rtf", "合同.html", "合同.odt"])
def test_bytes_that_are_nothing_are_refused(name: str, tmp_path: Path) -> None:
    content = bytes(range(256)) * 20
    assert refusal(written(tmp_path, name, content)) in ("not-text", "word-no-zip", "office-failed", "office-missing")


@pytest.mark.parametrize("name", ["合同.xml.doc", "合同.docx"])
def test_a_word_file_that_is_one_file_of_xml(name: str, tmp_path: Path) -> None:
    archive = zipfile.ZipFile(io.BytesIO(WORD))
    parts = "".join(
        f'<pkg:part pkg:name="/{part}"><pkg:xmlData>{archive.read(part).decode()}</pkg:xmlData></pkg:part>'
        for part in archive.namelist()
        if part != "[Content_Types].xml"
    )
    kind = '<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n'
    names = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    contract = read(written(tmp_path, name, f"{kind}<pkg:package {names}>{parts}</pkg:package>".encode()))
    assert (contract.text, contract.source.format) == ("第一条 付款\n", "docx")


@needs_office
def test_the_xml_of_word_2003(tmp_path: Path) -> None:
    names = 'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    body = "<w:body><w:p><w:r><w:t>第一条 付款</w:t></w:r></w:p></w:body>"
    path = written(
        tmp_path, "合同.doc", f'<?xml version="1.0"?><w:wordDocument {names}>{body}</w:wordDocument>'.encode()
    )
    assert read(path).text == "第一条 付款\n"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real contracts of ../shared are not here")
def test_a_document_cut_off_anywhere_is_not_taken_for_whole(tmp_path: Path) -> None:
    for path in sorted((SHARED / "originals").glob("*.doc")):
        data = path.read_bytes()
        assert not is_cut(data)
        for tenth in range(1, 10):
            assert is_cut(data[: len(data) * tenth // 10]), (path.name, tenth)
        assert refusal(written(tmp_path, "合同.doc", data[: len(data) // 2])) == "word-no-zip"


def lvlf(shape: bytes, flags: int) -> bytes:
    """The head of a level of a list in a Word 97 file: start at 1, decimal digits, flags, places of the counters."""
    return b"\x01\0\0\0\0" + bytes([flags]) + shape.ljust(9, b"\0") + bytes(13)


def test_a_word_97_file_says_which_chained_numbers_are_all_digits() -> None:
    two, three, other = b"\x01\x03", b"\x01\x03\x05", b"\x02\x04"
    assert legal_depths(OLE + lvlf(two, 4) + lvlf(three, 0x44) + lvlf(other, 4)) == {2, 3}
    assert legal_depths(OLE + lvlf(two, 4) + lvlf(two, 0) + lvlf(three, 4)) == {3}
    assert legal_depths(OLE) == legal_depths(b"") == set()


@needs_office
@pytest.mark.parametrize(("legal", "number"), [(r"\levellegal1", "1.1"), (r"\levellegal0", "一.1")])
def test_an_rtf_file_says_which_chained_numbers_are_all_digits(legal: str, number: str, tmp_path: Path) -> None:
    first = r"{\listlevel\levelnfc39\levelnfcn39\levelstartat1{\leveltext\'02\'00\'a1\'a2;}{\levelnumbers\'01;}}"
    second = (
        r"{\listlevel\levelnfc0\levelnfcn0\levelstartat1"
        + legal
        + r"{\leveltext\'03\'00.\'01;}{\levelnumbers\'01\'03;}}"
    )
    lists = r"{\*\listtable{\list\listtemplateid1" + first + second + r"\listid1}}"
    overrides = r"{\*\listoverridetable{\listoverride\listid1\listoverridecount0\ls1}}"
    body = r"\pard\plain\ls1\ilvl0 A\par\pard\plain\ls1\ilvl1 B\par\pard\plain C\par}"
    contract = read(written(tmp_path, "合同.rtf", (HEAD + lists + overrides + body).encode()))
    assert [block.number for block in contract.blocks] == ["一、", number, ""]


@needs_office
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real contracts of ../shared are not here")
def test_real_documents_read_as_their_published_text_but_with_the_numbers_of_word() -> None:
    """The text was published through LibreOffice, which prints 二.1 where Word prints 2.1."""

    def squeezed(text: str) -> str:
        digits = re.sub(
            r"^([一二三四五六七])(?=\.[0-9])", lambda m: str("一二三四五六七".index(m[1]) + 1), text, flags=re.M
        )
        return "".join(digits.split()).replace("●", "•").replace("\x7f", "")  # a control character of the old file

    for path in sorted((SHARED / "originals").glob("*.doc")):
        published = (SHARED / "text" / f"{path.stem}.txt").read_text(encoding="utf-8")
        contract = read(path)
        assert "".join(contract.text.split()).replace("●", "•") == squeezed(published), path.name
    assert "\n2.1 " in read(SHARED / "originals" / "c088.doc").text
