"""Why a stop stays: what no vehicle could ever do, and what this fleet has no time for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from wesprint.engines.tours.problem import (
    Client,
    Load,
    Problem,
    Route,
    Shipment,
    Solution,
    Vehicle,
    Visit,
)
from wesprint.engines.tours.schedule import schedule

Reason = Literal["features", "load", "window", "range", "shift", "aboard", "fleet"]
"""no vehicle has what it needs; too heavy or large for all of them; nobody gets there in its
window; too far for every battery; longer than every shift; all bikes are on the road and none loads
again; the vehicles there are had no room"""


def impossible(problem: Problem) -> dict[Visit, Reason]:
    """Clients and shipments (by their delivery) that no vehicle could serve though it did nothing
    else for the rest of the day."""
    return {
        visits[-1]: reason
        for visits in problem.left(Solution(()))
        if (reason := _alone(problem, visits))
    }


def reasons(problem: Problem, solution: Solution) -> dict[str, Reason]:
    """By name, for every task that the solution leaves out."""
    never = impossible(problem)
    left = [visits[-1] for visits in problem.left(solution)]
    return {problem.task(one).name: never.get(one, "fleet") for one in left}


def _alone(problem: Problem, visits: tuple[Visit, ...]) -> Reason | None:
    """The hurdle that the best of the vehicles stumbles over; None if one gets through."""
    task = problem.task(visits[-1])
    able = [(n, v) for n, v in enumerate(problem.vehicles) if problem.serves(n, visits[-1])]
    if not able:
        return "features"
    able = [(n, one) for n, one in able if _carries(one, _loads(task))]
    if not able:
        return "load"
    hurdles = [_easiest(problem, number, visits) for number, _one in able]
    return None if None in hurdles else max(hurdles, key=_HURDLES.index)


def _easiest(problem: Problem, number: int, visits: tuple[Visit, ...]) -> Reason | None:
    """Of a vehicle under way the hurdle without and with going to the hub before."""
    ways = [Route(number, way) for way in ways_to(problem, number, visits)]
    hurdles = [_hurdle(problem, one, problem.vehicles[number]) for one in ways]
    return None if None in hurdles else max(hurdles, key=_HURDLES.index, default="aboard")


def ways_to(
    problem: Problem, number: int, visits: tuple[Visit, ...]
) -> Iterable[tuple[Visit, ...]]:
    """The shortest sequences in which a vehicle could do this after what it must do next."""
    now = problem.vehicles[number].underway
    locked = now.locked if now else ()
    rest = tuple(one for one in visits if one not in locked)
    if (
        not now
        or not needs_depot(problem, number, visits[-1])
        or any(one.kind == "reload" for one in locked)
    ):
        yield (*locked, *rest)
    elif sum(one.kind == "reload" for one in now.done) < problem.vehicles[number].reloads:
        for depot in problem.vehicles[number].reload:
            yield (*locked, Visit("reload", depot), *rest)


def needs_depot(problem: Problem, number: int, visit: Visit) -> bool:
    """Whether this vehicle, under way, must fetch the goods from the hub first."""
    now = problem.vehicles[number].underway
    if not now or visit.kind != "client" or visit in now.aboard:
        return False
    return any(problem.clients[visit.index].deliver)


_HURDLES: tuple[Reason | None, ...] = ("aboard", "window", "range", "shift")


def _hurdle(problem: Problem, route: Route, vehicle: Vehicle) -> Reason | None:
    times = schedule(problem, route)
    ridden = vehicle.underway.ridden if vehicle.underway else 0
    if times.metres + ridden > vehicle.range:
        return "range"
    if times.late:
        return "window"
    now = vehicle.underway
    rested = [one.index for one in now.done if one.kind == "break"] if now else []
    resting = sum(one.seconds for n, one in enumerate(vehicle.breaks) if n not in rested)
    duration = times.end - now.started if now else times.duration
    return "shift" if duration + resting > vehicle.longest else None


def _loads(task: Client | Shipment) -> Iterable[Load]:
    return (task.deliver, task.collect) if isinstance(task, Client) else (task.amount,)


def _carries(vehicle: Vehicle, loads: Iterable[Load]) -> bool:
    return all(
        amount <= limit
        for load in loads
        for amount, limit in zip(load, vehicle.capacity, strict=False)
    )
