"""Times at which givers come or are fetched from: the house sets them, a giver takes one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import (
    Booking,
    BookingState,
    Offer,
    OfferState,
    Slot,
    Way,
)
from wesprint.apps.goods.selectors.appointments import DAYS_AHEAD, holds_on
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.services import books
from wesprint.apps.goods.services.checks import NOTHING_SAVED, check_choice
from wesprint.apps.goods.services.held import held
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.kernel.quantity import Quantity, Unit
from wesprint.platform.commands.services import changed, command
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import Intent, IntentState
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import calendar_of
from wesprint.platform.outbox.services import emit

MOST_AT_ONCE = 50
NOTHING_CHANGED = _("Nothing was changed.")


@command("goods.open_slot")
def open_slot(
    ctx: Ctx,
    *,
    centre: Centre,
    way: str,
    weekday: int,
    starts: time,
    ends: time,
    capacity: int,
    at_once: bool = False,
) -> Slot:
    """From today on, every week. Raises Invalid for a time that ends before it begins."""
    check_choice(way, Way.values, "way")
    check_choice(str(weekday), [str(day) for day in range(7)], "weekday")
    if ends <= starts:
        raise Invalid(_("It ends before it begins."), kept=NOTHING_SAVED, field="ends")
    if not 0 < capacity <= MOST_AT_ONCE:
        raise Invalid(
            _("Please give a number from 1 to %(most)s.") % {"most": MOST_AT_ONCE},
            kept=NOTHING_SAVED,
            field="capacity",
        )
    made = Slot.objects.create(
        centre=centre,
        way=way,
        weekday=weekday,
        starts=starts,
        ends=ends,
        capacity=capacity,
        at_once=at_once,
        since=centre_day(centre, ctx.occurred_at),
    )
    changed(made, "capacity")
    return made


@command("goods.close_slot")
def close_slot(ctx: Ctx, *, slot: Slot) -> Slot:
    """No new appointments in it; those agreed stand. Twice changes nothing."""
    slot = held(slot, "centre")
    today = centre_day(slot.centre, ctx.occurred_at)
    if slot.until is None or slot.until > today:
        slot.until = today
        slot.save(update_fields=["until"])
        changed(slot, "until")
    return slot


@dataclass(frozen=True, slots=True)
class Time:
    """A slot on one day."""

    slot: Slot
    day: date


@command("goods.book_appointment")
def book(ctx: Ctx, *, offer: Offer, slot: Slot, day: date) -> Booking:
    """The offer gets this time; an earlier one is given back. To be fetched becomes an Intent
    for the delivery room.

    Raises Conflict when the time is full, Refused for a day on which it does not hold or an
    offer that was not accepted (where the slot waits for that).
    """
    slot = held(slot, "centre")  # two givers at once: one after the other, so nothing overflows
    offer = held(offer, "giver")
    _check_offer(offer, slot)
    _check_day(ctx, slot, day)
    before = Booking.objects.filter(offer=offer, state=BookingState.BOOKED).first()
    if before is not None and (before.slot_id, before.day) == (slot.pk, day):
        return before
    if before is not None:
        _give_back(ctx, before)
    _check_room(slot, day)
    made = Booking.objects.create(
        centre=slot.centre,
        slot=slot,
        offer=offer,
        day=day,
        intent=_fetching(ctx, offer, slot, day) if slot.way == Way.FETCH else None,
        booked_at=ctx.occurred_at,
    )
    changed(made, "day")
    emit(ctx, "goods.appointment_booked", {"booking": made.public_id})
    return made


def _check_offer(offer: Offer, slot: Slot) -> None:
    if offer.centre_id != slot.centre_id:
        raise Refused(
            _("This belongs to another house."), kept=_("Nothing was recorded."), code="foreign"
        )
    if offer.way != slot.way:
        raise Refused(
            _("This time is for the other way of coming to us."),
            kept=NOTHING_CHANGED,
            field="time",
            code="other-way",
        )
    early = (OfferState.OFFERED, OfferState.ASKED) if slot.at_once else ()
    if offer.state not in (OfferState.ACCEPTED, *early):
        raise Refused(
            _("A time can be chosen once the offer is accepted."),
            kept=NOTHING_CHANGED,
            field="time",
            code="not-accepted",
        )


def _check_day(ctx: Ctx, slot: Slot, day: date) -> None:
    today = centre_day(slot.centre, ctx.occurred_at)
    ahead = today < day <= today + timedelta(days=DAYS_AHEAD)
    closed = calendar_of(slot.centre).why_closed(day) is not None
    if closed or not (ahead and holds_on(slot, day)):
        raise Refused(
            _("This time is not offered on that day."),
            kept=NOTHING_CHANGED,
            next=_("Please choose one of the times shown."),
            field="time",
            code="no-such-time",
        )


def _check_room(slot: Slot, day: date) -> None:
    taken = Booking.objects.filter(slot=slot, day=day, state=BookingState.BOOKED).count()
    if taken >= slot.capacity:
        raise Conflict(
            _("Somebody was faster: this time is full."),
            kept=NOTHING_CHANGED,
            next=_("Please choose another one."),
            field="time",
            code="slot-full",
        )


def _fetching(ctx: Ctx, offer: Offer, slot: Slot, day: date) -> Intent:
    """Pieces, because nobody has weighed them; where to, stands with the offer."""
    pieces = sum(offer.lines.exclude(taken=False).values_list("count", flat=True))
    return ledger.open_intent(
        ctx,
        centre=slot.centre,
        action="pickup",
        quantity=Quantity(max(pieces, 1), Unit.PIECE),
        provider=books.agent_of(offer.giver, slot.centre),
        receiver=books.operator_agent(ctx, slot.centre),
        due=datetime.combine(day, slot.ends, slot.centre.tz),
    )


@command("goods.cancel_appointment")
def cancel_appointment(ctx: Ctx, *, booking: Booking) -> Booking:
    """The place is free again, the offer stands. Twice changes nothing."""
    held(booking.slot)
    booking = held(booking)
    if booking.state == BookingState.BOOKED:
        _give_back(ctx, booking)
    return booking


def _give_back(ctx: Ctx, booking: Booking) -> None:
    booking.state = BookingState.CANCELLED
    booking.save(update_fields=["state"])
    changed(booking, "state")
    _withdraw(ctx, booking.intent)


def _withdraw(ctx: Ctx, intent: Intent | None) -> None:
    if intent is not None and intent.state == IntentState.OPEN:
        ledger.close_intent(ctx, intent=intent, state=IntentState.WITHDRAWN)


@command("goods.free_appointments")
def free_appointments(ctx: Ctx) -> int:
    """Appointments of offers that were withdrawn, declined or brought meanwhile give their
    place, and their wish to be fetched, back; how many. Called by the schedule."""
    over = Booking.objects.filter(
        state=BookingState.BOOKED,
        offer__state__in=[OfferState.WITHDRAWN, OfferState.DECLINED],
    )
    rows = list(over.select_related("intent").order_by("pk")[:MOST_AT_ONCE])
    for booking in rows:
        _give_back(ctx, booking)
    return len(rows) + _arrived(ctx)


def _arrived(ctx: Ctx) -> int:
    """Whoever came by themselves need not be fetched any more."""
    rows = Booking.objects.filter(
        state=BookingState.BOOKED,
        offer__state=OfferState.ARRIVED,
        intent__state=IntentState.OPEN,
    )
    found = list(rows.select_related("intent").order_by("pk")[:MOST_AT_ONCE])
    for booking in found:
        _withdraw(ctx, booking.intent)
    return len(found)
