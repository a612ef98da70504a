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
from wesprint.engines.tours.gaps import Gaps
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
        best = cheapest(problem, solution, visits)
        if best is not None and best.cost < _worth(problem.task(visits[-1])):
            solution = put(solution, best)
    return solution


def mend(problem: Problem, solution: Solution, *, seed: int, tries: int = 200) -> Solution:
    """Makes room for what must be served and still is not: some neighbours in time go out, the
    missing ones in first, then the others; kept if more is served. Breaks are why that happens:
    the solver knows nothing of them."""
    tries = min(tries, 4_000 // (1 + len(problem.clients) + len(problem.shipments)))
    draw = random.Random(seed)  # noqa: S311 - reproducible, no secret
    must = [one for one in missing(problem, solution) if _worth(problem.task(one[-1])) == _MUST]
    for _try in range(tries if must and solution.routes else 0):
        other = insert_all(problem, _ruined(problem, solution, draw))
        if _served(problem, other) > _served(problem, solution):
            solution = other
        if not any(one in missing(problem, solution) for one in must):
            break
    return solution


def polish(problem: Problem, solution: Solution, *, rounds: int = 3) -> Solution:
    """Each task once more where it costs least, its loading with it, as long as that helps. For
    small days, where a search by chance can miss the one move there is."""
    for _round in range(rounds):
        before = solution
        for visits in problem.left(Solution(())):
            solution = _moved(problem, solution, visits)
        for number, route in enumerate(solution.routes):
            solution = put(solution, Place(0, number, _loading_moved(problem, route)))
        if solution == before:
            break
    return solution


def _moved(problem: Problem, solution: Solution, visits: tuple[Visit, ...]) -> Solution:
    number = next((n for n, r in enumerate(solution.routes) if visits[-1] in r.visits), None)
    if number is None:
        return solution
    route = solution.routes[number]
    vehicle = problem.vehicles[route.vehicle]
    if visits[-1] in vehicle.locked:
        return solution
    fewer = _without(route, visits, len(vehicle.locked))
    kept = any(one.kind != "break" for one in fewer.visits) or vehicle.underway
    rest = [*solution.routes[:number], *([fewer] if kept else []), *solution.routes[number + 1 :]]
    best = cheapest(problem, Solution(tuple(rest)), visits)
    if best is None:
        return solution
    moved = put(Solution(tuple(rest)), best)
    return moved if _cost(problem, moved) < _cost(problem, solution) else solution


def _loading_moved(problem: Problem, route: Route) -> Route:
    """The route with one of its loadings earlier or later, if that is cheaper."""
    behind = len(problem.vehicles[route.vehicle].locked)
    choices = [route]
    for at, visit in enumerate(route.visits):
        if visit.kind == "reload" and at >= behind:
            rest = (*route.visits[:at], *route.visits[at + 1 :])
            choices += [
                replace(route, visits=(*rest[:gap], visit, *rest[gap:]))
                for gap in range(behind, len(rest) + 1)
            ]
    reports = [check_route(problem, one) for one in choices]
    costs = [_MUST if one.violations else one.cost for one in reports]
    return choices[costs.index(min(costs))]


def _cost(problem: Problem, solution: Solution) -> float:
    """Infinite for a plan in which something is wrong."""
    reports = [check_route(problem, one) for one in solution.routes]
    return _MUST if any(one.violations for one in reports) else sum(one.cost for one in reports)


def _without(route: Route, visits: tuple[Visit, ...], locked: int) -> Route:
    """Less the visits, and less every loading behind what is locked that then brings nothing."""
    rest = [one for one in route.visits if one not in visits]
    kept = [
        one
        for n, one in enumerate(rest)
        if n < locked or one.kind != "reload" or (rest[n + 1 : n + 2] or [one])[0].kind != "reload"
    ]
    return replace(route, visits=tuple(kept))


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
        best = cheapest(problem, bare, visits)
        bare = put(bare, best) if best else bare
    return bare


def _served(problem: Problem, solution: Solution) -> tuple[float, int]:
    """More and dearer is better, then cheaper."""
    left = [_worth(problem.task(one[-1])) for one in missing(problem, solution)]
    sound = [one for one in solution.routes if not check_route(problem, one).violations]
    cost = sum(check_route(problem, one).cost for one in sound)
    return -sum(min(one, 1e9) for one in left) - 1e12 * (len(solution.routes) - len(sound)), -cost


def missing(problem: Problem, solution: Solution) -> list[tuple[Visit, ...]]:
    left = problem.left(solution)
    return sorted(left, key=lambda one: -_worth(problem.task(one[-1])))


def _worth(task: Client | Shipment) -> float:
    return _MUST if task.priority is None else task.priority


def put(solution: Solution, place: Place) -> Solution:
    routes = list(solution.routes)
    if place.number is None:
        routes.append(place.route)
    else:
        routes[place.number] = place.route
    return Solution(tuple(routes))


def cheapest(problem: Problem, solution: Solution, visits: tuple[Visit, ...]) -> Place | None:
    """The best sound place for a client, or for a shipment's two ends in this order; None if there
    is none."""
    best: Place | None = None
    for bound, number, before, longer in sorted(
        _candidates(problem, solution, visits), key=lambda one: one[0]
    ):
        if best and bound >= best.cost:
            break
        rested = longer if number is not None else with_breaks(problem, longer)
        report = check_route(problem, rested)
        if not report.violations and (not best or report.cost - before < best.cost):
            best = Place(report.cost - before, number, rested)
    return best


def _candidates(
    problem: Problem, solution: Solution, visits: tuple[Visit, ...]
) -> Iterable[tuple[int, int | None, int, Route]]:
    """(what it costs more at least, the number of the route, its cost now, the longer route)."""
    for number, route in _open_routes(problem, solution):
        if not problem.serves(route.vehicle, visits[-1]):
            continue
        vehicle = problem.vehicles[route.vehicle]
        before = check_route(problem, route).cost if number is not None else 0
        fixed = vehicle.fixed_cost if number is None else 0
        for bound, longer in Gaps(problem, route).longer(visits):
            yield fixed + bound, number, before, longer


def _open_routes(problem: Problem, solution: Solution) -> Iterable[tuple[int | None, Route]]:
    yield from enumerate(solution.routes)
    used = [route.vehicle for route in solution.routes]
    for vehicle, one in enumerate(problem.vehicles):
        if used.count(vehicle) < one.count and not one.underway:
            yield None, Route(vehicle, ())
