"""What a count has seen, what it still expects, and what it found."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import (
    IN_HOUSE,
    Item,
    Outcome,
    Place,
    Stocktake,
    StocktakeLine,
)
from wesprint.kernel.errors import NotFound
from wesprint.platform.organisations.models import Centre

SHOWN = 100


def is_below(place: Place | None, top: Place) -> bool:
    """Whether `place` is `top` or somewhere in it."""
    return place is not None and place.path.startswith(top.path)


def expected(stocktake: Stocktake) -> QuerySet[Item]:
    """What the books say stands there, and stood there before the count began: a thing that came
    meanwhile was perhaps put down behind the counter's back."""
    before = stocktake.begun_at
    rows = Item.objects.filter(
        Q(placed_at__isnull=True, taken_in_at__lte=before) | Q(placed_at__lte=before),
        centre=stocktake.centre_id,
        state__in=IN_HOUSE,
    )
    if stocktake.place is not None:
        rows = rows.filter(
            place__centre=stocktake.centre_id, place__path__startswith=stocktake.place.path
        )
    return rows


def missing(stocktake: Stocktake) -> QuerySet[Item]:
    seen = StocktakeLine.objects.filter(stocktake=stocktake).values("item")
    rows = expected(stocktake).exclude(pk__in=seen)
    return rows.select_related("category", "place").order_by("place__path", "pk")


@dataclass(frozen=True, slots=True)
class Progress:
    """A running count: things seen of those expected, those still missing (the first hundred),
    and the latest sightings."""

    expected: int
    seen: int
    missing_count: int
    missing: tuple[Item, ...]
    latest: tuple[StocktakeLine, ...]


def progress(stocktake: Stocktake, latest: int = 8) -> Progress:
    """Five queries."""
    absent = missing(stocktake)
    lines = stocktake.lines.select_related("item__category", "item__place", "place")
    return Progress(
        expected=expected(stocktake).count(),
        seen=stocktake.lines.count(),
        missing_count=absent.count(),
        missing=tuple(absent[:SHOWN]),
        latest=tuple(lines.order_by("-seen_at", "-pk")[:latest]),
    )


def result(stocktake: Stocktake) -> dict[str, tuple[StocktakeLine, ...]]:
    """The differences of a finished count by outcome; what stood where it belongs is only
    counted. One query."""
    lines = stocktake.lines.select_related("item__category", "item__place", "place")
    found: dict[str, list[StocktakeLine]] = {outcome: [] for outcome in Outcome.values}
    for line in lines.order_by("item_id"):
        found[line.outcome].append(line)
    return {outcome: tuple(rows) for outcome, rows in found.items()}


def stocktakes(centre: Centre, limit: int = 20) -> tuple[Stocktake, ...]:
    """Newest first. One query."""
    rows = Stocktake.objects.filter(centre=centre).select_related("place")
    return tuple(rows.order_by("-begun_at", "-pk")[:limit])


def stocktake_by_id(centre: Centre, public_id: str) -> Stocktake:
    """Raises NotFound for none and for another centre's. One query."""
    rows = Stocktake.objects.filter(centre=centre, public_id=public_id)
    found = rows.select_related("place", "centre").first()
    if found is None:
        raise NotFound(_("There is no such count."))
    return found
