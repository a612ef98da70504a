"""One problem type for a day's tours, in the field's terms (rich VRP: multi-depot, heterogeneous
fleet, multi-trip with release times, pick-up and delivery, time windows).

Units: whole seconds from the day's begin, whole metres, loads as whole numbers in as many
dimensions as one likes (here grams and millilitres). Places are rows of the two matrices.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.int64]
Load = tuple[int, ...]

NEVER: Final = 10**9
"""A time after every day."""


class InvalidProblem(ValueError):
    """Names the first thing that makes no sense."""


@dataclass(frozen=True, order=True)
class Window:
    """Work may *begin* between `start` and `end`, both included."""

    start: int = 0
    end: int = NEVER

    def __contains__(self, when: int) -> bool:
        return self.start <= when <= self.end


ALWAYS: Final = (Window(),)


@dataclass(frozen=True)
class Depot:
    """A hub. `loading`: seconds every trip takes to load here."""

    name: str
    place: int
    loading: int = 0
    window: Window = Window()


@dataclass(frozen=True)
class Break:
    """To be begun within the window, where the rider is just then."""

    window: Window
    seconds: int


VisitKind = Literal["client", "pickup", "delivery", "reload", "break"]


@dataclass(frozen=True, order=True)
class Visit:
    """`index` counts clients, shipments, depots (reload) or the vehicle's breaks."""

    kind: VisitKind
    index: int


@dataclass(frozen=True)
class Underway:
    """A shift that has begun. The vehicle can leave `place` at `free`: where it stands, or where it
    set out for the first of the `locked` visits, which come next in this order. `aboard`: clients
    and deliveries whose goods are in the bike, and which no other vehicle can bring before this one
    has been at the hub; `collected` goes to the hub. `done`: all visits behind it, reloads and
    breaks too. `started` and `ridden` (metres) count for `longest` and `range`, not as costs."""

    place: int
    free: int
    started: int
    ridden: int = 0
    done: tuple[Visit, ...] = ()
    aboard: frozenset[Visit] = frozenset()
    collected: Load = ()
    locked: tuple[Visit, ...] = ()


@dataclass(frozen=True)
class Vehicle:
    """`count` vehicles of one kind. `shift`: leaves and is back within it; `longest`: seconds from
    the first loading to the end; `reload` at these depots, `reloads` times at most; `range`: metres
    of all trips together; costs per vehicle used, second and metre. `underway`: already on its way,
    then it is one of its own and comes home in any case."""

    name: str
    capacity: Load
    start: int = 0
    end: int = 0
    count: int = 1
    shift: Window = Window()
    longest: int = NEVER
    breaks: tuple[Break, ...] = ()
    features: frozenset[str] = frozenset()
    reload: tuple[int, ...] = ()
    reloads: int = 0
    range: int = NEVER
    fixed_cost: int = 0
    cost_second: int = 1
    cost_metre: int = 1
    underway: Underway | None = None

    @property
    def locked(self) -> tuple[Visit, ...]:
        return self.underway.locked if self.underway else ()

    def pending(self) -> list[int]:
        """The breaks still to be placed, in the order of their windows."""
        behind = (*self.underway.done, *self.locked) if self.underway else ()
        taken = {one.index for one in behind if one.kind == "break"}
        rest = [n for n in range(len(self.breaks)) if n not in taken]
        return sorted(rest, key=lambda n: self.breaks[n].window)


@dataclass(frozen=True)
class Client:
    """A stop. `deliver` comes from the depot where the trip begins, `collect` goes to the one where
    it ends. `release`: earlier the parcel is not at the depot. `needs`: features the vehicle must
    have. `priority` None: must be served; else the stop is left out rather than cost more than
    this. `only`: name of the vehicle it is locked to."""

    name: str
    place: int
    deliver: Load = ()
    collect: Load = ()
    service: int = 0
    windows: tuple[Window, ...] = ALWAYS
    release: int = 0
    needs: frozenset[str] = frozenset()
    priority: int | None = None
    only: str | None = None


@dataclass(frozen=True)
class End:
    """One end of a shipment."""

    place: int
    service: int = 0
    window: Window = Window()


@dataclass(frozen=True)
class Shipment:
    """From a shop to a customer, by one vehicle, without passing a depot in between."""

    name: str
    pickup: End
    delivery: End
    amount: Load = ()
    needs: frozenset[str] = frozenset()
    priority: int | None = None
    only: str | None = None


@dataclass(frozen=True, eq=False)
class Problem:
    seconds: Matrix
    metres: Matrix
    depots: tuple[Depot, ...]
    vehicles: tuple[Vehicle, ...]
    clients: tuple[Client, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    dimensions: int = field(init=False)
    done: frozenset[Visit] = field(init=False)
    """Clients, pickups and deliveries behind the vehicles under way."""
    holder: dict[Visit, int] = field(init=False)
    """Whose bike holds the goods of a visit to come."""

    def __post_init__(self) -> None:
        capacities = {len(one.capacity) for one in self.vehicles}
        object.__setattr__(self, "dimensions", max(capacities, default=0))
        running = [(n, one.underway) for n, one in enumerate(self.vehicles) if one.underway]
        done = {visit for _n, now in running for visit in now.done if visit.kind in _WORK}
        object.__setattr__(self, "done", frozenset(done))
        holder = {visit: n for n, now in running for visit in now.aboard}
        object.__setattr__(self, "holder", holder)
        _check(self, capacities)

    def may(self, vehicle: Vehicle, task: Client | Shipment) -> bool:
        """Whether the vehicle has what the task needs, and is the one it is locked to."""
        return task.needs <= vehicle.features and task.only in (None, vehicle.name)

    def serves(self, number: int, visit: Visit) -> bool:
        """Whether this vehicle may, and no other one has the goods on board."""
        free = self.holder.get(visit, number) == number
        return free and self.may(self.vehicles[number], self.task(visit))

    def task(self, visit: Visit) -> Client | Shipment:
        return (self.clients if visit.kind == "client" else self.shipments)[visit.index]

    def left(self, solution: Solution) -> list[tuple[Visit, ...]]:
        """The visits of every task neither done nor in the solution; of a shipment already in a
        bike only the delivery."""
        served = {visit for route in solution.routes for visit in route.visits} | self.done
        clients = [(Visit("client", n),) for n in range(len(self.clients))]
        pairs = [(Visit("pickup", n), Visit("delivery", n)) for n in range(len(self.shipments))]
        return [
            tuple(one for one in visits if one not in self.done)
            for visits in (*clients, *pairs)
            if visits[-1] not in served
        ]


_WORK: Final = ("client", "pickup", "delivery")


@dataclass(frozen=True)
class Route:
    """What one vehicle of a kind does, without its start and end depot."""

    vehicle: int
    visits: tuple[Visit, ...]


@dataclass(frozen=True)
class Solution:
    routes: tuple[Route, ...]

    @property
    def clients(self) -> frozenset[int]:
        return frozenset(self._served("client"))

    @property
    def shipments(self) -> frozenset[int]:
        return frozenset(self._served("delivery"))

    def _served(self, kind: VisitKind) -> list[int]:
        return [one.index for route in self.routes for one in route.visits if one.kind == kind]


def _check(problem: Problem, capacities: set[int]) -> None:
    size = len(problem.seconds)
    for name, table in (("seconds", problem.seconds), ("metres", problem.metres)):
        if table.shape != (size, size):
            raise InvalidProblem(f"{name}: a square matrix for all places, not {table.shape}")
        if size and int(table.min()) < 0:
            row, column = np.argwhere(table < 0)[0].tolist()
            raise InvalidProblem(f"{name}: no way from place {row} to place {column}")
    if not problem.depots or not problem.vehicles:
        raise InvalidProblem("at least one depot and one vehicle")
    if len(capacities) > 1:
        raise InvalidProblem("vehicles differ in the dimensions of their loads")
    for number, vehicle in enumerate(problem.vehicles):
        _check_vehicle(problem, vehicle)
        if vehicle.underway:
            _check_underway(problem, number, vehicle.underway)
    tasks: tuple[Client | Shipment, ...] = (*problem.clients, *problem.shipments)
    for task in tasks:
        _check_task(problem, task, size)


def _check_vehicle(problem: Problem, vehicle: Vehicle) -> None:
    depots = (vehicle.start, vehicle.end, *vehicle.reload)
    if any(not 0 <= one < len(problem.depots) for one in depots):
        raise InvalidProblem(f"vehicle {vehicle.name}: no such depot")
    if min((*vehicle.capacity, vehicle.count, vehicle.longest, vehicle.range)) < 0:
        raise InvalidProblem(f"vehicle {vehicle.name}: less than nothing")


def _check_underway(problem: Problem, number: int, now: Underway) -> None:
    vehicle = problem.vehicles[number]
    if vehicle.count != 1:
        raise InvalidProblem(f"vehicle {vehicle.name}: under way it is one of its own")
    if not 0 <= now.place < len(problem.seconds):
        raise InvalidProblem(f"vehicle {vehicle.name}: no such place")
    counts = {
        "client": len(problem.clients),
        "reload": len(problem.depots),
        "break": len(vehicle.breaks),
    }
    for visit in (*now.done, *now.locked, *sorted(now.aboard)):
        if not 0 <= visit.index < counts.get(visit.kind, len(problem.shipments)):
            raise InvalidProblem(f"vehicle {vehicle.name}: no {visit.kind} {visit.index}")
    for visit in sorted(now.aboard):
        if visit.kind not in ("client", "delivery"):
            raise InvalidProblem(f"vehicle {vehicle.name}: a {visit.kind} has no goods aboard")
        if problem.holder[visit] != number or visit in problem.done:
            raise InvalidProblem(f"{problem.task(visit).name}: in two bikes, or brought already")
    if len(now.collected) not in (0, problem.dimensions):
        raise InvalidProblem(f"vehicle {vehicle.name}: a load in {problem.dimensions} dimensions")


def _check_task(problem: Problem, task: Client | Shipment, size: int) -> None:
    if isinstance(task, Client):
        places, loads = [task.place], [task.deliver, task.collect]
        windows, service = task.windows, task.service
    else:
        ends = (task.pickup, task.delivery)
        places, loads = [one.place for one in ends], [task.amount]
        windows, service = tuple(one.window for one in ends), min(one.service for one in ends)
    if any(not 0 <= one < size for one in places):
        raise InvalidProblem(f"{task.name}: no such place")
    if any(len(one) not in (0, problem.dimensions) for one in loads):
        raise InvalidProblem(f"{task.name}: a load in {problem.dimensions} dimensions")
    if service < 0 or any(amount < 0 for load in loads for amount in load):
        raise InvalidProblem(f"{task.name}: less than nothing")
    if not windows or any(one.start > one.end for one in windows):
        raise InvalidProblem(f"{task.name}: a window that ends before it starts")
