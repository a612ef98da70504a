"""The server's clock. Tests and the demo set another one for the length of a block."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from wesprint.kernel.clock import Clock, SystemClock

_clock: ContextVar[Clock] = ContextVar("clock", default=SystemClock())  # noqa: B039 - stateless


def now() -> datetime:
    return _clock.get().now()


@contextmanager
def use_clock(clock: Clock) -> Iterator[None]:
    token = _clock.set(clock)
    try:
        yield
    finally:
        _clock.reset(token)
