"""The window for everybody: looking, reserving, asking for a place."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.goods.public import Contact
from wesprint.apps.market import links, services
from wesprint.apps.market.forms import BookingForm, SupplierForm
from wesprint.apps.market.models import Booking, BookingState, BookingWay, Kind, Listing
from wesprint.apps.market.presenters import window as show
from wesprint.apps.market.selectors import window as ask
from wesprint.apps.market.views.common import contact_of, person_at
from wesprint.kernel.errors import NotFound
from wesprint.platform.base.clock import now
from wesprint.platform.files.serving import serve
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import closing_of_next_opening_day
from wesprint.web.handling import attempt, enter, mended, show_house
from wesprint.web.http import ctx_of
from wesprint.web.links import absolute
from wesprint.web.throttle import throttle


@require_safe
def window(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter(request, slug)
    words, after = request.GET.get("q", "")[:80], request.GET.get("nach", "")[:10]
    kind = next((one for one in Kind if one == request.GET.get("art")), None)
    near = request.GET.get("nah") == "1"
    page = ask.window(centre, kind=kind or "", words=words, after=after, near=near)
    context = {
        "q": words,
        "cards": show.cards(page.cards, slug),
        "chips": _chips(centre, kind, words, near=near),
        "more": _more(request, page.after),
        "filtered": bool(words or kind or near),
    }
    return render(request, "market/window.html", context)


def _chips(centre: Centre, kind: Kind | None, words: str, *, near: bool) -> list[dict[str, Any]]:
    here = reverse("market_window", args=[centre.slug])

    def link(art: str, nah: str) -> str:
        query = {"q": words, "art": art, "nah": nah}
        chosen = {key: value for key, value in query.items() if value}
        return f"{here}?{urlencode(chosen)}" if chosen else here

    now_near, now_kind = "1" if near else "", kind or ""
    return [
        {"label": _("Everything"), "url": link("", ""), "current": not kind and not near},
        {
            "label": _("From close by"),
            "url": link(now_kind, "" if near else "1"),
            "current": near,
            "icon": "pin",
        },
        *(
            {
                "label": one.label,
                "url": link(one.value, now_near),
                "current": one is kind,
                "icon": show.KIND_ICONS[one],
            }
            for one in Kind
        ),
    ]


def _more(request: HttpRequest, after: str) -> str:
    if not after:
        return ""
    query = request.GET.copy()
    query["nach"] = after
    return f"{request.path}?{query.urlencode()}"


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One thing with its photos; POST reserves some of it."""
    centre = enter(request, slug)
    found = _visible(centre, public_id)
    form = BookingForm(request.POST or None)
    if request.method == "POST":
        throttle(request, "reserve")
        made = attempt(form, lambda: _book(request, found, form))
        if made is not None:
            return redirect(links.booking_path(made))
        found = _visible(centre, public_id)
    photos = ask.photos_of(found)
    context = {
        "listing": found,
        "photos": [show.photo_url(photo, 960) for photo in photos],
        "icon_name": show.KIND_ICONS[Kind(found.kind)],
        "facts": show.facts(found),
        "near": show.near(found),
        "left": show.left(found),
        "free": found.shown_since is not None,
        "until": closing_of_next_opening_day(centre, now()),
        "data": show.structured_data(found, photos[0] if photos else ""),
        "person": person_at(request, centre),
    }
    return mended(request, "market/listing.html", context, form)


def _visible(centre: Centre, public_id: str) -> Listing:
    """What is sold out may still be looked at; what is not shown, not."""
    found = ask.listing_by_id(centre, public_id)
    if not found.supplier.is_approved or found.state != "shown":
        raise NotFound(
            _("This is not in the window any more."), next=_("Look at what is there now.")
        )
    return found


def _book(request: HttpRequest, found: Listing, form: BookingForm) -> Booking:
    data = form.cleaned_data
    return services.book(
        ctx_of(request, found.centre),
        listing=found,
        contact=contact_of(request, data),
        count=data["count"],
        way=data["way"],
        deliver_to=data["deliver_to"],
    )


@never_cache
@require_safe
def booking(request: HttpRequest, secret: str) -> HttpResponse:
    made = ask.booking_by_secret(secret)
    show_house(request, made.centre)
    context = {
        "booking": made,
        "listing": made.listing,
        "secret": secret,
        "link": absolute(request.path),
        "where": show.where(made.listing),
        "running": made.state == BookingState.ACTIVE and not _is_over(made),
        "delivered": made.way == BookingWay.DELIVER,
    }
    return render(request, "market/booking.html", context)


def _is_over(made: Booking) -> bool:
    return made.way == BookingWay.COLLECT and made.until <= now()


@never_cache
@require_POST
def cancel(request: HttpRequest, secret: str) -> HttpResponse:
    throttle(request, "answer")
    made = ask.booking_by_secret(secret)
    show_house(request, made.centre)
    services.cancel_booking(ctx_of(request, made.centre), booking=made)
    return redirect(links.booking_path(made))


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """A maker or shop asks for a place in the window."""
    centre = enter(request, slug)
    form = SupplierForm(request.POST or None)
    if request.method == "POST":
        throttle(request, "offer")
        made = attempt(form, lambda: _apply(request, centre, form))
        if made is not None:
            return redirect(links.supplier_path(made))
    return mended(request, "market/join.html", {}, form)


def _apply(request: HttpRequest, centre: Centre, form: SupplierForm) -> Any:
    data = form.cleaned_data
    named = data["name"] or data["phone"]
    contact = contact_of(request, data | {"email": data["firm_email"]}) if named else Contact()
    return services.apply_as_supplier(
        ctx_of(request, centre), centre=centre, firm=form.as_firm(), contact=contact
    )


@require_safe
def photo(request: HttpRequest, photo_id: str, size: int) -> HttpResponseBase:
    return serve(ask.photo_by_id(photo_id), size, request=request)
