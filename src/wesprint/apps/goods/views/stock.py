"""The office's list of items, and what can be done with one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wesprint.apps.goods import services
from wesprint.apps.goods.codes import LONGEST
from wesprint.apps.goods.forms import PriceForm, WasteForm, WeightForm
from wesprint.apps.goods.models import Item, ItemState
from wesprint.apps.goods.presenters import gates as show_gates
from wesprint.apps.goods.presenters import items as show
from wesprint.apps.goods.presenters import stock as rows
from wesprint.apps.goods.presenters import stock_room
from wesprint.apps.goods.safety_forms import CageForm
from wesprint.apps.goods.selectors import gates as ask_gates
from wesprint.apps.goods.selectors import items as ask
from wesprint.apps.goods.selectors.counter import suggested_cents
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.services.waste import may_come_out, usual_code
from wesprint.apps.goods.services.weight import Weight
from wesprint.apps.goods.views.common import attempt, enter_work, mended, uploads
from wesprint.platform.base.clock import now
from wesprint.platform.people.rules import may
from wesprint.platform.people.viewer import Viewer
from wesprint.platform.reference.selectors import waste_codes
from wesprint.web.camera import with_camera
from wesprint.web.http import ctx_of, not_found, viewer_of
from wesprint.web.rooms import ItemAction, rooms

READ = "goods.view_items"


@with_camera
@require_safe
def stock(request: HttpRequest, slug: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    state, words = request.GET.get("stand", ""), request.GET.get("q", "")[:LONGEST]
    state = state if state in ItemState.values else ""
    page = ask.items_of(centre, state=state, text=words, after=request.GET.get("nach", "")[:10])
    context = {
        "q": words,
        "chips": rows.chips(request, centre, state),
        "columns": rows.columns(),
        "rows": [rows.row(item, slug) for item in page.items],
        "more": rows.more(request, page.after),
        "state": state,
    }
    return mended(request, "goods/stock.html", context, Form())


@require_safe
def item(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    centre = enter_work(request, slug, READ)
    return _item_page(request, ask.item_by_id(public_id, centre), Form())


def _item_page(request: HttpRequest, found: Item, form: Form) -> HttpResponse:
    viewer, centre = viewer_of(request), found.centre
    context = {
        "item": found,
        "title": show.title(found),
        "photos": [show.photo_url(one, 320) for one in ask.photos_of(found)],
        "facts": show.item_facts(found),
        "state": show.state_tag(found),
        "events": show.timeline(ask.history(found), found),
        "price": show.amount(_price_to_ask(found)),
        "mass": rows.mass_value(found),
        "codes": waste_codes(centre_day(centre)),
        "reservation": ask.active_reservation(found),
        "may": {name: may(viewer, f"goods.{name}", centre) for name in _RIGHTS},
        "here": found.left_at is None and found.state != ItemState.IN_WORKSHOP,
        "in_store_room": found.state == ItemState.TAKEN_IN,
        "on_shelf": found.state == ItemState.FOR_SALE,
        "is_waste": found.status == "waste",
        "may_take_out": found.left_at is None and may_come_out(found, now()),
        "actions": _actions(found, viewer),
        **_gates(found),
        "room": stock_room.context(found, may_move=may(viewer, "goods.move", centre)),
    }
    return mended(request, "goods/stock_item.html", context, form)


def _actions(found: Item, viewer: Viewer) -> list[ItemAction]:
    """What other rooms offer for a thing that is free."""
    free = found.state in (ItemState.TAKEN_IN, ItemState.FOR_SALE) and found.status != "waste"
    asked = [room.item_actions for room in rooms() if room.item_actions and free]
    return [one for ask_room in asked for one in ask_room(found.centre, viewer, found.public_id)]


def _gates(found: Item) -> dict[str, Any]:
    """What keeps it from the shelf, what its tests said, and where it goes when it failed."""
    closed = ask_gates.closed_gate(found, now()) if found.left_at is None else None
    return {
        "gate": show_gates.closed(closed),
        "tests": show_gates.tests(ask_gates.tests_of(found)),
        "product_data": show_gates.data_facts(ask_gates.product_data(found)),
        "usual_code": usual_code(found),
        "failed": found.test_passed is False,
    }


def _price_to_ask(found: Item) -> int | None:
    """Its price, or for something in the store room the one that we would suggest."""
    if found.price_cents is not None or found.state != ItemState.TAKEN_IN:
        return found.price_cents
    return suggested_cents(found, now())


_RIGHTS = ("set_price", "change_to_waste", "correct")

Verb = Callable[[HttpRequest, Item, Any], Any]


def _price(request: HttpRequest, found: Item, data: Any) -> Any:
    ctx, cents = ctx_of(request, found.centre), data["price"]
    if found.state == ItemState.FOR_SALE:
        return services.set_price(ctx, item=found, price_cents=cents)
    return services.put_up_for_sale(ctx, item=found, price_cents=cents)


def _off(request: HttpRequest, found: Item, data: Any) -> Any:
    return services.take_off_sale(ctx_of(request, found.centre), item=found)


def _weight(request: HttpRequest, found: Item, data: Any) -> Any:
    weight = Weight(data["mass"], data["basis"])
    return services.correct_weight(ctx_of(request, found.centre), item=found, weight=weight)


def _waste(request: HttpRequest, found: Item, data: Any) -> Any:
    ctx, code = ctx_of(request, found.centre), data["waste_code"]
    return services.change_to_waste(ctx, item=found, waste_code=code)


def _out_of_cage(request: HttpRequest, found: Item, data: Any) -> Any:
    return services.take_out_of_cage(ctx_of(request, found.centre), item=found)


def _dispose(request: HttpRequest, found: Item, data: Any) -> Any:
    ctx = ctx_of(request, found.centre)
    return services.dispose(ctx, item=found, waste_code=data["waste_code"], route=data["route"])


def _free(request: HttpRequest, found: Item, data: Any) -> Any:
    reservation = ask.active_reservation(found)
    if reservation is None:
        return found
    return services.cancel_reservation(ctx_of(request, found.centre), reservation=reservation)


def _photos(request: HttpRequest, found: Item, data: Any) -> Any:
    photos = uploads(request, "photos")
    return services.describe_item(ctx_of(request, found.centre), item=found, photos=photos)


def _withdraw(request: HttpRequest, found: Item, data: Any) -> Any:
    return services.withdraw_item(ctx_of(request, found.centre), item=found)


# address -> what is done, its form, the permission
VERBS: Mapping[str, tuple[Verb, type[Form], str]] = {
    "preis": (_price, PriceForm, "goods.set_price"),
    "vom-regal": (_off, Form, "goods.set_price"),
    "gewicht": (_weight, WeightForm, "goods.correct"),
    "abfall": (_waste, CageForm, "goods.change_to_waste"),
    "aus-dem-kaefig": (_out_of_cage, Form, "goods.change_to_waste"),
    "entsorgen": (_dispose, WasteForm, "goods.change_to_waste"),
    "freigeben": (_free, Form, "goods.set_price"),
    "fotos": (_photos, Form, "goods.take_in"),
    "zurueckziehen": (_withdraw, Form, "goods.correct"),
}


@require_POST
def change(request: HttpRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise not_found()
    work, form_class, permission = VERBS[verb]
    centre = enter_work(request, slug, READ, permission)
    found = ask.item_by_id(public_id, centre)
    form = form_class(request.POST)
    if form.is_valid() and attempt(form, lambda: work(request, found, form.cleaned_data)):
        messages.success(request, _("Changed."))
        return redirect("goods_stock_item", slug=slug, public_id=found.public_id)
    return _item_page(request, ask.item_by_id(public_id, centre), form)
