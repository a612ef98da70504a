"""A shipment is announced: by the hub, a shop, a carrier's list, or an order of the shelf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery import links
from wesprint.apps.delivery.models import (
    MOVING,
    NOT_BROUGHT,
    Board,
    Parcel,
    ParcelState,
    Sender,
    Shipment,
    Size,
    Stop,
    StopState,
    TourState,
)
from wesprint.apps.delivery.selectors.house import PROFILE, hub_of, matrix_of, midnight, price_of
from wesprint.apps.goods.public import Contact, check_choice, operator_for, somebody, text_of
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.kernel.ids import new_public_id
from wesprint.platform.commands.services import changed, command
from wesprint.platform.geo.locating import Where, locate
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person
from wesprint.platform.people.services.persons import register_person

NOTHING_SAVED = _("Nothing was saved yet.")
MOST_PARCELS = 40
HEAVIEST_G = 70_000
"""Beyond it nothing is carried by one person and hardly by two: a slip of the comma."""
LONGEST_AHEAD = timedelta(days=60)
VOLUME_ML = {Size.S: 8_000, Size.M: 30_000, Size.L: 90_000, Size.XL: 250_000}
MASS_G = {Size.S: 1_000, Size.M: 4_000, Size.L: 9_000, Size.XL: 20_000}
"""Assumed where nobody weighs: what fills such a box usually."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where an address was found. match: "pinned", "exact", "nearest", "street"; "" not at all.
    `metres` from the hub along the streets, None where no way is known."""

    address: str
    lat: float | None = None
    lon: float | None = None
    match: str = ""
    metres: int | None = None


@dataclass(frozen=True, slots=True)
class ParcelDraft:
    """Without a barcode it gets one of ours; without a mass the usual one of its size."""

    barcode: str = ""
    mass_g: int = 0


@dataclass(frozen=True, slots=True)
class Recipient:
    name: str
    phone: str = ""
    email: str = ""


def door(centre: Centre, address: Where | str) -> Door:
    """The address in the hub's town, read before the command: no database is held for it. One that
    was found before stays where it was found, or was put by its pin."""
    hub = hub_of(centre)
    where = address if isinstance(address, Where) else Where(" ".join(address.split())[:200])
    if hub is None:
        return Door(where.text)
    if where.lat is None:
        where = locate(hub.town, where.text)
    if where.lat is None or where.lon is None:
        return Door(where.text)
    way = matrix_of(hub.town, PROFILE, [(hub.lat, hub.lon), (where.lat, where.lon)])
    metres = int(way.metres[0, 1])
    known = metres if metres >= 0 else None
    return Door(where.text, where.lat, where.lon, where.confidence, known)


@command("delivery.announce")
def announce(
    ctx: Ctx,
    *,
    sender: Sender,
    to: Recipient,
    at: Door,
    day: date,
    size: str = Size.M,
    parcels: Sequence[ParcelDraft] = (ParcelDraft(),),
    window: tuple[datetime, datetime] | None = None,
    reference: str = "",
    note: str = "",
    reservation: str = "",
) -> Shipment:
    """A shipment with its parcels, and its stop on the board of the day. An address nobody knows is
    taken all the same: its stop waits to be clarified.

    Raises Invalid for no address, a window in the past or on another day, a parcel that nobody
    lifts; Conflict for a barcode or a reference that is under way already.
    """
    check_choice(size, Size.values, "size")
    _check(ctx, sender.centre, to, at, day, window)
    drafts = _checked(sender.centre, size, parcels)
    if reference and Shipment.objects.filter(sender=sender, reference=reference).exists():
        raise Conflict(
            _("This sender's number %(number)s is here already.") % {"number": reference},
            kept=NOTHING_SAVED,
            field="reference",
            code="reference-known",
        )
    board = board_on(sender.centre, day)
    public_id = new_public_id()
    shipment = Shipment.objects.create(
        public_id=public_id,
        centre=sender.centre,
        sender=sender,
        reference=text_of(reference, 60, "reference"),
        recipient=_person(ctx, sender.centre, to),
        address=at.address,
        match=at.match,
        lat=at.lat,
        lon=at.lon,
        note=text_of(note, 200, "note"),
        size=size,
        day=day,
        window_from=window[0] if window else None,
        window_until=window[1] if window else None,
        stop=stop_for(board, at, window),
        price_cents=_price(sender, size, at, bool(window), day, len(drafts)),
        secret_hash=links.hash_of(public_id, links.TRACKING),
        reservation=reservation,
        created_at=ctx.occurred_at,
    )
    for draft in drafts:
        _parcel(shipment, draft)
    changed(shipment, "recipient", "address", "size")
    touch(board)
    emit(ctx, "delivery.announced", {"shipment": public_id})
    return shipment


def board_on(centre: Centre, day: date) -> Board:
    """Held by this command until it ends."""
    Board.objects.get_or_create(centre=centre, day=day)
    return (
        Board.objects.select_for_update(of=("self",))
        .select_related("centre")
        .get(centre=centre, day=day)
    )


def touch(board: Board) -> None:
    board.touched += 1
    board.save(update_fields=["touched"])


def stop_for(board: Board, at: Door, window: tuple[datetime, datetime] | None) -> Stop:
    """The open stop at this door in this window, if no bike is on its way to it yet."""
    start, end = window or (None, None)
    if at.lat is not None:
        rows = Stop.objects.filter(
            board=board,
            kind="drop",
            state=StopState.OPEN,
            lat=at.lat,
            lon=at.lon,
            window_from=start,
            window_until=end,
        ).exclude(tour__state__in=[TourState.OUT, TourState.DONE])
        rows = rows.exclude(why__in=NOT_BROUGHT)
        rows = rows.filter(shipments__address=at.address)
        if found := rows.first():
            return found
    return Stop.objects.create(
        board=board,
        lat=at.lat,
        lon=at.lon,
        window_from=start,
        window_until=end,
        why="" if at.lat is not None else "address",
    )


def _person(ctx: Ctx, centre: Centre, to: Recipient) -> Person:
    if to.phone or to.email:
        person = somebody(ctx, centre, Contact(to.name, to.phone, to.email))
        if person is not None:
            return person
    return register_person(ctx, organisation=operator_for(ctx, centre), name=to.name)


def _check(
    ctx: Ctx,
    centre: Centre,
    to: Recipient,
    at: Door,
    day: date,
    window: tuple[datetime, datetime] | None,
) -> None:
    if not to.name.strip():
        raise Invalid(_("Please say whom it is for."), kept=NOTHING_SAVED, field="name")
    if not at.address:
        raise Invalid(_("Please say where it goes."), kept=NOTHING_SAVED, field="address")
    today = ctx.occurred_at.astimezone(centre.tz).date()
    if not today <= day <= today + LONGEST_AHEAD:
        raise Invalid(
            _("This day is over.") if day < today else _("This day is too far ahead."),
            kept=NOTHING_SAVED,
            next=_("Please choose today or one of the next 60 days."),
            field="day",
            code="day",
        )
    if window:
        _check_window(ctx, centre, day, window)


def _check_window(ctx: Ctx, centre: Centre, day: date, window: tuple[datetime, datetime]) -> None:
    start, end = window
    if end <= ctx.occurred_at:
        raise Invalid(
            _("This window is over already."),
            kept=NOTHING_SAVED,
            next=_("Please choose a later one, or another day."),
            field="window",
            code="window-past",
        )
    begin = midnight(centre, day)
    if not begin <= start < end <= begin + timedelta(days=1):
        raise Invalid(
            _("A window begins before it ends, on the day itself."),
            kept=NOTHING_SAVED,
            field="window",
            code="window-order",
        )


def _checked(centre: Centre, size: str, parcels: Sequence[ParcelDraft]) -> list[ParcelDraft]:
    if not 0 < len(parcels) <= MOST_PARCELS:
        raise Invalid(
            _("A shipment has 1 to %(most)s parcels.") % {"most": MOST_PARCELS},
            kept=NOTHING_SAVED,
            field="parcels",
            code="parcels",
        )
    found = [
        ParcelDraft(text_of(one.barcode, 64, "barcode"), one.mass_g or MASS_G[Size(size)])
        for one in parcels
    ]
    codes = [one.barcode for one in found if one.barcode]
    taken = Parcel.objects.filter(centre=centre, barcode__in=codes, state__in=MOVING)
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if double := twice or taken.values_list("barcode", flat=True).first():
        raise Conflict(
            _("The barcode %(code)s is under way already.") % {"code": double},
            kept=NOTHING_SAVED,
            next=_("Scan it to see which parcel that is; a new one needs another label."),
            field="barcode",
            code="barcode-known",
        )
    for one in found:
        if not 0 < one.mass_g <= HEAVIEST_G:
            raise Invalid(
                _("A parcel weighs up to %(most)s kg.") % {"most": HEAVIEST_G // 1000},
                kept=NOTHING_SAVED,
                next=_("Please check the comma."),
                field="mass",
                code="too-heavy",
            )
    return found


def _parcel(shipment: Shipment, draft: ParcelDraft) -> Parcel:
    public_id = new_public_id()
    return Parcel.objects.create(
        public_id=public_id,
        centre=shipment.centre,
        shipment=shipment,
        barcode=draft.barcode or f"WS{public_id}",
        mass_g=draft.mass_g,
        volume_ml=VOLUME_ML[Size(shipment.size)],
    )


def _price(sender: Sender, size: str, at: Door, window: bool, day: date, count: int) -> int | None:
    if at.metres is None:
        return None
    each = price_of(sender, size, at.metres, window=window, day=day)
    return None if each is None else each * count


@command("delivery.correct_address")
def correct_address(ctx: Ctx, *, shipment: Shipment, at: Door) -> Shipment:
    """The door is clarified, or another one. Raises Refused once a bike is on its way to it."""
    board = board_on(shipment.centre, shipment.stop.board.day)
    shipment = Shipment.objects.select_related("stop__tour", "centre", "sender").get(pk=shipment.pk)
    old = shipment.stop
    if old.state != StopState.OPEN or (old.tour and old.tour.state != TourState.PLANNED):
        raise Refused(
            _("A bike is on its way with it already."),
            kept=_("Nothing was changed."),
            next=_("Please call the rider."),
            code="on-its-way",
        )
    window = (
        (shipment.window_from, shipment.window_until)
        if shipment.window_from and shipment.window_until
        else None
    )
    shipment.address, shipment.match = at.address, at.match
    shipment.lat, shipment.lon = at.lat, at.lon
    if old.why not in NOT_BROUGHT:
        shipment.stop = stop_for(board, at, window)
    count = shipment.parcels.count()
    shipment.price_cents = _price(
        shipment.sender, shipment.size, at, window is not None, shipment.day, count
    )
    shipment.save()
    drop_empty(old)
    changed(shipment, "address")
    touch(board)
    return shipment


def drop_empty(stop: Stop) -> None:
    """A stop that nothing goes to any more; its tour gets a new version, for its plan is old."""
    if stop.shipments.exists() or stop.state != StopState.OPEN or stop.kind != "drop":
        return
    tour = stop.tour
    stop.delete()
    if tour is not None:
        tour.version += 1
        tour.save(update_fields=["version"])


@command("delivery.cancel")
def cancel(ctx: Ctx, *, shipment: Shipment) -> Shipment:
    """The sender calls it off before it has reached us. Twice changes nothing."""
    board = board_on(shipment.centre, shipment.stop.board.day)
    shipment = Shipment.objects.select_related("stop__tour").get(pk=shipment.pk)
    if shipment.closed_at is not None:
        return shipment
    if shipment.parcels.exclude(state=ParcelState.ANNOUNCED).exists():
        raise Refused(
            _("It is here already."),
            kept=_("Nothing was changed."),
            next=_("The hub can give it back to you."),
            code="here-already",
        )
    shipment.parcels.update(state=ParcelState.RETURNED)
    old = shipment.stop
    shipment.stop = Stop.objects.create(board=old.board, why="called-off")
    shipment.closed_at = ctx.occurred_at
    shipment.save(update_fields=["closed_at", "stop"])
    drop_empty(old)
    changed(shipment, "closed_at")
    touch(board)
    return shipment
