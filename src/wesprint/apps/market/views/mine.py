"""What I sell here, for whoever signed in instead of keeping the letter with the link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wesprint.apps.market import statements
from wesprint.apps.market.presenters import mine as show
from wesprint.apps.market.selectors import mine as ask
from wesprint.apps.market.views.common import attachment
from wesprint.platform.people.models import User
from wesprint.web.http import SignInNeeded, viewer_of


def _user(request: HttpRequest) -> User:
    """A badge at a shared tablet does not open it."""
    user = viewer_of(request).user
    if user is None:
        raise SignInNeeded(_("Please sign in first."))
    return user


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    context = {
        "suppliers": [show.supplier(one) for one in ask.suppliers_of(user)],
        "settlements": show.settlements(ask.settlements_of(user)),
    }
    return render(request, "market/mine.html", context)


@never_cache
@require_safe
def settlement_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    found = ask.settlement_of(_user(request), public_id)
    return attachment(statements.pdf(found), "application/pdf", f"{found.number}.pdf")
