"""Times for bringing and fetching: the house's calendar, and the giver's choice."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wesprint.apps.goods import links, services
from wesprint.apps.goods.forms import SlotForm
from wesprint.apps.goods.models import Booking, Offer, Slot
from wesprint.apps.goods.presenters import appointments as show
from wesprint.apps.goods.selectors import appointments as ask
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.views.common import attempt, enter_work, mended
from wesprint.apps.goods.views.giving import followed, offer_behind
from wesprint.apps.goods.views.times import chosen
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web.http import ctx_of, viewer_of
from wesprint.web.throttle import throttle

READ, WRITE = "goods.view_offers", "goods.set_house_rules"


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Who comes when; POST opens a time of every week."""
    centre = enter_work(request, slug, READ, WRITE)
    form = SlotForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda: _open(request, centre, form)):
        messages.success(request, _("Givers can choose it now."))
        return redirect("goods_appointments", slug=slug)
    today = centre_day(centre)
    context = {
        "days": show.days(ask.bookings_from(centre, today), slug),
        "slots": show.slots(ask.slots_of(centre, today)),
        "may_change": may(viewer_of(request), WRITE, centre),
    }
    return mended(request, "goods/appointments.html", context, form)


def _open(request: HttpRequest, centre: Centre, form: SlotForm) -> Slot:
    data = form.cleaned_data
    return services.open_slot(ctx_of(request, centre), centre=centre, **data)


@require_POST
def close(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WRITE)
    services.close_slot(ctx_of(request, centre), slot=ask.slot_by_id(centre, public_id))
    messages.success(request, _("Closed. What is agreed stands."))
    return redirect("goods_appointments", slug=slug)


@never_cache
@require_POST
def book(request: HttpRequest, secret: str) -> HttpResponse:
    """The giver takes a time."""
    throttle(request, "answer")
    offer = offer_behind(request, secret)
    form = Form(request.POST)
    if attempt(form, lambda: _book(request, offer)) is None:
        return followed(request, offer, secret, form)
    return redirect(links.offer_path(offer))


def _book(request: HttpRequest, offer: Offer) -> Booking:
    time = chosen(offer.centre, request.POST.get("time", ""))
    return services.book(ctx_of(request, offer.centre), offer=offer, slot=time.slot, day=time.day)


@never_cache
@require_POST
def cancel(request: HttpRequest, secret: str) -> HttpResponse:
    throttle(request, "answer")
    offer = offer_behind(request, secret)
    booking = ask.booking_of(offer)
    if booking is not None:
        services.cancel_appointment(ctx_of(request, offer.centre), booking=booking)
    return redirect(links.offer_path(offer))
