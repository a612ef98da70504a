"""Whether a plan keeps every promise. Knows nothing of any solver: it reads the problem and the
sequence of visits, times them itself, and lists what is wrong. Nobody sees a plan before it has
passed here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from wesprint.engines.tours.problem import (
    Client,
    Load,
    Problem,
    Route,
    Shipment,
    Solution,
    Vehicle,
    Visit,
    VisitKind,
)
from wesprint.engines.tours.schedule import Schedule, schedule


@dataclass(frozen=True)
class Violation:
    """`rule` is one word for programs, `where` names route and task."""

    rule: str
    where: str
    by: int = 0


@dataclass(frozen=True)
class Report:
    """`cost` counts the routes; stops left out are named, their priorities are not in it."""

    violations: tuple[Violation, ...]
    cost: int
    metres: int
    duration: int
    left_out: tuple[str, ...]
    schedules: tuple[Schedule, ...]

    @property
    def sound(self) -> bool:
        return not self.violations


@dataclass(frozen=True)
class RouteReport:
    violations: tuple[Violation, ...]
    cost: int
    schedule: Schedule


def check(problem: Problem, solution: Solution) -> Report:
    routes = [
        check_route(problem, route, f"route {number}")
        for number, route in enumerate(solution.routes)
    ]
    wrong = [one for report in routes for one in report.violations]
    return Report(
        (*_counted(problem, solution), *wrong),
        sum(one.cost for one in routes),
        sum(one.schedule.metres for one in routes),
        sum(one.schedule.duration for one in routes),
        _left_out(problem, solution),
        tuple(one.schedule for one in routes),
    )


def check_route(problem: Problem, route: Route, where: str = "route") -> RouteReport:
    """The route alone, whatever others do."""
    times = schedule(problem, route)
    vehicle = problem.vehicles[route.vehicle]
    moved = vehicle.cost_metre * times.metres + vehicle.cost_second * times.duration
    found = tuple(_route(problem, route, times, where))
    return RouteReport(found, vehicle.fixed_cost + moved, times)


def _left_out(problem: Problem, solution: Solution) -> tuple[str, ...]:
    clients = (one.name for i, one in enumerate(problem.clients) if i not in solution.clients)
    pairs = (one.name for i, one in enumerate(problem.shipments) if i not in solution.shipments)
    return (*clients, *pairs)


def _counted(problem: Problem, solution: Solution) -> Iterable[Violation]:
    """Every task at most once, the required ones just once; no more vehicles than there are."""
    done = Counter((one.kind, one.index) for route in solution.routes for one in route.visits)
    kinds: tuple[tuple[VisitKind, tuple[Client | Shipment, ...]], ...] = (
        ("client", problem.clients),
        ("delivery", problem.shipments),
    )
    for kind, tasks in kinds:
        for index, task in enumerate(tasks):
            if (times := done[kind, index]) > 1:
                yield Violation("twice", task.name, times - 1)
            elif times == 0 and task.priority is None:
                yield Violation("left-out", task.name, 1)
    used = Counter(route.vehicle for route in solution.routes)
    for number, vehicle in enumerate(problem.vehicles):
        if used[number] > vehicle.count:
            yield Violation("fleet", vehicle.name, used[number] - vehicle.count)


def _route(problem: Problem, route: Route, times: Schedule, where: str) -> Iterable[Violation]:
    vehicle = problem.vehicles[route.vehicle]
    where = f"{where}, {vehicle.name}"
    for step in times.steps:
        if step.late:
            yield Violation("window", f"{where}, {_name(problem, step.visit)}", step.late)
    if times.duration > vehicle.longest:
        yield Violation("shift", where, times.duration - vehicle.longest)
    if times.metres > vehicle.range:
        yield Violation("range", where, times.metres - vehicle.range)
    yield from _breaks(route, vehicle, where)
    yield from _features(problem, route, vehicle, where)
    yield from _reloads(route, vehicle, where)
    yield from _pairs(problem, route, where)
    yield from _loads(problem, route, vehicle, where)


def _name(problem: Problem, visit: Visit | None) -> str:
    if visit is None:
        return "depot"
    if visit.kind == "client":
        return problem.clients[visit.index].name
    if visit.kind in ("pickup", "delivery"):
        return problem.shipments[visit.index].name
    return f"{visit.kind} {visit.index}"


def _breaks(route: Route, vehicle: Vehicle, where: str) -> Iterable[Violation]:
    taken = sorted(one.index for one in route.visits if one.kind == "break")
    if taken != list(range(len(vehicle.breaks))):
        yield Violation("break", where, abs(len(vehicle.breaks) - len(taken)))


def _features(problem: Problem, route: Route, vehicle: Vehicle, where: str) -> Iterable[Violation]:
    for visit in route.visits:
        if visit.kind in ("reload", "break"):
            continue
        served = problem.clients if visit.kind == "client" else problem.shipments
        if not problem.may(vehicle, served[visit.index]):
            yield Violation("features", f"{where}, {_name(problem, visit)}")


def _reloads(route: Route, vehicle: Vehicle, where: str) -> Iterable[Violation]:
    depots = [one.index for one in route.visits if one.kind == "reload"]
    if len(depots) > vehicle.reloads:
        yield Violation("reloads", where, len(depots) - vehicle.reloads)
    if any(one not in vehicle.reload for one in depots):
        yield Violation("reload-depot", where)


def _pairs(problem: Problem, route: Route, where: str) -> Iterable[Violation]:
    """Fetched before it is brought, on one trip of one vehicle."""
    on_board: set[int] = set()
    for visit in route.visits:
        if visit.kind == "pickup":
            on_board.add(visit.index)
        elif visit.kind == "delivery" and visit.index not in on_board:
            yield Violation("pair", f"{where}, {_name(problem, visit)}")
        elif visit.kind == "delivery":
            on_board.remove(visit.index)
        elif visit.kind == "reload" and on_board:
            yield Violation("pair-across-depot", where, len(on_board))
            on_board.clear()
    if on_board:
        yield Violation("pair-not-brought", where, len(on_board))


def _loads(problem: Problem, route: Route, vehicle: Vehicle, where: str) -> Iterable[Violation]:
    for number, trip in enumerate(_trips(route)):
        over = _most(problem, trip, vehicle.capacity)
        if any(one > 0 for one in over):
            yield Violation("load", f"{where}, trip {number}", max(over))


def _trips(route: Route) -> list[tuple[Visit, ...]]:
    trips: list[list[Visit]] = [[]]
    for visit in route.visits:
        if visit.kind == "reload":
            trips.append([])
        else:
            trips[-1].append(visit)
    return [tuple(one) for one in trips]


def _most(problem: Problem, trip: tuple[Visit, ...], capacity: Load) -> Load:
    """By how much the fullest moment is over the capacity, in each dimension."""
    now = [0] * len(capacity)
    for visit in trip:
        if visit.kind == "client":
            _add(now, problem.clients[visit.index].deliver, 1)
    most = list(now)
    for visit in trip:
        if visit.kind == "client":
            _add(now, problem.clients[visit.index].deliver, -1)
            _add(now, problem.clients[visit.index].collect, 1)
        elif visit.kind in ("pickup", "delivery"):
            sign = 1 if visit.kind == "pickup" else -1
            _add(now, problem.shipments[visit.index].amount, sign)
        most = [max(pair) for pair in zip(most, now, strict=True)]
    return tuple(load - limit for load, limit in zip(most, capacity, strict=True))


def _add(now: list[int], load: Load, sign: int) -> None:
    for dimension, amount in enumerate(load):
        now[dimension] += sign * amount
