"""The parts of a plan's JSON, each read into its own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wesprint.engines.cashflow import plan as words
from wesprint.engines.cashflow.common import VAT, Common, Times, times
from wesprint.engines.cashflow.law import read_law
from wesprint.engines.cashflow.plan import BUSINESS, MONTHS, When
from wesprint.engines.cashflow.reading import ONE, Node, Value, known

WORLDS = ("work", "administration", "learning", "living")


def scenarios(node: Node) -> tuple[words.Scenario, ...]:
    found = node.get("scenarios")
    if found is None:
        return ()
    several = []
    for name, one in found.pairs():
        title = text.text(200) if (text := one.get("title")) else name
        values = {key: value.number() for key, value in one["values"].pairs()}
        one.done()
        several.append(words.Scenario(name, title, values))
    return tuple(several)


def series(node: Node, key: str, rate: str) -> tuple[words.Series, ...]:
    found = node.get(key)
    several = []
    for name, one in found.pairs() if found else ():
        growth = one[rate].factor(-0.2, 0.5) if rate else None
        deviation = two.number(0, 0.5) if (two := one.get("deviation")) else 0.0
        lasting = two.number(0, 0.95) if (two := one.get("persistence")) else 0.0
        one.done()
        several.append(words.Series(name, growth, deviation, lasting))
    return tuple(several)


def correlations(
    node: Node, assumptions: Mapping[str, Any], both: tuple[tuple[words.Series, ...], ...]
) -> tuple[tuple[str, str, float], ...]:
    """Pairs of drawn assumptions, or pairs of yearly series."""
    drawn = {name for name, one in assumptions.items() if one.drawn}
    yearly = {one.name for several in both for one in several if one.deviation}
    found = []
    for one in node.each("correlations"):
        pair = one["between"].value
        if not (isinstance(pair, list) and len(pair) == 2 and pair[0] != pair[1]):
            raise one["between"].error("two different names are expected")
        if not any(set(pair) <= names for names in (drawn, yearly)):
            raise one["between"].error("both must be drawn assumptions, or both swinging series")
        found.append((str(pair[0]), str(pair[1]), one["rho"].number(-1, 1)))
    return tuple(found)


def opening_balance(node: Node) -> words.Opening:
    found = node.get("opening_balance")
    if found is None:
        return words.Opening()
    keys = ("cash", "assets", "shares", "retained")
    read = words.Opening(
        **{
            key: one.whole(-(10**12) if key == "retained" else 0)
            for key in keys
            if (one := found.get(f"{key}_cents"))
        }
    )
    found.done()
    gap = read.cash + read.assets - read.shares - read.retained
    if gap:
        raise found.error(f"assets and liabilities differ by {gap / 100:.2f} EUR at the start")
    return read


def finish(node: Node, building: Node, financing: Node, overdraft: Node | None) -> None:
    for key in ("format", "note", "assumptions", "scenarios", "version"):
        node.get(key)
    for one in (node, building, financing, overdraft):
        if one is not None:
            one.done()


class Reader(Common):
    """The building, the uses, the businesses and the financing."""

    # -- law
    def law(self, node: Node) -> words.Law:
        return read_law(node, self.times.start)

    # -- building
    def floors(self, node: Node) -> tuple[words.Floor, ...]:
        found = []
        for one in node.each("floors"):
            area = one["area_m2"].number(0, 10**6)
            found.append(words.Floor(one["name"].text(), area, one["world"].choice(*WORLDS)))
        if len({floor.name for floor in found}) < len(found):
            raise node["floors"].error("two floors have the same name")
        return tuple(found)

    def purchase(self, node: Node) -> words.Purchase | None:
        found = node.get("purchase")
        if found is None:
            return None
        read = words.Purchase(
            self.month(found["month"]),
            self.money(found["land_cents"]),
            self.money(found["building_cents"]),
            tuple(
                (one["name"].text(), one["share"].factor(0, 0.3)) for one in found.each("ancillary")
            ),
            found["life_years"].whole(1, 100) * 12,
            self.vat(found),
        )
        found.done()
        return read

    def works(self, node: Node) -> words.Works:
        floor = self.floor(node)
        area = (
            self.floor_names[floor].area
            if floor
            else sum(f.area for f in self.floor_names.values())
        )
        cost = (
            self.money(one) * area
            if (one := node.get("cents_per_m2"))
            else self.money(node["cents"])
        )
        labour = node.get("own_labour")
        saved = None
        if labour:
            saved = labour["hours"].factor(0, 10**6) * self.money(labour["cents_per_hour"])
            labour.done()
        return words.Works(
            node.path,
            node["name"].text(),
            floor,
            node["din276"].choice("200", "300", "400", "500", "600", "700", "800"),
            cost,
            self.optional(node, "overrun", -0.5, 3),
            self.when(node["from"]),
            node["months"].whole(1, 120),
            node["life_years"].whole(1, 100) * 12,
            saved,
            self.run_index(node, "construction"),
            self.vat(node),
            self.entity(node),
            one.flag() if (one := node.get("from_reserve")) else False,
        )

    def run_index(self, node: Node, default: str) -> str:
        found = node.get("index")
        if found is None:
            return default if default in self.names else ""
        if found.value not in self.names:
            raise found.error(f"there is no series {found.value!r}")
        return str(found.value)

    def reserve(self, node: Node) -> words.Cost | None:
        found = node.get("maintenance_reserve")
        if found is None:
            return None
        area = sum(floor.area for floor in self.floor_names.values())
        amount = self.money(found["cents_per_m2_year"]) * (area / 12)
        read = words.Cost(
            found.path, "reserve", "reserve", amount, self.run(found, "general"), "none"
        )
        found.done()
        return read

    def cost(self, node: Node, heading: str = "running") -> words.Cost:
        if one := node.get("cents_per_m2_month"):
            amount = self.money(one) * sum(floor.area for floor in self.floor_names.values())
        else:
            amount = self.money(node["cents_per_month"])
        kind = (
            one.choice("running", "maintenance", "insurance", "administration")
            if (one := node.get("kind"))
            else heading
        )
        return words.Cost(
            node.path, node["name"].text(), kind, amount, self.run(node, "general"), self.vat(node)
        )

    def energy(self, node: Node) -> words.Cost:
        """kWh per m2 and year of a floor, or of the house."""
        floor = self.floor(node)
        areas = [f.area for name, f in self.floor_names.items() if floor in ("", name)]
        amount = (
            node["kwh_per_m2_year"].factor(0, 2000)
            * node["cents_per_kwh"].factor(0, 500)
            * (sum(areas) / 12)
        )
        return words.Cost(
            node.path,
            node["name"].text(),
            "energy",
            amount,
            self.run(node, "energy"),
            self.vat(node),
        )

    def solar(self, node: Node) -> tuple[words.Income, ...]:
        """What a roof saves (own use) and sells (feed-in)."""
        found = node.get("solar")
        if found is None:
            return ()
        power = found["kwp"].factor(0, 10**5) * found["kwh_per_kwp_year"].factor(0, 2000) * (1 / 12)
        own = found["own_use"].number(0, 1)
        run = self.run(found)
        saved = power * own * found["cents_per_kwh_saved"].factor(0, 500)
        sold = power * (1 - own) * found["cents_per_kwh_fed"].factor(0, 500)
        path, like = found.path, self._with(run, "energy")
        several = (
            words.Income(f"{path}.own_use", "solar power used", "energy_saved", saved, like),
            words.Income(f"{path}.feed_in", "solar power sold", "feed_in", sold, run),
        )
        found.done()
        return several

    def _with(self, run: words.Path, index: str) -> words.Path:
        name = index if index in self.names else ""
        return words.Path(**{**run.__dict__, "index": name})

    # -- uses and businesses
    def use(self, node: Node) -> words.Use:
        change = node.get("vat_change")
        changed = None
        if change:
            changed = self.month(change["month"]), self.vat(change, "none", "standard")
            change.done()
        own = node["mode"].choice("rent", "own") == "own"
        area = node["area_m2"].number(0, 10**6)
        nothing = known(0)
        return words.Use(
            node.path,
            node["name"].text(),
            self.floor(node),
            node["world"].choice(*WORLDS),
            area,
            own,
            nothing if own else self.money(node["rent_cents_per_m2"]),
            self.money(one) if (one := node.get("service_cents_per_m2")) else nothing,
            ONE if own else node["occupancy"].factor(0, 1),
            self.run(node, "rents"),
            self.vat(node, "none", "standard"),
            changed,
        )

    def business(self, node: Node) -> words.Business:
        begin = self.when(one) if (one := node.get("from")) else When(0, True)
        return words.Business(
            node["name"].text(),
            node["kind"].choice("store", "cafe", "coworking", "lending", "deliveries", "other"),
            BUSINESS,
            one.number(0, 1) if (one := node.get("vat_deductible")) else 1.0,
            self.money(one) if (one := node.get("internal_rent_cents_per_month")) else known(0),
            begin,
            tuple(self.sale(one) for one in node.each("sales")),
            tuple(self.staff(one) for one in node.each("staff")),
            tuple(self.cost(one) for one in node.each("running")),
        )

    def sale(self, node: Node) -> words.Sale:
        drivers = tuple((name, one.factor(0, 10**9)) for name, one in node["drivers"].pairs())
        return words.Sale(
            node.path,
            node["name"].text(),
            drivers,
            self.money(node["price_cents"]),
            node["price_includes_vat"].flag(),
            self.vat(node, *VAT),
            self.optional(node, "purchase_share", 0, 2),
            self.run(node, "general"),
        )

    def staff(self, node: Node) -> words.Staff:
        subsidy = node.get("subsidy")
        share, months = None, 0
        if subsidy:
            share, months = subsidy["share"].factor(0, 1), subsidy["months"].whole(1, MONTHS)
            subsidy.done()
        return words.Staff(
            node.path,
            node["role"].text(),
            node["fte"].factor(0, 1000),
            self.money(node["cents_per_month"]),
            node["on_costs"].factor(0, 1),
            share,
            months,
            self.run(node, "wages"),
        )

    def income(self, node: Node) -> words.Income:
        return words.Income(
            node.path,
            node["name"].text(),
            node["kind"].choice("donation", "wage_subsidy", "operating_grant"),
            self.money(node["cents_per_month"]),
            self.run(node),
        )

    # -- financing
    def share_payment(self, node: Node) -> words.SharePayment:
        amount = (
            node["members"].factor(0, 10**7)
            * node["shares_each"].factor(0, 10**5)
            * self.money(node["share_cents"])
        )
        return words.SharePayment(
            node.path,
            node["name"].text(),
            amount,
            self.month(node["from"]),
            node["months"].whole(1, MONTHS),
        )

    def cooperative(self, node: Node) -> words.Cooperative:
        read = words.Cooperative(
            node["leaving_per_year"].factor(0, 0.5),
            node["payout_month"].whole(1, 12),
            one.whole() if (one := node.get("minimum_capital_cents")) else 0,
            node["legal_reserve_share"].number(0, 1),
            node["distribution_share"].number(0, 1),
        )
        node.done()
        return read

    def loan(self, node: Node) -> words.Loan:
        draws = tuple(
            sorted((self.month(one["month"]), one["cents"].whole(1)) for one in node.each("draws"))
        )
        if not draws:
            raise node.error("a loan has at least one draw")
        form = node["repayment"].choice("annuity", "linear", "bullet")
        first = draws[0][0] + (one.whole(0, 240) if (one := node.get("grace_months")) else 0) + 1
        return words.Loan(
            node.path,
            node["name"].text(),
            node["kind"].choice("bank", "member", "bridge"),
            draws,
            node["rate"].factor(0, 0.25),
            form,
            first,
            *self._repayment(node, form, draws[0][0], first),
            self._reset(node, draws[0][0]),
        )

    def _repayment(self, node: Node, form: str, begin: int, first: int) -> tuple[int, float]:
        term = node.get("term_months")
        initial = one.number(0, 0.5) if (one := node.get("initial_repayment")) else 0.0
        if term is None:
            if form != "annuity" or initial <= 0:
                raise node.error("this loan never repays: it has no term and no initial repayment")
            return begin + 1200, initial
        last = begin + term.whole(1, 600)
        if last < first:
            raise node.error("this loan never repays: its grace is as long as its term")
        return last, initial

    def _reset(self, node: Node, begin: int) -> tuple[int, Value] | None:
        found = node.get("reset")
        if found is None:
            return None
        read = begin + found["after_months"].whole(1, 600), found["rate"].factor(0, 0.25)
        found.done()
        return read

    def grant(self, node: Node) -> words.Grant:
        payments = tuple(
            (self.when(one["month"]), one["share"].number(0, 1)) for one in node.each("payments")
        )
        if abs(sum(share for _month, share in payments) - 1) > 1e-9:
            raise node.error("the shares of the payments are not 1 together")
        amount = self.money(node["cents"])
        if one := node.get("approved"):
            amount = amount * one.factor(0, 1)
        return words.Grant(
            node.path,
            node["name"].text(),
            amount,
            payments,
            node["life_years"].whole(1, 100) * 12,
            node["own_share"].number(0, 1),
            (),
            _texts(node, "conditions"),
            one.number(0, 10**12) if (one := node.get("eligible_cents")) else 0.0,
        )


def _texts(node: Node, key: str) -> tuple[str, ...]:
    found = node.get(key)
    if found is None:
        return ()
    if not isinstance(found.value, list):
        raise found.error("a list of texts is expected")
    return tuple(Node(one, f"{found.path}.{n}").text() for n, one in enumerate(found.value))


__all__ = ["Reader", "Times", "times"]
