"""Language, errors, and one log line for each request."""

from __future__ import annotations

import contextlib
import time
import traceback
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from wesprint.kernel.errors import DomainError, Unavailable
from wesprint.platform.base.unchanged import state
from wesprint.web.errors import error_response, page_not_found, told
from wesprint.web.languages import spoken_on

log = structlog.get_logger("wesprint.request")
Handler = Callable[[HttpRequest], HttpResponse]


class RequestLogMiddleware:
    """One line a request, by route, never by path: paths hold secret links and ids."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            route=match.route if match else "",
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )
        return response


class StateMiddleware:
    """Which state the database was in before anything of it was read for this page: what is kept
    of the page is good for as long as that lasts. Whoever sends something reads afresh."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            with contextlib.suppress(DatabaseError, InterfaceError):  # the page itself will say so
                request.state_at_start = state()  # type: ignore[attr-defined]  # our own
        return self.get_response(request)


class LanguageMiddleware:
    """The reader's choice (cookie), else what the browser asks for, else the installation's;
    the installation's on a page that does not speak the reader's. An answer without any words
    (`same_for_all`) may be kept for everybody."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = self._wanted(request)
        spoken = chosen if spoken_on(chosen, request.path_info) else settings.LANGUAGE_CODE
        request.chosen_language, request.spoken_language = chosen, spoken  # type: ignore[attr-defined]  # our own
        with translation.override(spoken):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "de")
        if not getattr(response, "same_for_all", False):
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    def _wanted(self, request: HttpRequest) -> str:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if chosen in dict(settings.LANGUAGES):
            return chosen
        asked = translation.get_language_from_request(request)
        base = asked.split("-")[0]
        # Whoever asks for German gets the installation's German, formal or not.
        return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE.startswith(base) else base


class ErrorMiddleware:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:  # no address of ours, and nothing to ask a database for
            return page_not_found(request, Http404())
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DomainError):
            return error_response(request, error)
        known = told(error)
        if known is not None:
            if isinstance(known, Unavailable):
                log.error("unavailable", error=type(error).__name__)
            return error_response(request, known)
        log.error("unexpected", error=type(error).__name__, places=places(error))
        return None


def places(error: Exception) -> list[str]:
    """Where in the code, not the message: a message may quote what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]]
