"""Office: keys for programs. The secret is shown once, on the page that answers the form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wesprint.apps.account.forms import KeyForm, put_error
from wesprint.apps.account.views.common import enter_work, today_in
from wesprint.kernel.errors import DomainError, Refused
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operators_at
from wesprint.platform.people.models import Person
from wesprint.platform.people.rules import may
from wesprint.platform.tokens import services
from wesprint.platform.tokens.models import Token
from wesprint.platform.tokens.scopes import declared
from wesprint.platform.tokens.selectors import state_of, tokens_of
from wesprint.web.http import ctx_of, not_found, viewer_of

READ, WRITE = "account.view_keys", "account.manage_keys"
STATES = {
    "valid": gettext_lazy("counts"),
    "revoked": gettext_lazy("taken back"),
    "expired": gettext_lazy("run out"),
    "ownerless": gettext_lazy("owner erased"),
}


@never_cache
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WRITE)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = _make(request, centre, form.cleaned_data)
        except DomainError as error:
            put_error(form, error)
        else:
            return render(request, "account_room/key.html", {"token": token, "secret": secret})
    status = 422 if form.is_bound and form.errors else 200
    may_change = may(viewer_of(request), WRITE, centre)
    context = {"form": form, "keys": _shown(centre), "may_change": may_change}
    return render(request, "account_room/keys.html", context, status=status)


def _make(request: HttpRequest, centre: Centre, given: dict[str, Any]) -> tuple[Token, str]:
    return services.make_token(
        ctx_of(request, centre),
        owner=_owner(request, centre),
        name=given["name"],
        scopes=tuple(given["scopes"]),
        expires_on=today_in(centre) + timedelta(days=given["days"]),
        centre=centre,
    )


def _owner(request: HttpRequest, centre: Centre) -> Person:
    """Whoever makes the key: it may no more than they may, and ends with their role."""
    organisations = operators_at(centre, today_in(centre))
    ids = viewer_of(request).person_ids
    owner = Person.objects.filter(pk__in=ids, organisation__in=organisations).first()
    if owner is None:
        raise Refused(_("Only people of the house make keys for it."), code="no-owner")
    return owner


def _shown(centre: Centre) -> list[dict[str, Any]]:
    day = today_in(centre)
    labels = {scope.name: scope.label for scope in declared()}
    return [
        {
            "token": token,
            "scopes": [labels.get(name, name) for name in token.scopes],
            "state": STATES[state_of(token, day)],
            "counts": state_of(token, day) == "valid",
        }
        for token in tokens_of(centre, day)
    ]


@require_POST
def revoke(request: HttpRequest, slug: str, key_id: str) -> HttpResponse:
    centre = enter_work(request, slug, WRITE)
    found = [one for one in tokens_of(centre, today_in(centre)) if one.public_id == key_id]
    if not found:
        raise not_found()
    services.revoke_token(ctx_of(request, centre), token=found[0])
    messages.success(request, _("The key opens nothing from now on."))
    return redirect("keys", slug)
