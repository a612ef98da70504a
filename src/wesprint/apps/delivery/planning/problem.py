"""A day as a problem of the tours engine: rides are vehicles, stops are clients."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from wesprint.apps.delivery.planning.day import Day, Point, Ride, Task, TimedStop, TourPlan
from wesprint.engines.streets import Matrix
from wesprint.engines.tours import Client, Depot, Problem, Route, Solution, Underway, Vehicle, Visit
from wesprint.engines.tours.checker import check_route
from wesprint.engines.tours.problem import Load
from wesprint.engines.tours.problem import Matrix as Table
from wesprint.engines.tours.why import Reason

TRIPS: Final = 4
LITRES_PER_KILO: Final = 4
"""What is given away is bulky: a bag of clothes of 5 kg takes 20 l. An assumption."""
HUB: Final = Visit("reload", 0)


@dataclass(frozen=True)
class Model:
    """`problem.clients[n]` is the stop `pks[n]`; `places` are its rows of the matrix."""

    day: Day
    problem: Problem
    rides: tuple[Ride, ...]
    pks: tuple[int, ...]

    def visits(self, stops: Iterable[int]) -> tuple[Visit, ...]:
        place = {pk: n for n, pk in enumerate(self.pks)}
        return tuple(Visit("client", place[pk]) if pk in place else HUB for pk in stops)

    def ahead(self, ride: Ride) -> tuple[Visit, ...]:
        open_ = (pk for pk in ride.stops if self.day.tasks[pk].left is None)
        return self.visits(open_)

    def current(self) -> Solution:
        """The tours as they stand."""
        routes = (Route(n, self.ahead(ride)) for n, ride in enumerate(self.rides))
        return Solution(tuple(one for one in routes if one.visits or self._on_road(one.vehicle)))

    def _on_road(self, number: int) -> bool:
        return self.problem.vehicles[number].underway is not None

    def tour(self, route: Route) -> TourPlan:
        """The route with its times, and every rule that it breaks."""
        report = check_route(self.problem, route)
        ride, steps = self.rides[route.vehicle], report.schedule.steps
        return TourPlan(
            bike=ride.bike,
            tour=ride.tour,
            version=ride.version,
            stops=tuple(
                TimedStop(self._stop(one.visit), one.arrive, one.begin, one.leave, one.late)
                for one in steps
                if one.visit
            ),
            starts=ride.out if ride.out is not None else report.schedule.start,
            ends=report.schedule.end,
            metres=report.schedule.metres + self._ridden(route.vehicle),
            broken=tuple(dict.fromkeys(one.rule for one in report.violations)),
        )

    def _stop(self, visit: Visit) -> int:
        return self.pks[visit.index] if visit.kind == "client" else 0

    def _ridden(self, number: int) -> int:
        now = self.problem.vehicles[number].underway
        return now.ridden if now else 0

    def left_out(self, names: Mapping[str, Reason]) -> tuple[tuple[int, str], ...]:
        """The engine names tasks by their row's number."""
        return tuple((int(name), reason) for name, reason in names.items())


def points_of(day: Day, pks: Sequence[int]) -> list[Point]:
    """The hub first, then the stops."""
    return [day.hub, *(day.tasks[pk].point for pk in pks)]


def model(day: Day, matrix: Matrix, rides: Sequence[Ride], pks: Sequence[int]) -> Model:
    """`pks`: the stops that are rows of the matrix, behind the hub; none of them lost."""
    seconds = np.asarray(matrix.seconds, dtype=np.int64)
    metres = np.asarray(matrix.metres, dtype=np.int64)
    holders = {pk: ride.name for ride in rides for pk in ride.stops if day.tasks[pk].loaded}
    clients = tuple(
        _client(day.tasks[pk], place, holders.get(pk)) for place, pk in enumerate(pks, start=1)
    )
    rows = {pk: place for place, pk in enumerate(pks)}
    vehicles = tuple(_vehicle(day, ride, rows, metres) for ride in rides)
    depot = Depot("hub", 0, loading=day.loading)
    problem = Problem(seconds, metres, (depot,), vehicles, clients)
    return Model(day, problem, tuple(rides), tuple(pks))


def _client(task: Task, place: int, holder: str | None) -> Client:
    brings = bool(task.mass_g or task.volume_ml)
    return Client(
        name=str(task.pk),
        place=place,
        deliver=(task.mass_g, task.volume_ml) if brings else (),
        collect=_collected(task),
        service=task.service,
        windows=(task.window,),
        only=holder,
    )


def _collected(task: Task) -> Load:
    return (task.collect_g, task.collect_g * LITRES_PER_KILO) if task.collect_g else ()


def _vehicle(day: Day, ride: Ride, rows: dict[int, int], metres: Table) -> Vehicle:
    start = max(ride.shift.start, min(day.now, ride.shift.end))
    vehicle = Vehicle(
        name=ride.name,
        capacity=ride.capacity,
        shift=replace(ride.shift, start=start if ride.out is None else ride.shift.start),
        reload=(0,),
        reloads=TRIPS,
        range=ride.range_m,
        cost_second=ride.costs[0],
        cost_metre=ride.costs[1],
    )
    if ride.out is None:
        return vehicle
    return replace(vehicle, underway=_underway(day, ride, rows, metres))


def _underway(day: Day, ride: Ride, rows: dict[int, int], metres: Table) -> Underway:
    """What really happened so far: where it stands, what is in it, how far it went."""
    behind = [day.tasks[pk] for pk in ride.stops if day.tasks[pk].left is not None]
    ahead = [day.tasks[pk] for pk in ride.stops if day.tasks[pk].left is None]
    places = [0 if one.reload else rows[one.pk] + 1 for one in behind]
    last = max((one.left or 0 for one in behind), default=ride.out or 0)
    visits = tuple(HUB if one.reload else Visit("client", rows[one.pk]) for one in behind)
    loads = [n for n, one in enumerate(behind) if one.reload]
    trip = behind[loads[-1] + 1 :] if loads else behind
    ridden = sum(int(metres[a, b]) for a, b in pairwise([0, *places]))
    return Underway(
        place=places[-1] if places else 0,
        free=max(day.now, last),
        started=ride.out or 0,
        ridden=ridden,
        done=visits,
        aboard=frozenset(Visit("client", rows[one.pk]) for one in ahead if one.loaded),
        collected=_sum([_collected(one) for one in trip]),
    )


def _sum(loads: list[Load]) -> Load:
    full = [one for one in loads if one]
    return tuple(sum(column) for column in zip(*full, strict=True)) if full else ()
