"""Suppliers, their goods and bookings as cards, facts and rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from wesprint.apps.market.feeds import Read
from wesprint.apps.market.models import (
    Booking,
    BookingWay,
    Kind,
    Listing,
    ListingState,
    Place,
    Supplier,
    SupplierState,
)
from wesprint.apps.market.selectors.window import Card
from wesprint.web import formats
from wesprint.web.errors import localise
from wesprint.web.links import absolute

KIND_ICONS = {
    Kind.FOOD: "cat-pots",
    Kind.HOME: "cat-dishes",
    Kind.CLOTHING: "cat-clothing",
    Kind.BODY: "cat-vase",
    Kind.TOYS: "cat-toy",
    Kind.GARDEN: "cat-garden-tool",
    Kind.REPAIR: "cat-hand-tool",
    Kind.OTHER: "cat-other",
}
SUPPLIER_TAGS = {
    SupplierState.APPLIED: "now",
    SupplierState.APPROVED: "",
    SupplierState.DECLINED: "line",
    SupplierState.ENDED: "line",
}


def photo_url(public_id: str, size: int) -> str:
    return reverse("market_photo", args=[public_id, size])


def card(one: Card, slug: str) -> dict[str, Any]:
    """For components/good.html."""
    listing = one.listing
    return {
        "url": reverse("market_listing", args=[slug, listing.public_id]),
        "title": listing.title,
        "photo": photo_url(one.photo, 320) if one.photo else "",
        "icon_name": KIND_ICONS[Kind(listing.kind)],
        "facts": listing.supplier.name,
        "cents": listing.price_cents,
        "tag": near(listing),
        "tag_kind": "",
    }


def cards(found: Iterable[Card], slug: str) -> list[dict[str, Any]]:
    return [card(one, slug) for one in found]


def near(listing: Listing) -> str:
    if listing.made_within_km is None:
        return ""
    return _("from within %(km)s km") % {"km": formats.number(listing.made_within_km)}


def left(listing: Listing) -> str:
    if listing.stock == 1:
        return _("the last one")
    return _("%(count)s there") % {"count": formats.number(listing.stock)}


def facts(listing: Listing) -> list[dict[str, Any]]:
    """For components/facts.html: where it is, and what Art. 19 of the product safety
    regulation wants beside an offer."""
    supplier = listing.supplier
    rows = [
        {"label": _("Sold by"), "value": supplier.name},
        {"label": _("Where it is"), "value": where(listing)},
        {"label": _("Made"), "value": near(listing)},
        {"label": _("Maker"), "value": maker(listing)},
        {"label": _("On the product"), "value": listing.identification},
        {"label": _("Safety"), "value": listing.warnings},
    ]
    return [row for row in rows if row["value"]]


def where(listing: Listing) -> str:
    return _("in the house") if listing.place == Place.HOUSE else address(listing.supplier)


def address(supplier: Supplier) -> str:
    return f"{supplier.street}, {supplier.postcode} {supplier.town}"


def maker(listing: Listing) -> str:
    if listing.maker_name:
        parts = (listing.maker_name, listing.maker_address, listing.maker_email)
    else:
        parts = (listing.supplier.name, address(listing.supplier), listing.supplier.email)
    return ", ".join(parts)


def structured_data(listing: Listing, photo: str) -> dict[str, Any]:
    """schema.org Product with its Offer."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": listing.title,
        "description": listing.text,
        "url": absolute(reverse("market_listing", args=[listing.centre.slug, listing.public_id])),
        "offers": {
            "@type": "Offer",
            "price": f"{listing.price_cents / 100:.2f}",
            "priceCurrency": "EUR",
            "availability": "https://schema.org/InStoreOnly",
            "itemCondition": "https://schema.org/NewCondition",
            "seller": {"@type": "Organization", "name": listing.supplier.name},
        },
    }
    if photo:
        data["image"] = absolute(photo_url(photo, 960))
    return data


# -- rows ----------------------------------------------------------------------------------
def tag(text: object, kind: str = "") -> str:
    css = f" ws-tag--{kind}" if kind else ""
    return format_html('<span class="ws-tag{}">{}</span>', css, text)


def supplier_columns() -> list[dict[str, str]]:
    return [
        {"label": _("Business")},
        {"label": _("State")},
        {"label": _("Town")},
        {"label": _("Agreed on")},
        {"label": _("Asked on")},
    ]


def supplier_row(supplier: Supplier, slug: str) -> dict[str, Any]:
    state = SupplierState(supplier.state)
    return {
        "url": reverse("market_supplier_decide", args=[slug, supplier.public_id]),
        "cells": [
            supplier.name,
            tag(state.label, SUPPLIER_TAGS[state]),
            supplier.town,
            formats.short_date(supplier.agreed_on) if supplier.agreed_on else "",
            formats.short_date(supplier.applied_at),
        ],
    }


_LISTING_TAGS = {
    ListingState.SHOWN: "",
    ListingState.PAUSED: "plain",
    ListingState.HIDDEN: "now",
    ListingState.GONE: "line",
}


def listing_line(listing: Listing) -> dict[str, Any]:
    state = ListingState(listing.state)
    words = state.label if listing.stock or state != ListingState.SHOWN else _("sold out")
    kind = _LISTING_TAGS[state] if listing.stock else "plain"
    return {
        "listing": listing,
        "icon": KIND_ICONS[Kind(listing.kind)],
        "left": left(listing) if listing.stock else "",
        "state": {"text": words, "kind": kind},
        "may_pause": state == ListingState.SHOWN,
        "may_show": state == ListingState.PAUSED,
        "hidden": state == ListingState.HIDDEN,
    }


def booking_line(booking: Booking) -> dict[str, Any]:
    """Who, what, until when; the address only where it is delivered."""
    person = booking.person
    delivered = booking.way == BookingWay.DELIVER
    return {
        "booking": booking,
        "title": f"{booking.count} × {booking.listing.title}",
        "supplier": booking.listing.supplier.name,
        "who": (person.name or person.phone or person.email) if person else "–",
        "reach": (person.phone or person.email) if person else "",
        "where": booking.deliver_to if delivered else where(booking.listing),
        "delivered": delivered,
        "cents": booking.total_cents,
    }


def preview(read: Read) -> dict[str, Any]:
    """What a table would bring, and each row that is left out with its reason."""
    return {
        "columns": [
            {"label": _("Goods")},
            {"label": _("Number")},
            {"label": _("Price"), "kind": "number"},
            {"label": _("Stock"), "kind": "number"},
            {"label": _("Kind")},
        ],
        "rows": [
            {
                "cells": [
                    ware.title,
                    ware.ref,
                    formats.money(ware.price_cents),
                    formats.number(ware.stock),
                    Kind(ware.kind).label,
                ]
            }
            for ware in read.wares[:50]
        ],
        "count": len(read.wares),
        "faults": [
            {"row": one.row, "title": one.title, "what": localise(one.what)}
            for one in read.faults[:50]
        ],
        "fault_count": len(read.faults),
        "cut": read.cut,
    }
