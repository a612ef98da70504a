"""The supplier's own page behind its secret link: goods by form, table and feed; reservations."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.market import feeds, links, services, tasks
from wesprint.apps.market.forms import FeedForm, TableForm, WareForm
from wesprint.apps.market.models import Listing, ListingSource, Supplier
from wesprint.apps.market.presenters import window as show
from wesprint.apps.market.selectors import window as ask
from wesprint.apps.market.views.common import attachment, tokens, uploads
from wesprint.apps.market.wares import Ware
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.db import write_transaction
from wesprint.platform.files.services import Prepared
from wesprint.web.handling import attempt, mended, show_house
from wesprint.web.http import ctx_of
from wesprint.web.links import absolute
from wesprint.web.throttle import throttle

MOST_BYTES = 600_000
SAMPLE = (
    "nummer;titel;beschreibung;preis;bestand;kategorie;umkreis_km;bild;hersteller;"
    "hersteller_adresse;hersteller_email;kennzeichnung;warnhinweise\r\n"
    "R1;Roggenbrot;Aus dem Holzofen, 1 kg;5,20;6;food;12;;;;;;\r\n"
    "S2;Lavendelseife;Von Hand gesiedet;4,50;20;body;30;;Seifenküche Ruhr;"
    "Uferweg 2, 59821 Arnsberg;seife@example.org;Charge 26-11;Nicht in die Augen bringen\r\n"
)


def _supplier(request: HttpRequest, secret: str) -> Supplier:
    supplier = ask.supplier_by_secret(secret)
    show_house(request, supplier.centre)
    if request.method == "POST":
        throttle(request, "supply")
    return supplier


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest, secret: str) -> HttpResponse:
    """Everything at a glance; POST sets the address of the product feed."""
    supplier = _supplier(request, secret)
    form = FeedForm(request.POST or None, initial={"url": supplier.feed_url})
    if request.method == "POST" and attempt(form, lambda: _set_feed(request, supplier, form)):
        return redirect(links.supplier_path(supplier))
    context = {
        "supplier": supplier,
        "secret": secret,
        "link": absolute(links.supplier_path(supplier)),
        "listings": [show.listing_line(one) for one in ask.listings_of(supplier)],
        "bookings": [
            show.booking_line(one) for one in ask.bookings(supplier.centre, supplier=supplier)
        ],
    }
    return mended(request, "market/supplier.html", context, form)


def _set_feed(request: HttpRequest, supplier: Supplier, form: FeedForm) -> Supplier:
    done = services.set_feed(
        ctx_of(request, supplier.centre), supplier=supplier, url=form.cleaned_data["url"]
    )
    if done.feed_url and done.is_approved:
        with write_transaction():
            tasks.read_feed.enqueue(done.public_id)
    return done


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ware(request: HttpRequest, secret: str, public_id: str = "") -> HttpResponse:
    """Something new, or another word, price or number for what is there."""
    supplier = _supplier(request, secret)
    listing = ask.listing_of(supplier, public_id) if public_id else None
    form = WareForm(request.POST or None, initial=_initial(listing) if listing else None)
    photos: tuple[Prepared, ...] = ()
    if request.method == "POST":
        photos = attempt(form, lambda: uploads(request)) or ()
        if attempt(form, lambda: _keep(request, supplier, listing, form, photos)) is not None:
            return redirect(links.supplier_path(supplier))
    context = {"supplier": supplier, "secret": secret, "listing": listing, **tokens(photos)}
    return mended(request, "market/ware.html", context, form)


def _initial(listing: Listing) -> dict[str, Any]:
    values = {name: getattr(listing, name) for name in Ware.__dataclass_fields__}
    euros, cents = divmod(listing.price_cents, 100)
    return {**values, "price": f"{euros},{cents:02}"}


def _keep(
    request: HttpRequest,
    supplier: Supplier,
    listing: Listing | None,
    form: WareForm,
    photos: tuple[Prepared, ...],
) -> Listing:
    ctx = ctx_of(request, supplier.centre)
    if listing is None:
        return services.list_ware(ctx, supplier=supplier, ware=form.as_ware(), photos=photos)
    return services.change_listing(ctx, listing=listing, ware=form.as_ware(), photos=photos)


@never_cache
@require_POST
def state(request: HttpRequest, secret: str, public_id: str, verb: str) -> HttpResponse:
    """Pause it, show it again, or take it out."""
    supplier = _supplier(request, secret)
    wanted = {"pausieren": "paused", "zeigen": "shown", "beenden": "gone"}.get(verb)
    if wanted is None:
        raise Invalid(_("This does not exist here."))
    listing = ask.listing_of(supplier, public_id)
    services.set_listing_state(ctx_of(request, supplier.centre), listing=listing, state=wanted)
    return redirect(links.supplier_path(supplier))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, secret: str) -> HttpResponse:
    """A table: first what it would bring, then, once sure, it is taken over."""
    supplier = _supplier(request, secret)
    form = TableForm(request.POST or None, request.FILES or None)
    text, preview = "", None
    if request.method == "POST":
        text = attempt(form, lambda: _text(request, form)) or ""
        read: feeds.Read | None = attempt(form, lambda: feeds.read_table(text)) if text else None
        if read is not None:
            if _is_taken_over(request, supplier, form, read):
                return redirect(links.supplier_path(supplier))
            preview = show.preview(read)
    context = {"supplier": supplier, "secret": secret, "preview": preview, "table": text}
    return mended(request, "market/table.html", context, form)


def _text(request: HttpRequest, form: TableForm) -> str:
    upload = form.cleaned_data["file"]
    if upload is None:
        if not form.cleaned_data["table"]:
            raise Invalid(_("Please choose a table."), field="file")
        return str(form.cleaned_data["table"])
    if upload.size > MOST_BYTES:
        raise Invalid(
            _("This table is larger than 600 kB."),
            next=_("Please send it in parts, or use a product feed."),
            field="file",
            code="too-large",
        )
    return feeds.decoded(upload.read())


def _is_taken_over(
    request: HttpRequest, supplier: Supplier, form: TableForm, read: feeds.Read
) -> bool:
    """Only once somebody has seen what would come and said yes."""
    if not form.cleaned_data["sure"]:
        return False
    done = attempt(
        form,
        lambda: services.take_over(
            ctx_of(request, supplier.centre),
            supplier=supplier,
            wares=read.wares,
            source=ListingSource.TABLE,
        ),
    )
    return done is not None


@require_safe
def sample(request: HttpRequest, secret: str) -> HttpResponse:
    _supplier(request, secret)
    return attachment("\ufeff" + SAMPLE, "text/csv; charset=utf-8", "muster.csv")


@never_cache
@require_POST
def collected(request: HttpRequest, secret: str, public_id: str) -> HttpResponse:
    """The neighbour was at the supplier's and has it."""
    supplier = _supplier(request, secret)
    found = ask.booking_by_id(supplier.centre, public_id, supplier)
    services.collect_booking(ctx_of(request, supplier.centre), booking=found)
    return redirect(links.supplier_path(supplier))
