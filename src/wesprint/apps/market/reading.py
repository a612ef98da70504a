"""Reading suppliers' product feeds: fetched outside of any transaction, taken over inside one."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wesprint.apps.market import feeds, services
from wesprint.apps.market.feeds import Read
from wesprint.apps.market.models import Listing, ListingSource, Supplier
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import DomainError
from wesprint.platform.fetch.services import Fetched, Limits, fetch
from wesprint.platform.files.services import prepare
from wesprint.web.errors import localise

FEED = Limits(bytes=8_000_000, seconds=40)
PHOTO = Limits(bytes=6_000_000, seconds=15)
PHOTOS_AT_ONCE = 12
ACCEPT = "application/rss+xml, application/atom+xml, application/xml, text/csv, text/*;q=0.8"


def read_feed(ctx: Ctx, supplier: Supplier, *, language: str = "de") -> Supplier:
    """Visit one supplier's feed and note what it brought, or why it brought nothing."""
    with translation.override(language):
        try:
            found = fetch(supplier.feed_url, accept=ACCEPT, etag=supplier.feed_etag, limits=FEED)
            note = _("Nothing new.") if found.unchanged else _taken_over(ctx, supplier, found)
            etag = found.etag
        except DomainError as error:
            note, etag = " ".join(filter(None, map(localise, (error.what, error.next)))), ""
        noted = services.note_feed(
            ctx.sub("note"), supplier=supplier, note=note, read_at=ctx.occurred_at, etag=etag
        )
        _fetch_photos(ctx, supplier)
    return noted


def _taken_over(ctx: Ctx, supplier: Supplier, found: Fetched) -> str:
    read = feeds.read(found.body, cut=found.cut)
    done = services.take_over(
        ctx.sub("goods"),
        supplier=supplier,
        wares=read.wares,
        source=ListingSource.FEED,
        complete=not read.cut and bool(read.wares),
    )
    counts = {"new": done.new, "changed": done.changed, "gone": done.gone}
    words = [_("%(new)s new, %(changed)s looked through, %(gone)s gone.") % counts]
    if read.cut:
        words.append(_("The feed is too large: only its first goods were read."))
    return " ".join([*words, *_faults(read)])


def _faults(read: Read) -> Iterable[str]:
    if read.faults:
        count, first = len(read.faults), read.faults[0]
        text = ngettext("%(count)s was left out", "%(count)s were left out", count)
        yield f"{text % {'count': count}}: {first.title or first.row} – {localise(first.what)}"


def _fetch_photos(ctx: Ctx, supplier: Supplier) -> None:
    """A few pictures a visit, so that a large feed does not hold up the others."""
    rows = Listing.objects.filter(supplier=supplier, pictures=None, shown_since__isnull=False)
    for listing in rows.exclude(image_url="").order_by("pk")[:PHOTOS_AT_ONCE]:
        _fetch_photo(ctx, listing)


def _fetch_photo(ctx: Ctx, listing: Listing) -> None:
    """Without a picture the thing is shown all the same; whatever is wrong with the address is
    not asked again."""
    try:
        photo = prepare(fetch(listing.image_url, accept="image/*", limits=PHOTO).body)
        services.add_photo(ctx.sub(listing.public_id), listing=listing, photo=photo)
    except DomainError:
        services.forget_image(ctx.sub(listing.public_id), listing=listing)
