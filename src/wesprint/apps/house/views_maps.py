"""The towns that were imported: everybody sees them, who runs the installation removes them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wesprint.kernel.errors import Refused
from wesprint.platform.geo.models import Town
from wesprint.platform.geo.selectors import size_of, town_named
from wesprint.platform.geo.services import forget_unused, let_go_of_town
from wesprint.platform.geo.tasks import is_in_making
from wesprint.web.http import SignInNeeded, ctx_of, viewer_of
from wesprint.web.maps import shown


@require_http_methods(["GET", "HEAD", "POST"])
def maps(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _remove(request)
    context = {
        "towns": [_card(town) for town in Town.objects.all()],
        "in_making": is_in_making(),
        "may_remove": viewer_of(request).is_operator,
    }
    return render(request, "house/maps.html", context)


def _card(town: Town) -> dict[str, Any]:
    return {
        "town": town,
        "map": shown(_("Map of %(town)s") % {"town": town.name}, (), town=town, own_list=True),
        "megabytes": size_of(town) / 1_000_000,
    }


def _remove(request: HttpRequest) -> HttpResponse:
    _require_operator(request)
    town = town_named(request.POST.get("town", "")[:40])
    let_go_of_town(ctx_of(request), town=town)
    forget_unused()
    messages.success(request, _("%(town)s is off the map.") % {"town": town.name})
    return redirect("maps")


def _require_operator(request: HttpRequest) -> None:
    viewer = viewer_of(request)
    if viewer.is_anonymous:
        raise SignInNeeded(_("Please sign in first."))
    if not viewer.is_operator:
        raise Refused(
            _("Only who runs this installation removes a map."), kept=_("Nothing was changed.")
        )
