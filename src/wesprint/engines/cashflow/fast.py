"""Many futures of a plan: blocks of scenarios through the compiled kernel, on all cores given."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from wesprint.engines.cashflow import kernel
from wesprint.engines.cashflow.draws import BLOCK, Drawer, Draws
from wesprint.engines.cashflow.lines import Floats
from wesprint.engines.cashflow.plan import MONTHS, Plan
from wesprint.engines.cashflow.program import TARGETS, YEARS, Ints, Program, compile_plan, number
from wesprint.engines.cashflow.reading import PlanError
from wesprint.engines.cashflow.reference import NO_LEVERS, Levers

TOLERANCE = 0.5
"""cents that a balance sheet of a run may be off by; sums of floats, not of whole cents"""


@dataclass(frozen=True)
class Futures:
    """What comes of N scenarios, in cents: [years, N], or by scenario.

    first: the first month below the overdraft's limit, -1 for never. below: [months] how many
    scenarios are below it. values: [assumptions, N] the draws. gap: the largest difference
    between assets and liabilities of any month.
    """

    cash: Floats
    lowest: Floats
    dscr: Floats
    equity: Floats
    first: Ints
    below: Ints
    values: Floats
    gap: float

    @property
    def count(self) -> int:
        return int(self.cash.shape[1])


class Engine:
    """A plan, compiled once for each delay of its opening."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._tables: dict[int, tuple[Program, kernel.Flows]] = {}

    def table(self, delay: int) -> tuple[Program, kernel.Flows]:
        if delay not in self._tables:
            program = compile_plan(self.plan, delay)
            self._tables[delay] = program, _flows(program)
        return self._tables[delay]

    def futures(self, count: int, seed: int, levers: Levers = NO_LEVERS, cores: int = 0) -> Futures:
        """`count` drawn scenarios. cores: 0 takes what the process may use, at most 2."""
        drawer, out = Drawer(self.plan, seed), _empty(count, len(self.plan.drawn))
        for delay in self._delays():
            self.table(delay)

        def work(begin: int) -> tuple[float, Ints]:
            draws = drawer.block(begin // BLOCK, min(BLOCK, count - begin))
            return self._sorted(draws, levers, out, begin)

        cores = cores or min(2, len(os.sched_getaffinity(0)))
        with ThreadPoolExecutor(cores) as pool:
            return _checked(out, list(pool.map(work, range(0, count, BLOCK))))

    def _delays(self) -> range:
        delay = self.plan.delay
        if not delay.drivers:
            return range(round(delay.base), round(delay.base) + 1)
        low, high = self.plan.assumptions[delay.drivers[0]].bounds
        return range(round(low), round(high) + 1)

    def run(self, draws: Draws, levers: Levers = NO_LEVERS) -> Futures:
        """These scenarios, in this order. Raises PlanError if a balance sheet does not tie."""
        out = _empty(draws.count, len(draws.values))
        order = np.argsort(self._late(draws), kind="stable")
        found = _checked(out, [self._sorted(draws.take(order), levers, out, 0)])
        back = np.argsort(order)
        return Futures(
            *(one[..., back] for one in (found.cash, found.lowest, found.dscr, found.equity)),
            found.first[back],
            found.below,
            draws.values,
            found.gap,
        )

    def _late(self, draws: Draws) -> Ints:
        months = draws.of(number(self.plan.delay, _names(self.plan)))
        return np.rint(months).astype(np.int64)

    def _sorted(self, draws: Draws, levers: Levers, out: Futures, place: int) -> tuple[float, Ints]:
        """Runs scenarios that are in the order of their delays into `out` from `place`. Returns
        the largest gap and how many are illiquid in each month."""
        late, gap, below = self._late(draws), 0.0, np.zeros(MONTHS, np.int64)
        starts = np.flatnonzero(np.diff(late, prepend=-1))
        out.values[:, place : place + draws.count] = draws.values
        for start, end in pairwise([*starts, draws.count]):
            group = _Group(self, int(late[start]), draws, levers)
            for begin in range(start, end, kernel.WIDTH):
                size = min(kernel.WIDTH, end - begin)
                gap = max(gap, group.run(begin, size, out, place + begin, below))
        return gap, below


class _Group:
    """Scenarios of one delay, on their way into the kernel."""

    def __init__(self, engine: Engine, delay: int, draws: Draws, levers: Levers) -> None:
        self.plan = engine.plan
        self.program, self.flows = engine.table(delay)
        self.draws, self.levers = draws, levers
        self.pools = levers.of_pools(self.program)

    def run(self, begin: int, size: int, out: Futures, place: int, below: Ints) -> float:
        draws, program = self.draws, self.program
        values = np.ascontiguousarray(draws.values[:, begin : begin + size])
        some = Draws(values, values, values)
        levels = kernel.Levels(
            _fixed(program, some, self.pools), draws.index, draws.market, program.index,
            program.market,
        )  # fmt: skip
        found = kernel.Out(out.cash, out.lowest, out.dscr, out.equity, out.first, below)
        return kernel.months(
            _start(self.plan, size), np.zeros((len(program.sign), size)), levels, self.flows,
            _debts(program, some, self.levers), _rules(self.plan, program, some, self.levers),
            found, begin, place,
        )  # fmt: skip


def _names(plan: Plan) -> dict[str, int]:
    return {name: place for place, name in enumerate(plan.drawn)}


def _empty(count: int, drawn: int) -> Futures:
    def by_year() -> Floats:
        return np.empty((YEARS, count))

    first = np.full(count, -1, np.int64)
    below = np.zeros(MONTHS, np.int64)
    values = np.empty((drawn, count))
    return Futures(by_year(), by_year(), by_year(), by_year(), first, below, values, 0.0)


def _checked(out: Futures, blocks: list[tuple[float, Ints]]) -> Futures:
    gap = max(one for one, _below in blocks)
    if not gap <= TOLERANCE:
        raise PlanError("", f"a balance sheet is off by {gap / 100:.2f} EUR")
    below = np.sum([one for _gap, one in blocks], axis=0, dtype=np.int64)
    return replace(out, gap=gap, below=below)


def _flows(program: Program) -> kernel.Flows:
    rows = dict(zip(TARGETS, program.flows, strict=True))
    return kernel.Flows(
        rows["house"] + rows["internal"],
        rows["business"] - rows["internal"],
        rows["vat"],
        rows["in1"] + rows["out1"],
        rows["in2"] + rows["out2"],
        rows["shares"],
        program.adds,
        program.pairs,
        program.part,
        program.sign,
        program.business,
    )


def _start(plan: Plan, count: int) -> Floats:
    table = np.zeros((kernel.ROWS, count))
    opening = plan.opening_balance
    for row, cents in (
        (kernel.CASH, opening.cash),
        (kernel.CAPITAL, opening.shares),
        (kernel.RETAINED, opening.retained),
        (kernel.LOWEST, np.inf),
    ):
        table[row] = cents
    return table


def _fixed(program: Program, draws: Draws, pools: Floats) -> Floats:
    """[P, N]: what multiplies a pool in all years."""
    fixed = np.repeat(pools[:, None], draws.count, 1)
    for pool, drivers in enumerate(program.drivers):
        for driver in drivers:
            fixed[pool] *= draws.values[driver]
    return fixed


def _debts(program: Program, draws: Draws, levers: Levers) -> kernel.Debts:
    debts = program.debts
    shape = (len(debts.total), draws.count)
    count = np.maximum(debts.last - debts.first + 1, 1)
    places = [one.astype(np.float64) for one in (debts.reset, debts.first, debts.last, debts.form)]
    each = np.stack([*places, debts.initial, debts.total * levers.loans / count], axis=-1)
    return kernel.Debts(
        np.zeros(shape),
        np.zeros(shape),
        np.array([draws.of(one) for one in debts.rate]).reshape(shape),
        np.array([draws.of(one) for one in debts.reset_rate]).reshape(shape),
        each,
        debts.draws * levers.loans,
        debts.counted,
    )


def _rules(plan: Plan, program: Program, draws: Draws, levers: Levers) -> kernel.Rules:
    law, money = plan.law, plan.cooperative
    names = _names(plan)
    numbers = (
        plan.overdraft_limit, law.loss_full, law.loss_beyond, law.trade_allowance,
        money.minimum_capital, money.legal_reserve, money.distribution, levers.equity,
    )  # fmt: skip
    switches = (
        law.payment_month, money.payout_month, law.vat_lag, plan.founded, plan.two_entities,
        program.trade_free,
    )  # fmt: skip
    return kernel.Rules(
        draws.of(number(plan.overdraft_rate, names)),
        draws.of(number(plan.cash_rate, names)),
        draws.of(number(money.leaving, names)),
        np.array(numbers, np.float64),
        np.array(switches, np.int64),
        np.array(law.corporate) * (1 + np.array(law.solidarity)),
        np.array(law.trade_base) * np.array(law.trade_multiplier),
        float(plan.opening_balance.assets),
    )
