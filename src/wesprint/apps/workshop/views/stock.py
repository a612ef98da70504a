"""Parts and materials, the boxes of offcuts, and the rates of an hour."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wesprint.apps.goods.public import (
    Recipient,
    attempt,
    boxes,
    centre_day,
    empty_fraction,
    enter_work,
    mended,
    recipient_by_id,
    recipients,
)
from wesprint.apps.workshop import forms, services
from wesprint.apps.workshop.models import LotUnit, RuleName
from wesprint.apps.workshop.presenters import stock as show
from wesprint.apps.workshop.selectors.house import rules_on
from wesprint.apps.workshop.selectors.lots import lots_in_stock
from wesprint.kernel.errors import Invalid
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.platform.reference.selectors import waste_codes
from wesprint.web.http import ctx_of, viewer_of

READ, WORK, MANAGE = "workshop.view_board", "workshop.work", "workshop.manage"


@require_http_methods(["GET", "HEAD", "POST"])
def lots(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ, WORK)
    form = forms.LotForm(request.POST or None)
    if request.method == "POST":
        lot = attempt(form, lambda: _buy(request, centre, form.cleaned_data))
        if lot is not None:
            messages.success(request, _("%(name)s is in stock.") % {"name": lot.name})
            return redirect("workshop_lots", slug=slug)
    context = {
        "columns": show.lot_columns(),
        "rows": [show.lot_row(lot) for lot in lots_in_stock(centre)],
        "units": show.units(form["unit"].value() or LotUnit.PIECE),
        "may_work": may(viewer_of(request), WORK, centre),
    }
    return mended(request, "workshop/lots.html", context, form)


def _buy(request: HttpRequest, centre: Centre, data: dict[str, Any]) -> Any:
    by_piece = data["unit"] == LotUnit.PIECE
    return services.buy_lot(
        ctx_of(request, centre),
        centre=centre,
        name=data["name"],
        lot=data["lot"],
        unit=data["unit"],
        count=data["count"] if by_piece else data["mass"],
        grams_each=data["mass"] if by_piece else 1,
        price_cents=data["price"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def fractions(request: HttpRequest, slug: str) -> HttpResponse:
    """What fell off, by material; a box is emptied with its waste code."""
    centre = enter_work(request, slug, READ, WORK)
    form = forms.EmptyBoxForm(request.POST or None)
    if form.is_bound and attempt(form, lambda: _empty(request, centre, form.cleaned_data)):
        messages.success(request, _("Noted: it has left the house."))
        return redirect("workshop_fractions", slug=slug)
    context = {
        "boxes": [show.box(one) for one in boxes(centre)],
        "codes": waste_codes(centre_day(centre)),
        "recipients": recipients(centre),
        "may_work": may(viewer_of(request), WORK, centre),
    }
    return mended(request, "workshop/fractions.html", context, form)


def _empty(request: HttpRequest, centre: Centre, data: dict[str, Any]) -> Any:
    for one in boxes(centre):
        if one.material == data["material"]:
            return empty_fraction(
                ctx_of(request, centre),
                box=one,
                mass_g=data["mass"],
                waste_code=data["waste_code"],
                route=data["route"],
                recipient=_recipient(centre, data["recipient"]),
                slip_number=data["slip_number"],
            )
    raise Invalid(_("This box does not exist."), kept=_("Nothing was changed."), field="material")


def _recipient(centre: Centre, public_id: str) -> Recipient | None:
    return recipient_by_id(centre, public_id) if public_id else None


@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, MANAGE)
    form = forms.RuleForm(request.POST or None)
    if form.is_bound and attempt(form, lambda: _set(request, centre, form.cleaned_data)):
        messages.success(request, _("It holds from today on."))
        return redirect("workshop_rates", slug=slug)
    context = {"rules": show.rules(rules_on(centre, now()))}
    return mended(request, "workshop/rates.html", context, form)


def _set(request: HttpRequest, centre: Centre, data: dict[str, Any]) -> Any:
    value = data["value"]
    if data["name"] == RuleName.LOSS_PERCENT:
        value //= 100  # the field reads money: "5" is 500 cents
    return services.set_workshop_rule(
        ctx_of(request, centre), centre=centre, name=data["name"], value=value
    )
