"""What of the workshop stands on the page of the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from wesprint.apps.goods.public import items_for_workshop, title
from wesprint.apps.workshop.models import Order
from wesprint.apps.workshop.presenters.board import hint, state_tag
from wesprint.apps.workshop.selectors import orders as ask
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.platform.people.viewer import Viewer
from wesprint.web import formats
from wesprint.web.rooms import DESK_COUNTS_TO, DeskCard, DeskRow

FIRST = 3


def desk(centre: Centre, viewer: Viewer, at: datetime) -> Sequence[DeskCard]:
    """Four queries for somebody who may see everything."""
    found: list[DeskCard] = []
    if may(viewer, "workshop.view_board", centre):
        found += [_waiting(centre), _orders(centre)]
    if may(viewer, "workshop.view_customers", centre):
        found.append(_to_be_fetched(centre))
    return found


def _waiting(centre: Centre) -> DeskCard:
    items = items_for_workshop(centre)
    new = reverse("workshop_new", args=[centre.slug])
    rows = [
        DeskRow(title(one), formats.kilos(one.mass_g), f"{new}?stueck={one.public_id}")
        for one in items[:FIRST]
    ]
    here = reverse("workshop_board", args=[centre.slug])
    nothing = _("nothing waits for the workshop")
    return DeskCard(
        _("For the workshop"), len(items), here, "route-workshop", nothing, rows, position=50
    )


def _orders(centre: Centre) -> DeskCard:
    orders = ask.running(centre)[:DESK_COUNTS_TO]
    here = reverse("workshop_board", args=[centre.slug])
    nothing = _("the bench is empty")
    rows = [_row(one) for one in orders[:FIRST]]
    return DeskCard(
        _("Orders in the workshop"), len(orders), here, "hourglass", nothing, rows, position=55
    )


def _to_be_fetched(centre: Centre) -> DeskCard:
    orders = ask.to_be_fetched(centre)[:DESK_COUNTS_TO]
    here = f"{reverse('workshop_board', args=[centre.slug])}?spalte=ready"
    nothing = _("nothing waits to be fetched")
    rows = [_row(one) for one in orders[:FIRST]]
    return DeskCard(
        _("Repaired, to be fetched"), len(orders), here, "hand", nothing, rows, position=58
    )


def _row(order: Order) -> DeskRow:
    holds = hint(order)
    url = reverse("workshop_order", args=[order.centre.slug, order.public_id])
    return DeskRow(order.title, holds["text"] if holds else state_tag(order)["text"], url)
