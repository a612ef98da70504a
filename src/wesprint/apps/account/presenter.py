"""A house as it is set up, for those who may look and not change: lists of facts."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from wesprint.apps.account.forms import STATE_NAMES
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import Calendar, Span
from wesprint.web import formats
from wesprint.web.words import said

Facts = list[dict[str, Any]]


def hours_facts(calendar: Calendar) -> Facts:
    """Each weekday with its times, the closed ones too."""
    ordered = sorted(calendar.spans, key=lambda span: (span.weekday, span.opens))
    open_on = {day: list(spans) for day, spans in groupby(ordered, lambda span: span.weekday)}
    return [
        {"label": name, "value": ", ".join(map(_span, open_on.get(day, []))) or _("closed")}
        for day, name in WEEKDAYS.items()
    ]


def _span(span: Span) -> str:
    return f"{span.opens:%H:%M}–{span.closes:%H:%M}"


def closed_facts(calendar: Calendar) -> Facts:
    today = calendar.local(now()).date()
    return [
        {"label": formats.full_date(day), "value": said(reason) or "–"}
        for day, reason in sorted(calendar.closed.items())
        if day >= today
    ]


def address_facts(centre: Centre) -> Facts:
    pairs = (
        (_("Name of the house"), centre.name),
        (_("One sentence about it"), said(centre.claim)),
        (_("Street and number"), centre.street),
        (_("Town"), f"{centre.postcode} {centre.town}".strip()),
        (_("Federal state"), STATE_NAMES[centre.state]),
    )
    return [{"label": label, "value": value} for label, value in pairs if value]


def colour_facts(centre: Centre) -> Facts:
    pairs = (
        (_("On the light pages"), centre.colour_light),
        (_("On the dark pages"), centre.colour_dark),
    )
    return [{"label": label, "value": value or _("as everywhere")} for label, value in pairs]
