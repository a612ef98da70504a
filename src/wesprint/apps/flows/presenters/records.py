"""The house's own footprint and the baselines, in the shapes that the components take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _

from wesprint.apps.flows.models import Activity, Baseline
from wesprint.apps.flows.selectors.records import OwnLine, own_by_activity
from wesprint.engines.footprint import OwnFootprint, Range
from wesprint.web import formats

_SHORTEST = Decimal(1)


def amount(thousandths: int) -> str:
    """As many decimals as it has, at most three: "1.250", "12,5"."""
    value = (Decimal(thousandths) / 1000).normalize()
    decimals = max(0, -int(value.as_tuple().exponent))
    return formats.number(value, decimals)


def range_text(one: Range) -> str:
    return formats.co2e(one.low, one.high)


def total(lines: Sequence[OwnLine]) -> Range:
    return sum((line.footprint for line in lines), OwnFootprint()).emitted


def own_table(lines: Sequence[OwnLine]) -> dict[str, Any]:
    """One row a month and use, the newest first."""
    labels = (_("quantity"), _("a unit emits"), _("emitted"))
    return {
        "columns": [
            {"label": _("Month"), "kind": "text"},
            {"label": _("What"), "kind": "text"},
            *({"label": label, "kind": "number"} for label in labels),
            {"label": _("Source"), "kind": "text"},
        ],
        "rows": [{"cells": _own_cells(line)} for line in reversed(lines)],
    }


def _own_cells(line: OwnLine) -> list[str]:
    factor = line.factor
    return [
        month_name(line.month),
        str(Activity(line.activity).label),
        f"{amount(line.quantity)}\N{NO-BREAK SPACE}{factor.unit}",
        f"{formats.number(factor.low_g)}–{formats.number(factor.high_g)} g/{factor.unit}",
        range_text(line.footprint.emitted),
        f"{factor.source.publisher} {factor.source.year}",
    ]


def month_name(month: date) -> str:
    return f"{MONTHS[month.month]} {month.year}"


def own_chart(lines: Sequence[OwnLine]) -> dict[str, Any]:
    """Central values by month, one colour a use."""
    months = sorted({line.month for line in lines})
    used = [one for one in Activity if any(line.activity == one for line in lines)]
    return {
        "categories": [f"{MONTHS_3[one.month].capitalize()} {one:%y}" for one in months],
        "unit": "kg CO₂e",
        "stacked": True,
        "series": [
            {"name": str(one.label), "values": [_kilos(lines, one, month) for month in months]}
            for one in used
        ],
    }


def _kilos(lines: Iterable[OwnLine], activity: str, month: date) -> float:
    grams = sum(
        line.footprint.emitted.central
        for line in lines
        if line.activity == activity and line.month == month
    )
    return round(grams / formats.KILO, 1)


def own_by_use(lines: Sequence[OwnLine]) -> list[dict[str, str]]:
    """For the account: each use with its range, the largest first."""
    sums = sorted(own_by_activity(lines).items(), key=lambda pair: -pair[1].emitted.central)
    return [
        {"label": str(Activity(name).label), "value": range_text(found.emitted)}
        for name, found in sums
    ]


def baseline_cards(found: Iterable[Baseline]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.public_id,
            "value": f"{amount(one.value)}\N{NO-BREAK SPACE}",
            "unit": one.unit,
            "label": one.get_kind_display(),
            "when": formats.full_date(one.as_of),
            "source": one.source,
            "note": one.note,
            "house": one.centre.name,
        }
        for one in found
    ]
