"""Backwards: what must be true so that a plan carries itself, and what drives it most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from wesprint.engines.cashflow.draws import Drawer, Draws
from wesprint.engines.cashflow.fast import Engine, Futures
from wesprint.engines.cashflow.lines import Floats
from wesprint.engines.cashflow.plan import Plan
from wesprint.engines.cashflow.program import LEVERS, YEARS
from wesprint.engines.cashflow.reference import Levers

MOST = 64.0
"""A factor beyond which nobody plans; what needs more has no answer."""


@dataclass(frozen=True)
class Goal:
    """When a plan carries itself. dscr: least ratio of each year from the first full year after
    the opening (0: not asked). safety: share of scenarios that must stay liquid (0: the base case
    alone, `scenarios` are not drawn)."""

    dscr: float = 0.0
    safety: float = 0.0
    scenarios: int = 10_000
    seed: int = 1


@dataclass(frozen=True)
class Answer:
    """lever: what is moved. factor: times what the plan says; cents: of the whole 20 years of that
    lever, or of the equity. None: no factor up to 64 reaches the goal."""

    lever: str
    factor: float | None
    cents: int | None


@dataclass(frozen=True)
class Bar:
    """One assumption at its P5 and its P95, all others at their values."""

    name: str
    low: float
    high: float
    lowest_cash: tuple[int, int]
    dscr: tuple[float | None, float | None]
    """The least ratio of a year after the opening."""

    @property
    def swing(self) -> int:
        return abs(self.lowest_cash[1] - self.lowest_cash[0])


@dataclass
class Solver:
    """Answers questions about one plan; all with the same draws, so that they compare."""

    plan: Plan
    goal: Goal = field(default_factory=Goal)

    def __post_init__(self) -> None:
        self.engine = Engine(self.plan)
        self.drawer = Drawer(self.plan, self.goal.seed)
        self.base = self.drawer.base()

    def reaches(self, levers: Levers) -> bool:
        if self.goal.safety:
            futures = self.engine.futures(self.goal.scenarios, self.goal.seed, levers)
        else:
            futures = self.engine.run(self.base, levers)
        liquid = float((futures.first < 0).mean())
        if liquid < (self.goal.safety or 1.0):
            return False
        return not self.goal.dscr or self._dscr_holds(levers)

    def _dscr_holds(self, levers: Levers) -> bool:
        """In the base case."""
        ratio = least_dscr(self.plan, self.engine.run(self.base, levers))[0]
        return bool(np.isnan(ratio) or ratio >= self.goal.dscr)

    def factor(self, lever: str) -> Answer:
        """The smallest factor of a lever (rent, service, shares, grants, sales) that reaches the
        goal. Raises ValueError for another lever."""
        if lever not in LEVERS or lever == "works":
            raise ValueError(f"{lever!r} is no lever that helps")
        found = _smallest(lambda factor: self.reaches(Levers({lever: factor})), 1e-4)
        whole = self._volume(lever)
        return Answer(lever, found, None if found is None else round(whole * found))

    def equity(self) -> Answer:
        """The least equity, paid in at the founding beside what the plan has, in cents."""
        scale = 100_000_00.0
        found = _smallest(lambda one: self.reaches(Levers(equity=one * scale)), 1e-4)
        return Answer("equity", None, None if found is None else round(found * scale))

    def _volume(self, lever: str) -> float:
        """Cents that the lever moves in the base case."""
        program, _flows = self.engine.table(round(self.plan.delay.base))
        mine = program.lever == LEVERS.index(lever)
        fixed = np.ones(len(mine))
        for pool, drivers in enumerate(program.drivers):
            for driver in drivers:
                fixed[pool] *= self.base.values[driver, 0]
        years = np.arange(program.flows.shape[2]) // 12
        levels = self.base.index[program.index, :, 0] * self.base.market[program.market, :, 0]
        cents = program.flows[[0, 1, 8]].sum(0) * levels[:, years] * fixed[:, None]
        granted = [
            (add * levels[pool][years] * fixed[pool]).sum()
            for (pool, _asset), add in zip(program.pairs, program.adds, strict=True)
            if mine[pool]
        ]
        return float(cents[mine].sum() + sum(granted))

    # -- break-even
    def break_even_rents(self) -> dict[str, float | None]:
        """By use: cents per m2 and month at which the goal is just reached, all rents moved
        alike, at the prices of the first year."""
        factor = self.factor("rent").factor
        return {
            use.name: None if factor is None else round(use.rent.base * factor, 2)
            for use in self.plan.uses
            if not use.own
        }

    def break_even_occupancy(self) -> dict[str, float | None]:
        """By use: the share of its area that must be let; None if even a full house is too
        little."""

        def reached(factor: float) -> bool:
            return self.reaches(Levers({"rent": factor, "service": factor}))

        let = {use.name: use.occupancy.base for use in self.plan.uses if not use.own}
        factor = _smallest(reached, 1e-4)
        return {
            name: None if factor is None or share * factor > 1 else round(share * factor, 4)
            for name, share in let.items()
        }

    # -- tornado
    def tornado(self) -> tuple[Bar, ...]:
        """The assumptions by how far they move the lowest liquidity, widest first."""
        names = self.plan.drawn
        values = np.repeat(self.base.values, 2 * len(names), 1)
        ends = [self._ends(name) for name in names]
        for row, pair in enumerate(ends):
            values[row, 2 * row : 2 * row + 2] = pair
        futures = self.engine.run(self._all_alike(values))
        lowest, ratios = futures.lowest.min(0), least_dscr(self.plan, futures)
        bars = [
            Bar(
                name,
                *ends[row],
                (round(lowest[2 * row]), round(lowest[2 * row + 1])),
                (_ratio(ratios[2 * row]), _ratio(ratios[2 * row + 1])),
            )
            for row, name in enumerate(names)
        ]
        return tuple(sorted(bars, key=lambda bar: -bar.swing))

    def _ends(self, name: str) -> tuple[float, float]:
        one = self.plan.assumptions[name]
        return (0.0, 1.0) if one.kind == "chance" else (one.quantile(0.05), one.quantile(0.95))

    def _all_alike(self, values: Floats) -> Draws:
        calm = np.zeros((len(self.drawer.swinging), YEARS, values.shape[1]))
        return self.drawer.draws(values, calm, drawn=False)


def _smallest(reaches: Callable[[float], bool], precision: float) -> float | None:
    """The smallest factor from 0 to MOST that reaches a goal, to a relative precision; more of it
    never hurts."""
    if reaches(0.0):
        return 0.0
    low, high = 0.0, 1.0
    while not reaches(high):
        low, high = high, 2 * high
        if high > MOST:
            return None
    while high - low > precision * max(high, 1e-3):
        middle = (low + high) / 2
        low, high = (low, middle) if reaches(middle) else (middle, high)
    return high


def least_dscr(plan: Plan, futures: Futures) -> Floats:
    """The least ratio from the first full year after the planned opening, [N]."""
    later = futures.dscr[plan.opening // 12 + 1 :]
    least = np.where(np.isnan(later), np.inf, later).min(0)
    return np.where(np.isinf(least), np.nan, least)


def _ratio(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
