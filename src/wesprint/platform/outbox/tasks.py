"""Delivering events behind the pages."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from wesprint.platform.base.clock import now
from wesprint.platform.base.db import write_transaction

KEEP = timedelta(days=60)
OVERDUE = timedelta(hours=14)  # longer than the longest pause between two attempts
CHUNK = 1000


@task()
def deliver(public_id: str) -> None:
    """Deliver one event and come again later for handlers that failed."""
    from wesprint.platform.outbox import services

    again = services.deliver(public_id)
    if again is not None:
        deliver.using(run_after=again).enqueue(public_id)


@task()
def sweep() -> int:
    """Enqueue events whose delivery was lost with its task; how many."""
    from wesprint.platform.outbox.selectors import undelivered

    lost = undelivered(before=now() - OVERDUE)
    with write_transaction():
        for event in lost:
            deliver.enqueue(event.public_id)
    return len(lost)


@task()
def prune() -> int:
    """Remove events that were handled long ago; how many."""
    from wesprint.platform.outbox.models import OutboxEvent

    old = OutboxEvent.objects.filter(recorded_at__lt=now() - KEEP)
    total = 0
    while True:
        with write_transaction():
            ids = list(old.values_list("pk", flat=True)[:CHUNK])
            OutboxEvent.objects.filter(pk__in=ids).delete()
        total += len(ids)
        if len(ids) < CHUNK:
            return total
