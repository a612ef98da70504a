"""Writing the trail. Reading it goes through a command of its own (people.look_into_audit)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Audit, Ctx
from wesprint.kernel.errors import Invalid
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.base.inserts import insert


def require_cause(ctx: Ctx) -> None:
    if ctx.audit is Audit.CAUSE_REQUIRED and not ctx.cause.strip():
        raise Invalid(
            _("This step needs a reason."),
            kept=_("Nothing was changed."),
            next=_("Please say in a few words why it is needed."),
            field="cause",
            code="cause-required",
        )


def record(
    ctx: Ctx, command: str, changes: Sequence[dict[str, object]], recorded_at: datetime
) -> None:
    actor = "anonymous" if ctx.audit is Audit.ANONYMOUS else str(ctx.actor)
    entry = AuditEntry(
        command=command,
        actor=actor,
        scope=ctx.scope,
        key="" if ctx.audit is Audit.ANONYMOUS else ctx.key,
        cause=ctx.cause,
        changes=list(changes),
        occurred_at=ctx.occurred_at,
        recorded_at=recorded_at,
    )
    insert([entry])  # every command passes here
