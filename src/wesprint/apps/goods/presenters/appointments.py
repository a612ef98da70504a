"""Appointments as givers and the house see them, and clearances as lists and as a bill."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from wesprint.apps.goods.models import Booking, Offer, OfferState, Slot, Way
from wesprint.apps.goods.presenters.inbox import icon_of
from wesprint.apps.goods.selectors import appointments as ask
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.web import formats

WAY_ICONS = {Way.BRING: "give", Way.FETCH: "bike"}


def when(booking: Booking) -> str:
    """ "Dienstag, 1. Dezember, 10:00 – 12:00 Uhr" """
    return f"{formats.day(booking.day)}, {hours(booking.slot)}"


def hours(slot: Slot) -> str:
    text = f"{slot.starts:%H:%M} – {slot.ends:%H:%M}"
    return _("%(time)s o'clock") % {"time": text}


def appointment_of(offer: Offer) -> dict[str, Any]:
    """For the giver's page: what is agreed, and which times can be chosen."""
    booking = ask.booking_of(offer)
    return {
        "agreed": when(booking) if booking else "",
        "times": _times_for(offer, booking) if _may_choose(offer) else [],
        "waits_for_delivery": bool(booking and booking.intent and booking.intent.state == "open"),
    }


_OPEN = (OfferState.OFFERED, OfferState.ASKED, OfferState.ACCEPTED)


def _may_choose(offer: Offer) -> bool:
    return offer.state in _OPEN


def _times_for(offer: Offer, booking: Booking | None) -> list[dict[str, Any]]:
    early = offer.state != OfferState.ACCEPTED
    free = ask.free_times(offer.centre, offer.way, now(), at_once=early)
    mine = (booking.slot_id, booking.day) if booking else None
    return [time_option(one) for one in free[:60] if (one.slot.pk, one.day) != mine]


def time_option(one: ask.FreeTime) -> dict[str, Any]:
    return {"value": one.key, "label": f"{formats.day(one.day)}, {hours(one.slot)}"}


def days(found: Iterable[Booking], slug: str) -> list[dict[str, Any]]:
    """The house's calendar: each day with who comes or is fetched from."""
    by_day: dict[date, list[dict[str, Any]]] = {}
    for booking in found:
        by_day.setdefault(booking.day, []).append(_appointment(booking, slug))
    return [{"day": day, "rows": rows} for day, rows in by_day.items()]


def _appointment(booking: Booking, slug: str) -> dict[str, Any]:
    offer = booking.offer
    lines = list(offer.lines.all())
    giver = offer.giver
    return {
        "hours": hours(booking.slot),
        "icon": WAY_ICONS[Way(booking.slot.way)],
        "way": _("is fetched") if booking.slot.way == Way.FETCH else _("brings it"),
        "url": reverse("goods_offer", args=[slug, offer.public_id]),
        "title": lines[0].what if lines else "",
        "more": len(lines) - 1,
        "number": offer.number,
        "name": (giver.name or giver.phone) if giver else "",
        "address": offer.fetch_address if booking.slot.way == Way.FETCH else "",
        "waits": bool(booking.intent and booking.intent.state == "open"),
    }


def slots(found: Iterable[Slot]) -> list[dict[str, Any]]:
    return [
        {
            "id": slot.public_id,
            "icon": WAY_ICONS[Way(slot.way)],
            "way": Way(slot.way).label,
            "when": f"{WEEKDAYS[slot.weekday]}, {hours(slot)}",
            "capacity": slot.capacity,
            "at_once": slot.at_once,
            "until": slot.until,
        }
        for slot in found
    ]


def lines(offer: Offer) -> list[dict[str, Any]]:
    """What was offered, line by line, with the store's choice."""
    return [
        {
            "position": line.position,
            "what": line.what,
            "count": line.count,
            "size": line.get_size_display(),
            "wish": line.wish,
            "taken": line.taken,
            "icon": icon_of(line),
            "never": bool(line.category_id and line.category and line.category.slug in never()),
        }
        for line in offer.lines.all()
    ]


def never() -> frozenset[str]:
    """Slugs of what the house never takes today."""
    from wesprint.apps.goods.selectors.house import tree

    return frozenset(facts.slug for facts in tree(now().date()).not_taken)


REST_HEADER = ("line", "what", "count", "size")


def rest_rows(offer: Offer) -> list[tuple[int, str, int, str]]:
    """What is left to the waste authority; numbers from 1."""
    left = [line for line in offer.lines.all() if line.taken is False]
    return [(place, line.what, line.count, line.size) for place, line in enumerate(left, 1)]


# -- the statement -------------------------------------------------------------------------
def statement(found: ask.Statement, slug: str) -> dict[str, Any]:
    """For components/table.html."""
    return {
        "columns": [
            {"label": _("Day")},
            {"label": _("Offer")},
            {"label": _("Pieces taken in"), "kind": "number"},
            {"label": _("Kept out of bulky waste"), "kind": "number"},
            {"label": _("of it weighed"), "kind": "number"},
            {"label": _("Rate per tonne"), "kind": "number"},
            {"label": _("Amount"), "kind": "number"},
        ],
        "rows": [_kept_row(one, slug) for one in found.rows],
        "foot": [
            _("Together"),
            "",
            formats.number(found.pieces),
            formats.kilos_exact(found.grams),
            formats.kilos_exact(found.weighed_grams),
            "",
            formats.money(found.cents),
        ],
    }


def _kept_row(one: ask.Kept, slug: str) -> dict[str, Any]:
    offer = one.clearance.offer
    return {
        "url": reverse("goods_offer", args=[slug, offer.public_id]),
        "cells": [
            formats.short_date(one.clearance.chosen_at or offer.offered_at),
            _("No. %(number)s") % {"number": offer.number},
            formats.number(one.pieces),
            formats.kilos_exact(one.grams),
            formats.kilos_exact(one.weighed_grams),
            formats.money(one.cents_per_tonne),
            formats.money(one.cents),
        ],
    }


STATEMENT_HEADER = (
    *("day", "offer", "pieces", "grams", "weighed_grams", "cents_per_tonne", "cents"),
)


def statement_rows(
    found: ask.Statement, centre: Centre
) -> list[tuple[str, int, int, int, int, int, int]]:
    return [
        (
            _day_of(one.clearance.chosen_at, centre),
            one.clearance.offer.number,
            one.pieces,
            one.grams,
            one.weighed_grams,
            one.cents_per_tonne,
            one.cents,
        )
        for one in found.rows
    ]


def _day_of(moment: datetime | None, centre: Centre) -> str:
    return moment.astimezone(centre.tz).date().isoformat() if moment else ""
