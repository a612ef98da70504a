"""PyVRP's iterated local search on our problem.

What it does not know is said in its own words: a stop with several windows is a group of which one
is visited; a vehicle that may not serve a stop has a matrix in which that stop is a day away.
Breaks are left out here and put in afterwards (`breaks.py`), with the shift shortened by them.
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
    Vehicle,
    Visit,
)

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
    changes at random before each descent, at most."""

    history: int
    shakes: int


PATIENT: Final = Style(300, 25)
"""PyVRP's own setting, for many quick steps."""
KEEN: Final = Style(20, 10)
"""For days with trips and pairs, where a second has only a hundred steps."""


class Model:
    """The problem as PyVRP's data. `relaxed`: every stop may be left out, at a price."""

    def __init__(self, problem: Problem, *, relaxed: bool = False) -> None:
        self.problem = problem
        self._relaxed = relaxed
        self._places = [one.place for one in problem.depots]
        self._variants: list[tuple[int, int]] = []  # PyVRP's client -> (client, its window)
        self._location: dict[tuple[str, int], int] = {}
        self.data = self._data()

    def solve(
        self, budget: Budget, *, seed: int, start: Solution | None = None, style: Style = PATIENT
    ) -> Found:
        from pyvrp import solve
        from pyvrp.stop import MaxIterations, MaxRuntime

        stop = MaxIterations(budget.iterations) if budget.iterations else MaxRuntime(
            budget.seconds or 0.0
        )  # fmt: skip
        initial = self._pyvrp_solution(start) if start else None
        params = self._params(style)
        result = solve(self.data, stop, seed, False, params=params, initial_solution=initial)
        solution = self._solution(result.best)
        cost = worth(self.problem, solution) if result.is_feasible() else float("inf")
        return Found(solution, cost, result.num_iterations, result.cost())

    def _params(self, style: Style) -> Any:
        from pyvrp import IteratedLocalSearchParams, PenaltyParams, SolveParams
        from pyvrp.search import PerturbationParams

        return SolveParams(
            ils=IteratedLocalSearchParams(history_length=style.history),
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
        shipments = [self._shipment(pyvrp, number) for number in range(len(problem.shipments))]
        depots = [
            pyvrp.Depot(number, one.window.start, one.window.end, one.loading, name=one.name)
            for number, one in enumerate(problem.depots)
        ]
        profiles, tables = self._profiles()
        vehicles = [
            self._vehicle(pyvrp, vehicle, profile)
            for vehicle, profile in zip(problem.vehicles, profiles, strict=True)
        ]
        locations = [pyvrp.Location(0, 0) for _place in self._places]
        lengths, times = ([table[kind] for table in tables] for kind in (0, 1))
        return pyvrp.ProblemData(
            locations, clients, depots, vehicles, lengths, times, groups, shipments
        )

    def _at(self, kind: str, index: int, place: int) -> int:
        self._location[kind, index] = len(self._places)
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
            windows = [one for one in client.windows if one.end >= client.release]
            several = len(windows) > 1
            location = self._at("client", number, client.place)
            first = len(clients)
            for which, window in enumerate(windows):
                self._variants.append((number, which))
                clients.append(
                    pyvrp.Client(
                        location,
                        self._load(client.deliver),
                        self._load(client.collect),
                        client.service,
                        window.start,
                        window.end,
                        client.release,
                        _prize(client) if self._optional(client) else 0,
                        required=not several and not self._optional(client),
                        group=len(groups) if several else None,
                    )
                )
            if several:
                members = list(range(first, len(clients)))
                groups.append(pyvrp.ClientGroup(members, required=not self._optional(client)))
        return clients, groups

    def _shipment(self, pyvrp: Any, number: int) -> Any:
        one = self.problem.shipments[number]
        return pyvrp.Shipment(
            self._at("pickup", number, one.pickup.place),
            self._at("delivery", number, one.delivery.place),
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

    def _vehicle(self, pyvrp: Any, vehicle: Vehicle, profile: int) -> Any:
        resting = sum(one.seconds for one in vehicle.breaks)
        return pyvrp.VehicleType(
            vehicle.count,
            list(vehicle.capacity),
            vehicle.start,
            vehicle.end,
            vehicle.fixed_cost,
            vehicle.shift.start,
            max(vehicle.shift.start, vehicle.shift.end - resting),
            max(0, vehicle.longest - resting),
            vehicle.range,
            vehicle.cost_metre,
            vehicle.cost_second,
            profile,
            reload_depots=list(vehicle.reload),
            max_reloads=vehicle.reloads if vehicle.reload else 0,
            name=vehicle.name,
        )

    def _profiles(self) -> tuple[list[int], list[tuple[Matrix, Matrix]]]:
        """The profile of each vehicle, and (metres, seconds) of each profile."""
        barred = [self._barred(vehicle) for vehicle in self.problem.vehicles]
        kinds = sorted(set(barred))
        places = np.ix_(self._places, self._places)
        lengths, times = self.problem.metres[places], self.problem.seconds[places]
        return [kinds.index(one) for one in barred], [
            (_far(lengths, kind), _far(times, kind)) for kind in kinds
        ]

    def _barred(self, vehicle: Vehicle) -> tuple[int, ...]:
        """Locations this vehicle may not serve."""
        problem = self.problem
        found = [
            self._location["client", number]
            for number, client in enumerate(problem.clients)
            if not problem.may(vehicle, client)
        ]
        for number, shipment in enumerate(problem.shipments):
            if not problem.may(vehicle, shipment):
                found += [self._location["pickup", number], self._location["delivery", number]]
        return tuple(found)

    def _pyvrp_solution(self, solution: Solution) -> Any:
        import pyvrp

        routes = [
            pyvrp.Route(self.data, self._activities(pyvrp, route), route.vehicle)
            for route in solution.routes
            if any(one.kind != "break" for one in route.visits)
        ]
        return pyvrp.Solution(self.data, routes)

    def _activities(self, pyvrp: Any, route: Route) -> list[Any]:
        kinds = pyvrp.ActivityType
        types = {"reload": kinds.DEPOT, "pickup": kinds.PICKUP, "delivery": kinds.DELIVERY}
        first = {client: number for number, (client, which) in
                 reversed(list(enumerate(self._variants)))}  # fmt: skip
        found = []
        for visit in route.visits:
            if visit.kind == "client":
                found.append(pyvrp.Activity(kinds.CLIENT, first[visit.index]))
            elif visit.kind != "break":
                found.append(pyvrp.Activity(types[visit.kind], visit.index))
        return found

    # -- and back ---------------------------------------------------------------------------

    def _solution(self, best: Any) -> Solution:
        routes = (
            Route(route.vehicle_type(), tuple(self._visits(route.schedule()[1:-1])))
            for route in best.routes()
        )
        return Solution(tuple(one for one in routes if one.visits))

    def _visits(self, activities: Sequence[Any]) -> list[Visit]:
        return [self._visit(one) for one in activities]

    def _visit(self, activity: Any) -> Visit:
        if activity.is_client():
            return Visit("client", self._variants[activity.idx][0])
        if activity.is_depot():
            return Visit("reload", activity.idx)
        return Visit("pickup" if activity.is_pickup() else "delivery", activity.idx)


def worth(problem: Problem, solution: Solution) -> int:
    """The cost of the routes, and of all that they leave out."""
    left = [one for n, one in enumerate(problem.clients) if n not in solution.clients]
    pairs = [one for n, one in enumerate(problem.shipments) if n not in solution.shipments]
    dear = sum(map(_prize, left)) + sum(map(_prize, pairs))
    return check(problem, solution).cost + dear


def _prize(task: Client | Shipment) -> int:
    return PRIZE if task.priority is None else task.priority


def _far(table: Matrix, barred: tuple[int, ...]) -> Matrix:
    table = np.array(table, dtype=np.int64)
    table[list(barred), :] = NEVER
    table[:, list(barred)] = NEVER
    np.fill_diagonal(table, 0)
    return table
