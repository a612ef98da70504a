"""An account's suppliers as cards, and its statements as a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from wesprint.apps.market.links import supplier_path
from wesprint.apps.market.models import PayoutState, Settlement, SupplierState
from wesprint.apps.market.presenters.window import SUPPLIER_TAGS
from wesprint.apps.market.selectors.mine import Mine
from wesprint.web import formats


def supplier(one: Mine) -> dict[str, Any]:
    state = SupplierState(one.supplier.state)
    return {
        "name": one.supplier.name,
        "house": one.supplier.centre.name,
        "url": supplier_path(one.supplier),
        "state": state.label,
        "kind": SUPPLIER_TAGS[state],
        "shown": one.shown,
        "put_aside": one.put_aside,
    }


def settlements(found: Iterable[Settlement]) -> dict[str, Any]:
    """For components/table.html."""
    rows = [_row(one) for one in found]
    return {
        "columns": [
            {"label": _("Month")},
            {"label": _("House")},
            {"label": _("Sold"), "kind": "number"},
            {"label": _("Due to you"), "kind": "number"},
            {"label": _("Paid out")},
        ],
        "rows": rows,
    }


def _row(one: Settlement) -> dict[str, Any]:
    paid = one.payout is not None and one.payout.state == PayoutState.PAID
    return {
        "url": reverse("market_my_settlement", args=[one.public_id]),
        "cells": [
            f"{MONTHS[one.month.month]} {one.month.year}",
            one.centre.name,
            formats.money(one.price_cents),
            formats.money(one.due_cents),
            _("yes") if paid else _("not yet"),
        ],
    }
