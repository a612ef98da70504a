"""Jobs that come again by themselves. Rooms and parts register them once at start.

Several workers may look at the same time: the one that moves an entry's `next_run` from the
value it saw enqueues the job, in the same transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from wesprint.platform.base.clock import now
from wesprint.platform.base.db import write_transaction
from wesprint.platform.jobs.models import ScheduleEntry


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    task: Any
    every: timedelta


_entries: dict[str, Entry] = {}


def register(name: str, task: Any, every: timedelta) -> None:
    """`task`: a django task without arguments, safe to run twice."""
    _entries[name] = Entry(name, task, every)


def entries() -> tuple[Entry, ...]:
    return tuple(_entries.values())


def enqueue_due() -> list[str]:
    """Enqueue what is due; the names of what this caller enqueued."""
    at = now()
    seen = {row.name: row.next_run for row in ScheduleEntry.objects.all()}
    return [
        entry.name
        for entry in entries()
        if seen.get(entry.name, at) <= at and _enqueue(entry, seen.get(entry.name), at)
    ]


def _enqueue(entry: Entry, seen: datetime | None, at: datetime) -> bool:
    with write_transaction():
        if not _take(entry, seen, at):
            return False
        if not _is_waiting(entry):
            entry.task.enqueue()
        return True


def _take(entry: Entry, seen: datetime | None, at: datetime) -> bool:
    times = {"last_run": at, "next_run": at + entry.every}
    if seen is None:
        _row, created = ScheduleEntry.objects.get_or_create(name=entry.name, defaults=times)
        return created
    rows = ScheduleEntry.objects.filter(name=entry.name, next_run=seen)
    return rows.update(**times) == 1


def _is_waiting(entry: Entry) -> bool:
    """Behind a long work the same job must not pile up."""
    return DBTaskResult.objects.filter(
        task_path=entry.task.module_path, status=TaskResultStatus.READY
    ).exists()
