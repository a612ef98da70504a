"""Reserved things as their neighbour and the counter see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wesprint.apps.goods import links
from wesprint.apps.goods.models import Reservation, ReservationState, Waiting
from wesprint.apps.goods.presenters.items import title
from wesprint.apps.goods.selectors.collections import Kept, Place, Visitor
from wesprint.platform.ledger.models import IntentState


def page(kept: Kept, secret: str, asked: str) -> dict[str, Any]:
    """asked: the reservation whose delivery form was sent and must be mended."""
    return {
        "running": [_running(one, asked) for one in kept.running],
        "over": [_over(one) for one in kept.over[:6]],
        "places": [_place(one, secret) for one in kept.places],
        "cents": kept.cents,
        "several": len(kept.running) > 1,
        "link": links.absolute(reverse("goods_collection", args=[secret])) if secret else "",
        "secret": secret,
    }


def _running(one: Reservation, asked: str) -> dict[str, Any]:
    return {
        "title": title(one.item),
        "id": one.item.public_id,
        "key": one.public_id,
        "icon": one.item.category.icon,
        "cents": one.item.price_cents,
        "until": one.until,
        "secret": links.secret_for(one.public_id, links.RESERVATION),
        "delivery": delivery(one),
        "asked": one.public_id == asked,
        "phone": one.person.phone if one.person else "",
    }


def delivery(one: Reservation) -> dict[str, str]:
    """The open or settled wish to have it delivered; empty without one."""
    wish = getattr(one, "delivery_wish", None)
    if wish is None or wish.intent.state == IntentState.WITHDRAWN:
        return {}
    if wish.intent.state == IntentState.SATISFIED:
        return {"text": _("Our delivery has taken it on."), "address": wish.address, "open": ""}
    text = _("Waits for our delivery. We call you to agree on a time.")
    return {"text": text, "address": wish.address, "open": "1"}


_ENDED: Mapping[str, Callable[[], str]] = {
    ReservationState.FULFILLED: lambda: _("Collected. Enjoy it!"),
    ReservationState.CANCELLED: lambda: _("You gave this reservation back."),
}


def _over(one: Reservation) -> dict[str, Any]:
    words = _ENDED.get(one.state, lambda: _("This reservation has run out."))
    return {"title": title(one.item), "text": words(), "icon": one.item.category.icon}


def _place(one: Place, secret: str) -> dict[str, Any]:
    item = one.waiting.item
    return {
        "title": title(item),
        "icon": item.category.icon,
        "cents": item.price_cents,
        "position": one.position,
        "leave": reverse("goods_waiting_leave", args=[secret, one.waiting.public_id]),
    }


def visitor(one: Visitor, slug: str) -> dict[str, Any]:
    """One neighbour on the counter's list."""
    person = one.person
    return {
        "name": person.name if person else "",
        "phone": person.phone if person else "",
        "until": one.until,
        "cents": one.cents,
        "several": len(one.reservations) > 1,
        "items": [_to_hand_over(kept, slug) for kept in one.reservations],
    }


def _to_hand_over(kept: Reservation, slug: str) -> dict[str, Any]:
    return {
        "title": title(kept.item),
        "id": kept.item.public_id,
        "icon": kept.item.category.icon,
        "cents": kept.item.price_cents,
        "until": kept.until,
        "url": reverse("goods_hand_over", args=[slug, kept.item.public_id]),
        "delivery": delivery(kept),
    }


def call(one: Waiting) -> dict[str, Any]:
    return {
        "id": one.public_id,
        "title": title(one.item),
        "name": one.person.name if one.person else "",
        "phone": one.person.phone if one.person else "",
        "until": one.reservation.until if one.reservation else None,
    }
