"""What is no longer needed goes: details of attendance after their time, steps without consent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wesprint.apps.team.models import Confirmed, Engagement, ReachedStep
from wesprint.apps.team.selectors.norms import keep_months
from wesprint.apps.team.selectors.steps import agreed
from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.people.models import Person

CHUNK = 200


@command("team.tidy")
def tidy(ctx: Ctx) -> int:
    """Every night. Returns how many engagements lost their details. Safe to run twice."""
    today = running_command().recorded_at.date()
    months, _law = keep_months(today)
    old = Engagement.objects.filter(until__lt=months_before(today, months), person__isnull=False)
    found = list(old.order_by("pk")[:CHUNK])
    forget(found)
    _forget_steps()
    return len(found)


def forget(engagements: Iterable[Engagement]) -> None:
    """Taps, entries, week, sponsor and name; that so many seconds were worked stays."""
    for one in engagements:
        one.stamps.all().delete()
        one.entries.all().delete()
        one.pattern.all().delete()
        Confirmed.objects.filter(engagement=one).update(by=None)
        one.person = one.supervisor = None
        one.sponsor = one.reference = ""
        one.save(update_fields=["person", "supervisor", "sponsor", "reference"])
        changed(one, "person", "stamps", "entries", "sponsor", "reference")


def _forget_steps() -> None:
    """A consent may be taken back on the page of one's data too, which knows nothing of steps."""
    for person in Person.objects.filter(reached_steps__isnull=False).distinct():
        if not agreed(person):
            ReachedStep.objects.filter(person=person).delete()
            changed(person, "steps")


def months_before(day: date, months: int) -> date:
    """The first of the month that lies so many months back."""
    whole = day.year * 12 + day.month - 1 - months
    return date(whole // 12, whole % 12 + 1, 1)
