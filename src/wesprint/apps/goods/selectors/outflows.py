"""What waits in the cages, what left, and how much of which waste in a year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.models import (
    Basis,
    HandOver,
    Item,
    ItemState,
    Load,
    Party,
    Recipient,
    Route,
)
from wesprint.kernel.errors import NotFound
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.selectors import waste_codes

PAGE = 24
CAGE_SHOWS = 500


@dataclass(frozen=True, slots=True)
class Cage:
    """The things that wait under one waste code."""

    code: str
    pieces: int
    grams: int
    since: datetime


def cages(centre: Centre) -> tuple[Cage, ...]:
    """By waste code. One query."""
    rows = _caged(centre).values("waste_code").order_by("waste_code")
    found = rows.annotate(pieces=Count("pk"), grams=Sum("mass_g"), since=Min("taken_in_at"))
    return tuple(
        Cage(row["waste_code"], row["pieces"], row["grams"], row["since"]) for row in found
    )


def _caged(centre: Centre) -> QuerySet[Item]:
    return Item.objects.filter(centre=centre, state=ItemState.TAKEN_IN, waste_code__gt="")


def in_cage(centre: Centre, code: str) -> tuple[Item, ...]:
    """Oldest first, at most as many as one load takes. One query."""
    rows = _caged(centre).filter(waste_code=code).select_related("category", "centre")
    return tuple(rows.order_by("taken_in_at", "id")[:CAGE_SHOWS])


def items_by_ids(centre: Centre, public_ids: list[str]) -> list[Item]:
    return list(Item.objects.filter(centre=centre, public_id__in=public_ids[: CAGE_SHOWS + 1]))


def recipients(centre: Centre) -> tuple[Recipient, ...]:
    """One query."""
    return tuple(Recipient.objects.filter(centre=centre, closed_at=None).order_by("name"))


def recipient_by_id(centre: Centre, public_id: str) -> Recipient:
    found = Recipient.objects.filter(centre=centre, public_id=public_id).first()
    if found is None:
        raise NotFound(_("This recipient does not exist."), next=_("Please choose one listed."))
    return found


@dataclass(frozen=True, slots=True)
class Outflow:
    """A thing that left, or a load of offcuts (no item): `way` is "sold", "given", "recycled" or
    "disposed"."""

    item: Item | None
    way: str
    cents: int | None
    load: Load | None = None


@dataclass(frozen=True, slots=True)
class OutflowPage:
    rows: tuple[Outflow, ...]
    after: str


LEFT = (ItemState.HANDED_OVER, ItemState.DISPOSED)


def outflows(centre: Centre, *, state: str = "", after: str = "") -> OutflowPage:
    """Newest first, things and offcuts of the workshop; state: "handed-over" or "disposed" alone.
    Three queries, at most two more behind the first page."""
    things = Item.objects.filter(centre=centre, left_at__isnull=False)
    things = things.filter(state=state) if state in LEFT else things.filter(state__in=LEFT)
    offcuts = Load.objects.filter(centre=centre, pieces=0)
    if state == ItemState.HANDED_OVER:
        offcuts = offcuts.none()
    if after:
        things, offcuts = _behind(things, offcuts, after)
    joined = things.select_related("category", "centre", "load", "load__recipient")
    found: list[Item | Load] = [
        *joined.order_by("-left_at", "-id")[: PAGE + 1],
        *offcuts.select_related("recipient").order_by("-left_at", "-id")[: PAGE + 1],
    ]
    found.sort(key=_place, reverse=True)
    page = found[:PAGE]
    return OutflowPage(_shown(page), page[-1].public_id if len(found) > PAGE else "")


def _place(one: Item | Load) -> tuple[datetime | None, bool, int]:
    return one.left_at, isinstance(one, Load), one.pk


def _shown(page: list[Item | Load]) -> tuple[Outflow, ...]:
    items = [one.pk for one in page if isinstance(one, Item)]
    rows = HandOver.objects.filter(item__in=items, cancelled_at=None)
    prices = dict(rows.values_list("item_id", "price_cents"))
    return tuple(
        Outflow(None, _way_of(one), None, one)
        if isinstance(one, Load)
        else Outflow(one, _way(one, prices), prices.get(one.pk), one.load)
        for one in page
    )


def _way_of(load: Load) -> str:
    return "recycled" if load.party == Party.RECYCLER else "disposed"


def _way(item: Item, prices: dict[int, int]) -> str:
    if item.state == ItemState.HANDED_OVER:
        return "sold" if prices.get(item.pk) else "given"
    return "recycled" if item.route == "recycle" else "disposed"


def _behind(
    things: QuerySet[Item], offcuts: QuerySet[Load], after: str
) -> tuple[QuerySet[Item], QuerySet[Load]]:
    """What comes after the thing or load `after`: of one moment first the loads, then things."""
    for pk, moment in Item.objects.filter(public_id=after).values_list("pk", "left_at"):
        if moment is not None:
            earlier = Q(left_at__lt=moment)
            return things.filter(
                earlier | Q(left_at=moment, pk__lt=pk), left_at__lte=moment
            ), offcuts.filter(earlier)
    for pk, moment in Load.objects.filter(public_id=after).values_list("pk", "left_at"):
        return things.filter(left_at__lte=moment), offcuts.filter(
            Q(left_at__lt=moment) | Q(left_at=moment, pk__lt=pk), left_at__lte=moment
        )
    return things.none(), offcuts.none()


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One waste code to one recipient on one way in one year. recipient: empty where nobody
    named it."""

    code: str
    party: str
    pieces: int
    grams: int
    weighed_g: int
    recipient: str = ""
    loads: int = 0
    text: str = ""
    hazardous: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """The yearly statement of what left as waste, per code."""

    year: int
    rows: tuple[StatementRow, ...]

    @property
    def grams(self) -> int:
        return sum(row.grams for row in self.rows)

    @property
    def weighed_g(self) -> int:
        return sum(row.weighed_g for row in self.rows)


def statement(centre: Centre, year: int) -> Statement:
    """Days of the centre's zone. Three queries."""
    texts = {row.code: row for row in waste_codes(date(year, 12, 31))}
    rows = [
        replace(row, text=texts[row.code].text_de, hazardous=texts[row.code].hazardous)
        if row.code in texts
        else row
        for row in _of_loads(centre, year) + _without_load(centre, year)
    ]
    return Statement(
        year, tuple(sorted(rows, key=lambda row: (row.code, row.party, row.recipient)))
    )


def _of_loads(centre: Centre, year: int) -> list[StatementRow]:
    start, end = _bounds(centre, year)
    rows = Load.objects.filter(
        centre=centre, left_at__gte=start, left_at__lt=end, cancelled_at=None
    )
    groups = (
        rows.values("waste_code", "party", "recipient__name")
        .order_by()
        .annotate(
            loads=Count("pk"),
            things=Sum("pieces"),
            grams=Sum("mass_g"),
            weighed=Sum("mass_g", filter=Q(basis=Basis.MEASURED), default=0),
        )
    )
    return [
        StatementRow(
            code=row["waste_code"],
            party=row["party"],
            recipient=row["recipient__name"] or "",
            loads=row["loads"],
            pieces=row["things"],
            grams=row["grams"],
            weighed_g=row["weighed"],
        )
        for row in groups
    ]


def _without_load(centre: Centre, year: int) -> list[StatementRow]:
    """What left before loads were kept: each thing on its own."""
    start, end = _bounds(centre, year)
    rows = Item.objects.filter(
        centre=centre, state=ItemState.DISPOSED, load=None, left_at__gte=start, left_at__lt=end
    )
    groups = (
        rows.values("waste_code", "route")
        .order_by()
        .annotate(
            things=Count("pk"),
            grams=Sum("mass_g"),
            weighed=Sum("mass_g", filter=Q(basis=Basis.MEASURED), default=0),
        )
    )
    return [
        StatementRow(
            code=row["waste_code"],
            party=Party.RECYCLER if row["route"] == Route.RECYCLE else Party.WASTE,
            pieces=row["things"],
            grams=row["grams"],
            weighed_g=row["weighed"],
        )
        for row in groups
    ]


def _bounds(centre: Centre, year: int) -> tuple[datetime, datetime]:
    return (
        datetime.combine(date(year, 1, 1), time.min, centre.tz),
        datetime.combine(date(year + 1, 1, 1), time.min, centre.tz),
    )


def years(centre: Centre, this_year: int) -> list[int]:
    """Those with waste, and this one; newest first. Two queries."""
    gone = Item.objects.filter(centre=centre, state=ItemState.DISPOSED, left_at__isnull=False)
    loads = Load.objects.filter(centre=centre)
    firsts = [rows.aggregate(first=Min("left_at"))["first"] for rows in (gone, loads)]
    first = min((one for one in firsts if one), default=None)
    begin = first.astimezone(centre.tz).year if first else this_year
    return list(range(this_year, min(begin, this_year) - 1, -1))


def loads_of(centre: Centre, day: date) -> tuple[Load, ...]:
    """Loads of one day of the house that stand, newest first. One query."""
    start = datetime.combine(day, time.min, centre.tz)
    rows = Load.objects.filter(
        centre=centre, cancelled_at=None, left_at__gte=start, left_at__lt=start + timedelta(days=1)
    )
    return tuple(rows.select_related("recipient").order_by("-left_at", "-pk"))


def load_by_id(centre: Centre, public_id: str) -> Load:
    """Raises NotFound for none and for another centre's. One query."""
    found = Load.objects.filter(centre=centre, public_id=public_id).first()
    if found is None:
        raise NotFound(_("There is no such load."))
    return found
