"""Who works here, since when, and when they are expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from wesprint.apps.team.days import Expected
from wesprint.apps.team.models import Engagement, ExpectedDay
from wesprint.kernel.errors import NotFound
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person, RoleName
from wesprint.platform.people.selectors import team_of
from wesprint.web.http import not_found

LEADS = (RoleName.BOARD, RoleName.WORKSHOP_LEAD)
PAGE = 50


def _rows(centre: Centre) -> QuerySet[Engagement]:
    return Engagement.objects.filter(centre=centre).select_related("person", "supervisor", "centre")


def running(centre: Centre, day: date) -> tuple[Engagement, ...]:
    """By name. One query."""
    rows = _rows(centre).filter(Q(until=None) | Q(until__gte=day), since__lte=day)
    return tuple(rows.exclude(person=None).order_by("person__name", "pk"))


def to_come(centre: Centre, day: date) -> tuple[Engagement, ...]:
    return tuple(_rows(centre).filter(since__gt=day, person__isnull=False).order_by("since", "pk"))


def ended(centre: Centre, day: date) -> tuple[Engagement, ...]:
    """The last ones first, at most a page of them. One query."""
    rows = _rows(centre).filter(until__lt=day, person__isnull=False)
    return tuple(rows.order_by("-until", "-pk")[:PAGE])


def engagement_by_id(centre: Centre, public_id: str) -> Engagement:
    found = _rows(centre).filter(public_id=public_id, person__isnull=False).first()
    if found is None:
        raise not_found()
    return found


def own_engagements(centre: Centre, person_ids: Collection[int]) -> tuple[Engagement, ...]:
    """The newest first. One query."""
    rows = _rows(centre).filter(person_id__in=list(person_ids))
    return tuple(rows.order_by("-since", "-pk"))


def running_of(centre: Centre, person_ids: Collection[int], day: date) -> Engagement | None:
    found = [one for one in own_engagements(centre, person_ids) if one.runs_on(day)]
    return found[0] if found else None


def own_engagement(centre: Centre, person_ids: Collection[int], public_id: str) -> Engagement:
    """Raises NotFound for anybody else's."""
    for one in own_engagements(centre, person_ids):
        if one.public_id == public_id:
            return one
    raise _nobody()


def _nobody() -> NotFound:
    return not_found()


@dataclass(frozen=True, slots=True)
class Pattern:
    """The week of one engagement, by the day."""

    rows: tuple[ExpectedDay, ...] = ()

    def on(self, day: date) -> Expected | None:
        fitting = [row for row in self.rows if row.weekday == day.weekday() and row.since <= day]
        if not fitting:
            return None
        row = max(fitting, key=lambda one: one.since)
        return Expected(row.starts, row.ends) if row.starts and row.ends else None


def patterns(engagements: Sequence[Engagement]) -> Mapping[int, Pattern]:
    """By the engagement's row number. One query."""
    found: dict[int, list[ExpectedDay]] = defaultdict(list)
    for row in ExpectedDay.objects.filter(engagement__in=engagements):
        found[row.engagement_id].append(row)
    return defaultdict(Pattern, {key: Pattern(tuple(rows)) for key, rows in found.items()})


def leads(centre: Centre, day: date) -> tuple[Person, ...]:
    """Who may supervise: the lead of this house, by name. Two queries."""
    found = {one.person_id: one.person for one in team_of(centre, day) if one.role in LEADS}
    return tuple(found.values())
