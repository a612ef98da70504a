"""All items of a house as rows of a table, read page by page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import Item
from wesprint.platform.base.sheets import Cell
from wesprint.platform.organisations.models import Centre

CHUNK = 1_000
HEAD = (
    _("Number"),
    _("Category"),
    _("Name on the shelf"),
    _("Condition"),
    _("State"),
    _("Route"),
    _("Status"),
    _("Weight in grams"),
    _("Weight known by"),
    _("Price in euros"),
    _("Waste code"),
    _("Came in on"),
    _("For sale since"),
    _("Left on"),
    _("Remark"),
)


def stock_rows(centre: Centre) -> Iterator[tuple[Cell, ...]]:
    """Oldest first. One query for each thousand items."""
    rows = Item.objects.filter(centre=centre).select_related("category").order_by("pk")
    after = 0
    while page := list(rows.filter(pk__gt=after)[:CHUNK]):
        yield from (_row(item, centre) for item in page)
        after = page[-1].pk


def _row(item: Item, centre: Centre) -> tuple[Cell, ...]:
    def day(moment: datetime | None) -> str:
        return f"{moment.astimezone(centre.tz):%Y-%m-%d}" if moment else ""

    return (
        item.public_id,
        item.category.slug,
        item.title,
        item.grade,
        item.state,
        item.route,
        item.status,
        item.mass_g,
        item.basis,
        None if item.price_cents is None else float(Decimal(item.price_cents) / 100),
        item.waste_code,
        day(item.taken_in_at),
        day(item.for_sale_since),
        day(item.left_at),
        item.note,
    )
