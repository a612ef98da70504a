"""Office: the house itself (times, closed days, floors, colours) and its tablets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wesprint.apps.account.desk import lay_key
from wesprint.apps.account.forms import (
    CentreForm,
    ClosedDayForm,
    ColoursForm,
    DeviceForm,
    FloorForm,
    HoursForm,
    SpaceForm,
    put_error,
)
from wesprint.apps.account.presenter import (
    address_facts,
    closed_facts,
    colour_facts,
    hours_facts,
)
from wesprint.apps.account.selectors import centres_where
from wesprint.apps.account.views.common import enter_work
from wesprint.kernel.context import Ctx
from wesprint.kernel.errors import DomainError
from wesprint.platform.base.clock import now
from wesprint.platform.geo.selectors import town_called
from wesprint.platform.organisations import selectors, services
from wesprint.platform.organisations.models import Centre, Floor, Space
from wesprint.platform.people import services as people
from wesprint.platform.people.models import Device, Person
from wesprint.platform.people.selectors import devices_of
from wesprint.web.fields import words_from
from wesprint.web.http import ctx_of, may_send, not_found, viewer_of

Act = Callable[[Ctx, Centre, Any], object]


@never_cache
@require_GET
def settings_page(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, "account.view_house")
    return _page(request, centre)


def _page(request: HttpRequest, centre: Centre, **bound: forms.Form) -> HttpResponse:
    """The page with all its forms; `bound` are those that came back with errors."""
    if not may_send(request, "account.manage_house", centre):
        return _read_only(request, centre)
    calendar = selectors.calendar_of(centre)
    today = calendar.local(now()).date()
    fields = ("name", "street", "postcode", "town", "state")
    claim = {"claim": centre.claim.de, "claim_en": centre.claim.en}
    page_forms: dict[str, forms.Form] = {
        "centre_form": CentreForm(
            initial={field: getattr(centre, field) for field in fields} | claim
        ),
        "hours_form": HoursForm(initial=HoursForm.initial_of(calendar.spans)),
        "day_form": ClosedDayForm(),
        "colours_form": ColoursForm(
            initial={"light": centre.colour_light, "dark": centre.colour_dark}
        ),
        "floor_form": FloorForm(),
        "space_form": SpaceForm(),
        **bound,
    }
    form = page_forms["centre_form"]
    assert isinstance(form, CentreForm)  # noqa: S101 - the one above, or sent as such
    form.suggest(town_called(centre.town))
    context = {
        **page_forms,
        "centre": centre,
        "closed_days": centre.closed_days.filter(day__gte=today).order_by("day"),
        "floors": selectors.floors_of(centre),
    }
    return render(request, "account_room/house.html", context)


def _read_only(request: HttpRequest, centre: Centre) -> HttpResponse:
    calendar = selectors.calendar_of(centre)
    context = {
        "centre": centre,
        "hours": hours_facts(calendar),
        "closed_days": closed_facts(calendar),
        "address": address_facts(centre),
        "colours": colour_facts(centre),
        "floors": selectors.floors_of(centre),
    }
    return render(request, "account_room/house_read.html", context)


def _act(
    request: HttpRequest, slug: str, form: forms.Form, name: str, act: Act, done: str
) -> HttpResponse:
    """One form of the page: act and go back to it, or show it again with what is wrong."""
    centre = enter_work(request, slug, "account.manage_house")
    if form.is_valid():
        try:
            act(ctx_of(request, centre), centre, form)
        except DomainError as error:
            put_error(form, error)
        else:
            messages.success(request, done)
            return redirect("house_settings", slug)
    return _page(request, centre, **{name: form})


@require_POST
def change(request: HttpRequest, slug: str) -> HttpResponse:
    def act(ctx: Ctx, centre: Centre, form: CentreForm) -> object:
        given = form.cleaned_data
        return services.change_centre(
            ctx,
            centre=centre,
            name=given["name"],
            address=form.address(centre),
            claim=words_from(given, "claim"),
        )

    return _act(request, slug, CentreForm(request.POST), "centre_form", act, _("Saved."))


@require_POST
def hours(request: HttpRequest, slug: str) -> HttpResponse:
    def act(ctx: Ctx, centre: Centre, form: HoursForm) -> object:
        return services.set_opening_hours(ctx, centre=centre, spans=form.spans())

    done = _("The opening times count from now on.")
    return _act(request, slug, HoursForm(request.POST), "hours_form", act, done)


@require_POST
def close_day(request: HttpRequest, slug: str) -> HttpResponse:
    def act(ctx: Ctx, centre: Centre, form: ClosedDayForm) -> object:
        given = form.cleaned_data
        reason = words_from(given, "reason")
        return services.close_on_day(ctx, centre=centre, day=given["day"], reason=reason)

    done = _("The house stays closed on that day.")
    return _act(request, slug, ClosedDayForm(request.POST), "day_form", act, done)


@require_POST
def open_day(request: HttpRequest, slug: str) -> HttpResponse:
    def act(ctx: Ctx, centre: Centre, form: ClosedDayForm) -> object:
        return services.open_on_day(ctx, centre=centre, day=form.cleaned_data["day"])

    done = _("The house is open on that day.")
    return _act(request, slug, ClosedDayForm(request.POST), "day_form", act, done)


@require_POST
def colours(request: HttpRequest, slug: str) -> HttpResponse:
    def act(ctx: Ctx, centre: Centre, form: ColoursForm) -> object:
        given = form.cleaned_data
        return services.set_colours(ctx, centre=centre, light=given["light"], dark=given["dark"])

    done = _("The colours are set; pages that are open show them in five minutes.")
    return _act(request, slug, ColoursForm(request.POST), "colours_form", act, done)


@require_POST
def floor(request: HttpRequest, slug: str) -> HttpResponse:
    def act(ctx: Ctx, centre: Centre, form: FloorForm) -> object:
        given = form.cleaned_data
        return services.set_floor(
            ctx,
            centre=centre,
            level=given["level"],
            name=words_from(given, "name"),
            worlds=form.worlds(),
        )

    return _act(request, slug, FloorForm(request.POST), "floor_form", act, _("The floor stands."))


@require_POST
def space(request: HttpRequest, slug: str, floor_id: int) -> HttpResponse:
    centre = enter_work(request, slug, "account.manage_house")
    found = Floor.objects.filter(centre=centre, pk=floor_id).first()
    if found is None:
        raise not_found()

    def act(ctx: Ctx, centre: Centre, form: SpaceForm) -> object:
        given = form.cleaned_data
        return services.set_space(
            ctx,
            floor=found,
            name=words_from(given, "name"),
            note=words_from(given, "note"),
            weekday=given.get("weekday"),
            position=found.spaces.count(),
        )

    return _act(request, slug, SpaceForm(request.POST), "space_form", act, _("Room added."))


@require_POST
def remove_space(request: HttpRequest, slug: str, space_id: int) -> HttpResponse:
    centre = enter_work(request, slug, "account.manage_house")
    found = Space.objects.filter(floor__centre=centre, pk=space_id).first()
    if found is None:
        raise not_found()
    services.remove_space(ctx_of(request, centre), space=found)
    messages.success(request, _("Room removed."))
    return redirect("house_settings", slug)


# -- tablets -------------------------------------------------------------------------------
@never_cache
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """For which house? With one there is nothing to ask."""
    houses = centres_where(viewer_of(request), "account.view_devices")
    if len(houses) == 1:
        return redirect("devices", houses[0].slug)
    return render(request, "account_room/choose.html", {"houses": houses})


@never_cache
@require_http_methods(["GET", "POST"])
def devices(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, "account.view_devices", "account.manage_devices")
    form = DeviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _register(request, centre, form)
    context = {
        "form": form,
        "centre": centre,
        "devices": devices_of(centre),
        "may_change": may_send(request, "account.manage_devices", centre),
    }
    return render(request, "account_room/devices.html", context)


def _register(request: HttpRequest, centre: Centre, form: DeviceForm) -> HttpResponse:
    """This very device becomes the tablet. Whoever set it up is signed out here: from now on
    only badges count on it."""
    ids = viewer_of(request).person_ids
    _device, key = people.register_device(
        ctx_of(request, centre),
        centre=centre,
        by=Person.objects.filter(pk__in=ids).order_by("pk").first(),
        **form.cleaned_data,
    )
    logout(request)
    messages.success(request, _("This is a tablet of the house now. It opens with a badge."))
    response = redirect("desk")
    lay_key(response, key)
    return response


@require_POST
def revoke_device(request: HttpRequest, slug: str, device_id: str) -> HttpResponse:
    centre = enter_work(request, slug, "account.manage_devices")
    device = Device.objects.filter(centre=centre, public_id=device_id).first()
    if device is None:
        raise not_found()
    people.revoke_device(ctx_of(request, centre), device=device)
    messages.success(request, _("The tablet is a stranger from now on."))
    return redirect("devices", slug)
