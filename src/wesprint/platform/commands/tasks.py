"""Keys of commands are kept as long as somebody may send the same request again."""

from __future__ import annotations

from datetime import timedelta

from django_tasks import task

from wesprint.platform.base.clock import now
from wesprint.platform.base.db import write_transaction
from wesprint.platform.commands.models import Command

KEEP = timedelta(days=90)  # a tablet may have been offline for a season
CHUNK = 2000


@task()
def prune() -> int:
    """Remove old keys with the answers they hold; how many. Safe to run twice."""
    old = Command.objects.filter(recorded_at__lt=now() - KEEP)
    total = 0
    while True:
        with write_transaction():
            ids = list(old.values_list("pk", flat=True)[:CHUNK])
            Command.objects.filter(pk__in=ids).delete()
        total += len(ids)
        if len(ids) < CHUNK:
            return total
