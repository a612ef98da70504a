"""What the house itself emits. A type of its own that knows no sum with what was avoided:
nobody earns the right to emit by handing on a chair.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wesprint.engines.footprint.ranges import ZERO, Range


@dataclass(frozen=True, slots=True)
class Use:
    """So much of something that emits: `quantity` in thousandths of the unit (Wh, m, g) that
    `factor` is for (kWh, km, kg), in g CO2e."""

    kind: str
    quantity: int
    factor: Range

    def __post_init__(self) -> None:
        if self.quantity < 0:
            raise ValueError("a quantity used is not negative")


@dataclass(frozen=True, slots=True)
class OwnFootprint:
    """g CO2e. Adds to other own footprints and to nothing else."""

    emitted: Range = ZERO

    def __add__(self, other: OwnFootprint) -> OwnFootprint:
        if not isinstance(other, OwnFootprint):
            return NotImplemented
        return OwnFootprint(self.emitted + other.emitted)


def own_of(use: Use) -> OwnFootprint:
    return OwnFootprint(use.factor.scaled(use.quantity, 1000))


def own_total(uses: Iterable[Use]) -> OwnFootprint:
    found = OwnFootprint()
    for use in uses:
        found += own_of(use)
    return found
