"""Agreeing that somebody works here, their week, and the end of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import centre_day, held, operator_for, text_of
from wesprint.apps.team.models import Engagement, ExpectedDay
from wesprint.apps.team.selectors.engagements import leads
from wesprint.apps.team.selectors.norms import kinds_on
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person
from wesprint.platform.people.services.persons import register_person

NOTHING_SAVED = _("Nothing was saved yet.")
NOTHING_CHANGED = _("Nothing was changed.")
MOST_MINUTES = 48 * 60


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed. sponsor, reference: who wants the sheet, and under which number."""

    kind: str
    weekly_minutes: int
    since: date
    until: date | None = None
    sponsor: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A weekday on which somebody is expected (Monday is 0)."""

    weekday: int
    starts: time
    ends: time


@command("team.agree_engagement")
def agree_engagement(
    ctx: Ctx,
    *,
    centre: Centre,
    terms: Terms,
    person: Person | None = None,
    name: str = "",
    supervisor: Person | None = None,
    week: Sequence[WeekDay] = (),
) -> Engagement:
    """Somebody works here from a day on: `person` is known already, or `name` is new.

    Raises Invalid for terms that cannot be meant, Conflict where they have an engagement here in
    the same time already.
    """
    kind = kinds_on(terms.since).get(terms.kind)
    if kind is None:
        raise _wrong(_("Please choose what kind of engagement it is."), "kind")
    _check_terms(terms, for_sponsor=kind.for_sponsor)
    _check_supervisor(ctx, centre, supervisor)
    person = _person(ctx, centre, person, name)
    _check_alone(centre, person, terms)
    made = Engagement.objects.create(
        centre=centre,
        person=person,
        kind=kind.slug,
        group=kind.group,
        weekly_minutes=terms.weekly_minutes,
        since=terms.since,
        until=terms.until,
        sponsor=text_of(terms.sponsor, 120, "sponsor"),
        reference=text_of(terms.reference, 60, "reference"),
        supervisor=supervisor,
        agreed_at=ctx.occurred_at,
    )
    _write_week(made, week, terms.since)
    changed(made, "kind", "weekly_minutes", "since", "until", "sponsor", "reference", "supervisor")
    return made


def _wrong(what: object, field: str) -> Invalid:
    return Invalid(what, kept=NOTHING_SAVED, field=field, code=f"team-{field}")


def _check_terms(terms: Terms, *, for_sponsor: bool) -> None:
    if not 0 < terms.weekly_minutes <= MOST_MINUTES:
        raise _wrong(_("Please give between a quarter of an hour and 48 hours a week."), "hours")
    if terms.until is not None and terms.until < terms.since:
        raise _wrong(_("The end lies before the beginning."), "until")
    if for_sponsor and not terms.sponsor.strip():
        raise _wrong(_("Please say who assigned or sent them: the sheet goes there."), "sponsor")


def _check_supervisor(ctx: Ctx, centre: Centre, supervisor: Person | None) -> None:
    """Whoever sees somebody's days must be of the lead of this house."""
    if supervisor is None:
        return
    if supervisor not in leads(centre, centre_day(centre, ctx.occurred_at)):
        raise _wrong(_("This person does not lead a team in this house."), "supervisor")


def _person(ctx: Ctx, centre: Centre, person: Person | None, name: str) -> Person:
    operator = operator_for(ctx, centre)
    if person is None:
        name = text_of(name, 120, "name")
        if not name:
            raise _wrong(_("Please choose somebody or give a name."), "name")
        return register_person(ctx, organisation=operator, name=name)
    if person.organisation_id != operator.pk or person.erased_at or person.blocked_until:
        raise _wrong(_("This house does not know this person."), "person")
    return person


def _check_alone(centre: Centre, person: Person, terms: Terms) -> None:
    """Hours belong to one engagement; two at once would leave open to which."""
    rows = Engagement.objects.filter(centre=centre, person=person).exclude(until__lt=terms.since)
    if terms.until is not None:
        rows = rows.exclude(since__gt=terms.until)
    if rows.exists():
        raise Conflict(
            _("This person already works here in that time."),
            kept=NOTHING_SAVED,
            next=_("Please end the earlier engagement first."),
            code="team-overlap",
        )


@command("team.set_week")
def set_week(
    ctx: Ctx, *, engagement: Engagement, since: date, week: Sequence[WeekDay]
) -> Engagement:
    """From a day on they are expected like this. What was expected before stays as it was."""
    engagement = held(engagement)
    if since < engagement.since:
        raise _wrong(_("The engagement begins later."), "since")
    _write_week(engagement, week, since)
    changed(engagement, "pattern")
    return engagement


def _write_week(engagement: Engagement, week: Sequence[WeekDay], since: date) -> None:
    wanted = {one.weekday: one for one in week}
    for given in week:
        if not 0 <= given.weekday <= 6 or given.ends <= given.starts:
            raise _wrong(_("On each day the end must lie after the beginning."), "week")
    engagement.pattern.filter(since__gte=since).delete()
    before = {row.weekday for row in engagement.pattern.all()}
    ExpectedDay.objects.bulk_create(
        ExpectedDay(
            engagement=engagement,
            weekday=weekday,
            since=since,
            starts=one.starts if (one := wanted.get(weekday)) else None,
            ends=one.ends if one else None,
        )
        for weekday in sorted(before | set(wanted))
    )


@command("team.end_engagement")
def end_engagement(ctx: Ctx, *, engagement: Engagement, until: date) -> Engagement:
    """The last day. Doing it again with another day moves it. Raises Conflict where days after
    it are known already."""
    engagement = held(engagement)
    if until < engagement.since:
        raise _wrong(_("The end lies before the beginning."), "until")
    if engagement.stamps.filter(day__gt=until).exists() or (
        engagement.confirmed.filter(day__gt=until, taken_back_at__isnull=True).exists()
    ):
        raise Conflict(
            _("There is attendance after this day."),
            kept=NOTHING_CHANGED,
            next=_("Please choose a later day."),
            code="team-days-after",
        )
    engagement.until = until
    engagement.save(update_fields=["until"])
    changed(engagement, "until")
    return engagement


@command("team.name_supervisor")
def name_supervisor(ctx: Ctx, *, engagement: Engagement, supervisor: Person) -> Engagement:
    engagement = held(engagement, "centre")
    _check_supervisor(ctx, engagement.centre, supervisor)
    engagement.supervisor = supervisor
    engagement.save(update_fields=["supervisor"])
    changed(engagement, "supervisor")
    return engagement
