"""The lead's pages: today, the people, one engagement and its week."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.team import services
from wesprint.apps.team.days import State
from wesprint.apps.team.forms import (
    AbsenceForm,
    EndForm,
    EngagementForm,
    SupervisorForm,
    WeekForm,
    month_of_text,
)
from wesprint.apps.team.models import Engagement
from wesprint.apps.team.presenters import days as show_days
from wesprint.apps.team.presenters import engagements as show
from wesprint.apps.team.selectors import engagements as ask
from wesprint.apps.team.selectors.attendance import days_in_need, known, month_of, to_confirm
from wesprint.apps.team.selectors.norms import kinds_on
from wesprint.apps.team.views.common import LEAD, as_lead, month_or_404, person_at, today_in
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person
from wesprint.platform.people.selectors import team_of
from wesprint.web.handling import attempt, enter_work, mended
from wesprint.web.http import ctx_of, not_found


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is here today, who is expected, and which days want a look."""
    centre = enter_work(request, slug, LEAD)
    today = today_in(centre)
    running = ask.running(centre, today)
    found, kinds = known(running, today, today), kinds_on(today)
    days = [(one, found.day(one, today, today)) for one in running]
    lines = sorted(
        (show.today_line(one, day, kinds) for one, day in days), key=lambda line: line["rank"]
    )
    context = {
        "lines": lines,
        "here": sum(day.state in (State.HERE, State.PAUSED) for _one, day in days),
        "expected": sum(day.expected is not None for _one, day in days),
        "needs": [show.need_line(*pair) for pair in days_in_need(running, today)],
        "to_confirm": to_confirm(running, today),
    }
    return render(request, "team/board.html", context)


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, LEAD)
    today = today_in(centre)
    kinds = kinds_on(today)
    context = {
        "columns": show.columns(),
        "running": [show.row(one, kinds) for one in ask.running(centre, today)],
        "coming": [show.row(one, kinds) for one in ask.to_come(centre, today)],
        "ended": [show.row(one, kinds) for one in ask.ended(centre, today)],
    }
    return render(request, "team/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, LEAD)
    form = _engagement_form(request, centre)
    if request.method == "POST":
        made = attempt(form, lambda: _agree(request, centre, form))
        if made is not None:
            messages.success(request, _("It is agreed: %(name)s.") % {"name": show.name_of(made)})
            return redirect("team_engagement", slug, made.public_id)
    return mended(request, "team/agree.html", {}, form)


def _engagement_form(request: HttpRequest, centre: Centre) -> EngagementForm:
    today = today_in(centre)
    return EngagementForm(
        request.POST or None,
        people=[(one.public_id, one.name) for one in _free(centre)],
        kinds=show.kind_choices(kinds_on(today)),
        leads=[(one.public_id, one.name) for one in ask.leads(centre, today)],
        initial={"since": today},
    )


def _free(centre: Centre) -> list[Person]:
    """The team of the house without those who work here by an engagement already."""
    today = today_in(centre)
    busy = {one.person_id for one in ask.running(centre, today)}
    team = {one.person_id: one.person for one in team_of(centre, today)}
    return [person for key, person in team.items() if key not in busy]


def _agree(request: HttpRequest, centre: Centre, form: EngagementForm) -> Engagement:
    data = form.cleaned_data
    people = {one.public_id: one for one in _free(centre)}
    leads = {one.public_id: one for one in ask.leads(centre, today_in(centre))}
    return services.agree_engagement(
        ctx_of(request, centre),
        centre=centre,
        terms=services.Terms(
            kind=data["kind"],
            weekly_minutes=int(data["hours"] * 60),
            since=data["since"],
            until=data["until"],
            sponsor=data["sponsor"],
            reference=data["reference"],
        ),
        person=people.get(data["person"]),
        name=data["name"],
        supervisor=leads.get(data["supervisor"]),
        week=form.week(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def engagement(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What was agreed, and a month; POST says which day is the last."""
    one = as_lead(request, slug, public_id)
    form = EndForm(request.POST or None, initial={"until": one.until})
    if request.method == "POST" and attempt(form, lambda: _end(request, one, form)):
        messages.success(request, _("The last day is noted."))
        return redirect("team_engagement", slug, public_id)
    return mended(request, "team/engagement.html", _engagement_context(request, one), form)


def _end(request: HttpRequest, one: Engagement, form: EndForm) -> object:
    until = form.cleaned_data["until"]
    return services.end_engagement(ctx_of(request, one.centre), engagement=one, until=until)


def _engagement_context(request: HttpRequest, one: Engagement) -> dict[str, Any]:
    today = today_in(one.centre)
    first = month_of_text(request.GET.get("monat", ""), today)
    month = month_of(one, first, today)
    here = reverse("team_engagement", args=[one.centre.slug, one.public_id])
    return {
        "engagement": one,
        "name": show.name_of(one),
        "facts": show.facts(one),
        "week": show.week_facts(one, ask.patterns([one])[one.pk], today),
        "tabs": show_days.month_tabs(one, first, today, here),
        "month": first,
        "month_name": show_days.month_name(first),
        "columns": show_days.month_columns(),
        "rows": show_days.month_rows(one, month, link=True),
        "foot": show_days.month_foot(month),
        "waiting": len([day for day in month.with_state(State.COMPLETE) if day.day < today]),
        "open": len(month.with_state(State.OPEN, State.MISSING)),
        "today": today,
        "leads": [lead for lead in _leads(one.centre) if lead != one.supervisor],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    one = as_lead(request, slug, public_id)
    form = WeekForm(request.POST or None, initial=_week_initial(one))
    if request.method == "POST" and attempt(form, lambda: _set_week(request, one, form)):
        messages.success(request, _("The week is noted."))
        return redirect("team_engagement", slug, public_id)
    context = {"engagement": one, "name": show.name_of(one)}
    return mended(request, "team/week.html", context, form)


def _week_initial(one: Engagement) -> dict[str, Any]:
    since = max(today_in(one.centre), one.since)
    initial: dict[str, Any] = {"since": since}
    for row in one.pattern.filter(since__lte=since).order_by("since"):
        initial |= {f"starts_{row.weekday}": row.starts, f"ends_{row.weekday}": row.ends}
    return initial


def _set_week(request: HttpRequest, one: Engagement, form: WeekForm) -> object:
    return services.set_week(
        ctx_of(request, one.centre),
        engagement=one,
        since=form.cleaned_data["since"],
        week=form.week(),
    )


@require_POST
def supervisor(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Somebody else of the lead looks after them from now on."""
    one = as_lead(request, slug, public_id)
    form = SupervisorForm(request.POST)
    form.is_valid()
    wanted = form.cleaned_data.get("supervisor", "")
    found = [lead for lead in _leads(one.centre) if lead.public_id == wanted]
    if not found:
        raise not_found()
    ctx = ctx_of(request, one.centre)
    services.name_supervisor(ctx, engagement=one, supervisor=found[0])
    messages.success(request, _("%(name)s is noted as supervisor.") % {"name": found[0].name})
    return redirect("team_engagement", slug, public_id)


def _leads(centre: Centre) -> tuple[Person, ...]:
    return ask.leads(centre, today_in(centre))


@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    one = as_lead(request, slug, public_id)
    today = today_in(one.centre)
    form = AbsenceForm(request.POST or None, initial={"first": today, "last": today})
    if request.method == "POST" and attempt(form, lambda: _absent(request, one, form)):
        messages.success(request, _("The absence is noted."))
        return redirect("team_engagement", slug, public_id)
    context = {"engagement": one, "name": show.name_of(one)}
    return mended(request, "team/absence.html", context, form)


def _absent(request: HttpRequest, one: Engagement, form: AbsenceForm) -> object:
    return services.enter_absence(
        ctx_of(request, one.centre),
        engagement=one,
        by=person_at(request, one.centre),
        **form.cleaned_data,
    )


@require_POST
def confirm(request: HttpRequest, slug: str, public_id: str, month: str) -> HttpResponse:
    """All complete days of the month up to yesterday count from now on."""
    one = as_lead(request, slug, public_id)
    today = today_in(one.centre)
    found = month_of(one, month_or_404(month), today)
    days = [day.day for day in found.with_state(State.COMPLETE) if day.day < today]
    services.confirm_days(
        ctx_of(request, one.centre), engagement=one, days=days, by=person_at(request, one.centre)
    )
    messages.success(request, _("The days are confirmed."))
    here = reverse("team_engagement", args=[slug, public_id])
    return redirect(f"{here}?monat={month}")
