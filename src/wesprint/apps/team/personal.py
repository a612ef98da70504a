"""What this room knows about a person: handed out on request, erased on request."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from wesprint.apps.team.models import Confirmed, Engagement, Entry, ReachedStep
from wesprint.apps.team.selectors.norms import keep_months
from wesprint.apps.team.services.tidying import forget
from wesprint.kernel.context import Ctx
from wesprint.platform.base.clock import now
from wesprint.platform.commands.services import changed
from wesprint.platform.people.models import Person
from wesprint.platform.people.privacy import Block, PersonalData


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None


# -- engagements and attendance ------------------------------------------------------------
def _export(person: Person) -> Any:
    rows = Engagement.objects.filter(person=person).select_related("centre")
    return [_engagement(row) for row in rows.order_by("since", "pk")]


def _engagement(row: Engagement) -> dict[str, Any]:
    return {
        "centre": row.centre.name,
        "kind": row.kind,
        "weekly_minutes": row.weekly_minutes,
        "since": _iso(row.since),
        "until": _iso(row.until),
        "sponsor": row.sponsor,
        "reference": row.reference,
        "stamps": [
            {"day": _iso(one.day), "verb": one.verb, "at": _iso(one.at), "way": one.way}
            for one in row.stamps.all()
        ],
        "entries": [_entry(one) for one in row.entries.all()],
        "confirmed": [
            {
                "day": _iso(one.day),
                "seconds": one.seconds,
                "taken_back_at": _iso(one.taken_back_at),
            }
            for one in row.confirmed.order_by("day", "pk")
        ],
    }


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "day": _iso(one.day),
        "came": _iso(one.came),
        "left": _iso(one.left),
        "break_minutes": one.break_minutes,
        "absence": one.absence,
        "reason": one.reason,
        "noted_at": _iso(one.noted_at),
    }


def _erase(ctx: Ctx, person: Person) -> None:
    forget(Engagement.objects.filter(person=person))
    if Engagement.objects.filter(supervisor=person).update(supervisor=None):
        changed(person, "supervised_engagements")
    Entry.objects.filter(by=person).update(by=None)
    Confirmed.objects.filter(by=person).update(by=None)
    ReachedStep.objects.filter(by=person).update(by=None)


def _block(person: Person) -> Block | None:
    """As long as attendance must be shown on request."""
    last = _last_day(person)
    if last is None:
        return None
    months, law = keep_months(now().date())
    until = _months_after(last, months)
    return Block(until, law) if until >= now().date() else None


def _months_after(day: date, months: int) -> date:
    """The last day of the month that comes so many months later."""
    whole = day.year * 12 + day.month + months
    return date(whole // 12, whole % 12 + 1, 1) - timedelta(days=1)


def _last_day(person: Person) -> date | None:
    days = [
        row.values_list("day", flat=True).order_by("-day").first()
        for row in (
            Entry.objects.filter(engagement__person=person),
            Confirmed.objects.filter(engagement__person=person),
        )
    ]
    return max((day for day in days if day), default=None)


def _last_used(person: Person) -> datetime | None:
    """A running engagement ties somebody to the house, whatever they did last."""
    rows = Engagement.objects.filter(person=person)
    if rows.filter(until=None).exists():
        return now()
    last = rows.order_by("-until").select_related("centre").first()
    if last is None or last.until is None:
        return None
    return datetime.combine(last.until, datetime.max.time(), last.centre.tz)


# -- learning steps ------------------------------------------------------------------------
def _export_steps(person: Person) -> Any:
    rows = ReachedStep.objects.filter(person=person).select_related("step")
    return [
        {"area": row.step.area, "step": row.step.title, "on": _iso(row.on)}
        for row in rows.order_by("on", "pk")
    ]


def _erase_steps(ctx: Ctx, person: Person) -> None:
    deleted, _kinds = ReachedStep.objects.filter(person=person).delete()
    if deleted:
        changed(person, "reached_steps")


PERSONAL = [
    PersonalData("team.engagements", _export, _erase, block=_block, last_used=_last_used),
    PersonalData("team.steps", _export_steps, _erase_steps),
]
