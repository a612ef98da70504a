"""Every error as problem+json (RFC 9457), from the one taxonomy."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from wesprint.kernel.errors import Busy, DomainError, Invalid, NotFound, TooOften
from wesprint.web.errors import localise

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 2


class Unread(DomainError):
    """The request is no JSON, or not in its form."""

    status, kind = 400, "unreadable"


class NoToken(DomainError):
    status, kind = 401, "no-token"


class WrongMethod(DomainError):
    status, kind = 405, "method"


class TooLarge(DomainError):
    status, kind = 413, "too-large"


class Wrong(Schema):
    """One field that cannot be right."""

    field: str = Field(examples=["body.weight_g"])
    text: str


class Problem(Schema):
    """What happened, what was kept and what to do next."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    code: str = Field(examples=["unknown-category"])
    detail: str
    kept: str = ""
    next: str = ""
    field: str | None = None
    errors: list[Wrong] = Field(default_factory=list)


def problem(
    error: DomainError, *, errors: Sequence[Mapping[str, str]] = (), headers: Any = None
) -> JsonResponse:
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "code": error.code,
        "detail": localise(error.what),
        "kept": localise(error.kept),
        "next": localise(error.next),
        "field": error.field,
        "errors": list(errors),
    }
    response = JsonResponse(body, status=error.status, content_type=MEDIA_TYPE, headers=headers)
    if error.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="wesprint"'
    if isinstance(error, Busy) and not isinstance(error, TooOften):
        response.headers.setdefault("Retry-After", str(RETRY_SECONDS))
    return response


def unread() -> Unread:
    return Unread(
        _("The house could not read this request."),
        kept=_("Nothing was changed."),
        next=_("Send JSON in UTF-8 as the description of the operation says."),
    )


def no_token() -> NoToken:
    return NoToken(
        _("This operation needs a key that counts."),
        kept=_("Nothing was changed."),
        next=_("Send it as “Authorization: Bearer …”; the office of the house makes keys."),
    )


def too_large() -> TooLarge:
    return TooLarge(
        _("This request is too large."),
        kept=_("Nothing was saved."),
        next=_("Send it in smaller parts."),
    )


def unknown_address() -> NotFound:
    return NotFound(
        _("There is no such address in this version of the API."),
        next=_("All operations stand in openapi.json."),
        code="no-operation",
    )


def wrong_method() -> WrongMethod:
    return WrongMethod(
        _("This address does not know this method."),
        kept=_("Nothing was changed."),
        next=_("The header Allow names those it knows."),
    )


def does_not_fit() -> Invalid:
    return Invalid(
        _("Some of the entries cannot be right."),
        kept=_("Nothing was saved yet."),
        next=_("Each of them is named under “errors”."),
        code="does-not-fit",
    )


def wrong_fields(found: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Where and why, never what was sent: it may be somebody's name."""
    return [
        {"field": ".".join(str(step) for step in one["loc"]), "text": str(one["msg"])}
        for one in found[:20]
    ]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:20]
