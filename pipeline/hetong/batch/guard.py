"""The one place where any failure over a draft becomes a line of the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hetong.errors import FileError, HetongError

Result = TypeVar("Result")


def guarded(work: Callable[[str], Result], path: str) -> Result | FileError:
    """The result of `work` for a path, or the reason why there is none.

    Raises:
        HetongError: one that is not about this file, like a damaged model: every file would meet it.
    """
    try:
        return work(path)
    except FileError as error:
        return error
    except HetongError:
        raise
    except MemoryError:
        return FileError(path, "out-of-memory")
    except Exception as error:  # a bug that one draft meets must not cost the user the other nine hundred
        return FileError(path, "internal-error", kind=type(error).__name__, detail=str(error)[:200])
