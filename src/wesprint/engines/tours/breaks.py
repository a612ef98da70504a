"""Breaks put into a finished sequence, at the place where they cost the least."""

from __future__ import annotations

from dataclasses import replace

from wesprint.engines.tours.problem import Problem, Route, Visit
from wesprint.engines.tours.schedule import schedule


def with_breaks(problem: Problem, route: Route) -> Route:
    """The breaks in the order of their windows, each at its best place; a late plan stays late."""
    vehicle = problem.vehicles[route.vehicle]
    begin = len(vehicle.locked)
    for index in vehicle.pending():
        begin, route = _placed(problem, route, Visit("break", index), begin)
    return route


def _placed(problem: Problem, route: Route, rest: Visit, begin: int) -> tuple[int, Route]:
    """The route with the break, and the place behind it; the next break comes later."""
    tried = [
        (at, replace(route, visits=(*route.visits[:at], rest, *route.visits[at:])))
        for at in range(begin, len(route.visits) + 1)
    ]
    times = [(schedule(problem, one), at, one) for at, one in tried]
    _best, at, found = min(
        times, key=lambda one: (one[0].late, one[0].end, one[0].duration, one[1])
    )
    return at + 1, found
