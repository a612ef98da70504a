"""What this browser has offered just now: who goes back and sends the form again is asked whether
it is meant as another offer or in place of the first.

Kept in the session for two hours, by its secret link alone; it shows no name.
"""

from __future__ import annotations

from django.http import HttpRequest

from wesprint.apps.goods import links
from wesprint.apps.goods.models import Offer, OfferState
from wesprint.apps.goods.selectors.offers import offer_by_secret
from wesprint.kernel.errors import NotFound
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.web.http import KEY_FIELD

KEY = "goods.sent"
KEPT_SECONDS = 2 * 3600
NOTHING = ("", "", 0, "")
RUNNING = (OfferState.OFFERED, OfferState.ASKED, OfferState.ACCEPTED)


def keep(request: HttpRequest, offer: Offer, replaced: Offer | None = None) -> None:
    key = request.POST.get(KEY_FIELD, "")
    secrets = [_secret(offer), _secret(replaced) if replaced else ""]
    request.session[KEY] = [*secrets, int(now().timestamp()), key]


def _secret(offer: Offer) -> str:
    return links.secret_for(offer.public_id, links.OFFER)


def found(request: HttpRequest, centre: Centre) -> Offer | None:
    """The last one that still stands. One query, none for who has offered nothing."""
    secret, _replaced, at, _key = request.session.get(KEY, NOTHING)
    if not secret or now().timestamp() - at >= KEPT_SECONDS:
        return None
    offer = _behind(secret)
    stands = offer is not None and offer.centre_id == centre.pk and offer.state in RUNNING
    return offer if stands else None


def meant(request: HttpRequest, earlier: Offer | None) -> tuple[str, Offer | None]:
    """What is asked, "another" or "instead" of which; "" where the giver must be asked. The very
    form that made the last one (a double click, a page out of the browser's memory) means what
    it meant then."""
    _last, replaced, _at, key = request.session.get(KEY, NOTHING)
    if key and request.POST.get(KEY_FIELD) == key:
        return ("instead", _behind(replaced)) if replaced else ("another", None)
    if earlier is None:
        return "another", None
    chosen = request.POST.get("meant", "")
    return (chosen if chosen in ("another", "instead") else ""), earlier


def _behind(secret: str) -> Offer | None:
    try:
        return offer_by_secret(secret, now())
    except NotFound:
        return None
