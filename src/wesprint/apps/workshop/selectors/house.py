"""Rates and limits of a house as they hold on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q, Sum

from wesprint.apps.goods.public import centre_day
from wesprint.apps.workshop.models import RuleName, Work, WorkshopRule
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operator_of
from wesprint.platform.people.models import RoleName
from wesprint.platform.people.selectors import active_roles

# Before a house enters its own: what voluntary work costs is nothing, what staff costs is about
# what an hour in the lowest groups of the public pay scale costs an employer.
DEFAULTS: Mapping[str, int] = {
    RuleName.VOLUNTEER: 0,
    RuleName.PLACEMENT: 0,
    RuleName.STAFF: 2400,
    RuleName.WORKSHOP_LEAD: 3200,
    RuleName.LOSS_PERCENT: 5,
}

TEAM = (RoleName.VOLUNTEER, RoleName.STAFF, RoleName.WORKSHOP_LEAD)
SMALLEST_TEAM = 5
MONTH = timedelta(days=30)


def rule_on(centre: Centre, name: str, moment: datetime) -> int:
    """One query."""
    rows = WorkshopRule.objects.filter(
        centre=centre, name=name, since__lte=centre_day(centre, moment)
    )
    latest = rows.order_by("-since").values_list("value", flat=True).first()
    return DEFAULTS[name] if latest is None else latest


def rules_on(centre: Centre, moment: datetime) -> dict[str, int]:
    """All of them. One query."""
    rows = WorkshopRule.objects.filter(centre=centre, since__lte=centre_day(centre, moment))
    return {**DEFAULTS, **dict(rows.order_by("since").values_list("name", "value"))}


def team_hours(centre: Centre, moment: datetime) -> int | None:
    """Seconds worked in the last 30 days by the team as a whole; None while fewer than five
    people work there: their figures would speak of persons. Three queries."""
    day = centre_day(centre, moment)
    team = active_roles(day).filter(
        Q(centre=centre) | Q(centre__isnull=True, organisation=operator_of(centre, day)),
        role__in=TEAM,
    )
    if team.values("person").distinct().count() < SMALLEST_TEAM:
        return None
    rows = Work.objects.filter(
        order__centre=centre, taken_back_at__isnull=True, noted_at__gt=moment - MONTH
    )
    return int(rows.aggregate(sum=Sum("seconds", default=0))["sum"])
