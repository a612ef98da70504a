"""One's own page: coming and going, the month, the way of learning."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wesprint.apps.team import services, sheets
from wesprint.apps.team.forms import month_of_text
from wesprint.apps.team.models import Engagement, Way
from wesprint.apps.team.presenters import days as show_days
from wesprint.apps.team.presenters import engagements as show
from wesprint.apps.team.selectors import engagements as ask
from wesprint.apps.team.selectors import steps as ask_steps
from wesprint.apps.team.selectors.attendance import known, month_of
from wesprint.apps.team.services.attendance import verbs_for
from wesprint.apps.team.views.common import attachment, month_or_404, today_in
from wesprint.apps.team.views.days import sheet_answer
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Person
from wesprint.web.handling import enter_work
from wesprint.web.http import ctx_of, not_found, viewer_of

OWN = "account.view_own"


def _enter(request: HttpRequest, slug: str) -> tuple[Centre, tuple[Engagement, ...]]:
    """The house and one's own engagements there. A stranger gets 404."""
    centre = enter_work(request, slug, OWN)
    found = ask.own_engagements(centre, viewer_of(request).person_ids)
    if not found and not viewer_of(request).knows(centre):
        raise not_found()
    return centre, found


def _mine(request: HttpRequest, slug: str) -> Engagement:
    """The running one, else the last one. NotFound where there is none."""
    centre, found = _enter(request, slug)
    if not found:
        raise not_found()
    running = [one for one in found if one.runs_on(today_in(centre))]
    return (running or list(found))[0]


def _person(one: Engagement) -> Person:
    if one.person is None:
        raise not_found()
    return one.person


@never_cache
@require_safe
def own(request: HttpRequest, slug: str) -> HttpResponse:
    _centre, found = _enter(request, slug)
    context = _context(request, _mine(request, slug)) if found else {"engagement": None}
    return render(request, "team/own.html", context)


def _context(request: HttpRequest, one: Engagement) -> dict[str, Any]:
    centre, person = one.centre, _person(one)
    today = today_in(centre)
    first = month_of_text(request.GET.get("monat", ""), today)
    month = month_of(one, first, today)
    path = ask_steps.path_of(person, centre)
    here = reverse("team_own", args=[centre.slug])
    return {
        "engagement": one,
        "name": show.name_of(one),
        "facts": show.facts(one),
        **clock_context(one),
        "tabs": show_days.month_tabs(one, first, today, here),
        "month": first,
        "month_name": show_days.month_name(first),
        "columns": show_days.month_columns(),
        "rows": show_days.month_rows(one, month, link=False),
        "foot": show_days.month_foot(month),
        "agreed": ask_steps.agreed(person),
        "wording": services.wording(),
        "areas": show.areas(path),
        "has_reached": any(reached for _step, reached in path),
    }


def clock_context(one: Engagement) -> dict[str, Any]:
    """Where somebody stands today, and what they can tap next."""
    today = today_in(one.centre)
    found = known([one], today, today)
    day = found.day(one, today, today)
    stamps = found.stamps.get((one.pk, today), [])
    closed = day.said or not one.runs_on(today)
    verbs = [] if closed else verbs_for(day)
    return {
        "state": show_days.state_tag(day),
        "expected": show_days.expected_words(day),
        "stamps": [show_days.stamp_line(stamp, one.centre.tz) for stamp in stamps],
        "said": day.said,
        "verbs": [
            {
                "value": verb.value,
                "label": show_days.VERBS[verb][0],
                "icon": show_days.VERBS[verb][1],
            }
            for verb in verbs
        ],
    }


@require_POST
def tap(request: HttpRequest, slug: str) -> HttpResponse:
    """By an account, or by a badge that is shown at the tablet."""
    one = _mine(request, slug)
    way = Way.BADGE if viewer_of(request).device_centre_id else Way.OWN
    verb = request.POST.get("verb", "")
    made = services.stamp(ctx_of(request, one.centre), engagement=one, verb=verb, way=way)
    messages.success(request, show_days.stamp_line(made, one.centre.tz))
    return redirect("team_own", slug)


@require_POST
def consent(request: HttpRequest, slug: str) -> HttpResponse:
    """Steps may be kept, or no longer: then they are gone."""
    one = _mine(request, slug)
    given = request.POST.get("given") == "1"
    services.agree_to_steps(ctx_of(request, one.centre), person=_person(one), given=given)
    text = (
        _("Thank you. Your steps are kept from now on.") if given else _("Your steps are deleted.")
    )
    messages.success(request, text)
    return redirect(reverse("team_own", args=[slug]) + "#steps")


@require_POST
def take_back(request: HttpRequest, slug: str, reached: str) -> HttpResponse:
    one = _mine(request, slug)
    found = ask_steps.reached_by_id(one.centre, _person(one), reached)
    services.take_back_step(ctx_of(request, one.centre), reached=found)
    messages.success(request, _("This step is no longer kept."))
    return redirect(reverse("team_own", args=[slug]) + "#steps")


@require_safe
def sheet(request: HttpRequest, slug: str, public_id: str, month: str) -> HttpResponse:
    centre, _found = _enter(request, slug)
    one = ask.own_engagement(centre, viewer_of(request).person_ids, public_id)
    return sheet_answer(one, month_or_404(month))


@require_safe
def steps_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """A confirmation of what was reached, and of nothing else."""
    one = _mine(request, slug)
    reached = ask_steps.reached_by(_person(one), one.centre)
    if not reached:
        raise not_found()
    content = sheets.steps_pdf(one, list(reached.values()), today_in(one.centre))
    return attachment(content, "application/pdf", f"{_('steps')}.pdf")
