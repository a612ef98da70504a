"""From a figure down to the list of entries behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wesprint.apps.flows import words
from wesprint.apps.flows.presenters import entries as show
from wesprint.apps.flows.presenters.account import group_name
from wesprint.apps.flows.selectors.entries import EntryPage, entries
from wesprint.apps.flows.selectors.picture import Picture
from wesprint.apps.flows.views.common import Asked, address, address_of, asked, period_chips

FLOW, ABOUT, AFTER = "fluss", "art", "nach"


@require_safe
def page(request: HttpRequest, slug: str = "") -> HttpResponse:
    wanted = asked(request, slug)
    flow, about = request.GET.get(FLOW, "")[:30], request.GET.get(ABOUT, "")[:60]
    found = entries(
        wanted.houses,
        wanted.choice.period,
        flow=flow,
        about=about,
        after=request.GET.get(AFTER, "")[:10],
    )
    return render(request, "flows/list.html", _context(wanted, flow, about, found))


def _context(wanted: Asked, flow: str, about: str, found: EntryPage) -> dict[str, Any]:
    picture, slug = wanted.picture(), wanted.slug
    path, back = address_of("flows_list", slug), address_of("flows", slug)
    here = {FLOW: flow, ABOUT: about}
    more = address(path, wanted.choice, **here, nach=found.after) if found.after else ""
    return {
        "choice": wanted.choice,
        "heading": _heading(picture, flow, about),
        "chips": period_chips(wanted, path, **here),
        "ways": _ways(wanted, picture, flow, about, path),
        "table": show.table(found.entries, with_house=not slug),
        "shown": len(found.entries),
        "more": more,
        "back": address(back, wanted.choice),
    }


def _heading(picture: Picture, flow: str, about: str) -> str:
    """ "Furniture: sold", as the band of the picture says."""
    known = words.declared()
    way = str(known[flow].label) if flow in known else flow
    what = group_name([*picture.groups, *picture.kinds], about)
    return ": ".join(part for part in (what, way) if part) or _("All entries")


def _ways(
    wanted: Asked, picture: Picture, flow: str, about: str, path: str
) -> list[dict[str, Any]]:
    names = [one.flow.name for one in picture.flows]
    found = [("", _("All ways")), *show.flow_chips(words.declared(), names)]
    return [
        {
            "label": label,
            "url": address(path, wanted.choice, fluss=name, art=about),
            "current": name == flow,
        }
        for name, label in found
    ]
