"""Times as a form sends them: a slot's id and a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wesprint.apps.goods.models import Way
from wesprint.apps.goods.presenters.appointments import time_option
from wesprint.apps.goods.selectors import appointments as ask
from wesprint.apps.goods.services.appointments import Time
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre

MOST = 60


def at_once(centre: Centre) -> dict[str, list[dict[str, Any]]]:
    """By way: what a giver may take together with the offer. Eight queries at most."""
    found = {way: ask.free_times(centre, way, now(), at_once=True) for way in Way.values}
    return {way: [time_option(one) for one in times[:MOST]] for way, times in found.items()}


def chosen_at_once(centre: Centre, data: dict[str, Any]) -> Time | None:
    """The time for the way that was chosen; what stands with the other way does not count."""
    key = data.get(f"time_{data['way']}", "")
    return chosen(centre, key) if key else None


def chosen(centre: Centre, key: str) -> Time:
    """Raises Invalid, or NotFound for a slot of another house."""
    number, _slash, text = key.partition("/")
    try:
        return Time(ask.slot_by_id(centre, number), date.fromisoformat(text))
    except ValueError:
        raise Invalid(_("Please choose one of the times shown."), field="time") from None
