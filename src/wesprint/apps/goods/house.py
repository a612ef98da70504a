"""What the house in section says about goods today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wesprint.apps.goods.selectors.catalogue import (
    COUNTS_TO,
    months_on_shelf,
    shelf_size,
    shelf_today,
)
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import is_open_at
from wesprint.web import formats
from wesprint.web.rooms import Figure, TodayLine


def today(centre: Centre, at: datetime) -> Sequence[TodayLine]:
    """New pieces of today, else what is on the shelf. Three queries."""
    return [
        TodayLine(
            title=_("Department store"),
            text=_words(*shelf_today(centre, at)),
            url=reverse("goods_shelf", args=[centre.slug]),
            open=is_open_at(centre, at),
            room="goods",
        )
    ]


def _words(fresh: int, shelf: int) -> str:
    if fresh:
        text = ngettext("%(number)s new piece today", "%(number)s new pieces today", fresh)
        return text % {"number": formats.number_to(fresh, COUNTS_TO)}
    if shelf:
        text = ngettext("%(number)s piece on the shelf", "%(number)s pieces on the shelf", shelf)
        return text % {"number": formats.number_to(shelf, COUNTS_TO)}
    return str(_("Bring something, take something"))


def figures(centre: Centre, day: date) -> Sequence[Figure]:
    """One query."""
    shelf = shelf_size(centre)
    if not shelf:
        return []
    label = ngettext("thing looking for a new owner", "things looking for a new owner", shelf)
    return [Figure(formats.number_to(shelf, COUNTS_TO), label)]


def sitemaps(centre: Centre) -> Sequence[str]:
    """One for each month since which something stands on the shelf. Two queries."""
    return [
        reverse("goods_sitemap", args=[centre.slug, month]) for month in months_on_shelf(centre)
    ]
