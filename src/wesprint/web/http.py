"""From a request to a viewer, a context and a decision who may."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import DomainError, Invalid, NotFound, Refused
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.models import User
from wesprint.platform.people.rules import may
from wesprint.platform.people.viewer import ANONYMOUS, Viewer, viewer_for_user

KEY_FIELD = "command_key"


class SignInNeeded(DomainError):
    """Nobody is signed in; the middleware leads to the sign-in page and back."""

    status, kind = 401, "sign-in-needed"


def viewer_of(request: HttpRequest) -> Viewer:
    """Who is looking, loaded once per request. A shared device's session wins: its badge
    middleware has set `request.viewer` already."""
    viewer = getattr(request, "viewer", None)
    if viewer is None:
        # An error page may come before anybody was asked who is there.
        user = getattr(request, "user", None)
        day = timezone.localtime(now()).date()  # roles begin and end with our days, not UTC's
        signed_in = user is not None and user.is_authenticated
        viewer = viewer_for_user(cast("User", user), day) if signed_in else ANONYMOUS
        request.viewer = viewer  # type: ignore[attr-defined]  # our own attribute
    return cast("Viewer", viewer)


class PinNeeded(DomainError):
    """The badge alone is not enough at a shared tablet; the middleware asks for the PIN."""

    status, kind = 401, "pin-needed"


def centre_or_404(slug: str) -> Centre:
    try:
        return Centre.objects.get(slug=slug)
    except Centre.DoesNotExist:
        raise not_found() from None


def not_found() -> NotFound:
    return NotFound(
        _("This page does not exist."),
        next=_("Please check the address, or go back to the house."),
    )


def require(request: HttpRequest, permission: str, centre: Centre) -> Viewer:
    """The viewer, if allowed. A stranger to the house gets 404, not the news that it exists."""
    viewer = viewer_of(request)
    if may(viewer, permission, centre):
        return viewer
    if viewer.is_anonymous:
        raise SignInNeeded(_("Please sign in first."))
    if not viewer.pin and may(replace(viewer, pin=True), permission, centre):
        raise PinNeeded(_("Please type your PIN first."))
    if not viewer.knows(centre):
        raise not_found()
    raise Refused(
        _("Your role does not include this page."),
        kept=_("Nothing was changed."),
        next=_("Ask somebody of the board if you need it for your work."),
    )


def may_send(request: HttpRequest, permission: str, centre: Centre) -> bool:
    """Whether a form is shown. At a shared tablet the PIN can still be typed when it is sent."""
    return may(replace(viewer_of(request), pin=True), permission, centre)


def ctx_of(request: HttpRequest, centre: Centre | None = None, *, scope: str = "") -> Ctx:
    """The context of the command that this request asks for. Its key comes with the form
    (or the Idempotency-Key header), so that a double click is one command."""
    return Ctx(
        actor=viewer_of(request).actor,
        scope=centre.scope if centre else scope or "installation",
        key=_key_of(request),
        occurred_at=now(),
        locale=get_language() or "de",
        cause=request.POST.get("cause", "")[:300],
    )


def _key_of(request: HttpRequest) -> str:
    given = request.POST.get(KEY_FIELD) or request.headers.get("Idempotency-Key") or ""
    if len(given) > 80:
        raise Invalid(_("The key of this request is too long."))
    return given or str(uuid.uuid4())


def path_back(request: HttpRequest, asked: str, home: str) -> str:
    """Where a form leads back to: a page of this house, or `home` for anything else. Nothing but
    an address: a bare word would be taken for the name of a route."""
    allowed = asked.startswith(("/", "http")) and url_has_allowed_host_and_scheme(
        asked, {request.get_host()}, request.is_secure()
    )
    return asked if allowed else home


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
