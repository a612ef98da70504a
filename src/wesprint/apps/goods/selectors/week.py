"""What whoever leads the store asks of a week: from roll-ups, and from items once a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from wesprint.apps.goods.flow_names import GIVEN, INTAKE, PAID, SOLD
from wesprint.apps.goods.models import HandOver, Item, ItemState
from wesprint.apps.goods.selectors.house import tree
from wesprint.kernel.period import Period
from wesprint.kernel.quantity import Unit
from wesprint.platform.ledger.models import Grain
from wesprint.platform.ledger.rollups import series
from wesprint.platform.organisations.models import Centre

YEAR_AGO = timedelta(weeks=52)  # whole weeks, so that a Monday is compared with a Monday
SOON = timedelta(days=30)
COHORT = (timedelta(days=120), SOON)  # came so long ago that everybody had a month to find it


@dataclass(frozen=True, slots=True)
class Day:
    """Grams that came in and that were handed on, and cents taken, net of corrections."""

    day: date
    came_in: int = 0
    handed_on: int = 0
    cents: int = 0


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday. `days` has seven entries; days to come are empty."""

    days: tuple[Day, ...]

    def total(self, what: str, until: date | None = None) -> int:
        """`what`: a field of Day. until: the last day that counts."""
        return sum(getattr(day, what) for day in self.days if until is None or day.day <= until)


_FIELDS: Mapping[str, str] = {
    INTAKE: "came_in",
    SOLD: "handed_on",
    GIVEN: "handed_on",
    PAID: "cents",
}


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week(centre: Centre, monday: date) -> Week:
    """Two queries."""
    period = Period(monday, monday + timedelta(days=7))
    sums: dict[date, dict[str, int]] = {monday + timedelta(days=step): {} for step in range(7)}
    for unit in (Unit.GRAM, Unit.CENT):
        for total in series(centre, period, Grain.DAY, group_by=("flow",), unit=unit):
            field = _FIELDS.get(str(total.flow))
            if field and total.starts_on is not None:
                day = sums[total.starts_on]
                day[field] = day.get(field, 0) + total.quantity
    return Week(tuple(Day(day, **found) for day, found in sums.items()))


@dataclass(frozen=True, slots=True)
class SellThrough:
    """One group of things that came onto the shelf in the cohort's months.

    `soon`: how many of them were handed on within 30 days. paid, suggested: cents of those
    sold whose suggestion is known.
    """

    group: str
    name_de: str
    name_en: str
    listed: int
    soon: int
    paid: int
    suggested: int


def sell_through(centre: Centre, today: date) -> tuple[SellThrough, ...]:
    """By group, in the tree's order. Two queries a day; what came a month ago does not change."""
    return _sell_through(centre, today)


@lru_cache(maxsize=64)
def _sell_through(centre: Centre, today: date) -> tuple[SellThrough, ...]:
    listed, soon = _cohort(centre, today)
    paid = _paid(centre, today)
    found = []
    for group in tree(today).groups:
        ids = [leaf.id for leaf in group.leaves]
        row = SellThrough(
            group.slug,
            group.name_de,
            group.name_en,
            sum(listed.get(pk, 0) for pk in ids),
            sum(soon.get(pk, 0) for pk in ids),
            sum(paid.get(pk, (0, 0))[0] for pk in ids),
            sum(paid.get(pk, (0, 0))[1] for pk in ids),
        )
        if row.listed or row.suggested:
            found.append(row)
    return tuple(found)


def _midnight(centre: Centre, day: date) -> datetime:
    return datetime.combine(day, time.min, centre.tz)


def _cohort(centre: Centre, today: date) -> tuple[dict[int, int], dict[int, int]]:
    start, end = (_midnight(centre, today - ago) for ago in COHORT)
    in_time = Q(state=ItemState.HANDED_OVER, left_at__lte=F("first_for_sale_at") + SOON)
    rows = (
        Item.objects.filter(centre=centre, taken_in_at__gte=start, taken_in_at__lt=end)
        .filter(first_for_sale_at__isnull=False, first_for_sale_at__lt=end)
        .order_by()
        .values_list("category_id")
        .annotate(listed=Count("pk"), soon=Count("pk", filter=in_time))
    )
    found = list(rows)
    return {pk: listed for pk, listed, _soon in found}, {pk: soon for pk, _listed, soon in found}


def _paid(centre: Centre, today: date) -> dict[int, tuple[int, int]]:
    rows = (
        HandOver.objects.filter(
            centre=centre,
            cancelled_at=None,
            handed_over_at__gte=_midnight(centre, today - COHORT[0]),
            price_cents__gt=0,
            item__suggested_cents__isnull=False,
        )
        .order_by()
        .values_list("item__category_id")
        .annotate(
            paid=Sum(Coalesce("full_cents", "price_cents")), suggested=Sum("item__suggested_cents")
        )
    )
    return {pk: (paid, suggested) for pk, paid, suggested in rows}


def forget_sell_through() -> None:
    _sell_through.cache_clear()
