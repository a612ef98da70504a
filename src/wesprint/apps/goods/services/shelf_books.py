"""The ledger's entries of the stock room: moved, taken apart, lost, found, weighed anew."""

from __future__ import annotations

from typing import cast

from wesprint.apps.goods.flow_names import HEAVIER, INTAKE, LIGHTER, MOVED, SPLIT
from wesprint.apps.goods.models import Item, Place
from wesprint.apps.goods.services import books
from wesprint.kernel.context import Ctx
from wesprint.kernel.quantity import grams
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import EconomicEvent, EconomicResource


def shift(ctx: Ctx, item: Item, place: Place | None) -> None:
    """The thing stands elsewhere now: all of it moves from itself to itself, and only its
    location changes."""
    house = books.operator_agent(ctx, item.centre)
    event = ledger.EventDraft(
        action="move",
        flow=MOVED,
        provider=house,
        receiver=house,
        resource=item.resource,
        to_resource=item.resource,
        resource_quantity=grams(item.mass_g),
        basis=ledger.Basis(item.basis),
        at_location=item.place.public_id if item.place else "",
        to_location=place.public_id if place else "",
    )
    ledger.post(ctx, centre=item.centre, events=[event])


def split_off(ctx: Ctx, item: Item, *, mass_g: int, basis: str, label: str) -> EconomicResource:
    """A part of the batch becomes a resource of its own; the house's stock stays the same."""
    house = books.operator_agent(ctx, item.centre)
    part = ledger.NewResource(item.resource.conforms_to, tracking_identifier=label)
    event = ledger.EventDraft(
        action="move",
        flow=SPLIT,
        provider=house,
        receiver=house,
        resource=item.resource,
        to_resource=part,
        resource_quantity=grams(mass_g),
        basis=ledger.Basis(basis),
        to_location=item.place.public_id if item.place else "",
    )
    (posted,) = ledger.post(ctx, centre=item.centre, events=[event])
    return cast("EconomicResource", posted.to_resource_inventoried_as)


def split_event(item: Item) -> EconomicEvent | None:
    """The event that made this thing from a batch."""
    return EconomicEvent.objects.filter(
        to_resource_inventoried_as=item.resource_id, flow=SPLIT, corrects=None
    ).first()


def lower(ctx: Ctx, item: Item, mass_g: int, flow: str) -> None:
    _adjust(ctx, item, mass_g, "lower", flow)


def raise_(ctx: Ctx, item: Item, mass_g: int, flow: str) -> None:
    _adjust(ctx, item, mass_g, "raise", flow)


def _adjust(ctx: Ctx, item: Item, mass_g: int, action: str, flow: str) -> None:
    event = ledger.EventDraft(
        action=action,
        flow=flow,
        receiver=books.operator_agent(ctx, item.centre),
        resource=item.resource,
        resource_quantity=grams(mass_g),
        basis=ledger.Basis(item.basis),
    )
    ledger.post(ctx, centre=item.centre, events=[event])


def is_as_taken_in(item: Item) -> bool:
    """Whether all that its intake brought is still there, so that correcting that is enough."""
    if item.hand_overs.filter(cancelled_at=None).exists():
        return False
    brought = EconomicEvent.objects.filter(
        to_resource_inventoried_as=item.resource_id, flow=INTAKE, corrects=None
    )
    latest = brought.order_by("pk").values_list("resource_quantity", flat=True).last()
    return latest == item.mass_g


def weigh_anew(ctx: Ctx, item: Item, *, mass_g: int, basis: str) -> None:
    """The thing weighs `mass_g`. As long as nothing left it the intake was wrong, and is entered
    anew; later what was found too much or too little is an event of its own."""
    if is_as_taken_in(item):
        books.receive_anew(ctx, item, mass_g=mass_g, basis=basis)
        return
    more = mass_g - item.mass_g
    item.basis = basis
    if more > 0:
        raise_(ctx, item, more, HEAVIER)
    if more < 0:
        lower(ctx, item, -more, LIGHTER)
