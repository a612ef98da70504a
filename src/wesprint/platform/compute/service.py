"""The pool of a whole installation: `wesprint serve` starts it as a program of its own, and web
processes and workers bring it their jobs through a socket.

    value = call("wesprint.platform.compute.tours:insert", (problem, solution), seconds=5)

One pool for all of them: two cores are not shared out three times, and solvers are loaded once.
Where no `serve` runs (a worker alone, the command line, a test) the process has a pool of its own,
made with its first job.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import cache
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from wesprint.platform.compute import pool as pools
from wesprint.platform.compute.pool import ComputeError, Job, Pool, ProcessDied, Status

SOCKET: Final = "WESPRINT_COMPUTE"
"""The environment's word for where the service listens; as in wesprint.config.cli.serve."""
_PATIENCE: Final = 5.0
"""Seconds that a caller waits for a service that is just being started again."""
_STATUS: Final = "status"

Tell = Callable[[Any], None]


class Unreachable(ComputeError):
    """The service is not there; it is started again by itself."""


def call(
    function: str, argument: object, *, seconds: float, tell: Tell = lambda _value: None
) -> Any:
    """The answer of `function` ("module:name") in a warm process, killed after `seconds`. What it
    reports is given to `tell`; what `tell` raises ends the job at once and comes out here.

    Raises a ComputeError: PoolBusy, TookTooLong, ProcessDied, JobFailed or Unreachable."""
    address = os.environ.get(SOCKET, "")
    if not address:
        return own_pool().submit(function, argument, seconds=seconds, tell=tell).result()
    with _connected(address) as link:
        link.send((function, argument, seconds))
        return _answer(link, tell)


def _answer(link: Connection, tell: Tell) -> Any:
    try:
        while True:
            word, value = link.recv()
            if word == "told":
                tell(value)
                continue
            if word == "done":
                return value
            raise getattr(pools, word, ComputeError)(value)
    except (EOFError, ConnectionError):
        raise ProcessDied("the service ended before it answered") from None


def _connected(address: str, patience: float = _PATIENCE) -> Connection:
    end = time.monotonic() + patience
    while True:
        try:
            return Client(address, family="AF_UNIX", authkey=_key())
        except (OSError, EOFError) as error:
            if time.monotonic() > end:
                raise Unreachable(type(error).__name__) from None
            time.sleep(0.05)


def _key() -> bytes:
    return hashlib.sha256(b"compute" + settings.SECRET_KEY.encode()).digest()


def status() -> Status | None:
    """Of the installation's pool, at once; None where it does not answer or there is none."""
    address = os.environ.get(SOCKET, "")
    if not address:
        return None
    try:
        with _connected(address, patience=0.0) as link:
            link.send(_STATUS)
            return link.recv() if link.poll(1.0) else None
    except (ComputeError, OSError, EOFError):
        return None


def _pool() -> Pool:
    wanted: dict[str, Any] = settings.COMPUTE
    return Pool(**wanted)


@cache
def own_pool() -> Pool:
    """This process's own."""
    made = _pool()
    atexit.register(made.close)
    return made


class Service:
    """Listens at a path that only this user can reach. Each caller has a thread; a caller that
    hangs up cancels its job."""

    def __init__(self, address: Path) -> None:
        address.unlink(missing_ok=True)
        self._listener = Listener(str(address), family="AF_UNIX", backlog=32, authkey=_key())
        self._pool = _pool()
        self._closed = threading.Event()

    def run(self) -> None:
        """Until `close`, which may come from a signal's handler."""
        while not self._closed.is_set():
            try:
                link = self._listener.accept()
            except (OSError, EOFError, AuthenticationError):  # a stranger, or closed
                continue
            threading.Thread(target=self._serve, args=(link,), daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        self._pool.close()
        self._listener.close()  # takes the path away, too

    def _serve(self, link: Connection) -> None:
        with link, suppress(EOFError, OSError):
            asked = link.recv()
            if asked == _STATUS:
                link.send(self._pool.status)
                return
            job = self._submitted(link, *asked)
            if job is None:
                return
            job.future.add_done_callback(lambda done: _send_end(link, done))
            with suppress(EOFError, OSError):
                link.recv()  # nothing comes: it ends when the caller hangs up
            job.cancel()

    def _submitted(
        self, link: Connection, function: str, argument: object, seconds: float
    ) -> Job | None:
        try:
            return self._pool.submit(
                function, argument, seconds=seconds, tell=lambda value: link.send(("told", value))
            )
        except ComputeError as error:
            link.send((type(error).__name__, str(error)))
            return None


def _send_end(link: Connection, done: Future[Any]) -> None:
    with suppress(OSError, ValueError):
        if done.cancelled():
            return
        error = done.exception()
        if error is None:
            link.send(("done", done.result()))
        else:
            link.send((type(error).__name__, str(error)))
