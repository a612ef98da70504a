"""Tiles of the imported towns, and their addresses while somebody types. Both are public data:
whoever asks gets them."""

from __future__ import annotations

import gzip

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from wesprint.kernel.errors import TooOften
from wesprint.platform.geo.selectors import find, tile_of, town_named
from wesprint.web.addresses import client_ip, household
from wesprint.web.http import viewer_of
from wesprint.web.throttle import count

KEEP = "public, max-age=31536000, immutable"
MINUTE = 60
MOST_A_MINUTE = 120
"""Suggestions for a stranger; somebody who types quickly asks for forty."""
SHORTEST, LONGEST = 3, 200
FAR = 0.3
"""Scores: what is so much worse than the best was not meant."""
TILE = "application/vnd.mapbox-vector-tile"


def _name(_request: HttpRequest, folder: str, zoom: int, x: int, y: int) -> str:
    """The folder is named after what it holds, so a tile of it never changes."""
    return f'"{folder}-{zoom}-{x}-{y}"'


@require_safe
@condition(etag_func=_name)
def tile(request: HttpRequest, folder: str, zoom: int, x: int, y: int) -> HttpResponse:
    """Packed as it lies in the file; 204 where the town has nothing, 404 for no such town."""
    try:
        packed = tile_of(folder, zoom, x, y)
    except LookupError:
        raise Http404 from None
    response = HttpResponse(status=204) if packed is None else _response(request, packed)
    response.headers["Cache-Control"] = KEEP
    response.headers["Vary"] = "Accept-Encoding"
    response.same_for_all = True  # type: ignore[attr-defined]  # read by the language's middleware
    return response


def _response(request: HttpRequest, packed: bytes) -> HttpResponse:
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(packed), content_type=TILE)
    response = HttpResponse(packed, content_type=TILE)
    response.headers["Content-Encoding"] = "gzip"
    return response


@require_safe
@cache_control(private=True, max_age=300)
def suggestions(request: HttpRequest, slug: str) -> HttpResponse:
    """Options for the list below an address field (`?q=`), for its script."""
    _not_too_often(request)
    town, typed = town_named(slug), request.GET.get("q", "").strip()[:LONGEST]
    found = find(town, typed) if len(typed) >= SHORTEST else []
    near = [one for one in found if one.score > found[0].score - FAR]
    return render(request, "web/components/address_options.html", {"found": near})


def _not_too_often(request: HttpRequest) -> None:
    if viewer_of(request).grants:
        return
    if count("suggestions", household(client_ip(request)), MINUTE) > MOST_A_MINUTE:
        raise TooOften(
            _("So many suggestions were asked for that we pause them for a minute."),
            next=_("The address can be typed without them."),
        )
