"""Cheapest insertion: what is left is put where it costs the least and breaks nothing.

Plain and without a solver; for single orders into a running plan, and for what a solver let fall.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from wesprint.engines.tours.breaks import with_breaks
from wesprint.engines.tours.checker import check_route
from wesprint.engines.tours.problem import Client, Problem, Route, Shipment, Solution, Visit

_MUST: Final = float("inf")


@dataclass(frozen=True)
class Place:
    """Where a task could go: the changed route, and what that costs more."""

    cost: int
    number: int | None
    """Of the route in the solution; None: a vehicle that stood idle."""
    route: Route


def insert_all(problem: Problem, solution: Solution) -> Solution:
    """Every client and shipment that is missing, dearest priority first, where there is room."""
    for visits in missing(problem, solution):
        best = min(places(problem, solution, visits), key=lambda one: one.cost, default=None)
        if best is not None and best.cost < _worth(_task(problem, visits)):
            solution = put(solution, best)
    return solution


def mend(problem: Problem, solution: Solution, *, seed: int, tries: int = 200) -> Solution:
    """Makes room for what must be served and still is not: some neighbours in time go out, the
    missing ones in first, then the others; kept if more is served. Breaks are why that happens:
    the solver knows nothing of them."""
    draw = random.Random(seed)  # noqa: S311 - reproducible, no secret
    must = [one for one in missing(problem, solution) if _worth(_task(problem, one)) == _MUST]
    for _try in range(tries if must and solution.routes else 0):
        other = insert_all(problem, _ruined(problem, solution, draw))
        if _served(problem, other) > _served(problem, solution):
            solution = other
        if not any(one in missing(problem, solution) for one in must):
            break
    return solution


def _ruined(problem: Problem, solution: Solution, draw: random.Random) -> Solution:
    """Without a few of one route's clients, and with the missing ones put in before them."""
    routes = list(solution.routes)
    number = draw.randrange(len(routes))
    clients = [one for one in routes[number].visits if one.kind == "client"]
    gone = draw.sample(clients, min(len(clients), draw.randint(1, 4)))
    rest = tuple(one for one in routes[number].visits if one not in gone)
    routes[number] = replace(routes[number], visits=rest)
    bare = Solution(tuple(routes))
    for visits in missing(problem, solution):
        best = min(places(problem, bare, visits), key=lambda one: one.cost, default=None)
        bare = put(bare, best) if best else bare
    return bare


def _served(problem: Problem, solution: Solution) -> tuple[float, int]:
    """More and dearer is better, then cheaper."""
    left = [_worth(_task(problem, one)) for one in missing(problem, solution)]
    sound = [one for one in solution.routes if not check_route(problem, one).violations]
    cost = sum(check_route(problem, one).cost for one in sound)
    return -sum(min(one, 1e9) for one in left) - 1e12 * (len(solution.routes) - len(sound)), -cost


def missing(problem: Problem, solution: Solution) -> list[tuple[Visit, ...]]:
    clients = (
        (Visit("client", number),)
        for number in range(len(problem.clients))
        if number not in solution.clients
    )
    pairs = (
        (Visit("pickup", number), Visit("delivery", number))
        for number in range(len(problem.shipments))
        if number not in solution.shipments
    )
    return sorted((*clients, *pairs), key=lambda one: -_worth(_task(problem, one)))


def _task(problem: Problem, visits: tuple[Visit, ...]) -> Client | Shipment:
    first = visits[0]
    return (problem.clients if first.kind == "client" else problem.shipments)[first.index]


def _worth(task: Client | Shipment) -> float:
    return _MUST if task.priority is None else task.priority


def put(solution: Solution, place: Place) -> Solution:
    routes = list(solution.routes)
    if place.number is None:
        routes.append(place.route)
    else:
        routes[place.number] = place.route
    return Solution(tuple(routes))


def places(problem: Problem, solution: Solution, visits: tuple[Visit, ...]) -> Iterable[Place]:
    """Every sound place for a client, or for a shipment's two ends in this order."""
    task = _task(problem, visits)
    for number, route in _open_routes(problem, solution):
        if not problem.may(problem.vehicles[route.vehicle], task):
            continue
        before = check_route(problem, route).cost if number is not None else 0
        for longer in _longer(route, visits):
            rested = longer if number is not None else with_breaks(problem, longer)
            report = check_route(problem, rested)
            if not report.violations:
                yield Place(report.cost - before, number, rested)


def _open_routes(problem: Problem, solution: Solution) -> Iterable[tuple[int | None, Route]]:
    yield from enumerate(solution.routes)
    used = [route.vehicle for route in solution.routes]
    for vehicle, one in enumerate(problem.vehicles):
        if used.count(vehicle) < one.count:
            yield None, Route(vehicle, ())


def _longer(route: Route, visits: tuple[Visit, ...]) -> Iterable[Route]:
    """The route with the visits put in, their order kept."""
    first, *rest = visits
    for at in range(len(route.visits) + 1):
        head = replace(route, visits=(*route.visits[:at], first))
        tail = route.visits[at:]
        if not rest:
            yield replace(route, visits=(*head.visits, *tail))
            continue
        for later in range(len(tail) + 1):
            yield replace(route, visits=(*head.visits, *tail[:later], *rest, *tail[later:]))
