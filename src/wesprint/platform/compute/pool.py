"""`Pool`: jobs in, results out, and a kill that always works.

    pool = Pool(warm=("vroom",))
    job = pool.submit("wesprint.apps.delivery.compute:insert", problem, seconds=2.0)
    job.result()            # or job.cancel(), from any thread

Each process has a thread that keeps it: starts it before it is needed, hands it jobs, reads what it
says, kills it, starts the next one. The thread lives as long as the pool, and must: Linux ends a
child with the *thread* that started it.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Final

from wesprint.platform.compute.child import serve

GIBIBYTE: Final = 1 << 30
_START_SECONDS: Final = 120.0
_SPAWN = multiprocessing.get_context("spawn")


class ComputeError(RuntimeError):
    """The job came to nothing; the pool goes on."""


class PoolBusy(ComputeError):
    """As many jobs wait as may. Nothing was begun; try again in a moment."""


class TookTooLong(ComputeError):
    """The process was killed at the end of the job's time."""


class ProcessDied(ComputeError):
    """Killed from outside or crashed, often for want of memory."""


class JobFailed(ComputeError):
    """The function raised; the message is its."""


@dataclass(frozen=True, slots=True)
class Status:
    """`ready`: processes that have their imports; `running`: jobs; `waiting`: jobs in line."""

    processes: int
    ready: int
    running: int
    waiting: int


class Job:
    """One call. `result` waits; once cancelled it never delivers."""

    def __init__(
        self, function: str, argument: object, seconds: float, tell: Callable[[Any], None]
    ) -> None:
        # pickled here, so that whoever asks for something unpicklable is told at once
        self.message = pickle.dumps((function, argument))
        self.seconds = seconds
        self.tell = tell
        self.future: Future[Any] = Future()
        self._lock = threading.Lock()
        self._kill: Callable[[], None] | None = None
        self._cancelled = False

    def result(self, timeout: float | None = None) -> Any:
        """Raises a ComputeError, CancelledError, or TimeoutError if it goes on after `timeout`."""
        value = self.future.result(timeout)
        if self._cancelled:
            raise CancelledError
        return value

    def cancel(self) -> None:
        """Whatever state it is in: its process is killed, and no result comes any more."""
        with self._lock:
            self._cancelled = True
            with suppress(InvalidStateError):
                self.future.set_exception(CancelledError())
            if self._kill:
                self._kill()

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def begin(self, kill: Callable[[], None]) -> bool:
        with self._lock:
            self._kill = kill
            return not self._cancelled

    def told(self, value: Any) -> None:
        if not self._cancelled:
            self.tell(value)

    def end(self, *, value: Any = None, error: Exception | None = None) -> None:
        with self._lock:
            self._kill = None
            if self._cancelled:
                return
            if error is None:
                self.future.set_result(value)
            else:
                self.future.set_exception(error)


class Pool:
    """`processes` at work, at most `waiting` jobs in line; `memory`: bytes of each process;
    `warm`: modules it imports before its first job."""

    def __init__(
        self,
        *,
        processes: int = 1,
        waiting: int = 8,
        memory: int = 4 * GIBIBYTE,
        warm: tuple[str, ...] = (),
    ) -> None:
        self._line: queue.Queue[Job | None] = queue.Queue(waiting)
        self._keepers = [_Keeper(self._line, warm, memory) for _each in range(processes)]

    def submit(
        self,
        function: str,
        argument: object,
        *,
        seconds: float,
        tell: Callable[[Any], None] = lambda _value: None,
    ) -> Job:
        """function: "module:name", called with the argument and a function to report with.
        tell: gets what it reports, in the keeper's thread. Raises PoolBusy."""
        job = Job(function, argument, seconds, tell)
        try:
            self._line.put_nowait(job)
        except queue.Full:
            raise PoolBusy(f"{self._line.maxsize} jobs wait already") from None
        return job

    @property
    def status(self) -> Status:
        ready = sum(keeper.ready for keeper in self._keepers)
        running = sum(keeper.busy for keeper in self._keepers)
        return Status(len(self._keepers), ready, running, self._line.qsize())

    def close(self) -> None:
        """Kills what runs; jobs that wait are cancelled."""
        for keeper in self._keepers:
            keeper.close()
        while True:
            try:
                job = self._line.get_nowait()
            except queue.Empty:
                break
            if job:
                job.cancel()
        for _each in self._keepers:
            with suppress(queue.Full):
                self._line.put_nowait(None)
        for keeper in self._keepers:
            keeper.thread.join()


class _Keeper:
    def __init__(self, line: queue.Queue[Job | None], warm: tuple[str, ...], memory: int) -> None:
        self._line = line
        self._warm = warm
        self._memory = memory
        self._closed = threading.Event()
        self._job: Job | None = None
        self.ready = False
        self.thread = threading.Thread(target=self._keep, name="compute", daemon=True)
        self.thread.start()

    @property
    def busy(self) -> bool:
        return self._job is not None

    def close(self) -> None:
        self._closed.set()
        if job := self._job:
            job.cancel()

    def _keep(self) -> None:
        process, pipe = self._start()
        while not self._closed.is_set():
            job = self._line.get()
            if job is None:
                continue
            if not process.is_alive():
                self._bury(process, pipe)
                process, pipe = self._start()
            self._job = job
            usable = self._run(job, process, pipe)
            self._job = None
            if not usable and not self._closed.is_set():
                self._bury(process, pipe)
                process, pipe = self._start()
        self._bury(process, pipe)

    def _start(self) -> tuple[Any, Connection]:
        """A process that has its imports. One that cannot start fails the next job, not this."""
        self.ready = False
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(
            # no "daemon": those may not start processes, and a day's plan uses both cores
            target=serve,
            args=(theirs, os.getpid(), self._warm, self._memory),
            daemon=False,
        )
        process.start()
        theirs.close()
        with suppress(EOFError, OSError):
            if ours.poll(_START_SECONDS):
                ours.recv()
                self.ready = True
        return process, ours

    @staticmethod
    def _bury(process: Any, pipe: Connection) -> None:
        process.kill()
        process.join()
        process.close()
        pipe.close()

    def _run(self, job: Job, process: Any, pipe: Connection) -> bool:
        """Whether the process may go on to the next job."""
        if not job.begin(process.kill):
            return True
        deadline = time.monotonic() + job.seconds
        try:
            pipe.send_bytes(job.message)
            while pipe.poll(max(0.0, deadline - time.monotonic())):
                word, value = pipe.recv()
                if word == "told":
                    job.told(value)
                    continue
                job.end(value=value, error=JobFailed(value) if word == "failed" else None)
                return not job.cancelled
            job.end(error=TookTooLong(f"{job.seconds} s"))
        except (EOFError, OSError):
            job.end(error=ProcessDied("the process ended before it answered"))
        except Exception as error:
            job.end(error=error)
        return False
