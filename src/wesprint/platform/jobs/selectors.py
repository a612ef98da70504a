"""What can be asked about the work behind the pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from wesprint.kernel.errors import NotFound
from wesprint.platform.jobs.models import Progress, Worker
from wesprint.platform.jobs.reaper import SILENT_AFTER


@dataclass(frozen=True, slots=True)
class QueueState:
    """Counts of tasks by state, and of workers that gave a sign of life lately."""

    ready: int
    running: int
    failed: int
    workers: int


def queue_state() -> QueueState:
    status = TaskResultStatus
    counts = DBTaskResult.objects.aggregate(
        ready=Count("pk", filter=Q(status=status.READY)),
        running=Count("pk", filter=Q(status=status.RUNNING)),
        failed=Count("pk", filter=Q(status=status.FAILED)),
    )
    workers = Worker.objects.filter(last_seen__gte=Now() - SILENT_AFTER).count()
    return QueueState(**counts, workers=workers)


def progress_of(public_id: str, *, scope: str) -> Progress:
    """Raises NotFound for foreign work as for unknown."""
    try:
        return Progress.objects.get(public_id=public_id, scope=scope)
    except Progress.DoesNotExist:
        raise NotFound(_("This work is not known.")) from None
