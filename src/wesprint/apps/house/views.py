"""The public pages of a house, of the region, and what the law wants to be readable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from wesprint.apps.house import desk as day
from wesprint.apps.house import selectors
from wesprint.apps.house.opening import opening
from wesprint.apps.house.presenter import component, greeting, programme, region_card
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre, RelationKind
from wesprint.platform.organisations.selectors import calendar_of
from wesprint.web.http import centre_or_404, require
from wesprint.web.maps import Place, ShownMap, shown
from wesprint.web.pieces import render_kept, rights
from wesprint.web.rooms import Area, NavItem, rooms


@require_safe
def centre(request: HttpRequest, slug: str) -> HttpResponse:
    at = now()
    found, relations = selectors.centre_with_relations(slug, at.date()) or (centre_or_404(slug), ())
    request.centre = found  # type: ignore[attr-defined]  # read by the page's context
    house = selectors.house_today(found, at, relations=relations)
    context = {
        "house": house,
        "section": component(house),
        "programme": programme(house),
        "greeting": greeting(found.name),
        "actions": actions(found),
        "contact": contact(house),
        "map": place_of(found),
    }
    return render(request, "house/centre.html", context)


def place_of(centre: Centre) -> ShownMap | None:
    """Where it is; the address beside it says the same."""
    if centre.lat is None or centre.lon is None:
        return None
    place = Place(centre.name, centre.lat, centre.lon, centre.street)
    return shown(_("Where the house stands"), [place], own_list=True)


def contact(house: selectors.House) -> str:
    """Where an idea for the house goes: the mail of whoever runs it."""
    mails = (one.organisation.email for one in house.relations if one.kind == RelationKind.OPERATOR)
    return next(filter(None, mails), "")


@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits today for whoever works here."""
    found, at = centre_or_404(slug), now()
    request.centre = found  # type: ignore[attr-defined]  # read by the page's context
    viewer = require(request, "house.view_desk", found)

    def context() -> dict[str, Any]:
        return {
            "today": at.astimezone(found.tz).date(),
            "opening": opening(calendar_of(found), at),
            **day.page(day.cards(found, viewer, at)),
        }

    return render_kept(request, "house/desk.html", (found.pk, rights(viewer)), context)


@require_safe
def region(request: HttpRequest) -> HttpResponse:
    houses = [region_card(house) for house in selectors.region_today(now())]
    return render(request, "house/region.html", {"houses": houses, "ways": region_ways()})


def region_ways() -> list[dict[str, Any]]:
    """Pages about all houses together, as the rooms declare them."""
    items = [item for room in rooms() for item in room.nav if item.area is Area.REGION]
    return [{"label": item.label, "url": reverse(item.url_name)} for item in items]


def actions(centre: Centre) -> list[dict[str, Any]]:
    """What one can do first, as the rooms declare it; the first of them is the main one."""
    items: Sequence[NavItem] = [item for room in rooms() for item in room.nav if item.action]
    ordered = sorted(items, key=lambda item: item.position)
    return [{"label": i.action, "url": reverse(i.url_name, args=[centre.slug])} for i in ordered]


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "house/imprint.html", {"tenants": selectors.tenants(now())})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "house/privacy.html", {"tenants": selectors.tenants(now())})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "house/accessibility.html", {"tenants": selectors.tenants(now())})


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: HttpRequest, slug: str) -> JsonResponse:
    """The house as an app on the home screen."""
    found = centre_or_404(slug)
    body = {
        "id": reverse("house", args=[slug]),
        "name": found.name,
        "short_name": found.name[:14].strip(),
        "description": str(found.claim),
        "start_url": reverse("house", args=[slug]),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#faf6ee",
        "theme_color": "#143d31",
        "icons": [
            _icon("icon-192.png", "192x192", "any"),
            _icon("icon-512.png", "512x512", "any"),
            _icon("icon-512.png", "512x512", "maskable"),
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


def _icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    return {"src": static(name), "sizes": sizes, "type": "image/png", "purpose": purpose}


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Machines may read what is public; secret links and work pages are no place for them."""
    lines = [
        "User-agent: *",
        "Disallow: /konto/",
        "Disallow: /theke/",
        "Disallow: /o/",
        "Disallow: /r/",
        "Disallow: /k/",
        "Disallow: /s/",
        "Disallow: /w/",
        "Disallow: /rest/",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index: the pages of all houses, and what the rooms list themselves."""
    paths = [reverse("sitemap_pages"), *selectors.further_sitemaps()]
    return _addresses(request, "house/sitemap_index.xml", paths)


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    return _addresses(request, "house/sitemap.xml", selectors.public_paths())


def _addresses(request: HttpRequest, template: str, paths: Iterable[str]) -> HttpResponse:
    addresses = [request.build_absolute_uri(path) for path in paths]
    return render(request, template, {"addresses": addresses}, content_type="application/xml")
