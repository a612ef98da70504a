"""How the avoided emissions were computed: the words, the sources, each category."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wesprint.apps.flows.costs import HOUR, SUPPLIES, WORKSHOP_HOUR, Spent, by_kind
from wesprint.apps.flows.footprint import Reused, bounds_of, displacement_of, inputs_on, items_of
from wesprint.apps.flows.presenters.account import category_name, group_name
from wesprint.apps.flows.selectors.picture import Picture
from wesprint.engines.footprint import (
    ENOUGH,
    Answers,
    Driver,
    Range,
    Share,
    Sign,
    displacement,
)
from wesprint.platform.reference.facts import CUSTOMER_TRIP, FootprintInputs
from wesprint.platform.reference.models import Source
from wesprint.platform.reference.selectors import sources
from wesprint.web import formats

DRIVERS: Mapping[Driver, Any] = {
    Driver.PRODUCTION: gettext_lazy("what making a new one emits"),
    Driver.DISPLACEMENT: gettext_lazy("how often something used replaces something new"),
    Driver.LIFETIME: gettext_lazy("how long a used thing still lasts"),
    Driver.REPAIR: gettext_lazy("what the repair emits"),
    Driver.TRANSPORT: gettext_lazy("what the ways emit"),
    Driver.EXTRA_USE: gettext_lazy("what old appliances use more"),
}


def how_computed(picture: Picture) -> dict[str, Any]:
    """What the section "how is this computed" shows. No query once the facts are known."""
    footprint = picture.footprint
    return {
        "method": footprint.method,
        "draws": formats.number(footprint.draws),
        "bounds": formats.co2e(footprint.bounds.low, footprint.bounds.high),
        "likely": formats.co2e(footprint.likely.low, footprint.likely.high),
        "driver": DRIVERS.get(footprint.driver, ""),
        "weighed": formats.percent(footprint.weighed_permille / 1000),
        "could_be_zero": bool(footprint.count) and footprint.sign is Sign.COULD_BE_ZERO,
        "answers": formats.number(picture.survey.whole.count),
        "enough": formats.number(ENOUGH),
        "asked_here": picture.survey.whole.enough,
        "sources": sources_of(picture.facts_of),
        **_known(inputs_on(picture.facts_of)),
    }


def _known(inputs: FootprintInputs) -> dict[str, str]:
    """How many kinds of things have factors, and how many of them from one source alone."""
    single = sum(len({one.source for one in found}) == 1 for found in inputs.factors.values())
    return {"kinds": formats.number(len(inputs.factors)), "one_source": formats.number(single)}


@lru_cache(maxsize=16)
def sources_of(on: date) -> tuple[Source, ...]:
    """Where the factors and shares of that day come from; a day's facts stay as they are."""
    inputs = inputs_on(on)
    used = {factor.source for factors in inputs.factors.values() for factor in factors}
    used |= {share.name for share in inputs.displacement.values()}
    used |= {one.source for one in inputs.services.values()}
    used |= {one.factor_source for one in inputs.services.values()}
    used |= {one.source for one in inputs.extra_uses.values()}
    return tuple(one for one in sources() if one.slug in used)


def category_tables(picture: Picture) -> list[dict[str, Any]]:
    """For each group of things, the heaviest first: its name, what it sums up to, and for
    `table.html` what each of its categories contributes, with its own bounds."""
    found: dict[str, list[tuple[Reused, Range]]] = {}
    widths = bounds_of(picture.reused, picture.facts_of, picture.survey)
    for one, width in sorted(widths, key=lambda pair: -pair[0].grams):
        found.setdefault(one.group, []).append((one, width))
    return [
        _group_table(group_name(picture.groups, group), each, picture)
        for group, each in sorted(found.items(), key=lambda pair: -_grams(pair[1]))
    ]


def _group_table(name: str, found: list[tuple[Reused, Range]], picture: Picture) -> dict[str, Any]:
    inputs, survey = inputs_on(picture.facts_of), picture.survey
    rows = [{"cells": _cells(one, at, displacement_of(one, inputs, survey))} for one, at in found]
    sums = f"{formats.kilos(_grams(found))} · {_co2e(Range.sum(width for _one, width in found))}"
    return {"name": name, "sums": sums, "columns": _columns(), "rows": rows}


def _grams(found: list[tuple[Reused, Range]]) -> int:
    return sum(one.grams for one, _width in found)


def _cells(one: Reused, found: Range, displaced: Share) -> list[str]:
    return [
        category_name(one.category),
        formats.number(one.count),
        formats.kilos(one.grams),
        formats.percent(one.weighed / one.grams),
        share_text(displaced),
        formats.co2e(found.low, found.high),
    ]


# -- what is taken off -----------------------------------------------------------------------
_SPENT: Mapping[str, Any] = {
    WORKSHOP_HOUR: gettext_lazy("Current of the workshop"),
    SUPPLIES: gettext_lazy("Parts and materials"),
    "fetch": gettext_lazy("Fetched from givers"),
    "delivery": gettext_lazy("Delivered"),
    CUSTOMER_TRIP: gettext_lazy("Ways of the buyers"),
}


def costs_table(picture: Picture) -> dict[str, Any]:
    """For `table.html`: each cost with what was counted, what one of it emits, and its sum."""
    inputs = inputs_on(picture.facts_of)
    found = by_kind(picture.spent, inputs)
    rows = [[*_spent_cells(one, inputs), _co2e(grams)] for one, grams in found.items()]
    things = [one for each in picture.reused for one in items_of(each, inputs, picture.survey)]
    ways = Range.sum(one.transport for one in things)
    extra = Range.sum(one.extra_use for one in things)
    trips = sum(max(one.count, 1) for one in picture.reused)
    rows.append([str(_SPENT[CUSTOMER_TRIP]), formats.number(trips), _("assumed"), _co2e(ways)])
    rows.append([_("Extra use of old appliances"), "", _("assumed and published"), _co2e(extra)])
    total = Range.sum([*found.values(), ways, extra])
    return {
        "columns": [
            {"label": _("What"), "kind": "text"},
            {"label": _("quantity"), "kind": "number"},
            {"label": _("rests on"), "kind": "text"},
            {"label": _("emitted (utmost bounds)"), "kind": "number"},
        ],
        "rows": [{"cells": cells} for cells in rows],
        "foot": [_("Sum"), "", "", _co2e(total)],
    }


def _spent_cells(one: Spent, inputs: FootprintInputs) -> list[str]:
    name = str(_SPENT.get(one.kind, one.kind))
    if one.activity:
        driven = f"{formats.number(Decimal(one.quantity) / 1000, 1)} km"
        return [name, driven, _("driven: %(means)s") % {"means": one.activity}]
    if one.kind == WORKSHOP_HOUR:
        return [name, f"{formats.number(Decimal(one.quantity) / HOUR, 1)} h", _("assumed")]
    if one.kind == SUPPLIES:
        return [name, formats.kilos(one.quantity), _("weighed")]
    return [name, formats.number(one.quantity), _("assumed")]


def _co2e(one: Range) -> str:
    return formats.co2e(one.low, one.high)


def share_text(share: Share) -> str:
    """ "0,5 (0,25–0,76)", with a word for where it comes from."""
    low, central, high = (
        formats.number(Decimal(end) / 1000, 2)
        for end in (share.permille.low, share.permille.central, share.permille.high)
    )
    width = f"{central} ({low}–{high})"
    if share.assumed:
        return _("%(share)s assumed") % {"share": width}
    if share.name.startswith("survey:"):
        return _("%(share)s asked here") % {"share": width}
    return _("%(share)s asked elsewhere") % {"share": width}


def survey_table(picture: Picture) -> dict[str, Any]:
    """What buyers answered, group by group, and from when on it counts."""
    rows = [
        [group_name(picture.groups, group), *_answer_cells(answers)]
        for group, answers in picture.survey.groups
    ]
    labels = (_("yes"), _("perhaps"), _("no"), _("answers"), _("displacement"))
    return {
        "columns": [
            {"label": _("Group"), "kind": "text"},
            *({"label": label, "kind": "number"} for label in labels),
        ],
        "rows": [{"cells": cells} for cells in rows],
        "foot": [_("All things"), *_answer_cells(picture.survey.whole)],
    }


def _answer_cells(answers: Answers) -> list[str]:
    figures = [answers.yes, answers.perhaps, answers.no, answers.count]
    rate = share_text(Share("survey:", displacement(answers))) if answers.enough else ""
    return [*map(formats.number, figures), rate or _("too few answers")]


def _columns() -> list[dict[str, str]]:
    names = (
        _("number"), _("weight"), _("weighed"), _("displacement"), _("avoided (utmost bounds)"),
    )  # fmt: skip
    figures = [{"label": name, "kind": "number"} for name in names]
    return [{"label": _("Kind of thing"), "kind": "text"}, *figures]
