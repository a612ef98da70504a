"""Who asks: a key in the header, the house it opens, and the context of the command."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer

from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Refused
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.platform.tokens.selectors import Bearer, bearer_of
from wesprint.platform.tokens.services import note_use
from wesprint.web.http import centre_or_404, not_found

LONGEST_SECRET = 100


class Token(HttpBearer):
    """The `auth` of every operation that is not public."""

    openapi_description = "A key of the house, made in its office under “Keys for programs”."

    def authenticate(self, request: HttpRequest, token: str) -> Bearer | None:
        found = known_bearer(request)
        if found is not None:
            note_use(found.token, timezone.localtime(now()).date())
        return found


def known_bearer(request: HttpRequest) -> Bearer | None:
    """Looked up once per request; None without a key or with one that does not count."""
    if not hasattr(request, "bearer"):
        request.bearer = _read(request.headers.get("Authorization", ""))  # type: ignore[attr-defined]  # our own attribute
    return cast("Bearer | None", request.bearer)  # type: ignore[attr-defined]  # our own attribute


def _read(header: str) -> Bearer | None:
    kind, _blank, secret = header.partition(" ")
    if kind.lower() != "bearer" or not 0 < len(secret) <= LONGEST_SECRET:
        return None
    return bearer_of(secret.strip(), timezone.localtime(now()).date())


def enter(request: HttpRequest, slug: str, permission: str) -> Centre:
    """The centre, if the key and its owner may do this there. A house that the key does not
    open is not told apart from none."""
    bearer = known_bearer(request)
    centre = centre_or_404(slug)
    if bearer is None or not bearer.viewer.knows(centre):
        raise not_found()
    if permission not in bearer.permissions:
        raise Refused(
            _("This key was not made for that."),
            kept=_("Nothing was changed."),
            next=_("Make a new key with the scope that this operation names."),
            code="scope",
        )
    if not may(bearer.viewer, permission, centre):
        raise Refused(
            _("The role of the key’s owner does not include this."),
            kept=_("Nothing was changed."),
            next=_("Ask somebody of the board if the program needs it."),
            code="role",
        )
    return centre


def ctx_for(request: HttpRequest, centre: Centre, key: str) -> Ctx:
    """Keys of different tokens never meet: one must not get at another's answer."""
    bearer = known_bearer(request)
    assert bearer is not None  # noqa: S101 - every writing operation has `auth`
    return Ctx(
        actor=bearer.viewer.actor,
        scope=centre.scope,
        key=f"{bearer.token.public_id}:{key}",
        occurred_at=now(),
        locale=get_language() or "de",
    )
