"""What all pages of this room do: know who is there, and read uploads."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language

from wesprint.apps.goods.services.contacts import Contact
from wesprint.apps.goods.services.photos import check_count
from wesprint.platform.base.clock import now
from wesprint.platform.files.services import Prepared, from_token, keep_token, prepare
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operator_of
from wesprint.platform.people.models import Person
from wesprint.platform.people.selectors import known_people, person_of
from wesprint.web.handling import add_to_form, attempt, enter, enter_work, mended
from wesprint.web.http import viewer_of

__all__ = [
    "TOKENS",
    "add_to_form",
    "attempt",
    "contact_of",
    "enter",
    "enter_work",
    "language",
    "mended",
    "people_of",
    "person_at",
    "tokens",
    "uploads",
]

TOKENS = "kept_photos"


def person_at(request: HttpRequest, centre: Centre) -> Person | None:
    """Whoever is signed in and known to the house: need not type name and telephone again."""
    viewer = viewer_of(request)
    operator = operator_of(centre, now().astimezone(centre.tz).date()) if viewer.user else None
    return person_of(viewer.user, operator) if viewer.user and operator else None


def contact_of(request: HttpRequest, data: dict[str, Any]) -> Contact:
    """How to reach whoever sends the form; `data` has name, phone and email."""
    return Contact(data["name"], data["phone"], data["email"], viewer_of(request).user)


def people_of(centre: Centre) -> QuerySet[Person]:
    """Whom the counter may look up."""
    operator = operator_of(centre, now().astimezone(centre.tz).date())
    return known_people(operator) if operator else Person.objects.none()


def language() -> str:
    return get_language() or "de"


def uploads(request: HttpRequest, name: str) -> tuple[Prepared, ...]:
    """New photos and those that an earlier try of the same form already brought. Raises Invalid
    for what is no photo, and for too many before looking at any: drawing one takes a second."""
    brought = request.POST.getlist(TOKENS)
    sent = [upload for upload in request.FILES.getlist(name) if upload.size]
    check_count(len(brought) + len(sent))
    kept = [from_token(token) for token in brought]
    fresh = [prepare(upload) for upload in sent]
    return tuple([photo for photo in kept if photo is not None] + fresh)


def tokens(photos: tuple[Prepared, ...]) -> list[str]:
    return [keep_token(photo) for photo in photos]
