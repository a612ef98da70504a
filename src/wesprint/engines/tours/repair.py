"""The net under every solver: routes with their breaks in, and nothing in them that breaks a rule.

What no longer fits falls out, the least harm first, and may be put in elsewhere afterwards.
"""

from __future__ import annotations

from dataclasses import replace

from wesprint.engines.tours.breaks import with_breaks
from wesprint.engines.tours.checker import RouteReport, check_route
from wesprint.engines.tours.problem import Problem, Route, Solution, Visit


def sound(problem: Problem, solution: Solution) -> Solution:
    routes = [_sound(problem, route) for route in with_all_underway(problem, solution).routes]
    return Solution(tuple(one for one in routes if _needed(problem, one)))


def with_all_underway(problem: Problem, solution: Solution) -> Solution:
    """Vehicles on the road without a route do what is next for them and come home."""
    known = {route.vehicle for route in solution.routes}
    forgotten = (
        with_breaks(problem, Route(number, one.locked))
        for number, one in enumerate(problem.vehicles)
        if one.underway and number not in known
    )
    return Solution((*solution.routes, *forgotten))


def _needed(problem: Problem, route: Route) -> bool:
    working = any(one.kind not in ("break", "reload") for one in route.visits)
    return working or problem.vehicles[route.vehicle].underway is not None


def _sound(problem: Problem, route: Route) -> Route:
    if not check_route(problem, route).violations:
        return route
    rested = _rested(problem, route)
    while check_route(problem, rested).violations:
        fewer = _without_one(problem, route)
        if not fewer:
            break
        route = min(fewer, key=lambda one: _harm(check_route(problem, _rested(problem, one))))
        rested = _rested(problem, route)
    return rested


def _rested(problem: Problem, route: Route) -> Route:
    vehicle = problem.vehicles[route.vehicle]
    if not route.visits and not vehicle.underway:
        return route
    pending = {Visit("break", one) for one in vehicle.pending()}
    plain = tuple(one for one in route.visits if one not in pending)
    return with_breaks(problem, replace(route, visits=plain))


def _harm(report: RouteReport) -> tuple[int, int]:
    return sum(1 + one.by for one in report.violations), report.cost


def _without_one(problem: Problem, route: Route) -> list[Route]:
    """The route without one client, one shipment, or one reload that is not locked."""
    locked = problem.vehicles[route.vehicle].locked
    keep, rest = route.visits[: len(locked)], route.visits[len(locked) :]
    bound = {_task(one) for one in locked}
    tasks = dict.fromkeys(_task(one) for one in rest if one.kind != "break")
    return [
        replace(route, visits=(*keep, *(one for one in rest if _task(one) != task)))
        for task in tasks
        if task[0] == "reload" or task not in bound
    ]


def _task(visit: Visit) -> tuple[str, int]:
    return ("shipment" if visit.kind in ("pickup", "delivery") else visit.kind, visit.index)
