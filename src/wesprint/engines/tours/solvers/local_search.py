"""PyVRP's iterated local search on our problem.

What it does not know is said in its own words: a stop with several windows is a group of which one
is visited; a vehicle that may not serve a stop has a matrix in which that stop is a day away.
Breaks are left out here and put in afterwards (`breaks.py`), with the shift shortened by them.

A vehicle under way starts at a depot of its own, where it is. All of these open at one moment and
"load" until the vehicle is free; what is still in the hub is released just after that moment, and
so cannot be on the trip that runs. A stop that costs nothing keeps the vehicle used: it must come
home in any case.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from wesprint.engines.tours.checker import check
from wesprint.engines.tours.problem import (
    NEVER,
    Client,
    Load,
    Matrix,
    Problem,
    Route,
    Shipment,
    Solution,
    Underway,
    Vehicle,
    Visit,
    VisitKind,
)
from wesprint.engines.tours.running import collapse

# PyVRP is imported where it is used: it takes half a second and brings a plotting library along.
PRIZE: Final = 10**7
"""What a required stop is worth once not all of them can be served."""


@dataclass(frozen=True)
class Budget:
    """Either of the two; iterations make a run repeatable."""

    seconds: float | None = None
    iterations: int | None = None


@dataclass(frozen=True)
class Found:
    solution: Solution
    cost: float
    """As our checker counts it, with what is left out at its worth; infinite if not feasible."""
    iterations: int
    counted: float
    """As PyVRP counts it: the same plus, for every stop with several windows, a constant."""


@dataclass(frozen=True)
class Style:
    """`history`: a worse plan is taken if it is better than the one so many steps ago; `shakes`:
    changes at random before each descent, at most; `near`: neighbours a stop is moved to."""

    history: int
    shakes: int
    near: int = 50


PATIENT: Final = Style(300, 25)
"""PyVRP's own setting, for many quick steps."""
KEEN: Final = Style(20, 10)
"""Down quickly, where a second has few steps."""
TRIPS: Final = Style(300, 10, 20)
"""For days with several trips: three times the steps of PATIENT, and it does not get stuck as
KEEN does (bench/bench_tours.py)."""


class Model:
    """The problem as PyVRP's data. `relaxed`: every stop may be left out, at a price."""

    def __init__(self, problem: Problem, *, relaxed: bool = False) -> None:
        self._given = problem
        self._collapsed = collapse(problem)
        self.problem = self._collapsed.problem
        self._relaxed = relaxed
        self._places = [one.place for one in problem.depots]
        self._variants: list[Visit | None] = []  # PyVRP's client -> ours; None: nothing to do
        self._holders: dict[int, tuple[int, int]] = {}  # vehicle -> what keeps it used, and where
        self._shipments: list[int] = []  # PyVRP's shipment -> ours
        self._vehicles = [n for n, one in enumerate(problem.vehicles) if one.count]
        self._locations: dict[Visit, int] = {}
        running = [one.underway for one in self.problem.vehicles if one.underway]
        self._moment = min((one.free for one in running), default=-1)
        self.data = self._data()

    def solve(
        self, budget: Budget, *, seed: int, start: Solution | None = None, style: Style = PATIENT
    ) -> Found:
        from pyvrp import solve
        from pyvrp.stop import MaxIterations, MaxRuntime

        stop = MaxIterations(budget.iterations) if budget.iterations else MaxRuntime(
            budget.seconds or 0.0
        )  # fmt: skip
        initial = self._pyvrp_solution(self._collapsed.inside(start)) if start else None
        params = self._params(style)
        result = solve(self.data, stop, seed, False, params=params, initial_solution=initial)
        solution = self._collapsed.outside(self._solution(result.best))
        cost = worth(self._given, solution) if result.is_feasible() else float("inf")
        return Found(solution, cost, result.num_iterations, result.cost())

    def _params(self, style: Style) -> Any:
        from pyvrp import IteratedLocalSearchParams, PenaltyParams, SolveParams
        from pyvrp.search import NeighbourhoodParams, PerturbationParams

        return SolveParams(
            ils=IteratedLocalSearchParams(history_length=style.history),
            neighbourhood=NeighbourhoodParams(num_neighbours=style.near),
            perturbation=PerturbationParams(max_perturbations=style.shakes),
            penalty=PenaltyParams(max_penalty=self._most_penalty()),
        )

    def _most_penalty(self) -> float:
        """A kilo too much must never be cheaper than a detour, whatever a metre costs."""
        problem = self.problem
        metres, seconds = int(problem.metres.max()), int(problem.seconds.max())
        dearest = max(
            one.cost_metre * metres + one.cost_second * seconds for one in problem.vehicles
        )
        return max(100_000.0, float(dearest))

    # -- to PyVRP ---------------------------------------------------------------------------

    def _data(self) -> Any:
        pyvrp: Any = importlib.import_module("pyvrp")

        problem = self.problem
        clients, groups = self._clients(pyvrp)
        shipments = [
            self._shipment(pyvrp, number)
            for number in range(len(problem.shipments))
            if not {Visit("delivery", number), Visit("pickup", number)} & problem.done
        ]
        depots = [
            pyvrp.Depot(number, one.window.start, one.window.end, one.loading, name=one.name)
            for number, one in enumerate(problem.depots)
        ]
        starts = {number: self._start(pyvrp, number, depots) for number in self._vehicles}
        for number in self._vehicles:
            if problem.vehicles[number].underway:
                self._keep_used(pyvrp, number, clients, depots[starts[number]].location)
        profiles, tables = self._profiles()
        vehicles = [
            self._vehicle(pyvrp, number, starts[number], profile)
            for number, profile in zip(self._vehicles, profiles, strict=True)
        ]
        locations = [pyvrp.Location(0, 0) for _place in self._places]
        lengths, times = ([table[kind] for table in tables] for kind in (0, 1))
        return pyvrp.ProblemData(
            locations, clients, depots, vehicles, lengths, times, groups, shipments
        )

    def _start(self, pyvrp: Any, number: int, depots: list[Any]) -> int:
        """The depot where a vehicle begins, made if there is none."""
        vehicle = self.problem.vehicles[number]
        now = vehicle.underway
        if not now:
            return vehicle.start
        if vehicle.locked:
            return vehicle.locked[0].index
        self._places.append(now.place)
        depots.append(
            pyvrp.Depot(len(self._places) - 1, self._moment, self._moment, now.free - self._moment)
        )
        return len(depots) - 1

    def _keep_used(self, pyvrp: Any, number: int, clients: list[Any], location: int) -> None:
        # a location of its own: the others of its kind are barred to this vehicle
        self._places.append(self._places[location])
        self._holders[number] = (len(clients), len(self._places) - 1)
        self._variants.append(None)
        nothing = [0] * self.problem.dimensions
        clients.append(pyvrp.Client(len(self._places) - 1, nothing, nothing))

    def _at(self, visit: Visit, place: int) -> int:
        self._locations[visit] = len(self._places)
        self._places.append(place)
        return len(self._places) - 1

    def _load(self, load: Load) -> list[int]:
        return list(load) or [0] * self.problem.dimensions

    def _optional(self, task: Client | Shipment) -> bool:
        return self._relaxed or task.priority is not None

    def _clients(self, pyvrp: Any) -> tuple[list[Any], list[Any]]:
        clients: list[Any] = []
        groups: list[Any] = []
        for number, client in enumerate(self.problem.clients):
            visit = Visit("client", number)
            if visit not in self.problem.done:
                self._client(pyvrp, visit, client, clients, groups)
        for number, shipment in enumerate(self.problem.shipments):
            visit = Visit("delivery", number)
            if visit in self.problem.holder:
                self._client(pyvrp, visit, _brought(shipment), clients, groups)
        return clients, groups

    def _client(
        self, pyvrp: Any, visit: Visit, client: Client, clients: list[Any], groups: list[Any]
    ) -> None:
        """One client of PyVRP's for each window, of which one is visited."""
        release = self._release(visit, client)
        windows = [one for one in client.windows if one.end >= release] or [client.windows[-1]]
        several = len(windows) > 1
        location = self._at(visit, client.place)
        first = len(clients)
        for window in windows:
            self._variants.append(visit)
            clients.append(
                pyvrp.Client(
                    location,
                    self._load(client.deliver),
                    self._load(client.collect),
                    client.service,
                    window.start,
                    window.end,
                    min(release, window.end),
                    _prize(client) if self._optional(client) else 0,
                    required=not several and not self._optional(client),
                    group=len(groups) if several else None,
                )
            )
        if several:
            members = list(range(first, len(clients)))
            groups.append(pyvrp.ClientGroup(members, required=not self._optional(client)))

    def _release(self, visit: Visit, client: Client) -> int:
        if visit in self.problem.holder:
            return 0
        return max(client.release, self._moment + 1 if any(client.deliver) else 0)

    def _shipment(self, pyvrp: Any, number: int) -> Any:
        one = self.problem.shipments[number]
        self._shipments.append(number)
        return pyvrp.Shipment(
            self._at(Visit("pickup", number), one.pickup.place),
            self._at(Visit("delivery", number), one.delivery.place),
            one.pickup.window.start,
            one.pickup.window.end,
            one.pickup.service,
            one.delivery.window.start,
            one.delivery.window.end,
            one.delivery.service,
            self._load(one.amount),
            _prize(one) if self._optional(one) else 0,
            required=not self._optional(one),
        )

    def _vehicle(self, pyvrp: Any, number: int, start: int, profile: int) -> Any:
        vehicle = self.problem.vehicles[number]
        now = vehicle.underway
        resting = sum(vehicle.breaks[one].seconds for one in vehicle.pending())
        begin, spent, ridden = self._behind(vehicle, now) if now else (vehicle.shift.start, 0, 0)
        reloads = vehicle.reloads - _reloaded(vehicle, now) if now else vehicle.reloads
        end = max(begin, vehicle.shift.end - resting)
        return pyvrp.VehicleType(
            vehicle.count,
            list(vehicle.capacity),
            start,
            vehicle.end,
            0 if now else vehicle.fixed_cost,
            begin,
            end,
            max(0, vehicle.longest - resting - spent),
            max(0, vehicle.range - ridden),
            vehicle.cost_metre,
            vehicle.cost_second,
            profile,
            begin if now and not vehicle.locked else end,
            [*now.collected] if now and not vehicle.locked else [],
            reload_depots=list(vehicle.reload) if reloads > 0 else [],
            max_reloads=max(0, reloads) if vehicle.reload else 0,
            name=vehicle.name,
        )

    def _behind(self, vehicle: Vehicle, now: Underway) -> tuple[int, int, int]:
        """Of a vehicle under way: when it begins here, seconds and metres that count before."""
        if not vehicle.locked:
            return self._moment, self._moment - now.started, now.ridden
        hub = self.problem.depots[vehicle.locked[0].index].place
        there = now.free + int(self.problem.seconds[now.place, hub])
        return there, there - now.started, now.ridden + int(self.problem.metres[now.place, hub])

    def _profiles(self) -> tuple[list[int], list[tuple[Matrix, Matrix]]]:
        """The profile of each vehicle, and (metres, seconds) of each profile."""
        barred = [self._barred(number) for number in self._vehicles]
        kinds = sorted(set(barred))
        places = np.ix_(self._places, self._places)
        lengths, times = self.problem.metres[places], self.problem.seconds[places]
        return [kinds.index(one) for one in barred], [
            (_far(lengths, kind), _far(times, kind)) for kind in kinds
        ]

    def _barred(self, number: int) -> tuple[int, ...]:
        """Locations this vehicle may not serve."""
        found = [
            location
            for visit, location in self._locations.items()
            if not self.problem.serves(number, visit)
        ]
        keepers = [place for one, (_client, place) in self._holders.items() if one != number]
        return tuple(sorted([*found, *keepers]))

    def _pyvrp_solution(self, solution: Solution) -> Any:
        import pyvrp

        routes = [
            pyvrp.Route(
                self.data, self._activities(pyvrp, route), self._vehicles.index(route.vehicle)
            )
            for route in solution.routes
            if self.problem.vehicles[route.vehicle].underway
            or any(one.kind != "break" for one in route.visits)
        ]
        return pyvrp.Solution(self.data, routes)

    def _activities(self, pyvrp: Any, route: Route) -> list[Any]:
        kinds = pyvrp.ActivityType
        first = {visit: n for n, visit in reversed(list(enumerate(self._variants)))}
        found = []
        if route.vehicle in self._holders:
            found.append(pyvrp.Activity(kinds.CLIENT, self._holders[route.vehicle][0]))
        locked = self.problem.vehicles[route.vehicle].locked
        visits = route.visits[1:] if locked and route.visits[:1] == locked[:1] else route.visits
        for visit in visits:
            if visit in first:
                found.append(pyvrp.Activity(kinds.CLIENT, first[visit]))
            elif visit.kind == "reload":
                found.append(pyvrp.Activity(kinds.DEPOT, visit.index))
            elif visit.kind != "break":
                kind = kinds.PICKUP if visit.kind == "pickup" else kinds.DELIVERY
                found.append(pyvrp.Activity(kind, self._shipments.index(visit.index)))
        return found

    # -- and back ---------------------------------------------------------------------------

    def _solution(self, best: Any) -> Solution:
        routes = (
            Route(self._vehicles[route.vehicle_type()], tuple(self._visits(route.schedule()[1:-1])))
            for route in best.routes()
        )
        vehicles = self.problem.vehicles
        return Solution(tuple(r for r in routes if r.visits or vehicles[r.vehicle].underway))

    def _visits(self, activities: Sequence[Any]) -> list[Visit]:
        return [visit for one in activities if (visit := self._visit(one))]

    def _visit(self, activity: Any) -> Visit | None:
        if activity.is_client():
            return self._variants[int(activity.idx)]
        if activity.is_depot():
            return Visit("reload", activity.idx)
        kind: VisitKind = "pickup" if activity.is_pickup() else "delivery"
        return Visit(kind, self._shipments[activity.idx])


def _brought(shipment: Shipment) -> Client:
    """A shipment already in a bike."""
    end = shipment.delivery
    return Client(
        shipment.name,
        end.place,
        shipment.amount,
        (),
        end.service,
        (end.window,),
        needs=shipment.needs,
        priority=shipment.priority,
        only=shipment.only,
    )


def _reloaded(vehicle: Vehicle, now: Underway) -> int:
    """Loadings behind the vehicle, with the one it is about to begin."""
    return sum(one.kind == "reload" for one in (*now.done, *now.locked[:1]))


def worth(problem: Problem, solution: Solution) -> int:
    """The cost of the routes, and of all that they leave out."""
    left = [problem.task(visits[-1]) for visits in problem.left(solution)]
    return check(problem, solution).cost + sum(map(_prize, left))


def _prize(task: Client | Shipment) -> int:
    return PRIZE if task.priority is None else task.priority


def _far(table: Matrix, barred: tuple[int, ...]) -> Matrix:
    table = np.array(table, dtype=np.int64)
    table[list(barred), :] = NEVER
    table[:, list(barred)] = NEVER
    np.fill_diagonal(table, 0)
    return table
