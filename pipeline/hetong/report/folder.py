"""Writes results into a folder, and finds out before the work begins whether it can."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hetong.errors import OutputError


def prepare_folder(folder: Path) -> None:
    """Makes the folder and proves that a file can be written into it.

    Raises:
        OutputError: it cannot be made or written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except (FileExistsError, NotADirectoryError) as error:
        raise OutputError(folder, "output-is-a-file") from error
    except OSError as error:
        raise OutputError(folder, "unwritable", detail=error.strerror or str(error)) from error


def write_text(path: Path, text: str) -> None:
    """Writes a text as UTF-8 with Unix line ends.

    Raises:
        OutputError: the disk is full, or the file is locked by another program.
    """
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Writes a file.

    Raises:
        OutputError: the disk is full, or the file is locked by another program.
    """
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(path, "unwritable", detail=error.strerror or str(error)) from error


def remove(path: Path) -> None:
    """Removes a file if it is there.

    Raises:
        OutputError: it is there and cannot be removed.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(path, "unwritable", detail=error.strerror or str(error)) from error
