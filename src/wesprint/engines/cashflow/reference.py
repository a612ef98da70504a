"""The readable reference: a run of all scenarios at once, month after month, in numpy.

`fast.py` must give the same to a millionth of a euro. With `rounded`, every flow is rounded to
whole cents when it arises, as a bookkeeper does; then all balances are exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from wesprint.engines.cashflow.draws import Draws
from wesprint.engines.cashflow.lines import Floats
from wesprint.engines.cashflow.plan import MONTHS
from wesprint.engines.cashflow.program import LEVERS, PAID, TARGETS, YEARS, Program, pays
from wesprint.engines.cashflow.program import number as number_of

Rows = dict[str, Floats]
"""Name of a row: [months, N] cents. Flows of the month, balances at its end."""


@dataclass(frozen=True)
class Levers:
    """What a solver moves: factors of pools, and equity paid in at the founding (cents)."""

    factors: dict[str, float] = field(default_factory=dict)
    equity: float = 0.0
    loans: float = 1.0

    def of_pools(self, program: Program) -> Floats:
        factors = np.ones(len(program.lever))
        for name, factor in self.factors.items():
            factors[program.lever == LEVERS.index(name)] = factor
        return factors


NO_LEVERS = Levers()


def pool_levels(program: Program, draws: Draws, levers: Levers = NO_LEVERS) -> Floats:
    """[P, years, N]: by what the pools' coefficients are multiplied in each year."""
    levels = draws.index[program.index] * draws.market[program.market]
    levels *= levers.of_pools(program)[:, None, None]
    for pool, drivers in enumerate(program.drivers):
        for driver in drivers:
            levels[pool] *= draws.values[driver]
    return levels


def run(
    program: Program, draws: Draws, levers: Levers = NO_LEVERS, *, rounded: bool = False
) -> Rows:
    """All rows of the model, [months, N] cents. With `rounded`, `draws` holds one scenario."""
    return _Run(program, draws, levers, rounded).rows()


class _Run:
    def __init__(self, program: Program, draws: Draws, levers: Levers, rounded: bool) -> None:
        self.program, self.levers, self.rounded = program, levers, rounded
        self.cents: Callable[[Floats], Floats] = np.rint if rounded else np.asarray
        self.plan, self.debts = program.plan, program.debts
        self.levels = pool_levels(program, draws, levers)
        self.count = draws.count
        nothing = np.zeros(self.count)
        self.nothing = nothing
        self.books = np.zeros((len(program.sign), self.count))
        self.balance = np.zeros((len(self.debts.total), self.count))
        self.payment = np.zeros_like(self.balance)
        self.rate = np.array([draws.of(one) for one in self.debts.rate]).reshape(self.balance.shape)
        self.reset = np.array([draws.of(one) for one in self.debts.reset_rate])
        names = {name: place for place, name in enumerate(self.plan.drawn)}
        rates = (self.plan.overdraft_rate, self.plan.cash_rate, self.plan.cooperative.leaving)
        self.overdraft, self.interest, self.leaving = (draws.of(number_of(r, names)) for r in rates)
        start = self.plan.opening_balance
        self.cash = nothing + start.cash
        self.fixed = float(start.assets)
        self.capital = nothing + start.shares
        self.retained = nothing + start.retained
        self.legal = self.leavers = self.vat = self.tax_due = self.reserve = nothing
        self.carry = [nothing, nothing]
        self.year = [nothing, nothing]
        self.surplus = nothing
        self.found: defaultdict[str, list[Floats]] = defaultdict(list)

    def rows(self) -> Rows:
        for month in range(MONTHS):
            self.month(month)
        return {name: np.array(several) for name, several in self.found.items()}

    def keep(self, **rows: Floats) -> None:
        for name, row in rows.items():
            self.found[name].append(row + self.nothing)

    def earlier(self, name: str, months: int) -> Floats:
        """The row `months` ago; the row of this month is not yet kept."""
        rows = self.found[name]
        return rows[-months] if len(rows) >= months else self.nothing

    def month(self, t: int) -> None:
        flows = self.flows(t)
        written = self.write_off(t)
        interest, repaid, drawn, service = self.serve_debts(t)
        overdraft = self.cents(np.maximum(-self.cash, 0) * self.overdraft / 12)
        earned = self.cents(np.maximum(self.cash, 0) * self.interest / 12)
        financial = earned - interest - overdraft
        house = flows["house"] - written["house"] + financial + flows["internal"]
        business = flows["business"] - written["business"] - flows["internal"]
        self.year = [self.year[0] + house, self.year[1] + business]
        paid, gone, distributed = self.pay_out(t)
        tax, legal, left = self.close_year(t)
        vat_paid = self.earlier("vat_booked", self.plan.law.vat_lag)
        self.vat = self.vat + flows["vat"] - vat_paid
        equity = self.levers.equity if t == self.plan.founded else 0.0
        moved = self.settle(flows)
        self.cash = (
            self.cash + moved - vat_paid + drawn - repaid + financial - paid - gone
            - distributed + equity
        )  # fmt: skip
        self.capital = self.capital + flows["shares"] + equity - left
        self.leavers = self.leavers + left - gone
        self.tax_due = self.tax_due + tax - paid
        self.legal = self.legal + legal
        result = house + business - tax
        self.retained = self.retained + result - legal - distributed
        used = np.minimum(flows["reserve_use"], self.reserve + flows["reserve"])
        self.reserve = self.reserve + flows["reserve"] - used
        self.keep(
            operating=flows["house"] + flows["business"],
            vat_booked=flows["vat"], vat_paid=vat_paid,
            later_in1=flows["in1"], later_in2=flows["in2"],
            later_out1=flows["out1"], later_out2=flows["out2"],
            shares_now=flows["shares"], shares_paid=flows["shares"] + equity,
            invested=flows["invested"], granted=flows["granted"],
            depreciation=written["assets"], release=written["grants"],
            interest=interest + overdraft, interest_earned=earned, loans_drawn=drawn,
            loans_repaid=repaid, debt_service=service, tax=tax, tax_paid=paid, result=result,
            house_result=house, business_result=business, leavers_paid=gone,
            left=left, distributed=distributed, legal_added=legal, moved=moved,
            cash=self.cash, fixed_assets=self.fixed + self.total(1), special_items=self.total(-1),
            receivables=self.pending("in", flows), payables=-self.pending("out", flows),
            vat_owed=self.vat, tax_owed=self.tax_due, loans=self.balance.sum(0),
            leavers_owed=self.leavers, capital=self.capital, legal_reserve=self.legal,
            retained=self.retained, reserve=self.reserve,
        )  # fmt: skip
        for row, balance in enumerate(self.balance):
            self.keep(**{f"loan:{row}": balance})

    # -- the parts of a month
    def flows(self, t: int) -> Rows:
        levels = self.levels[:, t // 12]
        each = self.cents(self.program.flows[:, :, t, None] * levels)
        added = self.cents(self.program.adds[:, t, None] * levels[self.program.pairs[:, 0]])
        if self.rounded:
            self._cash_of(each, added)
        flows = dict(zip(TARGETS, each.sum(1), strict=True))
        signs = self.program.sign[self.program.pairs[:, 1]]
        np.add.at(self.books, self.program.pairs[:, 1], added)
        return {
            **flows,
            "invested": added[signs > 0].sum(0),
            "granted": added[signs < 0].sum(0),
        }

    def _cash_of(self, each: Floats, added: Floats) -> None:
        """A line's cash is the sum of its rounded flows, never rounded for itself."""
        rounded = dict(zip(TARGETS, each, strict=True))
        cash = rounded["house"] + rounded["business"] + rounded["vat"] + rounded["shares"]
        for (pool, asset), add in zip(self.program.pairs, added, strict=True):
            cash[pool] -= add * self.program.sign[asset]
        each[PAID] = 0.0
        for pool, line in enumerate(self.program.lines):
            each[TARGETS.index(pays(line)), pool] = cash[pool]

    def settle(self, flows: Rows) -> Floats:
        """What is paid this month of this month's and of earlier bookings."""
        paid: Floats = (
            flows["now"] + self.earlier("later_in1", 1) + self.earlier("later_in2", 2)
            + self.earlier("later_out1", 1) + self.earlier("later_out2", 2)
        )  # fmt: skip
        return paid

    def pending(self, side: str, flows: Rows) -> Floats:
        """What was booked and is not yet paid."""
        two = self.earlier(f"later_{side}2", 1)
        pending: Floats = flows[f"{side}1"] + flows[f"{side}2"] + two
        return pending

    def total(self, sign: int) -> Floats:
        return np.asarray(self.books[self.program.sign == sign].sum(0) + self.nothing)

    def write_off(self, t: int) -> Rows:
        """Depreciation, and release of special items, by who bears them."""
        written = self.cents(self.books * self.program.part[:, t, None])
        self.books = self.books - written
        signed = written * self.program.sign[:, None]
        business, assets = self.program.business, self.program.sign > 0
        found = {
            "house": signed[~business],
            "business": signed[business],
            "assets": written[assets],
            "grants": written[~assets],
        }
        return {name: np.asarray(rows.sum(0)) for name, rows in found.items()}

    def serve_debts(self, t: int) -> tuple[Floats, Floats, Floats, Floats]:
        """Interest, repayment, new money; and the service that counts in the DSCR."""
        interest, repaid, drawn, service = (np.zeros(self.count) for _n in range(4))
        for row in range(len(self.balance)):
            draw = self.cents(self.debts.draws[row, t] * self.levers.loans + self.nothing)
            due = self.cents(self.balance[row] * self.rate[row] / 12)
            back = self.repay(row, t, due)
            self.balance[row] += draw - back
            interest, repaid, drawn = interest + due, repaid + back, drawn + draw
            service = service + self.debts.counted[row] * (due + back)
        return interest, repaid, drawn, service

    def repay(self, row: int, t: int, interest: Floats) -> Floats:
        debts, balance = self.debts, self.balance[row]
        if t == debts.reset[row]:
            self.rate[row] = self.reset[row]
        if t < debts.first[row] or t > debts.last[row]:
            return self.nothing
        if t == debts.last[row]:
            return np.array(balance)
        if debts.form[row] == 0 and t in (debts.first[row], debts.reset[row]):
            self.payment[row] = self.cents(self.annuity(row, t))
        wished = {
            0: np.maximum(self.payment[row] - interest, 0),
            1: self.cents(self.equal_part(row) + self.nothing),
            2: self.nothing,
        }
        return np.asarray(np.minimum(wished[int(debts.form[row])], balance))

    def equal_part(self, row: int) -> float:
        count = max(self.debts.last[row] - self.debts.first[row] + 1, 1)
        return float(self.debts.total[row] * self.levers.loans / count)

    def annuity(self, row: int, t: int) -> Floats:
        """The constant monthly payment from now on."""
        rate = self.rate[row] / 12
        if self.debts.initial[row] > 0:
            return np.asarray(self.balance[row] * (self.rate[row] + self.debts.initial[row]) / 12)
        left = float(self.debts.last[row] - t + 1)
        safe = np.where(rate > 0, rate, 1.0)
        part = np.where(rate > 0, safe / -np.expm1(-left * np.log1p(safe)), 1 / left)
        return np.asarray(self.balance[row] * part)

    def close_year(self, t: int) -> tuple[Floats, Floats, Floats]:
        """In December: tax of the year, what goes into the legal reserve, shares of leavers."""
        if t % 12 != 11:
            return self.nothing, self.nothing, self.nothing
        tax = self.cents(self.taxes(t // 12))
        surplus = self.year[0] + self.year[1] - tax
        rules = self.plan.cooperative
        legal = self.cents(np.maximum(surplus, 0) * rules.legal_reserve)
        self.surplus = surplus - legal
        self.year = [self.nothing, self.nothing]
        over = np.maximum(self.capital - rules.minimum_capital, 0)
        left = np.minimum(self.cents(self.capital * self.leaving), over)
        return tax, legal, left

    def taxes(self, y: int) -> Floats:
        """Corporate tax with its surcharge, and trade tax, of one or two entities."""
        law, total = self.plan.law, np.zeros(self.count)
        two = self.plan.two_entities
        profits = self.year if two else [self.year[0] + self.year[1]]
        for entity, profit in enumerate(profits):
            room = np.maximum(profit, 0)
            most = np.minimum(room, law.loss_full)
            most = most + law.loss_beyond * np.maximum(room - law.loss_full, 0)
            used = np.minimum(self.carry[entity], most)
            self.carry[entity] = self.carry[entity] + np.maximum(-profit, 0) - used
            income = room - used
            total += income * law.corporate[y] * (1 + law.solidarity[y])
            if not (entity == 0 and self.program.trade_free):
                base = np.maximum(income - law.trade_allowance, 0) * law.trade_base[y]
                total += base * law.trade_multiplier[y]
        return total

    def pay_out(self, t: int) -> tuple[Floats, Floats, Floats]:
        """Taxes, leavers' balances and the distribution of the year before."""
        month, rules = t % 12 + 1, self.plan.cooperative
        paid = self.tax_due if month == self.plan.law.payment_month else self.nothing
        if month != rules.payout_month or t < 12:
            return paid, self.nothing, self.nothing
        most = np.minimum(self.surplus, self.retained)
        distributed = self.cents(np.maximum(most, 0) * rules.distribution)
        return paid, self.leavers, distributed


def yearly(program: Program, rows: Rows) -> Rows:
    """Cash and equity at year ends, lowest cash of the year, DSCR (nan: no debt service);
    each [years, N]."""
    by_year = {
        name: row.reshape(YEARS, 12, -1)
        for name, row in rows.items()
        if name in ("operating", "tax_paid", "debt_service", "cash")
    }
    service = by_year["debt_service"].sum(1)
    available = (by_year["operating"] - by_year["tax_paid"]).sum(1)
    with np.errstate(divide="ignore", invalid="ignore"):
        dscr = np.where(service >= 1, available / service, np.nan)
    ends = {name: rows[name][11::12] for name in ("cash", "capital", "legal_reserve", "retained")}
    return {
        "cash": ends["cash"],
        "lowest": by_year["cash"].min(1),
        "dscr": dscr,
        "equity": ends["capital"] + ends["legal_reserve"] + ends["retained"],
    }
