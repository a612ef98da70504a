"""Assumptions: a value, its range, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from wesprint.engines.cashflow.reading import Known, Node

Floats = NDArray[np.float64]
KINDS: Final = ("fixed", "uniform", "triangular", "pert", "normal", "lognormal", "chance")
GRID: Final = np.linspace(-5.0, 5.0, 2001)
"""Standard normals at which quantiles are tabulated; beyond them the end values hold."""


@dataclass(frozen=True)
class Assumption:
    """One input of a plan.

    low, high: the whole range for uniform, triangular and pert; the 5th and 95th percentile for
    normal and lognormal (cut at `least` and `most`). chance: happens (1) with probability `value`
    in the draws, and happens in the base case. evidence: name of a file.
    """

    name: str
    unit: str
    value: float
    low: float
    high: float
    kind: str = "fixed"
    least: float = float("-inf")
    most: float = float("inf")
    source: str = ""
    date: str = ""
    owner: str = ""
    evidence: str = ""
    note: str = ""

    @property
    def drawn(self) -> bool:
        return self.kind != "fixed"

    @property
    def base(self) -> float:
        return 1.0 if self.kind == "chance" else self.value

    @property
    def lacking(self) -> tuple[str, ...]:
        """Which of source, date, owner and evidence are missing."""
        return tuple(n for n in ("source", "date", "owner", "evidence") if not getattr(self, n))

    @property
    def bounds(self) -> tuple[float, float]:
        """Between these lies every draw."""
        if self.kind == "chance":
            return 0.0, 1.0
        if self.kind in ("normal", "lognormal"):
            ends = self._quantiles(np.array([-5.0, 5.0]))
            return float(ends[0]), float(ends[1])
        return (self.low, self.high) if self.drawn else (self.value, self.value)

    def known(self) -> Known:
        low, high = self.bounds
        return Known(self.base, low, high, self.drawn)

    def table(self) -> Floats:
        """The value at each standard normal of GRID."""
        return self._quantiles(GRID)

    def quantile(self, share: float) -> float:
        """The value that a share of all draws does not exceed."""
        return float(self._quantiles(np.array([stats.norm.ppf(share)]))[0])

    def _quantiles(self, normals: Floats) -> Floats:
        share = stats.norm.cdf(normals)
        if self.kind == "chance":
            return (share >= 1 - self.value).astype(np.float64)
        if self.kind == "normal":
            spread = (self.high - self.low) / (2 * stats.norm.ppf(0.95))
            return np.clip(self.value + spread * normals, self.least, self.most)
        if self.kind == "lognormal":
            spread = np.log(self.high / self.low) / (2 * stats.norm.ppf(0.95))
            drawn: Floats = self.value * np.exp(spread * normals)
            return np.clip(drawn, self.least, self.most)
        return self._bounded(share)

    def _bounded(self, share: Floats) -> Floats:
        width = self.high - self.low
        if self.kind == "fixed" or width == 0:
            return np.full_like(share, self.value)
        mode = (self.value - self.low) / width
        shape = {
            "uniform": stats.uniform(),
            "triangular": stats.triang(mode),
            "pert": stats.beta(1 + 4 * mode, 5 - 4 * mode),
        }[self.kind]
        return np.asarray(self.low + width * shape.ppf(share), dtype=np.float64)


def read_assumptions(node: Node, overrides: Mapping[str, float]) -> dict[str, Assumption]:
    """Raises PlanError. An override moves the value; a range that it leaves is moved along."""
    found = {name: _read(name, one) for name, one in node.pairs()}
    for name, value in overrides.items():
        if name not in found:
            raise node.error(f"there is no assumption {name!r}")
        found[name] = _moved(found[name], value)
    return found


def _moved(one: Assumption, value: float) -> Assumption:
    shift = value - one.value
    inside = one.low <= value <= one.high
    low, high = (one.low, one.high) if inside else (one.low + shift, one.high + shift)
    return replace(one, value=value, low=low, high=high)


def _read(name: str, node: Node) -> Assumption:
    node.object()
    kind = one.choice(*KINDS) if (one := node.get("distribution")) else "fixed"
    value = node["value"].number()

    def text(key: str) -> str:
        return found.text() if (found := node.get(key)) else ""

    def end(key: str, default: float) -> float:
        return found.number() if (found := node.get(key)) else default

    one_read = Assumption(
        name,
        text("unit"),
        value,
        end("low", value),
        end("high", value),
        kind,
        end("least", float("-inf")),
        end("most", float("inf")),
        text("source"),
        found.date() if (found := node.get("date")) else "",
        text("owner"),
        text("evidence"),
        text("note"),
    )
    node.done()
    _check(one_read, node)
    return one_read


def _check(one: Assumption, node: Node) -> None:
    if one.kind == "chance":
        if not 0 <= one.value <= 1:
            raise node.error(f"a chance of {one.value:g} is not between 0 and 1")
        return
    if not one.low <= one.value <= one.high:
        raise node.error(f"{one.value:g} is not between low {one.low:g} and high {one.high:g}")
    if one.kind == "lognormal" and one.low <= 0:
        raise node.error("a lognormal range lies above 0")
