"""Putting a thing aside for a neighbour until the close of the next opening day."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wesprint.apps.goods.models import (
    Collection,
    DeliveryWish,
    Item,
    ItemState,
    Reservation,
    ReservationState,
    RuleName,
)
from wesprint.apps.goods.selectors.house import centre_day, house_rule
from wesprint.apps.goods.services.collections import collection_for
from wesprint.apps.goods.services.contacts import Contact
from wesprint.apps.goods.services.deliveries import close_wish
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.strangers import check_origin, counting, marks_of, running
from wesprint.apps.goods.services.waiting import pass_on, put_aside, running_of
from wesprint.apps.goods.states import check_item
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Refused
from wesprint.platform.commands.services import changed, command
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person

NOTHING_CHANGED = _("Nothing was changed.")


@command("goods.reserve")
def reserve(
    ctx: Ctx,
    *,
    item: Item,
    person: Person | None = None,
    contact: Contact | None = None,
    collection: Collection | None = None,
) -> Reservation:
    """Put the item aside for a known person or a contact, beside what they reserved before
    (`collection`).

    Raises Conflict when somebody was faster, Refused beyond the house's limit per person, and
    for strangers per browser and connection, Invalid without a way to reach the person.
    """
    item = held(item, "centre")
    _end_if_over(ctx, item)
    _check_free(item)
    mine = collection_for(ctx, item.centre, person=person, contact=contact, collection=collection)
    assert mine.person is not None  # noqa: S101 - collection_for promises it
    counting(item.centre)
    _check_limit(ctx, item, mine.person)
    check_origin(ctx, item.centre, running(item.centre, ctx.occurred_at))
    made = put_aside(ctx, item, mine.person, mine, **marks_of(ctx))
    _set(item, ItemState.RESERVED)
    emit(ctx, "goods.item_reserved", {"item": item.public_id, "reservation": made.public_id})
    return made


def _check_free(item: Item) -> None:
    if item.state == ItemState.RESERVED:
        raise Conflict(
            _("Somebody was faster: this item is reserved."),
            kept=NOTHING_CHANGED,
            next=_("Join the waiting list: you are told when it is your turn."),
            code="item-reserved",
        )
    check_item(item, ItemState.RESERVED)


def _check_limit(ctx: Ctx, item: Item, person: Person) -> None:
    limit = house_rule(
        item.centre, RuleName.RESERVATIONS_PER_PERSON, centre_day(item.centre, ctx.occurred_at)
    )
    if running_of(person, item.centre, ctx.occurred_at).count() >= limit:
        raise Refused(
            ngettext_lazy(
                "You have already reserved %(limit)s item, which is as many as we put aside.",
                "You have already reserved %(limit)s items, which is as many as we put aside.",
                limit,
            )
            % {"limit": limit},
            kept=_("Your earlier reservations stand."),
            next=_("Collect one of them or give it back, then reserve this one."),
            code="reservation-limit",
        )


def _set(item: Item, state: ItemState) -> None:
    item.state = state
    item.save(update_fields=["state"])
    changed(item, "state")


def _end_if_over(ctx: Ctx, item: Item) -> None:
    """A reservation that has run out does not stand in anybody's way until the job comes; who
    waits for the item goes first all the same."""
    if item.state != ItemState.RESERVED:
        return
    over = Reservation.objects.filter(
        item=item, state=ReservationState.ACTIVE, until__lte=ctx.occurred_at
    ).first()
    if over is not None:
        _end(ctx, item, over, ReservationState.EXPIRED)


def _end(ctx: Ctx, item: Item, reservation: Reservation, state: ReservationState) -> None:
    """Both rows are held: the item goes to the next in line, or is free."""
    reservation.state = state
    reservation.save(update_fields=["state"])
    changed(reservation, "state")
    close_wish(ctx, reservation)
    if item.state == ItemState.RESERVED and pass_on(ctx, item) is None:
        _set(item, ItemState.FOR_SALE)
    emit(ctx, "goods.reservation_ended", {"item": item.public_id})


@command("goods.cancel_reservation")
def cancel_reservation(ctx: Ctx, *, reservation: Reservation) -> Reservation:
    """The thing is free again, or the next in line has it. Cancelling twice changes nothing;
    Conflict once collected."""
    item = held(reservation.item, "centre")
    reservation = held(reservation, "item")
    if reservation.state == ReservationState.FULFILLED:
        raise Conflict(
            _("This item was already collected."), kept=NOTHING_CHANGED, code="collected"
        )
    if reservation.state == ReservationState.ACTIVE:
        _end(ctx, item, reservation, ReservationState.CANCELLED)
    return reservation


@command("goods.release_expired")
def release_expired(ctx: Ctx) -> int:
    """End all reservations that have run out; how many. Called by the schedule."""
    over = Reservation.objects.filter(state=ReservationState.ACTIVE, until__lte=ctx.occurred_at)
    released = 0
    for reservation in over.select_related("item").order_by("item_id")[:500]:
        item = held(reservation.item, "centre")
        now_held = held(reservation)
        if now_held.state == ReservationState.ACTIVE and now_held.until <= ctx.occurred_at:
            _end(ctx, item, now_held, ReservationState.EXPIRED)
            released += 1
    return released


@command("goods.close_wishes")
def close_wishes(ctx: Ctx) -> int:
    """Delivery wishes of what was collected or delivered meanwhile: the address goes; how many.
    Called by the schedule."""
    over = DeliveryWish.objects.filter(closed_at=None).exclude(
        reservation__state=ReservationState.ACTIVE
    )
    rows = list(over.select_related("reservation").order_by("pk")[:500])
    for wish in rows:
        close_wish(ctx, wish.reservation)
    return len(rows)
