"""Scanning at the hub: in, onto the bike, damage, back to the sender. Every scan is an entry in the
ledger; the same scan once more changes nothing and says so."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models import MOVING, Parcel, ParcelState, ScanKind, Tour, TourState
from wesprint.apps.delivery.services import books
from wesprint.apps.delivery.services.books import Hands
from wesprint.apps.delivery.services.shipments import board_on, touch
from wesprint.apps.goods.public import held, text_of
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, NotFound, Refused
from wesprint.platform.commands.services import changed, command
from wesprint.platform.files.services import Prepared, store
from wesprint.platform.organisations.models import Centre
from wesprint.platform.outbox.services import emit

NOTHING_CHANGED = _("Nothing was changed.")


@dataclass(frozen=True)
class Scanned:
    """`again`: it was so before, nothing changed. `early`: it went onto the bike without having
    been scanned in; both are noted now."""

    parcel: Parcel
    again: bool = False
    early: bool = False


def parcel_of(centre: Centre, code: str) -> Parcel:
    """The parcel under way with this barcode, else the latest that had it. Raises NotFound for one
    nobody announced: a surplus parcel."""
    text = code.strip()[:200]
    text = text.rstrip("/").rsplit("/", 1)[-1] if text.startswith("http") else text
    rows = Parcel.objects.filter(centre=centre, barcode=text)
    rows = rows.select_related(
        "shipment__stop__tour__board", "shipment__sender__agent", "shipment__recipient__agent"
    )
    found = rows.filter(state__in=MOVING).first() or rows.order_by("-pk").first()
    if found is None:
        raise NotFound(
            _("Nobody announced a parcel with the number %(code)s.") % {"code": text},
            kept=_("Nothing was recorded."),
            next=_("Enter what its label says, then it is here."),
            code="surplus",
        )
    return found


def _held_parcel(parcel: Parcel) -> Parcel:
    Parcel.objects.select_for_update(of=("self",)).get(pk=parcel.pk)
    rows = Parcel.objects.select_related(
        *("shipment__stop__tour__rider__agent", "shipment__stop__tour__board"),
        *("shipment__sender__agent", "shipment__recipient__agent", "resource"),
    )
    return rows.get(pk=parcel.pk)


@command("delivery.scan_in")
def scan_in(ctx: Ctx, *, centre: Centre, code: str, mass_g: int = 0) -> Scanned:
    """A parcel is taken over from its sender. Raises NotFound for a surplus one, Conflict for one
    that left already."""
    parcel = _held_parcel(parcel_of(centre, code))
    board = board_on(centre, parcel.shipment.stop.board.day)
    if parcel.state in (ParcelState.HERE, ParcelState.LOADED):
        return Scanned(parcel, again=True)
    _check_moving(parcel)
    if mass_g:
        parcel.mass_g = mass_g
        parcel.save(update_fields=["mass_g"])
    _take_over(ctx, centre, parcel)
    touch(board)
    emit(ctx, "delivery.came_in", {"parcel": parcel.public_id})
    return Scanned(parcel)


def _take_over(ctx: Ctx, centre: Centre, parcel: Parcel) -> None:
    hands = Hands(parcel.shipment.sender.agent, books.house(ctx, centre))
    books.hand_on(ctx, centre, ScanKind.IN, [(parcel, hands)])
    changed(parcel, "state")


def _check_moving(parcel: Parcel) -> None:
    if parcel.state in MOVING:
        return
    words = {
        ParcelState.DELIVERED: _("This parcel was delivered already."),
        ParcelState.RETURNED: _("This parcel went back to its sender."),
    }
    raise Conflict(
        words[ParcelState(parcel.state)],
        kept=NOTHING_CHANGED,
        next=_("If it lies here all the same, take the stop back first."),
        code=f"parcel-{parcel.state}",
    )


@command("delivery.scan_out")
def scan_out(ctx: Ctx, *, tour: Tour, code: str) -> Scanned:
    """Onto the bike. One that was never scanned in is taken over now; one of another tour stays
    where it is, and the answer names its tour."""
    centre = tour.board.centre
    board_on(centre, tour.board.day)
    tour = held(tour, "board__centre", "rider__agent", "bike")
    parcel = _held_parcel(parcel_of(centre, code))
    _check_moving(parcel)
    _check_tour(tour, parcel)
    if parcel.state == ParcelState.LOADED:
        return Scanned(parcel, again=True)
    early = parcel.state == ParcelState.ANNOUNCED
    if early:
        _take_over(ctx, centre, parcel)
    _load(ctx, tour, [parcel])
    return Scanned(parcel, early=early)


def _check_tour(tour: Tour, parcel: Parcel) -> None:
    if tour.state == TourState.DONE:
        raise Conflict(_("This tour is over."), kept=NOTHING_CHANGED, code="tour-over")
    theirs = parcel.shipment.stop.tour
    if theirs is None:
        raise Refused(
            _("This parcel is in no tour of the day."),
            kept=NOTHING_CHANGED,
            next=_("Put it into a tour on the board, or leave it in the hub."),
            code="unplanned",
        )
    if theirs.pk != tour.pk:
        raise Conflict(
            _("This parcel belongs to tour %(number)s.") % {"number": theirs.number},
            kept=NOTHING_CHANGED,
            next=_("Please put it into the box of that tour."),
            code="other-tour",
        )


def _load(ctx: Ctx, tour: Tour, parcels: list[Parcel]) -> None:
    hands = Hands(books.house(ctx, tour.board.centre), books.rider(ctx, tour))
    moves = [(one, hands) for one in parcels]
    books.hand_on(ctx, tour.board.centre, ScanKind.OUT, moves, tour=tour)
    changed(tour, "loaded")
    touch(board_on(tour.board.centre, tour.board.day))


@command("delivery.load_all")
def load_all(ctx: Ctx, *, tour: Tour) -> int:
    """Everything of the tour that is in the hub goes onto the bike at once; how many. For who packs
    alone and has ticked the list."""
    board_on(tour.board.centre, tour.board.day)
    tour = held(tour, "board__centre", "rider__agent", "bike")
    if tour.state == TourState.DONE:
        raise Conflict(_("This tour is over."), kept=NOTHING_CHANGED, code="tour-over")
    rows = Parcel.objects.filter(
        shipment__stop__tour=tour, shipment__stop__state="open", state=ParcelState.HERE
    ).select_related("resource", "shipment")
    parcels = list(rows.order_by("pk"))
    _load(ctx, tour, parcels)
    return len(parcels)


@command("delivery.note_damage")
def note_damage(ctx: Ctx, *, parcel: Parcel, text: str, photo: Prepared | None = None) -> Parcel:
    """What is broken and how it looks; the sender hears of it. Raises Invalid without a word."""
    parcel = _held_parcel(parcel)
    words = text_of(text, 200, "damage")
    if not words:
        raise Invalid(
            _("Please say what is damaged."),
            kept=_("Nothing was saved yet."),
            field="damage",
            code="no-words",
        )
    parcel.damage, parcel.damaged_at = words, ctx.occurred_at
    if photo is not None:
        parcel.damage_photo = store(ctx, upload=photo, purpose="delivery.damage")
    parcel.save(update_fields=["damage", "damaged_at", "damage_photo"])
    changed(parcel, "damage")
    emit(ctx, "delivery.damaged", {"parcel": parcel.public_id})
    return parcel


@command("delivery.hand_out")
def hand_out(ctx: Ctx, *, parcel: Parcel) -> Parcel:
    """The recipient fetches it at the centre. Twice changes nothing."""
    return _leave(ctx, parcel, ScanKind.FETCHED)


@command("delivery.give_back")
def give_back(ctx: Ctx, *, parcel: Parcel) -> Parcel:
    """The sender takes it back."""
    return _leave(ctx, parcel, ScanKind.RETURNED)


def _leave(ctx: Ctx, parcel: Parcel, kind: ScanKind) -> Parcel:
    centre = parcel.centre
    board = board_on(centre, parcel.shipment.stop.board.day)
    parcel = _held_parcel(parcel)
    if parcel.state in (ParcelState.DELIVERED, ParcelState.RETURNED):
        return parcel
    if parcel.state != ParcelState.HERE:
        raise Conflict(
            _("This parcel is not in the hub."),
            kept=NOTHING_CHANGED,
            next=_("Scan it in first."),
            code=f"parcel-{parcel.state}",
        )
    fetched = kind == ScanKind.FETCHED
    taker = books.recipient(parcel, centre) if fetched else parcel.shipment.sender.agent
    books.hand_on(ctx, centre, kind, [(parcel, Hands(books.house(ctx, centre), taker))])
    close_if_over(ctx, parcel)
    changed(parcel, "state")
    touch(board)
    return parcel


def close_if_over(ctx: Ctx, parcel: Parcel) -> None:
    """The shipment ends with its last parcel."""
    shipment = parcel.shipment
    if not shipment.parcels.filter(state__in=MOVING).exists():
        shipment.closed_at = ctx.occurred_at
        shipment.save(update_fields=["closed_at"])
        emit(ctx, "delivery.ended", {"shipment": shipment.public_id})
