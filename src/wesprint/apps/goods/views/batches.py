"""Batches: sold by price tag at the desk, taken apart and priced in the office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from wesprint.apps.goods import services, words
from wesprint.apps.goods.forms_stock import PartSaleForm, TagForm
from wesprint.apps.goods.models import (
    IN_HOUSE,
    Basis,
    Consideration,
    Displaced,
    HandOver,
    Item,
    ItemState,
    PriceTag,
    PriceUnit,
)
from wesprint.apps.goods.presenters import batches as rows
from wesprint.apps.goods.presenters import items as show
from wesprint.apps.goods.presenters.social import counter, paid_words
from wesprint.apps.goods.selectors import batches as ask
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.selectors.items import active_reservation, item_by_id
from wesprint.apps.goods.selectors.places import open_tags
from wesprint.apps.goods.selectors.social import social_prices
from wesprint.apps.goods.services.batches import Part
from wesprint.apps.goods.views.common import attempt, enter_work, mended
from wesprint.apps.goods.views.hand_over import require_money
from wesprint.kernel.errors import Invalid
from wesprint.kernel.quantity import parse_money
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.people.rules import may
from wesprint.web import formats
from wesprint.web.fields import typed_mass
from wesprint.web.http import ctx_of, not_found, viewer_of

SELL_READ, SELL = "goods.view_hand_over", "goods.hand_over"
READ = "goods.view_items"
PART_LINES = 4


@require_http_methods(["GET", "HEAD", "POST"])
def sell(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Tag, pieces, paid: some of a batch goes to somebody. "sum" only works out the price."""
    centre = enter_work(request, slug, SELL_READ)
    batch = _batch(centre, public_id)
    pays = request.method == "POST" and request.POST.get("do") != "sum"
    form = PartSaleForm(request.POST if pays else _tidied(request))
    if pays:
        require_money(request, centre)
        done = attempt(form, lambda: _sell(request, batch, form))
        if done is not None:
            messages.success(request, _sold_words(done))
            return redirect("goods_hand_over_desk", slug=slug)
        batch = _batch(centre, public_id)
    context = _sell_context(request, batch, form)
    return mended(request, "goods/sell_part.html", context, form if pays else PartSaleForm())


def _batch(centre: Centre, public_id: str) -> Item:
    found = item_by_id(public_id, centre)
    if not found.is_batch:
        raise not_found()
    return found


def _tidied(request: HttpRequest) -> dict[str, str]:
    """What is chosen so far: from the form, or the tag that was scanned."""
    data = {name: request.POST.get(name, "") for name in ("tag", "pieces", "mass", "rest", "price")}
    data["tag"] = data["tag"] or request.GET.get("tag", "")
    data["displaced"] = request.POST.get("displaced", "")
    data["social_pass"] = request.POST.get("social_pass", "")
    return data | {"pieces": data["pieces"] or "1", "consideration": Consideration.CASH}


def _sell(request: HttpRequest, batch: Item, form: PartSaleForm) -> HandOver:
    data = form.cleaned_data
    part = _part(batch, data)
    price = data["price"] if data["price"] is not None else ask.amount(batch, **part)
    if data["consideration"] == Consideration.FREE:
        price = 0
    if price is None:
        raise Invalid(_("Please give the weight or the price."), field="price", code="no-price")
    return services.sell_part(
        ctx_of(request, batch.centre),
        item=batch,
        price_cents=price,
        consideration=data["consideration"],
        basis=Basis.MEASURED,
        displaced=data["displaced"],
        social_pass=data["social_pass"],
        **part,
    )


def _part(batch: Item, data: dict[str, Any]) -> dict[str, Any]:
    """What goes: a weight on the scale is better known than pieces at their usual one."""
    tag = ask.tag_of(batch, data["tag"])
    counted = tag is not None and tag.unit == PriceUnit.PIECE
    return {
        "tag": tag,
        "pieces": (data["pieces"] or 1) if counted else None,
        "mass_g": data["mass"],
        "rest": data["rest"],
    }


def _sold_words(done: HandOver) -> str:
    price = paid_words(done) or _("free")
    values = {"part": rows.part_words(done), "title": show.title(done.item), "price": price}
    return _("%(part)s of “%(title)s”: %(price)s") % values


def _sell_context(request: HttpRequest, batch: Item, form: PartSaleForm) -> dict[str, Any]:
    viewer, found = viewer_of(request), open_tags(batch)
    form.is_valid()
    data = form.cleaned_data
    part = _part(batch, {key: data.get(key) for key in ("tag", "pieces", "mass", "rest")})
    typed = data.get("price")
    cents = typed if typed is not None else ask.amount(batch, **part)
    prices = social_prices(batch.centre, centre_day(batch.centre, now()))
    return {
        "item": batch,
        "title": show.title(batch),
        "state": show.state_tag(batch),
        "left": formats.kilos(batch.mass_g),
        "kilo_price": rows.kilo_price(batch),
        "tags": rows.tags(found, part["tag"].public_id if part["tag"] else ""),
        "pieces": data.get("pieces") or 1,
        "mass": form["mass"].value() or "",
        "rest": bool(data.get("rest")),
        "sum": formats.money(cents) if cents else "",
        "social": counter(prices, batch, cents),
        "pass_seen": bool(data.get("social_pass")),
        "may_hand_over": may(viewer, SELL, batch.centre),
        "needs_pin": not viewer.pin,
        "here": batch.state in IN_HOUSE,
        "reserved": active_reservation(batch) if batch.state == ItemState.RESERVED else None,
        "ways": [{"value": one.value, "label": words.DO_PAY[one]} for one in Consideration],
        "answers": [
            {"value": one.value, "label": one.label, "checked": one.value == data.get("displaced")}
            for one in Displaced
        ],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The office's page of a batch: its tags, taking it apart, what was sold of it."""
    centre = enter_work(request, slug, READ)
    found = _batch(centre, public_id)
    form: Form = TagForm(request.POST or None)
    if request.method == "POST":
        verb, permission = _VERBS.get(request.POST.get("do", ""), (None, ""))
        if verb is None:
            raise not_found()
        enter_work(request, slug, READ, permission)
        form = TagForm(request.POST) if verb is _add_tag else Form(request.POST)
        said = attempt(form, lambda: verb(request, found, form))
        if said is not None:
            messages.success(request, said)
            return redirect("goods_batch", slug=slug, public_id=public_id)
    return mended(request, "goods/batch.html", _batch_context(request, found, form), form)


def _add_tag(request: HttpRequest, found: Item, form: Form) -> str:
    data = form.cleaned_data
    tag = services.add_tag(
        ctx_of(request, found.centre),
        item=found,
        price_cents=data["price"],
        unit=data["unit"],
        piece_g=data["piece"],
        name=data["name"],
    )
    return _("The tag is there: %(price)s") % {"price": rows.tag_price(tag)}


def _close_tag(request: HttpRequest, found: Item, form: Form) -> str:
    tag: PriceTag = ask.tag_by_id(found, request.POST.get("tag", "")[:10])
    services.close_tag(ctx_of(request, found.centre), tag=tag)
    return _("Nothing more is sold at this price.")


def _split(request: HttpRequest, found: Item, form: Form) -> str:
    made = services.split_batch(ctx_of(request, found.centre), item=found, parts=_parts_of(request))
    text = ngettext("%(n)s batch was taken out.", "%(n)s batches were taken out.", len(made))
    return text % {"n": len(made)}


def _parts_of(request: HttpRequest) -> list[Part]:
    lines = zip(
        *(request.POST.getlist(name)[:30] for name in ("part_mass", "part_title", "part_price")),
        strict=False,
    )
    return [
        Part(typed_mass(mass), title, parse_money(price) if price.strip() else None)
        for mass, title, price in lines
        if mass.strip()
    ]


def _join(request: HttpRequest, found: Item, form: Form) -> str:
    services.join_batch(ctx_of(request, found.centre), part=found)
    return _("It is back in the batch it came from.")


_VERBS = {
    "tag": (_add_tag, "goods.set_price"),
    "close-tag": (_close_tag, "goods.set_price"),
    "split": (_split, "goods.correct"),
    "join": (_join, "goods.correct"),
}


def _batch_context(request: HttpRequest, found: Item, form: Form) -> dict[str, Any]:
    viewer = viewer_of(request)
    typed = [request.POST.getlist(name) for name in ("part_mass", "part_title", "part_price")]
    lines = list(zip(*typed, strict=False)) if all(typed) else []
    return {
        "item": found,
        "title": show.title(found),
        "state": show.state_tag(found),
        "left": formats.kilos(found.mass_g),
        "kilo_price": rows.kilo_price(found),
        "tags": rows.tags(open_tags(found), ""),
        "tag_form": form if isinstance(form, TagForm) else TagForm(),
        "sold": rows.sold(ask.sold_parts(found)),
        "family": rows.family(ask.family(found), found.centre.slug),
        "lines": lines or [("", "", "")] * PART_LINES,
        "here": found.state in IN_HOUSE,
        "may": {name: may(viewer, f"goods.{name}", found.centre) for name in _RIGHTS},
    }


_RIGHTS = ("set_price", "correct")
