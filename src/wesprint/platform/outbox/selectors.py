"""What can be asked about events that did not arrive."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from wesprint.platform.outbox.handlers import names_with_handlers
from wesprint.platform.outbox.models import Delivery, Failure, OutboxEvent

LOOK_BACK = timedelta(days=7)


def undelivered(*, before: datetime) -> list[OutboxEvent]:
    """Events of the last days up to `before` that some handler of today has neither had nor
    given up."""
    lost: dict[int, OutboxEvent] = {}
    for name, handlers in names_with_handlers().items():
        for handler in handlers:
            lost |= {event.pk: event for event in _without(name, handler, before)}
    return list(lost.values())


def _without(name: str, handler: str, before: datetime) -> QuerySet[OutboxEvent]:
    had = Delivery.objects.filter(event=OuterRef("pk"), handler=handler)
    gave_up = Failure.objects.filter(event=OuterRef("pk"), handler=handler, dead=True)
    window = (before - LOOK_BACK, before)
    return OutboxEvent.objects.filter(
        ~Exists(had), ~Exists(gave_up), name=name, recorded_at__range=window
    )


def dead() -> QuerySet[Failure]:
    """The last failures of handlers that were given up, newest first, with their reason."""
    return Failure.objects.filter(dead=True).select_related("event").order_by("-failed_at")
