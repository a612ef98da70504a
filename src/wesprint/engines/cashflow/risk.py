"""What many futures say: quantiles by year, illiquidity by month, and what drives them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

import numpy as np

from wesprint.engines.cashflow.fast import Engine, Futures
from wesprint.engines.cashflow.lines import Floats
from wesprint.engines.cashflow.plan import Plan
from wesprint.engines.cashflow.program import YEARS, Ints

SHARES: Final = (0.05, 0.5, 0.95)
NAMES: Final = ("p5", "p50", "p95")


@dataclass(frozen=True)
class Fan:
    """P5, P50 and P95 by year; None where no scenario has a value."""

    p5: tuple[float | None, ...]
    p50: tuple[float | None, ...]
    p95: tuple[float | None, ...]


@dataclass(frozen=True)
class Risk:
    """The answer of a simulation. Money in whole cents.

    illiquid: share of scenarios whose account has ever been below the overdraft's limit by the
    end of a month, [240]; illiquid_now: below it in that very month. thin: share of scenarios
    whose equity is used up at the end of a year. lack: cents that 95 % of the scenarios need
    beside what the plan has, if the money is there from the founding and costs nothing.
    """

    scenarios: int
    seed: int
    seconds: float
    years: tuple[int, ...]
    cash: Fan
    lowest: Fan
    dscr: Fan
    equity: Fan
    illiquid: tuple[float, ...]
    illiquid_now: tuple[float, ...]
    thin: tuple[float, ...]
    dscr_below_one: tuple[float | None, ...]
    lack: int

    @property
    def probability(self) -> float:
        """Of ever being illiquid within 20 years."""
        return self.illiquid[-1]


def simulate(plan: Plan, scenarios: int, seed: int, engine: Engine | None = None) -> Risk:
    """Draws and runs; the same seed gives the same answer on any number of cores.

    Raises ValueError for fewer than 1 scenario, PlanError as `Engine.run`."""
    if scenarios < 1:
        raise ValueError("at least 1 scenario is needed")
    begin = time.perf_counter()
    futures = (engine or Engine(plan)).futures(scenarios, seed)
    return summary(plan, futures, seed, begin)


def summary(plan: Plan, futures: Futures, seed: int, begin: float) -> Risk:
    ever = np.bincount(futures.first + 1, minlength=len(futures.below) + 1)[1:].cumsum()
    lowest = futures.lowest.min(0)
    lack = np.maximum(-lowest - plan.overdraft_limit, 0)
    return Risk(
        scenarios=futures.count,
        seed=seed,
        years=tuple(plan.start // 12 + year for year in range(YEARS)),
        cash=fan(futures.cash, 0),
        lowest=fan(futures.lowest, 0),
        dscr=fan(futures.dscr, 4),
        equity=fan(futures.equity, 0),
        illiquid=_shares(ever, futures.count),
        illiquid_now=_shares(futures.below, futures.count),
        thin=_shares((futures.equity < 0).sum(1), futures.count),
        dscr_below_one=_below_one(futures.dscr),
        lack=int(np.ceil(np.quantile(lack, 0.95))),
        seconds=round(time.perf_counter() - begin, 4),
    )


def _shares(counts: Ints, whole: int) -> tuple[float, ...]:
    return tuple(round(float(one) / whole, 6) for one in counts)


def _below_one(dscr: Floats) -> tuple[float | None, ...]:
    found = []
    for row in dscr:
        known = row[~np.isnan(row)]
        found.append(round(float((known < 1).mean()), 6) if len(known) else None)
    return tuple(found)


def fan(rows: Floats, digits: int) -> Fan:
    """Quantiles of [years, N]."""
    each = [_quantiles(row, digits) for row in rows]
    return Fan(*(tuple(one[n] for one in each) for n in range(len(SHARES))))


def _quantiles(row: Floats, digits: int) -> list[float | None]:
    """As `np.quantile` has them (linear), from three selections in place of a sort."""
    row = row[~np.isnan(row)] if np.isnan(row[0]) or np.isnan(row.sum()) else row
    if not len(row):
        return [None] * len(SHARES)
    places = [share * (len(row) - 1) for share in SHARES]
    near = sorted({int(one) for one in places} | {min(int(p) + 1, len(row) - 1) for p in places})
    found = np.partition(row, near)
    return [round(_between(found, place), digits or None) for place in places]


def _between(found: Floats, place: float) -> float:
    left = int(place)
    right = min(left + 1, len(found) - 1)
    return float(found[left] + (found[right] - found[left]) * (place - left))
