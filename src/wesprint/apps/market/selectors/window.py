"""The window for everybody: newest first, by kind, by words; keyset pages, never an offset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from wesprint.apps.market.links import BOOKING, SUPPLIER
from wesprint.apps.market.models import (
    Booking,
    BookingState,
    Listing,
    ListingPhoto,
    ListingState,
    Supplier,
    SupplierState,
)
from wesprint.kernel.errors import NotFound
from wesprint.platform.files.models import StoredFile
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.secrets import secret_hash
from wesprint.platform.search.selectors import search

SEARCH_KIND = "market.listing"
PAGE = 24
FOUND_AT_MOST = 300
BOOKINGS_SHOWN = 60
COUNTS_TO = 1_000  # what is more than that is "1,000+" on a start page


@dataclass(frozen=True, slots=True)
class Card:
    """One thing in the window and its first photo, if it has one."""

    listing: Listing
    photo: str


@dataclass(frozen=True, slots=True)
class Window:
    """A page of the window; `after` asks for the next one, empty on the last."""

    cards: tuple[Card, ...]
    after: str


def window(
    centre: Centre, *, kind: str = "", words: str = "", after: str = "", near: bool = False
) -> Window:
    """near: only what is made within 50 km. Two queries, one more behind the first page; with
    words those of the search."""
    rows = in_window(centre)
    if kind:
        rows = rows.filter(kind=kind)
    if near:
        rows = rows.filter(made_within_km__lte=50)
    if words.strip():
        return _found(rows, centre, words, after)
    if after:
        rows = _behind(rows, after)
    return _page(list(rows.order_by("-shown_since", "-id")[: PAGE + 1]))


BESIDE = 4


def beside_the_shelf(centre: Centre, *, words: str, kinds: Sequence[str]) -> tuple[Card, ...]:
    """The newest few, or those that the words find best. One query, with words one more."""
    first = ListingPhoto.objects.filter(listing=OuterRef("pk"), position=0)
    rows = in_window(centre).annotate(photo=Subquery(first.values("file__public_id")[:1]))
    if words.strip():
        ids = search(SEARCH_KIND, centre.scope, words, limit=BESIDE)
        ordered = sorted(rows.filter(public_id__in=ids), key=lambda one: ids.index(one.public_id))
    else:
        rows = rows.filter(kind__in=kinds) if kinds else rows
        ordered = list(rows.order_by("-shown_since", "-id")[:BESIDE])
    return tuple(Card(one, str(vars(one)["photo"] or "")) for one in ordered)


def in_window(centre: Centre) -> QuerySet[Listing]:
    rows = Listing.objects.filter(centre=centre, shown_since__isnull=False)
    return rows.select_related("supplier")


def _behind(rows: QuerySet[Listing], after: str) -> QuerySet[Listing]:
    found = Listing.objects.filter(public_id=after, shown_since__isnull=False)
    for pk, moment in found.values_list("pk", "shown_since"):
        return rows.filter(
            Q(shown_since__lt=moment) | Q(shown_since=moment, pk__lt=pk), shown_since__lte=moment
        )
    return rows.none()


def _found(rows: QuerySet[Listing], centre: Centre, words: str, after: str) -> Window:
    ids = search(SEARCH_KIND, centre.scope, words, limit=FOUND_AT_MOST)
    place = {public_id: place for place, public_id in enumerate(ids)}
    start = place.get(after, -1)
    ordered = sorted(rows.filter(public_id__in=ids), key=lambda one: place[one.public_id])
    return _page([one for one in ordered if place[one.public_id] > start][: PAGE + 1])


def _page(rows: list[Listing]) -> Window:
    page = rows[:PAGE]
    photos = first_photos(page)
    cards = tuple(Card(one, photos.get(one.pk, "")) for one in page)
    return Window(cards, page[-1].public_id if len(rows) > PAGE else "")


def first_photos(listings: Iterable[Listing]) -> dict[int, str]:
    """Public ids of the first photos by the listings' row numbers. One query."""
    rows = ListingPhoto.objects.filter(listing__in=[one.pk for one in listings], position=0)
    return dict(rows.values_list("listing_id", "file__public_id"))


def photos_of(listing: Listing) -> list[str]:
    """One query."""
    rows = ListingPhoto.objects.filter(listing=listing).order_by("position")
    return list(rows.values_list("file__public_id", flat=True))


def photo_by_id(public_id: str) -> StoredFile:
    """A photo of something shown; raises NotFound for every other file. One query."""
    shown = ListingPhoto.objects.filter(
        file__public_id=public_id, listing__supplier__state=SupplierState.APPROVED
    ).exclude(listing__state=ListingState.HIDDEN)
    row = shown.select_related("file").first()
    if row is None:
        raise NotFound(_("This photo does not exist."))
    return row.file


def shown_count(centre: Centre) -> int:
    """Counted to one beyond `COUNTS_TO`. One query, in the index alone."""
    rows = Listing.objects.filter(centre=centre, shown_since__isnull=False)
    return rows[: COUNTS_TO + 1].count()


def listing_by_id(centre: Centre, public_id: str) -> Listing:
    """With its supplier, seen by others or not. Raises NotFound. One query."""
    rows = Listing.objects.filter(centre=centre, public_id=public_id)
    found = rows.select_related("centre", "supplier").first()
    if found is None:
        raise NotFound(
            _("This is not in the window any more."),
            next=_("Look at what is there now."),
            code="no-listing",
        )
    return found


# -- bookings ------------------------------------------------------------------------------
def booking_by_secret(secret: str) -> Booking:
    """Raises NotFound. One query."""
    rows = Booking.objects.filter(secret_hash=secret_hash(secret, BOOKING))
    found = rows.select_related("listing__supplier", "centre", "intent").first()
    if found is None:
        raise NotFound(
            _("This link leads to no reservation."), next=_("Look at what is there now.")
        )
    return found


def bookings(centre: Centre, *, supplier: Supplier | None = None) -> tuple[Booking, ...]:
    """Under way, who waits longest first. One query."""
    rows = Booking.objects.filter(centre=centre, state=BookingState.ACTIVE)
    if supplier is not None:
        rows = rows.filter(listing__supplier=supplier)
    rows = rows.select_related("listing__supplier", "person", "centre")
    return tuple(rows.order_by("booked_at", "pk")[:BOOKINGS_SHOWN])


def booking_by_id(centre: Centre, public_id: str, supplier: Supplier | None = None) -> Booking:
    """Raises NotFound for none, another house's and another supplier's. One query."""
    rows = Booking.objects.filter(centre=centre, public_id=public_id)
    if supplier is not None:
        rows = rows.filter(listing__supplier=supplier)
    found = rows.select_related("listing__supplier", "centre", "intent").first()
    if found is None:
        raise NotFound(_("There is no such reservation."))
    return found


# -- suppliers -----------------------------------------------------------------------------
def supplier_by_secret(secret: str) -> Supplier:
    """Raises NotFound. One query."""
    rows = Supplier.objects.filter(secret_hash=secret_hash(secret, SUPPLIER))
    found = rows.select_related("centre", "contact", "agent").first()
    if found is None:
        raise NotFound(
            _("This link leads to no supplier."),
            next=_("Please look into our letter again, or write to the house."),
        )
    return found


def supplier_by_id(centre: Centre, public_id: str) -> Supplier:
    """Raises NotFound. One query."""
    rows = Supplier.objects.filter(centre=centre, public_id=public_id)
    found = rows.select_related("centre", "contact", "agent", "organisation").first()
    if found is None:
        raise NotFound(_("There is no such supplier."))
    return found


def suppliers(centre: Centre) -> tuple[Supplier, ...]:
    """Those who wait for an answer first, then by name. One query."""
    rows = Supplier.objects.filter(centre=centre).select_related("contact")
    order = {state.value: place for place, state in enumerate(SupplierState)}
    return tuple(sorted(rows.order_by("name", "pk"), key=lambda one: order[one.state]))


def listings_of(supplier: Supplier) -> tuple[Listing, ...]:
    """What it offers, newest first; what is gone is left out. One query."""
    rows = Listing.objects.filter(supplier=supplier).exclude(state=ListingState.GONE)
    return tuple(rows.order_by("-pk")[:200])


def listing_of(supplier: Supplier, public_id: str) -> Listing:
    """Raises NotFound for another supplier's. One query."""
    rows = Listing.objects.filter(supplier=supplier, public_id=public_id)
    found = rows.select_related("supplier__centre", "centre").first()
    if found is None:
        raise NotFound(_("There is no such entry."))
    return found


def feeds_to_read(before: datetime) -> tuple[Supplier, ...]:
    """Feeds of approved suppliers that were not read since then. One query."""
    rows = Supplier.objects.filter(
        Q(feed_read_at__isnull=True) | Q(feed_read_at__lt=before), state=SupplierState.APPROVED
    ).exclude(feed_url="")
    return tuple(rows.select_related("centre").order_by("feed_read_at", "pk")[:50])
