"""Out of the house without a new owner: into the recycling cage, and out with its code."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import Item, ItemState, Recipient, Route, Status
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.services.checks import check_choice
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.outflows import PARTIES, check_code, send_load
from wesprint.apps.goods.services.selling import refresh_search
from wesprint.apps.goods.services.weight import Weight
from wesprint.apps.goods.states import check_item
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Refused
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.outbox.services import emit

NO_BETTER_CODE = "20 01 99"


@command("goods.change_to_waste")
def change_to_waste(
    ctx: Ctx, *, item: Item, route: str = Route.RECYCLE, waste_code: str = ""
) -> Item:
    """What was a product turned out to be none: it leaves the shelf and waits in the cage of
    its waste code, as the kind usually has when none is named.

    Raises Invalid for an unknown code, Conflict while it is reserved or when it is gone.
    """
    check_choice(route, list(PARTIES), "route")
    item = held(item, "centre", "category")
    if item.state != ItemState.TAKEN_IN:
        check_item(item, ItemState.TAKEN_IN)
    code = waste_code or usual_code(item)
    check_code(item.centre, ctx, code)
    item.state, item.route = ItemState.TAKEN_IN, route
    item.for_sale_since = item.price_cents = None
    if item.status != Status.WASTE:
        item.caged_at = ctx.occurred_at
    item.status, item.waste_code = Status.WASTE, code
    fields = ["state", "status", "route", "for_sale_since", "price_cents", "waste_code", "caged_at"]
    item.save(update_fields=fields)
    changed(item, "state", "status", "route", "waste_code")
    refresh_search(item)
    emit(ctx, "goods.item_became_waste", {"item": item.public_id})
    return item


@command("goods.take_out_of_cage")
def take_out_of_cage(ctx: Ctx, *, item: Item) -> Item:
    """Undo: it lay in the cage by mistake and stands in the store room again, usable and without
    a price. On the day itself; later it may have been touched as waste.

    Raises Refused on any later day and for what came in as waste, Conflict when it is gone.
    """
    item = held(item, "centre", "category")
    if item.status != Status.WASTE:
        return item
    if item.state != ItemState.TAKEN_IN:
        check_item(item, ItemState.TAKEN_IN)
    if not may_come_out(item, running_command().recorded_at):
        raise Refused(
            _("Only on the day on which it was put there does a thing come out of the cage."),
            kept=_("Nothing was changed."),
            next=_("If it was a mistake all the same: withdraw the entry and take it in again."),
            code="too-late",
        )
    item.status, item.route, item.waste_code, item.caged_at = Status.PRODUCT, Route.SELL, "", None
    item.save(update_fields=["status", "route", "waste_code", "caged_at"])
    changed(item, "status", "route", "waste_code")
    emit(ctx, "goods.item_taken_out_of_cage", {"item": item.public_id})
    return item


def may_come_out(item: Item, moment: datetime) -> bool:
    caged = item.caged_at
    return caged is not None and centre_day(item.centre, caged) == centre_day(item.centre, moment)


def usual_code(item: Item) -> str:
    return item.category.waste_code or NO_BETTER_CODE


@command("goods.dispose")
def dispose(
    ctx: Ctx,
    *,
    item: Item,
    waste_code: str,
    route: str = Route.RECYCLE,
    recipient: Recipient | None = None,
    slip_number: str = "",
    weight: Weight | None = None,
) -> Item:
    """One thing left the house for recycling ("recycle") or disposal ("dispose") under its key
    of the waste catalogue ("20 01 36"): a load of its own. What was a product becomes waste
    with that.

    Raises Invalid for an unknown key, Conflict when it is reserved or gone.
    """
    item = held(item, "centre")
    check_item(item, ItemState.DISPOSED)
    send_load(
        ctx,
        centre=item.centre,
        items=[item],
        waste_code=waste_code,
        route=route,
        recipient=recipient,
        slip_number=slip_number,
        weight=weight,
    )
    return held(item, "centre", "category")
