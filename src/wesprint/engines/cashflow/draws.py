"""Random numbers: one stream for every block of scenarios, so that a seed always gives the same.

Assumptions are drawn through a Gaussian copula: correlated standard normals, each turned into its
own distribution by a table. Yearly series are AR(1) with normal shocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wesprint.engines.cashflow.assumptions import GRID
from wesprint.engines.cashflow.kernel import swing
from wesprint.engines.cashflow.lines import Floats
from wesprint.engines.cashflow.plan import Plan, Series
from wesprint.engines.cashflow.program import YEARS, Number, number
from wesprint.engines.cashflow.reading import PlanError, Value

BLOCK = 4096


@dataclass(frozen=True)
class Draws:
    """values: [assumptions, N]. index: [1 + indices, years, N] price levels, the first is 1.
    market: [1 + markets, years, N], the first is 1."""

    values: Floats
    index: Floats
    market: Floats

    @property
    def count(self) -> int:
        return int(self.values.shape[1])

    def take(self, columns: NDArray[np.int64]) -> Draws:
        return Draws(*(np.take(one, columns, -1) for one in (self.values, self.index, self.market)))

    def of(self, what: Number) -> Floats:
        """A number's value in each scenario, [N]."""
        found = np.full(self.count, what.coefficient)
        for driver in what.drivers:
            found = found * self.values[driver]
        return found


class Drawer:
    """Draws blocks of scenarios of one plan."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan = plan
        self.seed = seed
        self.names = {name: place for place, name in enumerate(plan.drawn)}
        self.tables = np.array(
            [plan.assumptions[name].table() for name in plan.drawn], np.float64
        ).reshape(len(self.names), len(GRID))
        self.swinging = [one.name for one in (*plan.indices, *plan.markets) if one.deviation]

    @cached_property
    def _mix(self) -> tuple[Floats | None, Floats | None]:
        return self._root(list(self.plan.drawn)), self._root(self.swinging)

    def _root(self, names: list[str]) -> Floats | None:
        """Lower triangle that turns independent normals into correlated ones."""
        matrix = np.eye(len(names))
        for one, other, rho in self.plan.correlations:
            if one in names and other in names:
                places = names.index(one), names.index(other)
                matrix[places] = matrix[places[::-1]] = rho
        if (matrix == np.eye(len(names))).all():
            return None
        try:
            return np.asarray(np.linalg.cholesky(matrix), np.float64)
        except np.linalg.LinAlgError:
            raise PlanError("correlations", "these correlations contradict each other") from None

    def block(self, place: int, count: int) -> Draws:
        """Scenarios `place` * BLOCK and on; the same numbers for the same seed and place."""
        stream = np.random.Generator(np.random.SFC64([self.seed, place]))
        normals = self._mixed(stream.standard_normal((len(self.names), count)), self._mix[0])
        values = self._values(normals)
        shocks = stream.standard_normal((len(self.swinging), YEARS, count))
        return self.draws(self._by_delay(values), self._mixed(shocks, self._mix[1]))

    def _by_delay(self, values: Floats) -> Floats:
        """Scenarios in the order of their delays, which the kernel takes together. Their shocks
        are drawn independently of it, so no distribution changes."""
        drivers = self.plan.delay.drivers
        if not drivers:
            return values
        return values[:, np.argsort(np.rint(values[self.names[drivers[0]]]), kind="stable")]

    @staticmethod
    def _mixed(normals: Floats, root: Floats | None) -> Floats:
        """Row by row: a product of matrices would wake the threads of BLAS for nothing."""
        if root is None:
            return normals
        mixed = np.empty_like(normals)
        for row, shares in enumerate(root):
            mixed[row] = shares[row] * normals[row]
            for other in np.flatnonzero(shares[:row]):
                mixed[row] += shares[other] * normals[other]
        return mixed

    def _values(self, normals: Floats) -> Floats:
        """Straight lines between the tabulated quantiles; a chance is cut, not bent."""
        step = (len(GRID) - 1) / (GRID[-1] - GRID[0])
        places = np.clip((normals - GRID[0]) * step, 0, len(GRID) - 1.000001)
        left = places.astype(np.intp)
        places -= left
        rows = (np.arange(len(self.names)) * len(GRID))[:, None]
        left += rows
        flat = self.tables.ravel()
        low = flat.take(left)
        values: Floats = low + places * (flat.take(left + 1) - low)
        for row, name in enumerate(self.plan.drawn):
            if self.plan.assumptions[name].kind == "chance":
                values[row] = values[row] >= 0.5
        return values

    def base(self, count: int = 1) -> Draws:
        """Every assumption at its own value, no shocks."""
        values = np.array([[self.plan.assumptions[one].base] for one in self.plan.drawn])
        values = np.repeat(values.reshape(-1, 1), count, 1)
        return self.draws(values, np.zeros((len(self.swinging), YEARS, count)), drawn=False)

    def draws(self, values: Floats, shocks: Floats, *, drawn: bool = True) -> Draws:
        """drawn: False leaves every market at 1."""
        count = values.shape[1]
        index = np.ones((1 + len(self.plan.indices), YEARS, count))
        for row, one in enumerate(self.plan.indices, 1):
            rate = self._rate(one.rate, values)
            if one.deviation:
                mine = shocks[self.swinging.index(one.name)]
                swing(index[row], mine, rate, one.deviation, one.persistence)
            else:
                np.power(1 + rate, np.arange(YEARS)[:, None], out=index[row])
        market = np.ones((1 + len(self.plan.markets), YEARS, count))
        for row, one in enumerate(self.plan.markets, 1):
            if one.deviation and drawn:
                np.exp(self._swing(one, shocks), out=market[row])
        return Draws(values, index, market)

    def _rate(self, rate: Value | None, values: Floats) -> Floats:
        what = number(rate or Value(0.0), self.names)
        return Draws(values, values, values).of(what)

    def _swing(self, one: Series, shocks: Floats) -> Floats:
        """AR(1) with the stationary deviation of the series, [years, N], such that its
        exponential is 1 on average."""
        mine = shocks[self.swinging.index(one.name)]
        found = np.empty_like(mine)
        found[0] = mine[0] * one.deviation
        fresh = one.deviation * np.sqrt(1 - one.persistence**2)
        for year in range(1, YEARS):
            np.multiply(mine[year], fresh, out=found[year])
            found[year] += one.persistence * found[year - 1]
        found -= one.deviation**2 / 2
        return found
