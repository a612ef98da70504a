"""Whole numbers that are not known exactly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import prod


class Sign(StrEnum):
    SAVES = "saves"
    COULD_BE_ZERO = "could-be-zero"
    COSTS = "costs"


@dataclass(frozen=True, slots=True)
class Range:
    """low <= central <= high, all in one unit: grams of CO2e, grams, or per mille.

    Raises ValueError when the ends are crossed. Arithmetic is that of intervals: ends combine
    with the ends that make the result widest, centrals with centrals.
    """

    low: int
    central: int
    high: int

    def __post_init__(self) -> None:
        if not self.low <= self.central <= self.high:
            raise ValueError(f"crossed range: {self.low} .. {self.central} .. {self.high}")

    @classmethod
    def exact(cls, value: int) -> Range:
        return cls(value, value, value)

    @classmethod
    def sum(cls, ranges: Iterable[Range]) -> Range:
        low = central = high = 0
        for one in ranges:
            low, central, high = low + one.low, central + one.central, high + one.high
        return cls(low, central, high)

    def __add__(self, other: Range) -> Range:
        if not isinstance(other, Range):
            return NotImplemented
        return Range(self.low + other.low, self.central + other.central, self.high + other.high)

    def __neg__(self) -> Range:
        return Range(-self.high, -self.central, -self.low)

    def __sub__(self, other: Range) -> Range:
        if not isinstance(other, Range):
            return NotImplemented
        return self + -other

    def times(self, count: int) -> Range:
        """`count` equal things (count >= 0) whose errors go together."""
        return Range(self.low * count, self.central * count, self.high * count)

    def scaled(self, numerator: int, denominator: int) -> Range:
        """Times numerator / denominator (both positive), rounded outwards."""
        return Range(
            self.low * numerator // denominator,
            half_up(self.central * numerator, denominator),
            ceil_div(self.high * numerator, denominator),
        )

    @property
    def sign(self) -> Sign:
        if self.low > 0:
            return Sign.SAVES
        return Sign.COSTS if self.high < 0 else Sign.COULD_BE_ZERO


ZERO = Range(0, 0, 0)


def product(ranges: Sequence[Range], denominator: int) -> Range:
    """Of ranges that are not negative, over a positive denominator, rounded outwards once."""
    return Range(
        prod(one.low for one in ranges) // denominator,
        half_up(prod(one.central for one in ranges), denominator),
        ceil_div(prod(one.high for one in ranges), denominator),
    )


def ceil_div(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
