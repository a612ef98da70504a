"""A day of a house, as the planner and the pages see it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from wesprint.apps.delivery.models import (
    NOT_BROUGHT,
    Bike,
    Board,
    Hub,
    Incident,
    Parcel,
    ParcelState,
    PlanRun,
    Stop,
    StopKind,
    StopState,
    Tour,
    TourState,
)
from wesprint.apps.delivery.planning import Day, Ride, Task
from wesprint.apps.delivery.selectors.house import bikes, midnight
from wesprint.apps.goods.public import Offer
from wesprint.engines.tours import Window
from wesprint.engines.tours.problem import NEVER
from wesprint.kernel.errors import NotFound
from wesprint.platform.organisations.models import Centre

COLLECT_S = 300  # seconds at a door to weigh and load what is given away
DAY_S = 86_400


def board_of(centre: Centre, day: date) -> Board | None:
    """One query."""
    return Board.objects.filter(centre=centre, day=day).first()


def stops_of(board: Board) -> QuerySet[Stop]:
    """In their order, with what is brought there and how much of it is in the bike."""
    parcels = Q(shipments__parcels__state__in=["announced", "here", "loaded"])
    rows = Stop.objects.filter(board=board).order_by("position", "pk")
    offers = Offer.objects.filter(public_id=OuterRef("offer"), centre=board.centre_id)
    return rows.annotate(
        fetch_address=Subquery(offers.values("fetch_address")[:1]),
        mass_g=Sum("shipments__parcels__mass_g", filter=parcels, default=0),
        volume_ml=Sum("shipments__parcels__volume_ml", filter=parcels, default=0),
        parcels_open=Count("shipments__parcels", filter=parcels),
        loaded=Count("shipments__parcels", filter=Q(shipments__parcels__state=ParcelState.LOADED)),
        here=Count("shipments__parcels", filter=Q(shipments__parcels__state=ParcelState.HERE)),
    )


def day_of(hub: Hub, board: Board, moment: datetime) -> Day:
    """What there is to plan at this moment. Three queries."""
    begin = midnight(hub.centre, board.day)
    now = min(max(0, round((moment - begin).total_seconds())), DAY_S)
    rows = list(stops_of(board))
    tours = list(Tour.objects.filter(board=board).exclude(state=TourState.DONE))
    running = {one.bike_id: one for one in tours}
    ended = set(Tour.objects.filter(board=board, state=TourState.DONE).values_list("pk", flat=True))
    order: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row.tour_id is not None and row.tour_id not in ended:
            order[row.tour_id].append(row.pk)
    tasks = [_task(hub, row, begin) for row in rows if row.tour_id not in ended and _counts(row)]
    rides = tuple(_ride(bike, running.get(bike.pk), order, begin) for bike in bikes(hub.centre))
    return Day(
        hub=(hub.lat, hub.lon),
        loading=hub.loading_s,
        now=now,
        rides=rides,
        tasks={one.pk: one for one in tasks},
    )


def _counts(row: Stop) -> bool:
    """In a tour, or free for one."""
    free = row.state == StopState.OPEN and row.why not in NOT_BROUGHT
    return free or row.tour_id is not None


def _seconds(moment: datetime | None, begin: datetime) -> int | None:
    return None if moment is None else max(0, round((moment - begin).total_seconds()))


def _task(hub: Hub, row: Stop, begin: datetime) -> Task:
    several = max(0, row.parcels_open - 1)  # type: ignore[attr-defined]  # annotated
    service = COLLECT_S if row.kind == StopKind.COLLECT else hub.service_s + several * hub.more_s
    start, end = _seconds(row.window_from, begin), _seconds(row.window_until, begin)
    return Task(
        pk=row.pk,
        point=(row.lat or 0.0, row.lon or 0.0),
        mass_g=row.mass_g,  # type: ignore[attr-defined]  # annotated
        volume_ml=row.volume_ml,  # type: ignore[attr-defined]  # annotated
        collect_g=row.collect_g,
        service=service,
        window=Window(start or 0, NEVER if end is None else end),
        loaded=bool(row.loaded),  # type: ignore[attr-defined]  # annotated
        left=_seconds(row.at, begin),
        reload=row.kind == StopKind.RELOAD,
    )


def _ride(bike: Bike, tour: Tour | None, order: dict[int, list[int]], begin: datetime) -> Ride:
    at_midnight = timedelta()

    def of(clock: object) -> int:
        hours, minutes = clock.hour, clock.minute  # type: ignore[attr-defined]  # a time
        return int((at_midnight + timedelta(hours=hours, minutes=minutes)).total_seconds())

    return Ride(
        bike=bike.pk,
        capacity=(bike.capacity_g, bike.capacity_ml),
        shift=Window(of(bike.starts), of(bike.ends)),
        range_m=bike.range_m,
        tour=tour.pk if tour else None,
        version=tour.version if tour else 0,
        stops=tuple(order[tour.pk]) if tour else (),
        out=_seconds(tour.left_at, begin) if tour else None,
        fixed=bool(tour and tour.locked),
    )


def tours_of(board: Board) -> tuple[Tour, ...]:
    """One query."""
    return tuple(Tour.objects.filter(board=board).select_related("bike", "rider", "board"))


def tour_by_id(centre: Centre, public_id: str) -> Tour:
    rows = Tour.objects.filter(board__centre=centre, public_id=public_id)
    found = rows.select_related("board__centre", "bike", "rider__agent").first()
    if found is None:
        raise NotFound(_("This tour does not exist here."))
    return found


def stop_by_id(centre: Centre, public_id: str) -> Stop:
    rows = Stop.objects.filter(board__centre=centre, public_id=public_id)
    found = rows.select_related("board__centre", "tour__bike", "tour__rider__agent").first()
    if found is None:
        raise NotFound(_("This stop does not exist here."))
    return found


def run_of(board: Board) -> PlanRun | None:
    """The latest. One query."""
    return PlanRun.objects.filter(board=board).order_by("-pk").first()


def incidents_of(board: Board) -> tuple[Incident, ...]:
    """What riders reported, the latest first. One query."""
    rows = Incident.objects.filter(tour__board=board).select_related("tour__rider")
    return tuple(rows.order_by("-pk"))


def parcels_of(stops: list[int]) -> dict[int, list[Parcel]]:
    """By stop. One query."""
    rows = Parcel.objects.filter(shipment__stop__in=stops)
    found: dict[int, list[Parcel]] = defaultdict(list)
    for one in rows.select_related("shipment__recipient", "shipment__sender").order_by("pk"):
        found[one.shipment.stop_id].append(one)
    return found
