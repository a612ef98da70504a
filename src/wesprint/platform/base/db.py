"""Write transactions that neither lose writes nor make single writers wait for seconds."""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Busy

T = TypeVar("T")

_process_lock = threading.RLock()
_DEADLOCK_OR_SERIALIZATION = {"40P01", "40001"}
RETRIES = 3
PATIENCE = 5.0  # seconds


@contextmanager
def write_transaction() -> Iterator[None]:
    """One transaction for one command; joins an outer one.

    SQLite has a single writer. Waiting for it inside the database is unfair (single writes
    waited for seconds), so writers queue at a lock of the process and a lock file first.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _writers_turn(), transaction.atomic():
        yield


@contextmanager
def _writers_turn() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with _process_lock, _file_lock(str(connection.settings_dict["NAME"])):
        yield


class Turns:
    """The pauses of somebody who writes much in short transactions: after each of them whoever
    waits goes first. Where nobody else has written since the last one, nobody is waiting, and the
    shortest pause will do; what others wrote is known on SQLite only."""

    def __init__(self) -> None:
        self._others = _others_commits()

    def give(self, seconds: float) -> None:
        """Once after each transaction. seconds: the pause while others write."""
        time.sleep(SHORTEST_PAUSE)
        now = _others_commits()
        if now is None or now != self._others:
            time.sleep(seconds)
        self._others = now


SHORTEST_PAUSE = 0.001  # enough for a writer at the lock to get it


def _others_commits() -> int | None:
    """A number that changes when another connection commits."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])


@contextmanager
def _file_lock(database: str) -> Iterator[None]:
    if ":memory:" in database or "mode=memory" in database:
        yield
        return
    with Path(f"{database}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


_TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def take_turn(name: str) -> None:
    """Whoever counts before writing comes one after another, until the transaction ends: two that
    count side by side would both find room. SQLite has a single writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_TURN, [name])


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Several questions, one state: what others commit meanwhile is not seen. For reading only;
    joins an outer transaction."""
    if connection.in_atomic_block or _reads_in_one():
        yield
    elif connection.vendor == "sqlite":
        with _deferred():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


def _reads_in_one() -> bool:
    connection.ensure_connection()
    return connection.vendor == "sqlite" and bool(connection.connection.in_transaction)


@contextmanager
def _deferred() -> Iterator[None]:
    """Django's own transactions take the writers' lock at once; a reader needs none."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def with_retries(work: Callable[[], T]) -> T:
    """Run `work` again when the database gave up on it for the sake of others, up to RETRIES
    times and not for longer than PATIENCE: somebody waits in front of a page. Raises Busy."""
    if connection.in_atomic_block:
        return work()
    started = time.monotonic()
    for attempt in range(RETRIES + 1):
        try:
            return work()
        except OperationalError as error:
            if not _worth_retrying(error):
                raise
            if attempt == RETRIES or time.monotonic() - started > PATIENCE:
                raise _busy() from error
            time.sleep(0.02 * 2**attempt)
    raise AssertionError("the last attempt answers or raises")


def _busy() -> Busy:
    return Busy(
        _("Very many people are writing at the moment."),
        kept=_("Nothing of your entry was saved."),
        next=_("Please send it again in a moment."),
    )


def _worth_retrying(error: OperationalError) -> bool:
    cause = error.__cause__
    return getattr(cause, "sqlstate", None) in _DEADLOCK_OR_SERIALIZATION or (
        "database is locked" in str(error)
    )
