"""Reads the formats before .docx (.doc, .wps, .rtf, .odt) by having LibreOffice, when installed, write them as .docx.

The document is not trusted: LibreOffice runs without a window in a process group of its own, with a profile that no
other run shares, in a folder that is gone afterwards; macros are off, links are not followed, the network is led to
nowhere, and time and memory are bounded. The file name never reaches its command line.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Final

from hetong.document import Contract, Problem, Source
from hetong.errors import FileError
from hetong.extract import word97
from hetong.extract.docx import read_docx
from hetong.extract.formats import OLE
from hetong.extract.word_inline import Revisions

SECONDS: Final = 120  # a contract takes one or two
_MEMORY: Final = 4 * 2**30  # bytes of address space
_WRITTEN: Final = 2**30  # bytes of one file
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_BINARY: Final = (OLE, b"\xdb\xa5", b"\x9b\xa5", b"\xfe\x37")  # compound files; Word 2, Word 1, Word for Macintosh
_STARTS: Final = {
    **dict.fromkeys(("doc", "dot", "wps", "wpt"), _BINARY),
    "rtf": (b"{\\rtf",),
    "odt": (b"PK",),
    "xml": (b"<?xml", b"\xef\xbb\xbf<?xml"),
}
_FILTERS: Final = {"rtf": "Rich Text Format", "odt": "writer8", "xml": "MS Word 2003 XML"}  # the names in LibreOffice
_KEPT: Final = ("PATH", "SYSTEMROOT", "WINDIR", "LANG", "LC_ALL")  # of the environment
_MANIFEST: Final = 2**20  # bytes of a list of parts
_PROXY: Final = "".join(
    f'<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInet{kind}Proxy{field}" oor:op="fuse">'
    f"<value>{value}</value></prop></item>"
    for kind in ("HTTP", "HTTPS", "FTP")
    for field, value in (("Name", "127.0.0.1"), ("Port", "9"))  # the discard port: nothing listens there
)
_SETTINGS: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for path, name, value in (
            ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
            ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
            ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
            ("Office.Writer/Content/Update", "Link", "2"),  # never
            ("Inet/Settings", "ooInetProxyType", "2"),  # as named below
        )
    )
    + _PROXY
    + "</oor:items>"
)


def read_legacy(data: bytes, source: Source, revisions: Revisions = "final") -> Contract:
    """A contract from the bytes of a .doc, .wps, .rtf, .odt or Word 2003 XML file.

    A problem says that it was read through LibreOffice, which prints some automatic numbers in another way than Word.
    It forgets which of them have all their counters in digits (2.1 under 二、); for .doc and .rtf the bytes say it.

    Args:
        data: the file's bytes.
        source: where they came from; its format is the suffix that LibreOffice goes by.
        revisions: the reading of tracked changes.

    Raises:
        FileError: LibreOffice is not installed, takes too long or cannot read the file, or the file is encrypted.
    """
    if is_encrypted(data):
        raise FileError(source.path, "word-encrypted")
    is_cut = data.startswith(OLE) and word97.is_cut(data)
    if is_cut or not data.lstrip().startswith(_STARTS[source.format]):
        raise FileError(source.path, "word-no-zip")  # LibreOffice would take any bytes for a text
    office = find_office()
    if office is None:
        raise FileError(source.path, "office-missing", suffix=f".{source.format}")
    converted = _converted(data, source, office)
    legal = word97.legal_depths(data)
    contract = read_docx(converted, source, revisions, legal=frozenset(legal))
    note = Problem("extract", "read-through-office", values=(("suffix", f".{source.format}"),))
    blocks = tuple(replace(block, paragraphs=()) for block in contract.blocks)  # places in a file that is gone
    return replace(contract, blocks=blocks, problems=(note, *contract.problems))


def find_office() -> str | None:
    """The program of LibreOffice, or None when it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if os.path.isfile(place)), None)  # noqa: PTH113 - a plain test


def is_encrypted(data: bytes) -> bool:
    """Whether a password is needed to open the document."""
    if data.startswith(b"PK"):
        return b"encryption-data" in _manifest(data)
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    return word97.is_encrypted(data)


def _manifest(data: bytes) -> bytes:
    """The list of parts of an OpenDocument package, which names those with a password (ODF 1.2 Part 3, 4.8); or b""."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open("META-INF/manifest.xml") as part:
            return part.read(_MANIFEST)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError, RuntimeError):
        return b""


def _converted(data: bytes, source: Source, office: str) -> bytes:
    """The document as .docx."""
    with tempfile.TemporaryDirectory(prefix="hetong-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        draft = home / f"draft.{source.format}"
        draft.write_bytes(data)
        settings = home / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        _run(_command(office, home, draft), home, source.path)
        result = home / "out" / "draft.docx"
        if not result.is_file():
            raise FileError(source.path, "office-failed", suffix=f".{source.format}")
        return result.read_bytes()


def _command(office: str, home: Path, draft: Path) -> list[str]:
    kind = _FILTERS.get(draft.suffix.lstrip("."))
    reading = [f"--infilter={kind}"] if kind else []
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    return [
        office, profile, "--headless", "--norestore", "--nologo", "--nolockcheck", *reading,
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(home / "out"), str(draft),
    ]  # fmt: skip


def _run(command: list[str], home: Path, path: str) -> None:
    """Runs the command to its end; whatever it started ends with it."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment = kept | {"HOME": str(home), "TMPDIR": str(home), "TEMP": str(home), "TMP": str(home)}
    try:
        process = subprocess.Popen(
            command, cwd=home, env=environment, start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        raise FileError(path, "office-missing", suffix=Path(command[-1]).suffix) from error
    try:
        _bound(process.pid)
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise FileError(path, "office-too-slow", seconds=SECONDS) from error
    finally:
        _end(process)


def _bound(process: int) -> None:
    """Limits memory, files and time of a process and of what it will start, where the system can (Linux)."""
    if sys.platform == "linux":
        import resource

        for kind, limit in (
            (resource.RLIMIT_AS, _MEMORY),
            (resource.RLIMIT_FSIZE, _WRITTEN),
            (resource.RLIMIT_CPU, int(SECONDS) + 1),  # ends it too when this process is killed before it
        ):
            try:
                resource.prlimit(process, kind, (limit, limit))
            except OSError:  # it has ended already, or a lower limit is set
                return


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
