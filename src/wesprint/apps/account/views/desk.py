"""The shared tablet: badge for intake, badge and PIN for money, locking by itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wesprint.apps.account.desk import Desk, badge_by_code, keep
from wesprint.apps.account.forms import BadgeForm, PinForm
from wesprint.platform.base.clock import now
from wesprint.platform.people.models import Badge
from wesprint.platform.people.services import PinResult, try_pin
from wesprint.platform.people.viewer import grants_of
from wesprint.web.camera import with_camera
from wesprint.web.http import ctx_of, path_back


def _desk(request: HttpRequest) -> Desk | None:
    return getattr(request, "desk", None)


@never_cache
@with_camera
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """The badge is shown. With a badge in hand it leads on to where the person wanted to go."""
    found = _desk(request)
    if found is None:
        return render(request, "account_room/desk_unknown.html")
    form = BadgeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        badge = badge_by_code(form.cleaned_data["code"])
        if badge is not None and _works_here(badge, found):
            return _identified(request, found, badge)
        form.add_error("code", _("This badge is not valid here. Try again, or ask the board."))
    return _locked_page(request, found, form)


def _locked_page(request: HttpRequest, found: Desk, form: BadgeForm) -> HttpResponse:
    context = {
        "form": form,
        "device": found.device,
        "centre": found.device.centre,
        "leads_to": _next(request, found),
    }
    return render(request, "account_room/desk.html", context)


def _works_here(badge: Badge, found: Desk) -> bool:
    """A badge opens the tablets of houses in which its person has a role today."""
    centre = found.device.centre
    day = now().astimezone(centre.tz).date()
    probe = Desk(found.device, badge)
    return bool(grants_of([badge.person_id], day)) and bool(probe.viewer.roles_in(centre))


def _identified(request: HttpRequest, found: Desk, badge: Badge) -> HttpResponse:
    found.badge, found.pin, found.ended = badge, False, False
    return redirect(_next(request, found))


def _next(request: HttpRequest, found: Desk) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return path_back(request, wanted, f"/z/{found.device.centre.slug}/annahme/")


@never_cache
@require_http_methods(["GET", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """The second step for money. Wrong tries are counted at the badge, not at the tablet."""
    found = _desk(request)
    if found is None or found.badge is None:
        return redirect("desk")
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ctx = ctx_of(request, found.device.centre)
        result = try_pin(ctx, badge=found.badge, pin=form.cleaned_data["pin"])
        if result is PinResult.RIGHT:
            found.pin = True
            return redirect(_next(request, found))
        form.add_error("pin", _words(result))
    context = {
        "form": form,
        "device": found.device,
        "centre": found.device.centre,
        "leads_to": _next(request, found),
    }
    return render(request, "account_room/desk_pin.html", context)


def _words(result: PinResult) -> str:
    match result:
        case PinResult.LOCKED:
            return _("Too many wrong tries: the PIN is paused for 15 minutes.")
        case PinResult.NONE:
            return _("This badge has no PIN yet. The board sets one up with you.")
        case _other:
            return _("This PIN is not right.")


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    response = redirect("desk")
    found = _desk(request)
    if found is not None:
        found.badge, found.pin, found.ended = None, False, True
        keep(response, found)
    return response
