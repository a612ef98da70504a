"""Come and go at the shared tablet: show the badge, tap, done. The badge tells who it is for this
one tap; nothing else opens by it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wesprint.apps.account.public import badge_by_code
from wesprint.apps.team import services
from wesprint.apps.team.forms import BadgeForm
from wesprint.apps.team.models import Engagement, Way
from wesprint.apps.team.presenters import days as show_days
from wesprint.apps.team.presenters import engagements as show
from wesprint.apps.team.selectors.engagements import running_of
from wesprint.apps.team.views.common import today_in
from wesprint.apps.team.views.own import clock_context
from wesprint.kernel.context import Actor, ActorKind
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import Device, Person
from wesprint.web.handling import attempt, enter, mended
from wesprint.web.http import ctx_of, viewer_of

SALT, SECONDS = "wesprint.team.clock", 120


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def clock(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter(request, slug)
    device = _device(request, centre)
    if device is None:
        return _no_tablet(request, slug)
    form = BadgeForm(request.POST if "code" in request.POST else None)
    if "verb" in request.POST:
        return _tap(request, centre, device)
    if form.is_bound and form.is_valid():
        one = _by_badge(centre, form)
        if one is not None:
            return _choose(request, one, device)
    return mended(request, "team/clock.html", {"device": device}, form)


def _device(request: HttpRequest, centre: Centre) -> Device | None:
    """The registered tablet of this house, whoever stands at it."""
    desk = getattr(request, "desk", None)
    device: Device | None = desk.device if desk else None
    return device if device and device.centre_id == centre.pk else None


def _no_tablet(request: HttpRequest, slug: str) -> HttpResponse:
    if viewer_of(request).is_anonymous:
        return render(request, "team/clock_elsewhere.html", {})
    return redirect("team_own", slug)


def _by_badge(centre: Centre, form: BadgeForm) -> Engagement | None:
    badge = badge_by_code(form.cleaned_data["code"])
    one = _running(centre, badge.person) if badge else None
    if one is None:
        form.add_error(
            "code", _("This badge is not known here today. Try again, or ask your lead.")
        )
    return one


def _running(centre: Centre, person: Person) -> Engagement | None:
    return running_of(centre, [person.pk], today_in(centre))


def _choose(request: HttpRequest, one: Engagement, device: Device) -> HttpResponse:
    """Who it is travels signed, for two minutes, and for this tablet only."""
    note = signing.dumps([one.public_id, device.public_id], salt=SALT)
    context = {"name": show.name_of(one), "note": note, "device": device, **clock_context(one)}
    return render(request, "team/clock_choose.html", context)


def _tap(request: HttpRequest, centre: Centre, device: Device) -> HttpResponse:
    one = _noted(request, centre, device)
    form = BadgeForm({"code": "-"})
    if one is None or one.person is None:
        form.add_error(None, _("That took too long. Please show your badge again."))
        return mended(request, "team/clock.html", {"device": device}, form)
    made = attempt(form, lambda: _stamp(request, one, device))
    if made is None:
        return mended(request, "team/clock.html", {"device": device}, form)
    name = one.person.name
    messages.success(request, f"{name} · {show_days.stamp_line(made, centre.tz)}")
    return redirect("team_clock", centre.slug)


def _noted(request: HttpRequest, centre: Centre, device: Device) -> Engagement | None:
    try:
        note: Any = signing.loads(request.POST.get("note", ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    if note[1] != device.public_id:
        return None
    return (
        Engagement.objects.select_related("person", "centre")
        .filter(centre=centre, public_id=note[0])
        .first()
    )


def _stamp(request: HttpRequest, one: Engagement, device: Device) -> Any:
    person = one.person
    assert person is not None  # noqa: S101 - asked by the caller
    actor = Actor(ActorKind.PERSON, person.public_id, via=device.public_id)
    ctx = replace(ctx_of(request, one.centre), actor=actor)
    verb = request.POST.get("verb", "")
    return services.stamp(ctx, engagement=one, verb=verb, way=Way.BADGE)
