"""Avoided emissions of things that stay in use: always a range, with its driver and method.

`net = D * min(1, t_remaining / t_new) * E_production - E_repair - E_transport - E_extra_use`

The three costs are what one thing caused (its buyer's way, its extra current) and what was spent
for all of them together (the workshop, the van): `Costs`.

All amounts are whole grams of CO2e, all shares whole per mille. Rounding goes outwards (low ends
down, high ends up), so a range never looks more certain than its inputs.
"""

from wesprint.engines.footprint.avoided import Avoided, Item, Share, avoided
from wesprint.engines.footprint.costs import (
    NO_COSTS,
    Costs,
    effort,
    extra_use,
)
from wesprint.engines.footprint.factors import Factor, Per, material_factor, production_range
from wesprint.engines.footprint.own import OwnFootprint, Use, own_of, own_total
from wesprint.engines.footprint.ranges import ZERO, Range, Sign
from wesprint.engines.footprint.survey import ENOUGH, Answers, displacement, measured
from wesprint.engines.footprint.totals import Total, bounds, total
from wesprint.engines.footprint.words import METHOD_VERSION, Driver, Note

__all__ = [
    "ENOUGH",
    "METHOD_VERSION",
    "NO_COSTS",
    "ZERO",
    "Answers",
    "Avoided",
    "Costs",
    "Driver",
    "Factor",
    "Item",
    "Note",
    "OwnFootprint",
    "Per",
    "Range",
    "Share",
    "Sign",
    "Total",
    "Use",
    "avoided",
    "bounds",
    "displacement",
    "effort",
    "extra_use",
    "material_factor",
    "measured",
    "own_of",
    "own_total",
    "production_range",
    "total",
]
