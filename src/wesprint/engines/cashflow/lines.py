"""From a plan to lines: what every month brings before indices, markets and draws.

A line's flows are vectors of cents over the months. Its cash is not a flow of its own: it follows
from them (result + VAT + shares + grants - assets), so that the statements tie by construction of
each line, and whatever else is computed is checked against them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wesprint.engines.cashflow.plan import (
    BUSINESS,
    HOUSE,
    MONTHS,
    Business,
    Cost,
    Grant,
    Income,
    Path,
    Plan,
    Sale,
    Staff,
    Use,
    When,
    Works,
)
from wesprint.engines.cashflow.reading import Value

Floats = NDArray[np.float64]
CASH_SIGNS: Final = {"house": 1, "business": 1, "vat": 1, "shares": 1, "asset": -1, "grant": 1}
"""How a flow becomes cash. `reserve`, `reserve_use` and `internal` move none."""


@dataclass(frozen=True)
class Asset:
    """What is written off (sign 1) or released (a grant's special item, sign -1) in equal parts
    of what is left, from `begin` to `end` (exclusive; begin == end: never)."""

    name: str
    entity: str
    sign: int
    begin: int
    end: int


@dataclass(frozen=True)
class Line:
    path: str
    name: str
    heading: str
    flows: dict[str, Floats]
    drivers: tuple[str, ...] = ()
    index: str = ""
    market: str = ""
    lag: int = 0
    asset: int = -1
    lever: str = ""

    def cash(self) -> Floats:
        """Cents that this line moves in the end, in the month in which it is booked."""
        return sum(
            (CASH_SIGNS[name] * flow for name, flow in self.flows.items() if name in CASH_SIGNS),
            start=np.zeros(MONTHS),
        )


@dataclass
class Lines:
    """All lines of a plan whose opening is `delay` months late."""

    plan: Plan
    delay: int
    lines: list[Line] = field(default_factory=list)
    assets: list[Asset] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.opening = self.plan.opening + self.delay
        self.months = np.arange(MONTHS)
        self.quota = self._quota()
        self._build()

    # -- timing
    def flags(self, begin: When | int, end: When | int | None = None) -> Floats:
        last = MONTHS if end is None else self.at(end)
        return ((self.months >= self.at(begin)) & (self.months < last)).astype(np.float64)

    def at(self, when: When | int) -> int:
        return when.at(self.opening) if isinstance(when, When) else when

    def shape(self, run: Path) -> Floats:
        """Between 0 and 1 (times the season): how much of the full amount a month has."""
        begin = self.at(run.begin)
        share = np.ones(MONTHS)
        if run.ramp:
            grown = np.clip((self.months - begin) / run.ramp, 0, 1)
            share = run.start_share + (1 - run.start_share) * grown
        season = np.tile(run.season, MONTHS // 12) if run.season else 1.0
        return share * season * self.flags(run.begin, run.end)

    def _quota(self) -> Floats:
        """Share of the area that is let or used with VAT: what of the house's input VAT returns."""
        taxed, whole = np.zeros(MONTHS), 0.0
        for use in self.plan.uses:
            taxed += use.area * (self.use_vat(use) != "none")
            whole += use.area
        return taxed / whole if whole else np.zeros(MONTHS)

    def use_vat(self, use: Use) -> NDArray[np.str_]:
        change, code = use.vat_change or (MONTHS, use.vat)
        return np.where(self.months < change, use.vat, code)

    def vat(self, code: str) -> Floats:
        return np.array(self.plan.law.vat[code])

    # -- kinds of lines
    def add(self, line: Line) -> None:
        if any(flow.any() for flow in line.flows.values()):
            self.lines.append(line)

    def earn(
        self, path: str, name: str, heading: str, entity: str, value: Value, run: Path,
        rate: Floats, lever: str = "",
    ) -> None:  # fmt: skip
        net = value.coefficient * self.shape(run)
        flows = {entity: net, "vat": net * rate}
        self.add(
            Line(path, name, heading, flows, value.drivers, run.index, run.market, run.lag,
                 lever=lever)
        )  # fmt: skip

    def spend(
        self, path: str, name: str, heading: str, entity: str, value: Value, run: Path,
        rate: Floats, deductible: Floats | float, lever: str = "",
    ) -> None:  # fmt: skip
        """Input VAT that does not come back is part of the cost."""
        net = value.coefficient * self.shape(run)
        flows = {entity: -net * (1 + rate * (1 - deductible)), "vat": -net * rate * deductible}
        self.add(
            Line(path, name, heading, flows, value.drivers, run.index, run.market, run.lag,
                 lever=lever)
        )  # fmt: skip

    def asset(self, name: str, entity: str, begin: int, life: int, sign: int = 1) -> int:
        begin = min(begin, MONTHS)
        self.assets.append(Asset(name, entity, sign, begin, begin + life))
        return len(self.assets) - 1

    def invest(
        self, path: str, name: str, value: Value, when: Floats, index: str, rate: Floats,
        deductible: Floats | float, asset: int, lever: str = "", reserve: bool = False,
    ) -> None:  # fmt: skip
        net = value.coefficient * when
        flows = {"asset": net * (1 + rate * (1 - deductible)), "vat": -net * rate * deductible}
        if reserve:
            flows["reserve_use"] = net * (1 + rate)
        self.add(
            Line(path, name, "investment", flows, value.drivers, index, asset=asset, lever=lever)
        )
        if isinstance(deductible, np.ndarray):
            self._correct(path, name, value, float((net * rate).sum()))

    def _correct(self, path: str, name: str, value: Value, vat: float) -> None:
        """Correction of input VAT while the use of the house changes, month by month, measured
        from the opening; at the prices of the first year."""
        months = self.plan.law.correction_months
        inside = self.flags(self.opening, self.opening + months)
        first = self.quota[min(self.opening, MONTHS - 1)]
        back = vat / months * (self.quota - first) * inside
        flows = {HOUSE: back, "vat": -back}
        self.add(Line(f"{path}.correction", name, "vat_correction", flows, value.drivers))

    # -- all of it
    def _build(self) -> None:
        self._purchase()
        for works in self.plan.works:
            self._works(works)
        for use in self.plan.uses:
            self._use(use)
        for cost in self.plan.house_costs:
            self._cost(cost, HOUSE, self.quota)
        for person in self.plan.house_staff:
            self._staff(person, HOUSE)
        for business in self.plan.businesses:
            self._business(business)
        for income in (*self.plan.solar, *self.plan.income):
            self._income(income)
        self._reserve()
        for payment in self.plan.shares:
            self._shares(payment.path, payment.name, payment.amount, payment.begin, payment.months)
        for grant in self.plan.grants:
            self._grant(grant)

    def _purchase(self) -> None:
        bought = self.plan.purchase
        if bought is None:
            return
        when = self.flags(bought.month, bought.month + 1)
        land = self.asset("land", HOUSE, MONTHS, 0)
        house = self.asset("building", HOUSE, bought.month, bought.life)
        shares = [("price", None), *bought.ancillary]
        for name, share in shares:
            taxed = bought.vat if share is None else "none"
            for part, asset in ((bought.land, land), (bought.building, house)):
                value = part if share is None else part * share
                path = f"building.purchase.{name}"
                self.invest(path, name, value, when, "", self.vat(taxed), self.quota, asset)

    def _works(self, works: Works) -> None:
        begin = self.at(works.begin)
        spread = self.flags(begin, begin + works.months) / works.months
        ready = max(begin + works.months, 0 if works.replaces else self.opening)
        asset = self.asset(works.name, works.entity, ready, works.life)
        parts = [("", works.cost)]
        if works.overrun is not None:
            parts.append((".overrun", works.cost * works.overrun))
        if works.own_labour is not None:
            parts.append((".own_labour", works.own_labour * -1))
        for ending, value in parts:
            self.invest(
                works.path + ending, works.name, value, spread, works.index, self.vat(works.vat),
                self.quota if works.entity == HOUSE else 1.0, asset, "works", works.replaces,
            )  # fmt: skip

    def _use(self, use: Use) -> None:
        if use.own:
            return
        taxed = self.use_vat(use) != "none"
        rate = self.vat("standard") * taxed
        let = use.occupancy * use.area
        self.earn(use.path, use.name, "rent", HOUSE, use.rent * let, use.run, rate, "rent")
        path = f"{use.path}.service"
        self.earn(path, use.name, "service", HOUSE, use.service * let, use.run, rate, "service")

    def _cost(self, cost: Cost, entity: str, deductible: Floats | float) -> None:
        self.spend(
            cost.path, cost.name, cost.heading, entity, cost.amount, cost.run,
            self.vat(cost.vat), deductible,
        )  # fmt: skip

    def _staff(self, person: Staff, entity: str) -> None:
        nothing = np.zeros(MONTHS)
        pay = person.fte * person.pay
        parts = [("pay", pay), ("on_costs", pay * person.on_costs)]
        for name, value in parts:
            path = f"{person.path}.{name}"
            self.spend(path, person.role, "staff", entity, value, person.run, nothing, 0.0)
            if person.subsidy is not None:
                self._subsidy(person, entity, f"{path}.subsidy", value * person.subsidy)

    def _subsidy(self, person: Staff, entity: str, path: str, value: Value) -> None:
        begin = self.at(person.run.begin)
        run = Path(**{**person.run.__dict__, "end": When(begin + person.subsidy_months)})
        self.earn(path, person.role, "wage_subsidy", entity, value, run, np.zeros(MONTHS))

    def _business(self, business: Business) -> None:
        for sale in business.sales:
            self._sale(sale, business)
        for person in business.staff:
            self._staff(person, BUSINESS)
        for cost in business.costs:
            self._cost(cost, BUSINESS, business.deductible)
        rent = business.internal_rent
        flow = rent.coefficient * self.flags(business.begin)
        path = f"businesses.{business.name}.internal_rent"
        self.add(Line(path, business.name, "internal", {"internal": flow}, rent.drivers))

    def _sale(self, sale: Sale, business: Business) -> None:
        value = sale.price
        for _name, driver in sale.drivers:
            value = value * driver
        margin = sale.vat == "margin"
        rate = self.vat("standard" if margin else sale.vat)
        if sale.gross or margin:
            self._gross(sale, value, rate)
        else:
            self.earn(sale.path, sale.name, "sales", BUSINESS, value, sale.run, rate, "sales")
        if sale.purchase is not None:
            bought, path = value * sale.purchase, f"{sale.path}.purchase"
            taxed = np.zeros(MONTHS) if margin else rate
            if sale.gross and not margin:
                bought = bought * (1 / (1 + rate[self.plan.opening]))
            self.spend(
                path, sale.name, "purchase", BUSINESS, bought, sale.run, taxed,
                business.deductible, "sales",
            )  # fmt: skip
            if margin:
                self._margin(sale, bought, rate)

    def _gross(self, sale: Sale, value: Value, rate: Floats) -> None:
        gross = value.coefficient * self.shape(sale.run)
        flows = {BUSINESS: gross / (1 + rate), "vat": gross * rate / (1 + rate)}
        run = sale.run
        self.add(
            Line(sale.path, sale.name, "sales", flows, value.drivers, run.index, run.market,
                 run.lag, lever="sales")
        )  # fmt: skip

    def _margin(self, sale: Sale, bought: Value, rate: Floats) -> None:
        """Margin scheme: no VAT on what the things cost."""
        saved = bought.coefficient * self.shape(sale.run) * rate / (1 + rate)
        run, flows = sale.run, {BUSINESS: saved, "vat": -saved}
        self.add(
            Line(f"{sale.path}.margin", sale.name, "sales", flows, bought.drivers, run.index,
                 run.market, lever="sales")
        )  # fmt: skip

    def _income(self, income: Income) -> None:
        rate = self.vat("standard" if income.kind == "feed_in" else "none")
        args = (income.path, income.name, income.kind, HOUSE, income.amount, income.run, rate)
        self.earn(*args)

    def _reserve(self) -> None:
        reserve = self.plan.reserve
        if reserve is not None:
            flow = reserve.amount.coefficient * self.shape(reserve.run)
            flows, run = {"reserve": flow}, reserve.run
            self.add(
                Line(reserve.path, "reserve", "reserve", flows, reserve.amount.drivers, run.index)
            )

    def _shares(self, path: str, name: str, amount: Value, begin: int, months: int) -> None:
        flow = amount.coefficient / months * self.flags(begin, begin + months)
        self.add(Line(path, name, "shares", {"shares": flow}, amount.drivers, lever="shares"))

    def _grant(self, grant: Grant) -> None:
        flow = np.zeros(MONTHS)
        for when, share in grant.payments:
            if self.at(when) < MONTHS:
                flow[self.at(when)] += share * grant.amount.coefficient
        asset = self.asset(grant.name, HOUSE, self.opening, grant.life, -1)
        flows = {"grant": flow}
        self.add(
            Line(grant.path, grant.name, "grant", flows, grant.amount.drivers, asset=asset,
                 lever="grants")
        )  # fmt: skip

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)
