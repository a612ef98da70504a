"""What was computed once is good for as long as nobody has committed anything since.

Not "for some seconds": the database itself is asked whether it is still in the same state, which
costs less than the cheapest question to a table. So whoever has just written sees what was written,
and so does everybody else. What also depends on the time is kept for the current minute at most.
"""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection

from wesprint.platform.base.clock import now

T = TypeVar("T")
MOST = 512  # answers in one process, each some ten kilobytes

_seen = threading.local()
_numbers = itertools.count(1)
_sqlite = {"state": 0}
_kept: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
_lock = threading.Lock()


def state() -> Hashable | None:
    """Equal at two moments: between them nothing was committed by anybody. None inside of a
    transaction, which sees what nobody else does yet."""
    connection.ensure_connection()
    if connection.in_atomic_block:
        return None
    with connection.wrap_database_errors:
        return _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql()


def _of_sqlite() -> Hashable | None:
    """A number for all threads. What one connection is told ("others have committed", "you have
    changed so many rows") says something to itself only: whoever learns of a change raises it."""
    raw = connection.connection
    if raw.in_transaction:
        return None
    told = (raw, raw.execute("PRAGMA data_version").fetchone()[0], raw.total_changes)
    if getattr(_seen, "told", None) != told:
        _seen.told = told
        _sqlite["state"] = next(_numbers)
    return _sqlite["state"]


def _of_postgresql() -> Hashable:
    """Which transactions are visible: each that writes has a number, and ends being in progress
    when it commits. All databases of the server count, so a busy neighbour costs us what is kept,
    never makes it old. (Not so on a standby, where we never read.)"""
    row = connection.connection.execute("SELECT pg_current_snapshot()::text").fetchone()
    return (connection.settings_dict["NAME"], row[0])


def kept(at: Hashable | None, key: Hashable, make: Callable[[], T]) -> T:
    """`make()`, or its earlier answer under the same key in the same minute, if nothing was
    committed since. Who gets it must not change it. `at`: the state before the first of the data
    was read that goes into it; what was read later may be newer than that, never older. None: no
    answer is kept. The key names all else that the answer depends on."""
    if at is None:
        return make()
    good_for = (at, now().replace(second=0, microsecond=0))
    with _lock:
        found = _kept.get(key)
        if found is not None and found[0] == good_for:
            _kept.move_to_end(key)
            return found[1]  # type: ignore[no-any-return]  # what `make` gave
    made = make()
    _keep(key, good_for, made)
    return made


def _keep(key: Hashable, good_for: Hashable, made: object) -> None:
    with _lock:
        _kept[key] = (good_for, made)
        _kept.move_to_end(key)
        if len(_kept) > MOST:
            _kept.popitem(last=False)
