"""Keeping the window in step: what is there, approved and not taken down can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from wesprint.apps.market.models import Kind, Listing, ListingState, Supplier
from wesprint.kernel.context import Ctx
from wesprint.platform.search import services as search

SEARCH_KIND = "market.listing"


def refresh(ctx: Ctx, listings: Sequence[Listing], supplier: Supplier) -> None:
    """Write down since when each can be seen, and let the search know."""
    for listing in listings:
        listing.shown_since = _since(listing, supplier, ctx.occurred_at)
    Listing.objects.bulk_update(listings, ["shown_since"], batch_size=200)
    search.index_many([_entry(one, supplier) for one in listings if one.shown_since])
    for listing in listings:
        if not listing.shown_since:
            search.remove(kind=SEARCH_KIND, object_id=listing.public_id)


def _since(listing: Listing, supplier: Supplier, at: datetime) -> datetime | None:
    there = supplier.is_approved and listing.state == ListingState.SHOWN and listing.stock > 0
    return (listing.shown_since or at) if there else None


def _entry(listing: Listing, supplier: Supplier) -> search.Entry:
    return search.Entry(
        kind=SEARCH_KIND,
        object_id=listing.public_id,
        scope=supplier.centre.scope,
        title=listing.title,
        body=f"{supplier.name} {Kind(listing.kind).label} {listing.text}",
    )
