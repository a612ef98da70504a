"""What the house does: decide about suppliers, hand out what is reserved here."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.market import services
from wesprint.apps.market.forms import DecisionForm
from wesprint.apps.market.models import ListingState, Supplier, SupplierState
from wesprint.apps.market.presenters import window as show
from wesprint.apps.market.selectors import window as ask
from wesprint.apps.market.views.common import today
from wesprint.kernel.errors import Invalid
from wesprint.platform.people.rules import may
from wesprint.web.handling import attempt, enter_work, mended
from wesprint.web.http import ctx_of, viewer_of

VIEW, DECIDE = "market.view_suppliers", "market.decide_suppliers"


@require_safe
def suppliers(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, VIEW)
    context = {
        "columns": show.supplier_columns(),
        "rows": [show.supplier_row(one, slug) for one in ask.suppliers(centre)],
    }
    return render(request, "market/suppliers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def supplier(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One supplier; POST says yes, no, or ends the agreement."""
    centre = enter_work(request, slug, VIEW, DECIDE)
    found = ask.supplier_by_id(centre, public_id)
    form = DecisionForm(request.POST or None, initial={"agreed_on": today(centre)})
    if request.method == "POST" and attempt(form, lambda: _decide(request, found, form)):
        return redirect("market_supplier_decide", slug, found.public_id)
    found = ask.supplier_by_id(centre, public_id)
    state = SupplierState(found.state)
    context = {
        "supplier": found,
        "state": {"text": state.label, "kind": show.SUPPLIER_TAGS[state]},
        "address": show.address(found),
        "listings": [show.listing_line(one) for one in ask.listings_of(found)],
        "may": may(viewer_of(request), DECIDE, centre),
        "may_approve": state != SupplierState.APPROVED,
        "may_decline": state == SupplierState.APPLIED,
        "may_end": state == SupplierState.APPROVED,
    }
    return mended(request, "market/supplier_decide.html", context, form)


def _decide(request: HttpRequest, found: Supplier, form: DecisionForm) -> object:
    ctx, data = ctx_of(request, found.centre), form.cleaned_data
    match request.POST.get("verb"):
        case "approve":
            return services.approve_supplier(
                ctx, supplier=found, agreed_on=data["agreed_on"], text=data["text"]
            )
        case "decline":
            return services.decline_supplier(ctx, supplier=found, text=data["text"])
        case "end":
            return services.end_supplier(ctx, supplier=found)
    raise Invalid(_("Please choose what shall happen."))


@require_POST
def hide(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take one thing down, or let it be seen again."""
    centre = enter_work(request, slug, DECIDE)
    listing = ask.listing_by_id(centre, public_id)
    hidden = listing.state != ListingState.HIDDEN
    services.hide_listing(ctx_of(request, centre), listing=listing, hidden=hidden)
    return redirect("market_supplier_decide", slug, listing.supplier.public_id)


@require_safe
def bookings(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, "market.view_bookings")
    context = {
        "bookings": [show.booking_line(one) for one in ask.bookings(centre)],
        "may": may(replace(viewer_of(request), pin=True), "market.hand_out", centre),
    }
    return render(request, "market/bookings.html", context)


@require_POST
def hand_out(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, "market.hand_out")
    found = ask.booking_by_id(centre, public_id)
    services.collect_booking(ctx_of(request, centre), booking=found)
    return redirect("market_bookings", slug)
