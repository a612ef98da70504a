"""The public shelf, one thing on it, reserving it and waiting for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wesprint.apps.goods import links, services
from wesprint.apps.goods.forms import ReserveForm
from wesprint.apps.goods.models import Item, ItemState, Reservation, Waiting
from wesprint.apps.goods.presenters import items as show
from wesprint.apps.goods.presenters import shelf as words
from wesprint.apps.goods.presenters.gates import data_facts
from wesprint.apps.goods.presenters.social import shelf_price
from wesprint.apps.goods.selectors import catalogue
from wesprint.apps.goods.selectors import items as ask
from wesprint.apps.goods.selectors.collections import how_many_wait
from wesprint.apps.goods.selectors.counter import today_tree
from wesprint.apps.goods.selectors.gates import product_data
from wesprint.apps.goods.selectors.house import centre_day
from wesprint.apps.goods.selectors.social import social_prices
from wesprint.apps.goods.views import held_collection
from wesprint.apps.goods.views.common import (
    attempt,
    contact_of,
    enter,
    mended,
    person_at,
)
from wesprint.apps.goods.wanted import Wanted, from_query
from wesprint.platform.base.clock import now
from wesprint.platform.organisations.models import Centre
from wesprint.platform.organisations.selectors import closing_of_next_opening_day
from wesprint.web.http import ctx_of
from wesprint.web.origin import with_origin
from wesprint.web.pieces import render_kept
from wesprint.web.rooms import rooms
from wesprint.web.throttle import throttle


@require_safe
def shelf(request: HttpRequest, slug: str) -> HttpResponse:
    centre, wanted = enter(request, slug), from_query(request.GET.dict())
    after = request.GET.get("nach", "")[:10]
    return render_kept(
        request,
        "goods/shelf.html",
        (centre.pk, wanted, after),
        lambda: _shelf(centre, wanted, after),
        collection=held_collection.path(request, centre),
    )


def _shelf(centre: Centre, wanted: Wanted, after: str) -> dict[str, Any]:
    """The same for everybody who asks for the same."""
    at = now()
    tree, slug = today_tree(centre, at), centre.slug
    page = catalogue.shelf(centre, tree, wanted, at, after=after)
    query = words.query_for_rooms(tree, wanted)
    return {
        "q": wanted.words,
        "wanted": wanted,
        "cards": show.cards(page.cards, slug, social_prices(centre, centre_day(centre, at))),
        "hits": words.hits(page),
        "chips": words.group_chips(centre, tree, wanted),
        "selects": words.selects(tree, wanted),
        "chosen": words.chosen(centre, tree, wanted),
        "kept_pairs": [pair for pair in wanted.pairs if pair[0] != "q" and pair[1]],
        "more": _more(centre, wanted, page.after),
        "feed": words.address(centre, wanted.but(fresh=""), "goods_feed"),
        "save": words.address(centre, wanted.but(fresh=""), "goods_search_new"),
        "new_today": 0 if after else catalogue.new_today(centre, at),
        "new_today_url": words.address(centre, Wanted(fresh="heute")),
        "instead": [] if after else words.before_buying(centre, query, rooms()),
        "sections": [] if after else words.sections(centre, query, rooms()),
        "first_page": not after,
        "data": words.item_list(page.cards, slug, show.title),
    }


def _more(centre: Centre, wanted: Wanted, after: str) -> str:
    if not after:
        return ""
    here = words.address(centre, wanted)
    return f"{here}{'&' if wanted else '?'}nach={after}"


@require_http_methods(["GET", "HEAD", "POST"])
def shelf_item(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One thing with its photos; POST reserves it."""
    centre = enter(request, slug)
    item = ask.item_by_id(public_id, centre)
    if not item.is_listed and request.method != "POST":
        return redirect("goods_pass", public_id=item.public_id)
    if request.method == "POST":
        return _take(request, item, services.reserve)
    return _item_page(request, item, ReserveForm())


@require_POST
def wait(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Onto the waiting list of something reserved."""
    centre = enter(request, slug)
    return _take(request, ask.item_by_id(public_id, centre), services.join_waiting_list)


Take = Callable[..., Reservation | Waiting]


def _take(request: HttpRequest, item: Item, service: Take) -> HttpResponse:
    throttle(request, "reserve")
    form = ReserveForm(request.POST)
    made = attempt(form, lambda: _ask(request, item, form, service))
    if made is None:
        return _item_page(request, ask.item_by_id(item.public_id, item.centre), form)
    held_collection.keep(request, made.collection)
    if isinstance(made, Waiting):
        messages.success(request, _("You are on the waiting list."))
    return redirect(links.collection_path(made.collection))


def _ask(
    request: HttpRequest, item: Item, form: ReserveForm, service: Take
) -> Reservation | Waiting:
    contact = contact_of(request, form.cleaned_data)
    held = None if contact.account else held_collection.found(request, item.centre)
    ctx = with_origin(ctx_of(request, item.centre), request)
    return service(ctx, item=item, contact=contact, collection=held)


def _item_page(request: HttpRequest, item: Item, form: ReserveForm) -> HttpResponse:
    person = person_at(request, item.centre)
    held = None if person else held_collection.found(request, item.centre)
    context = _item_context(item) | {
        "person": person,
        "collection": links.collection_path(held) if held else "",
        "known": bool(held) and not form.is_bound and "anders" not in request.GET,
    }
    return mended(request, "goods/shelf_item.html", context, form)


def _item_context(item: Item) -> dict[str, Any]:
    photos = ask.photos_of(item)
    reserved = ask.active_reservation(item) if item.state == ItemState.RESERVED else None
    running = reserved is not None and reserved.until > now()
    line = how_many_wait(item) if reserved else 0
    address = show.shelf_address(item)
    prices = social_prices(item.centre, centre_day(item.centre, now()))
    return {
        "item": item,
        "less": shelf_price(prices, item),
        "title": show.title(item),
        "photos": [show.photo_url(photo, 960) for photo in photos],
        "facts": show.item_facts(item) + data_facts(product_data(item)),
        "footprint": show.footprint(ask.footprint(item)),
        "reserved_until": reserved.until if reserved and running else None,
        "free": item.is_listed and not running and not line,
        "gone": not item.is_listed,
        "position": line + 1,
        "similar": words.address(item.centre, Wanted(kind=item.category.slug), "goods_shelf"),
        "would_be_kept_until": closing_of_next_opening_day(item.centre, now()),
        "data": show.structured_data(item, photos[0] if photos else ""),
        "og": show.open_graph(item, photos[0] if photos else "", address),
    }
