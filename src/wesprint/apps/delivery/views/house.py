"""Setting up: the hub, bikes, senders and prices; and what all of it brought."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wesprint.apps.delivery import forms, links, services
from wesprint.apps.delivery.presenters import house as show
from wesprint.apps.delivery.selectors import figures as count
from wesprint.apps.delivery.selectors import house as ask
from wesprint.apps.delivery.views.common import month_asked
from wesprint.apps.goods.public import attempt, mended
from wesprint.platform.base.clock import now
from wesprint.platform.geo.models import Town
from wesprint.platform.geo.selectors import town_named
from wesprint.platform.organisations.models import Centre
from wesprint.web.handling import enter_work
from wesprint.web.http import ctx_of
from wesprint.web.links import absolute
from wesprint.web.maps.fields import AddressField

MANAGE, FIGURES = "delivery.manage", "delivery.view_figures"
_FORMS: dict[str, type[Form]] = {
    "hub": forms.HubForm,
    "bike": forms.BikeForm,
    "sender": forms.SenderForm,
    "price": forms.PriceForm,
}


@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, MANAGE)
    which = request.POST.get("what", "")
    form = _FORMS.get(which, Form)(request.POST or None)
    _look_in(form, request.POST.get("town", ""))
    known = form.is_bound and which in _FORMS
    if known and attempt(form, lambda: _set(request, centre, which, form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("delivery_setup", slug=slug)
    hub = ask.hub_of(centre)
    shown = {
        name: form if name == which else kind(initial=_START.get(name))
        for name, kind in _FORMS.items()
    }
    _look_in(shown["hub"], request.POST.get("town", ""))
    context = {
        "hub": hub,
        "towns": Town.objects.order_by("name"),
        "bikes": [show.bike(one) for one in ask.bikes(centre)],
        "senders": [
            {**show.sender(one), "link": absolute(links.sender_path(one))}
            for one in ask.senders(centre)
        ],
        "prices": [show.price(one) for one in ask.prices(centre)],
        "which": which,
        "forms": shown,
    }
    return mended(request, "delivery/setup.html", context, form)


def _look_in(form: Form, slug: str) -> None:
    """The hub's address is looked for in the town chosen with it, else in the first."""
    address = form.fields.get("address")
    if isinstance(address, AddressField):
        towns = Town.objects.order_by("name")
        address.here(towns.filter(slug=slug).first() or towns.first())


_START: dict[str, dict[str, Any]] = {
    "bike": {"litres": 1000, "range": 50, "starts": "09:00", "ends": "17:00"},
}


def _set(request: HttpRequest, centre: Centre, which: str, data: dict[str, Any]) -> object:
    ctx = ctx_of(request, centre)
    if which == "hub":
        town = town_named(data["town"])
        return services.set_hub(ctx, centre=centre, town=town, address=data["address"])
    if which == "bike":
        return services.add_bike(
            ctx,
            centre=centre,
            name=data["name"],
            capacity_g=data["load"],
            capacity_ml=data["litres"] * 1000,
            range_m=data["range"] * 1000,
            starts=data["starts"],
            ends=data["ends"],
            trailer=data["trailer"],
        )
    if which == "sender":
        return services.add_sender(
            ctx,
            centre=centre,
            name=data["name"],
            kind=data["kind"],
            provider_number=data["provider_number"],
            usual_cents=data["usual"],
        )
    return services.set_price(
        ctx,
        centre=centre,
        size=data["size"],
        cents=data["price"],
        window_cents=data["window"] or 0,
        within_m=(data["within"] or 100) * 1000,
        sender=ask.sender_by_id(centre, data["sender"]) if data["sender"] else None,
        since=now().astimezone(centre.tz).date(),
    )


@require_safe
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, FIGURES)
    start, end = month_asked(request, centre)
    found = count.figures(centre, start, end)
    context = {
        "figures": show.figures(found),
        "empty": not found.tours,
        "climate": show.climate(found, start),
        "month": start,
        "before": show.month_before(start),
        "after": end if end <= now().astimezone(centre.tz).date() else None,
    }
    return render(request, "delivery/figures.html", context)
