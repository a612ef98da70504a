"""The verbs of planning. Every tour a solver made has passed the engine's independent checker;
an order that a person chose is timed as it is, and says which rules it breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from wesprint.apps.delivery.planning.day import Day, Layout, Point, Ride, Task, TourPlan
from wesprint.apps.delivery.planning.problem import Model, model, points_of
from wesprint.engines import tours
from wesprint.engines.streets import Matrix
from wesprint.engines.tours import Progress, Report, Route, Settings, Solution, Window, live
from wesprint.engines.tours.running import catch_up
from wesprint.engines.tours.why import Reason

Streets = Callable[[Sequence[Point]], Matrix]


class Unsound(RuntimeError):
    """A solver's answer broke a rule: never shown. The message names the rules."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The earliest window that can be kept, and the tours that keep it."""

    window: Window
    layout: Layout


def planned(
    day: Day,
    streets: Streets,
    settings: Settings,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Layout:
    """All stops that are free to move, into the bikes that are free to plan: tours that are out
    or fixed stay as they are."""
    free = [ride for ride in day.rides if ride.out is None and not ride.fixed]
    bound = {pk for ride in day.rides if ride not in free for pk in ride.stops}
    pks = [one.pk for one in day.tasks.values() if one.pk not in bound and not one.reload]
    if not free:
        return Layout((), tuple((pk, "fleet") for pk in pks))
    found, lost = _model(day, streets, free, pks)
    plan = tours.plan(found.problem, settings, progress=progress)
    _check(plan.report)
    return _whole(found, plan.solution, plan.left_out, lost, free)


def timed(day: Day, streets: Streets, ride: Ride, stops: Sequence[int]) -> TourPlan:
    """The ride with these open stops (and reloads) in this order, and what it breaks. Raises
    Unsound for a stop without a street."""
    behind = [pk for pk in ride.stops if day.tasks[pk].left is not None]
    pks = [pk for pk in (*behind, *stops) if pk in day.tasks and not day.tasks[pk].reload]
    found, lost = _model(day, streets, [_with(ride, (*behind, *stops))], pks)
    if lost:
        raise Unsound("street")
    return found.tour(Route(0, found.visits(stops)))


def tidied(day: Day, streets: Streets, ride: Ride) -> TourPlan:
    """The same stops in a better order."""
    pks = [pk for pk in ride.stops if not day.tasks[pk].reload]
    found, lost = _model(day, streets, [ride], pks)
    if lost:
        raise Unsound("street")
    answer = live.tidy(found.problem, found.current(), 0)
    return found.tour(answer.solution.routes[0])


def inserted(day: Day, streets: Streets, task: Task, offers: Sequence[Window]) -> Offered | None:
    """The task in the first of the windows in which nobody else's promise is broken; None if
    there is none. Tours that are fixed take nothing."""
    rides = [ride for ride in day.rides if not ride.fixed]
    pks = [pk for ride in rides for pk in ride.stops if not day.tasks[pk].reload]
    found, lost = _model(day.with_tasks(task), streets, rides, [*pks, task.pk])
    if lost or not rides:
        return None
    *others, asked = found.problem.clients
    without = replace(found.problem, clients=tuple(others))
    caught, _late = catch_up(without, found.current())
    promise = live.promise(caught, found.current(), asked, offers)
    if promise is None:
        return None
    return Offered(promise.window, _whole(found, promise.answer.solution, {}, (), rides))


def _model(
    day: Day, streets: Streets, rides: Sequence[Ride], pks: Sequence[int]
) -> tuple[Model, tuple[int, ...]]:
    """The model without the stops that no street leads to, and those."""
    matrix = streets(points_of(day, pks))
    gone = {one.index for one in matrix.lost}
    if 0 in gone:
        raise Unsound("hub")
    lost = tuple(pk for place, pk in enumerate(pks, start=1) if place in gone)
    if not lost:
        return model(day, matrix, rides, pks), ()
    keep = [n for n in range(len(pks) + 1) if n not in gone]
    part = Matrix(matrix.seconds[keep][:, keep], matrix.metres[keep][:, keep], ())
    kept = [pk for pk in pks if pk not in lost]
    rides = [_with(one, tuple(pk for pk in one.stops if pk not in lost)) for one in rides]
    return model(day, part, rides, kept), lost


def _with(ride: Ride, stops: tuple[int, ...]) -> Ride:
    return replace(ride, stops=stops)


def _whole(
    found: Model,
    solution: Solution,
    left: Mapping[str, Reason],
    lost: tuple[int, ...],
    rides: Sequence[Ride],
) -> Layout:
    """With an empty tour for every bike that had one and is not needed any more."""
    made = [found.tour(route) for route in solution.routes]
    used = {one.bike for one in made}
    idle = [ride for ride in rides if ride.bike not in used and ride.tour is not None]
    empty = [TourPlan(one.bike, one.tour, one.version, (), 0, 0, 0) for one in idle]
    stays = (*found.left_out(left), *((pk, "street") for pk in lost))
    return Layout((*made, *empty), stays)


def _check(report: Report) -> None:
    broken = sorted({one.rule for one in report.violations} - {"left-out"})
    if broken:
        raise Unsound(", ".join(broken))
