"""What the workshop asks of the store."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from wesprint.apps.goods.codes import number_in
from wesprint.apps.goods.models import FractionStock, Item, ItemPhoto, ItemState, Route, Status
from wesprint.platform.organisations.models import Centre

AT_ONCE = 60


def items_for_workshop(centre: Centre) -> tuple[Item, ...]:
    """What waits for an order, longest first. One query."""
    rows = Item.objects.filter(
        centre=centre, state=ItemState.TAKEN_IN, route=Route.WORKSHOP, status=Status.PRODUCT
    )
    return tuple(rows.select_related("category").order_by("taken_in_at", "pk")[:AT_ONCE])


def items_to_pick(centre: Centre, words: str) -> tuple[Item, ...]:
    """Things in the store room or on the shelf by number or a part of the name. One query."""
    rows = Item.objects.filter(
        Q(public_id=number_in(words)) | Q(title__icontains=words.strip()[:80]),
        centre=centre,
        state__in=(ItemState.TAKEN_IN, ItemState.FOR_SALE),
        status=Status.PRODUCT,
    )
    return tuple(rows.select_related("category").order_by("-taken_in_at", "-pk")[:12])


def photo_by_item(items: Iterable[int]) -> dict[int, str]:
    """The first photo's public id by the item's row number. One query."""
    rows = ItemPhoto.objects.filter(item__in=list(items)).order_by("item", "-position")
    return dict(rows.values_list("item_id", "file__public_id"))


def boxes(centre: Centre) -> tuple[FractionStock, ...]:
    """The boxes of offcuts with what is in them. One query."""
    rows = FractionStock.objects.filter(centre=centre).select_related("resource", "centre")
    return tuple(rows.order_by("material"))
