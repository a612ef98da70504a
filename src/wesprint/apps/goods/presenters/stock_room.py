"""What the stock room knows of one item, for its page in the office."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from wesprint.apps.goods.models import Item, ItemState
from wesprint.apps.goods.presenters.ageing import price_steps
from wesprint.apps.goods.presenters.labels import printed
from wesprint.apps.goods.presenters.places import name
from wesprint.apps.goods.selectors.ageing import price_history
from wesprint.apps.goods.selectors.places import labels_made


def context(item: Item, *, may_move: bool) -> dict[str, Any]:
    """Three queries."""
    place = item.place
    return {
        "place": name(place),
        "place_url": reverse("goods_place", args=[item.centre.slug, place.public_id])
        if place
        else "",
        "is_batch": item.is_batch,
        "is_lost": item.state == ItemState.LOST,
        "prices": price_steps(price_history(item)),
        "printed": printed(labels_made(item)),
        "may_move": may_move,
    }
