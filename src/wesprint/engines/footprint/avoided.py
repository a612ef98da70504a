"""One thing that was sold or kept in use: what that avoided, counted once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from wesprint.engines.footprint.factors import Factor, production_range, sources_disagree
from wesprint.engines.footprint.ranges import ZERO, Range, Sign, product
from wesprint.engines.footprint.words import METHOD_VERSION, Driver, Note

_SQUARE = 1_000_000  # per mille times per mille


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per mille, 0..1000, with the name of what it rests on.

    Things whose shares have the same `name` are wrong together: their errors do not cancel out.
    """

    name: str
    permille: Range
    assumed: bool = False

    def __post_init__(self) -> None:
        if self.permille.low < 0 or self.permille.high > 1000:
            raise ValueError(f"a share lies between 0 and 1000 per mille: {self.permille}")


@dataclass(frozen=True, slots=True)
class Item:
    """A thing in use again. `mass` in grams; costs in g CO2e, not negative.

    `lifetime` is min(1, remaining life / life of a new one). A batch by the kilo is one item.
    A lot of `count` alike things, `mass` grams together, counts as that many things of their
    mean mass: so a page can sum 100,000 things by category and grade.
    """

    category: str
    mass: int
    weighed: bool
    factors: tuple[Factor, ...]
    displacement: Share
    lifetime: Share
    repair: Range = ZERO
    transport: Range = ZERO
    extra_use: Range = ZERO
    count: int = 1
    production: Range = field(init=False, repr=False, compare=False)  # follows from the others

    def __post_init__(self) -> None:
        if self.mass < 0 or min(self.repair.low, self.transport.low, self.extra_use.low) < 0:
            raise ValueError("mass and costs of an item are not negative")
        if self.count < 1:
            raise ValueError("a lot has at least one thing")
        object.__setattr__(
            self, "production", production_range(self.factors, self.mass, self.count)
        )

    @property
    def costs(self) -> Range:
        return self.repair + self.transport + self.extra_use


@dataclass(frozen=True, slots=True)
class Avoided:
    """The answer for one item: `net` g CO2e avoided (below zero: caused), and why so wide."""

    net: Range
    production: Range
    driver: Driver
    sign: Sign
    notes: tuple[Note, ...]
    method: str = METHOD_VERSION


def avoided(item: Item) -> Avoided:
    net = net_range(item)
    return Avoided(net, item.production, main_driver(item), net.sign, tuple(_notes(item, net)))


def net_range(item: Item) -> Range:
    """The formula in closed form: exact bounds, reached when all inputs are at their ends."""
    made, kept, lasting = item.production, item.displacement.permille, item.lifetime.permille
    return product((made, kept, lasting), _SQUARE) - item.costs


def main_driver(item: Item) -> Driver:
    """The input whose own width moves the result most while all others stay central."""
    widths = [(width, driver) for driver, width in swings(item).items() if width > 0]
    return max(widths, key=lambda pair: pair[0])[1] if widths else Driver.NONE


def swings(item: Item) -> dict[Driver, int]:
    """g CO2e by which each input alone moves the result; the first of equals counts as main."""
    made, kept, lasting = item.production, item.displacement.permille, item.lifetime.permille
    return {
        Driver.PRODUCTION: _width(made) * kept.central * lasting.central // _SQUARE,
        Driver.DISPLACEMENT: made.central * _width(kept) * lasting.central // _SQUARE,
        Driver.LIFETIME: made.central * kept.central * _width(lasting) // _SQUARE,
        Driver.REPAIR: _width(item.repair),
        Driver.TRANSPORT: _width(item.transport),
        Driver.EXTRA_USE: _width(item.extra_use),
    }


def _width(one: Range) -> int:
    return one.high - one.low


def _notes(item: Item, net: Range) -> Iterator[Note]:
    if net.sign is Sign.COULD_BE_ZERO:
        yield Note.COULD_BE_ZERO
    if not item.factors:
        yield Note.NO_FACTOR
    if not item.weighed:
        yield Note.MASS_ESTIMATED
    if item.displacement.assumed:
        yield Note.DISPLACEMENT_ASSUMED
    if sources_disagree(item.factors, item.mass, item.count):
        yield Note.SOURCES_DISAGREE
