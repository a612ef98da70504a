"""What follows from this room's own events, in the worker."""

from __future__ import annotations

from wesprint.apps.delivery import tasks
from wesprint.platform.outbox.models import OutboxEvent


def _plan(event: OutboxEvent) -> None:
    """Planning takes seconds and must hold no transaction: a job of its own."""
    tasks.plan.enqueue(event.payload["run"])


HANDLERS = {"delivery.plan_asked": _plan}
