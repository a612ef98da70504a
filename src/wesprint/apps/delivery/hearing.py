"""What this room hears of, in the worker: its own plans that are asked for, and things of the shelf
that shall be brought."""

from __future__ import annotations

from datetime import date, timedelta

from wesprint.apps.delivery import letters, services, tasks
from wesprint.apps.delivery.models import Shipment, Size
from wesprint.apps.delivery.selectors.house import hub_of
from wesprint.apps.goods.public import Reservation
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
        at=services.door(found.centre, found.delivery_wish.address),
        day=_next_day(ctx.occurred_at.astimezone(found.centre.tz).date()),
        size=next((size for most, size in _SIZES if found.item.mass_g <= most), Size.XL),
        parcels=[services.ParcelDraft("", found.item.mass_g)],
        note=found.item.title[:200],
        reservation=found.public_id,
    )


def _next_day(day: date) -> date:
    after = day + timedelta(days=1)
    return after + timedelta(days=1) if after.weekday() == 6 else after


HANDLERS = {
    "delivery.plan_asked": _plan,
    "delivery.announced": letters.announced,
    "goods.delivery_wished": _wished,
}
