"""What a thing weighs: weighed, else known from own weighings, else estimated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low

from django.utils.translation import gettext_lazy as _

from wesprint.kernel.errors import Invalid
from wesprint.platform.reference.facts import CategoryFacts

ENOUGH_WEIGHINGS = 5


class MassBasis(StrEnum):
    OWN_WEIGHINGS = "own_weighings"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class TypicalMass:
    """`grams` and what it rests on; `n` own weighings are known, used or not."""

    grams: int
    basis: MassBasis
    n: int


def typical_mass(weighed: Sequence[int], estimate: int) -> TypicalMass:
    """The median of an organisation's own weighings (grams) of a category once there are five;
    until then the estimate. Of two middle ones the lighter, so that it was really on the scale."""
    if len(weighed) >= ENOUGH_WEIGHINGS:
        return TypicalMass(median_low(weighed), MassBasis.OWN_WEIGHINGS, len(weighed))
    return TypicalMass(estimate, MassBasis.ESTIMATE, len(weighed))


def check_mass(facts: CategoryFacts, grams: int) -> None:
    """Raise Invalid for a weight that cannot be right: nothing, negative, or a kettle of 2 t."""
    if grams <= 0:
        raise Invalid(
            _("A weight must be more than zero."),
            kept=_("Nothing was saved yet."),
            next=_("Please weigh it again, or choose “estimated”."),
            field="mass",
            code="mass-not-positive",
        )
    if grams > facts.max_plausible_g:
        raise _too_heavy(facts)


def _too_heavy(facts: CategoryFacts) -> Invalid:
    limit = {"limit": f"{facts.max_plausible_g / 1000:g}"}
    return Invalid(
        _("This is too heavy for the category: more than %(limit)s kg is not plausible.") % limit,
        kept=_("Nothing was saved yet."),
        next=_("Please check the unit and the decimal comma, or choose another category."),
        field="mass",
        code="mass-implausible",
    )
