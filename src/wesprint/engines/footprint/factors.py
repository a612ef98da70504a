"""What making a new one would have emitted, from several sources kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isqrt, prod

from wesprint.engines.footprint.ranges import ZERO, Range, half_up

# A source whose published figure differs this much from another one's is worth a note.
DISAGREEMENT = 3


class Per(StrEnum):
    ITEM = "item"
    KILOGRAM = "kg"


@dataclass(frozen=True, slots=True)
class Factor:
    """One source's emissions of production. `grams`: g CO2e per item, or per kilogram."""

    source: str
    per: Per
    grams: Range

    def of(self, mass: int, count: int = 1) -> Range:
        """For `count` things of `mass` grams together. A factor per item ignores the mass."""
        if self.per is Per.ITEM:
            return self.grams.times(count)
        return self.grams.scaled(mass, 1000)


def production_range(factors: Sequence[Factor], mass: int, count: int = 1) -> Range:
    """g CO2e of making `count` alike things of `mass` grams together, over all sources.

    Lowest low, highest high. Sources differ by multiples, not by amounts, so the centre is the
    geometric mean of their centrals. No factor gives zero: nothing is claimed.
    """
    ranges = [factor.of(mass, count) for factor in factors]
    if not ranges:
        return ZERO
    centre = geometric_mean([one.central for one in ranges])
    return Range(min(one.low for one in ranges), centre, max(one.high for one in ranges))


def sources_disagree(factors: Sequence[Factor], mass: int, count: int = 1) -> bool:
    centrals = [factor.of(mass, count).central for factor in factors]
    return bool(centrals) and max(centrals) >= DISAGREEMENT * min(centrals)


def geometric_mean(values: Sequence[int]) -> int:
    """The n-th root of the product of n whole numbers >= 0, rounded down; exact, so that it is
    the same on every machine."""
    return _root(prod(values), len(values))


def _root(number: int, degree: int) -> int:
    if degree == 2:
        return isqrt(number)
    low, high = 0, 1 << -(-number.bit_length() // degree)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    return low


def material_factor(shares: Sequence[tuple[int, int]]) -> int:
    """Milligrams CO2e per gram of a thing from (share in per mille, milligrams CO2e per gram) of
    its materials: one published figure, whose width its pedigree gives."""
    return half_up(sum(share * emission for share, emission in shares), 1000)
