"""The likely range once more, draw by draw in plain Python: slow, to be read, and equal to the
fast one to the last bit. Tests hold the two together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache, partial

from wesprint.engines.footprint.avoided import Item, Share
from wesprint.engines.footprint.costs import NO_COSTS, Costs
from wesprint.engines.footprint.ranges import ZERO, Range
from wesprint.engines.footprint.totals import TAIL, bounds, costs_of, order_of, places


def likely(items: Sequence[Item], *, common: Costs = NO_COSTS, draws: int, seed: int) -> Range:
    """What nine of ten draws give, around the sum of the central values."""
    if not items and common == NO_COSTS:
        return ZERO
    world = _World(items, common, draws, seed)
    sums = sorted(world.avoided(number) for number in range(draws))
    low, high = percentile(sums, TAIL), percentile(sums, 100 - TAIL)
    possible = bounds(items, common)
    return Range(
        min(possible.central, max(possible.low, math.floor(low))),
        possible.central,
        max(possible.central, min(possible.high, math.ceil(high))),
    )


class _World:
    """One draw is one possible world: an input that things share has one value for all."""

    def __init__(self, items: Sequence[Item], common: Costs, draws: int, seed: int) -> None:
        self.groups = [
            (group, Range.sum(item.production for item in items if _group_of(item) == group))
            for group in sorted({_group_of(item) for item in items}, key=order_of)
        ]
        self.costs = tuple(costs_of(items, common).items())
        self.places = lru_cache(maxsize=None)(partial(_places, draws, seed))

    def avoided(self, number: int) -> float:
        total = 0.0
        for (category, displaced, lasting), production in self.groups:
            made = self._value(number, f"production:{category}", production)
            kept = self._value(number, f"displacement:{displaced.name}", displaced.permille) / 1000
            left = self._value(number, f"lifetime:{lasting.name}", lasting.permille) / 1000
            total += made * kept * left
        for name, cost in self.costs:
            total -= self._value(number, f"cost:{name}", cost)
        return total

    def _value(self, number: int, name: str, shape: Range) -> float:
        return triangular(self.places(name)[number], shape)


def _group_of(item: Item) -> tuple[str, Share, Share]:
    """What is wrong together."""
    return item.category, item.displacement, item.lifetime


def _places(draws: int, seed: int, name: str) -> list[float]:
    return [float(place) for place in places(draws, seed, name)]


def triangular(place: float, shape: Range) -> float:
    """The quantile at `place` of the triangular distribution over low, central and high."""
    width, left = shape.high - shape.low, shape.central - shape.low
    if width == 0:
        return float(shape.low)
    if place < left / width:
        return shape.low + math.sqrt(place) * math.sqrt(width * left)
    return shape.high - math.sqrt(1 - place) * math.sqrt(width * (width - left))


def percentile(ordered: Sequence[float], percent: int) -> float:
    """Between the two nearest values, as numpy does it."""
    at = (len(ordered) - 1) * (percent / 100)
    below = math.floor(at)
    above, part = min(below + 1, len(ordered) - 1), at - below
    step = ordered[above] - ordered[below]
    return ordered[above] - step * (1 - part) if part >= 0.5 else ordered[below] + step * part
