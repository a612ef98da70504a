"""While the bikes are on the road: one more order, a promise, one tour put in order.

Every answer has passed the checker, serves all that was served before, and costs no more than
putting the order where it fits best without moving anything else. Repeatable: no clock, no chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from wesprint.engines.tours.checker import Report, check
from wesprint.engines.tours.insertion import insert_all
from wesprint.engines.tours.problem import Client, Problem, Shipment, Solution, Visit, Window
from wesprint.engines.tours.repair import sound, with_all_underway
from wesprint.engines.tours.solvers.live_search import LEVEL, Live, Share
from wesprint.engines.tours.solvers.local_search import worth
from wesprint.engines.tours.why import Reason, reasons


@dataclass(frozen=True)
class Answer:
    """`more`: what this plan costs more than the one before, less than nothing if it is cheaper.
    `left_out`: why, by the task's name."""

    problem: Problem
    solution: Solution
    report: Report
    more: int
    left_out: dict[str, Reason]


@dataclass(frozen=True)
class Promise:
    """The earliest window that can be kept, and the plan that keeps it."""

    window: Window
    answer: Answer


def insert(problem: Problem, solution: Solution, *, level: int = LEVEL) -> Answer:
    """Everything the solution leaves out is put in if it can be: into the plan as it is, and into
    one that moves the others too."""
    start = with_all_underway(problem, solution)
    put = insert_all(problem, start)
    return _answer(problem, start, [put, *_searched(problem, put, level)])


def promise(
    problem: Problem,
    solution: Solution,
    task: Client | Shipment,
    offers: Sequence[Window],
    *,
    level: int = LEVEL,
) -> Promise | None:
    """The first of the windows (in order) in which the task can be done without breaking another
    promise; None if none can. In the answer's problem the task is the last one, with this window.

    A client is done in the window, a shipment brought in it."""
    for window in sorted(offers):
        asked = _asked(problem, task, window)
        answer = insert(asked, solution, level=level)
        if task.name not in answer.left_out:
            return Promise(window, answer)
    return None


def _asked(problem: Problem, task: Client | Shipment, window: Window) -> Problem:
    """With the task as the last one. It may be left out, or the checker would refuse the plan of
    those who were there before."""
    if isinstance(task, Client):
        client = replace(task, windows=(window,), priority=task.priority or 0)
        return replace(problem, clients=(*problem.clients, client))
    end = replace(task.delivery, window=window)
    shipment = replace(task, delivery=end, priority=task.priority or 0)
    return replace(problem, shipments=(*problem.shipments, shipment))


def tidy(problem: Problem, solution: Solution, number: int, *, level: int = LEVEL) -> Answer:
    """One route of the solution in a better order, its breaks where they cost least; what is
    locked stays first and the other routes stay as they are."""
    return _answer(problem, solution, _searched(problem, solution, level, frozenset({number})))


def improve(problem: Problem, solution: Solution, *, level: int = LEVEL) -> Answer:
    """All routes, as far as a tenth of a second goes."""
    start = with_all_underway(problem, solution)
    return _answer(problem, start, _searched(problem, start, level))


def _searched(
    problem: Problem, solution: Solution, level: int, movable: frozenset[int] | None = None
) -> Iterable[Solution]:
    several = any(one.kind == "reload" for route in solution.routes for one in route.visits)
    shares: tuple[Share, ...] = ("early", "late") if several else ("early",)
    for share in shares:
        found = Live(problem, solution, share=share, movable=movable).solve(level)
        yield insert_all(problem, sound(problem, found))


def _answer(problem: Problem, before: Solution, found: Iterable[Solution]) -> Answer:
    served = _served(before)
    kept = [one for one in found if served <= _served(one)]
    usable = [one for one in kept if not _broken(problem, one)] or [before]
    best = min([before, *usable], key=lambda one: (_broken(problem, one), _loss(problem, one)))
    report = check(problem, best)
    more = report.cost - check(problem, before).cost
    return Answer(problem, best, report, more, reasons(problem, best))


def _served(solution: Solution) -> set[Visit]:
    visits = (one for route in solution.routes for one in route.visits)
    return {one for one in visits if one.kind in ("client", "delivery")}


def _broken(problem: Problem, solution: Solution) -> int:
    """Promises not kept, but for tasks left out."""
    return sum(one.rule != "left-out" for one in check(problem, solution).violations)


def _loss(problem: Problem, solution: Solution) -> tuple[int, int]:
    return len(problem.left(solution)), worth(problem, solution)
