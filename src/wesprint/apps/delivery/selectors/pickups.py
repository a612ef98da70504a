"""Offers of givers that wait to be fetched."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models import Stop, StopState
from wesprint.apps.goods.public import Offer
from wesprint.kernel.errors import NotFound
from wesprint.platform.organisations.models import Centre

ACCEPTED, FETCH = "accepted", "fetch"
SHOWN = 20


def offers_to_fetch(centre: Centre) -> tuple[Offer, ...]:
    """Accepted, to be fetched from an address, and in nobody's tour yet. One query."""
    planned = Stop.objects.filter(board__centre=centre).exclude(offer="")
    taken = planned.exclude(state=StopState.FAILED).values("offer")
    rows = Offer.objects.filter(centre=centre, state=ACCEPTED, way=FETCH)
    rows = rows.exclude(fetch_address="").exclude(public_id__in=taken)
    return tuple(rows.select_related("giver", "centre").order_by("number")[:SHOWN])


def offer_to_fetch(centre: Centre, public_id: str) -> Offer:
    """Raises NotFound for one that is not to be fetched (any more)."""
    for one in offers_to_fetch(centre):
        if one.public_id == public_id:
            return one
    raise NotFound(_("This offer is not to be fetched."))


def offer_of(stop: Stop) -> Offer | None:
    """One query, none for a stop that fetches nothing of the goods' room."""
    if not stop.offer:
        return None
    return Offer.objects.filter(public_id=stop.offer, centre=stop.board.centre).first()
