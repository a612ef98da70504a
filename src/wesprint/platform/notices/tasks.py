"""The post: letters to the mail server, lost ones, old ones."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from wesprint.platform.base.clock import now
from wesprint.platform.base.db import write_transaction

KEEP_TEXT = timedelta(days=30)
SILENT_AFTER = timedelta(minutes=15)  # far beyond the time-out of a mail server
OVERDUE = timedelta(hours=14)  # longer than the longest pause between two attempts
CHUNK = 500


@task()
def deliver(public_id: str) -> None:
    """Send one letter; come again later when the mail server did not take it."""
    from wesprint.platform.notices import services

    again = services.deliver(public_id)
    if again is not None:
        deliver.using(run_after=again).enqueue(public_id)


@task()
def sort_out() -> None:
    """Letters of a worker that died while sending, and letters whose task was lost."""
    from wesprint.platform.notices.models import Letter, LetterState

    at = now()
    with write_transaction():
        Letter.objects.filter(state=LetterState.SENDING, tried_at__lt=at - SILENT_AFTER).update(
            state=LetterState.UNCERTAIN, reason="interrupted"
        )
        waiting = Letter.objects.filter(state=LetterState.WAITING, created_at__lt=at - OVERDUE)
        lost = waiting.exclude(tried_at__gte=at - OVERDUE).values_list("public_id", flat=True)
        for public_id in lost[:CHUNK]:
            deliver.enqueue(public_id)


@task()
def purge_old() -> int:
    """Remove address and text of letters of last month; how many."""
    from wesprint.platform.notices import services
    from wesprint.platform.notices.models import Letter

    old = Letter.objects.filter(created_at__lt=now() - KEEP_TEXT, purged_at__isnull=True)
    total = 0
    while True:
        with write_transaction():
            ids = list(old.values_list("pk", flat=True)[:CHUNK])
            services.purge(ids)
        total += len(ids)
        if len(ids) < CHUNK:
            return total
