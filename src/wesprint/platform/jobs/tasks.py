"""Housekeeping of the queue itself."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from wesprint.platform.base.clock import now
from wesprint.platform.base.db import write_transaction
from wesprint.platform.jobs.models import Progress

KEEP_SUCCESSFUL = timedelta(days=3)
KEEP_FAILED = timedelta(days=30)
CHUNK = 2000


@task()
def prune() -> int:
    """Remove finished tasks and forgotten progress rows; how many tasks. Safe to run twice."""
    at = now()
    old = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=at - KEEP_SUCCESSFUL) | Q(
        status=TaskResultStatus.FAILED, finished_at__lt=at - KEEP_FAILED
    )
    with write_transaction():
        Progress.objects.filter(changed_at__lt=at - KEEP_FAILED).delete()
    return _delete_tasks(old)


def _delete_tasks(which: Q) -> int:
    """In chunks: one long delete would make every writer wait."""
    total = 0
    while True:
        with write_transaction():
            ids = list(DBTaskResult.objects.filter(which).values_list("pk", flat=True)[:CHUNK])
            DBTaskResult.objects.filter(pk__in=ids).delete()
        total += len(ids)
        if len(ids) < CHUNK:
            return total
