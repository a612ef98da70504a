"""The recipient's page behind the secret link: no account, a window that narrows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wesprint.apps.delivery import forms, links, services
from wesprint.apps.delivery.models import Outcome, Shipment, TourState
from wesprint.apps.delivery.presenters import days as show
from wesprint.apps.delivery.selectors.house import midnight
from wesprint.apps.delivery.selectors.shipments import shipment_by_secret
from wesprint.apps.goods.public import attempt, mended
from wesprint.platform.base.clock import now
from wesprint.web import formats
from wesprint.web.handling import show_house
from wesprint.web.http import ctx_of, not_found
from wesprint.web.throttle import throttle

BEFORE, ON_ROAD = timedelta(minutes=60), timedelta(minutes=20)
"""Half the width of the window that is told, planned and on the road."""


@never_cache
@require_safe
def track(request: HttpRequest, secret: str) -> HttpResponse:
    return _page(request, secret, forms.WishForm())


def _page(request: HttpRequest, secret: str, form: Form) -> HttpResponse:
    found = shipment_by_secret(secret, links.TRACKING)
    show_house(request, found.centre)
    parcels = list(found.parcels.all())
    loaded = any(one.state == "loaded" for one in parcels)
    context = {
        "title": _("Your parcel from %(sender)s") % {"sender": found.sender.name},
        "shipment": found,
        "secret": secret,
        "status": _status(found, loaded),
        "steps": _steps(found, [one.state for one in parcels]),
        "wish": str(found.get_wish_display()) if found.wish else "",
        "open": found.closed_at is None,
        "loaded": loaded,
        "days": _days(found),
    }
    return mended(request, "delivery/track.html", context, form)


def _days(found: Shipment) -> list[dict[str, str]]:
    today = now().astimezone(found.centre.tz).date()
    days = [today + timedelta(days=n) for n in range(1, 8)]
    return [
        {"value": day.isoformat(), "label": formats.full_date(day)}
        for day in days
        if day.weekday() != 6 and day != found.day
    ]


def _status(found: Shipment, loaded: bool) -> dict[str, str]:
    if found.closed_at is not None:
        return {"kind": "success", "title": _("It is there."), "text": _how(found)}
    if found.wish == "centre":
        return {"kind": "info", "title": _("It waits for you at the centre."), "text": ""}
    expected = _expected(found, loaded)
    if expected:
        title = _("Today, %(window)s") if _is_today(found) else _("%(day)s, %(window)s")
        text = (
            _ahead(found)
            if loaded
            else _("The window becomes narrower once the bike is on its way.")
        )
        return {
            "kind": "info",
            "title": title % {"window": expected, "day": formats.full_date(found.day)},
            "text": text,
        }
    day = formats.full_date(found.day)
    return {"kind": "info", "title": _("It comes on %(day)s.") % {"day": day}, "text": ""}


def _is_today(found: Shipment) -> bool:
    return bool(found.day == now().astimezone(found.centre.tz).date())


def _how(found: Shipment) -> str:
    if not found.stop.outcome:
        return ""
    words = str(Outcome(found.stop.outcome).label)
    return f"{words}: {found.stop.taken_by}" if found.stop.taken_by else words


def _expected(found: Shipment, loaded: bool) -> str:
    """Around the planned time; never outside what was promised."""
    stop = found.stop
    if stop.tour is None or stop.state != "open":
        return show.window(found.window_from, found.window_until)
    middle = midnight(found.centre, stop.board.day) + timedelta(seconds=stop.begin)
    around = ON_ROAD if loaded and stop.tour.state == TourState.OUT else BEFORE
    start, end = middle - around, middle + around
    if found.window_from and found.window_until:
        start, end = max(start, found.window_from), min(end, found.window_until)
        if start >= end:
            start, end = middle - around, middle + around
    return show.window(start, end)


def _ahead(found: Shipment) -> str:
    stop = found.stop
    if stop.tour is None or stop.position is None:
        return ""
    before = stop.tour.stops.filter(state="open", position__lt=stop.position).count()
    if not before:
        return _("You are the next stop.")
    return _("Stops before yours: %(count)s.") % {"count": before}


def _steps(found: Shipment, states: list[str]) -> list[dict[str, str]]:
    words = [_("Announced"), _("In the hub"), _("On the bike"), _("There")]
    order = ["announced", "here", "loaded", "delivered"]
    at = min((order.index(one) for one in states if one in order), default=0)
    over = found.closed_at is not None
    return [
        {"label": word, "state": "done" if over or n < at else "now" if n == at else "next"}
        for n, word in enumerate(words)
    ]


@require_POST
def wish(request: HttpRequest, secret: str, verb: str) -> HttpResponse:
    throttle(request, "answer")
    found = shipment_by_secret(secret, links.TRACKING)
    show_house(request, found.centre)
    form: Any
    if verb == "wunsch":
        form = forms.WishForm(request.POST)
        done = attempt(form, lambda: _wish(request, found, form))
    elif verb == "tag":
        form = forms.DayForm(request.POST)
        done = attempt(form, lambda: _day(request, found, form))
    else:
        raise not_found()
    if done is None:
        return _page(request, secret, form)
    return redirect("delivery_track", secret=secret)


def _wish(request: HttpRequest, found: Shipment, form: forms.WishForm) -> Shipment:
    data = form.cleaned_data
    ctx = ctx_of(request, found.centre)
    return services.wish(ctx, shipment=found, wish=data["wish"], note=data["note"])


def _day(request: HttpRequest, found: Shipment, form: forms.DayForm) -> Shipment:
    ctx = ctx_of(request, found.centre)
    return services.change_day(ctx, shipment=found, day=form.cleaned_data["day"])
