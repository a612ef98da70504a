"""How much strangers put aside or wait for: a limit that invented names do not get round.

A person is counted by name, telephone and e-mail, which anybody may invent. So whoever has no
account is counted by the browser's visit and by the connection too. The marks stand with what
runs and go when it has ended.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wesprint.apps.goods.models import (
    Reservation,
    ReservationState,
    RuleName,
    Waiting,
    WaitingState,
)
from wesprint.apps.goods.selectors.house import centre_day, house_rule
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Refused
from wesprint.platform.base.db import take_turn
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre

M = TypeVar("M", bound=Model)
PER_BROWSER = 2  # times what one person may: for oneself and for a neighbour
NOTHING = Q(browser_mark="", connection_mark="")
NONE = {"browser_mark": "", "connection_mark": ""}


def marks_of(ctx: Ctx) -> dict[str, str]:
    """The columns that tell from where; empty where nobody counts."""
    if ctx.origin is None:
        return NONE
    return {"browser_mark": ctx.origin.browser, "connection_mark": ctx.origin.connection}


def running(centre: Centre, at: datetime) -> QuerySet[Reservation]:
    return Reservation.objects.filter(centre=centre, state=ReservationState.ACTIVE, until__gt=at)


def waiting_in(centre: Centre) -> QuerySet[Waiting]:
    return Waiting.objects.filter(centre=centre, state=WaitingState.WAITING)


def counting(centre: Centre) -> None:
    """From here on nobody else puts aside anything in this house until the command has ended."""
    take_turn(f"goods.put-aside/{centre.pk}")


def check_origin(ctx: Ctx, centre: Centre, rows: QuerySet[M]) -> None:
    """Raises Refused when `rows` hold as many from the same browser or connection as the house
    allows to strangers."""
    if ctx.origin is None:
        return
    day = centre_day(centre, ctx.occurred_at)
    most = PER_BROWSER * house_rule(centre, RuleName.RESERVATIONS_PER_PERSON, day)
    if rows.filter(browser_mark=ctx.origin.browser).count() >= most:
        raise _too_many_here(most)
    most = house_rule(centre, RuleName.RESERVATIONS_PER_CONNECTION, day)
    connections = (ctx.origin.connection, *ctx.origin.earlier)
    if rows.filter(connection_mark__in=connections).count() >= most:
        raise _too_many_there(most)


def _too_many_here(most: int) -> Refused:
    return _refused(
        ngettext_lazy(
            "From this browser %(limit)s thing is put aside already, which is as many as we do.",
            "From this browser %(limit)s things are put aside already, which is as many as we do.",
            most,
        )
        % {"limit": most}
    )


def _too_many_there(most: int) -> Refused:
    return _refused(
        ngettext_lazy(
            "From your connection %(limit)s thing is put aside already, which is as many as we do.",
            "From your connection %(limit)s things are put aside already, as many as we do.",
            most,
        )
        % {"limit": most}
    )


def _refused(words: object) -> Refused:
    return Refused(
        words,
        kept=_("What was reserved before stands."),
        next=_("Please sign in with an account or ring us up: then we put it aside all the same."),
        code="origin-limit",
    )


@command("goods.forget_origins")
def forget_origins(ctx: Ctx) -> int:
    """From where it was asked is of no use once it has ended: the marks go; how many rows.
    Called by the schedule."""
    over = Reservation.objects.exclude(NOTHING).exclude(
        state=ReservationState.ACTIVE, until__gt=ctx.occurred_at
    )
    left = Waiting.objects.exclude(NOTHING).exclude(state=WaitingState.WAITING)
    rows = over.update(**NONE) + left.update(**NONE)
    if rows:
        changed("goods.origins", "browser_mark", "connection_mark")
    return rows
