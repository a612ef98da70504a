"""Things that are sold for somebody else: they go back, or become the house's own.

They come in by `take_in` with an owner: custody passes to the house, rights do not, and at the
hand-over the rights go from the owner straight to the buyer.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.flow_names import RETURNED, RIGHTS
from wesprint.apps.goods.models import Item, ItemState
from wesprint.apps.goods.services import books
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.selling import refresh_search
from wesprint.apps.goods.states import check_item
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict
from wesprint.kernel.quantity import grams
from wesprint.platform.commands.services import changed, command
from wesprint.platform.ledger import services as ledger
from wesprint.platform.outbox.services import emit


@command("goods.give_back")
def give_back(ctx: Ctx, *, item: Item) -> Item:
    """The thing goes back to its owner. Raises Conflict for what is the house's own, reserved,
    or gone."""
    item = _held_for_another(item)
    check_item(item, ItemState.RETURNED)
    event = ledger.EventDraft(
        action="transferCustody",
        flow=RETURNED,
        provider=books.operator_agent(ctx, item.centre),
        receiver=item.resource.primary_accountable,
        resource=item.resource,
        resource_quantity=grams(item.mass_g),
        basis=ledger.Basis(item.basis),
    )
    ledger.post(ctx, centre=item.centre, events=[event])
    item.state = ItemState.RETURNED
    item.left_at, item.for_sale_since = ctx.occurred_at, None
    item.save(update_fields=["state", "left_at", "for_sale_since"])
    changed(item, "state")
    refresh_search(item)
    emit(ctx, "goods.item_given_back", {"item": item.public_id})
    return item


@command("goods.pass_to_house")
def pass_to_house(ctx: Ctx, *, item: Item) -> Item:
    """The owner gives it to the house: from now on it is the house's own, where it stands.
    Raises Conflict for what is that already, or has left the house."""
    item = _held_for_another(item)
    if item.left_at is not None:
        check_item(item, ItemState.RETURNED)
    event = ledger.EventDraft(
        action="transferAllRights",
        flow=RIGHTS,
        provider=item.resource.primary_accountable,
        receiver=books.operator_agent(ctx, item.centre),
        to_resource=item.resource,
        resource_quantity=grams(item.mass_g),
        basis=ledger.Basis(item.basis),
    )
    ledger.post(ctx, centre=item.centre, events=[event])
    changed(item, "owner")
    return item


def _held_for_another(item: Item) -> Item:
    item = held(item, "centre", "category", "resource__primary_accountable")
    if not books.is_held_for_another(item):
        raise Conflict(
            _("This item is the house's own."), kept=_("Nothing was changed."), code="own-item"
        )
    return item
