"""What recipients ask for: a neighbour, a safe place, another day, to fetch it at the centre."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models import NOT_BROUGHT, ParcelState, Shipment, Stop, Wish
from wesprint.apps.delivery.services.shipments import Door, board_on, drop_empty, stop_for, touch
from wesprint.apps.goods.public import check_choice, text_of
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid
from wesprint.platform.commands.services import changed, command

NOTHING_CHANGED = _("Nothing was changed.")


@command("delivery.wish")
def wish(ctx: Ctx, *, shipment: Shipment, wish: str, note: str = "") -> Shipment:
    """To the neighbour, to a safe place, to be fetched at the centre. Raises Conflict once it is
    over, and for the centre once it is on the bike."""
    check_choice(wish, Wish.values, "wish")
    board = board_on(shipment.centre, shipment.stop.board.day)
    shipment = _open(shipment)
    words = text_of(note, 120, "note")
    if wish in (Wish.NEIGHBOUR, Wish.SAFE_PLACE) and not words:
        raise Invalid(
            _("Please say which neighbour, or where."), kept=NOTHING_CHANGED, field="note"
        )
    if wish == Wish.CENTRE:
        _off_the_tour(shipment)
    elif shipment.stop.why in NOT_BROUGHT:
        to_day(shipment, shipment.stop.board.day)
    shipment.wish, shipment.wish_note = wish, words
    shipment.save(update_fields=["wish", "wish_note", "stop", "window_from", "window_until"])
    changed(shipment, "wish")
    touch(board)
    return shipment


def _open(shipment: Shipment) -> Shipment:
    shipment = Shipment.objects.select_related("stop__tour", "stop__board", "centre").get(
        pk=shipment.pk
    )
    if shipment.closed_at is not None:
        raise Conflict(_("It was delivered already."), kept=NOTHING_CHANGED, code="shipment-over")
    return shipment


def _off_the_tour(shipment: Shipment) -> None:
    """What nobody brings has a stop all the same, in no tour: it is counted and found."""
    if shipment.parcels.filter(state=ParcelState.LOADED).exists():
        raise _on_the_bike()
    old = shipment.stop
    if old.why in NOT_BROUGHT:
        return
    shipment.stop = Stop.objects.create(board=old.board, lat=old.lat, lon=old.lon, why="fetched")
    shipment.save(update_fields=["stop"])
    drop_empty(old)


def _on_the_bike() -> Conflict:
    return Conflict(
        _("It is on the bike already."),
        kept=NOTHING_CHANGED,
        next=_("Choose the neighbour or a safe place, or let the rider ring."),
        code="loaded",
    )


@command("delivery.change_day")
def change_day(ctx: Ctx, *, shipment: Shipment, day: date) -> Shipment:
    """Another day, before it is on the bike."""
    board = board_on(shipment.centre, shipment.stop.board.day)
    shipment = _open(shipment)
    if shipment.parcels.filter(state=ParcelState.LOADED).exists():
        raise _on_the_bike()
    today = ctx.occurred_at.astimezone(shipment.centre.tz).date()
    if not today < day <= today + timedelta(days=14):
        raise Invalid(
            _("Please choose one of the next 14 days."), kept=NOTHING_CHANGED, field="day"
        )
    old = shipment.stop
    to_day(shipment, day)
    shipment.wish = shipment.wish_note = ""
    shipment.save()
    drop_empty(old)
    changed(shipment, "day")
    touch(board)
    return shipment


def to_day(shipment: Shipment, day: date) -> None:
    """Onto the board of that day, without a window. The caller saves the shipment."""
    at = Door(shipment.address, shipment.lat, shipment.lon, shipment.match)
    old = shipment.stop
    board = board_on(shipment.centre, day)
    shipment.day = day
    shipment.window_from = shipment.window_until = None
    shipment.stop = stop_for(board, at, None)
    if old.why in NOT_BROUGHT:
        shipment.save(update_fields=["stop", "day", "window_from", "window_until"])
        drop_empty(old)
    touch(board)
