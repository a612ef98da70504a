"""Weighing what came out: the page, and the balance while somebody types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wesprint.apps.goods.public import (
    Item,
    Material,
    attempt,
    enter_work,
    mended,
    today_tree,
    uploads,
)
from wesprint.apps.workshop import services
from wesprint.apps.workshop.forms import MADE_ROWS, ResultForm
from wesprint.apps.workshop.models import Kind, Order, RuleName
from wesprint.apps.workshop.presenters import results as show
from wesprint.apps.workshop.selectors import orders as ask
from wesprint.apps.workshop.selectors.house import rule_on
from wesprint.apps.workshop.selectors.orders import Inputs
from wesprint.platform.base.clock import now
from wesprint.web.http import ctx_of

WORK = "workshop.work"


@require_http_methods(["GET", "HEAD", "POST"])
def weigh(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, WORK)
    order = ask.order_by_id(centre, public_id)
    if request.method != "POST" and not order.is_open:
        return redirect("workshop_order", slug=slug, public_id=public_id)
    inputs = ask.inputs_of(order)
    form = _form(order, inputs, request.POST or None)
    if request.method == "POST":
        form.is_valid()
        done = attempt(form, lambda: _close(request, order, inputs, form))
        if done is not None:
            messages.success(request, _said(done))
            return redirect("workshop_order", slug=slug, public_id=public_id)
    context = {
        "order": order,
        "things": show.things(order, inputs, form),
        "made": show.made_rows(form, MADE_ROWS) if order.kind != Kind.CUSTOMER else [],
        "groups": show.kinds(today_tree(centre, now())),
        "cuts": show.cuts(form),
        "balance": _balance(order, inputs, form),
    }
    return mended(request, "workshop/results.html", context, form)


def _form(order: Order, inputs: Inputs, data: Any) -> ResultForm:
    rows = 0 if order.kind == Kind.CUSTOMER else MADE_ROWS
    numbers = [row.item.public_id for row in inputs.things]
    back = {f"back_{number}": order.kind == Kind.REPAIR for number in numbers}
    first = {"made_title_0": order.title if order.kind == Kind.UPCYCLE else ""}
    return ResultForm(data, items=numbers, made_rows=rows, initial={**back, **first})


def _said(order: Order) -> str:
    if order.is_running:
        return _("Weighed. It is done when the electrical test is passed.")
    return _("Weighed and done. Well made!")


def _close(request: HttpRequest, order: Order, inputs: Inputs, form: ResultForm) -> Order:
    data = form.cleaned_data
    return services.weigh_out(
        ctx_of(request, order.centre),
        order=order,
        back=tuple(_back(row.item, data) for row in inputs.things if _comes_back(row.item, data)),
        made=_made(request, form, data),
        offcuts=_cuts(data),
        failed=data["failed"],
    )


def _comes_back(item: Item, data: dict[str, Any]) -> bool:
    return bool(data.get(f"back_{item.public_id}"))


def _back(item: Item, data: dict[str, Any]) -> services.Back:
    number, failed = item.public_id, data["failed"]
    route = "recycle" if failed else "sell"
    return services.Back(item, data[f"mass_{number}"], data[f"grade_{number}"], route)


def _made(
    request: HttpRequest, form: ResultForm, data: dict[str, Any]
) -> tuple[services.Made, ...]:
    rows = [row for row in range(form.made_rows) if data[f"made_kind_{row}"]]
    return tuple(
        services.Made(
            category=data[f"made_kind_{row}"],
            mass_g=data[f"made_mass_{row}"],
            title=data[f"made_title_{row}"],
            price_cents=data[f"made_price_{row}"],
            photos=uploads(request, f"made_photo_{row}"),
        )
        for row in rows
    )


def _cuts(data: dict[str, Any]) -> tuple[services.Offcut, ...]:
    found = ((material, data.get(f"cut_{material}")) for material in Material.values)
    return tuple(services.Offcut(material, mass) for material, mass in found if mass)


@require_safe
def balance(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The bars for what is typed so far."""
    centre = enter_work(request, slug, WORK)
    order = ask.order_by_id(centre, public_id)
    inputs = ask.inputs_of(order)
    form = _form(order, inputs, request.GET)
    form.is_valid()
    context = {"balance": _balance(order, inputs, form), "order": order}
    return render(request, "workshop/parts/live_balance.html", context)


def _balance(order: Order, inputs: Inputs, form: ResultForm) -> dict[str, Any] | None:
    if order.kind == Kind.CUSTOMER:
        return None
    percent = rule_on(order.centre, RuleName.LOSS_PERCENT, now())
    data = form.cleaned_data if form.is_bound and hasattr(form, "cleaned_data") else {}
    return show.balance(inputs, data, percent)
