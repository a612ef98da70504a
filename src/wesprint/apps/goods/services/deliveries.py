""" "Have it delivered": a wish in the ledger, which the delivery room takes on."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import DeliveryWish, Reservation, ReservationState
from wesprint.apps.goods.services import books
from wesprint.apps.goods.services.checks import where_of
from wesprint.apps.goods.services.contacts import check_phone
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.waiting import kept_until
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid
from wesprint.kernel.quantity import grams
from wesprint.platform.commands.services import changed, command
from wesprint.platform.geo.locating import NOWHERE, Where
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import IntentState
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person
from wesprint.platform.people.services import change_person

HELD_FOR_DELIVERY = timedelta(days=6)  # then until the close of the next opening day
HELD_FOR_PAYMENT = timedelta(days=30)
WHERE = ("address", "lat", "lon", "confidence")
NOTHING_SAVED = _("Nothing was saved yet.")


@command("goods.wish_delivery")
def wish_delivery(
    ctx: Ctx, *, reservation: Reservation, address: Where | str, phone: str = ""
) -> DeliveryWish:
    """The reserved thing shall come to the neighbour; it is kept a week for that. Once more
    with another address changes the address.

    Raises Invalid without an address or a telephone number, Conflict when the reservation has
    ended.
    """
    held(reservation.item)
    reservation = held(reservation, "item__resource", "centre", "person")
    _check_running(ctx, reservation)
    where = where_of(address, 200, "address")
    if not where:
        raise Invalid(_("Please tell us where it shall go."), kept=NOTHING_SAVED, field="address")
    person = _reachable(ctx, reservation, phone)
    latest = kept_until(reservation.centre, ctx.occurred_at + HELD_FOR_DELIVERY)
    reservation.until = max(reservation.until, latest)
    reservation.save(update_fields=["until"])
    wish = _running_wish(reservation)
    if wish is None:
        return _open(ctx, reservation, person, where)
    _put(wish, where)
    wish.save(update_fields=WHERE)
    changed(reservation, "delivery.address")
    emit(ctx, "goods.delivery_moved", {"reservation": reservation.public_id})
    return wish


def _check_running(ctx: Ctx, reservation: Reservation) -> None:
    if reservation.state != ReservationState.ACTIVE or reservation.until <= ctx.occurred_at:
        raise Conflict(
            _("This reservation has ended."),
            kept=_("Nothing was changed."),
            code="reservation-over",
        )


def _reachable(ctx: Ctx, reservation: Reservation, phone: str) -> Person:
    person = reservation.person
    number = check_phone(phone) or (person.phone if person else "")
    if person is None or not number:
        raise Invalid(
            _("For a delivery we need a telephone number."),
            kept=NOTHING_SAVED,
            field="phone",
            code="no-phone",
        )
    if number == person.phone:
        return person
    return change_person(
        ctx,
        person=person,
        name=person.name,
        phone=number,
        email=person.email,
        letter=person.letter,
    )


def _running_wish(reservation: Reservation) -> DeliveryWish | None:
    rows = DeliveryWish.objects.filter(reservation=reservation)
    wish = rows.select_related("intent").first()
    if wish is not None and wish.closed_at is not None:
        raise Conflict(
            _("This delivery is settled already."), kept=_("Nothing was changed."), code="settled"
        )
    return wish


def _open(ctx: Ctx, reservation: Reservation, person: Person, where: Where) -> DeliveryWish:
    item = reservation.item
    intent = ledger.open_intent(
        ctx,
        centre=reservation.centre,
        action="dropoff",
        quantity=grams(item.mass_g),
        provider=books.operator_agent(ctx, reservation.centre),
        receiver=person.agent,
        resource=item.resource,
        due=reservation.until,
    )
    changed(reservation, "delivery")
    wish = DeliveryWish(reservation=reservation, intent=intent, asked_at=ctx.occurred_at)
    _put(wish, where)
    wish.save(force_insert=True)
    emit(ctx, "goods.delivery_wished", {"reservation": reservation.public_id})
    return wish


def _put(wish: DeliveryWish, where: Where) -> None:
    wish.address = where.text
    wish.lat, wish.lon, wish.confidence = where.lat, where.lon, where.confidence


@command("goods.withdraw_delivery")
def withdraw_delivery(ctx: Ctx, *, reservation: Reservation) -> Reservation:
    """Rather collect it: the usual time from now on. Twice changes nothing."""
    held(reservation.item)
    reservation = held(reservation, "centre")
    if close_wish(ctx, reservation) and reservation.state == ReservationState.ACTIVE:
        reservation.until = min(reservation.until, kept_until(reservation.centre, ctx.occurred_at))
        reservation.save(update_fields=["until"])
    return reservation


@command("goods.settle_delivery")
def settle_delivery(ctx: Ctx, *, reservation: Reservation) -> Reservation:
    """It was brought: the wish is satisfied, and the address goes. The thing stays put aside until
    the counter has its price. Twice changes nothing."""
    held(reservation.item)
    reservation = held(reservation, "centre")
    if not close_wish(ctx, reservation, IntentState.SATISFIED):
        return reservation
    if reservation.state == ReservationState.ACTIVE:
        latest = kept_until(reservation.centre, ctx.occurred_at + HELD_FOR_PAYMENT)
        reservation.until = max(reservation.until, latest)
        reservation.save(update_fields=["until"])
    return reservation


def close_wish(
    ctx: Ctx, reservation: Reservation, state: IntentState = IntentState.WITHDRAWN
) -> bool:
    """What is still open is withdrawn or satisfied, and the address goes; whether there was
    anything."""
    wish = DeliveryWish.objects.filter(reservation=reservation, closed_at=None).first()
    if wish is None:
        return False
    wish = held(wish, "intent")
    if wish.intent.state == IntentState.OPEN:
        ledger.close_intent(ctx, intent=wish.intent, state=state)
    wish.closed_at = ctx.occurred_at
    _put(wish, NOWHERE)
    wish.save(update_fields=["closed_at", *WHERE])
    changed(reservation, "delivery")
    if state == IntentState.WITHDRAWN:
        emit(ctx, "goods.delivery_withdrawn", {"reservation": reservation.public_id})
    return True
