"""Say what happened; deliver it to whoever asked, at least once.

The order of events is not promised, not even within one scope: a handler that depends on it
asks the lower room what is true now. What a handler writes and the note that it ran are one
transaction, so that its writes happen exactly once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog

from wesprint.kernel.context import Ctx, job_ctx
from wesprint.platform.base.clock import now
from wesprint.platform.base.db import with_retries, write_transaction
from wesprint.platform.commands.services import running_command
from wesprint.platform.jobs.worker import places
from wesprint.platform.outbox import tasks
from wesprint.platform.outbox.handlers import Handler, handlers_of
from wesprint.platform.outbox.models import Delivery, Failure, OutboxEvent

log = structlog.get_logger("wesprint.outbox")

BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (0.1, 1, 5, 15, 60, 240, 720))
ATTEMPTS = len(BACK_OFF) + 1


def emit(ctx: Ctx, name: str, payload: Mapping[str, Any]) -> OutboxEvent:
    """Write an event in the transaction of the command under way.

    `payload`: public ids and numbers as JSON. Raises RuntimeError outside a command.
    """
    command = running_command()
    event = OutboxEvent.objects.create(
        name=name,
        scope=ctx.scope,
        payload=dict(payload),
        command=command.name,
        recorded_at=command.recorded_at,
    )
    if handlers_of(name):
        tasks.deliver.enqueue(event.public_id)
    return event


def handler_ctx(event: OutboxEvent, handler: str, *, occurred_at: datetime | None = None) -> Ctx:
    """The context in which a handler calls commands: its key makes a second delivery a replay."""
    return job_ctx(
        handler,
        scope=event.scope,
        key=f"outbox/{event.public_id}/{handler}",
        occurred_at=occurred_at or event.recorded_at,
    )


def deliver(public_id: str) -> datetime | None:
    """Give the event to every handler that has not had it; when to come again, or None."""
    event = OutboxEvent.objects.filter(public_id=public_id).first()
    if event is None:
        return None
    agains = [_deliver_to(event, by, handler) for by, handler in handlers_of(event.name).items()]
    return min((again for again in agains if again is not None), default=None)


def _deliver_to(event: OutboxEvent, by: str, handler: Handler) -> datetime | None:
    if Failure.objects.filter(event=event, handler=by, dead=True).exists():
        return None
    try:
        with_retries(lambda: _handle(event, by, handler))
    except Exception as error:
        return _note_failure(event, by, error)
    return None


def _handle(event: OutboxEvent, by: str, handler: Handler) -> None:
    with write_transaction():
        _row, first = Delivery.objects.get_or_create(
            event=event, handler=by, defaults={"delivered_at": now()}
        )
        if first:
            handler(event)


def _note_failure(event: OutboxEvent, by: str, error: Exception) -> datetime | None:
    at = now()
    reason = f"{type(error).__module__}.{type(error).__qualname__} at {places(error)[-1]}"
    with write_transaction():
        attempt = Failure.objects.filter(event=event, handler=by).count() + 1
        dead = attempt >= ATTEMPTS
        Failure.objects.create(
            event=event, handler=by, attempt=attempt, reason=reason[:500], dead=dead, failed_at=at
        )
    log.error(
        "handler failed", subject=str(event), handler=by, attempt=attempt, dead=dead, reason=reason
    )
    return None if dead else at + BACK_OFF[attempt - 1]


def retry_dead(event: OutboxEvent) -> None:
    """Somebody repaired the cause: the attempts start anew."""
    with write_transaction():
        Failure.objects.filter(event=event).delete()
        tasks.deliver.enqueue(event.public_id)
