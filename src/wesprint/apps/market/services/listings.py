"""Goods of suppliers: one by one, or many at once from a table or a feed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from wesprint.apps.goods.public import check_count, held, keep_photos, text_of
from wesprint.apps.market.models import (
    Booking,
    BookingState,
    Listing,
    ListingPhoto,
    ListingSource,
    ListingState,
    Supplier,
    SupplierState,
)
from wesprint.apps.market.services.shown import refresh
from wesprint.apps.market.wares import Ware, checked
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import Conflict, Refused
from wesprint.kernel.ids import new_public_id
from wesprint.platform.commands.services import changed, command
from wesprint.platform.files.services import Prepared

NOTHING_CHANGED = _("Nothing was changed.")
MOST_OF_ONE = 2000


@command("market.list_ware")
def list_ware(
    ctx: Ctx, *, supplier: Supplier, ware: Ware, photos: tuple[Prepared, ...] = ()
) -> Listing:
    """A supplier shows something; seen by others once the house has approved the supplier."""
    supplier = _open(supplier)
    made = _new(ctx, supplier, checked(ware), ListingSource.FORM)
    made.save()
    _add_photos(ctx, made, photos)
    changed(made, "title", "price_cents", "stock")
    refresh(ctx, [made], supplier)
    return made


def _open(supplier: Supplier) -> Supplier:
    supplier = held(supplier, "centre")
    if supplier.state in (SupplierState.DECLINED, SupplierState.ENDED):
        raise Refused(
            _("This supplier is not in the window any more."),
            kept=_("Nothing was saved."),
            next=_("Please speak with the house."),
            code="supplier-closed",
        )
    if supplier.listings.count() >= MOST_OF_ONE:
        raise Refused(
            _("At most 2,000 goods of one supplier, please."),
            kept=_("Nothing was saved."),
            code="too-many-listings",
        )
    return supplier


def _new(ctx: Ctx, supplier: Supplier, ware: Ware, source: ListingSource) -> Listing:
    public_id = new_public_id()
    values = asdict(ware) | {"ref": ware.ref or public_id}
    return Listing(
        public_id=public_id,
        centre=supplier.centre,
        supplier=supplier,
        source=source,
        made_at=ctx.occurred_at,
        **values,
    )


@command("market.change_listing")
def change_listing(
    ctx: Ctx, *, listing: Listing, ware: Ware, photos: tuple[Prepared, ...] = ()
) -> Listing:
    """What it says, costs and how many there are; its own number stays. Photos are added."""
    listing = held(listing, "supplier__centre")
    _set(listing, checked(ware))
    listing.save()
    _add_photos(ctx, listing, photos)
    changed(listing, "title", "price_cents", "stock")
    refresh(ctx, [listing], listing.supplier)
    return listing


def _set(listing: Listing, ware: Ware) -> None:
    """What is shown only while there is some would stand in the way of a save without any."""
    for name, value in asdict(ware).items():
        if name != "ref":
            setattr(listing, name, value)
    if listing.stock == 0:
        listing.shown_since = None


def _add_photos(ctx: Ctx, listing: Listing, photos: tuple[Prepared, ...]) -> None:
    first = listing.pictures.count()
    check_count(first + len(photos))
    files = keep_photos(ctx, photos, purpose="market.listing", public=True)
    ListingPhoto.objects.bulk_create(
        ListingPhoto(listing=listing, file=file, position=position)
        for position, file in enumerate(files, start=first)
    )


@command("market.set_listing_state")
def set_listing_state(ctx: Ctx, *, listing: Listing, state: str) -> Listing:
    """The supplier pauses it, shows it again, or no longer offers it. Raises Conflict for what
    the house has taken down."""
    listing = held(listing, "supplier__centre")
    if listing.state == ListingState.HIDDEN:
        raise Conflict(
            _("The house has taken this down."),
            kept=NOTHING_CHANGED,
            next=_("Please speak with the house."),
            code="hidden",
        )
    return _turn(ctx, listing, ListingState(state))


@command("market.hide_listing")
def hide_listing(ctx: Ctx, *, listing: Listing, hidden: bool = True) -> Listing:
    """The house takes something down, or lets it be shown again."""
    listing = held(listing, "supplier__centre")
    return _turn(ctx, listing, ListingState.HIDDEN if hidden else ListingState.SHOWN)


def _turn(ctx: Ctx, listing: Listing, state: ListingState) -> Listing:
    listing.state = state
    if state != ListingState.SHOWN:
        listing.shown_since = None
    listing.save(update_fields=["state", "shown_since"])
    changed(listing, "state")
    refresh(ctx, [listing], listing.supplier)
    return listing


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What a table or feed changed."""

    new: int
    changed: int
    gone: int


@command("market.take_over")
def take_over(
    ctx: Ctx, *, supplier: Supplier, wares: tuple[Ware, ...], source: str, complete: bool = False
) -> TakenOver:
    """Goods from a table or feed, found again by their own number. complete: what came from
    the same source and is no longer in it is gone. What the house has taken down stays down."""
    supplier = _open(supplier)
    known = {one.ref: one for one in held_listings(supplier)}
    fresh = [_new(ctx, supplier, ware, ListingSource(source)) for ware in _unknown(wares, known)]
    Listing.objects.bulk_create(fresh, batch_size=200)
    old = _renewed(wares, known)
    named = {ware.ref for ware in wares}
    gone = [one for one in known.values() if complete and _is_gone(one, source, named)]
    for one in gone:
        one.state, one.shown_since = ListingState.GONE, None
    Listing.objects.bulk_update([*old, *gone], _COLUMNS, batch_size=100)
    changed(supplier, "listings")
    refresh(ctx, [*fresh, *old, *gone], supplier)
    return TakenOver(len(fresh), len(old), len(gone))


_COLUMNS = [
    *(name for name in Ware.__dataclass_fields__ if name != "ref"),
    "state",
    "shown_since",
]


def held_listings(supplier: Supplier) -> list[Listing]:
    return list(Listing.objects.select_for_update().filter(supplier=supplier).order_by("pk"))


def _unknown(wares: Iterable[Ware], known: dict[str, Listing]) -> list[Ware]:
    return [ware for ware in wares if not ware.ref or ware.ref not in known]


def _renewed(wares: Iterable[Ware], known: dict[str, Listing]) -> list[Listing]:
    """The known ones with what is told of them now; what is put aside is not counted again."""
    old = [(known[ware.ref], ware) for ware in wares if ware.ref in known]
    aside = _put_aside([listing.pk for listing, _ware in old])
    for listing, ware in old:
        _set(listing, ware)
        listing.stock = max(0, ware.stock - aside.get(listing.pk, 0))
        if listing.state == ListingState.GONE:
            listing.state = ListingState.SHOWN
        if listing.stock == 0:
            listing.shown_since = None
    return [listing for listing, _ware in old]


def _put_aside(pks: list[int]) -> dict[int, int]:
    rows = Booking.objects.filter(listing__in=pks, state=BookingState.ACTIVE)
    return dict(rows.order_by().values_list("listing_id").annotate(sum=Sum("count")))


def _is_gone(listing: Listing, source: str, named: set[str]) -> bool:
    return (
        listing.source == source
        and listing.ref not in named
        and listing.state in (ListingState.SHOWN, ListingState.PAUSED)
    )


@command("market.note_feed")
def note_feed(
    ctx: Ctx, *, supplier: Supplier, note: str, read_at: datetime, etag: str = ""
) -> Supplier:
    """What the last visit at the feed brought, or why it brought nothing."""
    supplier = held(supplier)
    supplier.feed_note, supplier.feed_read_at = text_of(note[:500], 500, "note"), read_at
    supplier.feed_etag = etag or supplier.feed_etag
    supplier.save(update_fields=["feed_note", "feed_read_at", "feed_etag"])
    changed(supplier, "feed_read_at")
    return supplier


@command("market.add_photo")
def add_photo(ctx: Ctx, *, listing: Listing, photo: Prepared) -> Listing:
    """The picture that its feed names."""
    listing = held(listing)
    if not listing.pictures.exists():
        _add_photos(ctx, listing, (photo,))
        changed(listing, "photos")
    return listing


@command("market.forget_image")
def forget_image(ctx: Ctx, *, listing: Listing) -> Listing:
    """The address of its picture leads nowhere; the next visit at the feed may bring another."""
    listing = held(listing)
    listing.image_url = ""
    listing.save(update_fields=["image_url"])
    changed(listing, "image_url")
    return listing
