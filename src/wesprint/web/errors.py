"""One mapping from the errors of the house to pages and fragments."""

from __future__ import annotations

import errno
import sys

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError, DataError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Busy, DomainError, Invalid, NotFound, Refused, Text, Unavailable
from wesprint.web.http import PinNeeded, SignInNeeded, is_htmx
from wesprint.web.resend import resend


class Unexpected(DomainError):
    """A mistake of ours: 500, so that nobody takes it for a moment's overload and retries."""


class WrongAddress(DomainError):
    """Somebody typed a name or a number that is not the house's own."""

    status, kind = 400, "not-found"

    def __init__(self) -> None:
        super().__init__(
            _("The house does not answer at this address."),
            next=_("Its address is %(url)s. Whoever runs it can add others: WESPRINT_HOSTS.")
            % {"url": settings.BASE_URL},
        )


def localise(text: object) -> str:
    """An error's text in the reader's language."""
    if isinstance(text, Text):
        return gettext(text.msgid) % text.values if text.values else gettext(text.msgid)
    return str(text)


def error_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The error as a page, or as a fragment for htmx in the page's place for messages."""
    if isinstance(error, PinNeeded):
        return _to_sign_in(request, "desk_pin")
    if isinstance(error, SignInNeeded):
        # A registered tablet opens with a badge, not with an account.
        return _to_sign_in(request, "desk" if hasattr(request, "desk") else "account_login")
    context = {
        "status": error.status,
        "kind": error.kind,
        "what": localise(error.what),
        "kept": localise(error.kept),
        "next": localise(error.next),
    }
    if is_htmx(request):
        return _fragment(request, context, error.status)
    if isinstance(error, Unavailable | Busy):
        context["resend"] = resend(request)
    body = render_to_string("web/errors/error.html", context, request=_safe(request, error))
    return HttpResponse(body, status=error.status)


def _fragment(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    body = render_to_string("web/errors/fragment.html", context)
    response = HttpResponse(body, status=status)
    response["HX-Retarget"] = "#ws-messages"
    response["HX-Reswap"] = "innerHTML"
    return response


def _safe(request: HttpRequest, error: DomainError) -> HttpRequest | None:
    """Without a database a page must not ask who is looking, nor where it is without a host."""
    return None if isinstance(error, Unavailable | Unexpected | WrongAddress) else request


def _to_sign_in(request: HttpRequest, door: str) -> HttpResponse:
    here = request.get_full_path() if request.method == "GET" else "/"
    target = f"{reverse(door)}?{urlencode({'next': here})}"
    if is_htmx(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = target
        return response
    return redirect(target)


_FULL = {errno.ENOSPC, errno.EDQUOT}
_NO_ROOM = "53100"  # PostgreSQL: disk full


def told(error: BaseException | None) -> DomainError | None:
    """What a known break means for people; None for one that nobody expected."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return no_room()
    if isinstance(error, DataError | UnicodeEncodeError | OverflowError) or _has_nul(error):
        return unreadable()
    if isinstance(error, DatabaseError | InterfaceError):
        return from_database(error)
    return None


def _has_nul(error: BaseException | None) -> bool:
    """PostgreSQL keeps no NUL; its driver says so with a ValueError of its own."""
    return isinstance(error, ValueError) and "NUL" in str(error)


def no_room() -> Unavailable:
    return Unavailable(
        _("The disk of this house is full."),
        kept=_("This step was not saved; everything before it is safe."),
        next=_("Please tell the people who run the house, and try again later."),
        code="disk-full",
    )


def unreadable() -> Invalid:
    """Signs or numbers that no form of ours sends."""
    return Invalid(
        _("The house could not read this request."),
        kept=_("Nothing was changed."),
        next=_("Please go back, load the page again and try once more."),
    )


def from_database(error: BaseException) -> Unavailable:
    state = getattr(error.__cause__, "sqlstate", None)
    if state == _NO_ROOM or "disk is full" in str(error):
        return no_room()
    return Unavailable(
        _("The house cannot reach its records at the moment."),
        kept=_("Everything saved before is safe; this step was not saved."),
        next=_("Please try again in a minute. Your entries are still in your browser: go back."),
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    error = NotFound(
        _("This page does not exist."),
        next=_("Please check the address, or go back to the house."),
    )
    return error_response(request, error)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_response(
        request, Refused(_("This is not open to you."), kept=_("Nothing was changed."))
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return error_response(request, too_much())
    if isinstance(exception, DisallowedHost):
        return error_response(request, WrongAddress())
    return error_response(request, unreadable())


def too_much() -> Invalid:
    return Invalid(
        _("This is more than a form of the house takes."),
        kept=_("Nothing was saved."),
        next=_("Please go back, shorten the text or send fewer files. Your entries are there."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Everything that nobody expected: said plainly, logged without personal data."""
    caught = sys.exc_info()[1]
    return error_response(
        request,
        told(caught)
        or Unexpected(
            _("Something went wrong on our side."),
            kept=_("This step was not saved; everything before it is safe."),
            next=_("Please try again. If it stays like this, tell the people at the counter."),
        ),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_response(
        request,
        Refused(
            _("This form was open for too long, or cookies are switched off."),
            kept=_("Nothing was saved."),
            next=_("Please go back, load the page again and send it once more."),
        ),
    )
