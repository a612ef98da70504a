"""How much is in a batch, and what all of it costs."""

from __future__ import annotations

from wesprint.apps.goods.models import Item, ItemState
from wesprint.apps.goods.services.selling import refresh_search
from wesprint.kernel.context import Ctx
from wesprint.platform.commands.services import changed


def take_out(ctx: Ctx, item: Item, part_g: int) -> None:
    """The batch weighs less now, and the price of all the rest falls with it; an empty one has
    left the house and keeps the mass of its last part."""
    left = item.mass_g - part_g
    if not left:
        item.mass_g = part_g
        item.state, item.left_at, item.for_sale_since = ItemState.HANDED_OVER, ctx.occurred_at, None
    else:
        weigh(item, left)
    _save(item)


def put_in(item: Item, part_g: int) -> None:
    """A part came back before the batch was empty; a negative one was taken out of it."""
    weigh(item, item.mass_g + part_g)
    _save(item)


def weigh(item: Item, mass_g: int) -> None:
    """So much is in it, at the same price per gram."""
    if item.price_cents:
        item.price_cents = (item.price_cents * mass_g * 2 + item.mass_g) // (2 * item.mass_g)
    item.mass_g = mass_g


def _save(item: Item) -> None:
    item.save(update_fields=["mass_g", "price_cents", "state", "left_at", "for_sale_since"])
    changed(item, "mass_g", "price_cents", "state")
    refresh_search(item)
