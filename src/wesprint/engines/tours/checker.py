"""Whether a plan keeps every promise. Knows nothing of any solver: it reads the problem and the
sequence of visits, times them itself, and lists what is wrong. Nobody sees a plan before it has
passed here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from wesprint.engines.tours.problem import (
    Load,
    Problem,
    Route,
    Solution,
    Underway,
    Vehicle,
    Visit,
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
        (*_counted(problem, solution), *wrong, *_handed_over(problem, solution, routes)),
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
    return tuple(problem.task(visits[-1]).name for visits in problem.left(solution))


def _counted(problem: Problem, solution: Solution) -> Iterable[Violation]:
    """Every task at most once, the required ones just once; no more vehicles than there are, and
    none of those under way forgotten."""
    done = Counter(one for route in solution.routes for one in route.visits)
    done.update(problem.done)
    for visit, times in done.items():
        if visit.kind not in ("reload", "break") and times > 1:
            yield Violation("twice", problem.task(visit).name, times - 1)
    for visits in problem.left(solution):
        if problem.task(visits[-1]).priority is None:
            yield Violation("left-out", problem.task(visits[-1]).name, 1)
    used = Counter(route.vehicle for route in solution.routes)
    for number, vehicle in enumerate(problem.vehicles):
        if used[number] > vehicle.count:
            yield Violation("fleet", vehicle.name, used[number] - vehicle.count)
        elif vehicle.underway and not used[number]:
            yield Violation("not-home", vehicle.name)


def _route(problem: Problem, route: Route, times: Schedule, where: str) -> Iterable[Violation]:
    vehicle = problem.vehicles[route.vehicle]
    where = f"{where}, {vehicle.name}"
    for step in times.steps:
        if step.late:
            yield Violation("window", f"{where}, {_name(problem, step.visit)}", step.late)
    now = vehicle.underway
    duration = times.end - now.started if now else times.duration
    if duration > vehicle.longest:
        yield Violation("shift", where, duration - vehicle.longest)
    metres = times.metres + (now.ridden if now else 0)
    if metres > vehicle.range:
        yield Violation("range", where, metres - vehicle.range)
    yield from _breaks(route, vehicle, where)
    yield from _features(problem, route, vehicle, where)
    yield from _reloads(route, vehicle, where)
    yield from _pairs(problem, route, where)
    yield from _loads(problem, route, vehicle, where)
    if now:
        yield from _begun(problem, route, now, where)


def _begun(problem: Problem, route: Route, now: Underway, where: str) -> Iterable[Violation]:
    """What is next stays next, and until the hub there is only what is in the bike."""
    if route.visits[: len(now.locked)] != now.locked:
        yield Violation("locked", where)
    for visit in _trips(route)[0]:
        in_hub = visit.kind == "client" and visit not in now.aboard
        if in_hub and any(problem.clients[visit.index].deliver):
            yield Violation("aboard", f"{where}, {_name(problem, visit)}")


def _name(problem: Problem, visit: Visit | None) -> str:
    if visit is None:
        return "depot"
    if visit.kind == "client":
        return problem.clients[visit.index].name
    if visit.kind in ("pickup", "delivery"):
        return problem.shipments[visit.index].name
    return f"{visit.kind} {visit.index}"


def _breaks(route: Route, vehicle: Vehicle, where: str) -> Iterable[Violation]:
    taken = sorted(one.index for one in _whole(route, vehicle) if one.kind == "break")
    if taken != list(range(len(vehicle.breaks))):
        yield Violation("break", where, abs(len(vehicle.breaks) - len(taken)))


def _whole(route: Route, vehicle: Vehicle) -> tuple[Visit, ...]:
    """With what the vehicle has done before."""
    return (*(vehicle.underway.done if vehicle.underway else ()), *route.visits)


def _features(problem: Problem, route: Route, vehicle: Vehicle, where: str) -> Iterable[Violation]:
    for visit in route.visits:
        if visit.kind in ("reload", "break"):
            continue
        if not problem.may(vehicle, problem.task(visit)):
            yield Violation("features", f"{where}, {_name(problem, visit)}")


def _reloads(route: Route, vehicle: Vehicle, where: str) -> Iterable[Violation]:
    depots = [one.index for one in _whole(route, vehicle) if one.kind == "reload"]
    if len(depots) > vehicle.reloads:
        yield Violation("reloads", where, len(depots) - vehicle.reloads)
    if any(one not in vehicle.reload for one in depots):
        yield Violation("reload-depot", where)


def _pairs(problem: Problem, route: Route, where: str) -> Iterable[Violation]:
    """Fetched before it is brought, on one trip of one vehicle. What was in the bike from the
    beginning may stay there while it loads."""
    before = {
        one.index
        for one, number in problem.holder.items()
        if one.kind == "delivery" and number == route.vehicle
    }
    on_board: set[int] = set()
    for visit in route.visits:
        if visit.kind == "pickup":
            on_board.add(visit.index)
        elif visit.kind == "delivery" and visit.index not in on_board | before:
            yield Violation("pair", f"{where}, {_name(problem, visit)}")
        elif visit.kind == "delivery":
            on_board.discard(visit.index)
        elif visit.kind == "reload" and on_board:
            yield Violation("pair-across-depot", where, len(on_board))
            on_board.clear()
    if on_board:
        yield Violation("pair-not-brought", where, len(on_board))


def _loads(problem: Problem, route: Route, vehicle: Vehicle, where: str) -> Iterable[Violation]:
    trips = _trips(route)
    for number, trip in enumerate(trips):
        brought = {visit for earlier in trips[:number] for visit in earlier}
        begin = _at_begin(problem, route.vehicle, trip, number, brought)
        over = _most(problem, trip, begin, vehicle.capacity)
        if any(one > 0 for one in over):
            yield Violation("load", f"{where}, trip {number}", max(over))


def _at_begin(
    problem: Problem, vehicle: int, trip: tuple[Visit, ...], number: int, brought: set[Visit]
) -> list[int]:
    """What is in the bike when the trip begins: what the trip brings from the depot; under way
    also what was in it before, of which only the shipments stay there beyond the next depot."""
    load = [0] * problem.dimensions
    now = problem.vehicles[vehicle].underway
    if now and number == 0:
        _add(load, now.collected, 1)
    for visit in now.aboard - brought if now else ():
        if visit.kind == "delivery":
            _add(load, problem.shipments[visit.index].amount, 1)
        elif number == 0:
            _add(load, problem.clients[visit.index].deliver, 1)
    for visit in trip:
        if visit.kind == "client" and not (now and number == 0):
            _add(load, problem.clients[visit.index].deliver, 1)
    return load


def _trips(route: Route) -> list[tuple[Visit, ...]]:
    trips: list[list[Visit]] = [[]]
    for visit in route.visits:
        if visit.kind == "reload":
            trips.append([])
        else:
            trips[-1].append(visit)
    return [tuple(one) for one in trips]


def _most(problem: Problem, trip: tuple[Visit, ...], now: list[int], capacity: Load) -> Load:
    """By how much the fullest moment is over the capacity, in each dimension."""
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


# -- what is in one bike and comes with another ------------------------------------------------


def _handed_over(
    problem: Problem, solution: Solution, routes: list[RouteReport]
) -> Iterable[Violation]:
    """Only at the depot where both load, and not before the first is there."""
    at_depot = {
        route.vehicle: _first_depot(problem, route, report.schedule)
        for route, report in zip(solution.routes, routes, strict=True)
        if problem.vehicles[route.vehicle].underway
    }
    for number, (route, report) in enumerate(zip(solution.routes, routes, strict=True)):
        where = f"route {number}, {problem.vehicles[route.vehicle].name}"
        for visit, depot, begin in _loaded(problem, route, report.schedule):
            holder = problem.holder.get(visit, route.vehicle)
            if holder == route.vehicle:
                continue
            there, when = at_depot.get(holder, (None, 0))
            if visit.kind != "client" or depot != there or begin < when:
                late = max(0, when - begin)
                yield Violation("aboard", f"{where}, {_name(problem, visit)}", late)


def _first_depot(problem: Problem, route: Route, times: Schedule) -> tuple[int, int]:
    """Which depot the vehicle comes to next, and when."""
    for step in times.steps:
        if step.visit and step.visit.kind == "reload":
            return step.visit.index, step.arrive
    return problem.vehicles[route.vehicle].end, times.steps[-1].arrive


def _loaded(
    problem: Problem, route: Route, times: Schedule
) -> Iterable[tuple[Visit, int | None, int]]:
    """Each visit with the depot where its goods were loaded, and when that began."""
    vehicle = problem.vehicles[route.vehicle]
    depot, begin = None if vehicle.underway else vehicle.start, times.start
    for step in times.steps[1:-1]:
        if step.visit and step.visit.kind == "reload":
            depot, begin = step.visit.index, step.begin
        elif step.visit and step.visit.kind in ("client", "delivery"):
            yield step.visit, depot, begin
