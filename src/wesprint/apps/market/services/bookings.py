"""Putting something of the window aside: collected until the close of the next opening day, or
delivered."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import (
    MONEY,
    Contact,
    agent_of,
    check_choice,
    held,
    somebody,
    text_of,
)
from wesprint.apps.market import links
from wesprint.apps.market.models import (
    Booking,
    BookingState,
    BookingWay,
    Listing,
)
from wesprint.apps.market.services.shown import refresh
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.kernel.ids import new_public_id
from wesprint.kernel.quantity import Quantity, Unit, pieces
from wesprint.platform.commands.services import changed, command
from wesprint.platform.ledger import services as ledger
from wesprint.platform.ledger.models import Intent, IntentState, ResourceSpecification
from wesprint.platform.organisations.selectors import closing_of_next_opening_day
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person
from wesprint.web.links import hash_for

WITHOUT_OPENING_DAY = timedelta(days=2)
DELIVERED_WITHIN = timedelta(days=7)
MOST = 20  # of one thing at a time
AT_ONCE = 5  # bookings of one person under way
SPECIFICATION = "market.ware"
SOLD, PAID = "window-sold", "window-paid"
NOTHING_CHANGED = _("Nothing was changed.")
NOTHING_SAVED = _("Nothing was saved yet.")


@command("market.book")
def book(
    ctx: Ctx,
    *,
    listing: Listing,
    contact: Contact,
    count: int = 1,
    way: str = BookingWay.COLLECT,
    deliver_to: str = "",
) -> Booking:
    """Put `count` aside for somebody. Raises Conflict when fewer are left, Refused for too many
    bookings at once, Invalid without a way to reach the person or an address to deliver to."""
    check_choice(way, BookingWay.values, "way")
    listing = held(listing, "centre", "supplier__centre", "supplier__agent")
    _check_count(listing, count)
    address = _address(way, deliver_to)
    person = _person(ctx, listing, contact)
    public_id = new_public_id()
    until = _until(listing, way, ctx.occurred_at)
    made = Booking.objects.create(
        public_id=public_id,
        secret_hash=hash_for(public_id, links.BOOKING),
        centre=listing.centre,
        listing=listing,
        person=person,
        count=count,
        price_cents=listing.price_cents,
        way=way,
        deliver_to=address,
        intent=_wish(ctx, listing, person, count, until) if way == BookingWay.DELIVER else None,
        booked_at=ctx.occurred_at,
        until=until,
    )
    _take(ctx, listing, -count)
    changed(made, "state")
    emit(ctx, "market.booked", {"booking": public_id})
    return made


def _check_count(listing: Listing, count: int) -> None:
    if not 1 <= count <= MOST:
        raise Invalid(
            _("Please choose between 1 and 20."),
            kept=NOTHING_SAVED,
            field="count",
            code="count",
        )
    if listing.shown_since is None or listing.stock < count:
        raise Conflict(
            _("Somebody was faster: there are not so many left."),
            kept=_("Nothing was reserved."),
            next=_("Please load the page again to see what is there."),
            code="sold-out",
        )


def _address(way: str, text: str) -> str:
    address = text_of(text, 200, "deliver_to") if way == BookingWay.DELIVER else ""
    if way == BookingWay.DELIVER and not address:
        raise Invalid(
            _("Please tell us where we bring it."),
            kept=NOTHING_SAVED,
            field="deliver_to",
            code="no-address",
        )
    return address


def _person(ctx: Ctx, listing: Listing, contact: Contact) -> Person:
    person = somebody(ctx, listing.centre, contact)
    if person is None:
        raise Invalid(
            _("Please tell us who you are and how we reach you."),
            kept=NOTHING_SAVED,
            field="name",
            code="no-contact",
        )
    running = Booking.objects.filter(
        person=person, centre=listing.centre, state=BookingState.ACTIVE, until__gt=ctx.occurred_at
    )
    if running.count() >= AT_ONCE:
        raise Refused(
            _("You have already reserved as much as we put aside for one person."),
            kept=_("Your earlier reservations stand."),
            next=_("Collect one of them or give it back, then reserve this one."),
            code="booking-limit",
        )
    return person


def _until(listing: Listing, way: str, at: datetime) -> datetime:
    if way == BookingWay.DELIVER:
        return at + DELIVERED_WITHIN
    return closing_of_next_opening_day(listing.centre, at) or at + WITHOUT_OPENING_DAY


def kind_of_wares(ctx: Ctx) -> ResourceSpecification:
    return ledger.define_specification(
        ctx, code=SPECIFICATION, name="Goods of suppliers", unit=Unit.PIECE
    )


def _wish(ctx: Ctx, listing: Listing, person: Person, count: int, until: datetime) -> Intent:
    return ledger.open_intent(
        ctx,
        centre=listing.centre,
        action="dropoff",
        quantity=pieces(count),
        provider=listing.supplier.agent,
        receiver=person.agent,
        conforms_to=kind_of_wares(ctx),
        due=until,
    )


def _take(ctx: Ctx, listing: Listing, count: int) -> None:
    listing.stock += count
    if listing.stock == 0:
        listing.shown_since = None
    listing.save(update_fields=["stock", "shown_since"])
    changed(listing, "stock")
    refresh(ctx, [listing], listing.supplier)


@command("market.cancel_booking")
def cancel_booking(ctx: Ctx, *, booking: Booking) -> Booking:
    """It is given back. Twice changes nothing more; Conflict once collected."""
    listing = held(booking.listing, "supplier__centre")
    booking = held(booking)
    if booking.state == BookingState.COLLECTED:
        raise _gone()
    if booking.state == BookingState.ACTIVE:
        _end(ctx, booking, listing, BookingState.CANCELLED)
    return booking


def _end(ctx: Ctx, booking: Booking, listing: Listing, state: BookingState) -> None:
    booking.state, booking.ended_at = state, ctx.occurred_at
    booking.save(update_fields=["state", "ended_at"])
    changed(booking, "state")
    _take(ctx, listing, booking.count)
    _close_wish(ctx, booking, IntentState.WITHDRAWN)
    emit(ctx, "market.booking_ended", {"booking": booking.public_id})


def _close_wish(ctx: Ctx, booking: Booking, state: IntentState) -> None:
    if booking.intent is not None:
        ledger.close_intent(ctx, intent=booking.intent, state=state)


def _gone() -> Conflict:
    return Conflict(_("This was already collected."), kept=NOTHING_CHANGED, code="collected")


@command("market.collect_booking")
def collect_booking(ctx: Ctx, *, booking: Booking) -> Booking:
    """It went to the neighbour, who paid the supplier: goods one way, money the other. Raises
    Conflict for a booking that has ended, unless it is this same end."""
    listing = held(booking.listing, "centre", "supplier__agent")
    booking = held(booking, "person__agent")
    if booking.state == BookingState.COLLECTED:
        return booking
    if booking.state != BookingState.ACTIVE:
        raise Conflict(
            _("This reservation has ended."),
            kept=NOTHING_CHANGED,
            next=_("If it is still there, please reserve it again."),
            code="booking-ended",
        )
    booking.state, booking.ended_at = BookingState.COLLECTED, ctx.occurred_at
    booking.save(update_fields=["state", "ended_at"])
    changed(booking, "state")
    _post(ctx, booking, listing)
    _close_wish(ctx, booking, IntentState.SATISFIED)
    emit(ctx, "market.collected", {"booking": booking.public_id})
    return booking


def _post(ctx: Ctx, booking: Booking, listing: Listing) -> None:
    """The supplier sells, not the house: nothing of it is in the house's stock."""
    agreement = ledger.open_agreement(ctx, centre=listing.centre, name="market.window")
    buyer, seller = agent_of(booking.person, listing.centre), listing.supplier.agent
    money = ledger.define_specification(ctx, code=MONEY, name="Euro", unit=Unit.CENT)
    goods = ledger.EventDraft(
        action="transfer",
        flow=SOLD,
        provider=seller,
        receiver=buyer,
        conforms_to=kind_of_wares(ctx),
        resource_quantity=pieces(booking.count),
        realization_of=agreement,
    )
    paid = ledger.EventDraft(
        action="transfer",
        flow=PAID,
        provider=buyer,
        receiver=seller,
        conforms_to=money,
        resource_quantity=Quantity(booking.total_cents, Unit.CENT),
        realization_of=agreement,
    )
    ledger.post(ctx, centre=listing.centre, events=[goods, paid])


@command("market.release_expired")
def release_expired(ctx: Ctx) -> int:
    """End the bookings for collecting that have run out; how many. Called by the schedule."""
    over = Booking.objects.filter(
        state=BookingState.ACTIVE, way=BookingWay.COLLECT, until__lte=ctx.occurred_at
    )
    released = 0
    for row in over.select_related("listing").order_by("listing_id", "pk")[:500]:
        listing = held(row.listing, "supplier__centre")
        booking = held(row)
        if booking.state == BookingState.ACTIVE:
            _end(ctx, booking, listing, BookingState.EXPIRED)
            released += 1
    return released
