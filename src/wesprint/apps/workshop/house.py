"""What the house in section says about the workshop today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wesprint.apps.workshop.selectors.orders import counts, done_since, works
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import is_open_at
from wesprint.platform.people.rules import may
from wesprint.platform.people.viewer import Viewer
from wesprint.web import formats
from wesprint.web.rooms import BeforeBuying, Figure, Instead, ItemAction, ShelfQuery, TodayLine

MONTH = timedelta(days=30)


def today(centre: Centre, at: datetime) -> Sequence[TodayLine]:
    """What lies on the bench. Two queries."""
    running = sum(counts(centre).values())
    if not running:
        return []
    text = ngettext("%(number)s job on the bench", "%(number)s jobs on the bench", running)
    return [
        TodayLine(
            title=_("Workshop"),
            text=text % {"number": formats.number(running)},
            open=is_open_at(centre, at),
            world="work",
            room="workshop",
        )
    ]


def figures(centre: Centre, day: date) -> Sequence[Figure]:
    """One query."""
    done = done_since(centre, now() - MONTH)
    if not done:
        return []
    text = ngettext(
        "thing repaired or made anew in 30 days", "things repaired or made anew in 30 days", done
    )
    return [Figure(formats.number(done), text)]


def item_actions(centre: Centre, viewer: Viewer, number: str) -> Sequence[ItemAction]:
    """A new order with this thing already chosen; there it is said what is to be done."""
    if not may(viewer, "workshop.work", centre):
        return []
    address = reverse("workshop_new", args=[centre.slug])
    query = urlencode({"q": number, "stueck": number})
    return [ItemAction(_("Into the workshop"), f"{address}?{query}", "route-workshop")]


def before_buying(centre: Centre, query: ShelfQuery) -> Sequence[BeforeBuying]:
    """Whoever looks for something particular may have one at home that can be mended. Only where
    the workshop works. One query, none for who just looks around."""
    if not (query.words or query.kinds) or not works(centre):
        return []
    return [
        BeforeBuying(
            Instead.REPAIR,
            _("Do you have one that is broken?"),
            _("Bring it to the counter: our workshop looks at it and tells you the price first."),
        )
    ]
