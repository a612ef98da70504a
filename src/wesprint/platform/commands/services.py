"""The decorator that makes a function a command."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Audit, Ctx
from wesprint.kernel.errors import Conflict
from wesprint.platform.audit import services as audit
from wesprint.platform.base.clock import now
from wesprint.platform.base.db import with_retries, write_transaction
from wesprint.platform.commands.codec import decode, encode, payload_hash
from wesprint.platform.commands.models import Command

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Running:
    """The outermost command that is under way in this thread of control."""

    id: int
    name: str
    recorded_at: datetime
    changes: list[dict[str, object]] = field(default_factory=list)
    remembered: dict[Hashable, Any] = field(default_factory=dict)


_running: ContextVar[Running | None] = ContextVar("running_command", default=None)


def command(
    name: str, *, audit_policy: Audit = Audit.NORMAL
) -> Callable[[Callable[Concatenate[Ctx, P], R]], Callable[Concatenate[Ctx, P], R]]:
    """Make a service a command named `name`.

    The whole body runs in one transaction with its idempotency row first and its audit row
    last; a command called inside another joins it. Coming again with the same scope, key and
    arguments it returns the first answer without running; with other arguments it raises
    Conflict. A command that raises leaves nothing behind, not even its key.
    """

    def make(body: Callable[Concatenate[Ctx, P], R]) -> Callable[Concatenate[Ctx, P], R]:
        @functools.wraps(body)
        def run(ctx: Ctx, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if _running.get() is not None:
                return body(ctx, *args, **kwargs)
            if audit_policy is Audit.CAUSE_REQUIRED or ctx.audit is Audit.CAUSE_REQUIRED:
                audit.require_cause(_with_cause_required(ctx))
            digest = payload_hash(name, {"args": args, **kwargs})
            return with_retries(
                lambda: _run_once(ctx, name, digest, lambda: body(ctx, *args, **kwargs))
            )

        return run

    return make


def _with_cause_required(ctx: Ctx) -> Ctx:
    return replace(ctx, audit=Audit.CAUSE_REQUIRED)


def _run_once(ctx: Ctx, name: str, digest: str, body: Callable[[], R]) -> R:
    with write_transaction():
        recorded_at = now()
        row_id = _insert_first(ctx, name, digest, recorded_at)
        if row_id is None:
            return cast("R", _earlier_answer(ctx, name, digest))
        running = Running(row_id, name, recorded_at)
        token = _running.set(running)
        try:
            result = body()
        finally:
            _running.reset(token)
        if result is not None:
            _keep_answer(row_id, result)
        audit.record(ctx, name, running.changes, recorded_at)
        return result


_INSERT = """
INSERT INTO commands_command (scope, key, name, payload_hash, recorded_at)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (scope, key) DO NOTHING RETURNING id
"""


def _insert_first(ctx: Ctx, name: str, digest: str, recorded_at: datetime) -> int | None:
    """The row's id, or None when the key is known. Insert first: a second request with the
    same key waits here until the first has committed, and never runs beside it."""
    adapted = connection.ops.adapt_datetimefield_value(recorded_at)
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [ctx.scope, ctx.key, name, digest, adapted])
        row = cursor.fetchone()
    return row[0] if row else None


_ANSWER = "UPDATE commands_command SET result = %s WHERE id = %s"


def _keep_answer(row_id: int, result: object) -> None:
    """Written out: composing the statement by the ORM cost more than running it."""
    answer = connection.ops.adapt_json_value(encode(result), None)
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER, [answer, row_id])


def _earlier_answer(ctx: Ctx, name: str, digest: str) -> object:
    earlier = Command.objects.get(scope=ctx.scope, key=ctx.key)
    if (earlier.name, earlier.payload_hash) != (name, digest):
        raise Conflict(
            _("This request was already used for another entry."),
            kept=_("The first entry stands; nothing was changed."),
            next=_("Please load the page again and enter it once more."),
            code="key-reused",
        )
    return decode(earlier.result)


def running_command() -> Running:
    """The command under way. Raises RuntimeError outside one: nothing is written beside it."""
    running = _running.get()
    if running is None:
        raise RuntimeError("a write outside a command")
    return running


def changed(target: Model | str, *fields: str) -> None:
    """Name what this command changed; the audit row keeps names of fields, never values."""
    running_command().changes.append({"target": _target_name(target), "fields": list(fields)})


def remembered(key: Hashable, ask: Callable[[], R]) -> R:
    """What `ask` answers, asked once per command; outside of one each time. Only for what no
    command changes that asks for it, like who runs a house."""
    running = _running.get()
    if running is None:
        return ask()
    if key not in running.remembered:
        running.remembered[key] = ask()
    return cast("R", running.remembered[key])


def _target_name(target: Model | str) -> str:
    if isinstance(target, str):
        return target
    ident = getattr(target, "public_id", target.pk)
    return f"{target._meta.label_lower}:{ident}"
