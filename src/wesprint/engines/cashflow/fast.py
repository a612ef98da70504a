"""Many futures of a plan: blocks of scenarios through the compiled kernel, on all cores given."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

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
        drawer = Drawer(self.plan, seed)
        sizes = [min(BLOCK, count - begin) for begin in range(0, count, BLOCK)]
        for delay in self._delays():
            self.table(delay)

        def work(place: int) -> Futures:
            return self.run(drawer.block(place, sizes[place]), levers)

        cores = cores or min(2, len(os.sched_getaffinity(0)))
        with ThreadPoolExecutor(cores) as pool:
            return _joined(list(pool.map(work, range(len(sizes)))))

    def _delays(self) -> range:
        delay = self.plan.delay
        if not delay.drivers:
            return range(round(delay.base), round(delay.base) + 1)
        low, high = self.plan.assumptions[delay.drivers[0]].bounds
        return range(round(low), round(high) + 1)

    def run(self, draws: Draws, levers: Levers = NO_LEVERS) -> Futures:
        """These scenarios, in this order. Raises PlanError if a balance sheet does not tie."""
        out = _empty(draws)
        late = np.rint(draws.of(number(self.plan.delay, _names(self.plan)))).astype(np.int64)
        gap = 0.0
        for delay in np.unique(late):
            columns = np.flatnonzero(late == delay)
            for begin in range(0, len(columns), kernel.WIDTH):
                some = columns[begin : begin + kernel.WIDTH]
                gap = max(gap, self._group(int(delay), draws, levers, some, out))
        if not gap <= TOLERANCE:
            raise PlanError("", f"a balance sheet is off by {gap / 100:.2f} EUR")
        return replace(out, gap=gap)

    def _group(
        self, delay: int, draws: Draws, levers: Levers, columns: Ints, out: Futures
    ) -> float:
        program, flows = self.table(delay)
        some = draws.take(columns)
        count = some.count
        found = _empty(some)
        off = kernel.months(
            _start(self.plan, count),
            np.zeros((len(program.sign), count)),
            kernel.Levels(
                _fixed(program, some, levers), some.index, some.market, program.index,
                program.market,
            ),
            flows,
            _debts(program, some, levers),
            _rules(self.plan, program, some, levers),
            kernel.Out(
                found.cash, found.lowest, found.dscr, found.equity, found.first, out.below
            ),
        )  # fmt: skip
        for name in ("cash", "lowest", "dscr", "equity", "first"):
            getattr(out, name)[..., columns] = getattr(found, name)
        return float(off)


def _names(plan: Plan) -> dict[str, int]:
    return {name: place for place, name in enumerate(plan.drawn)}


def _empty(draws: Draws) -> Futures:
    def by_year() -> Floats:
        return np.empty((YEARS, draws.count))

    first = np.full(draws.count, -1, np.int64)
    below = np.zeros(MONTHS, np.int64)
    return Futures(by_year(), by_year(), by_year(), by_year(), first, below, draws.values, 0.0)


def _joined(several: list[Futures]) -> Futures:
    def along(name: str) -> Floats:
        return np.concatenate([getattr(one, name) for one in several], -1)

    return Futures(
        along("cash"),
        along("lowest"),
        along("dscr"),
        along("equity"),
        np.concatenate([one.first for one in several]),
        np.sum([one.below for one in several], axis=0, dtype=np.int64),
        along("values"),
        max(one.gap for one in several),
    )


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


def _fixed(program: Program, draws: Draws, levers: Levers) -> Floats:
    """[P, N]: what multiplies a pool in all years."""
    fixed = np.repeat(levers.of_pools(program)[:, None], draws.count, 1)
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
