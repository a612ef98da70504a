"""Long work tells how far it is; a page polls it by its unguessable id."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models import F

from wesprint.platform.base.clock import now
from wesprint.platform.base.db import write_transaction
from wesprint.platform.jobs.models import Progress, ProgressState

PAUSE_SECONDS = 0.5


def begin(kind: str, *, scope: str, total: int | None = None) -> Progress:
    """A row to hand to the job by its `public_id`; joins the transaction that enqueues it."""
    at = now()
    return Progress.objects.create(
        kind=kind, scope=scope, total=total, started_at=at, changed_at=at
    )


class Meter:
    """Writes to the row at most every half second: each write waits for the database."""

    def __init__(self, public_id: str) -> None:
        self.public_id = public_id
        self._written_at = 0.0

    def set(self, done: int, *, total: int | None = None, message: str = "") -> None:
        """`total` may become known late; `done` is counted from the start of the work."""
        if time.monotonic() - self._written_at < PAUSE_SECONDS:
            return
        changes: dict[str, Any] = {"done": done, "message": message}
        if total is not None:
            changes["total"] = total
        self.write(**changes)

    def write(self, **changes: Any) -> None:
        with write_transaction():
            Progress.objects.filter(public_id=self.public_id).update(
                **changes, version=F("version") + 1, changed_at=now()
            )
        self._written_at = time.monotonic()


@contextmanager
def tracked(public_id: str) -> Iterator[Meter]:
    """The work's frame: done when the block ends, failed when it raises.

    The block may set `meter.write(result=...)`, anything as JSON.
    """
    meter = Meter(public_id)
    meter.write(state=ProgressState.RUNNING)
    try:
        yield meter
    except BaseException:
        meter.write(state=ProgressState.FAILED)
        raise
    meter.write(state=ProgressState.DONE)
