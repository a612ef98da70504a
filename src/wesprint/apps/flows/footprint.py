"""Emissions avoided by things that are used again, from sums by category.

The sums know weight and number of a category's things, not each one's grade. So the remaining
life is taken from "needs a hand" (low end) over "good" to "like new" (high end); that is an
assumption of its own, shared by all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Protocol

from wesprint.apps.flows.costs import Spent, common
from wesprint.engines.footprint import (
    ZERO,
    Answers,
    Costs,
    Factor,
    Item,
    Per,
    Range,
    Share,
    bounds,
    measured,
    total,
)
from wesprint.engines.footprint import Total as Footprint
from wesprint.platform.reference.facts import FootprintInputs
from wesprint.platform.reference.models import Grade
from wesprint.platform.reference.selectors import footprint_inputs

DRAWS = 10_000
ANY_GRADE = "grade-unknown"


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """What a specification of the ledger is in the category tree; sorts as the tree does. What
    is in no category is a group of its own."""

    position: int
    group: str
    leaf: int
    name_de: str
    name_en: str
    category: str = ""
    parent: Kind | None = field(default=None, compare=False)

    @property
    def is_thing(self) -> bool:
        """Of a category that factors speak of."""
        return self.leaf > 0

    @property
    def group_only(self) -> Kind:
        return self.parent or self


@dataclass(frozen=True, slots=True)
class Reused:
    """Things of one category that left to be used on: grams, how many of those were weighed,
    and the number of hand-overs."""

    category: str
    group: str
    grams: int
    weighed: int
    count: int


class Asked(Protocol):
    """What buyers answered: for a group of things the sets that may speak for it."""

    def narrow_to_wide(self, group: str) -> Sequence[tuple[str, Answers]]: ...


def avoided(reused: Sequence[Reused], spent: Sequence[Spent], on: date, asked: Asked) -> Footprint:
    """g CO2e over all categories less what was spent, by the facts of that day. The same sums
    and facts give the same answer, so it is kept: no page waits for it twice."""
    inputs = inputs_on(on)
    items = tuple(item for one in reused for item in items_of(one, inputs, asked))
    return _total(items, common(spent, inputs))


def bounds_of(reused: Sequence[Reused], on: date, asked: Asked) -> tuple[tuple[Reused, Range], ...]:
    """What each category alone may have avoided, every input at its end."""
    inputs = inputs_on(on)
    return tuple((one, bounds(items_of(one, inputs, asked))) for one in reused)


@lru_cache(maxsize=256)
def _total(items: tuple[Item, ...], costs: Costs) -> Footprint:
    return total(items, common=costs, draws=DRAWS)


@lru_cache(maxsize=16)
def inputs_on(on: date) -> FootprintInputs:
    """Dated rows are never overwritten: a day's facts stay as they are."""
    return footprint_inputs(on)


def items_of(one: Reused, inputs: FootprintInputs, asked: Asked) -> tuple[Item, ...]:
    """The weighed and the estimated part of a category as two things of the engine."""
    if one.category not in inputs.displacement:
        return ()
    displaced = displacement_of(one, inputs, asked)
    parts = ((one.weighed, True), (one.grams - one.weighed, False))
    return tuple(_item(one, *part, displaced, inputs) for part in parts if part[0] > 0)


def displacement_of(one: Reused, inputs: FootprintInputs, asked: Asked) -> Share:
    """What the buyers said, once they are enough; before that what the reference says."""
    return measured(asked.narrow_to_wide(one.group), inputs.displacement[one.category])


def _item(one: Reused, mass: int, weighed: bool, displaced: Share, inputs: FootprintInputs) -> Item:
    factors, lasting = inputs.factors.get(one.category, ()), any_grade(inputs.lifetime)
    pieces = max(one.count, 1)
    return Item(
        one.category,
        mass,
        weighed,
        tuple(_for_many(factor, one, mass) for factor in factors),
        displaced,
        lasting,
        ZERO,  # what the workshop did is known of all things together
        inputs.trips(pieces).scaled(mass, one.grams),
        inputs.extra_use(one.category, pieces, lasting).scaled(mass, one.grams),
    )


def _for_many(factor: Factor, one: Reused, mass: int) -> Factor:
    """A factor per piece counts as often as pieces were handed over; by weight it stays."""
    if factor.per is not Per.ITEM:
        return factor
    return replace(factor, grams=factor.grams.scaled(max(one.count, 1) * mass, one.grams))


def any_grade(lifetime: Mapping[str, Share]) -> Share:
    low, middle, high = (lifetime[grade].permille for grade in (Grade.C, Grade.B, Grade.A))
    return Share(ANY_GRADE, Range(low.low, middle.central, high.high), assumed=True)
