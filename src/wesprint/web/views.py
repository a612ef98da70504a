"""Pages that belong to no room."""

from __future__ import annotations

import os
from dataclasses import asdict

from django.conf import settings
from django.db import connection
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from wesprint import __version__
from wesprint.platform.compute.service import SOCKET, status
from wesprint.web.http import centre_or_404, path_back

THEMES = ("light", "dark", "auto")
YEAR = 31_536_000


@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, 503 when not; for the reverse proxy and the monitor."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return JsonResponse({"status": "unavailable", "database": "unreachable"}, status=503)
    told = {"status": "ok", "version": __version__, "database": connection.vendor}
    return JsonResponse(told | {"compute": _solvers()})


def _solvers() -> dict[str, int] | str:
    """Pages are served without them, so they make nothing unavailable."""
    if not os.environ.get(SOCKET):
        return "none"
    found = status()
    return asdict(found) if found else "unreachable"


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Language and light or dark, kept in cookies of this browser, then back to the page."""
    response = redirect(path_back(request, request.POST.get("next", ""), "/"))
    language, theme = request.POST.get("language"), request.POST.get("theme")
    if language in dict(settings.LANGUAGES):
        _remember(response, settings.LANGUAGE_COOKIE_NAME, language)
    if theme in THEMES:
        _remember(response, "ws_theme", theme)
    return response


def _remember(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True
    )


@require_GET
@cache_control(public=True, max_age=300)
def colours(request: HttpRequest, slug: str) -> HttpResponse:
    """The centre's own colour for what one can do; contrast was checked when it was saved."""
    centre = centre_or_404(slug)
    css = ""
    if centre.colour_light and centre.colour_dark:
        css = (
            f":root{{--ws-action-light:{centre.colour_light};"
            f"--ws-action-dark:{centre.colour_dark}}}"
        )
    return HttpResponse(css, content_type="text/css")
