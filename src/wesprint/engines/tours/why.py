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

Reason = Literal["features", "load", "window", "range", "shift", "fleet"]
"""no vehicle has what it needs; too heavy or large for all of them; nobody gets there in its
window; too far for every battery; longer than every shift; the vehicles there are had no room"""


def impossible(problem: Problem) -> tuple[dict[int, Reason], dict[int, Reason]]:
    """Clients and shipments that no vehicle could serve though it did nothing else all day."""
    clients = {
        number: reason
        for number, client in enumerate(problem.clients)
        if (reason := _alone(problem, client, (Visit("client", number),)))
    }
    shipments = {
        number: reason
        for number, one in enumerate(problem.shipments)
        if (reason := _alone(problem, one, (Visit("pickup", number), Visit("delivery", number))))
    }
    return clients, shipments


def reasons(problem: Problem, solution: Solution) -> dict[str, Reason]:
    """By name, for every task that the solution leaves out."""
    clients, shipments = impossible(problem)
    found: dict[str, Reason] = {}
    for number, client in enumerate(problem.clients):
        if number not in solution.clients:
            found[client.name] = clients.get(number, "fleet")
    for number, shipment in enumerate(problem.shipments):
        if number not in solution.shipments:
            found[shipment.name] = shipments.get(number, "fleet")
    return found


def _alone(problem: Problem, task: Client | Shipment, visits: tuple[Visit, ...]) -> Reason | None:
    """The hurdle that the best of the vehicles stumbles over; None if one gets through."""
    able = [(n, one) for n, one in enumerate(problem.vehicles) if problem.may(one, task)]
    if not able:
        return "features"
    able = [(n, one) for n, one in able if _carries(one, _loads(task))]
    if not able:
        return "load"
    hurdles = [_hurdle(problem, Route(number, visits), one) for number, one in able]
    return None if None in hurdles else max(hurdles, key=_HURDLES.index)


_HURDLES: tuple[Reason | None, ...] = ("window", "range", "shift")


def _hurdle(problem: Problem, route: Route, vehicle: Vehicle) -> Reason | None:
    times = schedule(problem, route)
    if times.metres > vehicle.range:
        return "range"
    if times.late:
        return "window"
    resting = sum(one.seconds for one in vehicle.breaks)
    return "shift" if times.duration + resting > vehicle.longest else None


def _loads(task: Client | Shipment) -> Iterable[Load]:
    return (task.deliver, task.collect) if isinstance(task, Client) else (task.amount,)


def _carries(vehicle: Vehicle, loads: Iterable[Load]) -> bool:
    return all(
        amount <= limit
        for load in loads
        for amount, limit in zip(load, vehicle.capacity, strict=False)
    )
