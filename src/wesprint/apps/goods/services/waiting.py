"""The waiting list of a reserved thing: join, leave, and the turn of the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wesprint.apps.goods import links
from wesprint.apps.goods.models import (
    Collection,
    Item,
    ItemState,
    Reservation,
    ReservationState,
    RuleName,
    Waiting,
    WaitingState,
)
from wesprint.apps.goods.models.items import LISTED
from wesprint.apps.goods.selectors.house import centre_day, house_rule
from wesprint.apps.goods.services.collections import collection_for
from wesprint.apps.goods.services.contacts import Contact, same_contact
from wesprint.apps.goods.services.held import held
from wesprint.apps.goods.services.strangers import check_origin, counting, marks_of, waiting_in
from wesprint.apps.goods.states import check_item
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Refused
from wesprint.kernel.ids import new_public_id
from wesprint.platform.commands.services import changed, command
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import closing_of_next_opening_day
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person

WITHOUT_OPENING_DAY = timedelta(days=2)
NOTHING_CHANGED = _("Nothing was changed.")
AT_ONCE = 500


@command("goods.join_waiting_list")
def join_waiting_list(
    ctx: Ctx,
    *,
    item: Item,
    person: Person | None = None,
    contact: Contact | None = None,
    collection: Collection | None = None,
) -> Waiting:
    """Somebody wants the reserved thing next.

    Raises Conflict when it is free, gone, theirs already or waited for already; Refused beyond
    as many lists as the house puts things aside for one person, or for strangers from one place.
    """
    item = held(item, "centre")
    _check_taken(item)
    mine = collection_for(ctx, item.centre, person=person, contact=contact, collection=collection)
    assert mine.person is not None  # noqa: S101 - collection_for promises it
    _check_not_theirs(item, mine.person)
    counting(item.centre)
    _check_lists(ctx, item, mine.person)
    check_origin(ctx, item.centre, waiting_in(item.centre))
    made = Waiting.objects.create(
        centre=item.centre,
        item=item,
        person=mine.person,
        collection=mine,
        joined_at=ctx.occurred_at,
        **marks_of(ctx),
    )
    changed(made, "state")
    emit(ctx, "goods.waiting_joined", {"waiting": made.public_id})
    return made


def _check_taken(item: Item) -> None:
    if item.state == ItemState.FOR_SALE:
        raise Conflict(
            _("Good news: it is free again."),
            kept=NOTHING_CHANGED,
            next=_("Reserve it right here."),
            code="item-free",
        )
    if item.state != ItemState.RESERVED:
        check_item(item, ItemState.RESERVED)


def _check_not_theirs(item: Item, person: Person) -> None:
    same = Person.objects.filter(same_contact(person))
    has_it = Reservation.objects.filter(
        item=item, state=ReservationState.ACTIVE, person__in=same
    ).exists()
    if has_it:
        raise Conflict(
            _("You have reserved this item yourself."), kept=NOTHING_CHANGED, code="own-item"
        )
    if Waiting.objects.filter(item=item, state=WaitingState.WAITING, person__in=same).exists():
        raise Conflict(
            _("You are on the waiting list already."),
            kept=_("You keep your place."),
            code="waiting-already",
        )


def _check_lists(ctx: Ctx, item: Item, person: Person) -> None:
    limit = _limit(ctx, item.centre)
    same = Person.objects.filter(same_contact(person))
    lists = Waiting.objects.filter(
        person__in=same, centre=item.centre, state=WaitingState.WAITING
    ).count()
    if lists >= limit:
        raise Refused(
            ngettext_lazy(
                "You already wait for %(limit)s item, which is as many as we note.",
                "You already wait for %(limit)s items, which is as many as we note.",
                limit,
            )
            % {"limit": limit},
            kept=_("Your places stand."),
            next=_("Leave one of the lists, then join this one."),
            code="waiting-limit",
        )


def _limit(ctx: Ctx, centre: Centre) -> int:
    day = centre_day(centre, ctx.occurred_at)
    return house_rule(centre, RuleName.RESERVATIONS_PER_PERSON, day)


def running_of(person: Person, centre: Centre, at: datetime) -> QuerySet[Reservation]:
    """What the person has put aside, under any name with the same telephone or e-mail."""
    return Reservation.objects.filter(
        person__in=Person.objects.filter(same_contact(person)),
        centre=centre,
        state=ReservationState.ACTIVE,
        until__gt=at,
    )


@command("goods.leave_waiting_list")
def leave_waiting_list(ctx: Ctx, *, waiting: Waiting) -> Waiting:
    """Twice changes nothing; Conflict when it was their turn meanwhile."""
    held(waiting.item)
    waiting = held(waiting)
    if waiting.state == WaitingState.SERVED:
        raise Conflict(
            _("It is reserved for you meanwhile."),
            kept=NOTHING_CHANGED,
            next=_("Give the reservation back if you no longer want it."),
            code="served",
        )
    if waiting.state == WaitingState.WAITING:
        _set(waiting, WaitingState.LEFT)
    return waiting


def _set(waiting: Waiting, state: WaitingState) -> None:
    waiting.state = state
    waiting.save(update_fields=["state"])
    changed(waiting, "state")


def pass_on(ctx: Ctx, item: Item) -> Reservation | None:
    """The held item, free at this moment, goes to the next in line, until the close of the next
    opening day; None where nobody waits. Who has as many things put aside as the house allows
    is passed over and keeps the place."""
    for waiting in _in_line(item):
        person = waiting.person
        if person is not None and running_of(person, item.centre, ctx.occurred_at).count() < _limit(
            ctx, item.centre
        ):
            return _serve(ctx, item, waiting)
    return None


def _in_line(item: Item) -> Iterator[Waiting]:
    rows = Waiting.objects.filter(item=item, state=WaitingState.WAITING, person__isnull=False)
    return rows.select_related("person", "collection").order_by("pk").iterator()


def _serve(ctx: Ctx, item: Item, waiting: Waiting) -> Reservation:
    kept = put_aside(
        ctx,
        item,
        waiting.person,
        waiting.collection,
        browser_mark=waiting.browser_mark,
        connection_mark=waiting.connection_mark,
    )
    waiting.reservation = kept
    waiting.state = WaitingState.SERVED
    waiting.told_at = ctx.occurred_at if waiting.person and waiting.person.email else None
    waiting.save(update_fields=["reservation", "state", "told_at"])
    changed(waiting, "state")
    emit(ctx, "goods.waiting_served", {"waiting": waiting.public_id})
    return kept


def put_aside(
    ctx: Ctx, item: Item, person: Person | None, collection: Collection | None, **marks: str
) -> Reservation:
    """One more reservation; the item's own state is the caller's matter. marks: of the origin."""
    public_id = new_public_id()
    return Reservation.objects.create(
        public_id=public_id,
        secret_hash=links.hash_for(public_id, links.RESERVATION),
        centre=item.centre,
        item=item,
        person=person,
        collection=collection,
        reserved_at=ctx.occurred_at,
        until=kept_until(item.centre, ctx.occurred_at),
        **marks,
    )


def kept_until(centre: Centre, at: datetime) -> datetime:
    return closing_of_next_opening_day(centre, at) or at + WITHOUT_OPENING_DAY


@command("goods.note_call")
def note_call(ctx: Ctx, *, waiting: Waiting) -> Waiting:
    """Somebody of the counter rang them up: it is their turn."""
    waiting = held(waiting)
    if waiting.told_at is None:
        waiting.told_at = ctx.occurred_at
        waiting.save(update_fields=["told_at"])
        changed(waiting, "told_at")
    return waiting


@command("goods.close_waiting_lists")
def close_waiting_lists(ctx: Ctx) -> int:
    """Who waits for a thing that has left the shelf is told so; how many. By the schedule."""
    over = Waiting.objects.filter(state=WaitingState.WAITING).exclude(item__state__in=LISTED)
    rows = list(over.order_by("pk")[:AT_ONCE])
    for waiting in rows:
        _set(waiting, WaitingState.GONE)
        emit(ctx, "goods.waiting_gone", {"waiting": waiting.public_id})
    return len(rows)
