"""Many files over processes of this machine; a draft that fails costs nobody but itself.

Processes and not threads, because pdfium is not thread-safe. A program that calls this from a script needs the usual
`if __name__ == "__main__":`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from typing import Final, TypeVar

from hetong.batch.guard import guarded
from hetong.batch.workers import Indexed, Limits, in_workers
from hetong.errors import FileError

Result = TypeVar("Result")
SMALL: Final = 2  # up to so many files, starting processes costs more than it saves


def map_files(
    work: Callable[[str], Result],
    paths: Sequence[str],
    *,
    workers: int | None = None,
    limits: Limits = Limits(),  # noqa: B008 (a frozen value)
    on_done: Callable[[], None] = lambda: None,
) -> Generator[tuple[str, Result | FileError], None, None]:
    """Calls `work` for every path and yields (path, its result or the reason why there is none), in the order of paths.

    Args:
        work: a function that can be pickled, like a module's function or a `functools.partial` of one.
        paths: the files.
        workers: number of processes; by default one a core. One, or one or two files, is done in this process, where
            nothing stands behind a file that hangs.
        limits: what a file may cost; one that costs more is stopped and named.
        on_done: called whenever one more file is done, in whatever order they finish.

    Close the generator (`contextlib.closing`) when it is left early: that ends the processes at once.

    Raises:
        HetongError: `work` raised one that is not about a file, like a damaged model: every file would meet it.
    """
    wanted = min(workers or os.cpu_count() or 1, len(paths))
    together = wanted > 1 and len(paths) > SMALL
    finished = in_workers(work, paths, wanted, limits) if together else _in_process(work, paths)
    waiting: dict[int, Result | FileError] = {}
    position = 0
    with closing(finished):
        for index, outcome in finished:
            waiting[index] = outcome
            on_done()
            while position in waiting:
                yield paths[position], waiting.pop(position)
                position += 1


def _in_process(work: Callable[[str], Result], paths: Sequence[str]) -> Generator[Indexed[Result], None, None]:
    for index, path in enumerate(paths):
        yield index, guarded(work, path)
