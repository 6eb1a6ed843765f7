"""Contracts are confidential: nothing leaves the machine. A process that may not open a socket does the whole job."""

import subprocess
import sys
from pathlib import Path

import pytest
from picture_samples import FONT, file_of, page

from hetong.extract.ocr_engine import is_installed

ROOT = Path(__file__).parents[1]
# An audit hook sees every connection, name look-up and datagram that any library tries, and ends the process at once
GUARD = """
import os, sys
WATCHED = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind", "urllib.Request"}
def hook(event, args):
    if event in WATCHED:
        sys.stderr.write(f"network: {event} {args}\\n")
        os._exit(99)
sys.addaudithook(hook)
"""


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", GUARD + code, *arguments], capture_output=True, text=True, check=False)


def test_the_guard_sees_a_connection() -> None:
    done = run("import socket; socket.create_connection(('127.0.0.1', 9))")
    assert done.returncode == 99


def test_scanning_every_sample_draft_opens_no_connection(tmp_path: Path) -> None:
    code = "from hetong.cli import app; app(['scan', sys.argv[1], '-o', sys.argv[2], '--workers', '1'])"
    done = run(code, str(ROOT / "corpora" / "drafts"), str(tmp_path / "out"))
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "out" / "index.html").exists()


# Whoever writes into the installed packages (a model fetched, a cache) is seen too
UNTOUCHED = """
import site
PACKAGES = tuple(site.getsitepackages())
def unwritten(event, args):
    if event == "open" and isinstance(args[0], str) and args[0].startswith(PACKAGES):
        if args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            sys.stderr.write(f"written: {args}\\n")
            os._exit(98)
    if event in ("os.mkdir", "os.rename") and str(args[0]).startswith(PACKAGES):
        os._exit(98)
sys.dont_write_bytecode = True
sys.addaudithook(unwritten)
"""


@pytest.mark.skipif(not is_installed() or FONT is None, reason="the extra ocr or the font is missing")
def test_recognising_a_picture_opens_no_connection_and_writes_into_no_package(tmp_path: Path) -> None:
    (tmp_path / "扫描.png").write_bytes(
        file_of(page(250, 90, (30, 30, "合同总价为人民币五万元。")), "PNG", dpi=(200, 200))
    )
    code = "from hetong.cli import app; app(['scan', sys.argv[1], '--format', 'json'])"
    done = run(UNTOUCHED + code, str(tmp_path / "扫描.png"))
    assert done.returncode == 0, done.stderr[-2000:]
    assert "合同总价为人民币五万元。" in done.stdout
    assert done.stderr == ""  # rapidocr tells nothing of its own


def test_the_report_loads_nothing_from_outside(tmp_path: Path) -> None:
    code = "from hetong.cli import app; app(['scan', sys.argv[1], '-o', sys.argv[2], '--workers', '1'])"
    run(code, str(ROOT / "corpora" / "drafts"), str(tmp_path / "out"))
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "http://" not in page
    assert "https://" not in page
    assert 'src="' not in page
    assert "@import" not in page
