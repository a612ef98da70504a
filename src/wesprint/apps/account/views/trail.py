"""Office: a look into the trail of what was done, with its cause."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wesprint.apps.account.forms import TrailForm
from wesprint.apps.account.readable import Line, commands_named, lines
from wesprint.apps.account.views.common import enter_work, today_in
from wesprint.platform.audit.models import AuditEntry
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operators_at
from wesprint.platform.people.models import RoleName
from wesprint.platform.people.services import look_into_audit
from wesprint.platform.people.services.trail import entries
from wesprint.platform.people.viewer import Viewer
from wesprint.web.http import ctx_of, viewer_of


@never_cache
@require_http_methods(["GET", "POST"])
def trail(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, "account.view_trail")
    today = today_in(centre)
    form = TrailForm(
        request.POST or None, initial={"since": today - timedelta(days=7), "until": today}
    )
    found: list[Line] | None = None
    if request.method == "POST" and form.is_valid():
        found = lines(_look(request, centre, form), viewer_of(request), centre)
    context = {"form": form, "centre": centre, "entries": found}
    status = 422 if form.errors else 200
    return render(request, "account_room/trail.html", context, status=status)


def _look(request: HttpRequest, centre: Centre, form: TrailForm) -> tuple[AuditEntry, ...]:
    given = form.cleaned_data
    ids = look_into_audit(
        ctx_of(request, centre),
        scopes=_scopes(viewer_of(request), centre),
        since=datetime.combine(given["since"], time(), centre.tz),
        until=datetime.combine(given["until"] + timedelta(days=1), time(), centre.tz),
        text=given["text"],
        commands=commands_named(given["text"]) if given["text"] else (),
    )
    return entries(ids)


def _scopes(viewer: Viewer, centre: Centre) -> tuple[str, ...]:
    """The house; what was done in the organisation that runs it only for whoever looks after
    or audits the whole organisation."""
    whole = {
        organisation
        for role, organisation, place in viewer.grants
        if place is None and role in (RoleName.BOARD, RoleName.AUDITOR)
    }
    operators = operators_at(centre, today_in(centre))
    return (centre.scope, *(one.scope for one in operators if one.pk in whole))
