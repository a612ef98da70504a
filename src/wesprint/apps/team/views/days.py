"""One day of somebody, the monthly sheet, and the learning steps they reached: for the lead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wesprint.apps.team import services, sheets
from wesprint.apps.team.days import Day, State
from wesprint.apps.team.forms import PRESENT, DayForm, PaperForm, ReachedForm
from wesprint.apps.team.models import Engagement
from wesprint.apps.team.presenters import days as show_days
from wesprint.apps.team.presenters import engagements as show
from wesprint.apps.team.selectors import steps as ask_steps
from wesprint.apps.team.selectors.attendance import known, month_of
from wesprint.apps.team.selectors.norms import limits_of, norms_on
from wesprint.apps.team.views.common import (
    as_lead,
    attachment,
    day_or_404,
    month_or_404,
    person_at,
    today_in,
)
from wesprint.platform.people.models import Person
from wesprint.web import formats
from wesprint.web.handling import attempt, mended
from wesprint.web.http import ctx_of, not_found

CSV = "text/csv; charset=utf-8"


@require_http_methods(["GET", "HEAD", "POST"])
def day(request: HttpRequest, slug: str, public_id: str, day: str) -> HttpResponse:
    """What was noted of a day, and what the lead says of it; POST enters or confirms."""
    one, at = as_lead(request, slug, public_id), day_or_404(day)
    if not one.runs_on(at):
        raise not_found()
    if request.method == "POST" and request.POST.get("do") == "confirm":
        _confirm(request, one, at)
        return redirect("team_day", slug, public_id, day)
    form = DayForm(request.POST or None, initial=_initial(one, at))
    if request.method == "POST" and attempt(form, lambda: _enter(request, one, at, form)):
        messages.success(request, _("The day is entered. What was noted before stays readable."))
        return redirect("team_day", slug, public_id, day)
    return mended(request, "team/day.html", _context(one, at), form)


def _confirm(request: HttpRequest, one: Engagement, at: date) -> None:
    by = person_at(request, one.centre)
    services.confirm_days(ctx_of(request, one.centre), engagement=one, days=[at], by=by)
    messages.success(request, _("The day is confirmed."))


def _enter(request: HttpRequest, one: Engagement, at: date, form: DayForm) -> object:
    data = form.cleaned_data
    return services.enter_day(
        ctx_of(request, one.centre),
        engagement=one,
        day=at,
        reason=data["reason"],
        present=form.present(),
        absence=form.absence_given(),
        by=person_at(request, one.centre),
    )


def _initial(one: Engagement, at: date) -> dict[str, Any]:
    """What is known already; what is not known stays empty: nobody confirms a guess."""
    found = known([one], at, at).day(one, at, today_in(one.centre))
    work, tz = found.work, one.centre.tz
    return {
        "absence": found.absence or PRESENT,
        "came": work.came.astimezone(tz).time() if work.came else None,
        "left": work.left.astimezone(tz).time() if work.left else None,
        "break_minutes": work.breaks // 60 or None,
    }


def _context(one: Engagement, at: date) -> dict[str, Any]:
    today = today_in(one.centre)
    found = known([one], at - timedelta(days=1), at)
    one_day, before = (found.day(one, when, today) for when in (at, at - timedelta(days=1)))
    norms = norms_on(at)
    key, tz = (one.pk, at), one.centre.tz
    entries = found.entries.get(key, [])
    confirmed = found.confirmed.get(key)
    return {
        "engagement": one,
        "name": show.name_of(one),
        "day": at,
        "day_name": formats.day(at),
        "state": show_days.state_tag(one_day),
        "expected": show_days.expected_words(one_day),
        "hours": show_days.hours(one_day.work.seconds) if one_day.counts else "",
        "stamps": [show_days.stamp_line(stamp, tz) for stamp in found.stamps.get(key, [])],
        "entries": [
            show_days.entry_line(entry, tz, counts=entry is entries[-1]) for entry in entries
        ],
        "confirmed": confirmed,
        "hints": show_days.hint_words(one_day, limits_of(norms), norms, before),
        "may_confirm": one_day.state is State.COMPLETE and at < today,
        "month": f"{at:%Y-%m}",
    }


# -- a sheet of paper ----------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, slug: str, public_id: str, month: str) -> HttpResponse:
    """A month typed in from paper, for houses and days without a tablet."""
    one, first = as_lead(request, slug, public_id), month_or_404(month)
    found = month_of(one, first, today_in(one.centre))
    days = [day for day in found.days if _may_be_typed(one, day)]
    form = PaperForm(
        request.POST or None,
        days=[day.day for day in days],
        initial={"reason": _("from the sheet of paper"), **_typed_before(one, days)},
    )
    if request.method == "POST" and attempt(form, lambda: _type_in(request, one, form)):
        messages.success(request, _("The sheet is typed in. Please confirm the days."))
        return redirect(f"{reverse('team_engagement', args=[slug, public_id])}?monat={month}")
    context = {
        "engagement": one,
        "name": show.name_of(one),
        "month": month,
        "month_name": show_days.month_name(first),
        "lines": [{**row, "name": show_days.weekday_date(row["day"])} for row in form.rows()],
    }
    return mended(request, "team/paper.html", context, form)


def _may_be_typed(one: Engagement, day: Day) -> bool:
    """What is settled keeps its own page, where a correction says why."""
    settled = day.state in (State.CONFIRMED, State.ABSENT) or day.said
    return one.runs_on(day.day) and day.day <= today_in(one.centre) and not settled


def _typed_before(one: Engagement, days: list[Day]) -> dict[str, Any]:
    """What the tablet knows already."""
    tz = one.centre.tz
    known_times: dict[str, Any] = {}
    for day in days:
        for name, moment in (("came", day.work.came), ("left", day.work.left)):
            if moment:
                known_times[f"{name}_{day.day}"] = moment.astimezone(tz).time()
        if day.work.breaks:
            known_times[f"break_{day.day}"] = day.work.breaks // 60
    return known_times


def _type_in(request: HttpRequest, one: Engagement, form: PaperForm) -> object:
    return services.enter_days(
        ctx_of(request, one.centre),
        engagement=one,
        days=form.present(),
        reason=form.cleaned_data["reason"],
        by=person_at(request, one.centre),
    )


# -- the sheet -----------------------------------------------------------------------------
@require_safe
def sheet(request: HttpRequest, slug: str, public_id: str, month: str) -> HttpResponse:
    one = as_lead(request, slug, public_id)
    return sheet_answer(one, month_or_404(month))


def sheet_answer(one: Engagement, first: date) -> HttpResponse:
    content = sheets.pdf(one, first, today_in(one.centre))
    return attachment(content, "application/pdf", f"{_file_name(one, first)}.pdf")


@require_safe
def sheet_csv(request: HttpRequest, slug: str, public_id: str, month: str) -> HttpResponse:
    one, first = as_lead(request, slug, public_id), month_or_404(month)
    text = sheets.as_csv(one, first, today_in(one.centre))
    return attachment(text, CSV, f"{_file_name(one, first)}.csv")


def _file_name(one: Engagement, first: date) -> str:
    """No name of a person: file names travel far."""
    return f"{_('attendance')}-{first:%Y-%m}-{one.public_id}"


# -- learning steps ------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    one = as_lead(request, slug, public_id)
    person = one.person
    if person is None:
        raise not_found()
    form = ReachedForm(request.POST or None)
    if request.method == "POST" and _steps_done(request, one, person, form):
        return redirect("team_person_steps", slug, public_id)
    context = {
        "engagement": one,
        "name": show.name_of(one),
        "agreed": ask_steps.agreed(person),
        "areas": show.areas(ask_steps.path_of(person, one.centre)),
        "today": today_in(one.centre),
        "wording": services.wording(),
    }
    return mended(request, "team/person_steps.html", context, form)


def _steps_done(request: HttpRequest, one: Engagement, person: Person, form: ReachedForm) -> object:
    ctx, do = ctx_of(request, one.centre), request.POST.get("do")
    if do == "paper":
        return services.agree_to_steps(ctx, person=person, given=True, on_paper=True)
    if do == "back":
        ident = request.POST.get("reached", "")[:10]
        found = ask_steps.reached_by_id(one.centre, person, ident)
        services.take_back_step(ctx, reached=found)
        return True
    return attempt(form, lambda: _reached(request, one, form))


def _reached(request: HttpRequest, one: Engagement, form: ReachedForm) -> object:
    data = form.cleaned_data
    return services.confirm_step(
        ctx_of(request, one.centre),
        engagement=one,
        step=ask_steps.step_by_id(one.centre, data["step"]),
        on=data["on"],
        by=person_at(request, one.centre),
    )
