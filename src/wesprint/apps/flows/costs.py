"""What keeping things in use cost in a period: the workshop's hours and supplies, the ways of
the house. Buyers' ways and the extra use of old devices belong to each kind of thing
(`footprint.py`). Nothing here is the house's own footprint, which its meters tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wesprint.engines.footprint import Costs, Range, effort
from wesprint.platform.reference.facts import FootprintInputs

WORKSHOP_HOUR, SUPPLIES = "workshop-hour", "supplies"
HOUR, KILO = 3600, 1000
PER = {WORKSHOP_HOUR: HOUR, SUPPLIES: KILO}  # parts in which the quantity is counted


@dataclass(frozen=True, slots=True, order=True)
class Spent:
    """So much of one kind. quantity: seconds, grams, or a number of ways; with an `activity`
    metres driven."""

    kind: str
    quantity: int
    activity: str = ""

    @property
    def per(self) -> int:
        return PER.get(self.kind, 1)

    @property
    def is_repair(self) -> bool:
        return self.kind in PER


def added(spent: Iterable[Spent]) -> tuple[Spent, ...]:
    """One row for each kind and means; what was taken back counts against it."""
    sums: dict[tuple[str, str], int] = {}
    for one in spent:
        key = (one.kind, one.activity)
        sums[key] = sums.get(key, 0) + one.quantity
    rows = (Spent(kind, quantity, by) for (kind, by), quantity in sums.items() if quantity > 0)
    return tuple(sorted(rows))


def emitted(one: Spent, inputs: FootprintInputs) -> Range | None:
    """g CO2e; None where the facts of the day know nothing of it."""
    if one.activity:
        factor = inputs.emitted.get(one.activity)
        return effort(one.quantity, Range.exact(1), factor) if factor else None
    service = inputs.services.get(one.kind)
    return effort(one.quantity, service.each, service.factor, per=one.per) if service else None


def common(spent: Sequence[Spent], inputs: FootprintInputs) -> Costs:
    """All of it together, as the engine takes it off."""
    repair, transport = Costs().repair, Costs().transport
    for one in spent:
        grams = emitted(one, inputs)
        if grams is not None and one.is_repair:
            repair += grams
        elif grams is not None:
            transport += grams
    return Costs(repair, transport)


def by_kind(spent: Sequence[Spent], inputs: FootprintInputs) -> Mapping[Spent, Range]:
    found = ((one, emitted(one, inputs)) for one in spent)
    return {one: grams for one, grams in found if grams is not None}
