"""What waits in the store, oldest first: of each list the first few, and how many there are.

Only what is shown is read whole: a hundred things with house and kind cost more than all else on
the page of the day. One query each, and one more where there are more than the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet, prefetch_related_objects

from wesprint.apps.goods.models import (
    Item,
    ItemState,
    Offer,
    Reservation,
    ReservationState,
    Status,
)
from wesprint.apps.goods.selectors.offers import BOXES
from wesprint.platform.organisations.models import Centre

M = TypeVar("M", bound=Model)
FIRST = 3
LONG = timedelta(days=90)  # on the shelf; after that somebody should think about the price


@dataclass(frozen=True, slots=True)
class Waiting(Generic[M]):
    """`first`: at most FIRST. count: of all, up to the limit that was asked for."""

    first: list[M]
    count: int


def _waiting(rows: QuerySet[M], limit: int) -> Waiting[M]:
    found = list(rows[: FIRST + 1])
    if len(found) <= FIRST:
        return Waiting(found, len(found))
    return Waiting(found[:FIRST], rows.order_by().values("pk")[:limit].count())


def offers_in(centre: Centre, box: str, limit: int) -> Waiting[Offer]:
    """Without their lines (`with_lines`)."""
    rows = Offer.objects.filter(centre=centre, state__in=BOXES[box]).select_related("centre")
    return _waiting(rows.order_by("number"), limit)


def with_lines(offers: list[Offer]) -> None:
    """Fetch what is offered, for the few that are shown. One query."""
    prefetch_related_objects(offers, "lines")


def reservations_ending(centre: Centre, moment: datetime, limit: int) -> Waiting[Reservation]:
    """Those that run out before the next day begins."""
    rows = Reservation.objects.filter(
        state=ReservationState.ACTIVE, until__lte=_midnight(centre, moment), centre=centre
    )
    return _waiting(rows.select_related("item__category").order_by("until", "pk"), limit)


def _midnight(centre: Centre, moment: datetime) -> datetime:
    tomorrow = moment.astimezone(centre.tz).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, centre.tz)


def untested(centre: Centre, limit: int) -> Waiting[Item]:
    """Electrical things in the store room that nobody has tested yet."""
    rows = _in_store_room(centre).filter(
        category__electrical=True, tested_at__isnull=True, status=Status.PRODUCT
    )
    return _waiting(rows, limit)


def waste_waiting(centre: Centre, limit: int) -> Waiting[Item]:
    """What is waste and still in the house."""
    return _waiting(_in_store_room(centre).filter(status=Status.WASTE), limit)


def _in_store_room(centre: Centre) -> QuerySet[Item]:
    rows = Item.objects.filter(centre=centre, state=ItemState.TAKEN_IN)
    return rows.select_related("category", "centre").order_by("taken_in_at", "pk")


def standing_long(centre: Centre, moment: datetime, limit: int) -> Waiting[Item]:
    """On the shelf for longer than LONG, the oldest first."""
    rows = Item.objects.filter(
        centre=centre, for_sale_since__lt=moment - LONG, for_sale_since__isnull=False
    )
    oldest = rows.select_related("category", "centre").order_by("for_sale_since", "pk")
    return _waiting(oldest, limit)
