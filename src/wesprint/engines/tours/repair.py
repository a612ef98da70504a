"""The net under every solver: routes with their breaks in, and nothing in them that breaks a rule.

What no longer fits falls out, the least harm first, and may be put in elsewhere afterwards.
"""

from __future__ import annotations

from dataclasses import replace

from wesprint.engines.tours.breaks import with_breaks
from wesprint.engines.tours.checker import RouteReport, check_route
from wesprint.engines.tours.problem import Problem, Route, Solution, Visit


def sound(problem: Problem, solution: Solution) -> Solution:
    routes = (_sound(problem, route) for route in solution.routes)
    return Solution(tuple(one for one in routes if any(v.kind != "break" for v in one.visits)))


def _sound(problem: Problem, route: Route) -> Route:
    rested = _rested(problem, route)
    while check_route(problem, rested).violations and rested.visits:
        fewer = [_rested(problem, one) for one in _without_one(route)]
        route = min(
            fewer,
            key=lambda one: _harm(check_route(problem, one)),
            default=Route(route.vehicle, ()),
        )
        rested = _rested(problem, route)
    return rested


def _rested(problem: Problem, route: Route) -> Route:
    plain = tuple(one for one in route.visits if one.kind != "break")
    if not plain:
        return replace(route, visits=())
    return with_breaks(problem, replace(route, visits=plain))


def _harm(report: RouteReport) -> tuple[int, int]:
    return sum(1 + one.by for one in report.violations), report.cost


def _without_one(route: Route) -> list[Route]:
    """The route without one client, one shipment, or one reload."""
    tasks = dict.fromkeys(_task(one) for one in route.visits if one.kind != "break")
    return [
        replace(route, visits=tuple(one for one in route.visits if _task(one) != task))
        for task in tasks
    ]


def _task(visit: Visit) -> tuple[str, int]:
    return ("shipment" if visit.kind in ("pickup", "delivery") else visit.kind, visit.index)
