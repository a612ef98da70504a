"""What the pages of this room share: who is there, and photos on their way."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from wesprint.apps.goods.public import Contact, centre_day, check_count
from wesprint.platform.base.clock import now
from wesprint.platform.files.services import Prepared, from_token, keep_token, prepare
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import operator_of
from wesprint.platform.people.models import Person
from wesprint.platform.people.selectors import person_of
from wesprint.web.http import viewer_of

TOKENS = "kept_photos"


def person_at(request: HttpRequest, centre: Centre) -> Person | None:
    """Whoever is signed in and known to the house: need not type name and telephone again."""
    user = viewer_of(request).user
    operator = operator_of(centre, centre_day(centre, now())) if user else None
    return person_of(user, operator) if user and operator else None


def contact_of(request: HttpRequest, data: dict[str, Any]) -> Contact:
    return Contact(data["name"], data["phone"], data.get("email", ""), viewer_of(request).user)


def uploads(request: HttpRequest, name: str = "photos") -> tuple[Prepared, ...]:
    """New photos and those that an earlier try of the same form already brought."""
    brought = request.POST.getlist(TOKENS)
    sent = [upload for upload in request.FILES.getlist(name) if upload.size]
    check_count(len(brought) + len(sent))
    kept = [from_token(token) for token in brought]
    fresh = [prepare(upload) for upload in sent]
    return tuple([photo for photo in kept if photo is not None] + fresh)


def tokens(photos: tuple[Prepared, ...]) -> dict[str, Any]:
    return {"kept_photos": [keep_token(photo) for photo in photos], "kept_field": TOKENS}


def today(centre: Centre) -> date:
    return centre_day(centre, now())


def attachment(content: bytes | str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
