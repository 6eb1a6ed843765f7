"""The error family.

HetongError
├── FileError         one file cannot be read; names file, reason and remedy
├── OutputError       a result cannot be written
├── RuleError         a rule file has mistakes; lists all of them
├── ConfigError       a project file has mistakes; lists all of them
├── ModelError        a model file is missing, altered or of another version
├── CorpusError       an annotated contract has mistakes; lists all of them
└── StageError        a stage was called before the one it needs
"""

from __future__ import annotations

from pathlib import Path

from hetong.messages import Lang, say


class HetongError(Exception):
    """Anything that hetong reports on purpose; other exceptions are bugs."""


class FileError(HetongError):
    """One file cannot be read; the batch goes on without it.

    Args:
        path: the file.
        code: a key of `hetong.messages.MESSAGES`.
        values: what the message needs.
    """

    def __init__(self, path: Path | str, code: str, **values: object) -> None:
        self.path, self.code, self.values = str(path), code, values
        super().__init__(path, code, values)

    def __str__(self) -> str:
        return f"{self.path}: {self.message()}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.path, self.code, self.values)

    def message(self, lang: Lang = "zh") -> str:
        """Reason and remedy, without the file's name."""
        return say(self.code, lang, **self.values)


class OutputError(FileError):
    """A result cannot be written to its place."""


class RuleError(HetongError):
    """A rule file has mistakes; the message lists each with file, field and remedy."""


class ConfigError(HetongError):
    """A project file has mistakes; the message lists each with file, key and remedy."""


class ModelError(HetongError):
    """A model file is missing, altered or written by another version."""


class CorpusError(HetongError):
    """An annotated contract has mistakes; the message lists each."""


class StageError(HetongError):
    """A stage was called on a contract that has not been through the stage before it."""


def _rebuild(kind: type[FileError], path: str, code: str, values: dict[str, object]) -> FileError:
    """Unpickles a FileError, so that it crosses from a worker process with its message intact."""
    return kind(path, code, **values)
