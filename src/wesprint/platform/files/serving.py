"""A photo as an answer to a request. Who may see it was decided by the caller."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags

from wesprint.platform.files import store
from wesprint.platform.files.images import MIME
from wesprint.platform.files.models import StoredFile
from wesprint.platform.files.selectors import missing

YEAR = 31_536_000
HOUR = 3600


def serve(file: StoredFile, size: int = 960, *, request: HttpRequest) -> HttpResponseBase:
    """The photo with its longest side `size` pixels, or the next larger there is.

    Public photos may be kept by anybody for a year, others for an hour by the reader's own
    browser. Raises NotFound when the bytes are gone.
    """
    chosen = best_size(file, size)
    etag = f'"{file.digest[:32]}-{chosen}"'
    asked = request.headers.get("If-None-Match", "")
    if etag in parse_etags(asked):
        return _with_headers(HttpResponseNotModified(), file, etag)
    try:
        handle = store.path_of(file.digest, chosen).open("rb")
    except FileNotFoundError:
        raise missing() from None
    response = FileResponse(handle, content_type=MIME)
    response["Content-Disposition"] = f'inline; filename="photo-{chosen}.webp"'
    return _with_headers(response, file, etag)


def best_size(file: StoredFile, wanted: int) -> int:
    sizes: list[int] = sorted(file.sizes)
    return next((size for size in sizes if size >= wanted), sizes[-1])


def _with_headers(
    response: HttpResponse | FileResponse, file: StoredFile, etag: str
) -> HttpResponseBase:
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    if file.is_public:
        patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    else:
        patch_cache_control(response, private=True, max_age=HOUR)
    return response
