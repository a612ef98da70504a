"""A killed worker leaves its task RUNNING for ever: here such tasks become READY again."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models.functions import Now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from wesprint.platform.base.clock import now
from wesprint.platform.base.db import write_transaction
from wesprint.platform.jobs.models import Worker

SILENT_AFTER = timedelta(seconds=30)
ATTEMPTS = 3


def sign_in(name: str) -> None:
    """The worker of this name exists from now on."""
    Worker.objects.update_or_create(
        name=name,
        defaults={
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "started_at": Now(),
            "last_seen": Now(),
        },
    )


def beat(name: str) -> bool:
    """False when somebody took this worker for dead in the meantime."""
    return Worker.objects.filter(name=name).update(last_seen=Now()) == 1


def sign_out(name: str) -> None:
    Worker.objects.filter(name=name).delete()


def reap(*, dead: Iterable[str] = ()) -> int:
    """Release the tasks of workers that are silent, or known to be `dead`; how many.

    A worker without a row is dead as well: it signed out, or was reaped before.
    """
    with write_transaction():
        silent = Worker.objects.filter(last_seen__lt=Now() - SILENT_AFTER)
        silent.delete()
        Worker.objects.filter(name__in=list(dead)).delete()
        alive = set(Worker.objects.values_list("name", flat=True))
        running = DBTaskResult.objects.running().select_for_update()
        orphans = [
            task
            for task in running
            if task.worker_ids[-1:] != [] and task.worker_ids[-1] not in alive
        ]
        for task in orphans:
            _release(task)
    return len(orphans)


def _release(task: DBTaskResult[Any, Any]) -> None:
    if len(task.worker_ids) < ATTEMPTS:
        task.status = TaskResultStatus.READY
        task.save(update_fields=["status"])
        return
    task.status = TaskResultStatus.FAILED
    task.finished_at = now()
    task.exception_class_path = "wesprint.platform.jobs.reaper.WorkersDied"
    task.traceback = f"{len(task.worker_ids)} workers died while running this task"
    task.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])


class WorkersDied(Exception):
    """The task was given up: every worker that took it died."""
