"""A plan as arrays: lines that hang on the same draws, index and market are one pool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from wesprint.engines.cashflow.lines import Floats, Line, Lines
from wesprint.engines.cashflow.plan import MONTHS, Loan, Plan, Series
from wesprint.engines.cashflow.reading import Value

Ints = NDArray[np.int64]
YEARS: Final = MONTHS // 12
TARGETS: Final = (
    "house", "business", "vat", "now", "in1", "in2", "out1", "out2",
    "shares", "reserve", "reserve_use", "internal",
)  # fmt: skip
"""What a pool feeds. now: cash of the month; in1..out2: what is paid one or two months later."""
PAID: Final = slice(3, 8)
FORMS: Final = {"annuity": 0, "linear": 1, "bullet": 2}
LEVERS: Final = ("rent", "service", "shares", "grants", "works", "sales")


@dataclass(frozen=True)
class Number:
    """coefficient times draws: how a rate hangs on the drawn assumptions."""

    coefficient: float
    drivers: tuple[int, ...]


@dataclass(frozen=True)
class Debts:
    """Loans. [loans, months] or [loans]; months beyond the plan never come."""

    draws: Floats
    rate: tuple[Number, ...]
    reset_rate: tuple[Number, ...]
    reset: Ints
    first: Ints
    last: Ints
    form: Ints
    initial: Floats
    total: Floats
    counted: Floats
    """1 where the debt service counts in the DSCR (a bridge until a grant comes does not)."""


@dataclass(frozen=True)
class Program:
    """Everything a run needs. P pools, A assets, T months.

    flows: [targets, P, T] cents. pairs: (pool, asset) of each row of `adds` [pairs, T].
    part: [A, T] the share of the book value that is written off in a month.
    """

    plan: Plan
    delay: int
    lines: tuple[Line, ...]
    drivers: tuple[tuple[int, ...], ...]
    index: Ints
    market: Ints
    lever: Ints
    flows: Floats
    adds: Floats
    pairs: Ints
    part: Floats
    sign: Floats
    business: NDArray[np.bool_]
    """[A] whether an asset is written off by the business."""
    debts: Debts
    trade_free: bool
    """The house's profit is free of trade tax: it only manages its own property."""

    @property
    def year_of_opening(self) -> int:
        return min((self.plan.opening + self.delay) // 12, YEARS - 1)


def compile_plan(plan: Plan, delay: int = 0, *, pooled: bool = True) -> Program:
    """delay: months that the opening is late. pooled: False keeps a pool for every line."""
    found = Lines(plan, delay)
    names = {name: number for number, name in enumerate(plan.drawn)}
    groups = _groups(found.lines, pooled)
    flows = np.zeros((len(TARGETS), len(groups), MONTHS))
    adds: dict[tuple[int, int], Floats] = {}
    for pool, lines in enumerate(groups):
        for line in lines:
            _feed(flows[:, pool], line)
            if line.asset >= 0:
                flow = line.flows.get("asset", line.flows.get("grant", np.zeros(MONTHS)))
                key = (pool, line.asset)
                adds[key] = adds.get(key, np.zeros(MONTHS)) + flow
    heads = [lines[0] for lines in groups]
    return Program(
        plan,
        delay,
        tuple(found.lines),
        tuple(tuple(names[one] for one in head.drivers) for head in heads),
        _places(plan.indices, [head.index for head in heads]),
        _places(plan.markets, [head.market for head in heads]),
        np.array([LEVERS.index(head.lever) if head.lever else -1 for head in heads], np.int64),
        flows,
        np.array(list(adds.values())).reshape(-1, MONTHS),
        np.array(list(adds), np.int64).reshape(-1, 2),
        _parts(found),
        np.array([float(one.sign) for one in found.assets]),
        np.array([one.entity == "business" for one in found.assets], np.bool_),
        _debts(plan.loans, names),
        plan.two_entities or not plan.businesses,
    )


def _groups(lines: list[Line], pooled: bool) -> list[list[Line]]:
    if not pooled:
        return [[line] for line in lines]
    groups: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        key = (line.drivers, line.index, line.market, line.lever, "business" in line.flows)
        groups.setdefault(key, []).append(line)
    return list(groups.values())


def _feed(flows: Floats, line: Line) -> None:
    for name, flow in line.flows.items():
        if name in TARGETS:
            flows[TARGETS.index(name)] += flow
    flows[TARGETS.index(pays(line))] += line.cash()


def pays(line: Line) -> str:
    """The target that takes a line's cash."""
    if not line.lag:
        return "now"
    return f"{'out' if line.cash().sum() < 0 else 'in'}{line.lag}"


def _places(series: tuple[Series, ...], names: list[str]) -> Ints:
    """0 for none, else 1 + place of the series."""
    places = {one.name: number for number, one in enumerate(series, 1)}
    return np.array([places.get(name, 0) for name in names], np.int64)


def _parts(found: Lines) -> Floats:
    part = np.zeros((len(found.assets), MONTHS))
    for number, one in enumerate(found.assets):
        for month in range(one.begin, min(one.end, MONTHS)):
            part[number, month] = 1 / (one.end - month)
    return part


def number(value: Value, names: Mapping[str, int]) -> Number:
    return Number(value.coefficient, tuple(names[one] for one in value.drivers))


def _debts(loans: tuple[Loan, ...], names: Mapping[str, int]) -> Debts:
    draws = np.zeros((len(loans), MONTHS))
    for row, loan in enumerate(loans):
        for month, cents in loan.draws:
            draws[row, month] += cents
    never = MONTHS + 10**6
    return Debts(
        draws,
        tuple(number(one.rate, names) for one in loans),
        tuple(number(one.reset[1] if one.reset else one.rate, names) for one in loans),
        np.array([one.reset[0] if one.reset else never for one in loans], np.int64),
        np.array([one.first for one in loans], np.int64),
        np.array([one.last for one in loans], np.int64),
        np.array([FORMS[one.form] for one in loans], np.int64),
        np.array([one.initial for one in loans], np.float64),
        draws.sum(1),
        np.array([float(one.kind != "bridge") for one in loans], np.float64),
    )
