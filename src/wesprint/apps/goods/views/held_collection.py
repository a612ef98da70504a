"""Which collection this browser holds: the next thing is reserved without typing again.

Kept in the session for two days, by its secret link alone. Nobody's name is shown by it: the
next person at a shared computer learns nothing of the one before.
"""

from __future__ import annotations

from django.http import HttpRequest

from wesprint.apps.goods import links
from wesprint.apps.goods.models import Collection
from wesprint.apps.goods.selectors.collections import collection_by_secret
from wesprint.kernel.errors import NotFound
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre

KEY = "goods.collection"
KEPT_SECONDS = 2 * 24 * 3600


def keep(request: HttpRequest, collection: Collection | None) -> None:
    if collection is not None and not request.user.is_authenticated:
        secret = links.secret_for(collection.public_id, links.COLLECTION)
        request.session[KEY] = [secret, int(now().timestamp())]


def _secret(request: HttpRequest) -> str:
    secret, at = request.session.get(KEY, ("", 0))
    return secret if now().timestamp() - at < KEPT_SECONDS else ""


def found(request: HttpRequest, centre: Centre) -> Collection | None:
    """One query, none for who has reserved nothing."""
    secret = _secret(request)
    if not secret:
        return None
    try:
        held = collection_by_secret(secret)
    except NotFound:
        return None
    return held if held.centre_id == centre.pk and held.person_id is not None else None


def path(request: HttpRequest, centre: Centre) -> str:
    held = found(request, centre)
    return links.collection_path(held) if held else ""


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def holds(request: HttpRequest, secret: str) -> bool:
    return bool(secret) and _secret(request) == secret
