"""What every page knows: who is looking, where, and which ways lead on."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web.demo import demo_here
from wesprint.web.http import viewer_of
from wesprint.web.languages import choices, note_of
from wesprint.web.pieces import Pieces, pieces, rights
from wesprint.web.rooms import Area, NavItem, rooms


def page(request: HttpRequest) -> dict[str, Any]:
    centre = getattr(request, "centre", None)
    return {
        "viewer": SimpleLazyObject(lambda: viewer_of(request)),
        "centre": centre,
        "house_url": f"/z/{centre.slug}/" if centre else "/",
        "navigation": SimpleLazyObject(lambda: navigation(request, centre)),
        "layout": SimpleLazyObject(lambda: layout(request, centre)),
        "theme": theme_of(request),
        "languages": SimpleLazyObject(choices),
        "language_note": SimpleLazyObject(lambda: note_of(request)),
        "is_demo": SimpleLazyObject(demo_here),
        "is_development": settings.DEVELOPMENT,
    }


def layout(request: HttpRequest, centre: Centre | None) -> Pieces | None:
    """What stands around all pages of a house for viewers of the same rights: its ways. They
    differ from page to page only in which of them leads here."""
    if centre is None:
        return None
    here = request.path
    current = [href for href in _ways(centre.slug) if leads_to(href, here, centre.slug)]
    return pieces(request, ("layout", centre.pk, rights(viewer_of(request)), tuple(current)))


@lru_cache(maxsize=256)
def _ways(slug: str) -> tuple[str, ...]:
    """All that the rooms declare, whoever may open them."""
    return tuple(
        reverse(item.url_name, args=[slug])
        for room in rooms()
        for item in room.nav
        if item.area is not Area.REGION
    )


def leads_to(href: str, here: str, slug: str) -> bool:
    """The start page of a house is a prefix of all its pages, so it counts only exactly."""
    return here == href or (here.startswith(href) and not href.endswith(f"/z/{slug}/"))


def theme_of(request: HttpRequest) -> str:
    wanted = request.COOKIES.get("ws_theme", "auto")
    return wanted if wanted in ("light", "dark") else "auto"


def navigation(request: HttpRequest, centre: Centre | None) -> dict[str, list[NavItem]]:
    """Entries by area, only those that the viewer may open, in the rooms' order."""
    areas: dict[str, list[NavItem]] = {str(area): [] for area in Area}
    if centre is None:
        return areas
    viewer = viewer_of(request)
    for room in rooms():
        for item in room.nav:
            if not item.permission or may(viewer, item.permission, centre):
                areas[str(item.area)].append(item)
    for items in areas.values():
        items.sort(key=lambda item: item.position)
    return areas
