"""A day's plan: both cores, several seeds, the best one kept, better until the time is up.

A run goes in rounds. In each, every worker improves the best plan so far with a seed of its own.
With a budget of iterations the same problem and seed give the same plan; a run limited by time
logs how many iterations each round made, and `replay` makes it again.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from wesprint.engines.tours.checker import Report, check
from wesprint.engines.tours.ending import die_with_starter
from wesprint.engines.tours.insertion import insert_all, mend, polish
from wesprint.engines.tours.problem import Problem, Solution
from wesprint.engines.tours.repair import sound
from wesprint.engines.tours.solvers.local_search import (
    KEEN,
    PATIENT,
    TRIPS,
    Budget,
    Found,
    Model,
    Style,
    worth,
)
from wesprint.engines.tours.why import Reason, impossible, reasons

ROUNDS: Final = 4
CORES: Final = 2
STYLES: Final = (KEEN, PATIENT)
"""Of the workers in turn: what one cannot find, the other may."""
STYLES_TRIPS: Final = (TRIPS, replace(TRIPS, near=50))
FIRST_SHARE: Final = 0.85
"""Of the time, for the first round of a day with trips: every round forgets which worse plans are
still taken, and four rounds of 7,500 steps end behind one of 30,000."""
SMALL: Final = 40
"""Tasks of a day of which each is tried in every other place at the end."""
_LOST: Final = float("inf")
_SHARE: Final = 0.94


@dataclass(frozen=True)
class Progress:
    round: int
    rounds: int
    seconds: float
    cost: float
    """Of the best plan so far, infinite while there is none that keeps all promises."""


@dataclass(frozen=True)
class Plan:
    """`left_out`: why, by the task's name. `iterations`: of each round and worker, for `replay`."""

    solution: Solution
    report: Report
    left_out: dict[str, Reason]
    iterations: tuple[tuple[int, ...], ...]
    seed: int
    seconds: float


@dataclass(frozen=True)
class Settings:
    """Either seconds, or iterations of each round."""

    seconds: float | None = 10.0
    iterations: int | None = None
    seed: int = 1
    rounds: int = ROUNDS
    cores: int = CORES

    def line(self) -> list[Budget]:
        return [Budget(iterations=self.iterations)] * self.cores

    def seeds(self, number: int) -> list[int]:
        """One for each worker of a round; PyVRP takes 32 bits."""
        first = (self.seed * 7919 + number * self.cores) % (1 << 31)
        return [first + worker for worker in range(self.cores)]


def plan(
    problem: Problem,
    settings: Settings | None = None,
    *,
    start: Solution | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Plan:
    """start: improved rather than begun anew. `progress` is called after every round, may raise."""
    settings = settings or Settings()
    with _workers(settings.cores) as work:
        lines = [None if settings.iterations is None else settings.line()] * settings.rounds
        return _Run(problem, settings, work, progress).go(lines, start)


def replay(problem: Problem, found: Plan, *, cores: int = CORES) -> Plan:
    """The same plan once more, round by round with the iterations it took then."""
    settings = Settings(None, 0, found.seed, len(found.iterations), len(found.iterations[0]))
    lines: list[Line | None] = [
        [Budget(iterations=one) for one in line] for line in found.iterations
    ]
    with _workers(min(cores, settings.cores)) as work:
        return _Run(problem, settings, work, lambda _: None).go(lines, None)


Line = Sequence[Budget]
Task = tuple[Problem, bool, Budget, int, Solution | None, Style]
Work = Callable[[Sequence[Task]], list[Found]]


def _solve(task: Task) -> Found:
    problem, relaxed, budget, seed, start, style = task
    return Model(problem, relaxed=relaxed).solve(budget, seed=seed, start=start, style=style)


@contextmanager
def _workers(cores: int) -> Iterator[Work]:
    if cores < 2:
        yield lambda tasks: [_solve(one) for one in tasks]
        return
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(cores, mp_context=context, initializer=die_with_starter) as pool:
        try:
            yield lambda tasks: list(pool.map(_solve, tasks))
        finally:
            pool.shutdown(cancel_futures=True)


class _Run:
    def __init__(
        self, problem: Problem, settings: Settings, work: Work, progress: Callable[[Progress], None]
    ) -> None:
        self._problem = problem
        self._possible = _possible(problem)
        self._settings = settings
        self._work = work
        self._progress = progress
        self._begin = time.perf_counter()
        self._relaxed = False
        self._several = any(one.reloads for one in problem.vehicles)

    def go(self, lines: Sequence[Line | None], start: Solution | None) -> Plan:
        """Lines of budgets, one for each round; None: what is left of the time, in equal parts."""
        best = Found(start, worth(self._possible, start), 0, _LOST) if start else None
        log: list[tuple[int, ...]] = []
        for number, given in enumerate(lines):
            found = self._round(number, given or self._by_the_clock(number, len(lines)), best)
            log.append(tuple(one.iterations for one in found))
            best = min([*found, best] if best else found, key=lambda one: one.cost)
            if best.cost == _LOST and not self._relaxed:
                # not everything fits: from now on the plan may say what stays
                self._relaxed, best = True, None
            cost = best.cost if best else _LOST
            spent = time.perf_counter() - self._begin
            self._progress(Progress(number + 1, len(lines), spent, cost))
        return self._finished(best.solution if best else Solution(()), tuple(log))

    def _by_the_clock(self, number: int, rounds: int) -> Line:
        """Starting the workers and the last checks take their time too."""
        left = (self._settings.seconds or 0.0) - (time.perf_counter() - self._begin)
        share = FIRST_SHARE if self._several and number == 0 < rounds - 1 else 1 / (rounds - number)
        return [Budget(seconds=max(0.01, left * _SHARE * share))] * self._settings.cores

    def _round(self, number: int, line: Line, best: Found | None) -> list[Found]:
        start = best.solution if best else None
        seeds = self._settings.seeds(number)
        styles = STYLES_TRIPS if self._several else STYLES
        return self._work(
            [
                (self._possible, self._relaxed, budget, seed, start, styles[worker % len(styles)])
                for worker, (budget, seed) in enumerate(zip(line, seeds, strict=True))
            ]
        )

    def _finished(self, solution: Solution, log: tuple[tuple[int, ...], ...]) -> Plan:
        whole = insert_all(self._possible, sound(self._possible, solution))
        whole = mend(self._possible, whole, seed=self._settings.seed)
        if len(self._possible.left(Solution(()))) <= SMALL:
            whole = polish(self._possible, whole)
        report = check(self._problem, whole)
        return Plan(
            whole,
            report,
            reasons(self._problem, whole),
            log,
            self._settings.seed,
            time.perf_counter() - self._begin,
        )


def _possible(problem: Problem) -> Problem:
    """What cannot be done anyway is worth nothing, so that it does not spoil the rest."""
    never = {(one.kind == "client", one.index) for one in impossible(problem)}
    if not never:
        return problem
    return replace(
        problem,
        clients=tuple(
            replace(one, priority=0) if (True, number) in never else one
            for number, one in enumerate(problem.clients)
        ),
        shipments=tuple(
            replace(one, priority=0) if (False, number) in never else one
            for number, one in enumerate(problem.shipments)
        ),
    )
