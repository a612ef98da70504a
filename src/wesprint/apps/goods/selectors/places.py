"""The tree of places, what stands where, and what a code on a label means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.codes import number_in
from wesprint.apps.goods.models import IN_HOUSE, Item, ItemState, LabelPrint, Place, PriceTag
from wesprint.kernel.errors import NotFound
from wesprint.platform.ledger.models import EconomicResource
from wesprint.platform.organisations.models import Centre
from wesprint.web.rooms import StockPlace

PAGE = 60
Thing = Item | Place | PriceTag


def thing_for(centre: Centre, text: str) -> Thing:
    """The item, place or price tag of this house that a scanned or typed code means; places have
    short codes too. Raises NotFound. At most three queries."""
    number = number_in(text)
    items = Item.objects.filter(centre=centre, public_id=number)
    places = Place.objects.filter(Q(public_id=number) | Q(code=number), centre=centre)
    tags = PriceTag.objects.filter(item__centre=centre, public_id=number)
    for rows in (
        items.select_related("centre", "category", "place"),
        places.filter(closed_at=None),
        tags.select_related("item__category", "item__centre"),
    ):
        found = rows.first() if number else None
        if found is not None:
            return found
    raise NotFound(
        _("Nothing here has this number."),
        next=_("Please scan again, or compare what is printed on the label."),
        code="no-thing",
    )


def stock_places(centre: Centre) -> tuple[StockPlace, ...]:
    """Every place, closed ones too, each below its parent, and before them what stands nowhere
    in particular; workshop materials are among that, and what lies on the bench still stands
    where it stood. Three queries."""
    here = Item.objects.filter(centre=centre, state__in=[*IN_HOUSE, ItemState.IN_WORKSHOP])
    held = EconomicResource.objects.filter(centre=centre, onhand_quantity__gt=0)
    boxes = held.filter(conforms_to__code__startswith="material.").aggregate(
        grams=Sum("onhand_quantity", default=0)
    )
    sums = dict(here.order_by().values_list("place").annotate(grams=Sum("mass_g")))
    nowhere = StockPlace("", "", _("no fixed place"), sums.get(None, 0) + boxes["grams"])
    rows = Place.objects.filter(centre=centre).order_by("path", "pk")
    return (
        nowhere,
        *(StockPlace(row.public_id, row.code, row.name, sums.get(row.pk, 0)) for row in rows),
    )


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place in the tree and what stands in it, without what is below."""

    place: Place
    things: int
    mass_g: int
    depth: int


def tree(centre: Centre) -> tuple[PlaceRow, ...]:
    """All places in use, each below its parent, by code. One query."""
    here = Q(items__state__in=IN_HOUSE)
    rows = Place.objects.filter(centre=centre, closed_at=None).annotate(
        things=Count("items", filter=here), mass=Sum("items__mass_g", filter=here, default=0)
    )
    below: dict[int | None, list[Place]] = {}
    for row in rows.order_by("code"):
        below.setdefault(row.parent_id, []).append(row)
    return tuple(_walk(below, None, 0))


def _walk(below: dict[int | None, list[Place]], parent: int | None, depth: int) -> list[PlaceRow]:
    found: list[PlaceRow] = []
    for row in below.get(parent, ()):
        counts = (getattr(row, "things"), getattr(row, "mass"))  # noqa: B009 - annotated above
        found.append(PlaceRow(row, *counts, depth))
        found += _walk(below, row.pk, depth + 1)
    return found


def place_by_id(centre: Centre, public_id: str) -> Place:
    """With its parent. Raises NotFound for none and for another centre's. One query."""
    rows = Place.objects.filter(centre=centre, public_id=public_id)
    found = rows.select_related("parent__parent__parent", "centre").first()
    if found is None:
        raise NotFound(_("There is no such place."))
    return found


def places_by_id(centre: Centre, public_ids: Iterable[str]) -> dict[str, Place]:
    """One query."""
    rows = Place.objects.filter(centre=centre, public_id__in=set(public_ids))
    return {row.public_id: row for row in rows}


def items_by_id(centre: Centre, public_ids: Iterable[str]) -> dict[str, Item]:
    """With category and place. One query."""
    rows = Item.objects.filter(centre=centre, public_id__in=set(public_ids))
    return {row.public_id: row for row in rows.select_related("category", "place", "centre")}


@dataclass(frozen=True, slots=True)
class Contents:
    items: tuple[Item, ...]
    after: str


def contents(place: Place, *, after: str = "") -> Contents:
    """What stands in the place itself, newest arrivals first. after: the last item's number of
    the page before. One query, one more behind the first page."""
    rows = Item.objects.filter(place=place, state__in=IN_HOUSE).select_related("category")
    for pk in Item.objects.filter(public_id=after).values_list("pk", flat=True) if after else ():
        rows = rows.filter(pk__lt=pk)
    page = list(rows.order_by("-pk")[: PAGE + 1])
    return Contents(tuple(page[:PAGE]), page[PAGE - 1].public_id if len(page) > PAGE else "")


def without_place(centre: Centre) -> int:
    """How many things of the house stand nobody knows where. One query."""
    return Item.objects.filter(centre=centre, state__in=IN_HOUSE, place=None).count()


def labels_made(item: Item) -> tuple[LabelPrint, ...]:
    """Newest first. One query."""
    return tuple(LabelPrint.objects.filter(item=item).order_by("-printed_at", "-pk")[:5])


def open_tags(item: Item) -> tuple[PriceTag, ...]:
    """Dearest first. One query."""
    return tuple(PriceTag.objects.filter(item=item, closed_at=None).order_by("-price_cents", "pk"))
