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
    for order in permutations(_visits(problem)):
        for owners in product(range(len(vehicles)), repeat=len(order)):
            if list(owners) == sorted(owners):
                lines = [
                    [one for one, owner in zip(order, owners, strict=True) if owner == number]
                    for number in range(len(vehicles))
                ]
                yield from _reloaded(problem, vehicles, lines)


def _visits(problem: Problem) -> list[Visit]:
    count = range(len(problem.shipments))
    ends = [Visit("pickup", n) for n in count] + [Visit("delivery", n) for n in count]
    return [*(Visit("client", n) for n in range(len(problem.clients))), *ends]


def _reloaded(
    problem: Problem, vehicles: list[int], lines: list[list[Visit]]
) -> Iterable[Solution]:
    choices = [
        _cuts(vehicle, line, problem.vehicles[vehicle].reload)
        for vehicle, line in zip(vehicles, lines, strict=True)
        if line
    ]
    for routes in product(*choices):
        yield Solution(tuple(routes))


def _cuts(vehicle: int, line: list[Visit], depots: tuple[int, ...]) -> list[Route]:
    """The line as it is, and with every choice of reloads between its visits."""
    gaps = product((None, *depots), repeat=len(line) - 1)
    found = []
    for gap in gaps:
        visits = [line[0]]
        for reload, visit in zip(gap, line[1:], strict=True):
            visits += [Visit("reload", reload)] if reload is not None else []
            visits.append(visit)
        found.append(Route(vehicle, tuple(visits)))
    return found
