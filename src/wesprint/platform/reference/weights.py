"""What a thing weighs: weighed, else known from own weighings, else estimated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median_low

from django.utils.formats import number_format
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
    """Raise Invalid for a weight that cannot be right: nothing, negative, a kettle of 2 t, or a
    chest of drawers of 500 g. For a batch the weight of all of it."""
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
    if grams < facts.min_plausible_g:
        raise _too_light(facts, grams)


def _too_heavy(facts: CategoryFacts) -> Invalid:
    limit = {"limit": f"{facts.max_plausible_g / 1000:g}"}
    return Invalid(
        _("This is too heavy for the category: more than %(limit)s kg is not plausible.") % limit,
        kept=_("Nothing was saved yet."),
        next=_("Please check the unit and the decimal comma, or choose another category."),
        field="mass",
        code="mass-implausible",
    )


def _too_light(facts: CategoryFacts, grams: int) -> Invalid:
    limit = {"mass": _kilos(grams), "limit": _kilos(facts.min_plausible_g)}
    said = _("%(mass)s is too light for the category: less than %(limit)s is not plausible.")
    return Invalid(
        said % limit,
        kept=_("Nothing was saved yet."),
        next=_what_to_check(facts.probably_meant(grams)),
        field="mass",
        code="mass-implausible",
    )


def _what_to_check(meant: int) -> object:
    if not meant:
        return _(
            "Please check the unit and the decimal comma. If it really weighs so little, it "
            "belongs to another category: please choose that."
        )
    return _(
        "Is %(mass)s meant? Please check the unit and the decimal comma. If it really weighs so "
        "little, it belongs to another category: please choose that."
    ) % {"mass": _kilos(meant)}


def _kilos(grams: int) -> str:
    """With the comma of the language, to the gram."""
    return f"{number_format(Decimal(grams).scaleb(-3).normalize())} kg"
