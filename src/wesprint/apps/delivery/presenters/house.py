"""Bikes, senders, prices and figures as the pages show them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from wesprint.apps.delivery.models import Bike, PriceRule, Sender
from wesprint.apps.delivery.presenters.days import kilometres
from wesprint.apps.delivery.selectors.figures import Figures
from wesprint.platform.reference.models import EmissionFactor
from wesprint.platform.reference.selectors import emission_factors
from wesprint.web import formats


def bike(one: Bike) -> dict[str, Any]:
    return {
        "name": one.name,
        "load": formats.kilos(one.capacity_g),
        "range": kilometres(one.range_m),
        "shift": f"{one.starts:%H:%M}–{one.ends:%H:%M}",
        "trailer": one.trailer,
    }


def sender(one: Sender) -> dict[str, Any]:
    return {
        "id": one.public_id,
        "name": one.name,
        "kind": one.get_kind_display(),
        "number": one.provider_number,
    }


def price(rule: PriceRule) -> dict[str, Any]:
    return {
        "size": rule.size,
        "for": rule.sender.name if rule.sender else _("all"),
        "cents": formats.money(rule.cents),
        "window": formats.money(rule.window_cents) if rule.window_cents else "",
        "within": kilometres(rule.within_m),
        "since": formats.short_date(rule.since),
    }


def month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _share(value: float | None) -> str:
    return "–" if value is None else formats.percent(value)


def figures(one: Figures) -> list[dict[str, str]]:
    an_hour = one.stops_an_hour
    drop = one.cents_a_drop
    return [
        {"value": formats.number(one.done), "label": _("stops done")},
        {"value": formats.number(one.parcels), "label": _("parcels brought")},
        {"value": kilometres(one.metres), "label": _("by bike, along the streets")},
        {
            "value": "–" if an_hour is None else formats.number(Decimal(f"{an_hour:.1f}"), 1),
            "label": _("stops an hour"),
        },
        {"value": _share(one.first_rate), "label": _("met at the first try")},
        {"value": _share(one.on_time_rate), "label": _("on time, within 15 minutes")},
        {"value": _share(one.load_factor), "label": _("of the bikes' load used")},
        {"value": formats.kilos(one.collected_g), "label": _("brought back as donations")},
        {
            "value": "–" if drop is None else formats.money(round(drop)),
            "label": _("cost of a stop: hours and kilometres at the bikes' rates"),
        },
    ]


def climate(one: Figures, day: date) -> dict[str, str] | None:
    """What the bikes emitted themselves, and the same kilometres in a van: an upper end, no saving.
    While the carrier's van still makes its round, none of it is saved (marginal baseline)."""
    found = emission_factors(day)
    own, van = found.get("cargo-bike"), found.get("van-diesel")
    if not one.metres or own is None or van is None:
        return None
    return {
        "own": _span(own, one.metres),
        "van": _span(van, one.metres),
        "sources": ", ".join(_dated(one) for one in (own, van)),
    }


def _span(found: EmissionFactor, metres: int) -> str:
    low, high = (round(grams * metres / 1000) for grams in (found.low_g, found.high_g))
    return formats.co2e(low, high)


def _dated(found: EmissionFactor) -> str:
    return f"{found.source.slug} {found.valid_from:%Y}"
