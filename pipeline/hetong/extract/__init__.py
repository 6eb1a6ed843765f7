"""Stage 1, extract: a file becomes a `Contract` with text, blocks, asides and problems."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, NamedTuple

from hetong.document import Contract, Source
from hetong.errors import FileError
from hetong.extract.formats import actual_suffix

Revisions = Literal["final", "original"]
Ocr = Literal["auto", "never", "always"]
PICTURES: Final = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
MAX_FILE: Final = 200  # MB


class Reading(NamedTuple):
    """How a file is to be read.

    Attributes:
        revisions: the reading of tracked changes: "final" as if accepted, "original" as if rejected.
        ocr: whether characters are recognised in pictures: "auto" where a page has no usable text, "always" on every
            page of a PDF, "never".
    """

    revisions: Revisions = "final"
    ocr: Ocr = "auto"


Reader = Callable[[bytes, Source, Reading], Contract]


def read(path: Path | str, revisions: Revisions = "final", ocr: Ocr = "auto") -> Contract:
    """Reads a file by its suffix, or by its content where that says otherwise; `Source.format` is what it really is.

    Args:
        path: the file.
        revisions: the reading of tracked changes: "final" as if accepted, "original" as if rejected.
        ocr: whether characters are recognised in pictures; see `Reading`.

    Raises:
        FileError: there is no such file, it is not readable, empty, too large, of an unknown format, damaged, or
            without any text. A scan of which nothing could be read is no error: its problems say so, page by page.
    """
    file = Path(path)
    suffix = file.suffix.lower()
    data = _bytes(file, suffix, str(path))
    actual = actual_suffix(data, suffix)
    source = Source(str(path), hashlib.sha256(data).hexdigest(), actual.lstrip("."))
    contract = READERS.get(actual, _read_legacy)(data, source, Reading(revisions, ocr))
    if not contract.text.strip() and not (actual in (".pdf", *PICTURES) and contract.problems):
        raise FileError(str(path), "no-text")
    return contract


def _bytes(file: Path, suffix: str, name: str) -> bytes:
    """The content of a file that is fit to be read; the cheap checks come first."""
    try:
        if not name or not file.exists():
            raise FileError(name, "missing-path")
        if not file.is_file():
            raise FileError(name, "not-a-file")
        if suffix not in READERS:
            raise FileError(name, "unknown-format", suffix=file.suffix or "—", known=" ".join(READERS))
        size = _size(file)
        if size == 0:
            raise FileError(name, "empty-file")
        data = b""
        if size <= MAX_FILE * 2**20:
            with file.open("rb") as opened:
                data = opened.read(MAX_FILE * 2**20 + 1)  # it may have grown since
            size = len(data)
        if size > MAX_FILE * 2**20:
            raise FileError(name, "too-large", size=size >> 20, limit=MAX_FILE)
        return data
    except OSError as error:
        raise FileError(name, "unreadable", detail=error.strerror or type(error).__name__) from error
    except ValueError as error:  # a zero character in the name
        raise FileError(name, "missing-path") from error


def _size(file: Path) -> int:
    """How many bytes a file says it has."""
    return file.stat().st_size


def _read_pdf(data: bytes, source: Source, reading: Reading) -> Contract:
    from hetong.extract.pdf import read_pdf

    return read_pdf(data, source, reading.ocr)


def _read_picture(data: bytes, source: Source, reading: Reading) -> Contract:
    if reading.ocr == "never":
        raise FileError(source.path, "ocr-not-wanted")
    from hetong.extract.picture import read_picture

    return read_picture(data, source)


def _read_docx(data: bytes, source: Source, reading: Reading) -> Contract:
    from hetong.extract.docx import read_docx

    return read_docx(data, source, reading.revisions)


def _read_legacy(data: bytes, source: Source, reading: Reading) -> Contract:
    from hetong.extract.legacy import read_legacy

    return read_legacy(data, source, reading.revisions)


def _read_text(data: bytes, source: Source, _: Reading) -> Contract:
    from hetong.extract.text import read_text

    return read_text(data, source)


def _read_html(data: bytes, source: Source, reading: Reading) -> Contract:
    from hetong.extract.web import read_html

    return read_html(data, source, reading.revisions)


def _read_web_archive(data: bytes, source: Source, reading: Reading) -> Contract:
    from hetong.extract.web import read_web_archive

    return read_web_archive(data, source, reading.revisions)


def _read_markdown(data: bytes, source: Source, _: Reading) -> Contract:
    from hetong.extract.text import read_markdown

    return read_markdown(data, source)


READERS: Final[dict[str, Reader]] = {
    ".pdf": _read_pdf,
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), _read_docx),
    **dict.fromkeys((".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt"), _read_legacy),
    **dict.fromkeys((".html", ".htm"), _read_html),
    **dict.fromkeys((".mht", ".mhtml"), _read_web_archive),
    ".txt": _read_text,
    ".md": _read_markdown,
    **dict.fromkeys(PICTURES, _read_picture),
}
