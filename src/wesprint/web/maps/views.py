"""Tiles of the imported towns. They are public data: whoever asks gets them."""

from __future__ import annotations

import gzip

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from wesprint.platform.geo.selectors import tile_of

KEEP = "public, max-age=31536000, immutable"
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
