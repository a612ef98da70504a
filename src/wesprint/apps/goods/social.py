"""The price for whoever shows a pass, to the cent."""

from __future__ import annotations

from dataclasses import dataclass

CENT = 1


@dataclass(frozen=True, slots=True)
class Reduced:
    """full = price + off, always."""

    full: int
    price: int

    @property
    def off(self) -> int:
        return self.full - self.price


def reduce(full: int, percent: int, least: int) -> Reduced:
    """`percent` less, half a cent in favour of the buyer; not below `least`, which never raises
    a price. What costs something still costs a cent: given away is another thing."""
    lower = full - (full * percent + 50) // 100
    return Reduced(full, min(full, max(lower, least, CENT)))
