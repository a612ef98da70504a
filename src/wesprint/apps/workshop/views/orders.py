"""One order: what goes in, what it costs, and the next step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wesprint.apps.goods.public import (
    attempt,
    enter_work,
    item_by_id,
    mended,
    photo_by_item,
)
from wesprint.apps.workshop import forms, services
from wesprint.apps.workshop.models import LotUnit, Order
from wesprint.apps.workshop.presenters import orders as show
from wesprint.apps.workshop.presenters.board import state_tag
from wesprint.apps.workshop.quantities import read_quantity
from wesprint.apps.workshop.selectors import lots as stock
from wesprint.apps.workshop.selectors import orders as ask
from wesprint.apps.workshop.selectors.house import rules_on
from wesprint.platform.base.clock import now
from wesprint.platform.people.rules import may
from wesprint.web.camera import with_camera
from wesprint.web.http import ctx_of, not_found, viewer_of

READ, WORK = "workshop.view_board", "workshop.work"


@require_safe
def order(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    return order_page(request, ask.order_by_id(centre, public_id), Form())


@with_camera
def order_page(request: HttpRequest, found: Order, form: Form) -> HttpResponse:
    viewer, centre = viewer_of(request), found.centre
    inputs, results = ask.inputs_of(found), ask.results_of(found)
    balance = ask.balance_of(inputs, results)
    photos = photo_by_item([row.item_id for row in inputs.things])
    right = {name: may(viewer, f"workshop.{name}", centre) for name in _RIGHTS}
    missing = ask.untested(found) if found.weighed_at else ()
    context = {
        "order": found,
        "state": state_tag(found),
        "head": show.head(found),
        "things": show.things(found, inputs, photos),
        "uses": show.uses(inputs),
        "work": show.work(inputs),
        "roles": show.roles(),
        "lots": show.lots(stock.lots_in_stock(centre)) if found.is_open else [],
        "cost": show.cost(found, inputs, results),
        "bar": show.bar(found, balance),
        "results": show.results(results),
        "gate": show.gate(missing, slug=centre.slug),
        "next": show.next_step(found, blocked=bool(missing)),
        "moves": show.moves(found),
        "care": show.care(found) if right["view_customers"] else None,
        "may": right,
        "rates": rules_on(centre, now()),
    }
    return mended(request, "workshop/order.html", context, form)


_RIGHTS = ("work", "manage", "view_customers", "take_in_repairs", "hand_back")

Verb = Callable[[HttpRequest, Order, dict[str, Any]], Any]


def _move(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    return services.move_order(ctx_of(request, found.centre), order=found, state=data["state"])


def _add(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    item = item_by_id(data["item"], found.centre)
    return services.add_item(ctx_of(request, found.centre), order=found, item=item)


def _remove(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    item = item_by_id(data["item"], found.centre)
    return services.remove_item(ctx_of(request, found.centre), order=found, item=item)


def _weigh(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    item = item_by_id(data["item"], found.centre)
    ctx = ctx_of(request, found.centre)
    return services.weigh_input(ctx, order=found, item=item, mass_g=data["mass"])


def _use(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    lot = stock.lot_by_id(found.centre, data["lot"])
    count = read_quantity(data["quantity"], by_weight=lot.unit == LotUnit.GRAM)
    return services.use_lot(ctx_of(request, found.centre), order=found, lot=lot, count=count)


def _unuse(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    use = stock.use_by_id(found.centre, found.public_id, data["id"])
    return services.take_back_use(ctx_of(request, found.centre), use=use)


def _work(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    return services.note_work(
        ctx_of(request, found.centre), order=found, role=data["role"], seconds=data["seconds"]
    )


def _unwork(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    work = stock.work_by_id(found.centre, found.public_id, data["id"])
    return services.take_back_work(ctx_of(request, found.centre), work=work)


def _price(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    return services.ask_price(ctx_of(request, found.centre), order=found, cents=data["price"])


def _finish(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    return services.finish(ctx_of(request, found.centre), order=found)


def _give_up(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    return services.give_up(
        ctx_of(request, found.centre),
        order=found,
        note=data["note"],
        route=data["route"] or "recycle",
    )


def _note(request: HttpRequest, found: Order, data: dict[str, Any]) -> Any:
    return services.describe_order(
        ctx_of(request, found.centre), order=found, note=data["note"], title=data["title"] or None
    )


# address -> what is done, and its form
VERBS: Mapping[str, tuple[Verb, type[Form]]] = {
    "stand": (_move, forms.StateForm),
    "stueck": (_add, forms.ItemForm),
    "stueck-raus": (_remove, forms.ItemForm),
    "wiegen": (_weigh, forms.WeighForm),
    "material": (_use, forms.UseForm),
    "material-raus": (_unuse, forms.IdForm),
    "zeit": (_work, forms.TimeForm),
    "zeit-raus": (_unwork, forms.IdForm),
    "preis": (_price, forms.PriceForm),
    "fertig": (_finish, Form),
    "aufgeben": (_give_up, forms.GiveUpForm),
    "notiz": (_note, forms.NoteForm),
}


@require_POST
def change(request: HttpRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise not_found()
    work, form_class = VERBS[verb]
    centre = enter_work(request, slug, READ, WORK)
    found = ask.order_by_id(centre, public_id)
    form = form_class(request.POST)
    if form.is_valid() and attempt(form, lambda: work(request, found, form.cleaned_data)):
        return _onward(request, found, verb)
    return order_page(request, ask.order_by_id(centre, public_id), form)


def _onward(request: HttpRequest, found: Order, verb: str) -> HttpResponse:
    """Back to where the tap was made: moves on the board stay on the board."""
    slug = found.centre.slug
    if verb == "stand" and request.POST.get("from") == "board":
        return redirect("workshop_board", slug=slug)
    done = {
        "fertig": _("Done. Well made!"),
        "aufgeben": _("Given up. The things are back in the store room."),
    }
    if verb in done:
        messages.success(request, done[verb])
    return redirect("workshop_order", slug=slug, public_id=found.public_id)
