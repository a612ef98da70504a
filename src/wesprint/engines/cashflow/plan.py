"""A founding plan as it stands after reading: every value checked, nothing computed.

Money is in cents, areas in m2, shares of a whole between 0 and 1, months count from the plan's
start. A `Value` may hang on drawn assumptions; plain numbers never do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from wesprint.engines.cashflow.assumptions import Assumption
from wesprint.engines.cashflow.reading import Value

FORMAT: Final = "wesprint-plan/1"
MONTHS: Final = 240
HOUSE, BUSINESS = "house", "business"


@dataclass(frozen=True)
class When:
    """A month: fixed, or counted from the opening, which a delay moves."""

    month: int
    from_opening: bool = False

    def at(self, opening: int) -> int:
        return self.month + opening if self.from_opening else self.month


@dataclass(frozen=True)
class Path:
    """How an amount runs: from, to (exclusive; None: for ever), ramp, season, index, market."""

    begin: When
    end: When | None = None
    ramp: int = 0
    start_share: float = 1.0
    season: tuple[float, ...] = ()
    index: str = ""
    market: str = ""
    lag: int = 0
    """Months until it is paid: 0, 1 or 2."""


@dataclass(frozen=True)
class Floor:
    name: str
    area: float
    world: str


@dataclass(frozen=True)
class Purchase:
    month: int
    land: Value
    building: Value
    ancillary: tuple[tuple[str, Value], ...]
    """Each a share of the price."""
    life: int
    vat: str


@dataclass(frozen=True)
class Works:
    """A phase: what is built on a floor, by DIN 276 cost group, spread evenly over its months."""

    path: str
    name: str
    floor: str
    din276: str
    cost: Value
    overrun: Value | None
    begin: When
    months: int
    life: int
    own_labour: Value | None
    """Hours times what an hour saves."""
    index: str
    vat: str
    entity: str
    replaces: bool
    """Paid from the maintenance reserve as far as that goes."""


@dataclass(frozen=True)
class Use:
    path: str
    name: str
    floor: str
    world: str
    area: float
    own: bool
    rent: Value
    service: Value
    """cents per m2 and month"""
    occupancy: Value
    run: Path
    vat: str
    vat_change: tuple[int, str] | None


@dataclass(frozen=True)
class Cost:
    """Something paid every month. `amount`: cents net of VAT."""

    path: str
    name: str
    heading: str
    amount: Value
    run: Path
    vat: str


@dataclass(frozen=True)
class Sale:
    path: str
    name: str
    drivers: tuple[tuple[str, Value], ...]
    price: Value
    """cents, VAT inside where `gross`"""
    gross: bool
    vat: str
    purchase: Value | None
    """Purchase cost as a share of net sales."""
    run: Path


@dataclass(frozen=True)
class Staff:
    path: str
    role: str
    fte: Value
    pay: Value
    on_costs: Value
    subsidy: Value | None
    subsidy_months: int
    run: Path


@dataclass(frozen=True)
class Business:
    name: str
    kind: str
    entity: str
    deductible: float
    """Share of its input VAT that the tax office gives back."""
    internal_rent: Value
    begin: When
    sales: tuple[Sale, ...]
    staff: tuple[Staff, ...]
    costs: tuple[Cost, ...]


@dataclass(frozen=True)
class SharePayment:
    path: str
    name: str
    amount: Value
    """All of it, over `months`."""
    begin: int
    months: int


@dataclass(frozen=True)
class Loan:
    path: str
    name: str
    kind: str
    draws: tuple[tuple[int, int], ...]
    """Month and cents."""
    rate: Value
    form: str
    first: int
    """Month of the first repayment; annuity and linear run to `last`, a bullet falls due there."""
    last: int
    initial: float
    """First year's repayment as a share of the loan; 0: the annuity ends at `last`."""
    reset: tuple[int, Value] | None


@dataclass(frozen=True)
class Grant:
    path: str
    name: str
    amount: Value
    payments: tuple[tuple[When, float], ...]
    life: int
    own_share: float
    works: tuple[str, ...]
    conditions: tuple[str, ...]
    eligible: float


@dataclass(frozen=True)
class Income:
    path: str
    name: str
    kind: str
    amount: Value
    run: Path


@dataclass(frozen=True)
class Cooperative:
    """Money rules of the eG: leaving, reserve, distribution."""

    leaving: Value
    payout_month: int
    """1 to 12, of the year after the exit."""
    minimum_capital: int
    legal_reserve: float
    distribution: float


@dataclass(frozen=True)
class Series:
    """A yearly series: `rate` grows it (an index, 1 in the first year) or None (a market that
    swings around 1). deviation: of one year; persistence: how much of it is still there a year on.
    """

    name: str
    rate: Value | None
    deviation: float
    persistence: float


@dataclass(frozen=True)
class Law:
    """Rates as dated inputs. Tuples: one value for each of the 20 years."""

    corporate: tuple[float, ...]
    solidarity: tuple[float, ...]
    trade_base: tuple[float, ...]
    trade_multiplier: tuple[float, ...]
    trade_allowance: int
    loss_full: int
    """cents of loss that may be used in a year in full"""
    loss_beyond: float
    vat: Mapping[str, tuple[float, ...]]
    """By code and month."""
    correction_months: int
    payment_month: int
    vat_lag: int
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Opening:
    """The balance sheet at the start, in cents; assets equal liabilities and equity."""

    cash: int = 0
    assets: int = 0
    """without further depreciation: land, or what is scrapped last"""
    shares: int = 0
    retained: int = 0


@dataclass(frozen=True)
class Scenario:
    name: str
    title: str
    values: Mapping[str, float]


@dataclass(frozen=True)
class Plan:
    name: str
    start: int
    """Months since year 0, a January."""
    founded: int
    opening: int
    delay: Value
    two_entities: bool
    assumptions: Mapping[str, Assumption]
    correlations: tuple[tuple[str, str, float], ...]
    indices: tuple[Series, ...]
    markets: tuple[Series, ...]
    law: Law
    floors: tuple[Floor, ...]
    purchase: Purchase | None
    works: tuple[Works, ...]
    uses: tuple[Use, ...]
    house_costs: tuple[Cost, ...]
    house_staff: tuple[Staff, ...]
    solar: tuple[Income, ...]
    reserve: Cost | None
    businesses: tuple[Business, ...]
    income: tuple[Income, ...]
    shares: tuple[SharePayment, ...]
    cooperative: Cooperative
    loans: tuple[Loan, ...]
    grants: tuple[Grant, ...]
    overdraft_limit: int
    overdraft_rate: Value
    cash_rate: Value
    opening_balance: Opening
    scenarios: tuple[Scenario, ...]
    bare: tuple[str, ...] = ()
    """Paths of money that stands in the plan without an assumption behind it."""

    @property
    def area(self) -> float:
        return sum(floor.area for floor in self.floors)

    @property
    def drawn(self) -> tuple[str, ...]:
        return tuple(name for name, one in self.assumptions.items() if one.drawn)

    def month_name(self, month: int) -> str:
        """ "2027-03" for a month counted from the start."""
        year, of_year = divmod(self.start + month, 12)
        return f"{year:04d}-{of_year + 1:02d}"
