"""What keeping things in use emits itself: repair, transport, and the extra use of old devices.

Every cost is so many of something, times what one of it takes, times what that emits. All three
may be uncertain; a cost is never negative, and nothing is taken off for it being small.
"""

from __future__ import annotations

from dataclasses import dataclass

from wesprint.engines.footprint.ranges import ZERO, Range, product

THOUSANDTHS = 1000
PERMILLE = 1000


@dataclass(frozen=True, slots=True)
class Costs:
    """g CO2e, not negative. They lower what was avoided and are no own footprint: the meter of
    the house tells that one."""

    repair: Range = ZERO
    transport: Range = ZERO
    extra_use: Range = ZERO

    def __post_init__(self) -> None:
        if min(self.repair.low, self.transport.low, self.extra_use.low) < 0:
            raise ValueError("costs are not negative")

    def __add__(self, other: Costs) -> Costs:
        if not isinstance(other, Costs):
            return NotImplemented
        return Costs(
            self.repair + other.repair,
            self.transport + other.transport,
            self.extra_use + other.extra_use,
        )

    @property
    def together(self) -> Range:
        return self.repair + self.transport + self.extra_use


NO_COSTS = Costs()


def effort(quantity: int, each: Range, factor: Range, *, per: int = 1) -> Range:
    """`quantity` counted in parts of which `per` make one (3600 seconds make an hour), times
    what one takes in thousandths of a unit (metres, watt hours, grams), times g CO2e a unit (km,
    kWh, kg)."""
    return product((Range.exact(_counted(quantity)), each, factor), THOUSANDTHS * per)


def extra_use(count: int, yearly: Range, years: int, lasting: Range, factor: Range) -> Range:
    """`count` old devices, each taking `yearly` watt hours more than a new one for what is left
    of `years`: `lasting` per mille of them."""
    counted = Range.exact(_counted(count) * years)
    return product((counted, yearly, lasting, factor), THOUSANDTHS * PERMILLE)


def _counted(number: int) -> int:
    """More taken back than happened counts as nothing: a cost is no credit."""
    return max(0, number)
