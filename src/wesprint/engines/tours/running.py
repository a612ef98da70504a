"""The running day: what is left of a plan at a moment, and the day without what is locked.

Everything here follows the schedule of the plan. For what really happened, change the `Underway`
of the vehicle before planning on: another place, a later `free`, fewer visits `done`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from wesprint.engines.tours.problem import (
    Break,
    End,
    Load,
    Problem,
    Route,
    Solution,
    Underway,
    Vehicle,
    Visit,
    Window,
)
from wesprint.engines.tours.schedule import Schedule, schedule


def at(problem: Problem, solution: Solution, when: int) -> tuple[Problem, Solution]:
    """The day as it stands at `when` if everything went as planned, and what is left of the plan.

    Who works finishes; who is on the way goes on to the next stop (`locked`). Vehicles that load
    later keep their whole tour. Those on the road come behind the others, whose numbers stay.
    """
    vehicles = [_not_before(one, when) for one in problem.vehicles]
    routes: list[Route] = []
    for route in solution.routes:
        vehicle, times = problem.vehicles[route.vehicle], schedule(problem, route)
        steps = sum(one.begin <= when for one in times.steps) - 1
        if steps < 0 and not vehicle.underway:
            routes.append(route)
            continue
        now = _after(problem, route, times, max(0, min(steps, len(route.visits))))
        behind = len(now.done) - (len(vehicle.underway.done) if vehicle.underway else 0)
        rest = route.visits[behind:]
        if now.free <= when and rest and not vehicle.locked[behind:]:
            now = replace(now, locked=rest[:1])
        number = route.vehicle
        if vehicle.underway:
            vehicles[number] = replace(vehicle, underway=now)
        else:
            vehicles[number] = replace(vehicles[number], count=vehicles[number].count - 1)
            vehicles.append(replace(vehicle, count=1, underway=now))
            number = len(vehicles) - 1
        routes.append(Route(number, rest))
    return replace(problem, vehicles=tuple(vehicles)), Solution(tuple(routes))


def _not_before(vehicle: Vehicle, when: int) -> Vehicle:
    shift = vehicle.shift
    if vehicle.underway or shift.start >= when:
        return vehicle
    return replace(vehicle, shift=Window(min(when, shift.end), shift.end))


def _after(problem: Problem, route: Route, times: Schedule, steps: int) -> Underway:
    """Where the vehicle stands when so many of the route's visits are behind it."""
    before = problem.vehicles[route.vehicle].underway
    done, last = route.visits[:steps], times.steps[steps]
    loads = [n for n, one in enumerate(done) if one.kind == "reload"]
    trip = done[loads[-1] + 1 :] if loads else done
    stays = before if before and not loads else None
    return Underway(
        last.place,
        last.leave,
        before.started if before else times.start,
        (before.ridden if before else 0) + _metres(problem, times, steps),
        (*(before.done if before else ()), *done),
        _aboard(problem, route, steps, began=bool(loads) or not before),
        _sum(problem, [stays.collected if stays else (), *_collected(problem, trip)]),
        before.locked[steps:] if before else (),
    )


def _metres(problem: Problem, times: Schedule, steps: int) -> int:
    ridden = pairwise(times.steps[: steps + 1])
    return sum(int(problem.metres[one.place, two.place]) for one, two in ridden)


def _aboard(problem: Problem, route: Route, steps: int, *, began: bool) -> frozenset[Visit]:
    """`began`: a trip was loaded meanwhile, so that the clients of that one are in the bike."""
    before = problem.vehicles[route.vehicle].underway
    done, rest = route.visits[:steps], route.visits[steps:]
    found = set(before.aboard if before else ())
    if began:
        found = {one for one in found if one.kind == "delivery"}
        found |= {one for one in _until_depot(rest) if _loaded(problem, one)}
    found |= {Visit("delivery", one.index) for one in done if one.kind == "pickup"}
    return frozenset(found.difference(done))


def _until_depot(visits: Iterable[Visit]) -> Iterable[Visit]:
    for visit in visits:
        if visit.kind == "reload":
            return
        yield visit


def _loaded(problem: Problem, visit: Visit) -> bool:
    return visit.kind == "client" and any(problem.clients[visit.index].deliver)


def _collected(problem: Problem, trip: tuple[Visit, ...]) -> list[Load]:
    return [problem.clients[one.index].collect for one in trip if one.kind == "client"]


def _sum(problem: Problem, loads: list[Load]) -> Load:
    full = [load or (0,) * problem.dimensions for load in loads]
    return tuple(map(sum, zip(*full, strict=True)))


# -- without what is locked --------------------------------------------------------------------


@dataclass(frozen=True)
class Collapsed:
    """`problem` begins behind the locked visits, but for a depot to load at and what follows it:
    there a solver may still add to the trip."""

    problem: Problem
    heads: dict[int, tuple[Visit, ...]]

    def inside(self, solution: Solution) -> Solution:
        return self._each(solution, lambda one: one.visits[len(self.heads.get(one.vehicle, ())) :])

    def outside(self, solution: Solution) -> Solution:
        """With all that is locked in front, wherever the solver put it."""
        return self._each(solution, self._whole)

    def _whole(self, route: Route) -> tuple[Visit, ...]:
        locked = self.problem.vehicles[route.vehicle].locked
        first = locked and locked[0].kind == "reload"
        rest = route.visits[1:] if first and route.visits[:1] == locked[:1] else route.visits
        others = tuple(one for one in rest if one.kind == "reload" or one not in locked)
        return (*self.heads.get(route.vehicle, ()), *locked, *others)

    @staticmethod
    def _each(solution: Solution, change: Callable[[Route], tuple[Visit, ...]]) -> Solution:
        return Solution(tuple(replace(one, visits=change(one)) for one in solution.routes))


def collapse(problem: Problem) -> Collapsed:
    vehicles = list(problem.vehicles)
    heads: dict[int, tuple[Visit, ...]] = {}
    for number, vehicle in enumerate(vehicles):
        loads = [n for n, one in enumerate(vehicle.locked) if one.kind == "reload"]
        steps = loads[-1] if loads else len(vehicle.locked)
        if steps:
            route = Route(number, vehicle.locked)
            heads[number] = vehicle.locked[:steps]
            now = _after(problem, route, schedule(problem, route), steps)
            vehicles[number] = replace(vehicle, underway=now)
    return Collapsed(replace(problem, vehicles=tuple(vehicles)), heads)


# -- late already ------------------------------------------------------------------------------


def catch_up(problem: Problem, solution: Solution) -> tuple[Problem, dict[str, int]]:
    """Promises that this plan can no longer keep are widened to when it comes; whom to tell, with
    the seconds. So one can plan on though a rider is late: nobody is dropped for it."""
    late: dict[str, int] = {}
    for route in solution.routes:
        for _each in range(len(route.visits)):
            step = next((one for one in schedule(problem, route).steps if one.late), None)
            if step is None or step.visit is None or step.visit.kind == "reload":
                break
            problem = _wider(problem, route.vehicle, step.visit, step.arrive)
            if step.visit.kind != "break":
                late[problem.task(step.visit).name] = step.late
    return problem, late


def _wider(problem: Problem, number: int, visit: Visit, end: int) -> Problem:
    """The visit's window open until then."""
    if visit.kind == "client":
        clients = list(problem.clients)
        *others, last = sorted(clients[visit.index].windows)
        windows = (*others, Window(last.start, end))
        clients[visit.index] = replace(clients[visit.index], windows=windows)
        return replace(problem, clients=tuple(clients))
    if visit.kind == "break":
        vehicles, rests = list(problem.vehicles), list(problem.vehicles[number].breaks)
        rests[visit.index] = replace(rests[visit.index], window=_until(rests[visit.index], end))
        vehicles[number] = replace(vehicles[number], breaks=tuple(rests))
        return replace(problem, vehicles=tuple(vehicles))
    shipments = list(problem.shipments)
    one = shipments[visit.index]
    if visit.kind == "pickup":
        one = replace(one, pickup=replace(one.pickup, window=_until(one.pickup, end)))
    else:
        one = replace(one, delivery=replace(one.delivery, window=_until(one.delivery, end)))
    shipments[visit.index] = one
    return replace(problem, shipments=tuple(shipments))


def _until(one: End | Break, end: int) -> Window:
    return Window(one.window.start, end)
