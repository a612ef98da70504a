"""What a count did not find, and what turns up again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.flow_names import FOUND, LOST
from wesprint.apps.goods.models import (
    Item,
    ItemState,
    Place,
    Reservation,
    ReservationState,
    Route,
    Status,
)
from wesprint.apps.goods.services import shelf_books
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.places import WITH, check_here, stand
from wesprint.apps.goods.services.reservations import cancel_reservation
from wesprint.apps.goods.services.selling import refresh_search
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict
from wesprint.platform.commands.services import changed, command
from wesprint.platform.outbox.services import emit


@command("goods.declare_lost")
def declare_lost(ctx: Ctx, *, item: Item) -> Item:
    """Nobody finds it: it leaves the books as lost, and may be found again. A reservation of it
    ends. Raises Conflict when it is not in the house anyway."""
    item = held(item, "category", *WITH)
    check_here(item)
    if item.state == ItemState.RESERVED:
        kept = Reservation.objects.get(item=item, state=ReservationState.ACTIVE)
        cancel_reservation(ctx, reservation=kept)
        item.refresh_from_db(fields=["state"])
    shelf_books.lower(ctx, item, item.mass_g, LOST)
    item.state, item.left_at, item.for_sale_since = ItemState.LOST, ctx.occurred_at, None
    item.save(update_fields=["state", "left_at", "for_sale_since"])
    changed(item, "state")
    refresh_search(item)
    emit(ctx, "goods.item_lost", {"item": item.public_id})
    return item


@command("goods.declare_found")
def declare_found(ctx: Ctx, *, item: Item, place: Place | None = None) -> Item:
    """It was lost and is here again: on the shelf if it stood there, else in the store room.
    Raises Conflict for a thing that was not lost."""
    item = held(item, "category", *WITH)
    if item.state != ItemState.LOST:
        raise Conflict(
            _("This item was not lost."),
            kept=_("Nothing was changed."),
            next=_("Please load the page again to see how it stands."),
            code="not-lost",
        )
    shelf_books.raise_(ctx, item, item.mass_g, FOUND)
    listed = _stood_on_the_shelf(item)
    item.state = ItemState.FOR_SALE if listed else ItemState.TAKEN_IN
    item.left_at, item.for_sale_since = None, item.first_for_sale_at if listed else None
    item.save(update_fields=["state", "left_at", "for_sale_since"])
    changed(item, "state")
    refresh_search(item)
    emit(ctx, "goods.item_found", {"item": item.public_id})
    return stand(ctx, item, place) if place is not None else item


def _stood_on_the_shelf(item: Item) -> bool:
    priced = item.price_cents is not None and item.first_for_sale_at is not None
    return priced and item.route == Route.SELL and item.status == Status.PRODUCT
