"""Which files a scan takes, and what their results are called."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Final

from hetong.errors import FileError

LOCKS: Final = ("~$", ".~lock", ".")  # Word's, LibreOffice's, and hidden files
NOT_READ: Final = frozenset(".ofd .xps .pages .ceb .gif .webp .heic".split())
LONGEST: Final = 150  # bytes of a name; file systems allow 255, and suffix and number come on top
_UNFIT: Final = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff<>:"/\\|?*]')


def find_drafts(paths: Iterable[str], suffixes: Collection[str]) -> tuple[list[str], list[FileError]]:
    """The files to read; the folders that gave none, and the files in folders that look like drafts and are not read.

    A file that is named is taken whatever it is called; in folders, and in the folders below, only files with one of
    the suffixes (lower case, with dot) are taken, and no hidden or lock file. A document or a picture of another format
    (`NOT_READ`) is an error of its own, since somebody may take it for checked. The order is the given one, inside a
    folder by path; a file that is met twice is taken once.
    """
    found: dict[str, str] = {}
    errors: list[FileError] = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where a folder above is closed or a name too long
            found.setdefault(os.path.abspath(path), path)  # noqa: PTH100 - resolve() would merge linked drafts
            continue
        before = len(errors)
        inside = sorted(_walk(path, suffixes, errors), key=lambda p: PurePath(p).parts)
        if not inside and len(errors) == before:
            errors.append(FileError(path, "no-drafts", known=" ".join(sorted(suffixes))))
        for draft in inside:
            found.setdefault(os.path.abspath(draft), draft)  # noqa: PTH100
    # a document that is also named by itself says its reason when it is read
    return list(found.values()), [error for error in errors if os.path.abspath(error.path) not in found]  # noqa: PTH100


def _walk(folder: str, suffixes: Collection[str], errors: list[FileError]) -> Iterator[str]:
    def unlistable(error: OSError) -> None:
        errors.append(FileError(error.filename or folder, "unreadable", detail=error.strerror or ""))

    for place, folders, names in os.walk(folder, onerror=unlistable):
        folders[:] = [name for name in folders if not name.startswith(".") and not _is_of_a_page(name, names)]
        for name in names:
            suffix = PurePath(name).suffix.lower()
            draft = os.path.join(place, name)  # noqa: PTH118 - keeps ./ so that -x.pdf stays a file name
            if name.startswith(LOCKS) or (name == "index.html" and "findings.jsonl" in names):  # the report of a scan
                continue
            if suffix in suffixes:
                yield draft
            elif suffix in NOT_READ:
                errors.append(FileError(draft, "unknown-format", suffix=suffix, known=" ".join(sorted(suffixes))))


def _is_of_a_page(folder: str, names: Collection[str]) -> bool:
    """Whether a folder holds the pictures and parts of a web page that was saved beside it."""
    page = folder.removesuffix(".files").removesuffix("_files")
    return page != folder and any(f"{page}{suffix}" in names for suffix in (".htm", ".html"))


def output_names(paths: Sequence[str]) -> list[str]:
    """A file name for each draft, without suffix, that no other draft has, also where case does not count.

    The draft's own name serves when it is unique; else its suffix, then the folders above it tell it apart, and at
    last a number.
    """
    names = [""] * len(paths)
    taken: set[str] = set()
    left = list(range(len(paths)))
    for depth in range(max((len(PurePath(path).parts) for path in paths), default=0) + 1):
        candidates = {index: _candidate(paths[index], depth) for index in left}
        uses = Counter(_folded(name) for name in candidates.values())
        for index, name in candidates.items():
            if uses[_folded(name)] == 1 and _folded(name) not in taken:
                names[index] = name
                taken.add(_folded(name))
        left = [index for index in left if not names[index]]
    for index in left:
        names[index] = _numbered(_candidate(paths[index], 0), taken)
        taken.add(_folded(names[index]))
    return names


def _candidate(path: str, depth: int) -> str:
    """The name at a depth: 0 the stem, 1 with the suffix, 2 with the folder above, and so on."""
    parts = PurePath(path)
    if depth == 0:
        return _fit(parts.stem)
    return _fit("-".join(part for part in parts.parts[-depth:] if part not in ("/", "..")))


def _fit(name: str) -> str:
    """A name that every file system, shell and terminal takes: no control or reserved character, not too long."""
    name = _UNFIT.sub("_", name).lstrip("-.~ ").rstrip(". ")
    return name.encode()[:LONGEST].decode(errors="ignore") or "draft"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _numbered(name: str, taken: set[str]) -> str:
    number = 1
    while _folded(f"{name}-{number}") in taken:
        number += 1
    return f"{name}-{number}"
