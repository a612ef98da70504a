"""A batch: what is left of it, what its parts cost, what came out of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.flow_names import SPLIT
from wesprint.apps.goods.models import HandOver, Item, PriceTag, PriceUnit
from wesprint.kernel.errors import NotFound
from wesprint.platform.ledger.models import EconomicEvent


def amount(
    item: Item,
    *,
    tag: PriceTag | None = None,
    pieces: int | None = None,
    mass_g: int | None = None,
    rest: bool = False,
) -> int | None:
    """Cents for a part: pieces or grams at the tag's price, grams at the batch's own price, or
    all the rest. None when something is missing. No query."""
    if rest:
        return item.price_cents
    if tag is not None and tag.unit == PriceUnit.PIECE:
        return tag.price_cents * pieces if pieces else None
    if not mass_g:
        return None
    if tag is not None:
        return _share(tag.price_cents, mass_g, 1000)
    return None if item.price_cents is None else _share(item.price_cents, mass_g, item.mass_g)


def _share(cents: int, part: int, whole: int) -> int:
    """Rounded to the nearest cent."""
    return (2 * cents * part + whole) // (2 * whole)


def tag_of(item: Item, public_id: str) -> PriceTag | None:
    """The batch's tag in use with this number. One query."""
    rows = PriceTag.objects.filter(item=item, public_id=public_id, closed_at=None)
    return rows.first() if public_id else None


def tag_by_id(item: Item, public_id: str) -> PriceTag:
    found = tag_of(item, public_id)
    if found is None:
        raise NotFound(_("There is no such price tag."))
    return found


@dataclass(frozen=True, slots=True)
class Family:
    """The batch that an item was taken out of, and the batches taken out of it."""

    origin: Item | None
    parts: tuple[Item, ...]


def family(item: Item) -> Family:
    """Two queries."""
    events = EconomicEvent.objects.filter(flow=SPLIT, corrects=None)
    came = events.filter(to_resource_inventoried_as=item.resource_id)
    went = events.filter(resource_inventoried_as=item.resource_id)
    origin = Item.objects.filter(resource__in=came.values("resource_inventoried_as")).first()
    parts = Item.objects.filter(resource__in=went.values("to_resource_inventoried_as"))
    return Family(origin, tuple(parts.select_related("category").order_by("pk")))


def sold_parts(item: Item, limit: int = 10) -> tuple[HandOver, ...]:
    """Newest first. One query."""
    rows = HandOver.objects.filter(item=item, cancelled_at=None, part_g__isnull=False)
    return tuple(rows.select_related("tag").order_by("-handed_over_at", "-pk")[:limit])
