"""Many files over a pool of processes of this machine; a draft that fails costs nobody but itself.

Processes and not threads, because pdfium is not thread-safe; started by spawn, so that a worker inherits no open file
and no state. A program that calls this from a script needs the usual `if __name__ == "__main__":`.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from typing import Final, TypeAlias, TypeVar

from hetong.batch.guard import guarded
from hetong.errors import FileError

Result = TypeVar("Result")
Indexed: TypeAlias = tuple[int, Result | FileError]  # position of the path, its outcome
SMALL: Final = 2  # up to so many files, starting processes costs more than it saves
AHEAD: Final = 2  # files handed out per worker, so that none waits for work


def map_files(
    work: Callable[[str], Result],
    paths: Sequence[str],
    *,
    workers: int | None = None,
    on_done: Callable[[], None] = lambda: None,
) -> Generator[tuple[str, Result | FileError], None, None]:
    """Calls `work` for every path and yields (path, its result or the reason why there is none), in the order of paths.

    Args:
        work: a function that can be pickled, like a module's function or a `functools.partial` of one.
        paths: the files.
        workers: number of processes; by default one a core, and none for one or two files.
        on_done: called whenever one more file is done, in whatever order they finish.

    Close the generator (`contextlib.closing`) when it is left early: that ends the processes at once.

    Raises:
        HetongError: `work` raised one that is not about a file, like a damaged model: every file would meet it.
    """
    wanted = min(workers or os.cpu_count() or 1, len(paths))
    together = wanted > 1 and len(paths) > SMALL
    finished = _pooled(work, paths, wanted) if together else _in_process(work, paths)
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


def _pooled(
    work: Callable[[str], Result], paths: Sequence[str], workers: int
) -> Generator[Indexed[Result], None, None]:
    """Results as they finish.

    When a worker dies, the pool does not say over which file. Few are in flight, so each of these runs once more,
    alone: the guilty one fails again, by itself, and the pool goes on with a new set of workers.
    """
    queue = deque(enumerate(paths))
    while queue:
        flight: dict[Future[Result | FileError], tuple[int, str]] = {}
        try:
            yield from _until_broken(work, queue, flight, workers)
        except BrokenProcessPool:
            for index, path in sorted(flight.values()):
                yield index, _alone(work, path)


def _until_broken(
    work: Callable[[str], Result],
    queue: deque[tuple[int, str]],
    flight: dict[Future[Result | FileError], tuple[int, str]],
    workers: int,
) -> Iterator[Indexed[Result]]:
    """Takes files from the queue until it is empty; `flight` holds what was handed out and has not come back."""
    with _pool(workers) as pool:
        while queue or flight:
            while queue and len(flight) < AHEAD * workers:
                flight[pool.submit(guarded, work, queue[0][1])] = queue[0]
                queue.popleft()
            done, _ = wait(flight, return_when=FIRST_COMPLETED)
            for future in done:
                outcome = future.result()
                yield flight.pop(future)[0], outcome


def _alone(work: Callable[[str], Result], path: str) -> Result | FileError:
    """One file in a process of its own."""
    with _pool(1) as pool:
        try:
            return pool.submit(guarded, work, path).result()
        except BrokenProcessPool:
            return FileError(path, "crashed")


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """A pool whose workers end with the block; at once when it is left by an exception such as Ctrl-C.

    Left to itself, a pool waits for its workers, and a second Ctrl-C during that wait hangs both for good.
    """
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _leave_interrupts_to_parent)
    try:
        yield pool
    except BaseException:
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()
        raise
    finally:
        pool.shutdown()


def _leave_interrupts_to_parent() -> None:
    """Ctrl-C reaches every process of the terminal; only the parent shall answer it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
