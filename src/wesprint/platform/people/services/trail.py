"""Looking at what people did: only with a cause, and only at teams large enough."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Audit, Ctx
from wesprint.kernel.errors import Refused
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.commands.services import changed, command

T = TypeVar("T")
TEAM_OF_FIVE = 5
SHOWN = 200


@command("people.look_into_audit", audit_policy=Audit.CAUSE_REQUIRED)
def look_into_audit(
    ctx: Ctx,
    *,
    scopes: tuple[str, ...],
    since: datetime,
    until: datetime,
    text: str = "",
    commands: tuple[str, ...] = (),
) -> tuple[int, ...]:
    """Row numbers of the newest 200 entries of these scopes in [since, until), whose command
    or target holds `text` or whose command is one of `commands`, which it means. The look itself
    is on the trail with its cause; Invalid without."""
    rows = AuditEntry.objects.filter(
        scope__in=scopes, recorded_at__gte=since, recorded_at__lt=until
    )
    if text:
        rows = rows.annotate(told=Cast("changes", TextField())).filter(
            Q(command__icontains=text) | Q(told__icontains=text) | Q(command__in=commands)
        )
    for scope in scopes:
        changed(scope, "looked at the trail")
    return tuple(rows.order_by("-recorded_at", "-pk").values_list("pk", flat=True)[:SHOWN])


def entries(ids: tuple[int, ...]) -> tuple[AuditEntry, ...]:
    return tuple(AuditEntry.objects.filter(pk__in=ids).order_by("-recorded_at", "-pk"))


def team_figures(people: int, figures: Callable[[], T]) -> T:
    """Figures about staff, for teams of five or more only: in a smaller one everybody knows
    whose they are. Refused below, without computing anything."""
    if people < TEAM_OF_FIVE:
        raise Refused(
            _("Figures about staff are shown for teams of five or more only."),
            kept=_("Nothing was computed."),
            next=_("Please choose a longer period or a larger team."),
            code="team-too-small",
        )
    return figures()
