"""On the road: leaving, each door, coming back. What a phone sends late counts as it happened: its
own clock is only asked how long ago that was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models import (
    Board,
    Incident,
    Outcome,
    Parcel,
    ParcelState,
    ScanKind,
    Shipment,
    Stop,
    StopKind,
    StopState,
    Tour,
    TourState,
    Wish,
)
from wesprint.apps.delivery.models.tours import ENDED_WELL
from wesprint.apps.delivery.selectors.pickups import offer_of
from wesprint.apps.delivery.services import books
from wesprint.apps.delivery.services.books import Hands
from wesprint.apps.delivery.services.hub import close_if_over
from wesprint.apps.delivery.services.shipments import board_on, touch
from wesprint.apps.delivery.services.wishes import to_day
from wesprint.apps.goods.public import check_choice, start_intake, text_of
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Invalid, Refused
from wesprint.platform.commands.services import changed, command
from wesprint.platform.files.models import StoredFile
from wesprint.platform.files.services import Prepared, store
from wesprint.platform.outbox.services import emit
from wesprint.platform.people.models import Person

NOTHING_CHANGED = _("Nothing was changed.")
CLOCK_MAY_BE_OFF: Final = 120
"""Seconds of difference between a phone's clock and ours that nobody mentions."""
MOST_ATTEMPTS: Final = 2
"""After so many it waits at the centre."""


@dataclass(frozen=True, slots=True)
class Told:
    """When it happened and when it was sent, both by the phone's own clock."""

    happened: datetime
    sent: datetime

    def when(self, received: datetime) -> tuple[datetime, int]:
        """The true time, and by how many seconds the phone's clock is wrong."""
        ago = max(timedelta(), self.sent - self.happened)
        return received - ago, round((self.sent - received).total_seconds())


@dataclass(frozen=True, slots=True)
class Proof:
    taken_by: str = ""
    note: str = ""
    photo: Prepared | None = None
    signature: Prepared | None = None


@command("delivery.take_tour")
def take_tour(ctx: Ctx, *, tour: Tour, rider: Person) -> Tour:
    """Who rides. Raises Conflict once it is on the road."""
    board, tour = _held(tour)
    if tour.state != TourState.PLANNED and tour.rider_id != rider.pk:
        raise Conflict(
            _("This tour is on the road already."), kept=NOTHING_CHANGED, code="on-the-road"
        )
    tour.rider = rider
    tour.save(update_fields=["rider"])
    changed(tour, "rider")
    touch(board)
    return tour


def _held(tour: Tour) -> tuple[Board, Tour]:
    board = board_on(tour.board.centre, tour.board.day)
    rows = Tour.objects.select_related("board__centre", "bike", "rider__agent")
    return board, rows.get(pk=tour.pk)


@command("delivery.depart")
def depart(ctx: Ctx, *, tour: Tour, told: Told | None = None) -> Tour:
    """The bike leaves. What of its parcels is not loaded stays in the hub: stops without any parcel
    on the bike go back to the board as missing. Twice changes nothing.

    Raises Refused without a rider, or with nothing to do."""
    board, tour = _held(tour)
    if tour.state == TourState.OUT:
        return tour
    if tour.state == TourState.DONE:
        raise Conflict(_("This tour is over."), kept=NOTHING_CHANGED, code="tour-over")
    if tour.rider is None:
        raise Refused(
            _("Nobody rides this tour yet."),
            kept=NOTHING_CHANGED,
            next=_("Please say who rides."),
            code="no-rider",
        )
    _leave_missing(tour)
    if not Stop.objects.filter(tour=tour).exclude(kind=StopKind.RELOAD).exists():
        raise Refused(
            _("Nothing of this tour is on the bike."),
            kept=NOTHING_CHANGED,
            next=_("Scan the parcels onto the bike first, or tick the list."),
            code="nothing-loaded",
        )
    when, off = told.when(ctx.occurred_at) if told else (ctx.occurred_at, 0)
    tour.state, tour.left_at = TourState.OUT, when
    tour.version += 1
    tour.save(update_fields=["state", "left_at", "version"])
    for stop in Stop.objects.filter(tour=tour, promised=None):
        stop.promised = stop.begin
        stop.save(update_fields=["promised"])
    changed(tour, "state")
    touch(board)
    emit(ctx, "delivery.left", {"tour": tour.public_id, "clock_off": off})
    return tour


def _leave_missing(tour: Tour) -> None:
    """Stops of the first trip that nothing was loaded for. Behind a reload it may still come."""
    for stop in Stop.objects.filter(tour=tour, state=StopState.OPEN).order_by("position"):
        if stop.kind == StopKind.RELOAD:
            return
        loaded = Parcel.objects.filter(shipment__stop=stop, state=ParcelState.LOADED).exists()
        if stop.kind == StopKind.DROP and not loaded:
            stop.tour, stop.position, stop.why = None, None, "missing"
            stop.save(update_fields=["tour", "position", "why"])


@command("delivery.finish_stop")
def finish_stop(
    ctx: Ctx,
    *,
    stop: Stop,
    outcome: str,
    proof: Proof = Proof(),
    told: Told | None = None,
    collected_g: int = 0,
) -> Stop:
    """A stop ends, well or not. All its parcels on the bike at once. The same end once more changes
    nothing; another one raises Conflict, for then somebody was there twice.

    Well: they change hands. Not well: they stay on the bike until it is back."""
    check_choice(outcome, Outcome.values, "outcome")
    board = board_on(stop.board.centre, stop.board.day)
    stop = _stop(stop)
    if stop.state != StopState.OPEN:
        return _ended_before(stop, outcome)
    tour = _on_the_road(stop)
    _check_proof(stop, outcome, proof)
    when, off = told.when(ctx.occurred_at) if told else (ctx.occurred_at, 0)
    well = outcome in ENDED_WELL
    stop.state = StopState.DONE if well else StopState.FAILED
    stop.outcome = outcome
    stop.taken_by = text_of(proof.taken_by, 80, "taken_by")
    stop.note = text_of(proof.note, 200, "note")
    stop.photo = _kept(ctx, proof.photo, "delivery.proof")
    stop.signature = _kept(ctx, proof.signature, "delivery.signature")
    stop.collected_g = collected_g
    stop.at = max(when, tour.left_at or when)
    stop.clock_off = off if abs(off) > CLOCK_MAY_BE_OFF else 0
    stop.save()
    if well and stop.kind == StopKind.DROP:
        _deliver(ctx, tour, stop)
    if well and stop.kind == StopKind.COLLECT:
        _begin_intake(ctx, stop)
    tour.version += 1
    tour.save(update_fields=["version"])
    changed(stop, "state", "outcome")
    touch(board)
    emit(ctx, "delivery.stop_ended", {"stop": stop.public_id, "outcome": outcome})
    return stop


def _begin_intake(ctx: Ctx, stop: Stop) -> None:
    """What was fetched waits at the intake, with its giver, until somebody looks at it there."""
    offer = offer_of(stop)
    if offer is not None:
        start_intake(
            ctx,
            centre=stop.board.centre,
            offer=offer,
            fetched_g=stop.collected_g,
            fetched_photo=stop.photo,
        )


def _kept(ctx: Ctx, photo: Prepared | None, purpose: str) -> StoredFile | None:
    return None if photo is None else store(ctx, upload=photo, purpose=purpose)


def _stop(stop: Stop) -> Stop:
    rows = Stop.objects.select_related("board__centre", "tour__board__centre", "tour__rider__agent")
    return rows.get(pk=stop.pk)


def _ended_before(stop: Stop, outcome: str) -> Stop:
    if stop.outcome == outcome:
        return stop
    raise Conflict(
        _("This stop was closed already: %(how)s.") % {"how": Outcome(stop.outcome).label},
        kept=NOTHING_CHANGED,
        next=_("If that was too early, open it again first."),
        code="stop-closed",
    )


def _on_the_road(stop: Stop) -> Tour:
    tour = stop.tour
    if tour is None or tour.state != TourState.OUT:
        raise Refused(
            _("The tour of this stop is not on the road."),
            kept=NOTHING_CHANGED,
            next=_("Please say first that the bike leaves."),
            code="not-out",
        )
    return tour


def _check_proof(stop: Stop, outcome: str, proof: Proof) -> None:
    if outcome == Outcome.COLLECTED and stop.kind != StopKind.COLLECT:
        raise Invalid(
            _("Nothing is picked up here."), kept=NOTHING_CHANGED, field="outcome", code="kind"
        )
    if outcome == Outcome.NEIGHBOUR and not proof.taken_by.strip():
        raise Invalid(
            _("Please enter the neighbour's name."),
            kept=NOTHING_CHANGED,
            field="taken_by",
            code="no-name",
        )
    if outcome == Outcome.SAFE_PLACE and not (proof.photo or proof.note.strip()):
        raise Invalid(
            _("Please say where you left it, or take a photo."),
            kept=NOTHING_CHANGED,
            field="note",
            code="no-place",
        )


def _loaded(stop: Stop) -> list[Parcel]:
    rows = Parcel.objects.filter(shipment__stop=stop, state=ParcelState.LOADED)
    rows = rows.select_related("resource", "shipment__recipient__agent", "shipment__stop")
    return list(rows.order_by("pk"))


def _deliver(ctx: Ctx, tour: Tour, stop: Stop) -> None:
    parcels = _loaded(stop)
    if not parcels:
        raise Refused(
            _("Nothing for this stop is on the bike."),
            kept=NOTHING_CHANGED,
            next=_("If you hold it in your hands, scan it onto the bike first."),
            code="nothing-loaded",
        )
    giver, centre = books.rider(ctx, tour), stop.board.centre
    moves = [(one, Hands(giver, books.recipient(one, centre))) for one in parcels]
    for parcel in books.hand_on(ctx, centre, ScanKind.DELIVERED, moves, tour=tour, at=stop.at):
        close_if_over(ctx, parcel)


@command("delivery.reopen_stop")
def reopen_stop(ctx: Ctx, *, stop: Stop) -> Stop:
    """Closed too early: its parcels are on the bike again. Raises Conflict once the bike is back.
    Twice changes nothing."""
    board = board_on(stop.board.centre, stop.board.day)
    stop = _stop(stop)
    if stop.state == StopState.OPEN:
        return stop
    tour = _on_the_road(stop)
    if stop.state == StopState.DONE and stop.kind == StopKind.DROP:
        _take_back(ctx, tour, stop)
    stop.state, stop.outcome, stop.at = StopState.OPEN, "", None
    stop.taken_by = stop.note = ""
    stop.photo = stop.signature = None
    stop.collected_g = stop.clock_off = 0
    stop.save()
    tour.version += 1
    tour.save(update_fields=["version"])
    changed(stop, "state")
    touch(board)
    return stop


def _take_back(ctx: Ctx, tour: Tour, stop: Stop) -> None:
    rows = Parcel.objects.filter(shipment__stop=stop, state=ParcelState.DELIVERED)
    rows = rows.filter(scans__kind=ScanKind.DELIVERED, scans__tour=tour).distinct()
    parcels = list(rows.select_related("shipment__recipient__agent", "resource"))
    taker, centre = books.rider(ctx, tour), stop.board.centre
    moves = [(one, Hands(books.recipient(one, centre), taker)) for one in parcels]
    books.hand_on(ctx, centre, ScanKind.REOPENED, moves, tour=tour)
    Shipment.objects.filter(stop=stop).update(closed_at=None)


@command("delivery.come_back")
def come_back(ctx: Ctx, *, tour: Tour, told: Told | None = None) -> Tour:
    """The bike is back: what was not handed over goes into the hub again and onto the board of the
    next working day; after the second try it waits at the centre. Twice changes nothing."""
    _board, tour = _held(tour)
    if tour.state == TourState.DONE:
        return tour
    if tour.state != TourState.OUT:
        raise Refused(_("This tour has not left yet."), kept=NOTHING_CHANGED, code="not-out")
    centre = tour.board.centre
    rows = Parcel.objects.filter(shipment__stop__tour=tour, state=ParcelState.LOADED)
    parcels = list(rows.select_related("resource", "shipment__stop"))
    hands = Hands(books.rider(ctx, tour), books.house(ctx, centre))
    books.hand_on(ctx, centre, ScanKind.BACK, [(one, hands) for one in parcels], tour=tour)
    _let_open_go(tour)
    for shipment in {one.shipment.pk: one.shipment for one in parcels}.values():
        _once_more(shipment, shipment.stop.state == StopState.FAILED)
    when, _off = told.when(ctx.occurred_at) if told else (ctx.occurred_at, 0)
    tour.state, tour.back_at = TourState.DONE, max(when, tour.left_at or when)
    tour.version += 1
    tour.save(update_fields=["state", "back_at", "version"])
    changed(tour, "state")
    touch(board_on(centre, tour.board.day))
    emit(ctx, "delivery.back", {"tour": tour.public_id})
    return tour


def _let_open_go(tour: Tour) -> None:
    """What was not reached is for another tour."""
    rows = Stop.objects.filter(tour=tour, state=StopState.OPEN)
    rows.filter(kind=StopKind.RELOAD).delete()
    rows.update(tour=None, position=None, why="")


def _once_more(shipment: Shipment, failed: bool) -> None:
    if not failed:
        return
    shipment.attempts += 1
    if shipment.attempts >= MOST_ATTEMPTS:
        shipment.wish = Wish.CENTRE
    else:
        day = shipment.day + timedelta(days=3 if shipment.day.weekday() == 4 else 1)
        if day.weekday() == 6:
            day += timedelta(days=1)
        to_day(shipment, day)
    shipment.save()


@command("delivery.report")
def report(ctx: Ctx, *, tour: Tour, text: str, photo: Prepared | None = None) -> Incident:
    """Something went wrong on the way. Raises Invalid without a word."""
    board, tour = _held(tour)
    words = text_of(text, 300, "text")
    if not words:
        raise Invalid(
            _("Please say what happened."), kept=_("Nothing was saved yet."), field="text"
        )
    incident = Incident.objects.create(
        tour=tour,
        text=words,
        photo=_kept(ctx, photo, "delivery.incident"),
        at=ctx.occurred_at,
    )
    changed(incident, "text")
    touch(board)
    emit(ctx, "delivery.incident", {"tour": tour.public_id})
    return incident
