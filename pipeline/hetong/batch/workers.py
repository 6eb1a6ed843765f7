"""Processes that take one file at a time, within limits: what hangs is stopped, what dies is replaced, both are named.

Started by spawn, so that a worker inherits no open file and no state. One pipe leads to each worker, so it is always
known over which file one has died, and since when one has been busy.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar

from hetong.batch.guard import guarded
from hetong.errors import FileError, HetongError

Result = TypeVar("Result")
Indexed: TypeAlias = tuple[int, Result | FileError]  # position of the path, its outcome
_SPAWN: Final = multiprocessing.get_context("spawn")


class Limits(NamedTuple):
    """What one file may cost before its worker is stopped; honest drafts stay far below.

    Attributes:
        seconds: for a file of any size; `math.inf` for no limit.
        seconds_more: for each megabyte of it: a scan has some 10 pages a megabyte, each a few seconds of OCR.
        memory: bytes that a worker may ask the system for (address space), where the system has such a limit.
    """

    seconds: float = 300.0
    seconds_more: float = 100.0
    memory: int = 8 * 2**30

    def seconds_for(self, path: str) -> float:
        """The limit of time of a file."""
        try:
            size = os.stat(path).st_size  # noqa: PTH116 (any text may be a path here, a pathlib one refuses some)
        except (OSError, ValueError):
            size = 0
        return self.seconds + self.seconds_more * size / 2**20


class _Fatal(NamedTuple):
    """An error that is not about one file."""

    error: HetongError


class _Worker(Generic[Result]):
    """A process and the file it is at."""

    def __init__(self, work: Callable[[str], Result], limits: Limits) -> None:
        self._work, self._limits = work, limits
        self.connection, theirs = _SPAWN.Pipe()
        self._process = _SPAWN.Process(target=_serve, args=(theirs, work, limits.memory), daemon=True)
        self._process.start()
        theirs.close()  # so that ours tells when the process ends
        self.index, self._path, self._seconds = -1, "", 0.0
        self.deadline, self.lost = math.inf, False

    @property
    def busy(self) -> bool:
        """Whether the worker has a file whose outcome is not known yet."""
        return self.index >= 0

    def begin(self, index: int, path: str) -> None:
        """Hands a file to an idle worker; its time runs from when the worker says that it has begun."""
        self.index, self._path, self._seconds = index, path, self._limits.seconds_for(path)
        self.deadline = math.inf
        with contextlib.suppress(OSError):  # it has died already; `hear` will tell
            self.connection.send(path)

    def hear(self) -> tuple[Result | FileError, ...]:
        """What the worker has to say: its one outcome, or nothing when it has only begun.

        Raises:
            HetongError: one that is not about this file.
        """
        try:
            said: tuple[Any, ...] = self.connection.recv()
        except (EOFError, OSError):
            self.lost = True
            return (FileError(self._path, "crashed"),)
        if not said:
            self.deadline = time.monotonic() + self._seconds
        elif isinstance(said[0], _Fatal):
            raise said[0].error
        return said

    def give_up(self) -> tuple[FileError]:
        """The reason why a worker that is out of time is lost."""
        self.lost = True
        return (FileError(self._path, "too-slow", seconds=round(self._seconds)),)

    def successor(self) -> _Worker[Result]:
        """Who is to take the next file: this worker, or a new one when it is lost."""
        self.index = -1
        if not self.lost:
            return self
        self.end()
        return _Worker(self._work, self._limits)

    def end(self) -> None:
        """Ends the process at once."""
        self._process.kill()
        self._process.join()
        self.connection.close()


def in_workers(
    work: Callable[[str], Result], paths: Sequence[str], workers: int, limits: Limits
) -> Generator[Indexed[Result], None, None]:
    """The outcome of every path as it is known; a file that hangs or kills its process costs only itself.

    Raises:
        HetongError: `work` raised one that is not about a file.
    """
    queue = deque(enumerate(paths))
    staff: list[_Worker[Result]] = []
    try:
        staff += (_Worker(work, limits) for _ in range(min(workers, len(paths))))
        while queue or any(worker.busy for worker in staff):
            for worker in staff:
                if queue and not worker.busy:
                    worker.begin(*queue.popleft())
            yield from _finished(staff)
    finally:
        for worker in staff:
            worker.end()


def _finished(staff: list[_Worker[Result]]) -> Iterator[Indexed[Result]]:
    """Waits until a file is done or out of time; `staff` then has a new worker in the place of one that was lost."""
    busy = [(place, worker) for place, worker in enumerate(staff) if worker.busy]
    earliest = min(worker.deadline for _, worker in busy)
    seconds = None if earliest == math.inf else max(0.0, earliest - time.monotonic())
    ready = wait([worker.connection for _, worker in busy], seconds)
    for place, worker in busy:
        said: tuple[Result | FileError, ...] = worker.hear() if worker.connection in ready else ()
        if not said and time.monotonic() >= worker.deadline:
            said = worker.give_up()
        if said:
            index, staff[place] = worker.index, worker.successor()
            yield index, said[0]


def _serve(connection: Connection[Any, Any], work: Callable[[str], Result], memory: int) -> None:
    """What a worker does, until its parent closes the pipe or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; only the parent shall answer it
    _limit_memory(memory)
    with contextlib.suppress(EOFError, OSError):
        while True:
            path = connection.recv()
            connection.send(())
            try:
                outcome: Result | FileError | _Fatal = guarded(work, path)
            except HetongError as error:
                outcome = _Fatal(error)
            connection.send((outcome,))


def _limit_memory(most: int) -> None:
    """Lowers the limit of this process's address space; does nothing where there is none or a lower one."""
    try:
        import resource
    except ImportError:  # Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = [limit for limit in (soft, hard, most) if limit != resource.RLIM_INFINITY]
    with contextlib.suppress(OSError, ValueError):  # macOS
        resource.setrlimit(resource.RLIMIT_AS, (min(allowed), hard))
