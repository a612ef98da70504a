"""What the house in section and the page of the day say of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wesprint.apps.market.selectors.waiting import what_waits
from wesprint.apps.market.selectors.window import COUNTS_TO, shown_count
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.platform.people.viewer import Viewer
from wesprint.web import formats
from wesprint.web.rooms import DeskCard, TodayLine


def today(centre: Centre, at: datetime) -> Sequence[TodayLine]:
    """How much stands in the window; nothing while it is empty. One query."""
    count = shown_count(centre)
    if not count:
        return []
    text = ngettext("%(number)s good from the region", "%(number)s goods from the region", count)
    return [
        TodayLine(
            title=_("Town window"),
            text=text % {"number": formats.number_to(count, COUNTS_TO)},
            url=reverse("market_window", args=[centre.slug]),
            room="market",
        )
    ]


def desk(centre: Centre, viewer: Viewer, at: datetime) -> Sequence[DeskCard]:
    """What waits: bookings to hand out, suppliers and entries to decide about. One query, none
    for who sees none of them."""
    cards = {
        "market.view_bookings": _bookings,
        "market.decide_suppliers": _suppliers,
        "market.decide_entries": _entries,
    }
    seen = [card for right, card in cards.items() if may(viewer, right, centre)]
    counts = what_waits(centre) if seen else {}
    return [card(centre, counts) for card in seen]


def _bookings(centre: Centre, counts: Mapping[str, int]) -> DeskCard:
    return DeskCard(
        title=_("Put aside from the window"),
        count=counts["waiting_bookings"],
        url=reverse("market_bookings", args=[centre.slug]),
        icon="state-reserved",
        nothing=_("Nobody has reserved anything of the window."),
        position=45,
    )


def _suppliers(centre: Centre, counts: Mapping[str, int]) -> DeskCard:
    return DeskCard(
        title=_("Suppliers who would like to join"),
        count=counts["waiting_suppliers"],
        url=reverse("market_suppliers", args=[centre.slug]),
        icon="shop",
        nothing=_("No supplier waits for an answer."),
        position=60,
    )


def _entries(centre: Centre, counts: Mapping[str, int]) -> DeskCard:
    return DeskCard(
        title=_("Entries for the material exchange"),
        count=counts["waiting_entries"],
        url=reverse("market_moderation", args=[centre.slug]),
        icon="box",
        nothing=_("No entry waits for a look."),
        position=70,
    )
