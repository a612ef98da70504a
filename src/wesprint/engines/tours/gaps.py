"""Where in a route something could go: what it costs at least, and where it is too late anyway.

Only what may be sound is let through, so that the checker is asked about few places.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wesprint.engines.tours.problem import Client, Problem, Route, Visit, Window
from wesprint.engines.tours.schedule import earliest, latest, schedule

Stop = tuple[int, tuple[Window, ...], int]
"""Place, windows, seconds of work."""


class Gaps:
    """The gaps between a route's steps, `gap` 0 before its first visit."""

    def __init__(self, problem: Problem, route: Route) -> None:
        self._problem = problem
        self._route = route
        self._vehicle = problem.vehicles[route.vehicle]
        self.late = bool((times := schedule(problem, route)).late)
        self._places = [one.place for one in times.steps]
        work = [one.leave - one.begin for one in times.steps]
        self._leave = [a + b for a, b in zip(earliest(problem, route), work, strict=True)]
        self._until = latest(problem, route)

    def longer(self, visits: tuple[Visit, ...]) -> Iterable[tuple[int, Route]]:
        """(what it costs more at least, the route with the visits in it), their order kept; a
        client's goods may be fetched from a depot just before."""
        if self.late:
            return
        gaps = range(len(self._vehicle.locked), len(self._route.visits) + 1)
        if len(visits) == 2:
            yield from self._with_pair(gaps, visits)
            return
        for gap in gaps:
            for chain in ((), *self._reloads(visits[0])):
                bound = self._bound(gap, (*chain, visits[0]))
                if bound is not None:
                    yield bound, self._put((gap, (*chain, *visits)))

    def _with_pair(self, gaps: range, visits: tuple[Visit, ...]) -> Iterable[tuple[int, Route]]:
        first, last = visits
        fetch = {gap: self._bound(gap, (first,)) for gap in gaps}
        bring = {gap: self._bound(gap, (last,)) for gap in gaps}
        for gap in gaps:
            both = self._bound(gap, visits)
            if both is not None:
                yield both, self._put((gap, visits))
            for later in range(gap + 1, gaps.stop):
                one, two = fetch[gap], bring[later]
                if one is not None and two is not None:
                    yield one + two, self._put((gap, (first,)), (later, (last,)))

    def _put(self, *chains: tuple[int, tuple[Visit, ...]]) -> Route:
        visits = self._route.visits
        for gap, chain in reversed(chains):
            visits = (*visits[:gap], *chain, *visits[gap:])
        return replace(self._route, visits=visits)

    def _reloads(self, visit: Visit) -> Iterable[tuple[Visit, ...]]:
        """Depots to load once more at, for goods that come from there."""
        vehicle, now = self._vehicle, self._vehicle.underway
        if visit.kind != "client" or not any(self._problem.clients[visit.index].deliver):
            return
        if not self._route.visits and not now:
            return
        loads = (*(now.done if now else ()), *self._route.visits)
        if sum(one.kind == "reload" for one in loads) < vehicle.reloads:
            yield from ((Visit("reload", depot),) for depot in vehicle.reload)

    def _bound(self, gap: int, chain: tuple[Visit, ...]) -> int | None:
        """What the metres alone cost; None if the chain or the next step is too late. Time is
        left out: where the vehicle waits anyway, a stop may take none."""
        here, after = self._places[gap], self._places[gap + 1]
        now = self._leave[gap]
        metres = -int(self._problem.metres[here, after])
        for place, windows, work in map(self._stop, chain):
            now += int(self._problem.seconds[here, place])
            metres += int(self._problem.metres[here, place])
            opens = [max(now, one.start) for one in windows if now <= one.end]
            if not opens:
                return None
            now, here = min(opens) + work, place
        if now + int(self._problem.seconds[here, after]) > self._until[gap + 1]:
            return None
        return self._vehicle.cost_metre * (metres + int(self._problem.metres[here, after]))

    def _stop(self, visit: Visit) -> Stop:
        if visit.kind == "reload":
            depot = self._problem.depots[visit.index]
            return depot.place, (depot.window,), depot.loading
        task = self._problem.task(visit)
        if isinstance(task, Client):
            return task.place, task.windows, task.service
        end = task.pickup if visit.kind == "pickup" else task.delivery
        return end.place, (end.window,), end.service
