"""What this room says of itself to the house, and what other rooms may record with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from wesprint.apps.flows.open_data import write_package
from wesprint.apps.flows.periods import choice_of
from wesprint.apps.flows.presenters.account import rough
from wesprint.apps.flows.selectors import picture as selectors
from wesprint.apps.flows.services import keep_answers, record_baseline, record_use
from wesprint.kernel.period import Period
from wesprint.platform.organisations.models import Centre
from wesprint.web import formats
from wesprint.web.rooms import Fate, Figure

__all__ = [
    "choice_of",
    "figures",
    "keep_answers",
    "record_baseline",
    "record_use",
    "write_package",
]


def figures(centre: Centre, day: date) -> Sequence[Figure]:
    """This year's figures for the public page; none before anything flowed."""
    picture = selectors.picture([centre], Period.year(day.year), day)
    if not picture.flows:
        return ()
    address = f"{reverse('flows', args=[centre.slug])}?zeitraum={day.year}"
    likely = picture.footprint.likely
    return (
        Figure(rough(picture.came_in), _("came in this year"), address),
        Figure(
            rough(picture.sum_of(Fate.USED_AGAIN)),
            _("went back into use this year"),
            address,
        ),
        Figure(
            formats.co2e(likely.low, likely.high),
            _("avoided this year"),
            f"{address}#so-gerechnet",
        ),
    )
