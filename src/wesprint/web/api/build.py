"""The API of one version: operations of all rooms below one address."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from wesprint.kernel.errors import DomainError
from wesprint.web.api import problems
from wesprint.web.api.limits import take, too_often
from wesprint.web.api.schema import complete, query_names
from wesprint.web.errors import Unexpected, from_database
from wesprint.web.middleware import places
from wesprint.web.rooms import Room

log = structlog.get_logger("wesprint.api")
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
DESCRIPTION = """
What the pages of a house show and do, for programs. Operations without a key are public. All
others need a key that the office of the house makes, for the scopes named there; it may no more
than its owner. Quantities are whole numbers: grams and euro cents. Lists come in pages: `after` of
one page asks for the next, null on the last. Every error is a problem (RFC 9457) that says what
happened, what was kept and what to do next.
"""


class Api(NinjaAPI):
    def get_openapi_schema(self, **given: Any) -> Any:
        return complete(super().get_openapi_schema(**given))

    @property
    def urls(self) -> Any:
        patterns, app, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = _around(pattern.callback, self)
        return patterns, app, namespace

    @functools.cached_property
    def parameters(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """What each operation takes behind the question mark, by method and route."""
        return query_names(self.get_openapi_schema())


def make_api(rooms: Sequence[Room]) -> Api:
    api = Api(
        title="WeSprint",
        version="1",
        description=" ".join(DESCRIPTION.split()),
        urls_namespace="api",
        docs_url=None,
        openapi_url="/openapi.json",
    )
    _translate_errors(api)
    for room in rooms:
        if room.api is not None:
            api.add_router("", room.api, tags=[room.name])
    return api


def _translate_errors(api: Api) -> None:
    """Everything that an operation may raise, as a problem."""
    handlers: dict[type[Exception], Callable[[Any], HttpResponse]] = {
        DomainError: problems.problem,
        AuthenticationError: lambda _error: problems.problem(problems.no_token()),
        HttpError: lambda _error: problems.problem(problems.unread()),
        RequestDataTooBig: lambda _error: problems.problem(problems.too_large()),
        OperationalError: _database,
        InterfaceError: _database,
        ValidationError: lambda error: problems.problem(
            problems.does_not_fit(), errors=problems.wrong_fields(error.errors)
        ),
        Exception: _unexpected,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, functools.partial(_handled, handler))


def _handled(
    handler: Callable[[Any], HttpResponse], request: HttpRequest, error: Any
) -> HttpResponse:
    return handler(error)


def _database(error: Exception) -> HttpResponse:
    log.error("database", error=type(error).__name__)
    return problems.problem(from_database(error))


def _unexpected(error: Exception) -> HttpResponse:
    log.error("unexpected", error=type(error).__name__, places=places(error))
    return problems.problem(
        Unexpected(
            _("Something went wrong on our side."),
            kept=_("This step was not saved; everything before it is safe."),
            next=_("Please tell the people who run the house."),
            code="unexpected",
        )
    )


def _around(view: View, api: Api) -> Any:
    """Limits before an operation, what every answer carries behind it."""

    @functools.wraps(view)
    def around(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        allowance = take(request)
        if allowance.is_spent:
            response: HttpResponseBase = problems.problem(too_often())
        else:
            response = _answer(view, api, request, *args, **kwargs)
        allowance.write(response)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return around


def _answer(
    view: Callable[..., HttpResponseBase],
    api: Api,
    request: HttpRequest,
    *args: Any,
    **kwargs: Any,
) -> HttpResponseBase:
    if _says_too_much(request):
        return problems.problem(problems.too_large())
    if unknown := _unknown_parameters(api, request):
        return problems.problem(problems.does_not_fit(), errors=unknown)
    response = view(request, *args, **kwargs)
    if response.status_code == 405:
        allowed = response.headers.get("Allow", "")
        return problems.problem(problems.wrong_method(), headers={"Allow": allowed})
    if request.method == "GET" and isinstance(response, HttpResponse):
        return _unless_known(request, response)
    return response


def _says_too_much(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


def _unknown_parameters(api: Api, request: HttpRequest) -> list[dict[str, str]]:
    """A misspelt filter must not answer with everything."""
    route = request.resolver_match.route if request.resolver_match else ""
    known = api.parameters.get((request.method or "", route))
    given = [] if known is None else sorted(set(request.GET) - known)[:20]
    text = gettext("This operation does not have this parameter.")
    return [{"field": f"query.{name[:40]}", "text": text} for name in given]


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """304 where the caller already has this very answer."""
    if response.status_code != 200:
        return response
    etag = f'W/"{problems.digest(response.content)}"'
    response["ETag"] = etag
    known = get_conditional_response(request, etag=etag, response=response)
    return known or response
