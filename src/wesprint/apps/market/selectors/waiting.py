"""How much waits for somebody of the house."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wesprint.apps.market.models import (
    Booking,
    BookingState,
    Entry,
    EntryState,
    Supplier,
    SupplierState,
)
from wesprint.platform.organisations.models import Centre


def what_waits(centre: Centre) -> Mapping[str, int]:
    """Bookings to hand out, suppliers and entries to decide about. One query."""
    rows = Centre.objects.filter(pk=centre.pk).values(
        waiting_bookings=_count(Booking.objects.filter(state=BookingState.ACTIVE)),
        waiting_suppliers=_count(Supplier.objects.filter(state=SupplierState.APPLIED)),
        waiting_entries=_count(Entry.objects.filter(state=EntryState.WAITING)),
    )
    found: Any = rows.get()
    return dict(found)


def _count(rows: QuerySet[Model]) -> Coalesce:
    of_house = rows.filter(centre=OuterRef("pk")).order_by().values("centre")
    counted = of_house.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
