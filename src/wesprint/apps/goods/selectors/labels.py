"""What labels can be made of, and which were made."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from wesprint.apps.goods.models import IN_HOUSE, Item, LabelPrint, Place, PriceTag
from wesprint.platform.organisations.models import Centre

LISTED = 60

_PRINTS = Prefetch(
    "label_prints", queryset=LabelPrint.objects.order_by("-printed_at", "-pk"), to_attr="prints"
)


def items_to_label(
    centre: Centre, *, place: Place | None = None, visit: str = "", every: bool = False
) -> tuple[Item, ...]:
    """The newest things of the house without a label; `every`: with one too. place, visit: only
    those of it. Two queries."""
    rows = Item.objects.filter(centre=centre, state__in=IN_HOUSE)
    if place is not None:
        rows = rows.filter(place=place)
    if visit:
        rows = rows.filter(intake__public_id=visit)
    if not every:
        rows = rows.filter(~Exists(LabelPrint.objects.filter(item=OuterRef("pk"))))
    return tuple(_full(rows).order_by("-taken_in_at", "-pk")[:LISTED])


def _full(rows: QuerySet[Item]) -> QuerySet[Item]:
    return rows.select_related("category", "centre").prefetch_related(_PRINTS)


def items_by_number(centre: Centre, numbers: Sequence[str]) -> tuple[Item, ...]:
    """In the order of the numbers; what is not of this house is left out. Two queries."""
    found = {row.public_id: row for row in _full(Item.objects.filter(centre=centre)).filter(
        public_id__in=numbers
    )}  # fmt: skip
    return tuple(found[number] for number in numbers if number in found)


def places_to_label(centre: Centre) -> tuple[Place, ...]:
    """By their code. Two queries."""
    rows = Place.objects.filter(centre=centre, closed_at=None).select_related("centre")
    return tuple(rows.prefetch_related(_PRINTS).order_by("path")[: 10 * LISTED])


def tags_to_label(centre: Centre) -> tuple[PriceTag, ...]:
    """Tags in use of batches that are here, newest first. Two queries."""
    rows = PriceTag.objects.filter(
        item__centre=centre, item__state__in=IN_HOUSE, closed_at=None
    ).select_related("item__category", "item__centre")
    return tuple(rows.prefetch_related(_PRINTS).order_by("-pk")[:LISTED])
