"""VROOM on our problem: answers within a tenth of a second, breaks included.

It knows one trip for each vehicle and no release. So every trip of the plan at hand is a vehicle of
its own with its share of the shift (`Share`), and a stop asks for a skill that only those trips
have which load after its parcel has come. What waiting costs it does not know, nor how long a shift
may be; so its answers are judged by our checker like all others.

With `level` alone an answer is repeatable; with `seconds` it is not.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any, Final, Literal

import numpy as np

from wesprint.engines.tours.problem import Client, Load, Problem, Route, Solution, Visit, Window
from wesprint.engines.tours.running import collapse
from wesprint.engines.tours.schedule import Step, earliest, latest, schedule

# VROOM is imported where it is used: it takes half a second and brings pandas along.
Share = Literal["early", "late"]
"""Who of two trips gets the time to spare between them: the later or the earlier one."""
LEVEL: Final = 0
_HORIZON: Final = 10**8
"""Windows end here at the latest: VROOM counts in hundredths."""
_HOUR, _KM = 3_600, 1_000


@dataclass(frozen=True)
class _Trip:
    """`number`: of the route, None for one that stands idle. `loads`: when its parcels must be at
    the depot, None if it is under way and loads nothing. `window`: on the road within."""

    number: int | None
    vehicle: int
    start: int
    end: int
    window: Window
    loads: int | None
    metres: int
    order: int
    visits: tuple[Visit, ...] = ()
    behind: tuple[Visit, ...] = ()
    """The reload before it."""


class Live:
    """A plan and its problem as VROOM's input. Only `movable` routes (all if None) are changed and
    stops of the others left where they are."""

    def __init__(
        self,
        problem: Problem,
        solution: Solution,
        *,
        share: Share = "early",
        movable: frozenset[int] | None = None,
    ) -> None:
        self._collapsed = collapse(problem)
        self._problem = self._collapsed.problem
        self._solution = self._collapsed.inside(solution)
        self._movable = movable
        self._share: Share = share
        self._trips = list(self._all_trips())
        self._kept: list[_Trip] = []
        self._skills: dict[object, int] = {}
        self._open = self._tasks()
        self._releases = sorted({self._release(one[-1]) for one in self._open})

    def solve(
        self, level: int = LEVEL, *, seconds: float | None = None, threads: int = 1
    ) -> Solution:
        """The plan changed for the better, perhaps not sound and perhaps with stops left out."""
        vroom: Any = importlib.import_module("vroom")

        if not self._open or not self._trips:
            return self._collapsed.outside(self._solution)
        limit = None if seconds is None else timedelta(seconds=seconds)
        try:
            found = self._input(vroom, self._trips).solve(level, threads, limit)
        except vroom._vroom.VroomInputException:
            # it tries breaks in one order only, and refuses a trip for which that is too late
            if not self._let_be(self._refused(vroom)):
                return self._collapsed.outside(self._solution)
            found = self._input(vroom, self._trips).solve(level, threads, limit)
        return self._collapsed.outside(self._read(np.asarray(found._routes_numpy())))

    def _refused(self, vroom: Any) -> list[_Trip]:
        found = []
        for trip in self._trips:
            try:
                self._input(vroom, [trip]).solve(0, 1)
            except vroom._vroom.VroomInputException:
                found.append(trip)
        return found

    def _let_be(self, refused: list[_Trip]) -> bool:
        """Those trips stay as they are; whether any others are left. To begin them anew instead
        would cost the stops' places, and VROOM then does not always answer alike."""
        self._kept = refused
        gone = {visit for trip in refused for visit in trip.visits}
        self._trips = [one for one in self._trips if one not in refused]
        self._open = [one for one in self._open if one[-1] not in gone]
        return bool(self._trips and self._open)

    # -- trips ------------------------------------------------------------------------------

    def _all_trips(self) -> Iterable[_Trip]:
        used: dict[int, int] = {}
        for number, route in enumerate(self._solution.routes):
            used[route.vehicle] = used.get(route.vehicle, 0) + 1
            if self._movable is None or number in self._movable:
                yield from self._trips_of(number, route)
        if self._movable is None:
            for number, vehicle in enumerate(self._problem.vehicles):
                for _idle in range(vehicle.count - used.get(number, 0)):
                    yield self._idle(number)

    def _idle(self, number: int) -> _Trip:
        vehicle = self._problem.vehicles[number]
        hub, home = (self._problem.depots[n] for n in (vehicle.start, vehicle.end))
        begin = max(vehicle.shift.start, hub.window.start)
        end = min(vehicle.shift.end, home.window.end, _HORIZON)
        window = Window(begin + hub.loading, max(end, begin + hub.loading))
        return _Trip(None, number, hub.place, home.place, window, begin, vehicle.range, 0)

    def _trips_of(self, number: int, route: Route) -> Iterable[_Trip]:
        problem, vehicle = self._problem, self._problem.vehicles[route.vehicle]
        times = schedule(problem, route)
        begins = (earliest if self._share == "early" else latest)(problem, route)
        now = vehicle.underway
        ridden = now.ridden if now else 0
        cuts = [n for n, one in enumerate(route.visits) if one.kind == "reload"]
        ends = [*cuts, len(route.visits)]
        first = 0
        place, loads = times.steps[0].place, None if now else begins[0]
        leave = begins[0] + times.steps[0].leave - times.steps[0].begin
        behind: tuple[Visit, ...] = ()
        for at in ends:
            home = times.steps[at + 1]
            until = begins[at + 1] if at in cuts else self._home(route)
            others = times.metres - _between(problem, times.steps[first : at + 2])
            yield _Trip(
                number,
                route.vehicle,
                place,
                home.place,
                Window(leave, max(leave, until)),
                loads,
                max(0, vehicle.range - ridden - others),
                first,
                route.visits[first:at],
                behind,
            )
            place, loads, first = home.place, begins[at + 1], at + 1
            leave = loads + home.leave - home.begin
            behind = route.visits[at : at + 1]

    def _home(self, route: Route) -> int:
        """When the vehicle must be back, at the latest."""
        vehicle = self._problem.vehicles[route.vehicle]
        now = vehicle.underway
        begun = now.started if now else schedule(self._problem, route).start
        window = self._problem.depots[vehicle.end].window
        return min(vehicle.shift.end, window.end, begun + vehicle.longest, _HORIZON)

    # -- tasks ------------------------------------------------------------------------------

    def _tasks(self) -> list[tuple[Visit, ...]]:
        """What is on the trips and what nobody has yet, less what is locked."""
        fixed = {
            visit
            for number, route in enumerate(self._solution.routes)
            if self._movable is not None and number not in self._movable
            for visit in route.visits
        }
        mine = {visit for trip in self._trips for visit in trip.visits}
        return [
            visits
            for visits in self._problem.left(Solution(()))
            if visits[-1] not in fixed and (self._movable is None or visits[-1] in mine)
        ]

    def _release(self, visit: Visit) -> int:
        """When its parcel is at the depot; -1 if no trip need load it."""
        if visit.kind != "client" or visit in self._problem.holder:
            return -1
        client = self._problem.clients[visit.index]
        return client.release if any(client.deliver) else -1

    def _skill(self, what: object) -> int:
        return self._skills.setdefault(what, len(self._skills) + 1)

    def _needs(self, visit: Visit) -> set[int]:
        task = self._problem.task(visit)
        found = {self._skill(("feature", one)) for one in task.needs}
        if task.only is not None:
            found.add(self._skill(("name", task.only)))
        if visit in self._problem.holder:
            found.add(self._skill(("vehicle", self._problem.holder[visit])))
        if (release := self._release(visit)) >= 0:
            found.add(self._skill(("release", release)))
        return found

    def _has(self, trip: _Trip) -> set[int]:
        vehicle = self._problem.vehicles[trip.vehicle]
        found = {self._skill(("feature", one)) for one in vehicle.features}
        found |= {self._skill(("name", vehicle.name)), self._skill(("vehicle", trip.vehicle))}
        if trip.loads is not None:
            found |= {self._skill(("release", r)) for r in self._releases if 0 <= r <= trip.loads}
        return found

    # -- to VROOM ---------------------------------------------------------------------------

    def _input(self, vroom: Any, trips: list[_Trip]) -> Any:
        places = sorted(self._places())
        self._row = {place: n for n, place in enumerate(places)}
        given = vroom.Input()
        some = np.ix_(places, places)
        given.set_durations_matrix("bike", self._problem.seconds[some])
        given.set_distances_matrix("bike", self._problem.metres[some])
        for number, visits in enumerate(self._open):
            given.add_job(self._job(vroom, number, visits))
        for number, trip in enumerate(trips):
            given.add_vehicle(self._vehicle(vroom, number, trip))
        return given

    def _places(self) -> set[int]:
        found = {place for trip in self._trips for place in (trip.start, trip.end)}
        for visits in self._open:
            task = self._problem.task(visits[-1])
            ends = [task] if isinstance(task, Client) else [task.pickup, task.delivery]
            found |= {one.place for one in ends}
        return found

    def _load(self, load: Load) -> list[int]:
        return list(load) or [0] * self._problem.dimensions

    def _job(self, vroom: Any, number: int, visits: tuple[Visit, ...]) -> Any:
        task, needs = self._problem.task(visits[-1]), self._needs(visits[-1])
        urgent = 100 if task.priority is None else 1
        if isinstance(task, Client):
            return vroom.Job(
                number,
                self._row[task.place],
                default_service=task.service,
                delivery=self._load(task.deliver),
                pickup=self._load(task.collect),
                skills=needs,
                priority=urgent,
                time_windows=_windows(vroom, task.windows),
            )
        brought = self._end(vroom, number, task.delivery)
        if len(visits) == 1:
            return vroom.Job(
                number,
                self._row[task.delivery.place],
                default_service=task.delivery.service,
                delivery=self._load(task.amount),
                skills=needs,
                priority=urgent,
                time_windows=_windows(vroom, (task.delivery.window,)),
            )
        fetched = self._end(vroom, number, task.pickup)
        return vroom.Shipment(fetched, brought, self._load(task.amount), needs, urgent)

    def _end(self, vroom: Any, number: int, end: Any) -> Any:
        return vroom.ShipmentStep(
            number,
            self._row[end.place],
            default_service=end.service,
            time_windows=_windows(vroom, (end.window,)),
        )

    def _vehicle(self, vroom: Any, number: int, trip: _Trip) -> Any:
        vehicle = self._problem.vehicles[trip.vehicle]
        fixed = 0 if vehicle.underway or trip.behind else vehicle.fixed_cost
        resting = [one.index for one in trip.visits if one.kind == "break"]
        if trip.number is None:
            resting = vehicle.pending()
        breaks = [
            vroom.Break(n, _windows(vroom, (rest.window,)), rest.seconds)
            for n in resting
            if (rest := vehicle.breaks[n])
        ]
        return vroom.Vehicle(
            number,
            self._row[trip.start],
            self._row[trip.end],
            profile="bike",
            capacity=self._room(trip),
            skills=self._has(trip),
            time_window=vroom.TimeWindow(trip.window.start, trip.window.end),
            breaks=breaks,
            costs=vroom.VehicleCosts(fixed, vehicle.cost_second * _HOUR, vehicle.cost_metre * _KM),
            max_distance=min(trip.metres, _HORIZON),
            steps=self._steps(vroom, trip) if trip.visits else (),
        )

    def _room(self, trip: _Trip) -> list[int]:
        """The capacity, less what lies in the bike on this trip and is not brought on it."""
        vehicle = self._problem.vehicles[trip.vehicle]
        now = vehicle.underway
        if not now or trip.loads is not None:
            return list(vehicle.capacity)
        stays = [self._load(now.collected)]
        for visit in sorted(now.aboard.difference(trip.visits)):
            task = self._problem.task(visit)
            stays.append(self._load(task.deliver if isinstance(task, Client) else task.amount))
        return [
            max(0, capacity - sum(loads))
            for capacity, *loads in zip(vehicle.capacity, *stays, strict=True)
        ]

    def _steps(self, vroom: Any, trip: _Trip) -> list[Any]:
        jobs = {visits[-1]: n for n, visits in enumerate(self._open)}
        pairs = {visits[0]: n for n, visits in enumerate(self._open) if len(visits) == 2}
        found = [vroom.VehicleStep("start")]
        for visit in trip.visits:
            if visit.kind == "break":
                found.append(vroom.VehicleStep("break", visit.index))
            elif visit.kind == "pickup":
                found.append(vroom.VehicleStep("pickup", pairs[visit]))
            else:
                pair = visit.kind == "delivery" and len(self._open[jobs[visit]]) == 2
                found.append(vroom.VehicleStep("delivery" if pair else "single", jobs[visit]))
        return [*found, vroom.VehicleStep("end")]

    # -- and back ---------------------------------------------------------------------------

    def _read(self, rows: Any) -> Solution:
        done: dict[int, list[Visit]] = {}
        for vehicle, kind, number in zip(
            rows["vehicle_id"].tolist(), rows["type"].tolist(), rows["id"].tolist(), strict=True
        ):
            visit = self._visit(kind.decode(), number)
            done.setdefault(vehicle, []).extend([visit] if visit else [])
        trips = [(trip, tuple(done.get(n, ()))) for n, trip in enumerate(self._trips)]
        trips += [(trip, trip.visits) for trip in self._kept]
        trips.sort(key=lambda one: one[0].order)
        routes = list(self._solution.routes)
        for number, route in enumerate(routes):
            if self._movable is None or number in self._movable:
                mine = [(trip, visits) for trip, visits in trips if trip.number == number]
                routes[number] = Route(route.vehicle, self._joined(route, mine))
        idle = [Route(t.vehicle, visits) for t, visits in trips if t.number is None and visits]
        vehicles = self._problem.vehicles
        kept = [one for one in routes if one.visits or vehicles[one.vehicle].underway]
        return Solution((*kept, *idle))

    def _joined(
        self, route: Route, trips: list[tuple[_Trip, tuple[Visit, ...]]]
    ) -> tuple[Visit, ...]:
        """The trips with a depot between them; an empty one needs none."""
        locked = self._problem.vehicles[route.vehicle].locked
        found: list[Visit] = []
        for trip, visits in trips:
            if visits and (found or trip.behind == locked[:1] or self._must_load(route)):
                found += trip.behind
            found += visits
        return tuple(found)

    def _must_load(self, route: Route) -> bool:
        return self._problem.vehicles[route.vehicle].underway is not None

    def _visit(self, kind: str, number: int) -> Visit | None:
        if kind == "break":
            return Visit("break", number)
        if kind in ("start", "end"):
            return None
        return self._open[number][0 if kind == "pickup" else -1]


def _windows(vroom: Any, windows: tuple[Window, ...]) -> list[Any]:
    """In order and apart from each other, as VROOM wants them."""
    merged: list[list[int]] = []
    for one in sorted(windows):
        if merged and one.start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], one.end)
        else:
            merged.append([one.start, one.end])
    return [vroom.TimeWindow(min(a, _HORIZON), min(b, _HORIZON)) for a, b in merged]


def _between(problem: Problem, steps: Sequence[Step]) -> int:
    return sum(int(problem.metres[one.place, two.place]) for one, two in pairwise(steps))
