"""What this room hears of, in the worker: its own plans that are asked for, and things of the shelf
that shall be brought."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from wesprint.apps.delivery import letters, services, tasks
from wesprint.apps.delivery.models import ParcelState, Shipment, Size
from wesprint.apps.delivery.selectors.house import hub_of
from wesprint.apps.goods.public import Reservation, settle_delivery
from wesprint.kernel.errors import Refused
from wesprint.platform.geo.locating import Where
from wesprint.platform.outbox.models import OutboxEvent
from wesprint.platform.outbox.services import handler_ctx

_SIZES = ((2_000, Size.S), (8_000, Size.M), (20_000, Size.L))


def _plan(event: OutboxEvent) -> None:
    """Planning takes seconds and must hold no transaction: a job of its own."""
    tasks.plan.enqueue(event.payload["run"])


def _wished(event: OutboxEvent) -> None:
    """ "Have it delivered": a shipment of the house, for the next working day. A house without a
    hub brings it as before."""
    rows = Reservation.objects.filter(public_id=event.payload["reservation"])
    found = rows.select_related("centre", "item", "person", "delivery_wish").first()
    if found is None or found.person is None or found.delivery_wish.closed_at is not None:
        return
    known = Shipment.objects.filter(reservation=found.public_id).exists()
    if known or hub_of(found.centre) is None:
        return
    ctx = handler_ctx(event, "delivery.wished")
    person = found.person
    services.announce(
        ctx,
        sender=services.own_sender(ctx.sub("sender"), centre=found.centre),
        to=services.Recipient(person.name, person.phone, person.email),
        at=services.door(found.centre, where_of(found.delivery_wish)),
        day=_next_day(ctx.occurred_at.astimezone(found.centre.tz).date()),
        size=next((size for most, size in _SIZES if found.item.mass_g <= most), Size.XL),
        parcels=[services.ParcelDraft("", found.item.mass_g)],
        note=found.item.title[:200],
        reservation=found.public_id,
    )


def _moved(event: OutboxEvent) -> None:
    """Another address of the wish, as long as no bike is on its way to the old one."""
    found = _shipment(event)
    wish = found and _wish_of(found.reservation)
    if found is None or wish is None or wish.address == found.address:
        return
    at = services.door(found.centre, where_of(wish))
    with suppress(Refused):
        services.correct_address(handler_ctx(event, "delivery.moved"), shipment=found, at=at)


def _withdrawn(event: OutboxEvent) -> None:
    """Rather collected: what the hub has taken over stays for the counter to hand out."""
    found = _shipment(event)
    if found is not None:
        with suppress(Refused):
            services.cancel(handler_ctx(event, "delivery.withdrawn"), shipment=found)


def _ended(event: OutboxEvent) -> None:
    """A thing of the shelf was brought: its wish in the goods' room is satisfied."""
    rows = Shipment.objects.filter(public_id=event.payload["shipment"])
    found = rows.exclude(reservation="").filter(parcels__state=ParcelState.DELIVERED).first()
    reservation = found and Reservation.objects.filter(public_id=found.reservation).first()
    if reservation:
        settle_delivery(handler_ctx(event, "delivery.settled"), reservation=reservation)


def _shipment(event: OutboxEvent) -> Shipment | None:
    rows = Shipment.objects.filter(reservation=event.payload["reservation"], closed_at=None)
    return rows.select_related("centre", "stop__board").first()


def _wish_of(reservation: str) -> Any:
    rows = Reservation.objects.filter(public_id=reservation, delivery_wish__closed_at=None)
    found = rows.select_related("delivery_wish").first()
    return found and found.delivery_wish


def where_of(wish: Any) -> Where:
    return Where(wish.address, wish.lat, wish.lon, wish.confidence)


def _next_day(day: date) -> date:
    after = day + timedelta(days=1)
    return after + timedelta(days=1) if after.weekday() == 6 else after


HANDLERS = {
    "delivery.plan_asked": _plan,
    "delivery.announced": letters.announced,
    "delivery.ended": _ended,
    "goods.delivery_wished": _wished,
    "goods.delivery_moved": _moved,
    "goods.delivery_withdrawn": _withdrawn,
}
