"""The waste authority's list as PDF, drawn by typst."""

from __future__ import annotations

import json
from pathlib import Path

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wesprint.apps.goods.models import Offer
from wesprint.apps.goods.presenters.appointments import rest_rows
from wesprint.web import formats

TEMPLATE = Path(__file__).parent / "typst" / "rest.typ"


def pdf(offer: Offer) -> bytes:
    """One page for each forty lines; no signs of the store's choice, only what is left."""
    giver = offer.giver
    data = {
        "lang": (get_language() or "de")[:2],
        "title": _("For the bulky waste collection"),
        "house": offer.centre.name,
        "number": _("Offer no. %(number)s of %(day)s")
        % {"number": offer.number, "day": formats.short_date(offer.offered_at)},
        "address": offer.fetch_address,
        "contact": " · ".join(filter(None, (giver.name, giver.phone))) if giver else "",
        "columns": ["", _("What"), _("How many"), _("Size")],
        "rows": [[str(cell) for cell in row] for row in rest_rows(offer)],
    }
    return typst.compile(str(TEMPLATE), sys_inputs={"data": json.dumps(data)})
