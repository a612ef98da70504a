"""Handing a thing over: the one way out of the house to a new owner."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import (
    IN_HOUSE,
    Consideration,
    Displaced,
    HandOver,
    Item,
    ItemState,
    Reservation,
    ReservationState,
    RuleName,
)
from wesprint.apps.goods.selectors.house import centre_day, house_rule
from wesprint.apps.goods.services import books
from wesprint.apps.goods.services.barring import check_sellable
from wesprint.apps.goods.services.checks import check_choice, check_price
from wesprint.apps.goods.services.contents import put_in, weigh
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.selling import refresh_search
from wesprint.apps.goods.services.social import agreed_price
from wesprint.apps.goods.states import check_item
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.commands.services import changed, command, running_command
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person
from wesprint.platform.people.rules import may
from wesprint.platform.people.viewer import viewer_for_actor

AT_ONCE = timedelta(minutes=15)  # so long the tap was a slip and the person stands there
MASS = ("mass_g", "price_cents")
NOTHING_CHANGED = _("Nothing was changed.")
TOO_LATE = _("That day is closed: only those who lead the house take this hand-over back.")


@command("goods.hand_over")
def hand_over(
    ctx: Ctx,
    *,
    item: Item,
    price_cents: int,
    consideration: str,
    person: Person | None = None,
    reservation: Reservation | None = None,
    displaced: str = "",
    social_pass: bool = False,
) -> HandOver:
    """A thing goes to its new owner: price and consideration recorded, goods and money as
    reciprocal transfers under one agreement. No receipt and no tax: those are the till's.

    reservation: must be named when the item is reserved, so that nobody hands out somebody
    else's booking by a scan. displaced: the answer to "would you have bought it new?".

    social_pass: one was seen; `price_cents` is then the price before, and the rule of the house
    makes it less. Such a hand-over names nobody, even where they had reserved by name.

    Raises Conflict when it was already handed over, is reserved for another, or left the house
    otherwise; Refused for waste and untested electricals; Invalid for a price that does not
    fit the consideration.
    """
    check_consideration(price_cents, consideration)
    if displaced:
        check_choice(displaced, Displaced.values, "displaced")
    item = held(item, "centre", "category", "resource")
    _check_still_here(item, ctx)
    check_sellable(item, ctx)
    agreed = agreed_price(ctx, item, price_cents, pass_seen=social_pass)
    reservation = settle_reservation(ctx, item, reservation)
    person = person or (reservation.person if reservation else None)
    if agreed.rule is not None:
        person = reservation = None
    agreement = books.exchange(ctx, item, person=person, price_cents=agreed.price_cents)
    done = HandOver.objects.create(
        centre=item.centre,
        item=item,
        person=person,
        reservation=reservation,
        agreement=agreement,
        price_cents=agreed.price_cents,
        full_cents=agreed.full_cents,
        social_rule=agreed.rule,
        consideration=consideration,
        displaced=displaced,
        handed_over_at=ctx.occurred_at,
        recorded_at=running_command().recorded_at,
        part_g=item.mass_g if item.is_batch else None,
    )
    item.state, item.left_at, item.for_sale_since = ItemState.HANDED_OVER, ctx.occurred_at, None
    item.save(update_fields=["state", "left_at", "for_sale_since"])
    changed(item, "state")
    refresh_search(item)
    emit(ctx, "goods.item_handed_over", {"item": item.public_id, "hand_over": done.public_id})
    return done


def check_consideration(cents: int, consideration: str) -> None:
    check_price(cents)
    check_choice(consideration, Consideration.values, "consideration")
    if (cents == 0) != (consideration == Consideration.FREE):
        raise Invalid(
            _("What is given away costs nothing, and what costs nothing is given away."),
            kept=_("Nothing was saved yet."),
            next=_("Please check the price, or choose “Given away”."),
            field="consideration",
            code="free-costs-nothing",
        )


def _check_still_here(item: Item, ctx: Ctx) -> None:
    if item.state == ItemState.HANDED_OVER and item.left_at is not None:
        when = date_format(item.left_at.astimezone(item.centre.tz), "j.n.Y, G:i")
        raise Conflict(
            _("This item was already handed over (%(when)s).") % {"when": when},
            kept=NOTHING_CHANGED,
            next=_("Please compare the number on the label."),
            code="item-handed-over",
        )
    check_item(item, ItemState.HANDED_OVER)


def settle_reservation(ctx: Ctx, item: Item, named: Reservation | None) -> Reservation | None:
    """The active reservation becomes collected if it is the one named; one that has run out
    ends. Raises Conflict for somebody else's."""
    active = Reservation.objects.filter(item=item, state=ReservationState.ACTIVE).first()
    if active is None:
        return None
    check_reserved(active, named, ctx.occurred_at)
    active.state = ReservationState.FULFILLED if active == named else ReservationState.EXPIRED
    active.save(update_fields=["state"])
    return active if active == named else None


def check_reserved(active: Reservation, named: Reservation | None, moment: datetime) -> None:
    """Raises Conflict for a reservation that runs and is not the one named."""
    if active == named or active.until <= moment:
        return
    until = date_format(active.until.astimezone(active.item.centre.tz), "j.n., G:i")
    raise Conflict(
        _("This item is reserved for somebody until %(until)s.") % {"until": until},
        kept=NOTHING_CHANGED,
        next=_("Hand it over only to the person who reserved it, or end the reservation."),
        code="reserved-for-another",
    )


@command("goods.take_back_hand_over")
def take_back_hand_over(ctx: Ctx, *, hand_over: HandOver) -> Item:
    """Undo a hand-over entered by mistake: both transfers are corrected in the ledger and the
    thing stands on the shelf again; a part goes back into its batch. Doing it twice changes
    nothing more.

    Raises Invalid for one older than a quarter of an hour when the context has no cause;
    Refused for one older than the house's days unless its actor leads the house.
    """
    done = held(hand_over, "agreement")
    item = held(done.item, "centre", "category")
    if done.cancelled_at is not None:
        return item
    check_not_too_late(ctx, done)
    if asks_why(done, ctx.occurred_at) and not ctx.cause.strip():
        raise Invalid(
            _("This was some time ago: please say why it is taken back."),
            kept=NOTHING_CHANGED,
            field="cause",
            code="no-cause",
        )
    if item.state not in IN_HOUSE or done.part_g is None:
        check_item(item, ItemState.FOR_SALE)
    books.undo_exchange(ctx, done.agreement)
    done.cancelled_at = ctx.occurred_at
    done.save(update_fields=["cancelled_at"])
    _put_back(item, done.part_g)
    emit(ctx, "goods.hand_over_taken_back", {"item": item.public_id})
    return item


def asks_why(done: HandOver, moment: datetime) -> bool:
    """A slip is undone just so; later it is a decision, and the books want its cause."""
    return moment - done.handed_over_at > AT_ONCE


def too_late(done: HandOver, moment: datetime) -> bool:
    """Whether the days of the house are over. One query."""
    centre = done.centre
    today = centre_day(centre, moment)
    days = house_rule(centre, RuleName.TAKE_BACK_DAYS, today)
    return today > centre_day(centre, done.handed_over_at) + timedelta(days=days)


def check_not_too_late(ctx: Ctx, done: HandOver) -> None:
    """By the server's clock, not by the time that is claimed: the till of that day is counted."""
    moment = running_command().recorded_at
    if not too_late(done, moment):
        return
    viewer = viewer_for_actor(ctx.actor, centre_day(done.centre, moment))
    if not may(viewer, "goods.take_back_late", done.centre):
        raise Refused(
            TOO_LATE, kept=NOTHING_CHANGED, next=_("Please ask somebody of them."), code="too-late"
        )


def _put_back(item: Item, part_g: int | None) -> None:
    if part_g is not None and item.left_at is None:
        put_in(item, part_g)
        return
    weigh(item, part_g or item.mass_g)
    _back_on_the_shelf(item)
    changed(item, "state")
    refresh_search(item)


def _back_on_the_shelf(item: Item) -> None:
    listed = item.price_cents is not None and item.first_for_sale_at is not None
    item.state = ItemState.FOR_SALE if listed else ItemState.TAKEN_IN
    item.left_at, item.for_sale_since = None, item.first_for_sale_at if listed else None
    item.save(update_fields=["state", "left_at", "for_sale_since", *MASS])
