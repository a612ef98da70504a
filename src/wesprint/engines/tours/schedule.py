"""When a route does what: as early as it can, and leaving as late as that allows.

The first pass goes forward and begins every work as early as possible; the second comes back from
the earliest end and begins as late as possible. So the vehicle is under way as briefly as its
sequence allows, and every wait stands as near to the depot as it can. A vehicle already under way
does not dawdle: until it is at a depot again, it begins everything as early as possible.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from wesprint.engines.tours.problem import NEVER, Depot, Problem, Route, Visit, Window


@dataclass(frozen=True)
class Step:
    """One thing done: `arrive`, `begin` and `leave`; the depots at both ends have no visit."""

    visit: Visit | None
    place: int
    arrive: int
    begin: int
    leave: int
    late: int
    """Seconds after the last window in which it could have begun; 0 in a sound plan."""


@dataclass(frozen=True)
class Schedule:
    steps: tuple[Step, ...]
    metres: int
    late: int

    @property
    def duration(self) -> int:
        return self.steps[-1].leave - self.steps[0].begin

    @property
    def start(self) -> int:
        return self.steps[0].begin

    @property
    def end(self) -> int:
        return self.steps[-1].leave


@dataclass(frozen=True)
class _Leg:
    """What a step asks for: place, windows, work, and not before `release`."""

    visit: Visit | None
    place: int
    windows: tuple[Window, ...]
    work: int
    release: int = 0


def schedule(problem: Problem, route: Route) -> Schedule:
    legs = list(_legs(problem, route))
    travel = [int(problem.seconds[a.place, b.place]) for a, b in _pairs(legs)]
    early, late = _forward(legs, travel)
    begins = early if any(late) else _backward(legs, travel, early)
    if problem.vehicles[route.vehicle].underway:
        begins = _at_once(legs, early, begins)
    arrivals = [begins[0]] + [
        begin + leg.work + ride for begin, leg, ride in zip(begins, legs, travel, strict=False)
    ]
    steps = tuple(
        Step(leg.visit, leg.place, arrive, begin, begin + leg.work, after)
        for leg, arrive, begin, after in zip(legs, arrivals, begins, late, strict=True)
    )
    metres = sum(int(problem.metres[a.place, b.place]) for a, b in _pairs(legs))
    return Schedule(steps, metres, sum(late))


def _pairs(legs: list[_Leg]) -> Iterable[tuple[_Leg, _Leg]]:
    return pairwise(legs)


def _legs(problem: Problem, route: Route) -> Iterable[_Leg]:
    vehicle = problem.vehicles[route.vehicle]
    released = iter(_releases(problem, route))
    first = _first(problem, route, next(released))
    yield first
    place = first.place
    for visit in route.visits:
        if visit.kind == "reload":
            leg = _depot(problem.depots[visit.index], vehicle.shift, visit, next(released))
        elif visit.kind == "break":
            rest = vehicle.breaks[visit.index]
            leg = _Leg(visit, place, (rest.window,), rest.seconds)
        else:
            leg = _work(problem, visit)
        place = leg.place
        yield leg
    home = problem.depots[vehicle.end]
    open_until = Window(vehicle.shift.start, min(vehicle.shift.end, home.window.end))
    yield _Leg(None, home.place, (open_until,), 0)


def _first(problem: Problem, route: Route, release: int) -> _Leg:
    """Loading at the depot, or where the vehicle is by now."""
    vehicle = problem.vehicles[route.vehicle]
    if now := vehicle.underway:
        return _Leg(None, now.place, (Window(now.free, NEVER),), 0)
    return _depot(problem.depots[vehicle.start], vehicle.shift, None, release)


def _depot(depot: Depot, shift: Window, visit: Visit | None, release: int) -> _Leg:
    both = Window(max(depot.window.start, shift.start), min(depot.window.end, shift.end))
    return _Leg(visit, depot.place, (both,), depot.loading, release)


def _work(problem: Problem, visit: Visit) -> _Leg:
    if visit.kind == "client":
        client = problem.clients[visit.index]
        return _Leg(visit, client.place, client.windows, client.service)
    shipment = problem.shipments[visit.index]
    end = shipment.pickup if visit.kind == "pickup" else shipment.delivery
    return _Leg(visit, end.place, (end.window,), end.service)


def _releases(problem: Problem, route: Route) -> list[int]:
    """For each trip when its last parcel reaches the depot."""
    found = [0]
    for visit in route.visits:
        if visit.kind == "reload":
            found.append(0)
        elif visit.kind == "client":
            found[-1] = max(found[-1], problem.clients[visit.index].release)
    return found


def _forward(legs: list[_Leg], travel: list[int]) -> tuple[list[int], list[int]]:
    """Earliest beginnings, and how late each is; a late one goes on as if it were in time."""
    begins: list[int] = []
    late: list[int] = []
    now = legs[0].windows[0].start
    for leg, ride in zip(legs, [*travel, 0], strict=True):
        now = max(now, leg.release)
        opens = [max(now, window.start) for window in leg.windows if now <= window.end]
        last = max(window.end for window in leg.windows)
        begin = min(opens, default=last)
        late.append(max(0, now - last) if not opens else 0)
        begins.append(begin)
        now = begin + leg.work + ride
    return begins, late


def _backward(legs: list[_Leg], travel: list[int], early: list[int]) -> list[int]:
    """Latest beginnings that end no later than the earliest end. Windows never fail here: the
    earliest beginning is always one of the choices."""
    begins = [early[-1]]
    for leg, ride, first in zip(legs[-2::-1], travel[::-1], early[-2::-1], strict=True):
        must = begins[-1] - ride - leg.work
        choices = [min(must, window.end) for window in leg.windows if window.start <= must]
        begins.append(max(choices, default=first))
    return begins[::-1]


def _at_once(legs: list[_Leg], early: list[int], begins: list[int]) -> list[int]:
    """The earliest beginnings until the next loading, the given ones from there."""
    loads = (n for n, leg in enumerate(legs) if leg.visit and leg.visit.kind == "reload")
    until = next(loads, len(legs))
    return early[:until] + begins[until:]


def earliest(problem: Problem, route: Route) -> list[int]:
    """When each step can begin at the earliest, the shift not counted that a later start saves."""
    legs = list(_legs(problem, route))
    return _forward(legs, [int(problem.seconds[a.place, b.place]) for a, b in _pairs(legs)])[0]


def latest(problem: Problem, route: Route) -> list[int]:
    """When each step must begin at the latest, so that all that follow are in time; of a plan that
    is late anyway the earliest."""
    legs = list(_legs(problem, route))
    travel = [int(problem.seconds[a.place, b.place]) for a, b in _pairs(legs)]
    early, late = _forward(legs, travel)
    if any(late):
        return early
    until = legs[-1].windows[0].end
    vehicle = problem.vehicles[route.vehicle]
    if vehicle.underway:
        until = min(until, vehicle.underway.started + vehicle.longest)
    return _backward(legs, travel, [*early[:-1], max(early[-1], until)])
