"""What pages of all rooms do: enter a house, and show in the form what must be mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Conflict, DomainError, Invalid, Refused
from wesprint.platform.organisations.models import Centre
from wesprint.web.errors import localise
from wesprint.web.http import centre_or_404, require

SENT_BEFORE = _(
    "This form was already sent, with other entries. What was sent first stands, and nothing of "
    "this was saved. Everything typed is still here: send it again only if you mean both."
)


def enter(request: HttpRequest, slug: str) -> Centre:
    """The centre of a public page."""
    return show_house(request, centre_or_404(slug))


def show_house(request: HttpRequest, centre: Centre) -> Centre:
    """The page belongs to this house, though its address does not name it."""
    request.centre = centre  # type: ignore[attr-defined]  # read by the page's context
    return centre


def enter_work(request: HttpRequest, slug: str, read: str, write: str = "") -> Centre:
    """The centre of a page for people who work there: `read` is asked of everybody, `write`
    too of whoever sends something."""
    centre = enter(request, slug)
    require(request, write if write and request.method == "POST" else read, centre)
    return centre


def add_to_form(form: BaseForm, error: DomainError) -> None:
    """What a service refused, at the field it speaks of. Whatever is no matter of the form is
    raised on."""
    if not isinstance(error, Invalid | Refused | Conflict):
        raise error
    if error.code == "key-reused":  # the form that comes back has a key of its own
        form.add_error(None, SENT_BEFORE)
        return
    words = " ".join(part for part in map(localise, (error.what, error.next)) if part)
    form.add_error(error.field if error.field in form.fields else None, words)


def mended(
    request: HttpRequest, template: str, context: dict[str, Any], form: BaseForm
) -> HttpResponse:
    """The page with its form: 422 when something must be mended, so that htmx and tests know."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)


def attempt(form: BaseForm, work: Callable[[], Any]) -> Any:
    """The service's answer, or None with its refusal noted in the form."""
    if form.errors:
        return None
    try:
        return work()
    except DomainError as error:
        add_to_form(form, error)
        return None
