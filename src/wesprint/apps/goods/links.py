"""The secret links of this room: what the giver or the neighbour holds in hand."""

from __future__ import annotations

from django.urls import reverse

from wesprint.apps.goods.models import Clearance, Collection, Offer, Reservation, SavedSearch
from wesprint.web.links import absolute, hash_for, secret_for

__all__ = [
    "CLEARANCE",
    "COLLECTION",
    "OFFER",
    "RESERVATION",
    "SEARCH",
    "absolute",
    "clearance_path",
    "collection_path",
    "hash_for",
    "offer_path",
    "reservation_path",
    "search_path",
    "secret_for",
]

OFFER, RESERVATION = "goods.offer", "goods.reservation"
COLLECTION, SEARCH, CLEARANCE = "goods.collection", "goods.search", "goods.clearance"


def offer_path(offer: Offer) -> str:
    return reverse("goods_offer_follow", args=[secret_for(offer.public_id, OFFER)])


def reservation_path(reservation: Reservation) -> str:
    secret = secret_for(reservation.public_id, RESERVATION)
    return reverse("goods_reservation", args=[secret])


def collection_path(collection: Collection) -> str:
    return reverse("goods_collection", args=[secret_for(collection.public_id, COLLECTION)])


def search_path(search: SavedSearch, name: str = "goods_search") -> str:
    return reverse(name, args=[secret_for(search.public_id, SEARCH)])


def clearance_path(clearance: Clearance, name: str = "goods_rest") -> str:
    """For the waste authority; the secret belongs to the offer's number."""
    return reverse(name, args=[secret_for(clearance.offer.public_id, CLEARANCE)])
