"""A day as the planner sees it, and what comes back: plain values, seconds from its midnight."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wesprint.engines.tours import Window

Point = tuple[float, float]
ANY_TIME = Window()


@dataclass(frozen=True, slots=True)
class Task:
    """A stop. mass_g, volume_ml: brought; collect_g: picked up. `loaded`: in its bike already.
    `left`: when it ended, None while it is open."""

    pk: int
    point: Point
    mass_g: int = 0
    volume_ml: int = 0
    collect_g: int = 0
    service: int = 180
    window: Window = ANY_TIME
    loaded: bool = False
    left: int | None = None
    reload: bool = False


@dataclass(frozen=True, slots=True)
class Ride:
    """A bike and its tour of the day, `tour` None without one. `stops`: in their order, those that
    ended first. `out`: when it left, None before. `fixed`: no planner may change it."""

    bike: int
    capacity: tuple[int, int]
    shift: Window
    range_m: int
    tour: int | None = None
    version: int = 0
    stops: tuple[int, ...] = ()
    out: int | None = None
    fixed: bool = False
    costs: tuple[int, int] = (1, 1)
    """Per second and per metre."""

    @property
    def name(self) -> str:
        return str(self.bike)


@dataclass(frozen=True, slots=True)
class Day:
    """`now`: seconds of the day; no bike leaves before. `tasks` by their row."""

    hub: Point
    loading: int
    now: int
    rides: tuple[Ride, ...]
    tasks: dict[int, Task]

    def waiting(self) -> tuple[Task, ...]:
        """Open and in no tour."""
        taken = {pk for ride in self.rides for pk in ride.stops}
        return tuple(one for one in self.tasks.values() if one.pk not in taken and not one.reload)

    def with_tasks(self, *more: Task) -> Day:
        return replace(self, tasks={**self.tasks, **{one.pk: one for one in more}})


@dataclass(frozen=True, slots=True)
class TimedStop:
    """`stop` 0: load again at the hub. `late`: seconds after its window."""

    stop: int
    arrive: int
    begin: int
    leave: int
    late: int = 0


@dataclass(frozen=True, slots=True)
class TourPlan:
    """What is still ahead of a bike; `tour` None: a new one. `broken`: rules that this order does
    not keep, by the checker's words ("load", "late", "shift", "range" ...)."""

    bike: int
    tour: int | None
    version: int
    stops: tuple[TimedStop, ...]
    starts: int
    ends: int
    metres: int
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Tours as they shall be, and what stays with the reason: of the tours engine, "address" where
    nobody knows the door, "street" where none leads to it."""

    tours: tuple[TourPlan, ...]
    left: tuple[tuple[int, str], ...] = ()
