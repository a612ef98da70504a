"""Many things together: exact bounds, and the narrower range that is likely.

Errors do not cancel out where things rest on the same source: all kettles share the kettle's
factors, all things without a survey share the assumed displacement. Each such input is drawn
once per draw, for everything that rests on it.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from wesprint.engines.footprint.avoided import Item, Share, net_range, swings
from wesprint.engines.footprint.costs import NO_COSTS, Costs
from wesprint.engines.footprint.ranges import ZERO, Range, Sign, half_up
from wesprint.engines.footprint.words import METHOD_VERSION, Driver

DRAWS = 10_000
SEED = 2026
TAIL = 5  # per cent of the draws on each side that "likely" leaves out

_Draws: TypeAlias = NDArray[np.float64]
_Group: TypeAlias = tuple[str, Share, Share]


@dataclass(frozen=True, slots=True)
class Total:
    """Sum over `count` items of `mass` grams.

    bounds: g CO2e, what is possible (every input at its end at once). likely: what nine of ten
    draws give. The central value of both is the sum of the items' central values; since ranges
    reach further up than down, more than half of the draws lie above it.
    """

    bounds: Range
    likely: Range
    driver: Driver
    sign: Sign
    count: int
    mass: int
    weighed_permille: int
    draws: int
    seed: int
    method: str = METHOD_VERSION


def bounds(items: Iterable[Item], common: Costs = NO_COSTS) -> Range:
    """The readable reference: the sum of the items' closed-form ranges, less what was spent for
    all of them together."""
    return Range.sum(net_range(item) for item in items) - common.together


def total(
    items: Sequence[Item], *, common: Costs = NO_COSTS, draws: int = DRAWS, seed: int = SEED
) -> Total:
    """Same items (in any order), costs, draws and seed give the same result. The sign is that of
    the likely range. No items and no costs give zero."""
    possible = bounds(items, common)
    likely = _likely(items, common, possible, draws, seed)
    mass = sum(item.mass for item in items)
    weighed = sum(item.mass for item in items if item.weighed)
    return Total(
        bounds=possible,
        likely=likely,
        driver=_driver(items, common),
        sign=likely.sign,
        count=sum(item.count for item in items),
        mass=mass,
        weighed_permille=half_up(1000 * weighed, mass) if mass else 0,
        draws=draws,
        seed=seed,
    )


def _likely(items: Sequence[Item], common: Costs, possible: Range, draws: int, seed: int) -> Range:
    if not items and common == NO_COSTS:
        return ZERO
    sums = _simulate(items, common, draws, seed)
    low, high = (float(value) for value in np.percentile(sums, [TAIL, 100 - TAIL]))
    centre = possible.central
    return Range(
        min(centre, max(possible.low, math.floor(low))),
        centre,
        max(centre, min(possible.high, math.ceil(high))),
    )


def _simulate(items: Sequence[Item], common: Costs, draws: int, seed: int) -> _Draws:
    inputs = _Inputs(draws, seed)
    groups = _production_by_group(items)
    sums = np.zeros(draws)
    for group in sorted(groups, key=order_of):
        category, kept, lasting = group
        made = inputs.stream(f"production:{category}").triangular(groups[group])
        sums += made * inputs.share("displacement", kept) * inputs.share("lifetime", lasting)
    for name, cost in costs_of(items, common).items():
        sums -= inputs.stream(f"cost:{name}").triangular(cost)
    return sums


def order_of(group: _Group) -> tuple[object, ...]:
    """The order in which groups are summed, so that others can sum the same floats."""
    category, *shares = group
    ends = [(share.permille.low, share.permille.central, share.permille.high) for share in shares]
    return category, *(share.name for share in shares), *ends, *(one.assumed for one in shares)


def _production_by_group(items: Iterable[Item]) -> dict[_Group, Range]:
    """Things of one category, displacement and remaining life are wrong together: add them."""
    groups: dict[_Group, Range] = defaultdict(lambda: ZERO)
    for item in items:
        groups[item.category, item.displacement, item.lifetime] += item.production
    return groups


def costs_of(items: Iterable[Item], common: Costs = NO_COSTS) -> dict[str, Range]:
    """All repairs are wrong together, and so are all ways and all extra use: they rest on the
    same few factors. In the order in which they are taken off."""
    costs = common
    for item in items:
        costs += Costs(item.repair, item.transport, item.extra_use)
    return {"repair": costs.repair, "transport": costs.transport, "extra-use": costs.extra_use}


def places(draws: int, seed: int, name: str) -> _Draws:
    """The draws of one uncertain input, as places 0..1 in its distribution."""
    digest = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    return np.random.Generator(np.random.PCG64([seed, digest])).random(draws)


class _Stream:
    """An input's places with their roots, which every quantile needs."""

    def __init__(self, draws: int, seed: int, name: str) -> None:
        self.place = places(draws, seed, name)
        self.root, self.root_from_above = np.sqrt(self.place), np.sqrt(1 - self.place)

    def triangular(self, shape: Range) -> _Draws:
        """Quantiles of the triangular distribution over low, central (mode) and high."""
        width, left, right = (
            shape.high - shape.low, shape.central - shape.low, shape.high - shape.central,
        )  # fmt: skip
        if width == 0:
            return np.full_like(self.place, shape.low)
        rising = shape.low + self.root * math.sqrt(width * left)
        falling = shape.high - self.root_from_above * math.sqrt(width * right)
        return np.where(self.place < left / width, rising, falling)


class _Inputs:
    """Each input has its own stream, found by its name: the order of items is irrelevant."""

    def __init__(self, draws: int, seed: int) -> None:
        self._stream = lru_cache(maxsize=None)(partial(_Stream, draws, seed))
        self.share = lru_cache(maxsize=None)(self._share)

    def stream(self, name: str) -> _Stream:
        return self._stream(name)

    def _share(self, kind: str, share: Share) -> _Draws:
        return self.stream(f"{kind}:{share.name}").triangular(share.permille) / 1000


def _driver(items: Iterable[Item], common: Costs) -> Driver:
    sums: dict[Driver, int] = defaultdict(int)
    sums[Driver.REPAIR] = common.repair.high - common.repair.low
    sums[Driver.TRANSPORT] = common.transport.high - common.transport.low
    sums[Driver.EXTRA_USE] = common.extra_use.high - common.extra_use.low
    for item in items:
        for driver, width in swings(item).items():
            sums[driver] += width
    widest = max(sums.values(), default=0)
    return next((driver for driver in Driver if widest and sums[driver] == widest), Driver.NONE)
