"""Every plan there is, for a handful of stops: what a solver can be measured against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations, product

from wesprint.engines.tours.checker import check
from wesprint.engines.tours.problem import Problem, Route, Solution, Visit


def best(problem: Problem) -> Solution | None:
    """The cheapest sound solution that serves everything; None if there is none. Tries all orders
    of all visits, cut into routes of one vehicle each, with a reload or none between any two."""
    found = (one for one in _all(problem) if check(problem, one).sound)
    return min(found, key=lambda one: check(problem, one).cost, default=None)


def _all(problem: Problem) -> Iterator[Solution]:
    vehicles = [n for n, one in enumerate(problem.vehicles) for _each in range(one.count)]
    visits = [one for task in problem.left(Solution(())) for one in task]
    for order in permutations(visits):
        for owners in product(range(len(vehicles)), repeat=len(order)):
            if list(owners) == sorted(owners):
                lines = [
                    [one for one, owner in zip(order, owners, strict=True) if owner == number]
                    for number in range(len(vehicles))
                ]
                yield from _reloaded(problem, vehicles, lines)


def _reloaded(
    problem: Problem, vehicles: list[int], lines: list[list[Visit]]
) -> Iterable[Solution]:
    choices = [
        _cuts(problem, vehicle, line)
        for vehicle, line in zip(vehicles, lines, strict=True)
        if line or problem.vehicles[vehicle].underway
    ]
    for routes in product(*choices):
        yield Solution(tuple(routes))


def _cuts(problem: Problem, number: int, line: list[Visit]) -> list[Route]:
    """The line as it is, and with every choice of reloads between its visits; a vehicle under way
    may load before the first as well."""
    vehicle = problem.vehicles[number]
    between = [(None, *vehicle.reload)] * len(line)
    if line and not vehicle.underway:
        between[0] = (None,)
    found = []
    for gaps in product(*between):
        visits: list[Visit] = []
        for reload, visit in zip(gaps, line, strict=True):
            visits += [Visit("reload", reload)] if reload is not None else []
            visits.append(visit)
        found.append(Route(number, tuple(visits)))
    return found
