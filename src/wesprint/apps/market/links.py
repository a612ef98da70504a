"""The secret links of this room."""

from __future__ import annotations

from django.urls import reverse

from wesprint.apps.market.models import Approach, Booking, Entry, Supplier
from wesprint.web.links import secret_for

SUPPLIER, BOOKING = "market.supplier", "market.booking"
ENTRY, APPROACH = "market.entry", "market.approach"


def supplier_path(supplier: Supplier) -> str:
    return reverse("market_supplier", args=[secret_for(supplier.public_id, SUPPLIER)])


def booking_path(booking: Booking) -> str:
    return reverse("market_booking", args=[secret_for(booking.public_id, BOOKING)])


def entry_path(entry: Entry) -> str:
    return reverse("market_own_entry", args=[secret_for(entry.public_id, ENTRY)])


def approach_path(approach: Approach) -> str:
    return reverse("market_approach", args=[secret_for(approach.public_id, APPROACH)])
