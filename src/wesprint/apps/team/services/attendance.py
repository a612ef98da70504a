"""Coming and going, what the lead says afterwards, and the days that count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import centre_day, check_choice, held, operator_agent, text_of
from wesprint.apps.team.days import Day, State
from wesprint.apps.team.models import Absence, Confirmed, Engagement, Entry, Stamp, Verb, Way
from wesprint.apps.team.selectors.attendance import days_between, known
from wesprint.apps.team.services.engagements import NOTHING_CHANGED, NOTHING_SAVED
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.kernel.quantity import Quantity, Unit
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import EconomicEvent
from wesprint.platform.people.models import Person

FLOW, SPECIFICATION = "attended", "work.attendance"
NOON = time(12)
LONGEST_SPELL = 42
TURNED_TWICE = timedelta(seconds=30)  # a card that was read twice
_MAY_FOLLOW = {
    State.HERE: (Verb.PAUSE, Verb.GO),
    State.PAUSED: (Verb.RESUME, Verb.GO),
}


def verbs_for(day: Day) -> tuple[Verb, ...]:
    """What somebody can do now. After leaving one may come again: then the time between was a
    break."""
    return _MAY_FOLLOW.get(day.state, (Verb.COME,))


@command("team.stamp")
def stamp(ctx: Ctx, *, engagement: Engagement, verb: str, way: str) -> Stamp:
    """One tap, at the time of the command. Raises Conflict where it does not follow from the
    last one: nothing is guessed. The same tap within half a minute is the first one again."""
    check_choice(verb, Verb.values, "verb")
    check_choice(way, Way.values, "way")
    engagement = held(engagement, "centre")
    day = centre_day(engagement.centre, ctx.occurred_at)
    _check_runs(engagement, day)
    today = known([engagement], day, day)
    stamps = today.stamps.get((engagement.pk, day))
    last = stamps[-1] if stamps else None
    if last and last.verb == verb and ctx.occurred_at - last.at < TURNED_TWICE:
        return last
    now = today.day(engagement, day, day)
    _check_not_said(now)
    if verb not in verbs_for(now):
        raise _does_not_follow(now)
    _check_after(last, ctx.occurred_at)
    made = Stamp.objects.create(
        engagement=engagement,
        day=day,
        verb=verb,
        at=ctx.occurred_at,
        way=way,
        recorded_at=running_command().recorded_at,
    )
    changed(engagement, "stamps")
    return made


def _check_runs(engagement: Engagement, day: date) -> None:
    if not engagement.runs_on(day):
        raise Refused(
            _("This engagement does not run on that day."),
            kept=NOTHING_SAVED,
            next=_("Please ask your lead."),
            code="team-not-running",
        )


def _check_not_said(day: Day) -> None:
    if day.said or day.state is State.CONFIRMED:
        raise Conflict(
            _("Your lead has already entered this day."),
            kept=_("That entry stands; nothing was changed."),
            next=_("Please tell your lead if it is not right."),
            code="team-day-entered",
        )


def _does_not_follow(day: Day) -> Conflict:
    here = day.state in (State.HERE, State.PAUSED)
    what = _("You are already here.") if here else _("You have not come yet today.")
    return Conflict(
        what,
        kept=_("What was noted before stands."),
        next=_("Please look at your day again."),
        code="team-does-not-follow",
    )


def _check_after(last: Stamp | None, at: datetime) -> None:
    if last is not None and at < last.at:
        raise Conflict(
            _("The clock of this device is behind the last entry."),
            kept=NOTHING_SAVED,
            next=_("Please tell your lead; the day can be entered afterwards."),
            code="team-clock-behind",
        )


# -- what the lead says --------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Present:
    """When somebody came and left, with the minutes of all breaks."""

    came: time
    left: time
    break_minutes: int = 0


@command("team.enter_day")
def enter_day(
    ctx: Ctx,
    *,
    engagement: Engagement,
    day: date,
    reason: str,
    present: Present | None = None,
    absence: str = "",
    by: Person | None = None,
) -> Entry:
    """A day afterwards: times, or why somebody was not there. Stands beside what was noted and
    counts instead; a confirmed day is taken back in the ledger and waits again.

    Raises Invalid for times that cannot be and for a missing reason.
    """
    engagement = held(engagement, "centre", "person")
    _check_day(ctx, engagement, day, absence)
    reason = _reason(reason)
    came, left = _times(engagement, day, present) if present else (None, None)
    if present is None:
        check_choice(absence, Absence.values, "absence")
    made = Entry.objects.create(
        engagement=engagement,
        day=day,
        came=came,
        left=left,
        break_minutes=present.break_minutes if present else 0,
        absence="" if present else absence,
        reason=reason,
        by=by,
        noted_at=ctx.occurred_at,
    )
    _take_back(ctx, engagement, day)
    changed(engagement, f"day.{day.isoformat()}")
    return made


def _check_day(ctx: Ctx, engagement: Engagement, day: date, absence: str) -> None:
    """Times lie in the past; an absence may be known before."""
    _check_runs(engagement, day)
    if day > centre_day(engagement.centre, ctx.occurred_at) and not absence:
        raise Invalid(
            _("This day has not come yet."), kept=NOTHING_SAVED, field="came", code="team-future"
        )


def _reason(reason: str) -> str:
    reason = text_of(reason, 200, "reason")
    if not reason:
        raise Invalid(
            _("Please say why, in a few words. No illness, please."),
            kept=NOTHING_SAVED,
            field="reason",
            code="team-no-reason",
        )
    return reason


def _times(engagement: Engagement, day: date, present: Present) -> tuple[datetime, datetime]:
    tz = engagement.centre.tz
    came, left = (datetime.combine(day, at, tz) for at in (present.came, present.left))
    minutes = (left - came) // timedelta(minutes=1)
    if minutes <= 0:
        raise Invalid(
            _("Leaving must lie after coming."), kept=NOTHING_SAVED, field="left", code="team-times"
        )
    if not 0 <= present.break_minutes < minutes:
        raise Invalid(
            _("The break is longer than the time between."),
            kept=NOTHING_SAVED,
            field="break_minutes",
            code="team-break",
        )
    return came, left


@command("team.enter_days")
def enter_days(
    ctx: Ctx,
    *,
    engagement: Engagement,
    days: Mapping[date, Present],
    reason: str,
    by: Person | None = None,
) -> list[Entry]:
    """A sheet of paper, typed in as a whole: like `enter_day` for each of its days."""
    engagement = held(engagement, "centre", "person")
    reason = _reason(reason)
    rows = []
    for day, present in sorted(days.items()):
        _check_day(ctx, engagement, day, "")
        came, left = _times(engagement, day, present)
        rows.append(
            Entry(
                engagement=engagement,
                day=day,
                came=came,
                left=left,
                break_minutes=present.break_minutes,
                reason=reason,
                by=by,
                noted_at=ctx.occurred_at,
            )
        )
        changed(engagement, f"day.{day.isoformat()}")
    for row in Confirmed.objects.filter(
        engagement=engagement, day__in=list(days), taken_back_at__isnull=True
    ):
        _take_back(ctx, engagement, row.day)
    return Entry.objects.bulk_create(rows)


@command("team.enter_absence")
def enter_absence(
    ctx: Ctx,
    *,
    engagement: Engagement,
    first: date,
    last: date,
    absence: str,
    reason: str,
    by: Person | None = None,
) -> list[Entry]:
    """Every expected day of a spell, first and last included; other days stay as they are.
    Raises Invalid for a spell in which nobody was expected."""
    if not 0 <= (last - first).days < LONGEST_SPELL:
        raise Invalid(
            _("Please give a spell of at most six weeks."), field="last", code="team-spell"
        )
    found = known([engagement], first, last)
    days = [day for day in days_between(first, last) if found.day(engagement, day, day).expected]
    if not days:
        raise Invalid(
            _("Nobody was expected on these days."),
            kept=NOTHING_SAVED,
            next=_("Please check the days, or enter a single day on its page."),
            field="first",
            code="team-nobody-expected",
        )
    return [
        enter_day(ctx, engagement=engagement, day=day, absence=absence, reason=reason, by=by)
        for day in days
    ]


# -- days that count -----------------------------------------------------------------------
@command("team.confirm_days")
def confirm_days(
    ctx: Ctx, *, engagement: Engagement, days: Sequence[date], by: Person | None = None
) -> list[Confirmed]:
    """These complete days count from now on: each is one `work` event of the person's agent.
    Days that are not complete, or confirmed already, are left as they are. Raises Conflict where
    none of them could be confirmed."""
    engagement = held(engagement, "centre", "person__agent")
    if not days:
        raise _nothing_to_confirm()
    found = known([engagement], min(days), max(days))
    today = centre_day(engagement.centre, ctx.occurred_at)
    complete = [
        one
        for day in sorted(set(days))
        if (one := found.day(engagement, day, today)).state is State.COMPLETE and one.work.seconds
    ]
    if not complete:
        raise _nothing_to_confirm()
    events = _post(ctx, engagement, complete)
    changed(engagement, "confirmed")
    return [
        Confirmed.objects.create(
            engagement=engagement,
            day=day.day,
            seconds=day.work.seconds,
            event=event,
            by=by,
            confirmed_at=ctx.occurred_at,
        )
        for day, event in zip(complete, events, strict=True)
    ]


def _nothing_to_confirm() -> Conflict:
    return Conflict(
        _("No day waits to be confirmed here."),
        kept=NOTHING_CHANGED,
        next=_("Open days need an entry first."),
        code="team-nothing-to-confirm",
    )


def _post(ctx: Ctx, engagement: Engagement, days: Iterable[Day]) -> list[EconomicEvent]:
    """One event a day, at noon: when somebody came and went, and by which law they work here, is
    no business of the ledger."""
    person, centre = engagement.person, engagement.centre
    if person is None:
        raise _nothing_to_confirm()
    kind = ledger.define_specification(ctx, code=SPECIFICATION, name="attendance", unit=Unit.SECOND)
    house = operator_agent(ctx, centre)
    drafts = [
        ledger.EventDraft(
            action="work",
            flow=FLOW,
            provider=person.agent,
            receiver=house,
            conforms_to=kind,
            effort_quantity=Quantity(day.work.seconds, Unit.SECOND),
            occurred_at=datetime.combine(day.day, NOON, centre.tz),
        )
        for day in days
    ]
    return ledger.post(ctx, centre=centre, events=drafts)


def _take_back(ctx: Ctx, engagement: Engagement, day: date) -> None:
    """The ledger corrects by the negated quantity; both entries stay readable."""
    rows = Confirmed.objects.filter(engagement=engagement, day=day, taken_back_at__isnull=True)
    for row in rows.select_related("event"):
        ledger.correct(ctx, event=row.event)
        row.taken_back_at = ctx.occurred_at
        row.save(update_fields=["taken_back_at"])
        changed(engagement, "confirmed")
