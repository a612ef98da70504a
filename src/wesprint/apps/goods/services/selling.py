"""From the store room into the catalogue and back, and prices."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import Item, ItemState, PriceChange, Route
from wesprint.apps.goods.selectors.catalogue import SEARCH_KIND
from wesprint.apps.goods.selectors.counter import suggested_cents
from wesprint.apps.goods.services.barring import bar, check_not_waste, refusal
from wesprint.apps.goods.services.checks import check_price
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.states import check_item
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Refused
from wesprint.platform.commands.services import changed, command
from wesprint.platform.outbox.services import emit
from wesprint.platform.reference.facts import GateFacts
from wesprint.platform.reference.models import GateKind
from wesprint.platform.search import services as search

SALE_TIMES = ("for_sale_since", "first_for_sale_at")
NOTHING_CHANGED = _("Nothing was changed.")


@command("goods.put_up_for_sale")
def put_up_for_sale(ctx: Ctx, *, item: Item, price_cents: int) -> Item:
    """Into the catalogue at this price in cents; 0 means it is given away.

    Raises Refused for waste and for a thing that a gate keeps from the shelf (never sold, not
    tested, no product data), Conflict when it is not in the store room.
    """
    item = held(item, "centre", "category")
    return list_for_sale(ctx, item, price_cents)


def list_for_sale(ctx: Ctx, item: Item, price_cents: int) -> Item:
    gate = bar(item, ctx)
    is_new = item.first_for_sale_at is None
    mark_for_sale(ctx, item, price_cents, gate, ctx.occurred_at)
    if is_new:
        item.suggested_cents = suggested_cents(item, ctx.occurred_at)
    item.save(
        update_fields=["state", "route", "price_cents", "suggested_cents", "barred", *SALE_TIMES]
    )
    changed(item, "state", "price_cents")
    refresh_search(item)
    emit(ctx, "goods.item_for_sale", {"item": item.public_id})
    return item


def mark_for_sale(
    ctx: Ctx, item: Item, price_cents: int, gate: GateFacts | None, since: datetime
) -> None:
    """Everything that has to be right before a thing stands on the shelf; gate: the one that is
    closed. Saves nothing."""
    check_price(price_cents)
    check_item(item, ItemState.FOR_SALE)
    check_not_waste(item)
    if gate is not None:
        raise refusal(gate, ctx)
    item.state, item.route = ItemState.FOR_SALE, Route.SELL
    item.price_cents, item.for_sale_since = price_cents, since
    item.first_for_sale_at = item.first_for_sale_at or since


def mark_with_price(
    ctx: Ctx, item: Item, price_cents: int, gate: GateFacts | None, since: datetime
) -> None:
    """What comes in with a price: onto the shelf; where only product data are missing it waits
    with its price. Saves nothing."""
    if gate is None or gate.kind != GateKind.NEEDS_DATA:
        mark_for_sale(ctx, item, price_cents, gate, since)
        return
    check_price(price_cents)
    item.price_cents = price_cents


@command("goods.set_price")
def set_price(ctx: Ctx, *, item: Item, price_cents: int) -> Item:
    """Another price for something on the shelf. Raises Refused while it is reserved: the
    neighbour was promised the old one."""
    check_price(price_cents)
    item = held(item)
    if item.state == ItemState.RESERVED:
        raise Refused(
            _("This item is reserved at its present price."),
            kept=NOTHING_CHANGED,
            next=_("The price can be changed when the reservation has ended."),
            code="reserved",
        )
    if item.state != ItemState.FOR_SALE:
        check_item(item, ItemState.RESERVED)
    if price_cents == item.price_cents:
        return item
    PriceChange.objects.create(
        item=item,
        at=ctx.occurred_at,
        old_cents=item.price_cents or 0,
        new_cents=price_cents,
        listed_since=item.for_sale_since,
    )
    item.price_cents = price_cents
    item.save(update_fields=["price_cents"])
    changed(item, "price_cents")
    return item


@command("goods.take_off_sale")
def take_off_sale(ctx: Ctx, *, item: Item, route: str = Route.WORKSHOP) -> Item:
    """Back into the store room. Raises Conflict while it is reserved or when it is gone."""
    item = held(item)
    check_item(item, ItemState.TAKEN_IN)
    item.state, item.route, item.for_sale_since = ItemState.TAKEN_IN, route, None
    item.save(update_fields=["state", "route", "for_sale_since"])
    changed(item, "state", "route")
    refresh_search(item)
    return item


def refresh_search(item: Item) -> None:
    """Keep what the catalogue's search knows in step with the shelf."""
    if not item.is_listed:
        search.remove(kind=SEARCH_KIND, object_id=item.public_id)
        return
    search.index_many([search_entry(item)])


def search_entry(item: Item) -> search.Entry:
    category = item.category
    words = (category.name_de, category.name_en, category.synonyms_de, category.synonyms_en)
    return search.Entry(
        SEARCH_KIND,
        item.public_id,
        item.centre.scope,
        item.title,
        " ".join((*words, item.note)),
    )
