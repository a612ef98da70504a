"""The public shelf: newest first, by kind, by words, filtered; keyset pages, never an offset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from wesprint.apps.goods.models import Intake, Item, ItemPhoto, ItemState
from wesprint.apps.goods.selectors.house import Tree
from wesprint.apps.goods.wanted import GRADES, PRICES, SIZES, Wanted
from wesprint.platform.organisations.models import Centre
from wesprint.platform.reference.facts import CategoryFacts, GroupFacts
from wesprint.platform.search.selectors import search

SEARCH_KIND = "goods.item"
PAGE = 24
FOUND_AT_MOST = 300
COUNTED_AT_MOST = 500  # beyond, a page says "more than"; nobody counts a million rows for it


@dataclass(frozen=True, slots=True)
class Card:
    """One thing on the shelf and its first photo, if it has one."""

    item: Item
    photo: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the shelf; `after` asks for the next one, empty on the last. hits: how many
    there are in all, COUNTED_AT_MOST + 1 for more than that; None behind the first page."""

    cards: tuple[Card, ...]
    after: str
    hits: int | None = None


def group_of(tree: Tree, wanted: Wanted) -> GroupFacts | None:
    """The chosen group, also through one of its kinds."""
    kind = tree.by_slug.get(wanted.kind)
    slug = kind.group if kind else wanted.group
    return next((group for group in tree.groups if group.slug == slug), None)


def kinds_of(tree: Tree, wanted: Wanted) -> tuple[CategoryFacts, ...]:
    """The kinds that are asked for; empty: all. An unknown slug asks for nothing special."""
    kind, group = tree.by_slug.get(wanted.kind), group_of(tree, wanted)
    if kind is not None:
        return (kind,)
    return group.leaves if group else ()


def shelf(
    centre: Centre,
    tree: Tree,
    wanted: Wanted,
    moment: datetime,
    *,
    after: str = "",
    limit: int = PAGE,
) -> Shelf:
    """after: the last item's public id of the page before. Three queries: things, photos,
    count; behind the first page the place instead of the count; with words those of the
    search, and no count."""
    rows = wished(on_shelf(centre), centre, tree, wanted, moment)
    if wanted.words:
        return _found(centre, rows, wanted.words, after, limit)
    page = _behind(rows, after) if after else rows
    newest = page.select_related("category", "resource").order_by("-for_sale_since", "-id")
    found = list(newest[: limit + 1])
    return _shelf(found, None if after else _hits(rows, found, limit), limit)


def on_shelf(centre: Centre) -> QuerySet[Item]:
    return Item.objects.filter(centre=centre, for_sale_since__isnull=False)


def wished(
    rows: QuerySet[Item], centre: Centre, tree: Tree, wanted: Wanted, moment: datetime
) -> QuerySet[Item]:
    """The rows that fit all of it but the words."""
    kinds = kinds_of(tree, wanted)
    if kinds:
        rows = rows.filter(category_id__in=[facts.id for facts in kinds])
    if wanted.grade:
        rows = rows.filter(grade__in=GRADES[: GRADES.index(wanted.grade) + 1])
    if wanted.price:
        rows = _between(rows, "price_cents", PRICES[wanted.price])
    if wanted.size:
        rows = _between(rows, "mass_g", SIZES[wanted.size])
    if wanted.fresh:
        rows = rows.filter(for_sale_since__gte=fresh_since(centre, wanted.fresh, moment))
    if wanted.photo:
        rows = rows.filter(Exists(ItemPhoto.objects.filter(item=OuterRef("pk"), position=0)))
    return rows


def _between(rows: QuerySet[Item], column: str, bounds: tuple[int, int | None]) -> QuerySet[Item]:
    low, high = bounds
    if low:
        rows = rows.filter(**{f"{column}__gte": low})
    return rows if high is None else rows.filter(**{f"{column}__lt": high})


def fresh_since(centre: Centre, fresh: str, moment: datetime) -> datetime:
    """The midnight in the centre's zone from which "today" or "this week" counts."""
    day = moment.astimezone(centre.tz).date()
    if fresh == "woche":
        day -= timedelta(days=6)
    return datetime.combine(day, time.min, centre.tz)


def _hits(rows: QuerySet[Item], found: list[Item], limit: int) -> int:
    if len(found) <= limit:
        return len(found)
    return rows.order_by().values("pk")[: COUNTED_AT_MOST + 1].count()


def _behind(rows: QuerySet[Item], after: str) -> QuerySet[Item]:
    """What is older than that item; an item that has meanwhile gone keeps its place in line by
    its first day on the shelf."""
    found = Item.objects.filter(public_id=after).values_list(
        "pk", "for_sale_since", "first_for_sale_at"
    )
    for pk, since, first in found:
        moment = since or first
        return rows.filter(
            Q(for_sale_since__lt=moment) | Q(for_sale_since=moment, pk__lt=pk),
            for_sale_since__lte=moment,
        )
    return rows.none()


def _found(centre: Centre, rows: QuerySet[Item], words: str, after: str, limit: int) -> Shelf:
    ids = search(SEARCH_KIND, centre.scope, words, limit=FOUND_AT_MOST)
    place = {public_id: place for place, public_id in enumerate(ids)}
    fitting = rows.filter(public_id__in=ids).values_list("public_id", flat=True)
    ordered = sorted(fitting, key=place.__getitem__)
    start = place.get(after, -1)
    behind = [public_id for public_id in ordered if place[public_id] > start]
    page = _in_order(rows, behind[: limit + 1])
    return _shelf(page, None if after else len(ordered), limit)


def _in_order(rows: QuerySet[Item], ids: Sequence[str]) -> list[Item]:
    """Only what the page shows is read whole. One query."""
    whole = rows.filter(public_id__in=ids).select_related("category", "resource")
    found = {item.public_id: item for item in whole}
    return [found[public_id] for public_id in ids if public_id in found]


def _shelf(rows: list[Item], hits: int | None, limit: int) -> Shelf:
    page = rows[:limit]
    return Shelf(with_photos(page), page[-1].public_id if len(rows) > limit else "", hits)


def with_photos(items: list[Item]) -> tuple[Card, ...]:
    """One query."""
    photos = first_photos(items)
    return tuple(Card(item, photos.get(item.pk, "")) for item in items)


def first_photos(items: Iterable[Item]) -> dict[int, str]:
    """Public ids of the first photos by the items' row numbers. One query."""
    rows = ItemPhoto.objects.filter(item__in=[item.pk for item in items], position=0)
    return dict(rows.values_list("item_id", "file__public_id"))


def newly_listed(
    centre: Centre,
    tree: Tree,
    wanted: Wanted,
    moment: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    brought: Sequence[int] = (),
    most: int = PAGE,
) -> list[Item]:
    """What fits and can be reserved, newest first; since, until: only what came onto the shelf
    for the first time after the one and not after the other, and what came with the tables
    `brought`, however old the things are. One query, with words those of the search."""
    rows = wished(on_shelf(centre), centre, tree, wanted, moment)
    if since is not None:
        came = Q(for_sale_since__gt=since, first_for_sale_at__gt=since)
        rows = rows.filter(came | Q(intake__in=brought) if brought else came)
    if until is not None:
        rows = rows.filter(for_sale_since__lte=until)
    if wanted.words:
        ids = search(SEARCH_KIND, centre.scope, wanted.words, limit=FOUND_AT_MOST)
        rows = rows.filter(public_id__in=ids)
    rows = rows.filter(state=ItemState.FOR_SALE).select_related("category", "centre")
    return list(rows.order_by("-for_sale_since", "-id")[:most])


def tables_brought(centre: Centre, since: datetime, until: datetime) -> list[int]:
    """Row numbers of the intakes of tables that came in after the one moment and not after the
    other. One query."""
    rows = Intake.objects.filter(centre=centre, imported_at__gt=since, imported_at__lte=until)
    return list(rows.values_list("pk", flat=True))


COUNTS_TO = 1_000  # what is more than that is "1,000+" on a start page


def new_today(centre: Centre, moment: datetime) -> int:
    """How many things came onto the shelf since midnight in the centre's zone, counted to one
    beyond `COUNTS_TO`. One query."""
    midnight = fresh_since(centre, "heute", moment)
    rows = Item.objects.filter(
        centre=centre, for_sale_since__gte=midnight, for_sale_since__isnull=False
    )
    return rows[: COUNTS_TO + 1].count()


def shelf_size(centre: Centre) -> int:
    """Everything in the catalogue, reserved or not, counted to one beyond `COUNTS_TO`: a start
    page is not slower for a fuller house. One query, in the index alone."""
    rows = Item.objects.filter(centre=centre, for_sale_since__isnull=False)
    return rows[: COUNTS_TO + 1].count()


def shelf_today(centre: Centre, moment: datetime) -> tuple[int, int]:
    """How many things came onto the shelf today, and how many stand there, reserved or not; each
    counted to one beyond `COUNTS_TO`, so that a start page is not slower for a fuller house. One
    query, in the index alone."""
    rows = Item.objects.filter(centre=centre, for_sale_since__isnull=False)
    newest = rows.order_by("-for_sale_since").values_list("for_sale_since", flat=True)
    since = [when for when in newest[: COUNTS_TO + 1] if when is not None]
    midnight = fresh_since(centre, "heute", moment)
    return sum(when >= midnight for when in since), len(since)


def months_on_shelf(centre: Centre) -> tuple[str, ...]:
    """ "2026-11", oldest first: from the oldest thing on the shelf to the newest. Two queries."""
    rows = on_shelf(centre).values_list("for_sale_since", flat=True)
    newest = rows.order_by("-for_sale_since", "-id").first()
    oldest = rows.order_by("for_sale_since", "id").first()
    if newest is None or oldest is None:
        return ()
    first, last = (_month_number(one.astimezone(centre.tz)) for one in (oldest, newest))
    return tuple(f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(first, last + 1))


def _month_number(moment: datetime) -> int:
    return moment.year * 12 + moment.month - 1


def listed_in_month(centre: Centre, month: str, most: int) -> list[tuple[str, datetime]]:
    """Public ids of what stands on the shelf since that month ("2026-11"). One query."""
    year, number = int(month[:4]), int(month[5:])
    start = datetime(year, number, 1, tzinfo=centre.tz)
    end = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=centre.tz)
    rows = on_shelf(centre).filter(for_sale_since__gte=start, for_sale_since__lt=end)
    newest = rows.order_by("-for_sale_since", "-id")
    pairs = newest.values_list("public_id", "for_sale_since")[:most]
    return [(public_id, since) for public_id, since in pairs if since is not None]
